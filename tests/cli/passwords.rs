//! Passwords as people give them: mistyped, in files that editors wrote, forgotten, two for one store.

use crosstrust_testkit::{Folder, java_judge, tool};

use crate::{fixture, openssl, run};

const CA: &[&str] = &["ca", "--pass", "changeit", "--out", "ca.p12", "--key-type", "ec-p256"];

/// Types an answer at each question of a command, and gives all that the terminal shows.
#[track_caller]
fn typed(folder: &Folder, answers: &[&str], arguments: &[&str]) -> String {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_crosstrust"));
    command.args(arguments).current_dir(folder.path());
    let mut session = rexpect::session::spawn_command(command, Some(60_000)).unwrap();
    let mut seen = String::new();
    for answer in answers {
        let question = "(Password (of|for) [^:]*|Repeat it to confirm): ";
        let (before, question) = session.exp_regex(question).unwrap();
        seen += &(before + &question);
        session.send_line(answer).unwrap();
    }
    seen + &session.exp_eof().unwrap()
}

#[test]
fn a_mistyped_password_is_asked_for_again_three_times() {
    let folder = Folder::new();
    run(&folder, CA).succeeds();
    let extract = ["extract-ca", "ca.p12"];
    let text = typed(&folder, &["wrong", "again", "changeit"], &extract);
    assert_eq!(text.matches("Password of ca.p12:").count(), 3, "{text}");
    assert_eq!(text.matches("note: ca.p12: wrong password, try again").count(), 2, "{text}");
    assert!(text.contains("BEGIN CERTIFICATE"), "{text}");
    let text = typed(&folder, &["1", "2", "3"], &extract);
    assert!(text.contains("error: ca.p12: wrong password"), "{text}");
    assert!(!text.contains("BEGIN CERTIFICATE"), "{text}");

    let new = ["ca", "--out", "n.p12", "--key-type", "ec-p256"];
    typed(&folder, &["one", "two", "new", "new"], &new);
    run(&folder, &["extract-ca", "n.p12", "--pass", "new"]).succeeds();
}

/// One that was typed is tried on the next file of its kind before a person is asked again.
#[test]
fn a_password_is_typed_once_for_files_that_share_it() {
    let folder = Folder::new();
    run(&folder, CA).succeeds();
    let second = ["ca", "--pass", "changeit", "--out", "b.p12", "--key-type", "ec-p256"];
    run(&folder, &second).succeeds();
    let text = typed(&folder, &["changeit"], &["extract-ca", "ca.p12", "b.p12"]);
    assert_eq!(text.matches("BEGIN CERTIFICATE").count(), 2, "{text}");
    let cert =
        ["cert", "--ca", "ca.p12", "--key-type", "ec-p256", "--skip-existing", "--in", "i.yml"];
    folder.write("i.yml", "instances: [{name: a}, {name: b}]");
    typed(&folder, &["changeit", "secret", "secret"], &cert);
    folder.write("i.yml", "instances: [{name: a}, {name: b}, {name: c}]");
    let text = typed(&folder, &["changeit", "secret"], &cert);
    assert_eq!(text.matches("unchanged").count(), 2, "{text}");
    run(&folder, &["inspect", "--pass", "secret", "certificates/c/c.p12"]).succeeds();
}

#[test]
fn what_editors_leave_in_a_file_is_told() {
    let folder = Folder::new();
    run(&folder, CA).succeeds();
    let line = ["extract-ca", "ca.p12", "--pass-file", "p"];
    for (contents, told) in [
        ("\u{feff}changeit", "byte order mark"),
        (" changeit", "a blank at its beginning"),
        ("changeit \n", "a blank at its end"),
        ("changeit\nsecond\n", "more than one line"),
        ("other\r\n", "CRLF"),
    ] {
        folder.write("p", contents);
        let ended = run(&folder, &line).exits_with(2);
        assert!(ended.messages().contains(told), "{contents:?}: {}", ended.messages());
        let new = ["ca", "--out", "new.p12", "--force", "--key-type", "ec-p256"];
        let ended = run(&folder, &[&new[..], &["--pass-file", "p"]].concat());
        let messages = ended.messages();
        let refused = contents.starts_with('\u{feff}');
        assert_eq!(ended.status, Some(if refused { 2 } else { 0 }), "{messages}");
        assert!(messages.contains("warning: p: ") && messages.contains(told), "{messages}");
    }
    for contents in ["changeit", "changeit\n", "changeit\r\n"] {
        folder.write("p", contents);
        assert_eq!(run(&folder, &line).succeeds().messages(), "");
    }
}

