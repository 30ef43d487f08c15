//! Keys of CAs in tokens, judged by `SoftHSM`, `OpenSC`, OpenSSL and Java.

mod pins;
mod refusals;
mod soft_token;

use std::thread;
use std::time::{Duration, Instant};

use crosstrust_testkit::java_judge;

use self::soft_token::{SoftToken, spy};
use crate::{INSTANCES, openssl};

/// An instances file of so many nodes.
fn instances(count: usize) -> String {
    let one = |number| {
        let cn = format!("node{number}.node.1234567abcd.cluster.myscope.account");
        format!("  - name: node{number}\n    dns: node{number}.example\n    cn: {cn}\n")
    };
    format!("instances:\n{}", (1..=count).map(one).collect::<String>())
}

/// OpenSSL and Java trust the certificates of these files with nothing but the root.
#[track_caller]
fn are_trusted(token: &SoftToken, root: &str, leaves: &[String]) {
    let folder = &token.folder;
    for leaf in leaves.iter().filter(|_| leaves.len() < 5) {
        openssl(folder, &["verify", "-x509_strict", "-CAfile", root, "-untrusted", leaf, leaf]);
    }
    let all: Vec<&str> = leaves.iter().map(String::as_str).collect();
    if leaves.len() >= 5
        && let Some(told) =
            openssl(folder, &[&["verify", "-x509_strict", "-CAfile", root], &all[..]].concat())
    {
        assert_eq!(told.lines().filter(|line| line.ends_with(": OK")).count(), leaves.len());
    }
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let chains = leaves.iter().flat_map(|leaf| ["--chain".to_owned(), path(leaf)]);
    let arguments = ["--trust".to_owned(), path(root)].into_iter().chain(chains);
    if let Some(lines) = java_judge("Pkix", arguments) {
        let trusted = lines.iter().filter(|line| line[2] == "ok").count();
        assert!(trusted >= leaves.len() && trusted == lines.len(), "{lines:?}");
    }
}

#[track_caller]
fn a_root_signs_a_hundred(kind: &str) {
    let Some(token) = SoftToken::new() else { return };
    let (uri, subject) = (token.uri("root"), format!("CN=Root {kind}"));
    let made = ["ca", "--key", &uri, "--generate", "--key-type", kind, "--dn", &subject];
    let told = token.run(&made).succeeds();
    assert!(told.messages().contains("crosstrust cert --ca-cert ca/ca.crt"), "{told:?}");
    let files: Vec<_> = std::fs::read_dir(token.folder.join("ca")).unwrap().collect();
    assert_eq!(files.len(), 1, "only ca.crt");
    let objects = token.tool_with_pin(&["--list-objects", "--type", "privkey"]);
    assert!(objects.contains("label:      root"), "{objects}");
    assert!(objects.contains("sensitive, always sensitive, never extractable, local"), "{objects}");

    let usages: Vec<_> = objects.lines().filter(|line| line.contains("Usage:")).collect();
    assert_eq!(usages, ["  Usage:      sign"], "{objects}");

    token.folder.write("i.yml", instances(100));
    let issue = ["cert", "--ca-cert", "ca/ca.crt", "--ca-key", &uri, "--in", "i.yml", "--pem"];
    token.run(&[&issue[..], &["--key-type", "ec-p256"]].concat()).succeeds();
    let leaf = |number| format!("certificates/node{number}/node{number}.crt");
    are_trusted(&token, "ca/ca.crt", &(1..=100).map(leaf).collect::<Vec<_>>());

    // What pkcs11-tool reads of the token is the key of the certificate.
    let read = ["--read-object", "--type", "pubkey", "--label", "root", "--output-file", "k.der"];
    token.tool_with_pin(&read);
    let ours = openssl(&token.folder, &["x509", "-in", "ca/ca.crt", "-noout", "-pubkey"]);
    let its = openssl(&token.folder, &["pkey", "-pubin", "-inform", "DER", "-in", "k.der"]);
    assert_eq!(ours, its);
}

#[test]
fn a_root_with_an_rsa_key_that_is_made_in_the_token_signs_a_hundred_nodes() {
    a_root_signs_a_hundred("rsa-2048");
}

#[test]
fn a_root_with_a_p256_key_that_is_made_in_the_token_signs_a_hundred_nodes() {
    a_root_signs_a_hundred("ec-p256");
}

