//! `crosstrust certutil`: each test names the behaviour of elasticsearch-certutil that it holds
//! to. The numbers of rows and sections are those of the README beside this file.

mod ca;
mod cert;
mod csr;
mod dialogue;
mod http;
mod keys;
mod line;
mod names;
mod passwords;
mod terminal;

use std::io::{Cursor, Read};

use crosstrust_testkit::{Ended, Folder, java_judge};

use crate::{crosstrust, openssl};

/// Every row and section of the README is named by the comment of a test, here or in a crate.
#[test]
fn every_row_is_pinned_by_a_test_that_names_it() {
    let root = crosstrust_testkit::root();
    let list = std::fs::read_to_string(root.join("tests/cli/certutil/README.md")).unwrap();
    let cells = list.lines().filter_map(|line| line.strip_prefix("| ")?.split(' ').next());
    let rows: Vec<&str> =
        cells.filter(|cell| cell.contains(|c: char| c.is_ascii_digit())).collect();
    assert_eq!(rows.len(), 9 + 45 + 7 + 12);
    let mut comments = String::new();
    for folder in
        ["tests/cli", "crates/cli/src", "crates/issue", "crates/keystore/src", "crates/x509/src"]
    {
        collect_comments(&root.join(folder), &mut comments);
    }
    let named = |row: &&&str| !comments.contains(&format!(" {row} "));
    let missing: Vec<&&str> = rows.iter().filter(named).collect();
    assert!(missing.is_empty(), "no test names {missing:?}");
}

/// Appends the comments of all source files below a folder, each word between blanks.
fn collect_comments(folder: &std::path::Path, comments: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect_comments(&path, comments);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let lines = text.lines().map(str::trim).filter(|line| line.starts_with("//"));
            for word in lines.flat_map(str::split_whitespace) {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric());
                comments.push_str(&format!(" {word} "));
            }
        }
    }
}

/// Runs a mode whose standard input is empty.
#[track_caller]
fn certutil(folder: &Folder, line: &[&str]) -> Ended {
    answered(folder, line, "")
}

/// Runs a mode and answers its questions.
#[track_caller]
fn answered(folder: &Folder, line: &[&str], answers: &str) -> Ended {
    crosstrust(folder, &[&["certutil"], line].concat()).stdin(answers).run()
}

/// Makes `ca.p12` without a password.
#[track_caller]
fn make_authority(folder: &Folder) {
    certutil(folder, &["ca", "--silent", "--pass", "", "--out", "ca.p12"]).succeeds();
}

/// The names in an archive, in its order.
#[track_caller]
fn names(folder: &Folder, archive: &str) -> Vec<String> {
    let archive = zip::ZipArchive::new(Cursor::new(folder.read(archive))).unwrap();
    let mut names: Vec<(u64, String)> = Vec::new();
    let mut archive = archive;
    for index in 0..archive.len() {
        let file = archive.by_index(index).unwrap();
        names.push((file.header_start(), file.name().unwrap().into_owned()));
    }
    names.sort();
    names.into_iter().map(|(_, name)| name).collect()
}

/// Unpacks an archive below a folder of its own name, without its extension.
#[track_caller]
fn unpack(folder: &Folder, name: &str) {
    let mut archive = zip::ZipArchive::new(Cursor::new(folder.read(name))).unwrap();
    let top = name.strip_suffix(".zip").unwrap();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        if file.is_file() {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            folder.write(&format!("{top}/{}", file.name().unwrap()), bytes);
        }
    }
}

/// The entries that a JVM lists of a key store: kind, alias and subjects of each.
#[track_caller]
fn entries(folder: &Folder, store: &str, password: &str) -> Option<Vec<String>> {
    let store = folder.join(store).to_string_lossy().into_owned();
    let lines = java_judge("KeyStoreList", ["--pass", password, &store])?;
    Some(lines.iter().map(|line| line.get(1..4).unwrap_or(line).join(" ")).collect())
}

/// What OpenSSL shows of a certificate.
#[track_caller]
fn shown(folder: &Folder, certificate: &str, options: &[&str]) -> Option<String> {
    openssl(folder, &[&["x509", "-in", certificate, "-noout"], options].concat())
}

/// The leaf of a key store as PEM, in a file of its own.
#[track_caller]
fn leaf_of(folder: &Folder, store: &str, password: &str) -> Option<String> {
    let leaf = format!("{store}.crt");
    let password = format!("pass:{password}");
    let take = ["pkcs12", "-in", store, "-passin", &password, "-clcerts", "-nokeys", "-out", &leaf];
    openssl(folder, &take).map(|_| leaf)
}

/// What the test file of the original has: lists and single strings, file names, a whole DN.
const INSTANCES: &str = r#"instances:
  - name: "node1"
    ip:
      - "127.0.0.1"
    dns: "localhost"
  - name: "node2"
    filename: "node2"
    ip: "::1"
    cn:
      - "node2.elasticsearch"
  - name: "node3"
    filename: "node3"
  - name: "CN=different value"
    filename: "different file"
    dns:
      - "node4.mydomain.com"
"#;
