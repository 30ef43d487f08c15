//! `cert --to-be-signed`, `sign-offline` and `cert --signed`: two machines, and a folder that travels.

use std::fs;

use crosstrust_testkit::{Ended, Folder};
use serde_json::Value;

use crate::{INSTANCES, openssl, run};

/// The machine with the CA's key and the one of the nodes, which has the CA's certificate alone.
struct Machines {
    authority: Folder,
    nodes: Folder,
}

impl Machines {
    #[track_caller]
    fn new(key_type: &str) -> Self {
        let (authority, nodes) = (Folder::new(), Folder::new());
        let ca = ["ca", "--pem", "--dn", "CN=Transport CA", "--key-type", key_type];
        run(&authority, &ca).succeeds();
        nodes.write("ca.crt", authority.read("ca/ca.crt"));
        nodes.write("instances.yml", INSTANCES);
        Self { authority, nodes }
    }

    fn prepare(&self, more: &[&str]) -> Ended {
        let step =
            ["cert", "--to-be-signed", "bundle", "--ca-cert", "ca.crt", "--in", "instances.yml"];
        run(&self.nodes, &[&step[..], &["--key-type", "ec-p256"], more].concat())
    }

    fn sign(&self, more: &[&str]) -> Ended {
        let step = ["sign-offline", "bundle", "--ca-cert", "ca/ca.crt", "--ca-key", "ca/ca.key"];
        run(&self.authority, &[&step[..], more].concat())
    }

    fn put_together(&self, more: &[&str]) -> Ended {
        run(&self.nodes, &[&["cert", "--signed", "bundle"], more].concat())
    }

    fn take_there(&self) {
        carry(&self.nodes, &self.authority);
    }

    fn take_back(&self) {
        carry(&self.authority, &self.nodes);
    }
}

/// Copies the folder that travels, in the place of what is there.
fn carry(from: &Folder, to: &Folder) {
    let _ = fs::remove_dir_all(to.join("bundle"));
    for name in from.entries().iter().filter(|name| !name.ends_with('/')) {
        if name.starts_with("bundle/") {
            to.write(name, from.read(name));
        }
    }
}

#[test]
fn what_is_signed_elsewhere_is_what_cert_makes() {
    for key_type in ["rsa-2048", "ec-p384"] {
        let machines = Machines::new(key_type);
        machines.prepare(&[]).succeeds();
        machines.take_there();
        let shown = machines.sign(&[]).succeeds();
        for said in ["CN=node1", "DNS:node2.example.com", "IP:192.0.2.1", "valid    20", "ec-p256"]
        {
            assert!(shown.text().contains(said), "{said}: {}", shown.text());
        }
        machines.take_back();
        machines.put_together(&["--pem"]).succeeds();
        machines.put_together(&["--out", "all.zip", "--pass", "secret"]).succeeds();
        let direct = ["cert", "--ca-cert", "ca/ca.crt", "--ca-key", "ca/ca.key", "--in", "i.yml"];
        machines.authority.write("i.yml", INSTANCES);
        let rest = ["--pem", "--key-type", "ec-p256"];
        run(&machines.authority, &[&direct[..], &rest].concat()).succeeds();
        let written = |folder: &Folder| {
            let is_ours = |name: &String| name.starts_with("certificates");
            folder.entries().into_iter().filter(is_ours).collect::<Vec<_>>()
        };
        assert_eq!(written(&machines.nodes), written(&machines.authority));
        let key = "certificates/node1/node1.key";
        assert_eq!(machines.nodes.mode(key), machines.authority.mode(key));
        let file = "certificates/node1/node1.crt";
        let extensions = ["x509", "-in", file, "-noout", "-ext", "subjectAltName,basicConstraints"];
        let shown = |folder: &Folder| openssl(folder, &extensions);
        assert_eq!(shown(&machines.nodes), shown(&machines.authority));
        let Some(verified) = openssl(&machines.nodes, &["verify", "-CAfile", "ca.crt", file])
        else {
            return;
        };
        assert_eq!(verified, format!("{file}: OK\n"));
        let of = |what: &[&str]| openssl(&machines.nodes, what).unwrap();
        let public = of(&["x509", "-in", file, "-noout", "-pubkey"]);
        assert_eq!(of(&["pkey", "-in", key, "-pubout"]), public);
    }
}

