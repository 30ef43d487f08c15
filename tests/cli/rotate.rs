//! `crosstrust rotate plan`.

use crosstrust_testkit::{Ended, Folder, Run, tool};
use serde_json::Value;

use crate::{openssl, run};

const INSTANCES: &str = r#"instances:
  - name: "node1"
    dns: ["node1.example.com"]
    ip: ["192.0.2.1"]
    cn: ["node1.node.c1.cluster.s1.account"]
  - name: "node2"
    dns: ["node2.example.com"]
    cn: ["node2.node.c1.cluster.s1.account"]
"#;

/// A folder with CAs of these names and days, and two nodes of the first.
fn cluster(authorities: &[(&str, &str, &str)]) -> Folder {
    let folder = Folder::new();
    for (name, dn, days) in authorities {
        let arguments = ["ca", "--pem", "--out", name, "--dn", dn, "--days", days];
        run(&folder, &[&arguments[..], &["--key-type", "ec-p256"]].concat()).succeeds();
    }
    folder.write("instances.yml", INSTANCES);
    let arguments = ["cert", "--ca-cert", "old/ca.crt", "--ca-key", "old/ca.key", "--pem"];
    let more = ["--in", "instances.yml", "--out", "nodes", "--key-type", "ec-p256"];
    run(&folder, &[&arguments[..], &more, &["--days", "90"]].concat()).succeeds();
    folder
}

const TWO: &[(&str, &str, &str)] = &[("old", "CN=CA 1", "100"), ("new", "CN=CA 2", "1000")];

fn plan(folder: &Folder, more: &[&str]) -> Ended {
    let arguments =
        ["rotate", "plan", "--old", "old/ca.crt", "--new", "new/ca.crt", "--out", "plan"];
    run(folder, &[&arguments[..], more, &["nodes/*/*.crt"]].concat())
}

/// The codes of the findings in `plan.json`.
fn codes(folder: &Folder) -> Vec<String> {
    let document: Value = serde_json::from_str(&folder.read_text("plan/plan.json")).unwrap();
    let findings = document["findings"].as_array().unwrap().iter();
    findings.map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
}

fn check(folder: &Folder, step: &str, arguments: &[&str]) -> Ended {
    Run::new("sh")
        .arg(format!("plan/{step}/check.sh"))
        .args(arguments)
        .env("CROSSTRUST", env!("CARGO_BIN_EXE_crosstrust"))
        .folder(folder.path())
        .run()
}

#[test]
fn every_state_on_the_way_is_accepted_and_a_step_left_out_is_not() {
    let folder = cluster(TWO);
    plan(&folder, &["--pem"]).succeeds();
    let document: Value = serde_json::from_str(&folder.read_text("plan/plan.json")).unwrap();
    let states = document["states"].as_array().unwrap().iter().map(|state| {
        let text = |key: &str| state[key].as_str().unwrap().to_owned();
        (
            state["step"].as_u64(),
            text("presents") + " to " + &text("trusts"),
            state["accepted"] == true,
        )
    });
    let expected = [
        (Some(0), "old to old", true),
        (Some(1), "old to both", true),
        (Some(2), "new to both", true),
        (Some(3), "new to new", true),
        (None, "new to old", false),
        (None, "old to new", false),
    ];
    let expected = expected.map(|(step, what, accepted)| (step, what.to_owned(), accepted));
    assert_eq!(states.collect::<Vec<_>>(), expected);
    assert_eq!(document["stand_ins"], true);
    assert_eq!(codes(&folder), [""; 0]);
    let files: Vec<String> =
        folder.entries().into_iter().filter(|f| f.starts_with("plan/")).collect();
    let expected = [
        "plan/",
        "plan/1-trust-both/",
        "plan/1-trust-both/ca.crt",
        "plan/1-trust-both/check.sh",
        "plan/1-trust-both/new-ca.crt",
        "plan/2-new-certificates/",
        "plan/2-new-certificates/check.sh",
        "plan/2-new-certificates/instances.yml",
        "plan/3-trust-new/",
        "plan/3-trust-new/ca.crt",
        "plan/3-trust-new/check.sh",
        "plan/README.md",
        "plan/nodes/",
        "plan/nodes/node1.crt",
        "plan/nodes/node2.crt",
        "plan/plan.json",
    ];
    assert_eq!(files, expected);
    for file in files.iter().filter(|file| !file.ends_with('/')) {
        assert!(!folder.read_text(file).contains("PRIVATE KEY"), "{file}");
    }
}

