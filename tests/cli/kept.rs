//! What is there is not lost: other entries of a file that is made anew, keys of other nodes, the kind of a key.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use crosstrust_testkit::{Ended, Folder, tool};

use crate::{openssl, run};

pub(crate) const SIGNER: &[&str] = &["--ca-cert", "ca/ca.crt", "--ca-key", "ca/ca.key"];
/// All that is there is so near to its end that each run of it makes it anew.
const RENEW: &[&str] = &["--skip-existing", "--renew-within", "2000", "--days", "3000"];
pub(crate) const EC: &[&str] = &["--key-type", "ec-p256"];

/// A CA of ten years.
pub(crate) fn authority() -> Folder {
    let folder = Folder::new();
    run(&folder, &[&["ca", "--pem", "--out", "ca", "--days", "5000"], EC].concat()).succeeds();
    folder
}

#[track_caller]
pub(crate) fn done(folder: &Folder, parts: &[&[&str]]) -> Ended {
    run(folder, &parts.concat()).succeeds()
}

/// The public key of a certificate, and that of a private key, as OpenSSL prints them.
#[track_caller]
fn is_pair(folder: &Folder, stem: &str) -> bool {
    let (certificate, key) = (format!("{stem}.crt"), format!("{stem}.key"));
    openssl(folder, &["x509", "-in", &certificate, "-noout", "-pubkey"])
        == openssl(folder, &["pkey", "-in", &key, "-pubout"])
}

fn keytool(folder: &Folder, store: &str, rest: &[&str]) -> Option<String> {
    let common = ["-keystore", store, "-storepass", "changeit"];
    let run = tool("keytool")?.with(rest.iter().chain(&common)).folder(folder.path()).run();
    Some(run.succeeds().text().to_owned())
}

/// The aliases of a key store, as keytool has them.
fn aliases(folder: &Folder, store: &str) -> Vec<String> {
    let list = keytool(folder, store, &["-list"]).unwrap_or_default();
    let lines = list.lines().filter(|line| line.contains("Entry"));
    let mut aliases: Vec<String> =
        lines.filter_map(|line| Some(line.split_once(',')?.0.to_owned())).collect();
    aliases.sort();
    aliases
}

#[test]
fn other_entries_of_a_key_store_are_not_lost_unasked() {
    let folder = authority();
    done(&folder, &[&["ca", "--pem", "--out", "partner"], EC]);
    let cert = ["cert", "--name", "n1", "--out", "certs", "--pass", "changeit"];
    done(&folder, &[&cert, SIGNER, EC]);
    let store = "certs/n1/n1.p12";
    let import = ["-importcert", "-noprompt", "-alias", "partner", "-file", "partner/ca.crt"];
    let pair = ["-genkeypair", "-alias", "http", "-keyalg", "EC", "-groupname", "secp256r1"];
    if keytool(&folder, store, &import).is_none() {
        return;
    }
    keytool(&folder, store, &[&pair[..], &["-dname", "CN=http"]].concat());
    // It stands before the node's own.
    keytool(&folder, store, &[&pair[..2], &["a-first"], &pair[3..], &["-dname", "CN=a"]].concat());
    let before = folder.read(store);
    done(&folder, &[&cert, SIGNER, &["--skip-existing"]]);
    let ended = run(&folder, &[&cert, SIGNER, RENEW].concat()).exits_with(2);
    for text in ["the private key `http`", "the private key `a-first`", "the certificate `partner`"]
    {
        assert!(ended.messages().contains(text), "{}", ended.messages());
    }
    assert!(ended.messages().contains("--force"), "{}", ended.messages());
    assert!(!ended.messages().contains("`ca`"), "{}", ended.messages());
    assert!(folder.read(store) == before);
    assert_eq!(aliases(&folder, store), ["a-first", "ca", "http", "n1", "partner"]);

    let ended = done(&folder, &[&cert, SIGNER, RENEW, &["--force"]]);
    assert!(ended.messages().contains("not carried over"), "{}", ended.messages());
    assert_eq!(aliases(&folder, store), ["ca", "n1"]);

    // The key store of a CA has nothing else than the CA that it replaces.
    let ca = ["ca", "--out", "own.p12", "--pass", "changeit", "--skip-existing"];
    done(&folder, &[&ca, EC]);
    keytool(&folder, "own.p12", &import);
    done(&folder, &[&ca]);
    let ended = done(&folder, &[&ca, &["--dn", "CN=Other", "--force"]]);
    assert!(ended.messages().contains("the certificate `partner`"), "{}", ended.messages());
}