#[test]
fn keys_stay_where_they_were_made() {
    let machines = Machines::new("ec-p256");
    machines.prepare(&["--pass", "secret", "--keys", "own"]).succeeds();
    let key = machines.nodes.read_text("own/node1.key");
    assert!(key.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"), "{key}");
    assert_eq!(machines.nodes.mode("own/node1.key"), 0o600);
    let travels = machines.nodes.entries();
    let travels = travels.iter().filter(|name| name.starts_with("bundle/"));
    let expected = [
        "bundle/",
        "bundle/ca.crt",
        "bundle/manifest.json",
        "bundle/node1.tbs",
        "bundle/node2.tbs",
    ];
    assert_eq!(travels.collect::<Vec<_>>(), expected);
    machines.take_there();
    machines.sign(&[]).succeeds();
    machines.take_back();
    let messages = machines.put_together(&[]).exits_with(2).messages();
    assert!(messages.contains("bundle.keys"), "{messages}");
    let wrong = ["--keys", "own", "--pass", "wrong", "--out", "x"];
    machines.put_together(&wrong).exits_with(2);
    assert!(!machines.nodes.join("x").exists());
    let right = ["--keys", "own", "--pass", "secret", "--out", "x"];
    machines.put_together(&right).succeeds();
    let inspected = run(&machines.nodes, &["inspect", "x/node2/node2.p12", "--pass", "secret"]);
    assert!(inspected.succeeds().text().contains("node2.node.1234567abcd.cluster.myscope.account"));
}

#[test]
fn a_dry_run_and_json_show_what_would_be_signed() {
    let machines = Machines::new("ec-p256");
    let before = machines.nodes.entries();
    machines.prepare(&["--dry-run"]).succeeds();
    assert_eq!(machines.nodes.entries(), before);
    machines.prepare(&[]).succeeds();
    machines.take_there();
    let shown = machines.sign(&["--dry-run", "--format", "json"]).succeeds();
    let document: Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!(document["dry_run"], true);
    assert_eq!(document["ca"]["subject"], "CN=Transport CA");
    assert_eq!(document["certificates"][1]["subject"], "CN=node2");
    assert_eq!(document["certificates"][1]["path"], Value::Null);
    assert_eq!(document["certificates"][0]["subject_alt_names"][0], "IP:192.0.2.1");
    assert!(!machines.authority.join("bundle/node1.crt").exists());
    let signed = machines.sign(&["--format", "json"]).succeeds();
    let signed: Value = serde_json::from_slice(&signed.stdout).unwrap();
    assert_eq!(signed["certificates"][0]["path"], "bundle/node1.crt");
    if let Some(digest) =
        openssl(&machines.authority, &["dgst", "-sha256", "-r", "bundle/node1.tbs"])
    {
        assert!(
            digest.starts_with(signed["certificates"][0]["to_be_signed_sha256"].as_str().unwrap())
        );
    }
}

#[test]
fn nothing_is_signed_twice_unasked_or_by_another_ca() {
    let machines = Machines::new("ec-p256");
    machines.prepare(&[]).succeeds();
    let again = machines.prepare(&[]).exits_with(2).messages();
    assert!(again.contains("bundle/manifest.json: already exists"), "{again}");
    machines.take_there();
    let other =
        ["ca", "--pem", "--dn", "CN=Transport CA", "--key-type", "ec-p256", "--out", "other"];
    run(&machines.authority, &other).succeeds();
    let wrong = ["sign-offline", "bundle", "--ca-cert", "other/ca.crt", "--ca-key", "other/ca.key"];
    let messages = run(&machines.authority, &wrong).exits_with(2).messages();
    assert!(messages.contains("bundle/ca.crt: it is for the CA `CN=Transport CA`"), "{messages}");
    machines.sign(&[]).succeeds();
    let messages = machines.sign(&[]).exits_with(2).messages();
    assert!(messages.contains("bundle/node1.crt: is there already"), "{messages}");
    machines.sign(&["--force"]).succeeds();
}

/// Somebody on the way puts a request of their own in: the one with the CA's key sees it, and the first machine
/// does not take what comes of it.
#[test]
fn what_comes_back_must_be_what_was_asked_for() {
    let machines = Machines::new("ec-p256");
    machines.prepare(&[]).succeeds();
    machines.prepare(&["--force", "--keys", "attacker"]).succeeds();
    machines.take_there();
    machines.sign(&[]).succeeds();
    machines.take_back();
    let messages = machines.put_together(&[]).exits_with(2).messages();
    let expected = "bundle/node1.crt: the certificate for `CN=node1` is refused: what was signed is not what was asked for";
    assert!(messages.contains(expected), "{messages}");
    assert!(!machines.nodes.join("certificates").exists());
    let swapped = machines.nodes.read("bundle/node1.crt");
    machines.put_together(&["--keys", "attacker"]).succeeds();
    machines.nodes.write("bundle/node2.crt", swapped);
    machines.put_together(&["--keys", "attacker", "--out", "x"]).exits_with(2);
}

/// Some bits of each file, all over it; and what is found to be missing.
#[test]
fn a_changed_bit_is_refused_or_changes_nothing() {
    let machines = Machines::new("ec-p256");
    machines.prepare(&[]).succeeds();
    machines.take_there();
    let there = ["bundle/ca.crt", "bundle/manifest.json", "bundle/node1.tbs", "bundle/node2.tbs"];
    let (mut refused, mut harmless) = (0, 0);
    for (name, flipped) in there.iter().flat_map(|name| flips(&machines.authority, name)) {
        let before = machines.authority.read(name);
        machines.authority.write(name, &flipped);
        let ended = machines.sign(&["--dry-run"]);
        assert!(ended.status == Some(2), "{name}: {}", ended.text());
        refused += 1;
        machines.authority.write(name, before);
    }
    machines.sign(&[]).succeeds();
    machines.take_back();
    machines.put_together(&["--pem", "--out", "right"]).succeeds();
    let right = |out: &str| {
        let files = ["ca.crt", "node1/node1.crt", "node1/node1.key", "node2/node2.crt"];
        files.map(|file| machines.nodes.read(&format!("{out}/{file}")))
    };
    let back = ["bundle/node1.crt", "bundle/node2.crt", "bundle/ca.crt", "bundle/manifest.json"];
    let keys = ["bundle.keys/node1.key", "bundle.keys/node1.tbs", "bundle.keys/manifest.json"];
    for (name, flipped) in back.iter().chain(&keys).flat_map(|name| flips(&machines.nodes, name)) {
        let before = machines.nodes.read(name);
        machines.nodes.write(name, &flipped);
        let ended = machines.put_together(&["--pem", "--out", "flipped"]);
        if ended.status == Some(0) {
            assert_eq!(right("flipped"), right("right"), "{name}");
            fs::remove_dir_all(machines.nodes.join("flipped")).unwrap();
            // What the first machine never reads of what comes back.
            harmless += usize::from(!["bundle/ca.crt", "bundle/manifest.json"].contains(&name));
        } else {
            assert_eq!(ended.status, Some(2), "{name}: {}", ended.messages());
            assert!(!machines.nodes.join("flipped").exists(), "{name}");
            refused += 1;
        }
        machines.nodes.write(name, before);
    }
    assert!(refused > 90 && harmless < 18, "{refused} refused, {harmless} harmless");
    fs::remove_file(machines.nodes.join("bundle/node2.crt")).unwrap();
    machines.put_together(&["--out", "x"]).exits_with(2);
    fs::remove_file(machines.authority.join("bundle/node2.tbs")).unwrap();
    let messages = machines.sign(&["--force"]).exits_with(2).messages();
    assert!(messages.contains("bundle/node2.tbs: it is missing"), "{messages}");
}

/// A file with one bit changed, at places all over it.
fn flips<'a>(folder: &Folder, name: &'a str) -> Vec<(&'a str, Vec<u8>)> {
    let bytes = folder.read(name);
    let bits = bytes.len() * 8;
    let step = bits / 12;
    let flipped = (0..12).map(|number| {
        let bit = number * step + number % 8;
        let mut bytes = bytes.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        (name, bytes)
    });
    flipped.collect()
}

