//! What Elasticsearch refuses in TLS settings, and what it makes of the others.

use super::*;

fn settings(text: &str) -> NodeSettings {
    let environment = |name: &str| (name == "CERTS").then(|| "certs".to_owned());
    NodeSettings::parse("config/elasticsearch.yml", text.as_bytes(), &environment).unwrap()
}

/// The code, line and column of each finding.
fn findings(text: &str) -> Vec<(&'static str, usize, usize)> {
    let report = settings(text).report;
    let findings = report.findings().iter();
    findings
        .map(|finding| {
            let (line, column) = finding.place().unwrap();
            (finding.rule().code, line, column)
        })
        .collect()
}

#[test]
fn flat_and_nested_settings_are_read_with_placeholders() {
    let flat = "xpack.security.transport.ssl.enabled: true\n\
        xpack.security.transport.ssl.keystore.path: ${CERTS}/node1.p12\n\
        xpack.security.transport.ssl.truststore.path: ${TRUST:ca}.p12\n\
        xpack.security.transport.ssl.verification_mode: Certificate\n\
        transport.publish_host: es1.example.com\n";
    let nested = "xpack.security.transport.ssl:\n  enabled: true\n  keystore.path: ${CERTS}/node1.p12\n  \
        truststore:\n    path: ${TRUST:ca}.p12\n  verification_mode: Certificate\n\
        transport:\n  publish_host: es1.example.com\n";
    for text in [flat, nested] {
        let settings = settings(text);
        assert!(settings.report.is_empty(), "{:?}", settings.report);
        assert_eq!(settings.publish_host.as_deref(), Some("es1.example.com"));
        let [context] = settings.contexts.as_slice() else { panic!("{}", settings.contexts.len()) };
        assert_eq!(context.kind, ContextKind::Transport);
        assert_eq!(context.mode, crate::VerificationMode::Certificate);
        let Some(IdentityFiles::KeyStore(store)) = &context.identity else { panic!("{text}") };
        assert_eq!(store.file.path, "certs/node1.p12");
        let TrustFiles::Store(store) = &context.trust else { panic!("{text}") };
        assert_eq!(store.file.path, "ca.p12");
    }
}

#[test]
fn a_context_counts_where_it_is_in_use() {
    let kinds = |text: &str| {
        let contexts = settings(text).contexts;
        contexts.iter().filter(|one| one.is_in_use).map(|one| one.kind).collect::<Vec<_>>()
    };
    let server = "xpack.security.remote_cluster_server.ssl.keystore.path: a.p12\n";
    assert_eq!(kinds(server), []);
    let enabled = format!("remote_cluster_server.enabled: true\n{server}");
    assert_eq!(kinds(&enabled), [ContextKind::RemoteClusterServer]);
    let client = "xpack.security.remote_cluster_client.ssl.certificate_authorities: ca.crt\n";
    assert_eq!(kinds(client), [ContextKind::RemoteClusterClient]);
    assert_eq!(kinds("xpack.security.transport.ssl.enabled: false"), []);
    assert_eq!(kinds("cluster.name: x"), []);
}

