//! `crosstrust inventory`, and commands that take names of its clusters.

use crosstrust_testkit::{Folder, tool};
use serde_json::Value;

use crate::{crosstrust, run};

/// Two clusters of one CA, of which the cloud admits only its own nodes.
fn fleet() -> Folder {
    let folder = Folder::new();
    let node = |name: &str| crosstrust_testkit::fixture(&format!("cluster/nodes/{name}"));
    for name in ["self-managed-1.p12", "self-managed-2.crt"] {
        folder.write(&format!("clusters/east/{name}"), node(name));
    }
    folder.write("clusters/cloud/cloud-1.p12", node("cloud-1.p12"));
    folder.write("ca.crt", crosstrust_testkit::fixture("cluster/ca.crt"));
    folder.write("fleet.pass", "changeit\n");
    folder.write("trust.yml", format!("trust.subject_name:\n  - '{CLOUD}'\n"));
    folder.write("crosstrust.yml", INVENTORY);
    folder
}

const CLOUD: &str = "*.node.0123456789abcdef0123456789abcdef.cluster.1053523734.account";

const INVENTORY: &str = "\
clusters:
  east:
    nodes: [clusters/east]
    ca: ca.crt
    passwords: {nodes: {file: fleet.pass}}
    expect: {accepts: [cloud]}
  cloud:
    platform: ech
    version: 9.1.0
    nodes: 'clusters/cloud/*.p12'
    ca: ca.crt
    restrictions: trust.yml
    passwords: {nodes: {env: CLOUD_PASS}}
";

#[test]
fn names_stand_for_the_files_and_passwords_of_clusters() {
    let folder = fleet();
    let with =
        |arguments: &[&str]| crosstrust(&folder, arguments).env("CLOUD_PASS", "changeit").run();
    let text = with(&["inventory", "check"]).succeeds();
    assert!(text.text().contains("2 of 2 clusters read"), "{}", text.text());

    // As it is said in full.
    let full = ["preflight", "matrix", "--pass", "changeit", "--format", "json"];
    let east = "east=clusters/east,ca=ca.crt";
    let cloud = "cloud=clusters/cloud/*.p12,ca=ca.crt,restrictions=trust.yml";
    let full = run(&folder, &[&full[..], &["--cluster", east, "--cluster", cloud]].concat());
    let full = full.exits_with(1).text().to_owned();
    let named =
        ["preflight", "matrix", "--format", "json", "--cluster", "east", "--cluster", "cloud"];
    assert_eq!(with(&named).exits_with(1).text(), full);
    assert_eq!(with(&["preflight", "matrix", "--format", "json"]).exits_with(1).text(), full);

    let nodes = with(&["preflight", "node", "cloud", "--format", "json"]).succeeds();
    let nodes: Value = serde_json::from_str(nodes.text()).unwrap();
    assert_eq!(nodes["nodes"].as_array().unwrap().len(), 1);
    // The other side judges by all that it accepts.
    let refused = with(&["preflight", "node", "east", "--trust", "cloud"]).exits_with(1);
    assert!(refused.text().contains("error[PF033]"), "{}", refused.text());
    with(&["preflight", "node", "cloud", "--trust", "east"]).succeeds();

    let expiring = with(&["inspect", "--expires-within", "0", "east", "cloud"]).succeeds();
    let told = expiring.text();
    assert!(told.starts_with("0 of ") && told.lines().count() == 1, "{told}");
    let linted = with(&["restrictions", "lint", "cloud", "--format", "json"]).succeeds();
    let linted: Value = serde_json::from_str(linted.text()).unwrap();
    assert_eq!(linted["findings"], serde_json::json!([]));
}

#[test]
fn the_inventory_is_found_from_the_folders_below_it() {
    let folder = fleet();
    let below = folder.path().join("clusters");
    let below = |arguments: &[&str]| {
        crosstrust(&folder, arguments).folder(&below).env("CLOUD_PASS", "changeit").run()
    };
    let ended = below(&["preflight", "node", "cloud"]).succeeds();
    assert!(ended.text().contains("../clusters/cloud/cloud-1.p12"), "{}", ended.text());
    // A name goes before a folder, which is told.
    let told = "cloud is the cluster of ../crosstrust.yml; the folder is ./cloud";
    assert!(ended.messages().contains(told), "{}", ended.messages());
    let ended = below(&["preflight", "node", "clouds", "--trust", "../ca.crt"]).exits_with(2);
    assert!(ended.messages().contains("did you mean `cloud`"), "{}", ended.messages());
    // A file that is there is the file, whatever the inventory is.
    folder.write("crosstrust.yml", "clusters: [");
    let node = ["preflight", "node", "self-managed-2.crt", "--trust", "../../ca.crt"];
    let east = folder.path().join("clusters/east");
    crosstrust(&folder, &node).folder(&east).run().succeeds();
}

