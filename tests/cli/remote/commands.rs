//! The commands of a kit work in the kit's own folder, wherever that is, and leave nothing in it.

use std::path::Path;

use crosstrust_testkit::{Ended, Folder, Run};
use serde_json::Value;

use crate::{openssl, run};

const SIDES: &str = "\
local:
  platform: ech
  version: 9.1.0
  cluster_id: cf659f7fe6164d9691b284ae36811be1
  scope_id: \"1053523734\"
  account_id: ec38dd0aa45f4a69909ca5c81c27138a
  ca: ca.crt
remote:
  platform: self-managed
  version: 9.1.0
  endpoint: es.example.com
  ca: \"the ca/elastic-stack-ca.p12\"
  cluster_id: 1234567abcd
  scope_id: myscope
  node_names: [{name: node1, dns: [node1.example.com]}, {name: node2, ip: [192.0.2.2]}]
access: {search: [{names: [a]}]}
";

/// A folder with a CA as certutil makes it, and one whose key is in the same PEM file.
fn authorities(folder: &Folder) {
    let ca = ["ca", "--out", "files/the ca/elastic-stack-ca.p12", "--pass", ""];
    run(folder, &ca).succeeds();
    run(folder, &["ca", "--pem", "--out", "files/pem"]).succeeds();
    let both = ["files/pem/ca.crt", "files/pem/ca.key"];
    folder.write("files/both.pem", both.map(|file| folder.read_text(file)).concat());
    folder.write("files/ca.crt", folder.read("files/pem/ca.crt"));
}

/// Plans a kit and gives its steps.
fn steps(folder: &Folder, connection: &str, kit: &str) -> Vec<Value> {
    let plan = ["remote", "plan", connection, "--pass", "", "--out", kit];
    run(folder, &plan).succeeds();
    let kit: Value = serde_json::from_str(&folder.read_text(&format!("{kit}/kit.json"))).unwrap();
    kit["steps"].as_array().unwrap().clone()
}

/// The command of the step with this title, run in the kit's folder.
fn follow(folder: &Folder, kit: &str, steps: &[Value], title: &str) -> Ended {
    let step = steps.iter().find(|step| step["title"].as_str().unwrap().starts_with(title));
    let command = step.unwrap()["command"].as_str().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_crosstrust")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    Run::new("sh")
        .args(["-c", command])
        .folder(folder.join(kit))
        .env("PATH", path)
        .env("KEYSTORE_PASSWORD", "changeit")
        .run()
}

#[test]
fn a_kit_far_from_its_connection_file_can_be_followed() {
    let folder = Folder::new();
    authorities(&folder);
    folder.write("files/my.yml", format!("alias: a\nmodel: tls\n{SIDES}"));
    for kit in ["kits/one", "files/kit"] {
        let steps = steps(&folder, "files/my.yml", kit);
        follow(&folder, kit, &steps, "Re-issue the node certificates").succeeds();
        for node in ["node1", "node2"] {
            let store = format!("files/a-remote-certificates/{node}/{node}.p12");
            let text = run(&folder, &["inspect", &store, "--pass", "changeit"]).succeeds();
            let name = format!("{node}.node.1234567abcd.cluster.myscope.account");
            assert!(text.text().contains(&name), "{}", text.text());
        }
        let check = ["remote", "check", "files/my.yml", "--pass", "", "--kit", kit];
        let report = run(&folder, &check);
        assert!(!report.text().contains("RC020"), "{}", report.text());
        std::fs::remove_dir_all(folder.join("files/a-remote-certificates")).unwrap();
    }
    let text = folder.read_text("kits/one/README.md");
    assert!(text.contains("`crosstrust remote verify ../../files/my.yml --info -`"), "{text}");
    assert!(text.contains("Commands are run in the folder of this file"), "{text}");
}