#[test]
fn the_check_of_each_step_says_whether_it_is_done() {
    let folder = cluster(TWO);
    plan(&folder, &["--pem"]).succeeds();
    check(&folder, "1-trust-both", &[]).succeeds();
    let early = check(&folder, "3-trust-new", &[]).exits_with(2);
    assert!(early.messages().contains("not in 2-new-certificates yet"), "{}", early.messages());
    // The plan's own command, with the new CA's files.
    let cert = ["cert", "--ca-cert", "new/ca.crt", "--ca-key", "new/ca.key", "--pem"];
    let more =
        ["--in", "plan/2-new-certificates/instances.yml", "--out", "plan/2-new-certificates"];
    run(&folder, &[&cert[..], &more, &["--key-type", "ec-p256"]].concat()).succeeds();
    check(&folder, "2-new-certificates", &[]).succeeds();
    check(&folder, "3-trust-new", &[]).succeeds();
    let node = "nodes/node1/node1.crt";
    check(&folder, "2-new-certificates", &[node]).succeeds();
    check(&folder, "3-trust-new", &[node]).exits_with(1);
}

#[test]
fn signed_certificates_keep_names_and_stand_up_to_openssl() {
    let folder = cluster(TWO);
    plan(&folder, &["--pem", "--sign", "--new-key", "new/ca.key"]).succeeds();
    let new = "plan/2-new-certificates/node1/node1";
    assert_eq!(folder.mode(&format!("{new}.key")), 0o600);
    let files = folder.entries().into_iter().filter(|file| file.starts_with("plan/"));
    let files = files.filter(|file| !file.ends_with('/'));
    let keys = files.filter(|file| folder.read_text(file).contains("PRIVATE KEY"));
    assert_eq!(keys.count(), 2);
    for step in ["1-trust-both", "2-new-certificates", "3-trust-new"] {
        check(&folder, step, &[]).succeeds();
    }
    let names = |file: &str| {
        openssl(&folder, &["x509", "-in", file, "-noout", "-subject", "-ext", "subjectAltName"])
    };
    assert_eq!(names(&format!("{new}.crt")), names("nodes/node1/node1.crt"));
    let verify = |list: &str, leaf: &str, status: i32| {
        let Some(openssl) = tool("openssl") else { return };
        let verify = openssl.with(["verify", "-CAfile", list, leaf]).folder(folder.path());
        verify.run().exits_with(status);
    };
    let (both, last) = ("plan/1-trust-both/ca.crt", "plan/3-trust-new/ca.crt");
    verify(both, "nodes/node1/node1.crt", 0);
    verify(both, &format!("{new}.crt"), 0);
    verify(last, &format!("{new}.crt"), 0);
    verify(last, "nodes/node1/node1.crt", 2);
    verify("old/ca.crt", &format!("{new}.crt"), 2);
}

#[test]
fn keys_are_kept_when_asked_to() {
    let folder = cluster(TWO);
    plan(&folder, &["--pem", "--sign", "--new-key", "new/ca.key", "--keep-key"]).succeeds();
    let key = |file: &str| openssl(&folder, &["pkey", "-in", file, "-pubout"]);
    assert_eq!(key("plan/2-new-certificates/node2/node2.key"), key("nodes/node2/node2.key"));
}

#[test]
fn trust_stores_hold_what_the_bundles_hold() {
    let folder = cluster(TWO);
    plan(&folder, &["--pass", "changeit"]).succeeds();
    let Some(keytool) = tool("keytool") else { return };
    for (step, expected) in [("1-trust-both", 2), ("3-trust-new", 1)] {
        let store = format!("plan/{step}/truststore.p12");
        let list = ["-list", "-keystore", &store, "-storepass", "changeit"];
        let ended = keytool.with(list).folder(folder.path()).run().succeeds();
        assert_eq!(ended.text().matches("trustedCertEntry").count(), expected, "{}", ended.text());
    }
}

#[test]
fn a_new_ca_of_the_same_name_is_warned_of_and_works() {
    let folder = cluster(&[("old", "CN=CA,O=Example", "100"), ("new", "CN=CA,O=Example", "1000")]);
    let ended = plan(&folder, &["--pem"]).succeeds();
    assert!(ended.text().contains("warning[RO002]"), "{}", ended.text());
    assert_eq!(codes(&folder), ["RO002"]);
    let readme = folder.read_text("plan/README.md");
    assert!(readme.contains("tell the two apart by their fingerprints"), "{readme}");
}

#[test]
fn what_is_wrong_with_the_new_ca_is_said() {
    let short = cluster(&[("old", "CN=CA 1", "100"), ("new", "CN=CA 2", "60")]);
    plan(&short, &["--pem"]).succeeds();
    assert_eq!(codes(&short), ["RO003"]);
    let expired = cluster(TWO);
    plan(&expired, &["--pem", "--at", "2090-01-01T00:00:00Z"]).exits_with(1);
    assert_eq!(codes(&expired), ["RO008", "RO006", "RO006", "RO001", "RO001"]);
    let same = cluster(&[("old", "CN=CA 1", "100")]);
    std::fs::create_dir(same.join("new")).unwrap();
    std::fs::copy(same.join("old/ca.crt"), same.join("new/ca.crt")).unwrap();
    plan(&same, &["--pem"]).exits_with(1);
    assert!(codes(&same).contains(&"RO010".to_owned()), "{:?}", codes(&same));
}

