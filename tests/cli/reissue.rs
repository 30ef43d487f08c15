//! `crosstrust reissue`.

use crosstrust_testkit::{Folder, fixture as bytes};
use serde_json::Value;

use crate::{fixture, openssl, run};

const NAMING: [&str; 4] = ["--cluster-id", "1234567abcd", "--scope-id", "myscope"];
const NAME: &str = "node1.node.1234567abcd.cluster.myscope.account";

/// Re-issues with the fixtures' CA.
fn reissue(folder: &Folder, rest: &[&str]) -> crosstrust_testkit::Ended {
    let (ca, key) = (fixture("pem/ca.crt"), fixture("pem/ca.key"));
    let authority = ["reissue", "--ca-cert", &ca, "--ca-key", &key];
    run(folder, &[&authority[..], &NAMING, rest].concat())
}

fn shown(folder: &Folder, path: &str, what: &[&str]) -> Option<String> {
    openssl(folder, &[&["x509", "-in", path, "-noout"], what].concat())
}

#[test]
fn subject_names_and_key_stay_and_other_name_is_added() {
    let folder = Folder::new();
    folder.write("old.crt", bytes("pem/node.crt"));
    folder.write("old.key", bytes("pem/node.key"));
    let ended = reissue(&folder, &["--keep-key", "--pem", "old.crt"]).succeeds();
    assert!(ended.text().contains("node id  node1 (from the common name)"), "{}", ended.text());
    assert!(ended.text().contains(&format!("after    {NAME}")), "{}", ended.text());

    let new = "certificates/node1/node1.crt";
    let Some(subject) = shown(&folder, new, &["-subject", "-nameopt", "dump_all,dump_der"]) else {
        return;
    };
    assert_eq!(
        Some(subject),
        shown(&folder, "old.crt", &["-subject", "-nameopt", "dump_all,dump_der"])
    );
    assert_eq!(shown(&folder, new, &["-pubkey"]), shown(&folder, "old.crt", &["-pubkey"]));
    let names = |path| {
        let text = shown(&folder, path, &["-ext", "subjectAltName"]).unwrap();
        text.lines().last().unwrap().trim().to_owned()
    };
    assert_eq!(names(new), format!("{}, othername: commonName::{NAME}", names("old.crt")));
    openssl(&folder, &["verify", "-x509_strict", "-CAfile", &fixture("pem/ca.crt"), new]);
}

#[test]
fn a_second_run_changes_nothing_and_says_so() {
    let folder = Folder::new();
    folder.write("old/a.crt", bytes("pem/node.crt"));
    reissue(&folder, &["--pem", "old"]).succeeds();
    let before = folder.entries();
    let ended = reissue(&folder, &["--pem", "--out", "again", "certificates/node1"]).succeeds();
    assert!(ended.text().contains("unchanged"), "{}", ended.text());
    assert_eq!(folder.entries(), before);
}

#[test]
fn a_dry_run_tells_and_writes_nothing() {
    let folder = Folder::new();
    folder.write("trust.yml", format!("trust.subject_name: '{NAME}'\n"));
    let node = fixture("pem/node-named.crt");
    let rest = ["--dry-run", "--restrictions", "trust.yml", "--format", "json", &node];
    let ended = run(
        &folder,
        &[
            &["reissue", "--ca", &fixture("ca/ec-p256.p12"), "--ca-pass", "changeit"],
            &NAMING[..],
            &rest,
        ]
        .concat(),
    )
    .succeeds();
    let document: Value = serde_json::from_str(ended.text()).unwrap();
    let entry = &document["nodes"][0];
    assert_eq!(
        (entry["node"].as_str(), entry["node_from"].as_str()),
        (Some("node1"), Some("old otherName"))
    );
    assert_eq!((entry["new_name"].as_str(), entry["pattern"].as_str()), (Some(NAME), Some(NAME)));
    assert_eq!(entry["unchanged"], false);
    assert_eq!(folder.entries(), ["trust.yml"]);
}

