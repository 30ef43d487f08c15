//! What is lost, or does not fit, is told: by `--force`, beside a signed certificate, after a run that was interrupted.

use std::fs;

use crate::kept::{EC, SIGNER, authority, done};
use crate::run;

#[test]
fn what_force_takes_away_is_told() {
    let folder = authority();
    let partner = ["ca", "--pem", "--out", "partner", "--dn", "CN=Partner"];
    done(&folder, &[&partner, EC]);
    fs::create_dir(folder.join("certs")).unwrap();
    fs::copy(folder.join("partner/ca.crt"), folder.join("certs/ca.crt")).unwrap();
    let cert = |name, out| ["cert", "--pem", "--force", "--name", name, "--out", out];
    let ended = done(&folder, &[&cert("n1", "certs"), SIGNER, EC]);
    let told = "certs/ca.crt: not carried over into the new list: `CN=Partner`";
    assert!(ended.messages().contains(told), "{}", ended.messages());
    let ended = done(&folder, &[&cert("n2", "certs"), SIGNER, EC]);
    assert!(!ended.messages().contains("not carried over"), "{}", ended.messages());

    done(&folder, &[&cert("n1", "n.zip"), SIGNER, EC]);
    let ended = done(&folder, &[&cert("n1", "n.zip"), SIGNER, EC]);
    assert!(!ended.messages().contains("not carried over"), "{}", ended.messages());
    let ended = done(&folder, &[&cert("n2", "n.zip"), SIGNER, EC]);
    let told = "n.zip: not carried over into the new archive: n1/n1.crt, n1/n1.key";
    assert!(ended.messages().contains(told), "{}", ended.messages());
    let ended = done(&folder, &[&cert("n3", "n.zip"), SIGNER, EC, &["--skip-existing"]]);
    assert!(!ended.messages().contains("not carried over"), "{}", ended.messages());
    let ended = done(&folder, &[&["csr", "--force", "--name", "n1", "--out", "n.zip"], EC]);
    assert!(ended.messages().contains("n2/n2.key"), "{}", ended.messages());
    // The same of a request for a key that is there.
    let key = ["csr", "--key", "ca/ca.key", "--force", "--name", "q", "--out", "n.zip"];
    let ended = done(&folder, &[&key]);
    assert!(ended.messages().contains("n1/n1.key"), "{}", ended.messages());
}

#[test]
fn a_key_of_another_one_beside_a_signed_certificate_is_told() {
    let folder = authority();
    for (name, out) in [("q", "own"), ("q", "other")] {
        done(&folder, &[&["csr", "--name", name, "--out", out], EC]);
    }
    let sign = ["sign", "own/q/q.csr", "--out", "out"];
    done(&folder, &[&sign, SIGNER]);
    for (key, more, is_told) in [
        ("other/q/q.key", &["--force"][..], true),
        ("other/q/q.key", &["--skip-existing"], true),
        ("own/q/q.key", &["--force"], false),
    ] {
        fs::copy(folder.join(key), folder.join("out/q.key")).unwrap();
        let ended = done(&folder, &[&sign, SIGNER, more]);
        let told = "out/q.key: is not the key of out/q.crt";
        assert_eq!(ended.messages().contains(told), is_told, "{}", ended.messages());
    }
}

/// As a run leaves it that is killed after a certificate was put in its place, and before its key was.
#[test]
fn the_key_that_an_interrupted_run_has_left_is_found() {
    let folder = authority();
    for out in ["certs", "new"] {
        let cert = ["cert", "--pem", "--name", "n1", "--pass", "secret", "--out", out];
        done(&folder, &[&cert, SIGNER, EC]);
    }
    fs::rename(folder.join("new/n1/n1.crt"), folder.join("certs/n1/n1.crt")).unwrap();
    fs::copy(folder.join("certs/n1/n1.key"), folder.join("certs/n1/.crosstrust-aaaaaa")).unwrap();
    fs::rename(folder.join("new/n1/n1.key"), folder.join("certs/n1/.crosstrust-bbbbbb")).unwrap();
    let again = ["cert", "--pem", "--name", "n1", "--out", "certs", "--skip-existing"];
    let again = [&again[..], SIGNER, &["--pass", "secret"]].concat();
    let ended = run(&folder, &again).exits_with(2);
    let hint = "`mv certs/n1/.crosstrust-bbbbbb certs/n1/n1.key` puts it in its place";
    assert!(ended.messages().contains(hint), "{}", ended.messages());
    let told = "certs/n1/.crosstrust-aaaaaa and 1 more: left by a run that was interrupted";
    assert!(ended.messages().contains(told), "{}", ended.messages());

    let path = folder.join("certs/n1/n1.key");
    fs::rename(folder.join("certs/n1/.crosstrust-bbbbbb"), path).unwrap();
    fs::remove_file(folder.join("certs/n1/.crosstrust-aaaaaa")).unwrap();
    let ended = run(&folder, &again).succeeds();
    assert!(ended.text().contains("unchanged"), "{}", ended.text());
    assert!(!ended.messages().contains("interrupted"), "{}", ended.messages());
}
