//! Bodies that the Elastic documentation prints: the kit has them to the letter.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use crosstrust_keystore::open::open;
use crosstrust_remote::{Connection, Kit, Material, plan};
use crosstrust_testkit::fixture;
use serde_json::{Value, json};

/// The kit of a connection whose sides have a CA each.
fn kit(text: &str) -> Kit {
    let connection = Connection::parse(text).unwrap_or_else(|error| panic!("{error:#?}\n{text}"));
    let authority = |name: &str| {
        let contents = open(&fixture(name), &[]).unwrap();
        vec![contents.certificates()[0].clone()]
    };
    let mut material = Material::default();
    material.local.authorities = authority("cluster/ca.crt");
    material.remote.authorities = authority("cluster/other-ca.crt");
    plan(&connection, &material).unwrap()
}

/// The body of a side's file whose name ends so, its certificates replaced by `…`.
#[track_caller]
fn body(kit: &Kit, side: &str, end: &str) -> Value {
    let named = |path: &str| path.starts_with(side) && path.ends_with(end);
    let file = kit.files.iter().find(|file| named(&file.path));
    let mut value: Value = serde_json::from_str(&file.unwrap().text).unwrap();
    shorten(&mut value);
    value
}

fn shorten(value: &mut Value) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match value {
                    // The kit's names have the alias too.
                    Value::String(text) if key == "name" => {
                        for alias in [" (my_remote_cluster)", " (a)"] {
                            *text = text.replace(alias, "");
                        }
                    }
                    Value::String(text) if key == "pem" => {
                        assert!(text.starts_with("-----BEGIN CERTIFICATE-----\n"));
                        assert!(text.ends_with("\n-----END CERTIFICATE-----"));
                        "…".clone_into(text);
                    }
                    other => shorten(other),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(shorten),
        _ => {}
    }
}

const ACCESS: &str =
    "access: {search: [{names: [target-index]}], replication: [{names: [leader-index]}]}\n";
const ECH: &str =
    "  platform: ech\n  version: 9.1.0\n  account_id: ec38dd0aa45f4a69909ca5c81c27138a\n";

/// Trust settings of a deployment towards its peer.
#[track_caller]
fn check_trust(own: &str, remote: &str, expected: &Value) {
    let text =
        format!("alias: my_remote_cluster\nmodel: tls\nlocal:\n{own}remote:\n{remote}{ACCESS}");
    let found = body(&kit(&text), "local", "trust.json");
    assert_eq!(found, json!({"trust": expected}));
}

#[test]
fn trust_settings_are_as_documented() {
    let own = json!([{"account_id": "ec38dd0aa45f4a69909ca5c81c27138a", "trust_all": true}]);
    let ech = format!("{ECH}  cluster_id: aaaabbbbaaaabbbb\n  scope_id: \"1053523734\"\n  ca: a\n");
    let ece = ech.replace("platform: ech", "platform: ece");
    let end = "  version: 9.1.0\n  endpoint: es.example.com\n  ca: b\n";
    check_trust(
        &ech,
        &format!(
            "  platform: self-managed\n{end}  node_names: [node1.example.com, node2.example.com, node3.example.com]\n"
        ),
        &json!({"accounts": own, "direct": [{"type": "generic", "name": "My Self-managed environment",
            "additional_node_names": ["node1.example.com", "node2.example.com", "node3.example.com"],
            "certificates": [{"pem": "…"}], "trust_all": false}]}),
    );
    check_trust(
        &ech,
        &format!(
            "  platform: self-managed\n{end}  cluster_id: 1234567abcd\n  scope_id: myscope\n  node_names: [node1]\n"
        ),
        &json!({"accounts": own, "direct": [{"type": "generic", "name": "My Self-managed environment",
            "scope_id": "myscope", "certificates": [{"pem": "…"}], "trust_all": false,
            "trust_allowlist": ["1234567abcd"]}]}),
    );
    let peer = "  cluster_id: cf659f7fe6164d9691b284ae36811be1\n  account_id: x\n";
    check_trust(
        &ech,
        &format!("  platform: ece\n{end}{peer}  scope_id: \"1053523734\"\n"),
        &json!({"accounts": own, "direct": [{"type": "ECE", "name": "My ECE environment",
            "scope_id": "1053523734", "certificates": [{"pem": "…"}], "trust_all": false,
            "trust_allowlist": ["cf659f7fe6164d9691b284ae36811be1"]}]}),
    );
    check_trust(
        &ece,
        &format!("  platform: ech\n{end}{peer}  scope_id: \"803289842\"\n"),
        &json!({"accounts": own, "direct": [{"type": "ESS", "name": "My Organization",
            "scope_id": "803289842", "certificates": [{"pem": "…"}], "trust_all": false,
            "trust_allowlist": ["cf659f7fe6164d9691b284ae36811be1"]}]}),
    );
}