#[test]
fn what_is_beside_the_manifest_is_refused() {
    let machines = Machines::new("ec-p256");
    machines.prepare(&[]).succeeds();
    machines.take_there();
    machines.authority.write("bundle/README", "hello");
    machines.sign(&["--dry-run"]).succeeds();
    machines.authority.write("bundle/extra.tbs", machines.authority.read("bundle/node1.tbs"));
    let messages = machines.sign(&[]).exits_with(2).messages();
    assert!(messages.contains("bundle/extra.tbs: the manifest does not list it"), "{messages}");
}

#[test]
fn the_steps_have_options_of_their_own() {
    let machines = Machines::new("ec-p256");
    let check = |arguments: &[&str], expected: &str| {
        let messages = run(&machines.nodes, arguments).exits_with(2).messages();
        assert!(messages.contains(expected), "{messages}");
    };
    check(&["cert", "--to-be-signed", "b", "--name", "n"], "--ca-cert <PEM>");
    check(&["cert", "--to-be-signed", "b", "--name", "n", "--self-signed"], "cannot be used with");
    let key =
        ["cert", "--to-be-signed", "b", "--name", "n", "--ca-cert", "ca.crt", "--ca-key", "k"];
    check(&key, "cannot be used with");
    check(&["cert", "--signed", "b", "--name", "n"], "cannot be used with");
    check(&["cert", "--signed", "b", "--days", "3"], "cannot be used with");
    check(&["cert", "--signed", "b", "--ca-cert", "ca.crt"], "cannot be used with");
    check(&["cert", "--signed", "b"], "b.keys");
    for keys in ["b", "./b/own", "b/../b"] {
        let inside =
            ["cert", "--to-be-signed", "b", "--name", "n", "--ca-cert", "ca.crt", "--keys", keys];
        check(&inside, &format!("--keys {keys}: the keys would travel with b"));
    }
    let keys = ["cert", "--keys", "k", "--self-signed", "--name", "n"];
    check(&keys, "--keys k: only what is signed offline has such a folder");
    check(&["sign-offline", "b"], "b: no such file or directory");
    machines.prepare(&[]).succeeds();
    check(&["sign-offline", "bundle"], "no CA is given");
}