/// The `ca` of a key store is no other entry: nor of one that a CA below another has signed.
#[test]
fn a_key_store_of_ours_is_renewed_whatever_its_chain() {
    let folder = authority();
    done(&folder, &[&["ca", "--pem", "--out", "sub", "--days", "4900"], SIGNER, EC]);
    let sub = ["--ca-cert", "sub/ca.crt", "--ca-key", "sub/ca.key"];
    for (signer, out) in [(SIGNER, "one"), (&sub, "two")] {
        for form in [&["--pem"][..], &["--pass", "changeit"]] {
            let cert = ["cert", "--name", "n1", "--out", out];
            done(&folder, &[&cert, signer, form, EC]);
            let ended = done(&folder, &[&cert, signer, form, RENEW]);
            assert!(ended.text().contains("renewed"), "{}", ended.text());
        }
    }
}

#[test]
fn two_nodes_never_get_one_file() {
    let folder = authority();
    folder.write("i.yml", "instances:\n  - name: n1\n  - name: n2\n");
    let cert = ["cert", "--pem", "--in", "i.yml", "--out", "certs"];
    done(&folder, &[&cert, SIGNER, EC]);
    fs::copy(folder.join("certs/n1/n1.key"), folder.join("n1.key")).unwrap();
    fs::remove_dir_all(folder.join("certs/n2")).unwrap();
    fs::create_dir(folder.join("certs/n2")).unwrap();
    symlink("../n1/n1.key", folder.join("certs/n2/n2.key")).unwrap();
    let key = ["req", "-new", "-key", "n1.key", "-subj", "/CN=n2", "-out", "n2.csr"];
    openssl(&folder, &key);
    if !folder.join("n2.csr").exists() {
        return;
    }
    done(&folder, &[&["sign", "n2.csr", "--out", "certs/n2", "--days", "900"], SIGNER]);
    fs::remove_file(folder.join("certs/n2/ca.crt")).unwrap();
    let before = folder.read("certs/n1/n1.crt");
    let ended = run(&folder, &[&cert, SIGNER, RENEW, &["--force"]].concat()).exits_with(2);
    assert!(ended.messages().contains("n2.key: is the same file as"), "{}", ended.messages());
    assert!(folder.read("certs/n1/n1.crt") == before);
    assert!(is_pair(&folder, "certs/n1/n1") && is_pair(&folder, "certs/n2/n2"));
    // Both keep the one key, and then nothing of it is written.
    done(&folder, &[&cert, SIGNER, RENEW, &["--force", "--keep-key"]]);
    assert!(is_pair(&folder, "certs/n1/n1") && is_pair(&folder, "certs/n2/n2"));
    assert!(folder.read("n1.key") == folder.read("certs/n1/n1.key"));
    assert!(folder.join("certs/n2/n2.key").is_symlink());
}

/// The key that lies beside the certificate that is replaced may be somebody else's.
#[test]
fn a_stranger_s_key_is_not_kept() {
    let folder = authority();
    let named = ["--cluster-id", "a", "--scope-id", "b", "--pem", "--keep-key", "--out", "new"];
    let force = ["--skip-existing", "--force"];
    for name in ["k1", "k3"] {
        done(&folder, &[&["cert", "--pem", "--name", name, "--out", "old"], SIGNER, EC]);
    }
    let reissue = [&["reissue", "old/k1"][..], SIGNER, &named].concat();
    done(&folder, &[&reissue]);
    fs::copy(folder.join("old/k3/k3.key"), folder.join("new/k1/k1.key")).unwrap();
    let ended = done(&folder, &[&reissue, &force]);
    assert!(ended.text().contains("the key beside it is another one"), "{}", ended.text());
    assert!(is_pair(&folder, "new/k1/k1"));
    assert!(folder.read("new/k1/k1.key") == folder.read("old/k1/k1.key"));

    fs::copy(folder.join("old/k3/k3.key"), folder.join("old/k1/k1.key")).unwrap();
    let cert = ["cert", "--pem", "--name", "k1", "--out", "old", "--keep-key"];
    done(&folder, &[&cert, SIGNER, &force]);
    assert!(is_pair(&folder, "old/k1/k1"));
    assert!(folder.read("old/k1/k1.key") != folder.read("old/k3/k3.key"));
}

