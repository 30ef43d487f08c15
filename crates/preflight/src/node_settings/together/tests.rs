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
        ("http.publish_port: 70000", "http.publish_port: 9200"),
        (
            "xpack.security.authc.api_key.cache.hash_algo: foo",
            "xpack.security.authc.api_key.cache.hash_algo: ssha256",
        ),
        (
            "cluster.lifecycle.default.rollover: foo",
            "cluster.lifecycle.default.rollover: 'max_age=auto,min_docs=1'",
        ),
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
    let head: String = [
        "order: 1",
        "claims.principal: sub",
        "op.authorization_endpoint: https://op.example/a",
        "op.issuer: op.example",
        "rp.client_id: a",
        "rp.redirect_uri: https://kibana.example/a",
        "rp.response_type: id_token",
    ]
    .map(|line| format!("{realm}.{line}\n"))
    .concat();
    let head = format!("{head}xpack.security.authc.token.enabled: true\n");
    let path = format!("{head}{realm}.op.jwkset_path: http://op.example/keys\n");
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

/// As the sources of the modules have it.
#[test]
fn values_of_modules_are_errors_or_not_known() {
    for (broken, kept) in [
        ("thread_pool.write.size: abc", "thread_pool.write.size: 2"),
        ("thread_pool.search.queue_size: 10k", "thread_pool.search.queue_size: 10000"),
        ("thread_pool.search.size: -5", "thread_pool.search.size: 50"),
        (
            "xpack.monitoring.collection.enabled: perhaps",
            "xpack.monitoring.collection.enabled: true",
        ),
        ("xpack.ml.max_open_jobs: abc", "xpack.ml.max_open_jobs: 20"),
        ("script.painless.regex.enabled: maybe", "script.painless.regex.enabled: limited"),
        ("slm.retention_schedule: every day", "slm.retention_schedule: 0 30 1 * * ?"),
        ("indices.lifecycle.poll_interval: 100ms", "indices.lifecycle.poll_interval: 1m"),
        (
            "reindex.remote.whitelist: '*'",
            "reindex.remote.whitelist: [otherhost:9200, '127.0.10.*:9200']",
        ),
        ("ingest.geoip.downloader.enabled: 'no'", "ingest.geoip.downloader.enabled: false"),
    ] {
        check(broken, &["PF121"]);
        check(kept, &[]);
    }
    check("s3.client.default.secret_key: x", &["PF082"]);
    check("enrich.cache_size: 1%", &["PF112"]);
    let account = "xpack.notification.email.default_account: a\n";
    check(account, &["PF112"]);
    check(&format!("{account}xpack.notification.email.account.a.smtp.host: b"), &[]);
    check("xpack.sql.enabled: true", &["PF114"]);
}

#[test]
fn what_hangs_on_the_machine_is_not_known_or_noted() {
    check("thread_pool.write.size: 1000", &["PF112"]);
    check("node.processors: 8\nthread_pool.write.size: 9", &["PF135"]);
    check("node.processors: 8\nthread_pool.write.size: 10", &["PF135", "PF122"]);
    check("thread_pool.snapshot.max: 5", &[]);
    check("thread_pool.generic.max: 3", &["PF122"]);
    check("thread_pool.generic.core: 3\nthread_pool.generic.max: 3", &[]);
    check("thread_pool.warmer.core: 3", &["PF112"]);
    check("thread_pool.warmer.core: 3\nthread_pool.warmer.max: 2", &["PF122"]);
    check("node.processors: 0.5", &[]);
    check("discovery.seed_providers: ec2", &[]);
    check("discovery.seed_providers: foo", &["PF112"]);
}