#[test]
fn keys_that_pkcs11_tool_made_sign() {
    let Some(token) = SoftToken::new() else { return };
    token.folder.write("i.yml", INSTANCES);
    for (id, kind, more) in [
        ("01", "rsa:2048", &[][..]),
        ("02", "EC:prime256v1", &[]),
        ("03", "EC:secp384r1", &[]),
        // Only what is hashed is signed: the padding's DigestInfo is ours.
        ("04", "rsa:2048", &["--allowed-mechanisms", "RSA-PKCS"]),
        // The PIN once more for each signature.
        ("05", "rsa:2048", &["--always-auth"]),
    ] {
        let (label, ca, out) = (format!("key{id}"), format!("ca{id}"), format!("out{id}"));
        token.make(&label, id, kind, more);
        let uri = token.uri(&label);
        token.run(&["ca", "--key", &uri, "--out", &ca, "--dn", "CN=Root"]).succeeds();
        let certificate = format!("{ca}/ca.crt");
        let issue = ["cert", "--ca-cert", &certificate, "--ca-key", &uri, "--in", "i.yml"];
        let rest = ["--pem", "--key-type", "ec-p256", "--out", &out];
        token.run(&[&issue[..], &rest].concat()).succeeds();
        let leaf = |node| format!("{out}/{node}/{node}.crt");
        are_trusted(&token, &certificate, &["node1", "node2"].map(leaf));
    }
}

/// As the module that writes down all calls saw it.
#[test]
fn a_key_is_used_as_it_wants() {
    let Some(token) = SoftToken::new() else { return };
    let Some(spy) = spy() else { return };
    for (label, id, wish, logins, mechanism) in [
        ("plain", "01", &[][..], 1, "CKM_SHA256_RSA_PKCS"),
        ("raw", "02", &["--allowed-mechanisms", "RSA-PKCS"], 1, "CKM_RSA_PKCS"),
        ("always", "03", &["--always-auth"], 2, "CKM_SHA256_RSA_PKCS"),
    ] {
        token.make(label, id, "rsa:2048", wish);
        let uri = format!("pkcs11:token=ca;object={label}?module-path={spy}&pin-source=pin");
        token.spied(&["ca", "--key", &uri, "--out", label]).run().succeeds();
        assert_eq!(token.calls("C_Login"), logins, "{label}");
        let calls = token.folder.read_text("calls");
        let used = calls.lines().find_map(|line| line.split_once("pMechanism->type = "));
        assert_eq!(used.unwrap().1.trim(), mechanism, "{label}");
        std::fs::remove_file(token.folder.join("calls")).unwrap();
    }
}

#[test]
fn every_command_that_signs_signs_with_a_token() {
    let Some(token) = SoftToken::new() else { return };
    token.make("root", "01", "EC:prime256v1", &[]);
    token.make("sub", "02", "EC:prime256v1", &[]);
    let (root, sub) = (token.uri("root"), token.uri("sub"));
    token.run(&["ca", "--key", &root, "--dn", "CN=Root", "--out", "root"]).succeeds();
    let by_root = ["--ca-cert", "root/ca.crt", "--ca-key", &root];
    let by_sub = ["--ca-cert", "sub/ca.crt", "--ca-key", &sub];
    let run = |line: &[&[&str]]| token.run(&line.concat()).succeeds();
    run(&[&["ca", "--key", &sub, "--dn", "CN=Sub", "--out", "sub"], &by_root]);
    run(&[&["ca", "--pem", "--dn", "CN=File", "--out", "file", "--key-type", "ec-p256"], &by_root]);
    run(&[&["csr", "--name", "n1", "--key-type", "ec-p256"]]);
    run(&[&["sign", "requests/n1/n1.csr", "--out", "signed"], &by_sub]);
    let issue = ["cert", "--pem", "--key-type", "ec-p256"];
    run(&[&issue, &["--name", "n2", "--out", "issued"], &by_sub]);
    let file = ["--ca-cert", "file/ca.crt", "--ca-key", "file/ca.key"];
    run(&[&issue, &["--name", "n3", "--out", "by-file"], &file]);
    let cloud = ["--cluster-id", "1234567abcd", "--scope-id", "myscope", "--pem"];
    run(&[&["reissue", "issued/n2/n2.crt", "--out", "again"], &cloud, &by_sub]);
    run(&[&["certutil", "cert", "-s", "--pem", "--name", "n4", "--out", "n4.zip"], &by_root]);
    run(&[&["convert", "n4.zip", "--out", "n4.p12", "--pass", "x"]]);
    let new = token.uri("new");
    run(&[&["ca", "--key", &new, "--generate", "--dn", "CN=New", "--out", "new"]]);
    let plan = ["rotate", "plan", "issued/n2/n2.crt", "--old", "root/ca.crt", "--out", "plan"];
    run(&[&plan, &["--new", "new/ca.crt", "--sign", "--new-key", &new, "--pem"]]);

    let leaves = ["signed/n1.crt", "issued/n2/n2.crt", "by-file/n3/n3.crt", "again/n2/n2.crt"];
    are_trusted(&token, "root/ca.crt", &leaves.map(str::to_owned));
    are_trusted(&token, "new/ca.crt", &["plan/2-new-certificates/n2/n2.crt".to_owned()]);
}

