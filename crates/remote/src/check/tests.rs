//! Tests of the rules: each on a connection that breaks it alone.

use crosstrust_report::Finding;
use crosstrust_settings::SettingsFile;
use crosstrust_testkit::{fixture, fixture_path};
use crosstrust_x509::{Certificate, Timestamp};

use super::{Subject, check, rules};
use crate::connection::Connection;
use crate::plan::{Material, NodeCertificate};
use crate::role::SecurityRole;

const CLEAN: &str = "\
alias: my-remote
model: tls
local:
  platform: self-managed
  version: 8.19.0
  ca: ca.crt
  node_names: [a.example.com]
remote:
  platform: ech
  version: 8.19.0
  endpoint: es.example.com
  cluster_id: cf659f7fe6164d9691b284ae36811be1
  scope_id: \"1053523734\"
  account_id: ec38dd0aa45f4a69909ca5c81c27138a
  deployment_id: 2ab7f4c1d9e84f6c8b3a5d7e9f102938
  ca: other.crt
access: {search: [{names: [a]}], replication: [{names: [b]}]}
";

fn certificate(name: &str) -> Certificate {
    use crosstrust_keystore::open::open;
    let contents = open(&fixture(name), &[]).unwrap();
    contents.certificates()[0].clone()
}

fn codes(text: &str, material: &Material, now: &str) -> Vec<&'static str> {
    let connection = Connection::parse(text).unwrap();
    let now = Timestamp::parse_rfc3339(now).unwrap();
    let subject = Subject { path: "connection.yml", text, connection: &connection, material, now };
    let codes =
        check(&subject).findings().iter().map(|finding| finding.rule().code).collect::<Vec<_>>();
    // What every connection like this one has, and settings of which a test shows a line or two.
    codes.into_iter().filter(|code| !["RC037", "RC044", "RC058", "RC066"].contains(code)).collect()
}

#[test]
fn each_rule_finds_what_it_is_for() {
    #[track_caller]
    fn check(from: &str, to: &str, expected: &[&str]) {
        assert!(CLEAN.contains(from), "{from}");
        let text = CLEAN.replacen(from, to, 1);
        assert_eq!(codes(&text, &Material::default(), "2026-11-22T00:00:00Z"), expected);
    }

    check("alias", "alias", &[]);
    check("8.19.0\n  endpoint", "8.17.0\n  endpoint", &["RC001"]);
    check("8.19.0\n  ca", "8.18.0\n  ca", &["RC002"]);
    check("8.19.0\n  ca", "9.0.0\n  ca", &["RC001", "RC004"]);
    check("endpoint: es.example.com", "endpoint: es.example.com:9443", &["RC005"]);
    check("endpoint: es.example.com", "endpoint: es.example.com:9300", &["RC005"]);
    check("2ab7f4c1d9e84f6c8b3a5d7e9f102938", "cf659f7fe6164d9691b284ae36811be1", &["RC006"]);
    check("cf659f7fe6164d9691b284ae36811be1", "CF659F7F", &["RC007"]);
    check("\"1053523734\"", "ec38dd0aa45f4a69909ca5c81c27138a", &["RC008"]);
    check("access", "trust: {local_accepts: scope}\naccess", &["RC014"]);
}

#[test]
fn certificates_are_judged() {
    let mut material = Material::default();
    material.local.authorities = vec![certificate("cluster/ca.crt")];
    let clean = codes(CLEAN, &material, "2026-11-22T00:00:00Z");
    assert!(clean.is_empty(), "{clean:?}");
    assert_eq!(codes(CLEAN, &material, "2099-12-01T00:00:00Z"), ["RC011"]);
    material.local.files_with_key = vec!["ca.p12".to_owned()];
    assert_eq!(codes(CLEAN, &material, "2026-11-22T00:00:00Z"), ["RC009"]);
    material.local.files_with_key.clear();
    let node = |name: &str| NodeCertificate {
        label: name.to_owned(),
        certificate: certificate(&format!("cluster/nodes/{name}.crt")),
        obstacles: Vec::new(),
    };
    material.local.nodes = vec![node("self-managed-1")];
    let clean = codes(CLEAN, &material, "2026-11-22T00:00:00Z");
    assert!(clean.is_empty(), "{clean:?}");
    material.local.nodes.push(node("other-ca"));
    assert_eq!(codes(CLEAN, &material, "2026-11-22T00:00:00Z"), ["RC013"]);
}

