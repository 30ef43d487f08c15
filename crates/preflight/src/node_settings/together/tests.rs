//! Settings that are not about TLS: what stops a node, alone or together.

use super::super::NodeSettings;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let settings = NodeSettings::parse("elasticsearch.yml", text.as_bytes(), &|_| None).unwrap();
    let codes = settings.report.findings().iter().map(|finding| finding.rule().code);
    assert_eq!(codes.collect::<Vec<_>>(), expected, "{text}");
}

/// As the judges of `tests/elasticsearch` answer: `start.rs` and `values.rs` ask them.
#[test]
fn values_that_stop_a_node_are_errors() {
    for (broken, kept) in [
        ("node.roles: [foo]", "node.roles: [data]"),
        ("cluster.name: 'a:b'", "cluster.name: a"),
        ("cluster.name: ${node.attr.x:a:b}", "cluster.name: ${node.attr.x:a}"),
        ("logger.x: FOO", "logger.x: debug"),
        ("cluster.remote.a.mode: prox", "cluster.remote.a.mode: proxy"),
        ("cluster.remote.a.seeds: foo", "cluster.remote.a.seeds: 'foo:9300'"),
        ("indices.memory.index_buffer_size: 10", "indices.memory.index_buffer_size: 10%"),
        ("http.port: abc", "http.port: 9200-9300"),
        ("script.allowed_types: foo", "script.allowed_types: [inline]"),
        ("discovery.type: foo", "discovery.type: single-node"),
        ("bootstrap.memory_lock: 1", "bootstrap.memory_lock: true"),
        ("http.tcp.keep_idle: 301", "http.tcp.keep_idle: 300"),
        ("cluster.publish.timeout: 30", "cluster.publish.timeout: 30s"),
    ] {
        check(broken, &["PF121"]);
        check(kept, &[]);
    }
}

#[test]
fn settings_that_do_not_go_together_are_errors() {
    let proxy = "cluster.remote.a.mode: proxy\ncluster.remote.a.proxy_address: 'a:1'\n";
    let sniff = "cluster.remote.a.seeds: 'a:1'\n";
    check(proxy, &[]);
    check(sniff, &[]);
    check(&format!("{proxy}{sniff}"), &["PF122"]);
    check(&format!("{sniff}cluster.remote.a.proxy_address: 'a:1'\n"), &["PF122"]);
    check(&format!("{sniff}cluster.remote.a.skip_unavailable: true\n"), &[]);
    check("cluster.remote.a.skip_unavailable: true\n", &["PF122"]);
    check("cluster.routing.allocation.awareness.force.zone: a", &["PF122"]);
    check("cluster.routing.allocation.awareness.force.zone.values: a", &[]);
    check("node.roles: [voting_only]", &["PF122"]);
    check("node.roles: [voting_only, master]", &[]);
    check("cluster.routing.allocation.disk.watermark.low: 95%", &["PF122"]);
    check("cluster.routing.allocation.disk.watermark.low: 80%", &[]);
}

#[test]
fn what_hangs_on_the_release_or_the_node_is_said() {
    check("cluster.routing.allocation.balance.threshold: 0.5", &["PF123"]);
    check("cluster.routing.allocation.balance.threshold: 1", &[]);
    check("http.max_chunk_size: 1.255kb", &["PF123"]);
    check("index.codec: Lucene99", &["PF112"]);
    check("index.codec: default", &[]);
    check("transport.type: foo", &["PF112"]);
    check("transport.type: netty4", &[]);
    check("node.attr.x: ${NOWHERE}", &["PF124"]);
    check("node.attr.x: ${NOWHERE:x}", &[]);
    check("node.name: ${HOSTNAME}", &[]);
    check("xpack.security.http.ssl.enabled: ${NOWHERE}", &["PF124"]);
}

/// As the published code of the realms has it: it throws at their making, with which the node ends.
#[test]
fn keys_of_realms_come_by_https_or_from_files() {
    let realm = "xpack.security.authc.realms.oidc.o1";
    let path = format!("{realm}.op.jwkset_path: http://op.example/keys\n");
    check(&path, &["PF122"]);
    check(&path.replace("http:", "https:"), &[]);
    check(&format!("{path}{realm}.enabled: false\n"), &[]);
    let of_secret = format!("{path}{realm}.rp.signature_algorithm: HS256\n");
    check(&of_secret, &[]);
    let files = |text: &str| {
        NodeSettings::parse("elasticsearch.yml", text.as_bytes(), &|_| None).unwrap().realm_files
    };
    let file = path.replace("http://op.example/keys", "keys.json");
    assert_eq!(files(&file).len(), 1);
    assert!(files(&of_secret.replace("http://op.example/keys", "keys.json")).is_empty());
}
