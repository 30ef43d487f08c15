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
    let kinds = |text: &str| settings(text).contexts.iter().map(|c| c.kind).collect::<Vec<_>>();
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
    check(&format!("{PREFIX}.verification_mode: NONE"), &[]);
    check(&format!("{PREFIX}.client_authentication: want"), &[("PF079", 3, 53)]);
    check(&format!("{PREFIX}.supported_protocols: [TLSv1.3, TLS1.2]"), &[("PF079", 3, 61)]);
    check(&format!("{PREFIX}.supported_protocols: TLSv1.1"), &[("PF079", 3, 1)]);
    check(&format!("{PREFIX}.supported_protocols: [TLSv1.2, TLSv1.1]"), &[]);
    check(&format!("{PREFIX}.trust_restrictions.x509_fields: foo.bar"), &[("PF079", 3, 62)]);
    check(&format!("{PREFIX}.truststore.path: ${{NOWHERE}}/a"), &[("PF079", 3, 47)]);
    check(&format!("{PREFIX}.keystore.password: x"), &[("PF080", 3, 1)]);
    check(&format!("{PREFIX}.keystore.secure_password: x"), &[("PF082", 3, 1)]);
    check(
        "xpack.security.remote_cluster_client.ssl.client_authentication: none",
        &[("PF078", 3, 1)],
    );
    check("xpack.security.remote_cluster_client.ssl.keystore.password: x", &[("PF078", 3, 1)]);
    check("remote_cluster_server.enabled: true", &[("PF050", 3, 1)]);
}

#[test]
fn a_password_is_not_shown() {
    let text = "xpack.security.transport.ssl.keystore.password: geheim\n";
    let report = settings(text).report;
    assert!(report.findings().iter().any(|finding| finding.rule().code == "PF080"));
    let shown = crosstrust_report::print::human(&report, crosstrust_report::print::Style::Plain);
    assert!(!shown.contains("geheim"), "{shown}");
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
