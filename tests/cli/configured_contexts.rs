//! `crosstrust preflight node --config`: the TLS contexts beside that of the transport layer, types of
//! key stores, and what is switched off. Each verdict is Elasticsearch's: see `tests/elasticsearch/start.rs`.

use crosstrust_testkit::Folder;
use serde_json::Value;

use crate::configured::{PEM, check, configuration, copy, findings, write};
use crate::run;

/// The node's settings for transport, and further lines.
fn with(folder: &Folder, lines: &str) -> Value {
    write(folder, PEM);
    let mut settings = folder.read_text("config/elasticsearch.yml");
    settings.push_str(lines);
    folder.write("config/elasticsearch.yml", settings);
    check(folder, &[]).1
}

fn verdict(document: &Value) -> &str {
    document["nodes"][0]["verdict"].as_str().unwrap_or_default()
}

fn codes(document: &Value) -> Vec<String> {
    findings(document).into_iter().map(|(code, _, _)| code).collect()
}

#[test]
fn files_of_every_context_stop_the_node() {
    let folder = configuration("self-managed-1", PEM);
    for prefix in [
        "xpack.security.http.ssl.enabled: false\nxpack.security.http.ssl",
        "xpack.security.remote_cluster_client.ssl",
        "remote_cluster_server.enabled: true\nxpack.security.remote_cluster_server.ssl",
        "transport.profiles.client.xpack.security.ssl",
        "xpack.security.authc.realms.ldap.l1.ssl",
        "xpack.monitoring.exporters.e1.ssl",
        "xpack.http.ssl",
        "cluster.remote.east.signing",
    ] {
        let prefix_of_key = prefix.lines().last().unwrap();
        let lines =
            format!("{prefix}.certificate: certs/node.crt\n{prefix_of_key}.key: certs/no.key\n");
        let document = with(&folder, &lines);
        assert_eq!(verdict(&document), "refused", "{prefix}: {document:#}");
        assert!(codes(&document).contains(&"PF081".to_owned()), "{prefix}: {document:#}");
    }
    let trust = "cluster.remote.signing.certificate_authorities: certs/no.crt\n";
    assert_eq!(verdict(&with(&folder, trust)), "refused");
    let unread = "xpack.security.remote_cluster_server.ssl.certificate: no.crt\n\
        xpack.security.remote_cluster_server.ssl.key: no.key\n";
    assert_eq!(verdict(&with(&folder, unread)), "accepted");
}

/// A node starts with a key of another certificate; no handshake by HTTPS comes about.
#[test]
fn a_key_of_another_certificate_is_told_in_http_too() {
    let folder = configuration("self-managed-1", PEM);
    copy(&folder, "cluster/nodes/self-managed-2.key", "config/certs/other.key");
    let http = "xpack.security.http.ssl.enabled: true\n\
        xpack.security.http.ssl.certificate: certs/node.crt\n\
        xpack.security.http.ssl.key: certs/other.key\n";
    let document = with(&folder, http);
    assert_eq!((codes(&document), verdict(&document)), (vec!["PF004".to_owned()], "accepted"));
    folder.write("config/elasticsearch.yml", http);
    let (ended, document) = check(&folder, &[]);
    assert_eq!((codes(&document), ended.status), (vec!["PF004".to_owned()], Some(1)));
}

#[test]
fn key_stores_are_read_as_the_type_that_the_settings_name() {
    let folder = configuration("self-managed-1", PEM);
    copy(&folder, "cluster/nodes/self-managed-1.p12", "config/node.p12");
    copy(&folder, "p12/keytool/ca.jceks", "config/ca.jceks");
    copy(&folder, "p12/keytool/truststore.jks", "config/trust.jks");
    let judge = |settings: &str| {
        write(&folder, &format!("{settings}\nverification_mode: certificate\n"));
        verdict(&check(&folder, &[]).1).to_owned()
    };
    let node = "keystore.path: node.p12\nkeystore.password: changeit\n\
        certificate_authorities: certs/ca.crt\nkeystore.type";
    for (name, expected) in [
        ("jks", "accepted"),
        ("PKCS12", "accepted"),
        ("''", "accepted"),
        ("PFX", "refused"),
        ("PKCS11", "refused"),
        ("PEM", "refused"),
        ("jceks", "refused"),
        ("CaseExactJKS", "refused"),
    ] {
        assert_eq!(judge(&format!("{node}: {name}")), expected, "{name}");
    }
    let jceks = "keystore.path: ca.jceks\nkeystore.password: changeit\n";
    // A CA's certificate is trusted by its own key store, and stands as a node here.
    assert_eq!(judge(&format!("{jceks}keystore.type: jceks")), "accepted");
    assert_eq!(judge(jceks), "refused");
    let algorithm = "keystore.path: node.p12\nkeystore.password: changeit\n\
        certificate_authorities: certs/ca.crt\nkeystore.algorithm";
    assert_eq!(judge(&format!("{algorithm}: PKIX")), "accepted");
    assert_eq!(judge(&format!("{algorithm}: Foo")), "refused");
}

