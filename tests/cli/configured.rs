//! `crosstrust preflight node --config`: a node as its elasticsearch.yml has it.

use std::os::unix::fs::PermissionsExt;

use crosstrust_testkit::{Ended, Folder};
use serde_json::Value;

use crate::{fixture, run};

/// A configuration directory with a node's PEM files, and its settings below the transport prefix.
pub(crate) fn configuration(node: &str, settings: &str) -> Folder {
    let folder = Folder::new();
    copy(&folder, &format!("cluster/nodes/{node}.crt"), "config/certs/node.crt");
    copy(&folder, &format!("cluster/nodes/{node}.key"), "config/certs/node.key");
    copy(&folder, "cluster/ca.crt", "config/certs/ca.crt");
    write(&folder, settings);
    folder
}

pub(crate) fn write(folder: &Folder, settings: &str) {
    let indented: String = settings.lines().map(|line| format!("  {line}\n")).collect();
    folder.write(
        "config/elasticsearch.yml",
        format!("xpack.security.transport.ssl:\n  enabled: true\n{indented}"),
    );
}

pub(crate) fn copy(folder: &Folder, from: &str, to: &str) {
    let path = folder.write(to, crosstrust_testkit::fixture(from));
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o640)).unwrap();
}

pub(crate) fn check(folder: &Folder, rest: &[&str]) -> (Ended, Value) {
    let fixed = ["preflight", "node", "--config", "config/elasticsearch.yml", "--format", "json"];
    let ended = run(folder, &[&fixed[..], rest].concat());
    assert!(matches!(ended.status, Some(0 | 1)), "{}", ended.messages());
    let document = serde_json::from_str(ended.text()).unwrap();
    (ended, document)
}

