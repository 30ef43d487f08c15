//! Bad input: whatever the command, one clear message, status 2, and nothing written.

use crosstrust_testkit::{Folder, fixture as fixture_bytes};

use crate::{fixture, run};

#[test]
fn every_command_refuses_what_is_no_input_for_it() {
    let certificate = fixture("pem/node.crt");
    let ca = fixture("pem/ca.crt");
    let trust = fixture("trust/01-flat-list-quoted.yml");
    // `BAD` stands for the path that is wrong.
    let key = fixture("pem/ca.key");
    let naming = ["--cluster-id", "c", "--scope-id", "s"];
    let authority = ["--ca-cert", &ca, "--ca-key", &key];
    let reissue = [&["reissue", "BAD", "--out", "out"], &naming[..], &authority].concat();
    let sign = [&["sign", "BAD", "--out", "out"], &authority[..]].concat();
    let commands: [&[&str]; 15] = [
        &["extract-ca", "BAD", "--out", "out"],
        &["convert", "BAD", "--out", "out"],
        &["inspect", "BAD"],
        &["cert", "--ca", "BAD", "--name", "n", "--out", "out"],
        &["cert", "--ca-cert", "BAD", "--ca-key", "BAD", "--name", "n", "--out", "out"],
        &["cert", "--self-signed", "--in", "BAD", "--out", "out"],
        &reissue,
        &sign,
        &["restrictions", "show", "BAD"],
        &["restrictions", "check", "BAD", &certificate],
        &["restrictions", "check", &trust, "BAD"],
        &["restrictions", "match", "--file", "BAD", "name"],
        &["restrictions", "generate", "--own", "BAD", "--out", "out"],
        &["preflight", "node", "BAD", "--trust", &ca],
        &["preflight", "node", &certificate, "--trust", "BAD"],
    ];
    for command in commands {
        for bad in ["missing", "folder", "empty", "garbage", "missing-*.p12"] {
            let folder = Folder::new();
            folder.write("folder/file", "");
            folder.write("empty", "");
            folder.write("garbage", b"\x00\xffgarbage\x1b[2J\n- *: [}");
            let before = folder.entries();
            let arguments: Vec<&str> =
                command.iter().map(|word| if *word == "BAD" { bad } else { word }).collect();
            let ended = run(&folder, &arguments).exits_with(2);
            let messages = ended.messages();
            let errors = messages.matches("crosstrust: error: ").count();
            assert_eq!(errors, 1, "{}: {messages}", ended.line);
            assert!(messages.contains(bad), "{}: {messages}", ended.line);
            assert!(!messages.contains('\u{1b}'), "{}: {messages:?}", ended.line);
            assert!(!messages.contains("panicked"), "{}: {messages}", ended.line);
            assert_eq!(folder.entries(), before, "{}", ended.line);
        }
    }
}