#[test]
fn settings_that_the_kit_would_clash_with_are_found() {
    #[track_caller]
    fn check(settings: &str, expected: &[&str]) {
        let mut material = Material::default();
        material.local.elasticsearch_yml = Some(SettingsFile::parse(settings.as_bytes()));
        assert_eq!(codes(CLEAN, &material, "2026-11-22T00:00:00Z"), expected, "{settings}");
    }

    check("cluster.name: a\nnode.roles: [data, remote_cluster_client]\n", &[]);
    check("", &[]);
    check("node.roles: [data]\n", &["RC016"]);
    check("node: {roles: []}\n", &["RC016"]);
    check("node.roles: data,remote_cluster_client\n", &[]);
    check("node.roles: data, ingest\n", &["RC016"]);
    check("node.roles.0: data\n", &["RC016"]);
    check("node.roles:\n  0: data\n  1: remote_cluster_client\n", &[]);
    check("node.roles: ''\n", &[]);
    check("node.roles: ${ROLES}\n", &[]);
    check("node.roles: [data]\nnode:\n  roles: [remote_cluster_client]\n", &["RC069"]);
    check("node.attr.x:\n", &["RC019"]);
    check("- node.roles: [data]\n", &["RC019"]);
    check("node.roles: [data]\nnode.roles.0: data\n", &["RC019"]);
    check("a: 1\na: 1\n", &["RC019"]);
    check("xpack.security.transport.ssl:\n  truststore.path: certs/transport.p12\n", &[]);
    check(
        "xpack.security.transport.ssl:\n  truststore.path: t.p12\n  certificate_authorities: ca.crt\n",
        &["RC015", "RC047"],
    );
    check("cluster: {remote: {my-remote: {credentials: x}}}\n", &["RC017"]);
    check("xpack.security.transport.ssl.trust_restrictions.path: trust.yml\n", &["RC018"]);
    check("a: *b\n", &[]);
    check("a: *b.c\n", &["RC019"]);
}

/// Each setting by which Elasticsearch does less than the connection needs, or something else.
#[test]
fn settings_that_undo_what_a_connection_needs_are_found() {
    #[track_caller]
    fn check(connection: &str, settings: &str, expected: &[&str]) {
        let mut material = Material::default();
        let side = if connection == CLEAN { &mut material.local } else { &mut material.remote };
        side.elasticsearch_yml = Some(SettingsFile::parse(settings.as_bytes()));
        assert_eq!(codes(connection, &material, "2026-11-22T00:00:00Z"), expected, "{settings}");
    }

    let tls = "xpack.security.transport.ssl";
    check(CLEAN, "xpack.security.enabled: false\n", &["RC056"]);
    check(CLEAN, "xpack: {security: {enabled: false}}\n", &["RC056"]);
    check(CLEAN, "xpack.security.enabled: ${SECURITY}\n", &[]);
    check(CLEAN, &format!("{tls}.enabled: false\n"), &["RC057"]);
    check(CLEAN, "xpack.security.http.ssl.enabled: false\n", &[]);
    check(CLEAN, &format!("{tls}.verification_mode: None\n"), &["RC059"]);
    check(CLEAN, &format!("{tls}.verification_mode: certificate\n"), &[]);
    for (mode, expected) in [("none", &["RC060"][..]), ("OPTIONAL", &["RC060"]), ("required", &[])]
    {
        check(CLEAN, &format!("{tls}.client_authentication: {mode}\n"), expected);
    }
    let remote = |key: &str, what: &str| format!("cluster.remote.my-remote.{key}: {what}\n");
    check(CLEAN, &remote("proxy_address", "es.example.com:9400"), &[]);
    check(CLEAN, &remote("proxy_address", "es.example.com:9300"), &["RC063"]);
    check(CLEAN, &remote("seeds", "[es.example.com:9400]"), &["RC063"]);
    check(CLEAN, &remote("skip_unavailable", "false"), &["RC063"]);
    check(CLEAN, "cluster.remote.other.mode: sniff\n", &[]);

    let own = "alias: my-remote\nmodel: api-key\nlocal: {platform: self-managed, version: 9.1.0}\n\
        remote: {platform: self-managed, version: 9.1.0, endpoint: es.example.com, ca: a.crt}\n\
        access: {search: [{names: [a]}]}\n";
    let on = "network.host: _site_\nremote_cluster_server.enabled: true\n";
    check(own, on, &[]);
    check(own, "network.host: _site_\n", &["RC062"]);
    check(own, &on.replace("true", "false"), &["RC062"]);
    check(
        own,
        &format!("{on}xpack.security.remote_cluster_server.ssl.enabled: false\n"),
        &["RC057"],
    );
    check(own, &format!("{on}{tls}.enabled: false\n{tls}.client_authentication: none\n"), &[]);
    check(own, &format!("{on}remote_cluster.port: 9444\n"), &["RC061"]);
    check(own, &format!("{on}remote_cluster.port: ${{PORT}}\n"), &[]);
    let mapped = own.replace("endpoint: es.example.com", "endpoint: \"es.example.com:9444\"");
    check(&mapped, on, &["RC061"]);
    check(&mapped, &format!("{on}remote_cluster.port: 9444\n"), &[]);
}