/// A node knows where it lies; whoever reads its file does not.
#[test]
fn the_home_of_a_node_is_known_to_the_node() {
    check("path.repo: ${path.home}/snap", &[]);
    check("xpack.ml.model_repository: 'file://${path.home}/config/models/'", &[]);
    check("xpack.ml.model_repository: '${path.home}/models'", &["PF124"]);
    check("http.port: ${path.home}", &["PF124"]);
    check("http.port: ${HOSTNAME}", &["PF124"]);
    check("node.name: ${HOSTNAME}-${NOWHERE}", &["PF124"]);
    check("node.name: ${HOSTNAME}-${}", &["PF079"]);
    let transport = "xpack.security.transport.ssl";
    let pem = format!("{transport}.enabled: true\n{transport}.certificate: a.crt\n{transport}.key");
    check(&format!("{pem}: ${{path.home}}/a.key"), &["PF124"]);
    let realm = "xpack.security.authc.realms.pki.p1";
    check(&format!("{realm}.order: 1\n{realm}.truststore.path: ${{path.home}}/a"), &["PF124"]);
}

/// As the published code has it: it throws when the node makes its parts.
#[test]
fn levels_and_names_beside_each_other() {
    let collector = "monitor.jvm.gc.collector.old";
    check("monitor.jvm.gc.overhead.debug: 90", &["PF122"]);
    check("monitor.jvm.gc.overhead.debug: 20", &[]);
    check(&format!("{collector}.warn: 10s"), &["PF122"]);
    check(&format!("{collector}.warn: 10s\n{collector}.info: 5s\n{collector}.debug: 2s"), &[]);
    check("search.default_keep_alive: 25h", &["PF122"]);
    check("search.default_keep_alive: 25h\nsearch.max_keep_alive: 2d", &[]);
    check("search.default_keep_alive: 10m\nsearch.max_keep_alive: 5m", &["PF122"]);
    check("discovery.type: single-node\ncluster.initial_master_nodes: a", &["PF122"]);
    check("discovery.type: single-node\nnode.roles: [data]", &["PF122"]);
    check("discovery.type: single-node\nnode.roles: [data, master]", &[]);
    check("cluster.initial_master_nodes: [a, b, a]", &["PF122"]);
    let methods = "http.cors.allow-methods: 'GET, FOO BAR'\n";
    check(methods, &[]);
    check(&format!("{methods}http.cors.enabled: true"), &["PF122"]);
    check("http.cors.enabled: true\nhttp.cors.allow-methods: get, OPTIONS", &[]);
    check("http.cors.enabled: true\nhttp.cors.allow-origin: '/(/'", &["PF122"]);
    check("http.cors.enabled: true\nhttp.cors.allow-origin: '/https?:.*/'", &[]);
    check("remote_cluster.publish_port: 70000", &[]);
    check("xpack.security.fips_mode.enabled: true", &[]);
    let hashing = "xpack.security.authc.password_hashing.algorithm";
    check(&format!("xpack.security.fips_mode.enabled: true\n{hashing}: bcrypt"), &["PF122"]);
    check(&format!("xpack.security.fips_mode.enabled: true\n{hashing}: pbkdf2"), &[]);
    check("xpack.http.proxy.host: a", &["PF122"]);
    check("xpack.monitoring.exporters.e.type: http", &["PF122"]);
    check("xpack.monitoring.exporters.e.host: 'a:9200'", &["PF122"]);
    check(
        "xpack.monitoring.exporters.e.type: http\nxpack.monitoring.exporters.e.host: ['a:9200']",
        &[],
    );
    check("xpack.searchable.snapshot.shared_cache.size: 4TB", &[]);
    check("xpack.searchable.snapshot.shared_cache.size: 90%\nnode.roles: [data_hot]", &["PF122"]);
}

