//! `--renew-within`, `--dry-run`, and `--skip-existing` of every command that writes keys: what automation
//! repeats each night. No key is lost, and each file is told what became of it, and why.

use std::os::unix::fs::PermissionsExt;

use crosstrust_testkit::{Ended, Folder};
use serde_json::Value;

use crate::{INSTANCES, openssl, run};

const CA: &[&str] = &["ca", "--pem", "--out", "ca", "--key-type", "ec-p256", "--days", "3650"];
const SIGNER: &[&str] = &["--ca-cert", "ca/ca.crt", "--ca-key", "ca/ca.key"];
const CERT: &[&str] = &["cert", "--in", "i.yml", "--out", "certs", "--skip-existing"];
const RENEW: &[&str] = &["--renew-within", "30", "--format", "json"];

fn cert(rest: &[&str]) -> Vec<String> {
    [CERT, SIGNER, rest].concat().into_iter().map(str::to_owned).collect()
}

#[track_caller]
fn done(folder: &Folder, command: &[impl AsRef<str>]) -> Value {
    let command = command.iter().map(AsRef::as_ref).collect::<Vec<_>>();
    serde_json::from_str(run(folder, &command).succeeds().text()).unwrap()
}

#[track_caller]
fn refused(folder: &Folder, command: &[impl AsRef<str>], texts: &[&str]) -> Ended {
    let command = command.iter().map(AsRef::as_ref).collect::<Vec<_>>();
    let before = contents(folder);
    let ended = run(folder, &command).exits_with(2);
    for text in texts {
        assert!(ended.messages().contains(text), "{text}: {}", ended.messages());
    }
    assert!(contents(folder) == before, "something was written");
    ended
}

/// Every file with its bytes.
fn contents(folder: &Folder) -> Vec<(String, Vec<u8>)> {
    let files = folder.entries().into_iter().filter(|file| !file.ends_with('/'));
    files.map(|file| (file.clone(), folder.read(&file))).collect()
}

/// What became of each file.
fn actions(document: &Value) -> Vec<String> {
    let files = document.get("files").or(document.get("nodes")).unwrap().as_array().unwrap();
    assert!(files.iter().all(|file| !file["reason"].as_str().unwrap().is_empty()), "{document:#}");
    files.iter().map(|file| file["action"].as_str().unwrap().to_owned()).collect()
}

/// A CA, and `node1` with 5 days to live beside `node2` with three years.
fn soon(form: &[&str]) -> Folder {
    let folder = Folder::new();
    run(&folder, CA).succeeds();
    let node1 = INSTANCES.split("  - name: \"node2\"").next().unwrap();
    folder.write("i.yml", node1);
    done(&folder, &cert(&[form, &["--days", "5", "--format", "json"]].concat()));
    folder.write("i.yml", INSTANCES);
    done(&folder, &cert(&[form, &["--format", "json"]].concat()));
    folder
}

#[test]
fn what_expires_is_renewed_and_the_rest_stays() {
    for (form, file) in [(&["--pem"][..], "crt"), (&["--pass", "changeit"], "p12")] {
        let folder = soon(form);
        let paths = ["node1", "node2"].map(|node| format!("certs/{node}/{node}.{file}"));
        let before = paths.each_ref().map(|path| folder.read(path));
        let names = names(&folder, &paths[0]);
        let renew = cert(&[form, RENEW].concat());
        let planned = done(&folder, &[&renew[..], &["--dry-run".to_owned()]].concat());
        assert_eq!(actions(&planned), ["renewed", "unchanged"]);
        assert_eq!((&planned["changed"], &planned["dry_run"]), (&false.into(), &true.into()));
        assert!(paths.each_ref().map(|path| folder.read(path)) == before);
        let first = done(&folder, &renew);
        assert_eq!(actions(&first), ["renewed", "unchanged"]);
        assert_eq!(first["files"][0]["reason"], "expires in 4 days");
        assert_eq!(first["changed"], true);
        assert!(folder.read(&paths[0]) != before[0] && folder.read(&paths[1]) == before[1]);
        assert_eq!(self::names(&folder, &paths[0]), names);
        let second = done(&folder, &renew);
        assert_eq!(actions(&second), ["unchanged", "unchanged"]);
        assert_eq!(second["changed"], false);
        if file == "crt" {
            openssl(&folder, &["verify", "-CAfile", "ca/ca.crt", &paths[0], &paths[1]]);
        }
    }
}