/// TLS is off unless it is set, and before version 8 security may be. From 8 on a node with other
/// settings of that TLS does not start: those that it has, or those that the kit adds.
#[test]
fn what_nothing_switches_on_is_told() {
    #[track_caller]
    fn check(version: &str, settings: &str, expected: &[(&str, &str)]) {
        let text = CLEAN.replace("8.19.0", version);
        let connection = Connection::parse(&text).unwrap();
        let mut material = Material::default();
        material.local.elasticsearch_yml = Some(SettingsFile::parse(settings.as_bytes()));
        let (path, now) = ("connection.yml", Timestamp::from_unix(0));
        let subject =
            Subject { path, text: &text, connection: &connection, material: &material, now };
        let report = super::check(&subject);
        let findings = report.findings().iter().map(|it| (it.rule().code, it.message()));
        let found = findings.filter(|(code, _)| ["RC058", "RC066"].contains(code));
        let found: Vec<_> =
            found.map(|(code, message)| (code, message.split('`').nth(1).unwrap())).collect();
        assert_eq!(found, expected, "{version} {settings}");
    }

    let (security, tls) = ("xpack.security.enabled", "xpack.security.transport.ssl.enabled");
    let key = "xpack.security.transport.ssl.key: a.key\n";
    for settings in ["a: b\n", key, "xpack: {security: {enabled: true}}\n"] {
        check("8.19.0", settings, &[("RC066", tls)]);
        check("8.0.0", settings, &[("RC066", tls)]);
    }
    check("8.19.0", &format!("{key}{tls}: true\n"), &[]);
    check("8.19.0", &format!("{key}{tls}: false\n"), &[]);
    check("8.19.0", &format!("{key}{tls}: ${{TLS}}\n"), &[]);
    check("7.17.29", key, &[("RC058", security), ("RC058", tls)]);
    check("7.17.29", &format!("{tls}: true\n"), &[("RC058", security)]);
    check("7.17.29", &format!("{tls}: true\n{security}: true\n"), &[]);
}

/// The findings about roles alone.
#[track_caller]
fn check_roles(text: &str, roles: &str, expected: &[&str]) {
    let roles = SecurityRole::parse_all("roles.json", roles).unwrap();
    let material = Material { roles, ..Material::default() };
    let connection = Connection::parse(text).unwrap();
    let now = Timestamp::from_unix(0);
    let subject =
        Subject { path: "connection.yml", text, connection: &connection, material: &material, now };
    let report = check(&subject);
    let found = report.findings().iter().filter(|finding| finding.rule().code == "RC026");
    let found: Vec<&str> = found.map(Finding::message).collect();
    assert_eq!(found, expected);
}

/// With API keys by alias, indices and privileges; with certificates as far as the local side says.
#[test]
fn roles_that_allow_nothing_are_found() {
    let search = "alias: my-remote\nmodel: api-key\n\
        local: {platform: self-managed, version: 9.1.0}\n\
        remote: {platform: ech, version: 9.1.0, endpoint: es.example.com}\n\
        access: {search: [{names: [\"logs-*\", metrics]}]}\n";
    let none = ["no role allows the search of `logs-*`, `metrics` on `my-remote`"];
    let role = |clusters: &str, names: &str, privileges: &str| {
        format!(
            "{{\"a\": {{\"remote_indices\": [{{\"clusters\": [\"{clusters}\"], \"names\": {names}, \
             \"privileges\": [\"{privileges}\"]}}]}}}}"
        )
    };
    check_roles(search, "{}", &none);
    check_roles(search, "{\"a\": {\"cluster\": []}}", &none);
    check_roles(search, &role("my-*", "[\"xxx-*\"]", "read"), &none);
    check_roles(search, &role("my-*", "[\"logs-*\", \"metrics\"]", "monitor"), &none);
    check_roles(search, &role("other", "[\"*\"]", "read"), &none);
    check_roles(search, &role("my-*", "[\"*\"]", "read"), &[]);
    check_roles(search, &role("*", "\"/(logs-app|metrics)/\"", "all"), &[]);
    // Less than the key allows is somebody's choice, as long as it is something.
    let rest = ["no role allows the search of `metrics` on `my-remote`"];
    check_roles(search, &role("my-remote", "[\"logs-app-*\"]", "read"), &rest);
    let reserved = role("*", "[\"*\"]", "all")
        .replace("{\"remote", "{\"metadata\": {\"_reserved\": true}, \"remote");
    check_roles(search, &reserved, &none);

    let both = search.replace("search:", "replication:");
    let follow = [
        "no role allows the replication of `logs-*`, `metrics` on `my-remote`",
        "no role has the cluster privilege `manage_ccr`",
    ];
    check_roles(&both, &role("my-*", "[\"*\"]", "read"), &follow);
    check_roles(&both, &role("my-*", "[\"*\"]", "cross_cluster_replication"), &follow[1..]);
    let leads = role("my-*", "[\"*\"]", "cross_cluster_replication")
        .replace("{\"remote", "{\"cluster\": [\"manage_ccr\"], \"remote");
    check_roles(&both, &leads, &[]);

    check_roles(CLEAN, "{}", &follow[1..]);
    check_roles(CLEAN, "{\"a\": {\"cluster\": [\"manage_ccr\"]}}", &[]);
    check_roles(&CLEAN.replace(", replication: [{names: [b]}]", ""), "{}", &[]);
}