#[test]
fn two_nodes_do_not_fit_one_key_store() {
    let folder = Folder::new();
    let nodes = [fixture("pem/node.crt"), fixture("pem/node-ec.crt")];
    let rest = ["--out", "one.p12", "--force", &nodes[0], &nodes[1]];
    let messages = reissue(&folder, &rest).exits_with(2).messages();
    assert!(messages.contains("one.p12: a single .p12 cannot hold 2 instances"), "{messages}");
    assert_eq!(folder.entries(), Vec::<String>::new());
    let told = reissue(&folder, &["--out", "one.p12", &nodes[0]]).succeeds();
    assert!(told.text().ends_with("  file     one.p12\n"), "{}", told.text());
    assert_eq!(folder.entries(), ["one.p12"]);
    // A node that has its name already takes no room.
    reissue(&folder, &["--pem", &nodes[0]]).succeeds();
    let named = "certificates/node1/node1.crt";
    let told = reissue(&folder, &["--out", "two.p12", named, &nodes[1]]).succeeds();
    assert!(told.text().contains("unchanged"), "{}", told.text());
    assert!(folder.join("two.p12").exists());
}

#[test]
fn an_instances_file_gives_the_same_names() {
    let folder = Folder::new();
    reissue(&folder, &["--instances", "instances.yml", &fixture("pem/node.crt")]).succeeds();
    let (ca, key) = (fixture("pem/ca.crt"), fixture("pem/ca.key"));
    let arguments = ["cert", "--ca-cert", &ca, "--ca-key", &key, "--in", "instances.yml", "--pem"];
    run(&folder, &arguments).succeeds();
    let names = shown(&folder, "certificates/node1/node1.crt", &["-ext", "subjectAltName"]);
    assert!(names.is_none_or(|names| names.contains(NAME)));
}

/// Names of forms that an instances file does not have are told, not dropped in silence.
#[test]
fn names_that_an_instances_file_cannot_say_are_told() {
    let folder = Folder::new();
    let names = "subjectAltName=DNS:a.example,IP:192.0.2.7,email:a@b.example,URI:https://a.example/,otherName:2.5.4.3;UTF8:x.y";
    let make = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc"];
    let rest = ["-keyout", "o.key", "-out", "o.crt", "-subj", "/CN=node1", "-addext", names];
    let rest = [&rest[..], &["-addext", "basicConstraints=CA:FALSE"]].concat();
    if openssl(&folder, &[&make[..], &rest].concat()).is_none() {
        return;
    }
    let ended = reissue(&folder, &["--instances", "i.yml", "o.crt"]).succeeds();
    let expected = "crosstrust: warning: o.crt: an instances file has no place for `email:a@b.example`, `URI:https://a.example/`: left out\n";
    assert_eq!(ended.messages(), expected);
    let text = folder.read_text("i.yml");
    assert!(text.contains("192.0.2.7") && text.contains("a.example"), "{text}");
    let ended = reissue(&folder, &["--instances", "j.yml", &fixture("pem/node.crt")]).succeeds();
    assert_eq!(ended.messages(), "");
}

#[test]
fn names_are_planned_for_a_ca_that_is_somewhere_else() {
    let folder = Folder::new();
    let node = fixture("pem/node.crt");
    let without_ca = [&["reissue"], &NAMING[..], &["--instances", "new.yml", &node]].concat();
    run(&folder, &without_ca).succeeds();
    reissue(&folder, &["--instances", "same.yml", &node]).succeeds();
    assert_eq!(folder.read("new.yml"), folder.read("same.yml"));
    let dry = [&["reissue"], &NAMING[..], &["--dry-run", &node]].concat();
    assert!(run(&folder, &dry).succeeds().text().contains(NAME));
    let ended = run(&folder, &[&["reissue"], &NAMING[..], &[&node]].concat()).exits_with(2);
    assert!(ended.messages().contains("no CA is given"), "{}", ended.messages());
}