#[test]
fn hints_name_the_option_that_was_used_and_the_one_that_is_missing() {
    #[track_caller]
    fn check(folder: &Folder, line: &str, told: &[&str]) {
        let words = line.split(' ').collect::<Vec<_>>();
        let ended = run(folder, &words).exits_with(2);
        for told in told {
            assert!(ended.messages().contains(told), "{told}: {}", ended.messages());
        }
    }

    let folder = Folder::new();
    run(&folder, CA).succeeds();
    let cert = ["cert", "--ca", "ca.p12", "--ca-pass", "changeit", "--name", "n", "--out", "n.p12"];
    run(&folder, &[&cert[..], &["--pass", "nodepass", "--key-type", "ec-p256"]].concat())
        .succeeds();
    folder
        .write("locked.key", std::fs::read(fixture("pem/keys/rsa-pbes2-aes-256-cbc.key")).unwrap());
    let show = "elasticsearch-keystore show xpack.security";
    let keystore = |context: &str, setting: &str| format!("{show}.{context}.ssl.{setting}");
    let [transport, http] =
        ["transport", "http"].map(|context| keystore(context, "keystore.secure_password"));
    check(&folder, "inspect n.p12", &["with --pass, --pass-file or --pass-env", &transport, &http]);
    check(&folder, "inspect n.p12 --pass x", &["check what --pass gives", &transport]);
    let node = "preflight node n.p12 --pass nodepass --trust ca.p12";
    let trust = keystore("transport", "truststore.secure_password");
    check(&folder, node, &["check what --pass gives, or give another with --trust-pass", &trust]);
    check(&folder, &format!("{node} --trust-pass x"), &["check what --trust-pass gives"]);
    let reissue = "reissue --ca ca.p12 --cluster-id c --scope-id s --pass new n.p12";
    let missing =
        "with --ca-pass, --ca-pass-file or --ca-pass-env; --pass is that of what is written";
    check(&folder, reissue, &[missing]);
    let missing =
        "with --in-pass, --in-pass-file or --in-pass-env; --pass is that of what is written";
    check(&folder, &format!("{reissue} --ca-pass changeit"), &[missing, &transport]);
    let passphrase = keystore("transport", "secure_key_passphrase");
    check(&folder, "convert locked.key --out l.p12 --in-pass x", &["--in-pass", &passphrase]);

    // The password of a CA is in no keystore of Elasticsearch, and what several files share is said once.
    let ended = run(&folder, &["cert", "--ca", "ca.p12", "--name", "m", "--ca-pass", "x"]);
    assert!(!ended.messages().contains(show), "{}", ended.messages());
}

#[test]
fn a_store_with_two_passwords_is_read_and_written() {
    let Some(keytool) = tool("keytool") else { return };
    let folder = Folder::new();
    let make = "-genkeypair -alias node -keyalg EC -groupname secp256r1 -dname CN=node -storetype JKS \
        -keystore two.jks -storepass storepass -keypass keypassword";
    keytool.with(make.split_whitespace()).folder(folder.path()).run().succeeds();
    let convert = ["convert", "two.jks", "--in-pass", "storepass", "--out"];
    for (rest, told) in [
        (&["a"][..], "give the password with --in-key-pass, --in-key-pass-file or"),
        (&["a", "--in-key-pass", "x"], "check what --in-key-pass gives"),
        (&["a", "--in-key-pass", "x"], "xpack.security.transport.ssl.keystore.secure_key_password"),
    ] {
        let ended = run(&folder, &[&convert[..], rest].concat()).exits_with(2);
        assert!(ended.messages().contains("two.jks: its key: "), "{}", ended.messages());
        assert!(ended.messages().contains(told), "{}", ended.messages());
    }
    let keyed = [&convert[..], &["pem", "--in-key-pass", "keypassword"]].concat();
    run(&folder, &keyed).succeeds();
    if let Some(text) = openssl(&folder, &["pkey", "-in", "pem/node.key", "-noout", "-text"]) {
        assert!(text.contains("256 bit"), "{text}");
    }

    let key = ["--in-key-pass", "keypassword", "--pass", "outer1", "--key-pass", "inner1"];
    for profile in ["modern", "legacy-des"] {
        let out = format!("{profile}.p12");
        let rest = [&out, "--p12-profile", profile, "--skip-existing", "--format", "json"];
        let line = [&convert[..], &rest, &key].concat();
        assert!(run(&folder, &line).succeeds().text().contains("\"created\""));
        assert!(run(&folder, &line).succeeds().text().contains("\"unchanged\""));
        let path = folder.join(&out).to_string_lossy().into_owned();
        let both = ["--pass", "outer1", "--key-pass", "inner1", &path, "--pass", "outer1", &path];
        let Some(lines) = java_judge("KeyStoreList", both) else { return };
        assert_eq!((lines[0][1].as_str(), lines[0][2].as_str()), ("key", "node"), "{lines:?}");
        assert_eq!(lines.last().unwrap()[1], "error", "the store's password opened the key");
        let check = ["preflight", "node", &out, "--trust", "pem/node.crt", "--pass", "outer1"];
        assert!(!run(&folder, &check).messages().contains("panicked"));
    }
    let pem = [&convert[..], &["p", "--in-key-pass", "keypassword", "--key-pass", "x"]].concat();
    let ended = run(&folder, &pem).exits_with(2);
    assert!(
        ended.messages().contains("--key-pass is for keys in a PKCS#12"),
        "{}",
        ended.messages()
    );
}