#[test]
fn a_request_is_made_for_a_key_that_is_there() {
    let Some(token) = SoftToken::new() else { return };
    token.make("node", "01", "EC:prime256v1", &[]);
    let name = ["--name", "n1", "--dns", "n1.example", "--cn", "n1.node.x.cluster.y.account"];
    let uri = token.uri("node");
    let line = [&["csr", "--key", &uri], &name[..]].concat();
    token.run(&line).succeeds();
    let files: Vec<_> = std::fs::read_dir(token.folder.join("requests/n1")).unwrap().collect();
    assert_eq!(files.len(), 1, "only the request");
    let verify = ["req", "-in", "requests/n1/n1.csr", "-noout", "-verify", "-text"];
    let Some(text) = openssl(&token.folder, &verify) else { return };
    assert!(text.contains("DNS:n1.example") && text.contains("CN = n1"), "{text}");
    let ended =
        token.run(&["ca", "--key", &uri, "--dn", "CN=Packed", "--out", "packed.zip"]).succeeds();
    assert!(ended.text().starts_with("packed.zip/ca/ca.crt  CN=Packed"), "{}", ended.text());
    let two = ["csr", "--key", &uri, "--in", "i.yml", "--out", "two"];
    token.folder.write("i.yml", INSTANCES);
    let refused = token.run(&two).exits_with(2);
    assert!(refused.messages().contains("one key is no key for 2 instances"), "{refused:?}");
}

#[test]
fn a_hundred_nodes_take_one_login_and_few_sessions() {
    let Some(token) = SoftToken::new() else { return };
    let Some(spy) = spy() else { return };
    token.make("root", "01", "EC:prime256v1", &[]);
    token.run(&["ca", "--key", &token.uri("root")]).succeeds();
    token.folder.write("i.yml", instances(100));
    let uri = format!("pkcs11:token=ca;object=root?module-path={spy}&pin-source=pin");
    let issue = ["cert", "--ca-cert", "ca/ca.crt", "--ca-key", &uri, "--in", "i.yml"];
    token.spied(&[&issue[..], &["--pem", "--key-type", "ec-p256"]].concat()).run().succeeds();
    assert_eq!(token.calls("C_Login"), 1);
    assert_eq!(token.calls("C_SignInit"), 100);
    assert!((2..=17).contains(&token.calls("C_OpenSession")), "{}", token.calls("C_OpenSession"));
}

#[test]
fn a_token_that_goes_away_in_a_run_leaves_nothing_behind() {
    let Some(token) = SoftToken::new() else { return };
    let Some(spy) = spy() else { return };
    token.make("root", "01", "rsa:2048", &[]);
    token.run(&["ca", "--key", &token.uri("root")]).succeeds();
    token.folder.write("i.yml", instances(3000));
    let uri = format!("pkcs11:token=ca;object=root?module-path={spy}&pin-source=pin");
    let issue = ["cert", "--ca-cert", "ca/ca.crt", "--ca-key", &uri, "--in", "i.yml"];
    let run = token.spied(&[&issue[..], &["--pem", "--key-type", "ec-p256"]].concat());
    let ended = thread::scope(|scope| {
        let ended = scope.spawn(|| run.run());
        let (start, calls) = (Instant::now(), token.folder.join("calls"));
        let signs =
            || std::fs::read_to_string(&calls).is_ok_and(|text| text.contains("C_SignInit"));
        while !signs() {
            assert!(start.elapsed() < Duration::from_secs(60), "nothing is signed");
            thread::sleep(Duration::from_millis(10));
        }
        std::fs::remove_dir_all(token.folder.join("tokens")).unwrap();
        ended.join().unwrap()
    });
    let told = ended.exits_with(2).messages();
    assert!(told.contains("crosstrust: error: pkcs11:token=ca;object=root: "), "{told}");
    assert!(!token.folder.join("certificates").exists(), "{told}");
}