/// The names of a certificate, as `inspect` spells them.
fn names(folder: &Folder, path: &str) -> Value {
    let inspect = ["inspect", "--pass", "changeit", "--format", "json", path];
    done(folder, &inspect)["sources"][0]["entries"][0]["san"].clone()
}

#[test]
fn a_key_is_kept_if_that_is_asked_for_and_so_are_mode_and_link() {
    let folder = soon(&["--pem"]);
    let key = folder.read("certs/node1/node1.key");
    std::fs::set_permissions(
        folder.join("certs/node1/node1.key"),
        std::fs::Permissions::from_mode(0o640),
    )
    .unwrap();
    std::fs::rename(folder.join("certs/node1/node1.crt"), folder.join("real.crt")).unwrap();
    std::os::unix::fs::symlink("../../real.crt", folder.join("certs/node1/node1.crt")).unwrap();
    let renew = cert(&[&["--pem", "--keep-key"], RENEW].concat());
    assert_eq!(actions(&done(&folder, &renew)), ["renewed", "unchanged"]);
    assert!(folder.read("certs/node1/node1.key") == key);
    let mode = folder.join("certs/node1/node1.key").metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    assert!(folder.join("certs/node1/node1.crt").is_symlink());
    assert_eq!(folder.read("real.crt"), folder.read("certs/node1/node1.crt"));
    openssl(&folder, &["verify", "-CAfile", "ca/ca.crt", "real.crt"]);
}

#[test]
fn an_archive_is_looked_into_and_keeps_what_is_right() {
    for form in [&["--pem"][..], &["--pass", "changeit"]] {
        let folder = Folder::new();
        run(&folder, CA).succeeds();
        folder.write("i.yml", INSTANCES);
        let zip = ["--out", "certs.zip", "--format", "json", "--skip-existing"];
        let cert = [&["cert", "--in", "i.yml"], &zip[..], SIGNER, form].concat();
        assert_eq!(actions(&done(&folder, &cert)), ["created", "created"]);
        let first = folder.read("certs.zip");
        assert_eq!(actions(&done(&folder, &cert)), ["unchanged", "unchanged"]);
        assert!(folder.read("certs.zip") == first);
        let fingerprint = |document: &Value| document["files"][0]["fingerprint_sha256"].clone();
        let before = fingerprint(&done(&folder, &cert));
        folder.write("i.yml", format!("{INSTANCES}  - name: node3\n"));
        let more = done(&folder, &cert);
        assert_eq!(actions(&more), ["unchanged", "unchanged", "created"]);
        assert_eq!(fingerprint(&more), before);
        let inspect = ["inspect", "--pass", "changeit", "--format", "json", "certs.zip"];
        let files = if form.len() == 1 { 6 } else { 3 };
        assert_eq!(done(&folder, &inspect)["sources"].as_array().unwrap().len(), files);
        folder.write("i.yml", INSTANCES.replace("192.0.2.1\"", "192.0.2.9\""));
        refused(&folder, &cert, &["its names are others: it lacks `IP:192.0.2.9`"]);
    }
}