/// A key that is made anew is of the kind of the old one, and of another one only if that is asked for.
#[test]
fn the_kind_of_a_key_stays_and_runs_settle() {
    let folder = authority();
    let kind = |folder: &Folder| {
        openssl(folder, &["x509", "-in", "certs/n1/n1.crt", "-noout", "-text"])
            .is_none_or(|text| text.contains("prime256v1"))
    };
    let cert = ["cert", "--pem", "--name", "n1", "--out", "certs"];
    done(&folder, &[&cert, SIGNER, EC]);
    let key = folder.read("certs/n1/n1.key");
    done(&folder, &[&cert, SIGNER, RENEW]);
    assert!(kind(&folder) && folder.read("certs/n1/n1.key") != key);

    let rsa = ["--skip-existing", "--keep-key", "--key-type", "rsa-2048"];
    run(&folder, &[&cert, SIGNER, &rsa].concat()).exits_with(2);
    let ended = done(&folder, &[&cert, SIGNER, &rsa, &["--force"]]);
    assert!(ended.text().contains("its key is ec-p256, not rsa-2048"), "{}", ended.text());
    assert!(!kind(&folder) || tool("openssl").is_none());
    let ended = done(&folder, &[&cert, SIGNER, &rsa, &["--force"]]);
    assert!(ended.text().contains("unchanged"), "{}", ended.text());
    assert!(is_pair(&folder, "certs/n1/n1"));
}

#[test]
fn a_key_that_everybody_may_read_is_warned_of() {
    let folder = authority();
    let cert = ["cert", "--pem", "--name", "n1", "--out", "certs"];
    for (mode, is_warned) in [(0o640, false), (0o777, true), (0o604, true)] {
        done(&folder, &[&cert, SIGNER, EC, &["--force"]]);
        let permissions = fs::Permissions::from_mode(mode);
        fs::set_permissions(folder.join("certs/n1/n1.key"), permissions).unwrap();
        let ended = done(&folder, &[&cert, SIGNER, RENEW]);
        assert_eq!(ended.messages().contains("chmod 640"), is_warned, "{}", ended.messages());
        assert_eq!(folder.mode("certs/n1/n1.key") & 0o777, mode);
    }
}

/// With `--force`, as with `--skip-existing`, a link stays one.
#[test]
fn what_a_link_leads_to_is_overwritten() {
    let folder = authority();
    let cert = ["cert", "--name", "n1", "--out", "certs/n1.p12", "--pass", "changeit"];
    done(&folder, &[&cert, SIGNER, EC]);
    fs::rename(folder.join("certs/n1.p12"), folder.join("real.p12")).unwrap();
    symlink("../real.p12", folder.join("certs/n1.p12")).unwrap();
    let before = folder.read("real.p12");
    done(&folder, &[&cert, SIGNER, EC, &["--force"]]);
    assert!(folder.join("certs/n1.p12").is_symlink());
    assert!(folder.read("real.p12") != before);
}

/// A key in an archive is found beside its certificate, and one that was encrypted is not bared unnoticed.
#[test]
fn a_key_in_an_archive_is_kept_and_stays_encrypted() {
    let folder = authority();
    let cert = ["cert", "--pem", "--name", "k1", "--pass", "secret"];
    for out in ["nodes.zip", "nodes"] {
        done(&folder, &[&cert, &["--out", out], SIGNER, EC]);
        let new = format!("new-{out}");
        let reissue = ["reissue", out, "--pem", "--keep-key", "--in-pass", "secret"];
        let named = ["--cluster-id", "a", "--scope-id", "b", "--out", &new];
        let ended = done(&folder, &[&reissue, &named, SIGNER, &["--pass", "other"]]);
        assert!(!ended.messages().contains("encrypted"), "{}", ended.messages());
        let ended = done(&folder, &[&reissue, &named, SIGNER, &["--force"]]);
        assert!(ended.messages().contains("was encrypted"), "{}", ended.messages());
    }
    assert!(is_pair(&folder, "new-nodes/k1/k1"));
}

/// Names that differ only in how their strings are encoded are one name (RFC 5280, section 7.1).
#[test]
fn a_subject_of_another_string_type_is_the_same() {
    let folder = authority();
    let key =
        ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "q.key"];
    if openssl(&folder, &key).is_none() {
        return;
    }
    for (out, mask) in [("a/q.csr", "utf8only"), ("b/q.csr", "nombstr")] {
        folder.write(
            "openssl.cnf",
            format!("[req]\ndistinguished_name=dn\nstring_mask={mask}\n[dn]\n"),
        );
        folder.write(out, "");
        let asked = ["req", "-new", "-key", "q.key", "-subj", "/CN=q", "-config", "openssl.cnf"];
        openssl(&folder, &[&asked[..], &["-out", out]].concat());
    }
    let request = |file| openssl(&folder, &["asn1parse", "-in", file]).unwrap();
    assert!(
        request("a/q.csr").contains("UTF8STRING") && !request("b/q.csr").contains("UTF8STRING")
    );
    done(&folder, &[&["sign", "a/q.csr", "--out", "out"], SIGNER]);
    let ended = done(&folder, &[&["sign", "b/q.csr", "--out", "out", "--skip-existing"], SIGNER]);
    assert!(ended.text().contains("unchanged"), "{}", ended.text());
}
