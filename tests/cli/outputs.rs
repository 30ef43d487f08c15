//! Outputs: never overwritten unasked, never half-written.

use crosstrust_testkit::{Folder, fixture_text};

use crate::{INSTANCES, fixture, openssl, run};

#[test]
fn what_exists_is_kept_unless_force_says_otherwise() {
    let folder = Folder::new();
    folder.write("instances.yml", INSTANCES);
    let ca = fixture("ca/ec-p256.p12");
    let cert = ["cert", "--ca", &ca, "--ca-pass", "changeit", "--in", "instances.yml"];
    let cert = [&cert[..], &["--key-type", "ec-p256", "--pass", ""]].concat();
    let source = fixture("p12/openssl/node-with-chain.p12");
    let convert = ["convert", &source, "--in-pass", "changeit", "--pass", "", "--out"];
    let ca_crt = fixture("pem/ca.crt");
    let commands: [(&[&str], &str); 6] = [
        (&["ca", "--pass", "", "--key-type", "ec-p256"], "elastic-stack-ca.p12"),
        (&["ca", "--pem", "--key-type", "ec-p256"], "ca/ca.key"),
        (&cert, "certificates/node2/node2.p12"),
        (&[&convert[..], &["x.p12"]].concat(), "x.p12"),
        (&["extract-ca", &ca_crt, "--out", "ca.pem"], "ca.pem"),
        (&["restrictions", "generate", "--own-pattern", "*.a", "--out", "t.yml"], "t.yml"),
    ];
    for (command, target) in commands {
        folder.write(target, "mine");
        let before = folder.entries();
        let ended = run(&folder, command).exits_with(2);
        let messages = ended.messages();
        assert!(messages.contains(&format!("{target}: already exists")), "{messages}");
        assert!(messages.contains("--force"), "{messages}");
        assert_eq!(folder.entries(), before, "{}", ended.line);
        assert_eq!(folder.read_text(target), "mine");

        run(&folder, &[command, &["--force"]].concat()).succeeds();
        assert_ne!(folder.read(target), b"mine", "{}", ended.line);
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_left_as_it_is() {
    let folder = Folder::new();
    folder.write("file", "mine");
    let arguments = ["extract-ca", &fixture("pem/ca.crt"), "--out", "file/ca.pem"];
    run(&folder, &arguments).exits_with(2);
    let cert = ["cert", "--self-signed", "--name", "n", "--pem", "--key-type", "ec-p256"];
    run(&folder, &[&cert[..], &["--out", "file"]].concat()).exits_with(2);
    run(&folder, &[&cert[..], &["--out", "file/certs"]].concat()).exits_with(2);
    assert_eq!(folder.entries(), ["file"]);
    assert_eq!(folder.read_text("file"), "mine");
}

#[test]
fn missing_folders_above_the_target_are_made() {
    let folder = Folder::new();
    let arguments = ["extract-ca", &fixture("pem/ca.crt"), "--out", "a/b/ca.pem"];
    run(&folder, &arguments).succeeds();
    assert_eq!(folder.entries(), ["a/", "a/b/", "a/b/ca.pem"]);
}

/// A file that is no secret and would get the bytes that it has is no obstacle; all else is.
#[test]
fn a_folder_takes_a_second_node_beside_the_ca_that_is_there() {
    let folder = Folder::new();
    let (certificate, key) = (fixture("pem/ca.crt"), fixture("pem/ca.key"));
    let ca = ["--ca-cert", &certificate, "--ca-key", &key];
    let cert = [&["cert", "--pem", "--key-type", "ec-p256"], &ca[..], &["--name"]].concat();
    run(&folder, &[&cert[..], &["node1"]].concat()).succeeds();
    let first = folder.read("certificates/node1/node1.key");
    run(&folder, &[&cert[..], &["node2"]].concat()).succeeds();
    assert_eq!(folder.read_text("certificates/ca.crt"), fixture_text("pem/ca.crt"));

    let ended = run(&folder, &[&cert[..], &["node1"]].concat()).exits_with(2);
    assert!(ended.messages().contains("node1.crt: already exists"), "{}", ended.messages());
    assert!(ended.messages().contains("--skip-existing"), "{}", ended.messages());
    assert!(folder.read("certificates/node1/node1.key") == first);

    folder.write("certificates/ca.crt", "mine");
    let before = folder.entries();
    let ended = run(&folder, &[&cert[..], &["node3"]].concat()).exits_with(2);
    assert!(
        ended.messages().contains("certificates/ca.crt: already exists"),
        "{}",
        ended.messages()
    );
    assert_eq!(
        (folder.entries(), folder.read_text("certificates/ca.crt")),
        (before, "mine".to_owned())
    );

    let names = ["a", "b"].map(|name| format!("requests/{name}/{name}.csr"));
    for (name, request) in ["a", "b"].iter().zip(&names) {
        run(&folder, &["csr", "--key-type", "ec-p256", "--name", name]).succeeds();
        let sign = [&["sign", "--out", "signed", request], &ca[..]].concat();
        run(&folder, &sign).succeeds();
        let ended = run(&folder, &sign).exits_with(2);
        assert!(ended.messages().contains("already exists"), "{}", ended.messages());
        assert!(ended.messages().contains("--skip-existing"), "{}", ended.messages());
    }
    assert!(folder.entries().contains(&"signed/b.crt".to_owned()));
}

/// A private key is never shared, not even one of the same bytes.
#[test]
fn a_key_that_is_there_is_an_obstacle_whatever_it_holds() {
    let folder = Folder::new();
    let (certificate, key) = (fixture("pem/node.crt"), fixture("pem/node.key"));
    let convert = ["convert", &certificate, &key, "--to", "pem", "--out", "out"];
    run(&folder, &convert).succeeds();
    let ended = run(&folder, &convert).exits_with(2);
    assert!(ended.messages().contains("out/node.key: already exists"), "{}", ended.messages());
    let trust =
        ["convert", &fixture("pem/ca.crt"), "--to", "pem", "--out", "trust", "--format", "json"];
    for expected in [true, false] {
        let ended = run(&folder, &trust).succeeds();
        let document: serde_json::Value = serde_json::from_str(ended.text()).unwrap();
        assert_eq!(document["changed"], expected);
    }
}

/// A cluster `east` of one node.
fn east(folder: &Folder) {
    folder.write("east/node1.crt", fixture_text("pem/node-named.crt"));
    folder.write("east/ca.crt", fixture_text("pem/ca.crt"));
}

/// What one text is written to may be standard output, and then nothing else is there.
#[test]
fn a_dash_is_standard_output() {
    #[track_caller]
    fn check(arguments: &[&str], begins: &str, files: &[&str]) {
        let folder = Folder::new();
        east(&folder);
        let before = folder.entries();
        let ended = run(&folder, arguments);
        assert!(matches!(ended.status, Some(0 | 1)), "{}", ended.messages());
        assert!(ended.text().starts_with(begins), "{}", ended.text());
        let mut expected = before;
        expected.extend(files.iter().map(|file| (*file).to_owned()));
        assert_eq!(folder.entries(), expected);
    }
    #[track_caller]
    fn refused(arguments: &[&str]) {
        let folder = Folder::new();
        east(&folder);
        let before = folder.entries();
        let ended = run(&folder, arguments).exits_with(2);
        assert!(ended.messages().contains("both write to standard output"), "{}", ended.messages());
        assert_eq!((ended.text(), folder.entries()), ("", before));
    }

    let (ca, key) = (fixture("pem/ca.crt"), fixture("pem/ca.key"));
    let authority = ["--ca-cert", &ca, "--ca-key", &key, "--cluster-id", "c", "--scope-id", "s"];
    let reissue = [&["reissue", "east/node1.crt", "--instances", "-"], &authority[..]].concat();
    check(&reissue, "instances:\n  - name: \"node1\"\n", &[]);
    refused(&[&reissue[..], &["--format", "json"]].concat());
    let matrix = ["preflight", "matrix", "--cluster", "east=east"];
    check(&[&matrix[..], &["--svg", "-"]].concat(), "<svg", &[]);
    check(&[&matrix[..], &["--html", "-"]].concat(), "<!doctype html>", &[]);
    refused(&[&matrix[..], &["--svg", "-", "--html", "-"]].concat());
    refused(&[&matrix[..], &["--svg", "-", "--format", "json"]].concat());
    let report = ["report", "east=east", "--out", "page", "--prometheus", "-"];
    check(&report, "# HELP ", &["page/", "page/index.html", "page/report.json"]);
    refused(&[&report[..], &["--format", "sarif"]].concat());
}

/// Key stores, archives and folders are no text.
#[test]
fn a_dash_is_refused_where_files_are_written() {
    let folder = Folder::new();
    east(&folder);
    let before = folder.entries();
    let (ca, key) = (fixture("pem/ca.crt"), fixture("pem/ca.key"));
    let authority = ["--ca-cert", &ca, "--ca-key", &key, "--out", "-"];
    let request = fixture("pem/node.csr");
    let naming = ["--cluster-id", "c", "--scope-id", "s"];
    for command in [
        &[&["cert", "--name", "n"], &authority[..]].concat()[..],
        &["csr", "--name", "n", "--out", "-"],
        &["ca", "--out", "-"],
        &["ca", "--pem", "--out", "-"],
        &[&["sign", &request], &authority[..]].concat(),
        &[&["reissue", "east/node1.crt"], &authority[..], &naming].concat(),
        &["report", "east=east", "--out", "-"],
        &["demo", "--out", "-"],
    ] {
        let ended = run(&folder, command).exits_with(2);
        let messages = ended.messages();
        assert!(messages.contains("not written to standard output"), "{messages}");
        assert_eq!((ended.text(), folder.entries()), ("", before.clone()), "{}", ended.line);
    }
}

/// The hint of a refusal names the option that names the target.
#[test]
fn the_hint_names_the_option_of_the_target() {
    let folder = Folder::new();
    east(&folder);
    folder.write("there", "mine");
    let (node, ca, key) =
        (fixture("pem/node-named.crt"), fixture("pem/ca.crt"), fixture("pem/ca.key"));
    let reissue = [
        "reissue",
        "--cluster-id",
        "c",
        "--scope-id",
        "s",
        &node,
        "--ca-cert",
        &ca,
        "--ca-key",
        &key,
    ];
    let matrix = ["preflight", "matrix", "--cluster", "east=east"];
    let report = ["report", "east=east", "--out", "page"];
    for (command, option) in [
        (&reissue[..], "--instances"),
        (&matrix, "--svg"),
        (&matrix, "--html"),
        (&report, "--prometheus"),
    ] {
        let ended = run(&folder, &[command, &[option, "there"]].concat()).exits_with(2);
        let hint = format!(
            "there: already exists\ncrosstrust: hint: choose another {option}, or overwrite it with --force\n"
        );
        assert!(ended.messages().contains(&hint), "{}", ended.messages());
        assert_eq!(folder.read_text("there"), "mine");
    }
}

#[test]
fn a_key_store_may_be_called_pfx() {
    let folder = Folder::new();
    run(&folder, &["ca", "--key-type", "ec-p256", "--pass", "x", "--out", "ca.pfx"]).succeeds();
    let cert = ["cert", "--ca", "ca.pfx", "--ca-pass", "x", "--pass", "x", "--key-type", "ec-p256"];
    run(&folder, &[&cert[..], &["--name", "n", "--out", "n.pfx"]].concat()).succeeds();
    assert_eq!(folder.entries(), ["ca.pfx", "n.pfx"]);
    openssl(&folder, &["pkcs12", "-in", "n.pfx", "-passin", "pass:x", "-noenc"]);
    let ended = run(&folder, &[&cert[..], &["--name", "n", "--pem", "--out", "m.pfx"]].concat())
        .exits_with(2);
    assert!(ended.messages().contains("not a key store"), "{}", ended.messages());
}