#[test]
fn where_nobody_is_verified_no_list_is_read() {
    let folder = configuration("self-managed-1", PEM);
    let pem = "certificate: certs/node.crt\nkey: certs/node.key\n";
    write(&folder, &format!("{pem}verification_mode: none\ncertificate_authorities: no.crt\n"));
    let (ended, document) = check(&folder, &[]);
    assert_eq!((verdict(&document), ended.status), ("accepted", Some(0)), "{document:#}");
    write(&folder, &format!("{pem}verification_mode: full\ncertificate_authorities: no.crt\n"));
    assert_eq!(verdict(&check(&folder, &[]).1), "refused");
}

#[test]
fn a_node_without_tls_is_accepted_by_nobody() {
    let folder = configuration("self-managed-1", PEM);
    let document = with(&folder, "xpack.security.enabled: false\n");
    assert_eq!((codes(&document), verdict(&document)), (vec!["PF110".to_owned()], "refused"));
    let settings = folder.read_text("config/elasticsearch.yml");
    let off = settings
        .replace("enabled: true", "enabled: false")
        .replace("xpack.security.enabled: false", "");
    folder.write("config/elasticsearch.yml", off);
    let document = check(&folder, &[]).1;
    assert_eq!((codes(&document), verdict(&document)), (vec!["PF110".to_owned()], "refused"));
}

/// What the settings alone are refused for is said before anybody is asked for a password.
#[test]
fn no_password_is_asked_for_where_the_settings_are_refused() {
    let folder = configuration("self-managed-1", PEM);
    copy(&folder, "cluster/nodes/self-managed-1.p12", "config/node.p12");
    let store = "keystore.path: node.p12\ncertificate_authorities: certs/ca.crt\n";
    for (line, expected) in [
        ("keystore.secure_password: changeit", "PF082"),
        ("certificate: certs/node.crt\nkey: certs/node.key", "PF050"),
    ] {
        write(&folder, &format!("{store}{line}\n"));
        let (ended, document) = check(&folder, &[]);
        let found = codes(&document);
        assert!(found.iter().all(|code| code == expected) && !found.is_empty(), "{document:#}");
        assert_eq!((verdict(&document), ended.status), ("refused", Some(1)));
    }
    let server = "remote_cluster_server.enabled: true\n\
        xpack.security.remote_cluster_server.ssl.keystore.path: node.p12\n\
        xpack.security.remote_cluster_server.ssl.keystore.password: changeit\n";
    assert_eq!(codes(&with(&folder, server)), ["PF078"]);
    write(&folder, "keystore.path: node.p12\n");
    run(&folder, &["preflight", "node", "--config", "config/elasticsearch.yml"]).exits_with(2);
}

/// Elasticsearch starts with either file, and presents the key that stands first.
#[test]
fn of_two_keys_in_a_file_the_first_counts() {
    let folder = configuration("self-managed-1", PEM);
    let own = folder.read_text("config/certs/node.key");
    copy(&folder, "cluster/nodes/self-managed-2.key", "config/certs/other.key");
    let other = folder.read_text("config/certs/other.key");
    folder.write("config/certs/node.key", format!("{own}{other}"));
    let document = with(&folder, "");
    assert_eq!((codes(&document), verdict(&document)), (vec!["PF113".to_owned()], "accepted"));
    folder.write("config/certs/node.key", format!("{other}{own}"));
    let document = with(&folder, "");
    assert!(codes(&document).contains(&"PF004".to_owned()), "{document:#}");
    assert_eq!(verdict(&document), "refused");
}