/// A message ends with what to do next.
#[test]
fn mistakes_are_answered_with_what_was_meant() {
    let folder = Folder::new();
    folder.write("nodes/node1.crt", fixture_bytes("pem/node.crt"));
    folder.write("trust.yml", "trust.subject_name: 'a.example'\n");
    folder.write("setting/elasticsearch.yml", "xpack.security.transport.ssl.keystore.pth: a.p12\n");
    let (ca, other) = (fixture("pem/ca.crt"), fixture("pem/ca-ec.key"));
    let check = |words: &[&str], status: i32, expected: &str| {
        let ended = run(&folder, words).exits_with(status);
        let told = ended.messages() + ended.text();
        assert!(told.contains(expected), "{}: {told}", ended.line);
    };

    check(&["inspect", "nodes/noed1.crt"], 2, "hint: did you mean `nodes/node1.crt`?");
    check(&["inspect", "node/node1.crt"], 2, "hint: there is no folder `node`");
    check(&["restrictions", "show", "nodes/"], 2, "a quoted glob: 'nodes/*'");
    check(
        &["inspect", "nodes/node1.crt", "--expires-within", "x"],
        2,
        "`x` is not a number of days",
    );
    check(
        &["restrictions", "match", "trust.yml", "a.example"],
        1,
        "--file trust.yml reads the file",
    );
    check(&["restrictions", "generate"], 2, "hint: give --own CERTS or --own-pattern");
    let own = ["restrictions", "generate", "--own", "nodes/node1.crt"];
    check(&own, 2, "hint: `crosstrust reissue` gives it the name");
    check(&["cert", "--name", "n", "--ca", &ca], 2, "or two files with --ca-cert and --ca-key");
    let mismatch = ["cert", "--name", "n", "--ca-cert", &ca, "--ca-key", &other];
    check(&mismatch, 2, &format!("{other}: the CA key does not belong to the CA certificate"));
    check(&["sign", "--ca-cert", &ca, "--ca-key", &other, &ca], 2, "`crosstrust csr` makes them");
    check(&["report", "--out", "out", "nowhere"], 2, "nowhere: no such folder");
    let swallowed = ["preflight", "node", "--trust", &ca, "nodes/node1.crt"];
    check(&swallowed, 2, "hint: give them first: --trust takes every word that follows it");
    // What Java refuses to compare is warned of by the rule of PF042.
    let hosts = ["cert", "--self-signed", "--name", "n", "--pass", "x", "--dns"];
    let told = run(&folder, &[&hosts[..], &["a b,*.a-1.example,a.example.,e\u{1b}"]].concat());
    let told = told.succeeds().messages();
    for name in ["a b", "a.example.", "e\u{241b}"] {
        let expected = format!("warning: n: `{name}` is no host name to Java: ");
        assert!(told.contains(&expected), "{told}");
    }
    assert!(!told.contains("*.a-1.example"), "{told}");
    check(&["explain", "PF999"], 2, "hint: known are TR001 to TR");
    let twice = "error: `CN=<` is not a distinguished name: `<` needs a backslash before it\n";
    check(&["ca", "--dn", "CN=<", "--pass", "x"], 2, twice);
    let setting = ["preflight", "node", "--config", "setting/elasticsearch.yml", "--trust", &ca];
    check(&setting, 1, "did you mean `xpack.security.transport.ssl.keystore.path`?");
}

/// What an archive says of the size of a file decides how much memory is taken for it.
#[test]
fn an_archive_that_lies_about_a_size_is_refused() {
    let folder = Folder::new();
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("a.p12", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut archive, &fixture_bytes("ca/ec-p256.p12")).unwrap();
    let honest = archive.finish().unwrap().into_inner();
    // Of the directory at its end: APPNOTE.TXT, 4.3.12.
    let entry = honest.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    let check = |size: u32, expected: &str| {
        let mut bytes = honest.clone();
        bytes[entry + 24..entry + 28].copy_from_slice(&size.to_le_bytes());
        folder.write("lie.zip", bytes);
        let ended = run(&folder, &["inspect", "--pass", "changeit", "lie.zip"]).exits_with(2);
        assert!(ended.messages().contains(expected), "{}", ended.messages());
    };
    check(60 << 20, "lie.zip/a.p12: is not of the 62914560 bytes that the archive says");
    check(1, "lie.zip/a.p12: file is larger than its declared uncompressed size");
    check(3 << 30, "lie.zip: the archive unpacks to more than 64 MiB");
}

/// An archive of a few kilobytes may unpack to gigabytes.
#[test]
fn an_archive_of_nothing_but_size_is_refused() {
    let folder = Folder::new();
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["a.crt", "b.crt", "c.crt"] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut archive, &vec![0; 30 << 20]).unwrap();
    }
    folder.write("bomb.zip", archive.finish().unwrap().into_inner());
    let authority = ["reissue", "--ca", &fixture("ca/ec-p256.p12"), "--ca-pass", "changeit"];
    let rest = ["--cluster-id", "a", "--scope-id", "b", "bomb.zip"];
    let messages = run(&folder, &[&authority[..], &rest].concat()).exits_with(2).messages();
    assert!(messages.contains("bomb.zip: the archive unpacks to more than 64 MiB"), "{messages}");
}