/// Nodes on Kubernetes are named `POD.node.NAME.NAMESPACE.es.local`, their pods `NAME-es-SET-ORDINAL`. A
/// list of names is literal and goes without scope; a scope lets in all.
#[test]
fn nodes_on_kubernetes_are_listed_unless_their_namespace_is_let_in() {
    let own = json!([{"account_id": "ec38dd0aa45f4a69909ca5c81c27138a", "trust_all": true}]);
    let ech = format!("{ECH}  cluster_id: aaaabbbbaaaabbbb\n  scope_id: \"1053523734\"\n  ca: a\n");
    let eck = "  platform: eck\n  version: 9.1.0\n  name: quickstart\n  namespace: apps\n\
               \x20 endpoint: es.example.com\n  ca: b\n";
    let sets = "  node_sets: [{name: m, count: 1}, {name: data, count: 2}]\n";
    check_trust(
        &ech,
        &format!("{eck}{sets}"),
        &json!({"accounts": own, "direct": [{"type": "generic", "name": "My ECK environment",
            "additional_node_names": ["quickstart-es-m-0.node.quickstart.apps.es.local",
                "quickstart-es-data-0.node.quickstart.apps.es.local",
                "quickstart-es-data-1.node.quickstart.apps.es.local"],
            "certificates": [{"pem": "…"}], "trust_all": false}]}),
    );
    let scope = format!("{eck}trust: {{local_accepts: scope}}\n");
    check_trust(
        &ech,
        &scope,
        &json!({"accounts": own, "direct": [{"type": "generic", "name": "My ECK environment",
            "scope_id": "apps.es.local", "certificates": [{"pem": "…"}], "trust_all": true}]}),
    );
    let warned = |remote: &str| {
        let text = format!("alias: a\nmodel: tls\nlocal:\n{ech}remote:\n{remote}{ACCESS}");
        let readme = kit(&text).files.swap_remove(0).text;
        readme.contains("a `scope_id` of at most 32 lower-case letters and digits")
    };
    assert!(warned(&scope));
    assert!(!warned(&format!("{eck}{sets}")));
    assert!(!warned(&format!("{eck}  cluster_id: c\n  scope_id: myscope\n")));
    assert!(warned(&format!("{eck}  cluster_id: c\n  scope_id: my-scope\n")));
}

#[test]
fn trust_among_deployments_is_as_documented() {
    let own = json!({"account_id": "ec38dd0aa45f4a69909ca5c81c27138a", "trust_all": true});
    let ech = format!("{ECH}  cluster_id: aaaabbbbaaaabbbb\n  scope_id: \"1053523734\"\n");
    let end = "  version: 9.1.0\n  endpoint: es.example.com\n  account_id: x\n\
               \x20 cluster_id: cf659f7fe6164d9691b284ae36811be1\n";
    check_trust(
        &ech,
        &format!("  platform: ech\n{end}  scope_id: \"803289842\"\n"),
        &json!({"accounts": [own, {"account_id": "803289842", "trust_all": false,
            "trust_allowlist": ["cf659f7fe6164d9691b284ae36811be1"]}]}),
    );
    let ece = ech.replace("platform: ech", "platform: ece");
    check_trust(
        &format!("{ece}  ca: a\n"),
        &format!("  platform: ece\n{end}  scope_id: other\n  ca: b\n"),
        &json!({"accounts": [own], "external": [
            {"trust_relationship_id": "REPLACE_WITH_THE_ID_OF_THE_TRUST_RELATIONSHIP",
             "trust_all": false, "trust_allowlist": ["cf659f7fe6164d9691b284ae36811be1"]}]}),
    );
}

/// A CA of port 9443 is a direct trust of the type `proxy`, which lets nobody in; the key is an entry
/// of the keystore.
#[test]
fn a_deployment_takes_a_key_as_documented() {
    let made = kit(&format!(
        "alias: a\nmodel: api-key\nlocal:\n{ECH}  deployment_id: d\nremote:\n  platform: ece\n\
         \x20 version: 9.1.0\n  endpoint: es.example.com\n  ca: b\n{ACCESS}"
    ));
    let trust = body(&made, "local", "trust.json");
    assert_eq!(
        trust.pointer("/trust/direct"),
        Some(&json!([{"type": "proxy", "name": "My ECE environment",
            "certificates": [{"pem": "…"}], "trust_all": false}]))
    );
    assert_eq!(
        body(&made, "local", "keystore.json"),
        json!({"secrets": {"cluster.remote.a.credentials":
            {"value": "REPLACE_WITH_THE_ENCODED_API_KEY"}}})
    );
    let request = made.steps.iter().filter_map(|step| step.request.as_ref()).nth(2).unwrap();
    assert_eq!(request.method, "PATCH");
    assert_eq!(request.path, "/api/v1/deployments/d/elasticsearch/main-elasticsearch/keystore");
}

