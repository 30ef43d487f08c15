//! The scanner on what people and programs make of PEM.

use super::NoteKind;
use super::is_pem;
use super::scan;
use super::write;
use crate::error::Error;
use crate::error::PemProblem;

/// Label, line and contents of a block.
type Found = (String, usize, Vec<u8>);

/// The blocks of a text, and the notes with their lines.
fn blocks(text: &[u8]) -> (Vec<Found>, Vec<(usize, NoteKind)>) {
    let document = scan(text).unwrap();
    let blocks = document.blocks.iter();
    let blocks =
        blocks.map(|block| (block.label().to_owned(), block.line(), block.contents().to_vec()));
    let notes = document.notes.into_iter().map(|note| (note.line.unwrap(), note.kind)).collect();
    (blocks.collect(), notes)
}

#[track_caller]
fn check(text: &[u8], expected: &[(&str, usize)], notes: &[(usize, NoteKind)]) {
    let (found, found_notes) = blocks(text);
    let expected =
        expected.iter().map(|(label, line)| ((*label).to_owned(), *line, b"foobar".to_vec()));
    assert_eq!(found, expected.collect::<Vec<_>>());
    assert_eq!(found_notes, notes);
}

#[track_caller]
fn check_problem(text: &str, line: usize, kind: PemProblem) {
    assert_eq!(scan(text.as_bytes()).err(), Some(Error::Pem { line, kind }));
}

const BLOCK: &str = "-----BEGIN X-----\nZm9vYmFy\n-----END X-----\n";

#[test]
fn a_plain_block_and_text_around_it_leave_no_note() {
    check(BLOCK.as_bytes(), &[("X", 1)], &[]);
    check(format!("subject: a\n\n{BLOCK}more\n{BLOCK}").as_bytes(), &[("X", 3), ("X", 7)], &[]);
    check(b"", &[], &[]);
    check(b"nothing here\n", &[], &[]);
    check(b"-----BEGIN X-----\nZm9v\nYmFy\n-----END X-----", &[("X", 1)], &[]);
}

#[test]
fn line_ends_of_all_systems_are_taken() {
    check(BLOCK.replace('\n', "\r\n").as_bytes(), &[("X", 1)], &[]);
    check(format!("a\n{BLOCK}").replace('\n', "\r").as_bytes(), &[("X", 2)], &[]);
    check(BLOCK.replace('\n', "  \t\n").as_bytes(), &[("X", 1)], &[]);
}

#[test]
fn what_is_odd_is_tolerated_and_noted() {
    let bom = format!("\u{feff}{BLOCK}");
    check(bom.as_bytes(), &[("X", 1)], &[(1, NoteKind::ByteOrderMark)]);
    let label = "X".to_owned();
    let indented = format!("key: |\n  {}", BLOCK.trim_end().replace('\n', "\n  "));
    check(indented.as_bytes(), &[("X", 2)], &[(2, NoteKind::Indented { label })]);
    let glued = format!("{}{BLOCK}", BLOCK.trim_end());
    check(glued.as_bytes(), &[("X", 1), ("X", 3)], &[(3, NoteKind::Glued)]);
    let one_line = BLOCK.replace('\n', "");
    check(one_line.as_bytes(), &[("X", 1)], &[(1, NoteKind::Glued)]);
    let commented = format!("# {}{BLOCK}", BLOCK.trim_end().replace('\n', "\n# ") + "\n");
    check(commented.as_bytes(), &[("X", 4)], &[(1, NoteKind::IgnoredBeginning)]);
    let utf16 = BLOCK.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    let utf16 = [&[0xff, 0xfe], &utf16[..]].concat();
    check(&utf16, &[("X", 1)], &[(1, NoteKind::Utf16)]);
}

#[test]
fn faults_are_errors_with_their_line() {
    let label = || "X".to_owned();
    check_problem("a\n-----BEGIN X-----\nZm9v\n", 2, PemProblem::Unclosed { label: label() });
    check_problem(&format!("{BLOCK}-----BEGIN X-----\n{BLOCK}"), 4, {
        PemProblem::Unclosed { label: label() }
    });
    check_problem("-----END X-----\n", 1, PemProblem::EndWithoutBegin { label: label() });
    let mismatch = PemProblem::LabelMismatch { begin: label(), end: "Y".to_owned() };
    check_problem("-----BEGIN X-----\nZm9v\n-----END Y-----\n", 3, mismatch);
    let character = PemProblem::InvalidCharacter { character: '*', column: 3 };
    check_problem("-----BEGIN X-----\nZm9v\nZm*v\n-----END X-----\n", 3, character);
    check_problem("-----BEGIN X-----\nZm9\n-----END X-----\n", 2, PemProblem::CutOff);
    check_problem("-----BEGIN X----\nZm9v\n", 1, PemProblem::InvalidBoundary);
}

#[test]
fn headers_are_kept_apart_from_the_contents() {
    let text = "-----BEGIN X-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nZm9vYmFy\n\
                -----END X-----\n";
    let document = scan(text.as_bytes()).unwrap();
    assert_eq!(document.blocks[0].header("dek-info"), Some("AES-128-CBC,00"));
    assert_eq!(document.blocks[0].headers().len(), 2);
    assert_eq!(document.blocks[0].contents(), b"foobar");
}

#[test]
fn der_is_not_taken_for_pem() {
    assert!(is_pem(BLOCK.as_bytes()));
    assert!(!is_pem(&[&[0x30, 0x82], BLOCK.as_bytes()].concat()));
    assert!(!is_pem(b"text"));
    assert!(is_pem(&[b"0 s:CN=node1\n", BLOCK.as_bytes()].concat()));
}

#[test]
fn lines_are_64_columns_wide() {
    // `head -c 49 /dev/zero | openssl base64`
    let text = write("X", &[0; 49]);
    let long = "A".repeat(64);
    assert_eq!(text, format!("-----BEGIN X-----\n{long}\nAA==\n-----END X-----\n"));
    assert_eq!(blocks(text.as_bytes()).0[0].2, [0; 49]);
}