/// A scope that nobody wrote is told as the platform's, and its remedy can be taken.
#[test]
fn a_scope_that_is_let_in_is_told_with_a_remedy_that_works() {
    let finding = |text: &str| {
        let connection = Connection::parse(text).unwrap();
        let (material, now) = (Material::default(), Timestamp::from_unix(0));
        let subject = Subject {
            path: "connection.yml",
            text,
            connection: &connection,
            material: &material,
            now,
        };
        let report = check(&subject);
        let found = report.findings().iter().find(|finding| finding.rule().code == "RC014");
        found.map(|finding| (finding.message().to_owned(), finding.help().to_owned()))
    };
    let side = "platform: ech, version: 9.1.0, scope_id: \"1\"";
    let same = format!(
        "alias: a\nmodel: tls\nlocal: {{{side}, cluster_id: a, account_id: x}}\n\
         remote: {{{side}, cluster_id: b, account_id: x, endpoint: es.example.com}}\n\
         access: {{search: [{{names: [a]}}]}}\n"
    );
    let (message, help) = finding(&same).unwrap();
    assert!(message.contains("`local_accepts` is not said"), "{message}");
    assert!(help.contains("write `trust: {local_accepts: cluster}`"), "{help}");
    assert_eq!(
        finding(&format!("{same}trust: {{local_accepts: cluster, remote_accepts: cluster}}\n")),
        None
    );

    let ids = "cluster_id: a, scope_id: \"1\", account_id: x, ca: a";
    let eck = format!(
        "alias: a\nmodel: tls\nlocal: {{platform: ech, version: 9.1.0, {ids}}}\n\
         remote: {{platform: eck, version: 9.1.0, name: q, endpoint: es.example.com, ca: b}}\n\
         access: {{search: [{{names: [a]}}]}}\ntrust: {{local_accepts: scope}}\n"
    );
    let (message, help) = finding(&eck).unwrap();
    assert_eq!(message, "`local_accepts` is `scope`");
    assert!(help.contains("write `cluster` and give `remote.node_sets`"), "{help}");
    let (message, help) = finding(&eck.replace("trust: {local_accepts: scope}\n", "")).unwrap();
    assert!(message.contains("nothing says which nodes `remote` has"), "{message}");
    assert!(help.contains("give `remote.node_sets`"), "{help}");
    let listed = eck.replace("name: q", "name: q, node_sets: [{name: a, count: 1}]");
    assert_eq!(finding(&listed.replace("accepts: scope", "accepts: cluster")), None);
    let named = eck.replace("name: q", "name: q, cluster_id: c, scope_id: s");
    assert_eq!(finding(&named.replace("accepts: scope", "accepts: cluster")), None);
}

/// Each has a connection that breaks it and one that keeps it, which the program is asked about.
#[test]
#[allow(clippy::disallowed_methods, reason = "a test reads the fixtures")]
fn every_rule_has_its_fixtures() {
    for rule in rules() {
        for kind in ["broken", "kept"] {
            let path = fixture_path(&format!("remote-check/{}/{kind}/connection.yml", rule.code));
            assert!(path.is_file(), "{} is not there", path.display());
        }
    }
}

#[test]
fn the_codes_are_unique_and_sorted() {
    let codes: Vec<&str> = rules().iter().map(|rule| rule.code).collect();
    assert!(codes.is_sorted_by(|one, next| one < next), "{codes:?}");
}