/// Through the platform, for deployments of one organization.
#[test]
fn the_platform_registers_a_remote_cluster_as_documented() {
    let side = |platform: &str, cluster: &str, end: &str| {
        format!(
            "  platform: {platform}\n  version: 9.1.0\n  scope_id: s\n  cluster_id: {cluster}\n{end}"
        )
    };
    let made = kit(&format!(
        "alias: alias-your-remote\nmodel: tls\nlocal:\n{}remote:\n{}{ACCESS}",
        side("ech", "a", "  deployment_id: d\n"),
        side("ech", "b", "  deployment_id: e\n  ref_id: r\n  endpoint: es.example.com\n"),
    ));
    assert_eq!(
        body(&made, "local", "remote-clusters.json"),
        json!({"resources": [{"deployment_id": "e", "elasticsearch_ref_id": "r",
            "alias": "alias-your-remote", "skip_unavailable": true}]})
    );
}

#[test]
fn settings_of_the_remote_cluster_are_as_documented() {
    #[track_caller]
    fn check(model: &str, remote: &str, expected: &Value) {
        let local = "  platform: self-managed\n  version: 9.1.0\n";
        let local = match model {
            "tls" => format!("{local}  ca: a\n  node_names: [a.example.com]\n"),
            _ => local.to_owned(),
        };
        let text = format!("alias: a\nmodel: {model}\nlocal:\n{local}remote:\n{remote}{ACCESS}");
        let found = body(&kit(&text), "local", "cluster-settings.json");
        assert_eq!(found, json!({"persistent": {"cluster": {"remote": {"a": expected}}}}));
    }

    let cloud = "  platform: ech\n  version: 9.1.0\n  endpoint: es.example.com\n";
    let ids = "  cluster_id: c\n  scope_id: s\n  account_id: x\n  ca: b\n";
    let own = "  platform: self-managed\n  version: 9.1.0\n  endpoint: es.example.com\n  ca: b\n";
    let proxy = |port: u16| {
        json!({"mode": "proxy", "proxy_address": format!("es.example.com:{port}"),
            "server_name": "es.example.com", "skip_unavailable": true})
    };
    check("api-key", cloud, &proxy(9443));
    check("api-key", own, &proxy(9443));
    check("tls", &format!("{cloud}{ids}"), &proxy(9400));
    check("tls", own, &proxy(9300));
    check("tls", &format!("{}{ids}", cloud.replace("9.1.0", "7.6.0")), &proxy(9400));
    let legacy = format!("{}{ids}", cloud.replace("9.1.0", "7.5.2"));
    check("tls", &legacy, &json!({"seeds": ["es.example.com:1"], "proxy": "es.example.com:9400"}));
}

#[test]
fn the_key_and_the_roles_are_as_documented() {
    let text = "alias: my_remote_cluster\nmodel: api-key\n\
        local: {platform: self-managed, version: 9.1.0}\n\
        remote: {platform: ech, version: 9.1.0, endpoint: es.example.com}\n";
    let made = kit(&format!("{text}{ACCESS}"));
    assert_eq!(
        body(&made, "local", "role-remote-replication.json"),
        json!({"cluster": ["manage_ccr"], "remote_indices": [{"clusters": ["my_remote_cluster"],
            "names": ["leader-index"], "privileges": ["cross_cluster_replication"]}]})
    );
    assert_eq!(
        body(&made, "local", "role-remote-search.json"),
        json!({"remote_indices": [{"clusters": ["my_remote_cluster"], "names": ["target-index"],
            "privileges": ["read", "read_cross_cluster", "view_index_metadata"]}]})
    );
    let tls = "alias: a\nmodel: tls\nlocal: {platform: self-managed, version: 9.1.0, ca: a}\n\
        remote: {platform: self-managed, version: 9.1.0, endpoint: es.example.com, ca: b}\n";
    let tls = kit(&format!("{tls}{ACCESS}"));
    let role = |side: &str, name: &str| body(&tls, side, &format!("role-{name}.json"));
    assert_eq!(
        role("remote", "remote-replication"),
        json!({"cluster": ["read_ccr"],
            "indices": [{"names": ["leader-index"], "privileges": ["monitor", "read"]}]})
    );
    assert_eq!(
        role("local", "remote-replication"),
        json!({"cluster": ["manage_ccr"], "indices": [{"names": ["leader-index"],
            "privileges": ["monitor", "read", "write", "manage_follow_index"]}]})
    );
    assert_eq!(
        role("remote", "remote-search"),
        json!({"indices": [{"names": ["target-index"],
            "privileges": ["read", "read_cross_cluster"]}]})
    );
    assert_eq!(role("local", "remote-search"), json!({}));
    let access = "access: {search: [{names: [\"logs*\"], field_security: {grant: [\"*\"], \
        except: [\"secret_*\"]}, query: {term: {public: true}}, allow_restricted_indices: false}]}\n";
    assert_eq!(
        body(&kit(&format!("{text}{access}")), "remote", "cross-cluster-api-key.json"),
        json!({"name": "cross-cluster-my_remote_cluster", "access": {"search": [{"names": ["logs*"],
            "field_security": {"grant": ["*"], "except": ["secret_*"]},
            "query": {"term": {"public": true}}, "allow_restricted_indices": false}]}})
    );
}