#[test]
fn a_server_certificate_is_issued_beside_the_connection_file() {
    let folder = Folder::new();
    authorities(&folder);
    let sides =
        "local: {platform: self-managed, version: 9.1.0}\naccess: {search: [{names: [a]}]}\n";
    let title = "Issue the certificate of the remote cluster server";
    for (ca, made) in [
        ("ca: the ca/elastic-stack-ca.p12", "files/a-cross-cluster.p12"),
        ("ca: both.pem", "files/a-cross-cluster.p12"),
        ("ca_is_public: true", "files/a-cross-cluster-request/cross-cluster/cross-cluster.csr"),
    ] {
        let remote =
            format!("{{platform: self-managed, version: 9.1.0, endpoint: a.example, {ca}}}");
        let text = format!("alias: a\nmodel: api-key\n{sides}remote: {remote}\n");
        folder.write("files/c.yml", text);
        let kit = format!("kits/{}", ca.len());
        let steps = steps(&folder, "files/c.yml", &kit);
        follow(&folder, &kit, &steps, title).succeeds();
        let text = if made.contains("request") {
            openssl(&folder, &["req", "-in", made, "-noout", "-text"])
        } else {
            let arguments =
                ["pkcs12", "-in", made, "-passin", "pass:changeit", "-nokeys", "-clcerts"];
            let leaf = openssl(&folder, &arguments);
            leaf.and_then(|leaf| {
                folder.write("leaf.pem", leaf);
                openssl(&folder, &["x509", "-in", "leaf.pem", "-noout", "-text"])
            })
        };
        assert!(text.is_none_or(|text| text.contains("DNS:a.example")), "{made}");
        std::fs::remove_file(folder.join(made)).unwrap();
    }
}

/// A CA whose key is elsewhere: everything but the key's place is there.
#[test]
fn the_place_of_a_key_that_nobody_told_is_left_open() {
    let folder = Folder::new();
    authorities(&folder);
    let text = format!("alias: a\nmodel: tls\n{SIDES}");
    folder.write("files/c.yml", text.replace("the ca/elastic-stack-ca.p12", "pem/ca.crt"));
    let steps = steps(&folder, "files/c.yml", "kit");
    let command = steps[0]["command"].as_str().unwrap();
    let (key, path) = ("REPLACE_WITH_THE_PATH_OF_THE_CA_KEY", "../files/pem/ca.key");
    let steps = [serde_json::json!({"title": "it", "command": command.replace(key, path)})];
    follow(&folder, "kit", &steps, "it").succeeds();
    assert!(folder.join("files/a-remote-certificates/node1/node1.p12").exists());
}

/// The certificate that the kit issues is one that the key admits; so is one of the operator's.
#[test]
fn the_key_admits_the_certificate_that_signs() {
    let folder = Folder::new();
    authorities(&folder);
    let kit = |local: &str, kit: &str| {
        folder.write(
            "files/s.yml",
            format!(
                "alias: a\nmodel: api-key\nstrong_identity: true\nlocal: {{{local}, version: 9.3.0}}\nremote: \
                 {{platform: self-managed, version: 9.3.0, endpoint: a.example, ca: ca.crt}}\n\
                 access: {{search: [{{names: [a]}}]}}\n"
            ),
        );
        let steps = steps(&folder, "files/s.yml", kit);
        let made = steps.iter().find(|step| step["title"] == "Create the cross-cluster API key");
        let file = made.unwrap()["file"].as_str().unwrap();
        let body: Value =
            serde_json::from_str(&folder.read_text(&format!("{kit}/{file}"))).unwrap();
        (steps, body["certificate_identity"].as_str().unwrap().to_owned())
    };
    let admits = |pattern: &str, file: &str, status| {
        // Trusted itself, so that the name decides.
        let words = ["preflight", "identity", "--pattern", pattern, file, "--trust", file];
        run(&folder, &words).exits_with(status);
    };
    let (steps, pattern) = kit("platform: self-managed", "one");
    follow(&folder, "one", &steps, "Issue the certificate that the local cluster signs").succeeds();
    admits(&pattern, "files/a-signing/a/a.crt", 0);
    let node = crate::fixture("cluster/nodes/eck-1.crt");
    admits(&pattern, &node, 1);
    let (_, pattern) = kit("platform: eck, name: prod, namespace: search", "two");
    admits(&pattern, &node, 0);
    admits(&pattern, "files/a-signing/a/a.crt", 1);
    let (_, pattern) = kit("platform: ech, cluster_id: 1234567abcd, scope_id: myscope", "three");
    assert!(pattern.contains("myscope(\\.account)?"), "{pattern}");
}