/// All that is wrong is told at once, and neither a wrong password nor a key on its own makes a new one.
#[test]
fn nothing_that_is_not_right_is_passed_over_and_no_key_is_lost() {
    let folder = soon(&["--pass", "changeit"]);
    let with = |rest: &[&str]| cert(&[&["--format", "json"], rest].concat());
    let lines = INSTANCES.replace("example.com", "example.org");
    folder.write("i.yml", lines);
    let both = ["node1/node1.p12: is there and not", "node2/node2.p12: is there and not"];
    refused(&folder, &with(&["--pass", "changeit"]), &both);
    folder.write("i.yml", INSTANCES);
    for force in [&[][..], &["--force"]] {
        let wrong = [&["--pass", "wrong"], force].concat();
        refused(&folder, &with(&wrong), &["node1.p12: wrong password", "node2.p12: wrong"]);
    }
    refused(
        &folder,
        &with(&["--pass", "changeit", "--key-type", "ec-p256"]),
        &["rsa-2048, not ec"],
    );
    folder.write("certs/node1/node1.p12", "rubbish");
    refused(&folder, &with(&["--pass", "changeit", "--force"]), &["certs/node1/node1.p12: "]);

    let folder = soon(&["--pem"]);
    refused(&folder, &with(&["--pem", "--pass", "x"]), &["not encrypted, and a password is given"]);
    std::fs::remove_file(folder.join("certs/node1/node1.crt")).unwrap();
    for force in [&[][..], &["--force"]] {
        let rest = [&["--pem"], force].concat();
        refused(&folder, &with(&rest), &["a key is there without its certificate"]);
    }
    let pem = ["--pem", "--renew-within", "30"];
    std::fs::remove_file(folder.join("certs/node2/node2.key")).unwrap();
    let node2 = INSTANCES.split("  - name: \"node1\"").last().unwrap();
    let node2 = node2.split("  - name: \"node2\"").last().unwrap();
    folder.write("i.yml", format!("instances:\n  - name: node2{node2}"));
    refused(&folder, &with(&pem), &["node2.crt: is there and not as it should be: its key is not"]);
}

#[test]
fn a_run_that_could_not_settle_is_refused_or_told() {
    let folder = soon(&["--pem"]);
    let each = cert(&["--pem", "--renew-within", "30", "--days", "30"]);
    refused(&folder, &each, &["each run would renew"]);
    let alone = ["cert", "--self-signed", "--name", "n", "--renew-within", "3"];
    refused(&folder, &alone, &["--skip-existing"]);

    let short = ["ca", "--pem", "--out", "ca", "--days", "20", "--force", "--key-type", "ec-p256"];
    run(&folder, &short).succeeds();
    std::fs::remove_dir_all(folder.join("certs")).unwrap();
    let renew = cert(&[&["--pem"], RENEW].concat());
    assert_eq!(actions(&done(&folder, &renew)), ["created", "created"]);
    let before = contents(&folder);
    let command = renew.iter().map(String::as_str).collect::<Vec<_>>();
    let ended = run(&folder, &command).succeeds();
    assert!(ended.messages().contains("its CA does not last longer"), "{}", ended.messages());
    let document = serde_json::from_str(ended.text()).unwrap();
    assert_eq!(actions(&document), ["unchanged", "unchanged"]);
    assert!(contents(&folder) == before);
}

#[test]
fn a_reissue_renews_its_own_certificates() {
    let folder = soon(&["--pem"]);
    let names = ["--cluster-id", "1234567abcd", "--scope-id", "myscope", "--skip-existing"];
    let files = ["certs/node1/node1.crt", "certs/node2/node2.crt"];
    let reissue = [&["reissue", "--pem", "--out", "certs"], SIGNER, &names, RENEW, &files].concat();
    let key = folder.read("certs/node1/node1.key");
    let dry = done(&folder, &[&reissue[..], &["--dry-run"]].concat());
    assert_eq!(actions(&dry), ["renewed", "unchanged"]);
    assert_eq!(actions(&done(&folder, &reissue)), ["renewed", "unchanged"]);
    assert!(folder.read("certs/node1/node1.key") != key);
    assert_eq!(actions(&done(&folder, &reissue)), ["unchanged", "unchanged"]);
    openssl(&folder, &["verify", "-CAfile", "ca/ca.crt", files[0], files[1]]);

    let folder = soon(&["--pem"]);
    let key = folder.read("certs/node1/node1.key");
    let keeping = [&reissue[..], &["--keep-key"]].concat();
    assert_eq!(actions(&done(&folder, &keeping)), ["renewed", "unchanged"]);
    assert!(folder.read("certs/node1/node1.key") == key);
}