#[test]
fn restrictions_that_refused_the_old_certificate_accept_the_new_one() {
    let folder = Folder::new();
    folder.write("trust.yml", "trust.subject_name: '*.cluster.myscope.account'\n");
    folder.write("old.crt", bytes("pem/node.crt"));
    folder.write("old.key", bytes("pem/node.key"));
    let judge = |node: &str, status: i32| {
        let (ca, intermediate) = (fixture("pem/ca.crt"), fixture("pem/intermediate.crt"));
        let judge = ["preflight", "node", node, "--restrictions", "trust.yml", "--format", "json"];
        let ended = run(&folder, &[&judge[..], &["--trust", &ca, &intermediate]].concat());
        let document: Value = serde_json::from_str(ended.exits_with(status).text()).unwrap();
        document["nodes"][0]["ok"].as_bool().unwrap()
    };
    assert!(!judge("old.crt", 1));
    let rest = ["--pem", "--keep-key", "--restrictions", "trust.yml", "old.crt"];
    let ended = reissue(&folder, &rest).succeeds();
    assert!(ended.text().contains("*.cluster.myscope.account"), "{}", ended.text());
    assert!(judge("certificates/node1/node1.crt", 0));
}

#[test]
fn certutil_takes_the_instances_file() {
    let folder = Folder::new();
    reissue(&folder, &["--instances", "instances.yml", &fixture("pem/node.crt")]).succeeds();
    let (ca, key) = (fixture("pem/ca.crt"), fixture("pem/ca.key"));
    let fixed = ["certutil", "cert", "--ca-cert", &ca, "--ca-key", &key, "--pem", "--silent"];
    let out = folder.join("bundle.zip").to_string_lossy().into_owned();
    let rest = ["-in", "instances.yml", "-out", &out];
    run(&folder, &[&fixed[..], &rest].concat()).succeeds();
    let again = [&NAMING[..], &["--pem", "--dry-run", "--format", "json", "bundle.zip"]].concat();
    let fixed = ["reissue", "--ca-cert", &ca, "--ca-key", &key];
    let ended = run(&folder, &[&fixed[..], &again].concat()).succeeds();
    let document: Value = serde_json::from_str(ended.text()).unwrap();
    assert_eq!(document["nodes"][0]["new_name"], NAME);
    assert_eq!(document["nodes"][0]["unchanged"], true, "{document:#}");
}

#[test]
fn old_bundles_and_other_namings_are_taken() {
    let folder = Folder::new();
    folder.write("instances.yml", "instances:\n  - name: es-0\n  - name: es-1\n");
    let (ca, key) = (fixture("pem/ca-ec.crt"), fixture("pem/ca-ec.key"));
    let authority = ["--ca-cert", &ca, "--ca-key", &key];
    let cert = ["cert", "--in", "instances.yml", "--key-type", "ec-p256", "--pass", "x"];
    run(&folder, &[&cert[..], &authority, &["--out", "bundle.zip"]].concat()).succeeds();
    let naming = ["--cluster-id", "quickstart", "--namespace", "default"];
    let rest =
        ["--cn", "{node}.node.{cluster}.{namespace}.es.local", "--in-pass", "x", "bundle.zip"];
    let more = ["--pass", "y", "--out", "new", "--keep-key"];
    run(&folder, &[&["reissue"], &authority[..], &naming, &rest, &more].concat()).succeeds();
    let check = ["inspect", "--pass", "y", "new/es-1/es-1.p12"];
    let text = run(&folder, &check).succeeds();
    assert!(text.text().contains("es-1.node.quickstart.default.es.local"), "{}", text.text());
}

#[test]
fn what_cannot_be_reissued_is_refused() {
    #[track_caller]
    fn check(arguments: &[&str], expected: &str) {
        let folder = Folder::new();
        let (ca, key) = (fixture("pem/ca.crt"), fixture("pem/ca.key"));
        let authority = ["reissue", "--ca-cert", &ca, "--ca-key", &key];
        let ended = run(&folder, &[&authority[..], arguments].concat()).exits_with(2);
        assert!(ended.messages().contains(expected), "{}", ended.messages());
        assert_eq!(folder.entries(), Vec::<String>::new());
    }
    let (node, ca) = (fixture("pem/node.crt"), fixture("pem/ca.crt"));

    check(&[&node], "the template asks for {cluster}");
    check(&["--cluster-id", "*", "--scope-id", "s", &node], "`*` is no cluster id");
    check(&["--cn", "fixed", &node], "the template has no {node}");
    check(&[&NAMING[..], &[&ca]].concat(), "is a CA, not a node");
    check(&[&NAMING[..], &[&node, &node]].concat(), "has the node id `node1`");
    check(
        &[&NAMING[..], &["--keep-key", &fixture("pem/node-self-signed.crt")]].concat(),
        "no such file",
    );
}