/// At a terminal a person is asked, and has seen what is signed.
#[test]
fn a_person_is_asked_before_anything_is_signed() {
    let machines = Machines::new("ec-p256");
    machines.prepare(&[]).succeeds();
    machines.take_there();
    let typed = |answer: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_crosstrust"));
        let step = ["sign-offline", "bundle", "--ca-cert", "ca/ca.crt", "--ca-key", "ca/ca.key"];
        command.args(step).current_dir(machines.authority.path());
        let mut session = rexpect::session::spawn_command(command, Some(60_000)).unwrap();
        let question = "Sign 2 certificates with the key of `CN=Transport CA`\\? \\[y/N\\] ";
        let (shown, _) = session.exp_regex(question).unwrap();
        assert!(shown.contains("DNS:node2.example.com"), "{shown}");
        session.send_line(answer).unwrap();
        session.exp_eof().unwrap()
    };
    for answer in ["", "n", "nyes"] {
        let said = typed(answer);
        assert!(said.contains("error: nothing is signed"), "{said}");
        assert!(!machines.authority.join("bundle/node1.crt").exists());
    }
    assert!(typed("y").contains("bundle/node1.crt"));
    assert!(machines.authority.join("bundle/node2.crt").exists());
}

/// The key may be elsewhere on that machine, too.
#[test]
fn a_program_signs_what_came_from_another_machine() {
    if crosstrust_testkit::tool("python3").is_none() {
        return;
    }
    let machines = Machines::new("ec-p256");
    machines.prepare(&[]).succeeds();
    machines.take_there();
    let script = crosstrust_testkit::root().join("examples/signers/command.py");
    let sign = "openssl dgst -{hash} -sign ca/ca.key";
    let signer = format!("python3 '{}' {sign}", script.display());
    let step = ["sign-offline", "bundle", "--ca-cert", "ca/ca.crt", "--ca-signer", &signer];
    if openssl(&machines.authority, &["version"]).is_none() {
        return;
    }
    run(&machines.authority, &step).succeeds();
    machines.take_back();
    machines.put_together(&["--pem"]).succeeds();
}