/// Code, file and line of each finding.
pub(crate) fn findings(document: &Value) -> Vec<(String, Option<String>, Option<u64>)> {
    let findings = document["findings"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    findings.map(|f| (text(&f["code"]).unwrap(), text(&f["path"]), f["line"].as_u64())).collect()
}

pub(crate) const PEM: &str = "certificate: certs/node.crt\nkey: certs/node.key\n\
    certificate_authorities: [ \"certs/ca.crt\" ]\nverification_mode: certificate\n";

#[test]
fn a_node_is_checked_as_it_is_configured() {
    let folder = configuration("self-managed-1", PEM);
    let (ended, document) = check(&folder, &[]);
    assert_eq!(ended.status, Some(0), "{document:#}");
    assert_eq!(findings(&document), []);
    let node = &document["nodes"][0];
    assert_eq!(node["path"], "config/certs/node.crt");
    assert_eq!((&node["as_client"], &node["as_server"]), (&true.into(), &true.into()));

    for (node, code) in [("expired", "PF011"), ("other-ca", "PF010"), ("same-name-ca", "PF027")] {
        let (ended, document) = check(&configuration(node, PEM), &[]);
        assert_eq!(ended.status, Some(1), "{document:#}");
        assert_eq!(findings(&document)[0].0, code, "{document:#}");
    }
}

#[test]
fn its_own_restrictions_and_the_other_side_judge() {
    let restricted = format!("{PEM}trust_restrictions.path: trust.yml\n");
    let folder = configuration("self-managed-1", &restricted);
    folder.write("config/trust.yml", "trust.subject_name: ['*.cluster.other.account']\n");
    let (_, document) = check(&folder, &[]);
    assert_eq!(findings(&document)[0].0, "PF034", "{document:#}");

    // With another side to judge, the own lock-out is a finding of its own.
    let (ca, other) = (fixture("cluster/ca.crt"), fixture("cluster/other-ca.crt"));
    let (_, document) = check(&folder, &["--trust", &ca]);
    assert_eq!(document["nodes"][0]["as_server"], true);
    assert_eq!(document["nodes"][0]["verdict"], "refused");
    assert_eq!(findings(&document)[0].0, "PF034", "{document:#}");
    // People see one verdict, and none says `accepted` beside an error.
    let told = ["preflight", "node", "--config", "config/elasticsearch.yml", "--trust", &ca];
    let ended = run(&folder, &told).exits_with(1);
    let told = ended.text();
    assert!(told.contains("  refused  refused  ") && !told.contains("accepted"), "{told}");
    let (_, document) = check(&folder, &["--trust", &other]);
    assert_eq!(document["nodes"][0]["as_server"], false);

    folder.write("config/trust.yml", "trust.subject_name:\n  - *.cluster.myscope.account\n");
    let (_, document) = check(&folder, &[]);
    let (code, path, line) = &findings(&document)[0];
    assert_eq!((code.as_str(), *line), ("PF081", Some(7)), "{document:#}");
    assert_eq!(path.as_deref(), Some("config/elasticsearch.yml"));
}

#[test]
fn published_addresses_are_compared_where_the_mode_is_full() {
    let full = PEM.replace("certificate\n", "full\n");
    let folder = configuration("self-managed-1", &full);
    let settings = std::fs::read_to_string(folder.path().join("config/elasticsearch.yml")).unwrap();
    for (host, accepted) in [("es1.example.com", true), ("es9.example.com", false)] {
        folder.write("config/elasticsearch.yml", format!("network.host: {host}\n{settings}"));
        let (_, document) = check(&folder, &[]);
        assert_eq!(document["nodes"][0]["as_server"], accepted, "{document:#}");
    }
}

#[test]
fn key_store_and_trust_store_may_have_passwords_of_their_own() {
    let folder = configuration("self-managed-1", "");
    let [key, certificate, ca] =
        ["node.key", "node.crt", "ca.crt"].map(|f| format!("config/certs/{f}"));
    let convert = ["convert", &key, &certificate, &ca, "--pass", "one"];
    run(&folder, &[&convert[..], &["--out", "config/node.p12"]].concat()).succeeds();
    run(&folder, &["convert", &ca, "--pass", "two", "--out", "config/ca.p12"]).succeeds();
    let stores =
        "keystore.path: node.p12\ntruststore.path: ca.p12\nverification_mode: certificate\n";
    write(&folder, stores);
    let passwords = ["--pass", "one", "--trust-pass", "two"];
    let (ended, document) = check(&folder, &passwords);
    assert_eq!(ended.status, Some(0), "{document:#}");
    assert_eq!(document["nodes"][0]["as_client"], true);
    let config = ["preflight", "node", "--config", "config/elasticsearch.yml"];
    let wrong = run(&folder, &[&config[..], &passwords[..2]].concat()).exits_with(2);
    assert!(wrong.messages().contains("config/ca.p12"), "{}", wrong.messages());

    // In clear text they are used, and warned of.
    write(&folder, &format!("{stores}keystore.password: one\ntruststore.password: two\n"));
    let (ended, document) = check(&folder, &[]);
    assert_eq!(ended.status, Some(0), "{document:#}");
    let codes: Vec<String> = findings(&document).into_iter().map(|finding| finding.0).collect();
    assert_eq!(codes, ["PF080", "PF080"]);

    // Java finds nothing to trust in a key store whose CA is only part of a chain.
    write(&folder, "keystore.path: node.p12\ntruststore.path: chain.p12\nkeystore.password: one\n");
    std::fs::copy(fixture("p12/openssl/ca.p12"), folder.path().join("config/chain.p12")).unwrap();
    let (_, document) = check(&folder, &["--trust-pass", "changeit"]);
    let found = findings(&document);
    assert!(found.iter().any(|finding| finding.0 == "PF081"), "{document:#}");
}

#[test]
fn a_server_of_remote_clusters_is_judged_as_server_alone() {
    let folder = configuration("self-managed-1", PEM);
    let mut settings =
        std::fs::read_to_string(folder.path().join("config/elasticsearch.yml")).unwrap();
    settings += "remote_cluster_server.enabled: true\n\
        xpack.security.remote_cluster_server.ssl.certificate: certs/node.crt\n\
        xpack.security.remote_cluster_server.ssl.key: certs/node.key\n";
    folder.write("config/elasticsearch.yml", settings);
    let (ended, document) = check(&folder, &[]);
    assert_eq!(ended.status, Some(1), "{document:#}");
    let server = &document["nodes"][1];
    assert_eq!((&server["as_client"], &server["as_server"]), (&Value::Null, &Value::Null));
    assert_eq!((&server["verdict"], &server["ok"]), (&"not_judged".into(), &false.into()));
    assert_eq!(document["findings"][0]["code"], "PF086", "{document:#}");
    assert_eq!(document["nodes"][0]["verdict"], "accepted");
    for (ca, accepted) in [("cluster/ca.crt", true), ("cluster/other-ca.crt", false)] {
        let (_, document) = check(&folder, &["--model", "api-key", "--trust", &fixture(ca)]);
        let server = &document["nodes"][1];
        assert_eq!((&server["as_client"], &server["as_server"]), (&Value::Null, &accepted.into()));
        assert_eq!(document["nodes"][0]["as_server"], true, "{document:#}");
    }
}

#[test]
fn files_open_to_everybody_or_elsewhere_are_told() {
    let folder = configuration("self-managed-1", PEM);
    let key = folder.path().join("config/certs/node.key");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    let (_, document) = check(&folder, &[]);
    assert_eq!(
        findings(&document),
        [("PF049".to_owned(), Some("config/elasticsearch.yml".to_owned()), Some(4))]
    );
    copy(&folder, "cluster/ca.crt", "ca.crt");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    write(&folder, &PEM.replace("certs/ca.crt", "certs/../../ca.crt"));
    let outside = |folder: &Folder| {
        let (ended, document) = check(folder, &[]);
        assert_eq!(ended.status, Some(1), "{document:#}");
        let found = findings(&document);
        assert_eq!((found[0].0.as_str(), found[0].2), ("PF093", Some(5)), "{document:#}");
        assert_eq!(document["nodes"][0]["verdict"], "refused", "{document:#}");
    };
    outside(&folder);
    // A link that leads out of the directory is no file in it, and one within it is.
    std::os::unix::fs::symlink("../../ca.crt", folder.path().join("config/certs/link.crt"))
        .unwrap();
    write(&folder, &PEM.replace("certs/ca.crt", "certs/link.crt"));
    outside(&folder);
    std::os::unix::fs::symlink("ca.crt", folder.path().join("config/certs/inner.crt")).unwrap();
    for inside in ["certs/inner.crt", folder.path().join("config/certs/ca.crt").to_str().unwrap()] {
        write(&folder, &PEM.replace("certs/ca.crt", inside));
        assert_eq!(check(&folder, &[]).0.status, Some(0), "{inside}");
    }
}

#[test]
fn what_cannot_be_read_is_refused() {
    let folder = Folder::new();
    let config = ["preflight", "node", "--config", "elasticsearch.yml"];
    let check = |text: &str, expected: &str| {
        folder.write("elasticsearch.yml", text);
        let ended = run(&folder, &config).exits_with(2);
        assert!(ended.messages().contains(expected), "{}", ended.messages());
    };
    check("cluster.name: x\n", "no TLS of nodes or remote clusters is set up there");
    let both = ["preflight", "node", "x.crt", "--config", "elasticsearch.yml", "--trust", "ca.crt"];
    run(&folder, &both).exits_with(2);
    run(&folder, &["preflight", "node", "--trust", "ca.crt"]).exits_with(2);
    run(&folder, &["preflight", "node", "x.crt"]).exits_with(2);
}

#[test]
fn passwords_of_the_settings_are_taken_as_they_stand() {
    let folder = configuration("self-managed-1", "");
    let [key, certificate, ca] =
        ["node.key", "node.crt", "ca.crt"].map(|f| format!("config/certs/{f}"));
    let convert = ["convert", &key, &certificate, &ca, "--pass", "right"];
    run(&folder, &[&convert[..], &["--out", "config/node.p12"]].concat()).succeeds();
    write(&folder, "keystore.path: node.p12\nkeystore.password: wrong\n");
    for rest in [&[][..], &["--pass", "right"], &["--pass", "wrong"]] {
        let (ended, document) = check(&folder, rest);
        assert_eq!(ended.status, Some(1), "{document:#}");
        let wrong = ("PF081".to_owned(), Some("config/elasticsearch.yml".to_owned()), Some(4));
        assert!(findings(&document).contains(&wrong), "{document:#}");
        assert_eq!(document["nodes"][0]["verdict"], "refused", "{document:#}");
    }
    write(&folder, "keystore.path: node.p12\n");
    assert_eq!(check(&folder, &["--pass", "right"]).1["nodes"][0]["verdict"], "accepted");
    let config = ["preflight", "node", "--config", "config/elasticsearch.yml"];
    run(&folder, &config).exits_with(2);
}

#[test]
fn http_is_looked_at_and_settings_of_version_6_are_named() {
    let folder = configuration("self-managed-1", PEM);
    let settings = std::fs::read_to_string(folder.path().join("config/elasticsearch.yml")).unwrap();
    copy(&folder, "cluster/ca.p12", "config/ca.p12");
    let http = "xpack.security.http.ssl:\n  enabled: true\n  certificate: certs/node.crt\n  \
        key: certs/node.key\n  truststore.path: ca.p12\n  truststore.password: changeit\n";
    folder.write("config/elasticsearch.yml", format!("{settings}{http}"));
    let (_, document) = check(&folder, &[]);
    let found = findings(&document);
    assert!(found.iter().any(|one| one.0 == "PF081" && one.2 == Some(11)), "{document:#}");
    assert_eq!(document["nodes"][0]["verdict"], "refused");
    assert!(document["nodes"][1].is_null(), "{document:#}");

    let old = "xpack.security.transport.ssl.enabled: true\nxpack.ssl.key: certs/node.key\n\
        xpack.ssl.certificate: certs/node.crt\n";
    folder.write("config/elasticsearch.yml", old);
    let (_, document) = check(&folder, &[]);
    let found: Vec<_> = findings(&document).into_iter().map(|one| (one.0, one.2)).collect();
    assert_eq!(found, [("PF078".to_owned(), Some(2)), ("PF078".to_owned(), Some(3))]);
}

/// What a key manager of Java 17 and 25 presents (`fixtures/node-files.tsv`): EC before RSA.
#[test]
fn of_several_keys_the_one_is_judged_that_java_presents() {
    let folder = configuration("self-managed-1", "");
    copy(&folder, "node/rsa-and-ec.p12", "config/node.p12");
    copy(&folder, "pem/ca-ec.crt", "config/ca.crt");
    write(
        &folder,
        "keystore.path: node.p12\nkeystore.password: changeit\ncertificate_authorities: ca.crt\n\
         verification_mode: certificate\n",
    );
    let (_, document) = check(&folder, &["--at", "2026-01-31T12:00:00Z"]);
    assert_eq!(document["nodes"].as_array().unwrap().len(), 1);
    assert_eq!(document["nodes"][0]["verdict"], "accepted", "{document:#}");
    let found = findings(&document);
    assert!(found.iter().any(|one| one.0 == "PF092"), "{document:#}");
}

/// An auto-configured `http.p12` holds the key of its CA, too: on the transport layer a key manager of
/// Java 17 and 25 presents that one (`fixtures/node-files.tsv`), and so it is what is judged.
#[test]
fn the_key_of_a_ca_is_judged_where_java_presents_it() {
    let folder = configuration("self-managed-1", "");
    copy(&folder, "node/http-ca.jks", "config/http.jks");
    write(&folder, "keystore.path: http.jks\nkeystore.password: changeit\n");
    let (_, document) = check(&folder, &["--at", "2026-01-31T12:00:00Z"]);
    assert_eq!(document["nodes"].as_array().unwrap().len(), 1, "{document:#}");
    let told = document["findings"].as_array().unwrap().iter();
    let told = told.filter(|finding| finding["code"] == "PF092");
    let told: Vec<_> = told.map(|finding| finding["message"].as_str().unwrap()).collect();
    assert_eq!(told, ["the key `http_ca` is presented, and not `http`"]);
    let found = findings(&document);
    assert!(found.iter().any(|one| one.0 == "PF020"), "a CA as a node: {document:#}");
}

/// Who trusts a public CA lets in everybody on the transport layer; the server of remote clusters may
/// have a certificate of one.
#[test]
fn a_public_ca_is_told_of_on_the_transport_layer_alone() {
    let folder = configuration("self-managed-1", PEM);
    let settings = folder.read_text("config/elasticsearch.yml");
    copy(&folder, "ca/public-root.crt", "config/certs/public.crt");
    let other = "  certificate: certs/node.crt\n  key: certs/node.key\n  \
        certificate_authorities: certs/public.crt\n";
    for context in ["remote_cluster_client", "http"] {
        let more = format!("xpack.security.{context}.ssl:\n  enabled: true\n{other}");
        folder.write("config/elasticsearch.yml", format!("{settings}{more}"));
        let (_, document) = check(&folder, &[]);
        assert!(!findings(&document).iter().any(|one| one.0 == "PF103"), "{document:#}");
    }
    write(&folder, &PEM.replace("certs/ca.crt", "certs/ca.crt\", \"certs/public.crt"));
    let (_, document) = check(&folder, &[]);
    assert!(findings(&document).iter().any(|one| one.0 == "PF103"), "{document:#}");
}

/// A container has paths of its own, and what is mounted into its folder lies inside of it wherever it is here.
#[test]
fn the_paths_of_a_container_are_found_here() {
    let inside = "/usr/share/elasticsearch/config";
    let folder = configuration(
        "self-managed-1",
        &PEM.replace("certs/node", &format!("{inside}/certs/node")),
    );
    let (ended, document) = check(&folder, &[]);
    assert_eq!(ended.status, Some(1), "{document:#}");
    let (ended, document) = check(&folder, &["--config-root", &format!("config={inside}")]);
    assert_eq!((ended.status, findings(&document)), (Some(0), vec![]), "{document:#}");

    std::fs::rename(folder.join("config/certs"), folder.join("secrets")).unwrap();
    let both = [
        "--config-root",
        &format!("config={inside}"),
        "--config-root",
        &format!("secrets={inside}/certs"),
    ];
    let (ended, document) = check(&folder, &both);
    assert_eq!((ended.status, findings(&document)), (Some(0), vec![]), "{document:#}");
    assert_eq!(document["nodes"][0]["path"], "secrets/node.crt");

    write(&folder, &PEM.replace("certs/ca.crt", "/etc/ca.crt"));
    let outside = [
        "--config-root",
        &format!("config={inside}"),
        "--config-root",
        &format!("secrets={inside}/certs"),
        "--config-root",
        "secrets=/etc",
    ];
    let (ended, document) = check(&folder, &outside);
    assert_eq!(ended.status, Some(1), "{document:#}");
    let told = findings(&document);
    assert!(told.iter().any(|(code, ..)| code == "PF093"), "{told:?}");

    let ended =
        run(&folder, &["preflight", "node", "a.crt", "--trust", "b", "--config-root", "a=/b"]);
    assert!(ended.exits_with(2).messages().contains("--config"));
}
