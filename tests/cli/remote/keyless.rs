//! Kits for clusters whose CA cannot sign any more, and the names and passwords of the stores that kits make.

use crosstrust_testkit::Folder;
use serde_json::Value;

use crate::run;

const PASS: [&str; 2] = ["--pass", "changeit"];

/// A CA and, in one store, a node's key with the CA's certificate, as a cluster that configured itself has
/// them in `transport.p12`.
fn folder() -> Folder {
    let folder = Folder::new();
    run(&folder, &["ca", "--out", "ca.p12", "--pass", "changeit"]).succeeds();
    let ca = ["cert", "--ca", "ca.p12", "--ca-pass", "changeit"];
    let node = ["--name", "n1", "--dns", "n1.example.com", "--out", "node/certs/transport.p12"];
    run(&folder, &[&ca[..], &node, &PASS].concat()).succeeds();
    run(&folder, &["ca", "--pem", "--out", "other"]).succeeds();
    let ssl = "xpack.security.transport.ssl";
    let lines = ["enabled: true", "keystore.path: certs/transport.p12"];
    let lines = lines.map(|line| format!("{ssl}.{line}\n")).concat();
    let store = format!("{ssl}.truststore.path: certs/transport.p12\n");
    folder.write("node/elasticsearch.yml", format!("xpack.security.enabled: true\n{lines}{store}"));
    folder
}

fn connection(folder: &Folder, ca: &str) {
    folder.write(
        "c.yml",
        format!(
            "alias: my-remote\nmodel: tls\nlocal:\n  platform: self-managed\n  version: 9.1.0\n  \
             elasticsearch_yml: node/elasticsearch.yml\n  nodes: node/certs/transport.p12\n  ca: {ca}\n  \
             cluster_id: a\n  scope_id: b\nremote: {{platform: ech, version: 9.1.0, endpoint: d.es.example.com, \
             cluster_id: c, scope_id: \"1\", account_id: x, ca: other/ca.crt}}\n\
             access: {{search: [{{names: [a]}}]}}\n"
        ),
    );
}

/// The key in such a store is the node's: nothing is signed with it.
#[test]
fn a_cluster_that_configured_itself_makes_a_new_authority_first() {
    let folder = folder();
    connection(&folder, "node/certs/transport.p12");
    let check = run(&folder, &[&["remote", "check", "c.yml"][..], &PASS].concat());
    assert_eq!(check.status, Some(1), "{}", check.messages());
    let said = format!("{}{}", check.text(), check.messages());
    assert!(said.contains("RC039"), "{said}");
    assert!(!said.contains("RC009"), "{said}");
    run(
        &folder,
        &[&["remote", "plan", "c.yml", "--force-with-errors", "--out", "kit"][..], &PASS].concat(),
    );
    let kit: Value = serde_json::from_str(&folder.read_text("kit/kit.json")).unwrap();
    let steps = kit["steps"].as_array().unwrap();
    let step = steps.iter().find(|step| step["side"] == "local").unwrap();
    assert!(step["title"].as_str().unwrap().starts_with("Make a new CA"), "{step}");
    assert!(step["details"].to_string().contains("crosstrust rotate plan"), "{step}");
    let commands = |step: &Value| step["command"].as_str().unwrap_or_default().to_owned();
    let commands: String = steps.iter().map(commands).collect();
    assert!(!commands.contains("crosstrust cert"), "{commands}");
    // The command is followed: what it makes signs.
    let command = step["command"].as_str().unwrap().strip_prefix("crosstrust ").unwrap();
    let command = command.replace("--pass-env CA_PASSWORD", "--pass changeit").replace("../", "");
    run(&folder, &command.split(' ').collect::<Vec<_>>()).succeeds();
    connection(&folder, "[my-remote-local-new-ca.p12, node/certs/transport.p12]");
    let check = run(&folder, &[&["remote", "check", "c.yml"][..], &PASS].concat());
    assert!(!format!("{}{}", check.text(), check.messages()).contains("RC039"), "{}", check.text());
}

/// The same store beside the CA's own: the CA signs.
#[test]
fn an_authority_with_its_key_signs() {
    let folder = folder();
    connection(&folder, "ca.p12");
    let check = run(&folder, &[&["remote", "check", "c.yml"][..], &PASS].concat());
    let said = format!("{}{}", check.text(), check.messages());
    assert!(said.contains("RC009") && !said.contains("RC039"), "{said}");
    run(&folder, &[&["remote", "plan", "c.yml", "--out", "kit"][..], &PASS].concat()).succeeds();
    let kit = folder.read_text("kit/kit.json");
    assert!(kit.contains("crosstrust cert --ca ../ca.p12"), "{kit}");
    assert!(kit.contains("--out ../my-remote-local-certificates"), "{kit}");
}