/// The folder comes from elsewhere: nothing in it leads out of it.
#[test]
fn no_link_of_the_folder_is_followed() {
    let folder = Folder::new();
    prepared_for_links(&folder);
    let key = folder.read("ca/ca.key");
    std::os::unix::fs::symlink("../ca/ca.key", folder.join("b/n.crt")).unwrap();
    let sign = ["sign-offline", "b", "--ca-cert", "ca/ca.crt", "--ca-key", "ca/ca.key", "--force"];
    let ended = run(&folder, &sign).exits_with(2);
    assert!(ended.messages().contains("b/n.crt: is a link"), "{}", ended.messages());
    assert_eq!(folder.read("ca/ca.key"), key);
    fs::remove_file(folder.join("b/n.crt")).unwrap();
    fs::rename(folder.join("b/n.tbs"), folder.join("n.tbs")).unwrap();
    std::os::unix::fs::symlink("../n.tbs", folder.join("b/n.tbs")).unwrap();
    let ended = run(&folder, &sign).exits_with(2);
    assert!(ended.messages().contains("b/n.tbs: is a link"), "{}", ended.messages());
}

/// Keys are where they are read by nobody else.
#[test]
fn private_keys_do_not_travel() {
    let folder = Folder::new();
    prepared_for_links(&folder);
    let sign = |bundle| ["sign-offline", bundle, "--ca-cert", "ca/ca.crt", "--ca-key", "ca/ca.key"];
    let ended = run(&folder, &sign("b.keys")).exits_with(2);
    assert!(ended.messages().contains("b.keys/n.key: a private key"), "{}", ended.messages());
    run(&folder, &sign("b")).succeeds();
    let ended = run(&folder, &["cert", "--signed", "b", "--pem", "--out", "b"]).exits_with(2);
    assert!(ended.messages().contains("the keys would lie in b"), "{}", ended.messages());
    assert!(!folder.join("b/n").exists());
}

/// An authority in `ca`, and a node `n` that waits for it in `b`. Both machines show one digest.
fn prepared_for_links(folder: &Folder) {
    run(folder, &["ca", "--pem", "--key-type", "ec-p256", "--out", "ca"]).succeeds();
    let cert = ["cert", "--ca-cert", "ca/ca.crt", "--key-type", "ec-p256", "--name", "n"];
    let ended = run(folder, &[&cert[..], &["--to-be-signed", "b"]].concat()).succeeds();
    let messages = ended.messages();
    let digest = messages.split("shows there: SHA-256 ").nth(1).unwrap();
    let digest = digest.split_whitespace().next().unwrap();
    let look =
        ["sign-offline", "b", "--ca-cert", "ca/ca.crt", "--ca-key", "ca/ca.key", "--dry-run"];
    let ended = run(folder, &look).succeeds();
    assert!(ended.text().contains(&format!("manifest.json has the SHA-256 {digest}")));
}

/// What went wrong is told with what to do next, where the steps are done in another order.
#[test]
fn steps_in_the_wrong_order_are_told_with_the_next_one() {
    let folder = Folder::new();
    prepared_for_links(&folder);
    let together = ["cert", "--signed", "b", "--pem", "--out", "o"];
    let says = |arguments: &[&str], expected: &str| {
        let ended = run(&folder, arguments).exits_with(2);
        assert!(ended.messages().contains(expected), "{}", ended.messages());
        assert!(!folder.join("o").exists());
    };
    says(&together, "crosstrust sign-offline b");
    let sign = ["sign-offline", "b", "--ca-cert", "ca/ca.crt", "--ca-key", "ca/ca.key"];
    run(&folder, &sign).succeeds();
    says(&sign, "go on with crosstrust cert --signed b");
    fs::rename(folder.join("b.keys"), folder.join("elsewhere")).unwrap();
    says(&together, "name the one of --to-be-signed with --keys");
    run(&folder, &[&together[..], &["--keys", "elsewhere"]].concat()).succeeds();
}