/// As `Realms` of the published code has it.
#[test]
fn realms_have_orders_and_what_their_types_need() {
    let realm = |lines: &str, codes: &[&str]| {
        let line = |line: &str| format!("xpack.security.authc.realms.{line}\n");
        let text: String = lines.split('|').map(line).collect();
        check(&text, codes);
        check(&format!("{text}xpack.security.enabled: false\n"), &[]);
    };
    realm("native.n1.cache.ttl: 5m", &["PF122"]);
    realm("native.n1.enabled: false", &[]);
    realm("native.n1.order: 0|file.f1.order: 1", &[]);
    realm("native.n1.order: 0|native.n2.order: 1", &["PF122"]);
    realm("native.n1.order: 0|file.f1.order: 0", &["PF122"]);
    realm("native.a.order: 0|file.a.order: 1", &["PF122"]);
    realm("native.n1.order: 0|native.n1.cache.max_users: -1", &["PF122"]);
    let ldap = "ldap.l.order: 1|ldap.l.user_search.base_dn: dc=x";
    realm(ldap, &["PF122"]);
    realm(&format!("{ldap}|ldap.l.url: 'http://a'"), &["PF122"]);
    realm(&format!("{ldap}|ldap.l.url: ['ldap://a', 'ldaps://b']"), &["PF122"]);
    realm(&format!("{ldap}|ldap.l.url: ['ldaps://a:636', 'ldaps://b']"), &[]);
    realm(
        &format!("{ldap}|ldap.l.url: ldaps://a|ldap.l.user_dn_templates: 'uid={{0}}'"),
        &["PF122"],
    );
    realm("ldap.l.order: 1|ldap.l.url: 'ldaps://a'", &["PF122"]);
    realm("active_directory.a.order: 1", &["PF122"]);
    realm("active_directory.a.order: 1|active_directory.a.domain_name: a.b", &[]);
    realm("pki.p.order: 1|pki.p.authorization_realms: n", &["PF122"]);
    realm("pki.p.order: 1|pki.p.authorization_realms: n|native.n.order: 2", &[]);
    realm("saml.s.order: 1", &["PF122"]);
}

/// A variable that is not set here is no proof of anything: PF124 says so, and no error beside it.
#[test]
fn what_a_variable_stands_for_is_no_contradiction() {
    for text in [
        "xpack.http.proxy.host: ${H}\nxpack.http.proxy.port: 80",
        "xpack.security.authc.realms.oidc.o1.http.proxy.host: ${H}\n\
         xpack.security.authc.realms.oidc.o1.http.proxy.port: 80\n\
         xpack.security.authc.realms.oidc.o1.enabled: false\n\
         xpack.security.authc.realms.oidc.o1.order: 3",
        "xpack.monitoring.exporters.e.type: ${T}\nxpack.monitoring.exporters.e.host: 'http://a'",
        "cluster.remote.a.mode: ${M}\ncluster.remote.a.proxy_address: 'b:9300'",
        "monitor.jvm.gc.overhead.debug: ${D}\nmonitor.jvm.gc.overhead.info: 5",
        "node.roles: [voting_only, '${R}']",
        "cluster.routing.allocation.disk.watermark.low: ${L}\n\
         cluster.routing.allocation.disk.watermark.high: 50%",
    ] {
        let settings =
            NodeSettings::parse("elasticsearch.yml", text.as_bytes(), &|_| None).unwrap();
        let codes = settings.report.findings().iter().map(|finding| finding.rule().code);
        let codes: Vec<_> = codes.collect();
        assert!(codes.contains(&"PF124") && !codes.contains(&"PF122"), "{text}: {codes:?}");
    }
}

/// However many settings are known, one that is not known is told.
#[test]
fn a_value_that_is_not_known_is_told_behind_many_that_are() {
    let known = (0..1200).map(|n| {
        format!("cluster.remote.a{n}.skip_unavailable: true\ncluster.remote.a{n}.seeds: 'b:1'\n")
    });
    let text = known.collect::<String>() + "discovery.seed_providers: azure-classic\n";
    check(&text, &["PF112"]);
}

/// Nothing that may be a password is shown, in whatever way it is written.
#[test]
fn no_finding_shows_a_secret() {
    for text in [
        "xpack.monitoring.exporters.e.host: 'http://elastic:hunter2@a'",
        "node.roles: [voting_only] # old password hunter2",
        "http.port: 'https://u:hunter2@x'",
        "xpack.security.transport.ssl.keystore.password: >\n  hunter2\nhttp.port: x",
    ] {
        let settings =
            NodeSettings::parse("elasticsearch.yml", text.as_bytes(), &|_| None).unwrap();
        assert!(!settings.report.findings().is_empty(), "{text}");
        let shown = format!("{:?}", settings.report);
        assert!(!shown.contains("hunter2"), "{text}: {shown}");
    }
}
