//! What node sets say, as Kubernetes and Elasticsearch take it: types, settings that differ, secrets.

use crosstrust_testkit::{Folder, python_with};
use serde_json::{Value, json};

use super::resource::{THERE, connection, folder, planned};
use crate::run;

const HOT: &str = "config: {node.roles: [data, remote_cluster_client]}";
const MASTERS: &str = "  - name: masters\n    count: 3\n";

/// The resource with settings in both node sets, and more in the first one.
fn resource(folder: &Folder, hot: &str, masters: &str, more: &str) {
    let text = THERE
        .replace(HOT, &format!("config: {{{hot}}}\n{more}"))
        .replace(MASTERS, &format!("{MASTERS}    config: {{{masters}}}\n"));
    folder.write("there.yml", text);
}

fn file(folder: &Folder, end: &str) -> String {
    let entries = folder.entries();
    let is_it = |path: &&String| {
        path.starts_with("kit/local/") && path.ends_with(end) && !path.contains("remove")
    };
    let path = entries.iter().find(is_it).unwrap_or_else(|| panic!("{end}: {entries:?}"));
    folder.read_text(path)
}

/// The request says it for all nodes: what node sets say differently is told, and no value is made of two.
#[test]
fn settings_that_differ_between_node_sets_are_told() {
    let folder = folder();
    let alias = "cluster.remote.east.";
    for (hot, masters, expected) in [
        ("true", "false", None),
        ("true", "true", Some("true")),
        ("true", "\"true\"", Some("true")),
        ("yes", "true", Some("true")),
        ("${A}", "${A}", None),
    ] {
        let config = |value: &str| {
            let value = value.replace("${A}", "\"${A}\"");
            format!("{alias}seeds: [old:9300], {alias}transport.compress: {value}")
        };
        resource(&folder, &config(hot), &config(masters), "");
        planned(&folder, &connection("api-key", ""));
        let body: Value = serde_json::from_str(&file(&folder, "-cluster-settings.json")).unwrap();
        let found = &body["persistent"]["cluster"]["remote"]["east"]["transport.compress"];
        assert_eq!(found.as_str(), expected, "{hot} {masters}");
        let readme = folder.read_text("kit/README.md");
        let told = readme
            .contains(&format!("The nodes' files have `{alias}transport.compress` as `{hot}`"));
        assert_eq!(told, expected.is_none(), "{readme}");
    }
}

/// A merge patch has lists whole: what is in them keeps the type that it has to Kubernetes. `PyYAML` has the same rules
/// for these.
#[test]
fn values_keep_their_types() {
    let folder = folder();
    let spec = "    podTemplate:\n      spec:\n        automountServiceAccountToken: no\n        \
                securityContext: {fsGroup: +1000, runAsUser: 0x3e8}\n        \
                volumes: [{name: s, secret: {secretName: '0644', defaultMode: 0644, optional: yes}}]\n";
    resource(
        &folder,
        "node.attr.a: 0644, node.attr.b: \"off\", node.attr.c: y",
        "node.roles: []",
        spec,
    );
    planned(&folder, &connection("api-key", ""));
    folder.write("patch.yml", file(&folder, "-elasticsearch.yml"));
    let Some(python) = python_with("yaml") else { return };
    let script = "import json, yaml; print(json.dumps(yaml.safe_load(open('patch.yml'))))";
    let run = python.with(["-c", script]).folder(folder.path()).run().succeeds();
    let patch: Value = serde_json::from_str(run.text()).unwrap();
    let set = &patch["spec"]["nodeSets"][0];
    let spec = &set["podTemplate"]["spec"];
    assert_eq!(spec["automountServiceAccountToken"], json!(false));
    assert_eq!(spec["securityContext"], json!({"fsGroup": 1000, "runAsUser": 1000}));
    let secret = json!({"secretName": "0644", "defaultMode": 420, "optional": true});
    assert_eq!(spec["volumes"][0]["secret"], secret);
    assert_eq!(set["config"]["node.attr.a"], json!(420));
    assert_eq!(set["config"]["node.attr.b"], json!("off"));
    // A boolean to Kubernetes.
    assert_eq!(set["config"]["node.attr.c"], json!("y"));
}

#[test]
fn secrets_in_clear_text_are_told() {
    let folder = folder();
    let told = "It has in clear text what the resource has so: `";
    let containers = |env: &str| {
        format!(
            "    podTemplate: {{spec: {{containers: [{{name: elasticsearch, env: [{env}]}}]}}}}\n"
        )
    };
    resource(
        &folder,
        "xpack.http.ssl.keystore.password: x, cluster.remote.east.seeds: [old:9300]",
        "node.roles: []",
        &containers("{name: S3_SECRET_KEY, value: x}"),
    );
    planned(&folder, &connection("api-key", ""));
    let readme = folder.read_text("kit/README.md");
    let names = format!("{told}S3_SECRET_KEY`, `xpack.http.ssl.keystore.password`");
    assert!(readme.contains(&names), "{readme}");

    let from = "{name: PASSWORD, valueFrom: {secretKeyRef: {name: a, key: b}}}";
    resource(&folder, "a.password: \"${PASSWORD}\"", "node.roles: []", &containers(from));
    planned(&folder, &connection("api-key", ""));
    assert!(!folder.read_text("kit/README.md").contains(told));

    resource(&folder, "cluster.remote.east.credentials: x", "node.roles: []", "");
    let found = run(&folder, &["remote", "check", "c.yml"]).exits_with(1);
    assert!(found.text().contains("error[RC017]"), "{}", found.text());
}