#[test]
fn a_renewed_ca_of_the_same_key_needs_no_new_certificates() {
    let folder = cluster(&[("old", "CN=CA 1", "100")]);
    std::fs::create_dir(folder.join("new")).unwrap();
    let request = ["req", "-x509", "-key", "old/ca.key", "-out", "new/ca.crt", "-subj", "/CN=CA 1"];
    if openssl(&folder, &[&request[..], &["-days", "2000"]].concat()).is_none() {
        return;
    }
    plan(&folder, &["--pem"]).succeeds();
    assert_eq!(codes(&folder), ["RO007"]);
}

#[test]
fn a_node_of_another_ca_is_found_before_anything_is_done() {
    let folder = cluster(&[
        ("old", "CN=CA 1", "100"),
        ("new", "CN=CA 2", "1000"),
        ("third", "CN=CA 3", "900"),
    ]);
    let arguments = ["cert", "--ca-cert", "third/ca.crt", "--ca-key", "third/ca.key", "--pem"];
    let more = ["--name", "stranger", "--out", "third-nodes", "--key-type", "ec-p256"];
    run(&folder, &[&arguments[..], &more].concat()).succeeds();
    let stranger = "third-nodes/*/*.crt";
    plan(&folder, &["--pem", stranger]).exits_with(1);
    assert!(codes(&folder).contains(&"RO006".to_owned()), "{:?}", codes(&folder));
    plan(&folder, &["--pem", "--force", "--keep", "third/ca.crt", stranger]).succeeds();
}

#[test]
fn restrictions_and_connected_clusters_are_asked() {
    let folder = cluster(&[
        ("old", "CN=CA 1", "100"),
        ("new", "CN=CA 2", "1000"),
        ("west", "CN=West", "900"),
    ]);
    let arguments = ["cert", "--ca-cert", "west/ca.crt", "--ca-key", "west/ca.key", "--pem"];
    let more = ["--name", "w1", "--cn", "w1.west", "--out", "west/nodes", "--key-type", "ec-p256"];
    run(&folder, &[&arguments[..], &more].concat()).succeeds();
    folder.write("west.crt", folder.read_text("west/ca.crt") + &folder.read_text("old/ca.crt"));
    let west = ["--cluster", "west=west/nodes,ca=west.crt"];

    plan(&folder, &[&["--pem"], &west[..]].concat()).exits_with(1);
    assert_eq!(codes(&folder), ["RO005", "RO009"]);
    plan(&folder, &[&["--pem", "--force", "--keep", "west/ca.crt"], &west[..]].concat()).succeeds();
    assert_eq!(codes(&folder), ["RO005"]);
    assert!(folder.read_text("plan/README.md").contains("administrators of the cluster `west`"));
    // With the bundle there, it is no longer warned of.
    folder.write(
        "west.crt",
        folder.read_text("west/ca.crt") + &folder.read_text("plan/1-trust-both/ca.crt"),
    );
    plan(&folder, &[&["--pem", "--force", "--keep", "west/ca.crt"], &west[..]].concat()).succeeds();
    assert_eq!(codes(&folder), [""; 0]);

    folder.write("own.yml", "trust.subject_name: ['node1.*']\n");
    plan(&folder, &["--pem", "--force", "--restrictions", "own.yml"]).exits_with(1);
    assert_eq!(codes(&folder), ["RO006", "RO004"]);
    check(&folder, "1-trust-both", &[]).exits_with(1);
    folder.write("own.yml", "trust.subject_name: ['node*.node.c1.*']\n");
    plan(&folder, &["--pem", "--force", "--restrictions", "own.yml"]).succeeds();
    check(&folder, "1-trust-both", &[]).succeeds();
}

#[test]
fn nothing_is_written_when_it_cannot_be_done() {
    let folder = cluster(TWO);
    for arguments in [
        &["--pem", "--sign"][..],
        &["--pem", "--sign", "--new-key", "old/ca.key"],
        &["--pem", "--keep", "nodes/node1/node1.crt"],
    ] {
        let ended = plan(&folder, arguments).exits_with(2);
        assert!(ended.messages().starts_with("crosstrust: error: "), "{}", ended.messages());
        assert!(!folder.join("plan").exists());
    }
    let ended = plan(&folder, &["--pem", "--sign"]).exits_with(2);
    assert!(ended.messages().contains("--new-key"), "{}", ended.messages());
    assert!(!ended.messages().contains("--ca-"), "{}", ended.messages());
    plan(&folder, &["--pem"]).succeeds();
    let again = plan(&folder, &["--pem"]).exits_with(2);
    assert!(again.messages().contains("already exists"), "{}", again.messages());
}

#[test]
fn each_code_is_explained() {
    let folder = Folder::new();
    for number in 1..=10 {
        let code = format!("ro{number:03}");
        let ended = run(&folder, &["explain", &code]).succeeds();
        assert!(ended.text().starts_with(&code.to_uppercase()), "{}", ended.text());
    }
}