#[test]
fn what_is_wrong_is_told_at_once_and_no_password_with_it() {
    let folder = fleet();
    let text = "\
clusters:
  east:
    nodez: clusters/east
    passwords: {nodes: hunter2}
  we st: {nodes: a}
  cloud:
    nodes: [a]
    version: 9
    expect: {accepts: [eats], nobody_else: maybe}
";
    folder.write("crosstrust.yml", text);
    let ended = run(&folder, &["inventory", "check"]).exits_with(2);
    let said = ended.messages();
    for expected in [
        "crosstrust.yml:3:5: unknown key `nodez`",
        "did you mean `nodes`?",
        "crosstrust.yml:4:24: a password is not written here",
        "crosstrust.yml:5:3: `we st` is not a name for a cluster",
        "crosstrust.yml:8:14: `clusters.cloud.version` is `9`: write three numbers",
        "crosstrust.yml:9:24: no cluster is called `eats`",
        "did you mean `east`?",
        "`clusters.cloud.expect.nobody_else` is neither true nor false",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    assert!(!said.contains("hunter2"), "{said}");
    folder.write("crosstrust.yml", "clusters:\n  a:\n    nodes: b\n    password: hunter2\n");
    let ended = run(&folder, &["inventory", "check"]).exits_with(2);
    assert!(ended.messages().contains("did you mean `passwords`?"), "{}", ended.messages());
    assert!(!ended.messages().contains("hunter2"), "{}", ended.messages());
    for unreadable in
        ["{nodes: \"hunter2, }", "{nodes: hunter2, ca: [}", "{nodes: {pass: hunter2}}"]
    {
        folder.write(
            "crosstrust.yml",
            format!("clusters:\n  a:\n    nodes: b\n    passwords: {unreadable}\n"),
        );
        let ended = run(&folder, &["inventory", "check"]).exits_with(2);
        assert!(!ended.messages().contains("hunter2"), "{}", ended.messages());
    }
}

#[test]
fn init_writes_an_inventory_that_reads() {
    let folder = fleet();
    folder.write("clusters/cloud/config/elasticsearch.yml", "cluster.name: cloud\n");
    folder.write("clusters/east/trust.yml", "trust.subject_name: ['*']\n");
    let refused = run(&folder, &["inventory", "init", "clusters"]).exits_with(2);
    assert!(refused.messages().contains("crosstrust.yml"), "{}", refused.messages());
    run(&folder, &["inventory", "init", "clusters", "--out", "etc/crosstrust.yml"]).succeeds();
    let text = String::from_utf8(folder.read("etc/crosstrust.yml")).unwrap();
    assert!(text.contains("    nodes: ../clusters/east\n"), "{text}");
    let written = run(&folder, &["inventory", "init", "clusters", "--out", "new.yml"]).succeeds();
    assert_eq!(written.text(), "new.yml: cloud, east\n");
    let text = String::from_utf8(folder.read("new.yml")).unwrap();
    let expected = "\
clusters:
  cloud:
    nodes: clusters/cloud
    elasticsearch_yml: [clusters/cloud/config/elasticsearch.yml]
  east:
    nodes: clusters/east
    restrictions: clusters/east/trust.yml
";
    assert!(text.ends_with(expected), "{text}");
}

/// A cluster whose nodes are in the settings file `config/elasticsearch.yml`.
fn configured() -> Folder {
    let folder = fleet();
    for (file, name) in [("node.crt", "cloud-1.crt"), ("node.key", "cloud-1.key")] {
        let bytes = crosstrust_testkit::fixture(&format!("cluster/nodes/{name}"));
        folder.write(&format!("config/{file}"), bytes);
    }
    folder.write("config/ca.crt", crosstrust_testkit::fixture("cluster/ca.crt"));
    folder.write("config/trust.yml", "trust.subject_name: ['nobody']\n");
    let ssl = "xpack.security.transport.ssl";
    folder.write(
        "config/elasticsearch.yml",
        format!(
            "xpack.security.enabled: true\n{ssl}.enabled: true\n{ssl}.certificate: node.crt\n\
             {ssl}.key: node.key\n{ssl}.certificate_authorities: ca.crt\n\
             {ssl}.trust_restrictions.path: trust.yml\n"
        ),
    );
    folder.write(
        "crosstrust.yml",
        "clusters: {live: {elasticsearch_yml: config/elasticsearch.yml}}\n",
    );
    folder
}

#[test]
fn nodes_are_judged_as_their_settings_have_them() {
    let folder = configured();
    let full = run(&folder, &["preflight", "node", "--config", "config/elasticsearch.yml"]);
    let named = run(&folder, &["preflight", "node", "live"]).exits_with(1);
    assert_eq!(named.text(), full.exits_with(1).text());
    let matrix = run(&folder, &["preflight", "matrix", "--format", "json"]).exits_with(1);
    assert!(matrix.text().contains("config/trust.yml"), "{}", matrix.text());
}

/// Whom a node accepts is not known where its restrictions do not load, though its CAs lie beside it.
#[test]
fn by_a_cluster_whose_settings_do_not_load_nobody_is_accepted() {
    let folder = configured();
    let text = "clusters:\n  live: {nodes: clusters/east, ca: ca.crt, passwords: {nodes: {file: fleet.pass}}, \
        elasticsearch_yml: 'config/*.yml'}\n  other: {nodes: clusters/cloud, ca: ca.crt, passwords: {nodes: \
        {file: fleet.pass}}}\n";
    folder.write("crosstrust.yml", text);
    std::fs::remove_file(folder.join("config/trust.yml")).unwrap();
    let ended = run(&folder, &["preflight", "matrix", "--format", "json"]).exits_with(1);
    let document: Value = serde_json::from_str(ended.text()).unwrap();
    let rows = document["accepts"].as_array().unwrap().iter();
    let is_by_live = |row: &&Value| row["to"].as_str().unwrap().starts_with("live/");
    let by_live: Vec<&Value> = rows.filter(is_by_live).collect();
    assert!(by_live.len() > 2, "{document:#}");
    assert!(by_live.iter().all(|row| row["accepted"] == false), "{by_live:#?}");
    run(&folder, &["preflight", "node", "other", "--trust", "live"]).exits_with(1);
    run(&folder, &["preflight", "node", "other", "--trust", "ca.crt"]).succeeds();
    let checked = run(&folder, &["inventory", "check"]).exits_with(1);
    assert!(checked.text().contains("config/trust.yml"), "{}", checked.text());
    assert!(checked.text().contains("1 of 2 clusters read"), "{}", checked.text());
}

#[test]
fn options_beside_a_name_count_or_are_refused() {
    let folder = fleet();
    let with =
        |arguments: &[&str]| crosstrust(&folder, arguments).env("CLOUD_PASS", "changeit").run();
    let elsewhere = ["preflight", "node", "cloud", "--hostname", "elsewhere.example"];
    let ended = with(&elsewhere).exits_with(1);
    assert!(ended.text().contains("error[PF039]"), "{}", ended.text());
    let key = ["preflight", "node", "cloud", "--key", "clusters/cloud/cloud-1.key"];
    let ended = with(&key).exits_with(2);
    assert!(ended.messages().contains("--key is for a node in a file"), "{}", ended.messages());
    // No word on certificates that nobody looked at.
    let folder = configured();
    let inspect = ["inspect", "--expires-within", "30", "live"];
    run(&folder, &inspect).succeeds();
    folder.write("config/elasticsearch.yml", "cluster.name: live\n");
    let ended = run(&folder, &inspect).exits_with(2);
    assert!(ended.messages().contains("names no file of certificates"), "{}", ended.messages());
}

#[test]
fn a_connection_file_is_filled_in_with_what_is_known() {
    let folder = fleet();
    let platforms = "    platform: self-managed\n    version: 9.1.0\n    nodes: [clusters/east]";
    folder.write("crosstrust.yml", INVENTORY.replace("    nodes: [clusters/east]", platforms));
    let init = ["remote", "init", "--model", "tls", "--local", "cloud", "--remote", "east"];
    let init = [&init[..], &["--out", "kits/east.yml"]].concat();
    run(&folder, &init).succeeds();
    let text = String::from_utf8(folder.read("kits/east.yml")).unwrap();
    for expected in [
        "\nalias: east ",
        "platform: ech\n  version: 9.1.0 ",
        "  nodes: ../clusters/east ",
        "  ca: ../ca.crt ",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let unknown =
        ["remote", "init", "--model", "tls", "--local", "selfmanaged", "--remote", "east"];
    let ended = run(&folder, &unknown).exits_with(2);
    assert!(ended.messages().contains("no cluster of this name"), "{}", ended.messages());
    std::fs::remove_file(folder.join("crosstrust.yml")).unwrap();
    let ended = run(&folder, &unknown).exits_with(2);
    assert!(ended.messages().contains("self-managed"), "{}", ended.messages());
}

#[test]
fn the_schema_takes_what_the_reader_takes() {
    let Some(python) = tool("python3") else { return };
    let folder = fleet();
    folder.write("schema.json", run(&folder, &["inventory", "schema"]).succeeds().text());
    let said = python.with(["-c", VALIDATE, INVENTORY]).folder(folder.path()).run().succeeds();
    if said.text() == "absent\n" {
        let required = std::env::var_os("CROSSTRUST_INTEROP").is_some_and(|it| it == "required");
        assert!(!required, "python3 has no module jsonschema or yaml");
        return;
    }
    assert_eq!(said.text(), "valid\ninvalid\ninvalid\ninvalid\n");
}

/// Validates an inventory by the schema, and with each of three mistakes.
const VALIDATE: &str = r#"
import copy, json, sys
try:
    import jsonschema, yaml
except ImportError:
    print("absent")
    sys.exit()
schema = json.load(open("schema.json"))
kind = jsonschema.validators.validator_for(schema)
kind.check_schema(schema)
whole = yaml.safe_load(sys.argv[1])
def say(document):
    print("valid" if not list(kind(schema).iter_errors(document)) else "invalid")
say(whole)
for change in (
    lambda east: east.update(nodez="a"),
    lambda east: east.update(passwords={"nodes": "hunter2"}),
    lambda east: east.update(expect={"nobody_else": "maybe"}),
):
    document = copy.deepcopy(whole)
    change(document["clusters"]["east"])
    say(document)
"#;