#[test]
fn requests_and_what_is_signed_for_them_are_left_alone() {
    let folder = Folder::new();
    run(&folder, CA).succeeds();
    folder.write("i.yml", INSTANCES);
    let json = ["--skip-existing", "--format", "json"];
    let csr = [&["csr", "--in", "i.yml", "--pass", "changeit"], &json[..]].concat();
    assert_eq!(actions(&done(&folder, &csr)), ["created", "created"]);
    let before = contents(&folder);
    assert_eq!(actions(&done(&folder, &csr)), ["unchanged", "unchanged"]);
    assert!(contents(&folder) == before);
    let wrong = [&["csr", "--in", "i.yml", "--pass", "wrong", "--force"], &json[..]].concat();
    refused(&folder, &wrong, &["requests/node1/node1.key: wrong password"]);

    let sign = [&["sign", "requests/*/*.csr", "--renew-within", "30"], SIGNER, &json[..]].concat();
    let short = [&["sign", "requests/node1/node1.csr", "--days", "5"], SIGNER].concat();
    run(&folder, &short).succeeds();
    let dry = done(&folder, &[&sign[..], &["--dry-run"]].concat());
    assert_eq!(actions(&dry), ["renewed", "created"]);
    assert_eq!(dry["files"][1]["fingerprint_sha256"], Value::Null);
    assert!(!folder.join("certificates/node2.crt").exists());
    assert_eq!(actions(&done(&folder, &sign)), ["renewed", "created"]);
    assert_eq!(actions(&done(&folder, &sign)), ["unchanged", "unchanged"]);
    openssl(&folder, &["verify", "-CAfile", "ca/ca.crt", "certificates/node1.crt"]);

    std::fs::remove_file(folder.join("requests/node2/node2.csr")).unwrap();
    refused(&folder, &csr, &["a key is there without its request"]);
    let other = INSTANCES.replace("node1.example.com", "node1.example.org");
    folder.write("i.yml", other.split("  - name: \"node2\"").next().unwrap());
    refused(&folder, &csr, &["requests/node1/node1.csr: is there and not as it should be"]);
    assert_eq!(actions(&done(&folder, &[&csr[..], &["--force"]].concat())), ["replaced"]);
    refused(&folder, &[&sign[..1], &["requests/node1/node1.csr"], &sign[2..]].concat(), &["names"]);
}

#[test]
fn a_conversion_is_done_once() {
    let folder = soon(&["--pass", "changeit"]);
    let source = ["convert", "certs/node1/node1.p12", "--in-pass", "changeit", "--skip-existing"];
    let convert = |rest: &[&'static str]| [&source[..], &["--format", "json"], rest].concat();
    for rest in [
        &["--out", "pem"][..],
        &["--out", "locked", "--pass", "x"],
        &["--out", "pem.zip"],
        &["--out", "locked.zip", "--pass", "x"],
        &["--out", "legacy.p12", "--pass", "x", "--p12-profile", "legacy-des"],
        &["--out", "modern.p12", "--pass", "x"],
    ] {
        assert_eq!(actions(&done(&folder, &convert(rest))), ["created"], "{rest:?}");
        let before = contents(&folder);
        assert_eq!(actions(&done(&folder, &convert(rest))), ["unchanged"], "{rest:?}");
        assert!(contents(&folder) == before);
    }
    let refused = |rest: &[&'static str], text| refused(&folder, &convert(rest), &[text]);
    refused(&["--out", "modern.p12", "--pass", "y"], "modern.p12: wrong password");
    refused(&["--out", "modern.p12", "--pass", "y", "--force"], "modern.p12: wrong password");
    refused(&["--out", "legacy.p12", "--pass", "x"], "encrypted in another way");
    refused(&["--out", "pem", "--key-format", "pkcs1"], "its key is encoded in another way");
    refused(&["--out", "pem", "--pass", "x"], "encrypted in another way");
    let renewed = cert(&[&["--pass", "changeit"], RENEW].concat());
    assert_eq!(actions(&done(&folder, &renewed)), ["renewed", "unchanged"]);
    refused(&["--out", "modern.p12", "--pass", "x"], "its key is another one");
    let replaced = convert(&["--out", "pem", "--force"]);
    assert_eq!(actions(&done(&folder, &replaced)), ["replaced"]);
}
