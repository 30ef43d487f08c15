//! Outputs: never overwritten unasked, never half-written.

use crosstrust_testkit::Folder;

use crate::{INSTANCES, fixture, run};

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