#[test]
fn contradictions_are_found_where_they_stand() {
    #[track_caller]
    fn check(text: &str, expected: &[(&'static str, usize, usize)]) {
        let indented: String = text.lines().map(|line| format!("  {line}\n")).collect();
        assert_eq!(findings(&format!("xpack.security.transport.ssl:\n{indented}")), expected);
    }

    check(
        "enabled: true\nkeystore.path: a\ncertificate_authorities: [a]\ntruststore.path: b",
        &[("PF050", 5, 3)],
    );
    check(
        "enabled: true\nkeystore.path: a\nkey: b\ncertificate: c",
        &[("PF050", 4, 3), ("PF050", 5, 3)],
    );
    check("enabled: true\nkey: b", &[("PF050", 3, 3)]);
    check("enabled: true\ncertificate: b", &[("PF050", 3, 3)]);
    check("keystore.path: a", &[("PF050", 2, 3)]);
    check("enabled: true", &[("PF050", 2, 3)]);
    check("enabled: false", &[]);
    check("enabled: true\nkeystore.path: a", &[]);
}

#[test]
fn unknown_settings_and_values_are_found_where_they_stand() {
    #[track_caller]
    fn check(line: &str, expected: &[(&'static str, usize, usize)]) {
        let text = "xpack.security.transport.ssl.enabled: true\n\
            xpack.security.transport.ssl.keystore.path: a.p12\n"
            .to_owned();
        assert_eq!(findings(&(text + line)), expected, "{line}");
    }

    const PREFIX: &str = "xpack.security.transport.ssl";
    check(&format!("{PREFIX}.truststore.pass: x"), &[("PF078", 3, 1)]);
    check(&format!("{PREFIX}.verification_mode: strict"), &[("PF079", 3, 49)]);
    check(&format!("{PREFIX}.verification_mode: NONE"), &[("PF117", 3, 49)]);
    check(&format!("{PREFIX}.client_authentication: want"), &[("PF079", 3, 53)]);
    check(&format!("{PREFIX}.supported_protocols: [TLSv1.3, TLS1.2]"), &[("PF079", 3, 61)]);
    check(&format!("{PREFIX}.supported_protocols: TLSv1.1"), &[("PF079", 3, 1)]);
    check(&format!("{PREFIX}.supported_protocols: [TLSv1.2, TLSv1.1]"), &[]);
    check(&format!("{PREFIX}.trust_restrictions.x509_fields: foo.bar"), &[("PF079", 3, 62)]);
    check(&format!("{PREFIX}.truststore.path: ${{NOWHERE}}/a"), &[("PF124", 3, 47)]);
    check(&format!("{PREFIX}.keystore.password: x"), &[("PF080", 3, 1)]);
    check(&format!("{PREFIX}.keystore.secure_password: x"), &[("PF082", 3, 1)]);
    check("xpack.security.remote_cluster_client.ssl.client_authentication: none", &[]);
    check("xpack.security.remote_cluster_client.ssl.keystore.password: x", &[("PF078", 3, 1)]);
    check("remote_cluster_server.enabled: true", &[("PF050", 3, 1)]);
}

/// Which findings there are of lines below `xpack.security.transport.ssl`.
#[track_caller]
fn check_transport(lines: &str, expected: &[&str]) {
    let indented: String = lines.lines().map(|line| format!("  {line}\n")).collect();
    let found = findings(&format!("xpack.security.transport.ssl:\n  enabled: true\n{indented}"));
    let codes: Vec<&str> = found.into_iter().map(|(code, _, _)| code).collect();
    assert_eq!(codes, expected, "{lines}");
}

/// As Elasticsearch 8.19 and 9.5 answer: `tests/elasticsearch/start.rs` asks them.
#[test]
fn what_is_empty_is_not_set() {
    let pem = "certificate: a.crt\nkey: a.key\n";
    for empty in [
        "keystore.path: ''",
        "truststore.path: ''",
        "verification_mode: ''",
        "client_authentication: ''",
        "certificate_authorities: []",
        "certificate_authorities: ''",
        "supported_protocols: []",
        "cipher_suites: ''",
        "trust_restrictions.path: ''",
    ] {
        check_transport(&format!("{pem}{empty}"), &[]);
    }
    check_transport(&format!("{pem}certificate_authorities: ['']"), &["PF079"]);
    check_transport("certificate: ''\nkey: ''", &["PF050"]);
    check_transport("certificate: ''\nkey: a.key", &["PF050"]);
    check_transport("keystore.path: a.p12\nkeystore.type: ''\nkeystore.algorithm: ''", &[]);
}

#[test]
fn types_and_algorithms_count_where_a_store_is_read() {
    let store = "keystore.path: a.p12\n";
    for name in ["PFX", "PKCS11", "PEM", "p12", "BCFKS"] {
        check_transport(&format!("{store}keystore.type: {name}"), &["PF079"]);
        check_transport(&format!("{store}truststore.type: {name}"), &[]);
        check_transport(
            &format!("{store}truststore.path: b.p12\ntruststore.type: {name}"),
            &["PF079"],
        );
    }
    for name in ["jks", "PKCS12", "jceks", "DKS", "CaseExactJKS"] {
        check_transport(&format!("{store}keystore.type: {name}"), &[]);
    }
    check_transport(&format!("{store}keystore.algorithm: PKIX"), &[]);
    check_transport(&format!("{store}keystore.algorithm: X509"), &["PF079"]);
    let trust = "keystore.path: a.p12\ntruststore.path: b.p12\n";
    check_transport(&format!("{trust}truststore.algorithm: x.509"), &[]);
    check_transport(&format!("{trust}truststore.algorithm: NewSunX509"), &["PF079"]);
    check_transport(&format!("{trust}truststore.algorithm: SunX509"), &["PF112"]);
    check_transport(
        &format!("{trust}verification_mode: none\ntruststore.algorithm: Foo"),
        &["PF117"],
    );
}

#[test]
fn a_time_has_a_unit() {
    let head = "xpack.security.transport.ssl.enabled: true\n\
        xpack.security.transport.ssl.keystore.path: a.p12\n";
    for (time, expected) in
        [("10s", 0), ("500ms", 0), ("-1", 0), ("10", 1), ("foo", 1), ("1.5s", 1)]
    {
        let line = format!("xpack.security.transport.ssl.handshake_timeout: '{time}'\n");
        let found = findings(&format!("{head}{line}"));
        let refused = found.iter().filter(|(code, _, _)| *code == "PF079");
        assert_eq!(refused.count(), expected, "{time}");
    }
}

#[test]
fn cipher_suites_are_told_apart_by_the_releases_that_have_them() {
    #[track_caller]
    fn check(suites: &str, expected: &[&str]) {
        let head = "xpack.security.transport.ssl.enabled: true\n\
            xpack.security.transport.ssl.keystore.path: a.p12\n";
        let found =
            findings(&format!("{head}xpack.security.transport.ssl.cipher_suites: {suites}\n"));
        let codes: Vec<&str> = found.into_iter().map(|(code, _, _)| code).collect();
        assert_eq!(codes, expected, "{suites}");
    }

    check("[TLS_AES_128_GCM_SHA256, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]", &[]);
    check("[FOO]", &["PF079"]);
    check("[tls_aes_128_gcm_sha256]", &["PF079"]);
    check("[FOO, TLS_AES_128_GCM_SHA256]", &["PF111"]);
    check("[TLS_RSA_WITH_AES_128_CBC_SHA]", &["PF112"]);
    check("[TLS_RSA_WITH_AES_128_CBC_SHA, TLS_AES_128_GCM_SHA256]", &[]);
}

#[test]
fn tls_that_is_switched_off_is_told_where_there_are_settings_of_it() {
    let off = "xpack.security.enabled: false\n";
    let transport = "xpack.security.transport.ssl.enabled: true\n\
        xpack.security.transport.ssl.keystore.path: a.p12\n";
    assert_eq!(findings(&format!("{off}{transport}")), [("PF110", 1, 1)]);
    assert_eq!(findings(off), []);
    assert_eq!(findings("xpack.security.transport.ssl.enabled: false\n"), []);
    let disabled = transport.replace("true", "false");
    assert_eq!(findings(&disabled), [("PF110", 1, 1)]);
    assert!(settings(&disabled).contexts.iter().all(|context| !context.is_in_use));
}

#[test]
fn further_contexts_are_read_and_checked_like_the_first() {
    for prefix in [
        "transport.profiles.client.xpack.security.ssl",
        "xpack.security.authc.realms.ldap.l1.ssl",
        "xpack.monitoring.exporters.e1.ssl",
        "xpack.http.ssl",
        "cluster.remote.east.signing",
    ] {
        let found = findings(&format!("{prefix}.certificate: a.crt\n"));
        assert_eq!(found.first(), Some(&("PF050", 1, 1)));
        let settings = settings(&format!("{prefix}.certificate: a.crt\n{prefix}.key: b.key\n"));
        let [context] = settings.contexts.as_slice() else { panic!("{prefix}") };
        assert!(
            matches!(&context.identity, Some(IdentityFiles::Pem { key, .. }) if key.path == "b.key")
        );
    }
    let trust = settings("cluster.remote.signing.certificate_authorities: [a.crt, b.crt]\n");
    assert!(matches!(&trust.contexts[0].trust, TrustFiles::Authorities(files) if files.len() == 2));
    // What begins like it belongs to a cluster of that name.
    assert_eq!(findings("cluster.remote.signing.seeds: 'a:9300'\n"), []);
}

/// Each is compared with all names that are registered.
#[test]
fn of_very_many_unknown_settings_the_first_are_told() {
    let lines = |group: &str| (0..1_500).map(|n| format!("{group}.s{n}: x\n")).collect::<String>();
    let count = |text: &str, code: &str| findings(text).iter().filter(|one| one.0 == code).count();
    assert_eq!(count(&lines("http"), "PF078"), 1000);
    assert_eq!(count(&lines("searchguard"), "PF114"), 1000);
}

#[test]
fn a_secret_is_not_shown() {
    for (name, code) in [
        ("xpack.security.transport.ssl.keystore.password", "PF080"),
        ("cluster.remote.east.credentials", "PF082"),
    ] {
        let report = settings(&format!("{name}: geheim\n")).report;
        let codes = report.findings().iter().map(|finding| finding.rule().code);
        let codes: Vec<_> = codes.collect();
        assert!(codes.contains(&code), "{codes:?}");
        let shown =
            crosstrust_report::print::human(&report, crosstrust_report::print::Layout::default());
        assert!(!shown.contains("geheim"), "{shown}");
    }
}

#[test]
fn named_files_are_judged_by_what_was_seen() {
    let text = "xpack.security.transport.ssl.enabled: true\n\
        xpack.security.transport.ssl.keystore.path: /srv/a.p12\n";
    let settings = settings(text);
    let Some(IdentityFiles::KeyStore(store)) = &settings.contexts[0].identity else { panic!() };
    let check = |facts: FileFacts| {
        let report = settings.check_file(&store.file, &facts);
        let codes = report.findings().iter().map(|finding| finding.rule().code);
        assert!(report.findings().iter().all(|finding| finding.place() == Some((2, 45))));
        codes.collect::<Vec<_>>()
    };
    let facts = FileFacts { holds_key: true, ..FileFacts::default() };
    assert!(check(facts.clone()).is_empty());
    assert!(check(FileFacts { permissions: Some(0o660), ..facts.clone() }).is_empty());
    assert_eq!(check(FileFacts { permissions: Some(0o644), ..facts.clone() }), ["PF049"]);
    assert!(check(FileFacts { permissions: Some(0o644), ..FileFacts::default() }).is_empty());
    assert_eq!(check(FileFacts { permissions: Some(0o666), ..FileFacts::default() }), ["PF049"]);
    assert_eq!(check(FileFacts { outside: true, ..facts }), ["PF093"]);
    let problem = Some("no such file".to_owned());
    assert_eq!(check(FileFacts { problem, ..FileFacts::default() }), ["PF081"]);
}

/// That the later counts is what Elasticsearch's loader says: `tests/elasticsearch/settings.rs` asks it.
#[test]
fn a_setting_that_is_there_twice_is_told_where_it_does_not_count() {
    let flat = "cluster.name: a\nnode.name: n\n";
    let nested = "cluster:\n  name: b\n";
    let tls = "xpack.security.transport.ssl.enabled: false\n";
    assert_eq!(findings(&format!("{flat}{nested}{tls}"))[0], ("PF136", 1, 1));
    assert_eq!(findings(&format!("{nested}{flat}{tls}"))[0], ("PF136", 2, 3));
    assert!(findings(&format!("{flat}{tls}")).iter().all(|(code, ..)| *code != "PF136"));
}
