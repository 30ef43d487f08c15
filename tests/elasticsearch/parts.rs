//! Settings that a node looks at when it makes its parts, most of them beside others: whether it starts with them.

use std::path::Path;

use crosstrust_preflight::node_settings::NodeSettings;
use crosstrust_report::Severity;
use crosstrust_testkit::Folder;

use crate::judge::{Judge, judges};
use crate::node::RunningNode;
use crate::tally::Tally;

#[test]
fn nodes_make_their_parts_where_preflight_says_so() {
    // Each start takes seconds, and 8.19 was found to say the same: the newest is asked alone.
    judges().iter().filter(|judge| judge.name == "9.5-java25").for_each(compare);
}

fn compare(judge: &Judge) {
    let program = judge.program("node");
    let mut tally = Tally::new(&judge.name, "settings of parts");
    let kept = format!("{HEAD}{}", KEPT.concat());
    tally.compare(|| kept.clone(), &ours(&kept), &theirs(&program, &kept));
    for lines in BROKEN {
        let text = format!("{HEAD}{lines}\n");
        tally.compare(|| text.clone(), &ours(&text), &theirs(&program, &text));
    }
    tally.close(BROKEN.len() + 1);
}

/// Whether we say that a node starts.
fn ours(text: &str) -> bool {
    let settings = NodeSettings::parse("elasticsearch.yml", text.as_bytes(), &|_| None).unwrap();
    let mut findings = settings.report.findings().iter();
    findings.all(|finding| finding.rule().severity != Severity::Error)
}

fn theirs(program: &Path, text: &str) -> bool {
    let folder = Folder::new();
    folder.write("config/elasticsearch.yml", text);
    RunningNode::start(program, folder.path(), &[]).has_started()
}

const HEAD: &str = "node.name: n\ndiscovery.type: single-node\nxpack.security.enabled: true\n\
    http.port: 0\ntransport.port: 0\n";

/// A node starts with all of these.
const KEPT: &[&str] = &[
    "path.repo: ['${path.home}/snap']\n",
    "xpack.security.transport.filter.deny: '*.google.com'\n",
    "xpack.security.http.filter.allow: ['a*b.c', 10.*.0.1, _all]\n",
    "monitor.jvm.gc.overhead.debug: 20\n",
    "monitor.jvm.gc.collector.old: { warn: 10s, info: 10s, debug: 20s }\n",
    "search.default_keep_alive: 24h\n",
    "http.cors: { enabled: true, allow-methods: 'get, OPTIONS,,trace', allow-origin: '/https?:.*/' }\n",
    "http.publish_port: 65535\n",
    "remote_cluster.publish_port: 70000\n",
    "thread_pool: { write.size: 2, warmer.core: 1, snapshot.max: 5, generic: { core: 3, max: 3 } }\n",
    "xpack.security.authc.api_key.cache.hash_algo: MD5\n",
    "xpack.security.authc.realms.native.n1.order: 0\n",
    "xpack.security.authc.realms.file.f1.enabled: false\n",
    "xpack.security.authc.realms.pki.p1: { order: 1, authorization_realms: n1 }\n",
    "xpack.security.authc.realms.ldap.l1:\n  order: 2\n  url: ['ldap://a:389', 'LDAP://b']\n  user_search.base_dn: dc=x\n",
    "xpack.security.authc.realms.active_directory.a1: { order: 3, domain_name: a.b }\n",
    "xpack.security.authc.domains.d1.realms: [n1]\n",
];

/// A node starts with none of these.
const BROKEN: &[&str] = &[
    "cluster.initial_master_nodes: []",
    "node.roles: [data]",
    "thread_pool.write.size: abc",
    "thread_pool.generic.max: 3",
    "monitor.jvm.gc.overhead.debug: 90",
    "monitor.jvm.gc.collector.old.warn: 10s",
    "search.default_keep_alive: 25h",
    "http.cors: { enabled: true, allow-methods: 'GET, FOO BAR' }",
    "http.cors: { enabled: true, allow-origin: '/(/' }",
    "http.publish_port: 70000",
    "xpack.security.authc.api_key.cache.hash_algo: foo",
    "xpack.security.authc.api_key.cache.max_keys: -1",
    "xpack.security.fips_mode.enabled: true\nxpack.security.authc.password_hashing.algorithm: bcrypt",
    "xpack.security.authc.realms.native.n1.cache.ttl: 5m",
    "xpack.security.authc.realms.native: { n1.enabled: false, n2.order: 1 }",
    "xpack.security.authc.realms: { native.n1.order: 0, file.f1.order: 0 }",
    "xpack.security.authc.realms: { native.a.order: 0, file.a.order: 1 }",
    "xpack.security.authc.realms.ldap.l1: { order: 1, user_search.base_dn: dc=x }",
    "xpack.security.authc.realms.ldap.l1: { order: 1, url: 'http://a', user_search.base_dn: dc=x }",
    "xpack.security.authc.realms.ldap.l1: { order: 1, url: 'ldap://a' }",
    "xpack.security.authc.realms.active_directory.a1.order: 1",
    "xpack.security.authc.realms.pki.p1: { order: 1, authorization_realms: n1 }",
    "xpack.security.authc.realms.jwt.j1: { order: 1, allowed_issuer: a }",
    "xpack.security.authc.domains.d1.realms: [n1]",
    "xpack.security.authc.domains.d1.uid_generation.suffix: a",
];
