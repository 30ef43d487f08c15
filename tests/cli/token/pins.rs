//! PINs: where they come from, and that a wrong one is tried once.

use rexpect::session::spawn_command;

use super::soft_token::{SoftToken, spy};

/// A token with a root.
#[track_caller]
fn with_root() -> Option<SoftToken> {
    let token = SoftToken::new()?;
    token.make("root", "01", "EC:prime256v1", &[]);
    token.run(&["ca", "--key", &token.uri("root")]).succeeds();
    Some(token)
}

fn issue<'a>(uri: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let line = ["cert", "--ca-cert", "ca/ca.crt", "--ca-key", uri, "--name", "n", "--pem"];
    [&line[..], &["--key-type", "ec-p256"], more].concat()
}

#[test]
fn a_pin_comes_from_a_file_or_the_environment() {
    let Some(token) = with_root() else { return };
    let uri = token.uri_without_pin("root");
    token.run(&issue(&uri, &["--ca-pass-file", "pin", "--out", "a"])).succeeds();
    let line = issue(&uri, &["--ca-pass-env", "PIN", "--out", "b"]);
    token.prepared(crate::crosstrust(&token.folder, &line)).env("PIN", "123456").run().succeeds();
    let file = format!("{uri}&pin-source=file:{}", token.folder.join("pin").display());
    token.run(&issue(&file, &["--out", "c"])).succeeds();
}

#[test]
fn a_wrong_pin_is_tried_once_and_a_right_one_starts_the_count_anew() {
    let Some(token) = with_root() else { return };
    let Some(spy) = spy() else { return };
    assert!(!token.counts_wrong_pins());
    let uri = format!("pkcs11:token=ca;object=root?module-path={spy}");
    let wrong = issue(&uri, &["--ca-pass-file", "wrong-pin"]);
    let told = token.spied(&wrong).run().exits_with(2).messages();
    assert!(told.contains("wrong PIN"), "{told}");
    assert!(!told.contains("654321"), "{told}");
    assert_eq!(token.calls("C_Login"), 1);
    assert!(token.counts_wrong_pins());
    assert!(!token.folder.join("certificates").exists());

    let right = token.run(&issue(&token.uri("root"), &[])).succeeds().messages();
    assert!(
        right.contains("warning: pkcs11:token=ca;object=root;type=private: a wrong PIN"),
        "{right}"
    );
    assert!(!token.counts_wrong_pins());
}

#[test]
fn a_person_is_asked_once() {
    let Some(token) = with_root() else { return };
    let Some(spy) = spy() else { return };
    let uri = format!("pkcs11:token=ca;object=root?module-path={spy}");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_crosstrust"));
    command
        .args(issue(&uri, &[]))
        .current_dir(token.folder.path())
        .env("SOFTHSM2_CONF", token.folder.join("softhsm2.conf"))
        .env("PKCS11SPY", token.module())
        .env("PKCS11SPY_OUTPUT", token.folder.join("calls"));
    let mut dialogue = spawn_command(command, Some(30_000)).unwrap();
    dialogue.exp_string("PIN of the token `ca` (tried once): ").unwrap();
    dialogue.send_line("654321").unwrap();
    dialogue.exp_string("wrong PIN").unwrap();
    dialogue.exp_eof().unwrap();
    assert_eq!(token.calls("C_Login"), 1);
}

#[test]
fn what_signs_nothing_asks_for_no_pin() {
    let Some(token) = with_root() else { return };
    let Some(spy) = spy() else { return };
    token.run(&["csr", "--name", "r", "--key-type", "ec-p256"]).succeeds();
    let uri = format!("pkcs11:token=ca;object=root?module-path={spy}");
    let by = ["--ca-cert", "ca/ca.crt", "--ca-key", &uri, "--dry-run"];
    for line in [&["cert", "--name", "n"][..], &["sign", "requests/r/r.csr"]] {
        let told = token.spied(&[line, &by[..]].concat()).run().succeeds();
        assert!(told.text().contains("would be created"), "{told:?}");
        assert!(!token.folder.join("calls").exists(), "{line:?}: the module was loaded");
    }
}

#[test]
fn pins_that_cannot_be_right_are_not_tried() {
    let Some(token) = with_root() else { return };
    token.folder.write("empty", "\n");
    let (bare, given) = (token.uri_without_pin("root"), token.uri("root"));
    let pin_value = format!("{bare}&pin-value=123456");
    let command = format!("{bare}&pin-source=%7Ccat%20pin");
    for (uri, more, expected) in [
        (&bare, &["--ca-pass-file", "empty"][..], "the PIN is empty"),
        (&bare, &[], "wants a PIN"),
        (&given, &["--ca-pass-file", "pin"], "given twice"),
        (&pin_value, &[], "`pin-value`"),
        (&command, &[], "a command"),
    ] {
        let told = token.run(&issue(uri, more)).exits_with(2).messages();
        assert!(
            told.contains(expected) && told.contains("crosstrust: hint: "),
            "{expected}: {told}"
        );
        assert!(!told.contains("123456"), "{told}");
    }
    assert!(!token.counts_wrong_pins());
}
