//! `crosstrust preflight node --config`: names of settings, placeholders, files that do not load, and what
//! stops a node beside its transport layer. Each verdict is Elasticsearch's: see `tests/elasticsearch/start.rs`.

use std::io::Write;

use crosstrust_testkit::{Folder, fixture as bytes};
use serde_json::Value;

use crate::configured::{PEM, check, configuration, copy, findings, write};
use crate::{openssl, run};

/// The node's settings for transport, and further lines.
fn with(folder: &Folder, lines: &str) -> Value {
    write(folder, PEM);
    let settings = folder.read_text("config/elasticsearch.yml") + lines;
    folder.write("config/elasticsearch.yml", settings);
    check(folder, &[]).1
}

/// The verdict on the first node, and the codes of what was found.
fn judged(document: &Value) -> (String, Vec<String>) {
    let verdict = document["nodes"][0]["verdict"].as_str().unwrap_or_default();
    let codes = findings(document).into_iter().map(|(code, _, _)| code);
    (verdict.to_owned(), codes.collect())
}

#[test]
fn names_that_nobody_registers_are_not_accepted() {
    let folder = configuration("self-managed-1", PEM);
    for (line, verdict, code) in [
        ("transport.profiles.c.ssl.key: certs/node.key", "refused", "PF078"),
        ("transport.profiles.a.b.xpack.security.ssl.key: certs/node.key", "refused", "PF078"),
        ("transport.ssl.enabled: true", "refused", "PF078"),
        ("xpack.security.transport.tls.enabled: true", "refused", "PF078"),
        ("xpack.security.enable: true", "refused", "PF078"),
        ("http.cors.foo: true", "refused", "PF078"),
        ("index.number_of_shards: 3", "refused", "PF078"),
        ("archived.foo: x", "refused", "PF078"),
        ("searchguard.ssl.transport.enabled: true", "not_judged", "PF114"),
        ("opendistro_security.ssl.http.enabled: true", "not_judged", "PF114"),
        ("cluster.nmae: x", "not_judged", "PF114"),
        ("discovery.zen.minimum_master_nodes: 2", "not_judged", "PF114"),
        ("node.master: true", "not_judged", "PF114"),
        ("s3.client.default.secret_key: x", "refused", "PF082"),
        ("xpack.security.transport.ssl.handshake_timeout: 10s", "accepted", "PF115"),
        ("node.maximum_shutdown_grace_period: 10s", "accepted", "PF115"),
    ] {
        let document = with(&folder, &format!("{line}\n"));
        let (found, mut codes) = judged(&document);
        codes.retain(|code| code != "PF086");
        assert_eq!((found.as_str(), codes), (verdict, vec![code.to_owned()]), "{line}");
    }
    for line in [
        "s3.client.default.endpoint: s3.example.com",
        "node.attr.rack.row: a",
        "logger.org.elasticsearch: debug",
        "thread_pool.write.queue_size: 100",
        "xpack.ml.enabled: false",
        "xpack.security.authc.realms.file.f1.order: 0",
        "transport.profiles.client.port: 9500-9600",
        "discovery.seed_hosts.0: a",
        "cluster.remote.east.seeds: ['a:9300']",
        "cluster.remote.signing.seeds: ['a:9300']",
        "indices.lifecycle.poll_interval: 10m",
    ] {
        let document = with(&folder, &format!("{line}\n"));
        assert_eq!(judged(&document), ("accepted".to_owned(), vec![]), "{line}");
    }
}

#[test]
fn values_that_a_node_does_not_take_are_not_accepted() {
    let folder = configuration("self-managed-1", PEM);
    for (lines, verdict, codes) in [
        ("node.roles: [foo]", "refused", vec!["PF121"]),
        ("cluster.remote.a.seeds: foo", "refused", vec!["PF121"]),
        ("cluster.remote.a.proxy_address: 'a:9400'", "refused", vec!["PF122"]),
        ("cluster.routing.allocation.balance.threshold: 0.5", "accepted", vec!["PF123"]),
        ("node.attr.x: ${CROSSTRUST_NOPE}", "not_judged", vec!["PF124"]),
        ("index.codec: Lucene99", "not_judged", vec!["PF112"]),
        ("thread_pool.write.size: 1000", "not_judged", vec!["PF112"]),
        ("xpack.monitoring.collection.enabled: perhaps", "refused", vec!["PF121"]),
        ("xpack.security.authc.realms.native.n.cache.ttl: 5m", "refused", vec!["PF122"]),
        ("node.processors: 2", "accepted", vec!["PF135"]),
        ("path.repo: ['${path.home}/snap']", "accepted", vec![]),
        ("node.attr.x: ${CROSSTRUST_NOPE:x}\nnode.roles: [data, ingest]", "accepted", vec![]),
    ] {
        let (found, mut found_codes) = judged(&with(&folder, &format!("{lines}\n")));
        found_codes.retain(|code| code != "PF086");
        assert_eq!(
            (found.as_str(), found_codes),
            (verdict, codes.iter().map(|c| (*c).to_owned()).collect()),
            "{lines}"
        );
    }
}

/// Whom a node trusts whose list has a variable, nobody knows here.
#[test]
fn a_variable_that_is_not_set_leaves_a_node_unjudged() {
    for (whole, part) in
        [("certs/ca.crt", "${CROSSTRUST_NOPE}"), ("certs/node.crt", "${CROSSTRUST_NOPE}/node.crt")]
    {
        assert!(PEM.contains(whole));
        let folder = configuration("self-managed-1", &PEM.replace(whole, part));
        let (found, codes) = judged(&check(&folder, &[]).1);
        assert_eq!(found, "not_judged", "{part}");
        assert!(codes.contains(&"PF124".to_owned()), "{codes:?}");
    }
}

#[test]
fn placeholders_name_other_settings_too() {
    let folder = configuration("self-managed-1", PEM);
    let http = "xpack.security.http.ssl.enabled: true\n\
        xpack.security.http.ssl.certificate: certs/${node.name}.crt\n\
        xpack.security.http.ssl.key: certs/${node.attr.x:${node.name}}.key\n";
    let document = with(&folder, &format!("node.name: node\n{http}"));
    assert_eq!(judged(&document), ("accepted".to_owned(), vec![]), "{document:#}");
    for name in ["", "node.name: ${node.name}\n", "node.name: ${node.attr.x:a}${node.attr.x:a}\n"] {
        let document = with(&folder, &format!("{name}{http}"));
        assert_eq!(judged(&document).0, "refused", "{document:#}");
        assert!(judged(&document).1.contains(&"PF079".to_owned()), "{document:#}");
    }
}

#[test]
fn numbered_items_end_at_a_gap() {
    let folder = configuration("self-managed-1", PEM);
    let pem = "certificate: certs/node.crt\nkey: certs/node.key\nverification_mode: certificate\n";
    for (items, verdict, codes) in [
        (
            "certificate_authorities.0: certs/ca.crt\ncertificate_authorities.1: certs/ca.crt\n",
            "accepted",
            vec![],
        ),
        (
            "certificate_authorities.0: certs/ca.crt\ncertificate_authorities.2: certs/none.crt\n",
            "accepted",
            vec!["PF116"],
        ),
        (
            "certificate_authorities.0: certs/node.crt\ncertificate_authorities.2: certs/ca.crt\n",
            "refused",
            vec!["PF116", "PF046", "PF120"],
        ),
    ] {
        write(&folder, &format!("{pem}{items}"));
        let (found, mut told) = judged(&check(&folder, &[]).1);
        told.retain(|code| code != "PF047");
        assert_eq!(
            (found.as_str(), told),
            (verdict, codes.iter().map(ToString::to_string).collect()),
            "{items}"
        );
    }
    write(&folder, &format!("{pem}certificate_authorities.1: certs/ca.crt\n"));
    assert_eq!(judged(&check(&folder, &[]).1).1, ["PF116", "PF046", "PF120"]);
}

#[test]
fn a_file_that_does_not_load_stops_the_node() {
    let folder = configuration("self-managed-1", PEM);
    for (text, line) in [
        ("node.name:\n", 1),
        ("node.name: a\nnode.name: b\n", 2),
        ("node:\n\tname: a\n", 2),
        ("- node.name: a\n", 1),
        ("node.name: %geheim\n", 1),
        ("a: [\n", 2),
    ] {
        folder.write("config/elasticsearch.yml", text);
        let (ended, document) = check(&folder, &[]);
        assert_eq!(ended.status, Some(1));
        assert_eq!(judged(&document), ("refused".to_owned(), vec!["PF118".to_owned()]), "{text}");
        assert_eq!(findings(&document)[0].2, Some(line), "{text}: {document:#}");
        assert!(!ended.text().contains("geheim"), "{}", ended.text());
    }
}

#[test]
fn what_stops_the_node_elsewhere_refuses_its_row() {
    let folder = configuration("self-managed-1", PEM);
    copy(&folder, "cluster/nodes/self-managed-2.key", "config/certs/other.key");
    folder.write("config/certs/empty.crt", "");
    let http = "xpack.security.http.ssl";
    let lines = format!(
        "{http}.enabled: true\n{http}.certificate: certs/node.crt\n\
        {http}.key: certs/node.key\n{http}.certificate_authorities: certs/empty.crt\n"
    );
    assert_eq!(judged(&with(&folder, &lines)).0, "refused");
    let server = "xpack.security.remote_cluster_server.ssl";
    let lines = format!(
        "remote_cluster_server.enabled: true\n\
        {server}.certificate: certs/node.crt\n{server}.key: certs/other.key\n"
    );
    let document = with(&folder, &lines);
    let verdicts = document["nodes"].as_array().unwrap().iter().map(|node| &node["verdict"]);
    assert_eq!(verdicts.collect::<Vec<_>>(), ["accepted", "refused"], "{document:#}");
}

/// Elasticsearch 9.5: `Cannot find a signing key`.
#[test]
fn a_key_that_signs_no_requests_stops_the_node() {
    let folder = configuration("self-managed-1", PEM);
    let keys = ["genpkey", "-genparam", "-algorithm", "DSA", "-pkeyopt", "pbits:2048"];
    let parameters = ["-pkeyopt", "qbits:256", "-out", "parameters.pem"];
    if openssl(&folder, &[&keys[..], &parameters].concat()).is_none() {
        return;
    }
    openssl(&folder, &["genpkey", "-paramfile", "parameters.pem", "-out", "config/certs/dsa.key"]);
    let request = ["req", "-x509", "-key", "config/certs/dsa.key", "-subj", "/CN=dsa", "-out"];
    openssl(&folder, &[&request[..], &["config/certs/dsa.crt"]].concat());
    let signing = "cluster.remote.east.signing";
    let document = with(
        &folder,
        &format!("{signing}.certificate: certs/dsa.crt\n{signing}.key: certs/dsa.key\n"),
    );
    let (verdict, codes) = judged(&document);
    assert_eq!(verdict, "refused", "{document:#}");
    assert!(codes.contains(&"PF102".to_owned()), "{document:#}");
}

#[test]
fn contexts_that_verify_nobody_are_told() {
    let folder = configuration("self-managed-1", PEM);
    let server = "remote_cluster_server.enabled: true\n\
        xpack.security.remote_cluster_server.ssl.certificate: certs/node.crt\n\
        xpack.security.remote_cluster_server.ssl.key: certs/node.key\n\
        xpack.security.remote_cluster_server.ssl.verification_mode: none\n";
    let (_, codes) = judged(&with(&folder, server));
    assert_eq!(codes, ["PF117", "PF086"]);
    let pem = "certificate: certs/node.crt\nkey: certs/node.key\nverification_mode: none\n";
    write(&folder, pem);
    assert_eq!(judged(&check(&folder, &[]).1).1, ["PF117"]);
}

/// An archive of these files of `east/certs`.
fn zipped(folder: &Folder, names: &[&str]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in names {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(format!("certs/{name}"), options).unwrap();
        archive.write_all(&folder.read(&format!("east/certs/{name}"))).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// As Elasticsearch sets itself up: `http.p12` and its CA are none of the transport layer's.
#[test]
fn material_of_https_is_no_node_of_a_cluster() {
    let folder = Folder::new();
    folder.write("east/certs/transport.p12", bytes("cluster/nodes/self-managed-1.p12"));
    folder.write("east/certs/http.p12", bytes("p12/keytool/node-with-ca.p12"));
    folder.write("east/certs/http_ca.crt", bytes("cluster/other-ca.crt"));
    let password = ["--pass", "changeit"];
    let matrix = ["preflight", "matrix", "--cluster", "east=east", "--format", "json"];
    let judge = || {
        let ended = run(&folder, &[&matrix[..], &password].concat()).succeeds();
        let document: Value = serde_json::from_str(ended.text()).unwrap();
        let nodes = document["clusters"][0]["nodes"].as_array().unwrap();
        let paths = nodes.iter().map(|node| node["path"].as_str().unwrap().to_owned());
        (paths.collect::<Vec<_>>(), ended.messages())
    };
    let (nodes, told) = judge();
    assert_eq!(nodes, ["east/certs/transport.p12"]);
    folder.write("east.zip", zipped(&folder, &["transport.p12", "http.p12", "http_ca.crt"]));
    let node = ["preflight", "node", "east.zip", "--trust", "east/certs/http_ca.crt"];
    let ended = run(&folder, &[&node[..], &["--format", "json"], &password].concat());
    let document: Value = serde_json::from_str(ended.text()).unwrap();
    let listed = document["nodes"].as_array().unwrap();
    assert_eq!(listed.len(), 1, "{document:#}");
    assert_eq!(listed[0]["path"], "east.zip/certs/transport.p12");
    assert!(
        told.contains("http.p12, east/certs/http_ca.crt: not of the transport layer"),
        "{told}"
    );
    folder.write("east/certs/web.p12", bytes("p12/keytool/node-ec-with-ca.p12"));
    assert_eq!(judge().0.len(), 2);
    folder.write(
        "east/elasticsearch.yml",
        "xpack.security.http.ssl.keystore.path: certs/web.p12\n\
         xpack.security.transport.ssl.keystore.path: certs/transport.p12\n",
    );
    assert_eq!(judge().0, ["east/certs/transport.p12"]);
    let report = ["report", "east=east", "--out", "page", "--pass", "changeit"];
    assert!(run(&folder, &report).messages().contains("not of the transport layer"));
}

/// As the handshakes of Elasticsearch 8.19 on Java 17 and 25 end.
#[test]
fn suites_go_with_the_key_and_the_protocols() {
    let folder = configuration("self-managed-1", PEM);
    let (rsa, ec, newer) = (
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_AES_256_GCM_SHA384",
    );
    for (suites, protocols, expected) in [
        (vec![rsa], "", false),
        (vec![ec], "", true),
        (vec![ec], "TLSv1.3", false),
        (vec![newer], "", true),
        (vec![newer], "TLSv1.2", false),
        (vec![rsa, newer], "", true),
        (vec![rsa, newer], "TLSv1.2", false),
        (vec![ec, newer], "TLSv1.2", true),
    ] {
        let mut lines = format!("{PEM}cipher_suites: {}\n", suites.join(","));
        if !protocols.is_empty() {
            lines += &format!("supported_protocols: {protocols}\n");
        }
        write(&folder, &lines);
        let (verdict, codes) = judged(&check(&folder, &[]).1);
        assert_eq!(verdict == "accepted", expected, "{lines} {codes:?}");
        assert_eq!(codes.contains(&"PF119".to_owned()), !expected, "{lines} {codes:?}");
    }
}

/// Java's newer key manager opens a key when a handshake needs it.
#[test]
fn a_key_with_another_password_is_presented_by_no_newer_key_manager() {
    let folder = configuration("self-managed-1", PEM);
    copy(&folder, "node/key-password.jks", "config/node.jks");
    let store = "keystore.path: node.jks\nkeystore.password: changeit\n\
        certificate_authorities: certs/ca.crt\nverification_mode: certificate\n";
    for (algorithm, told) in [("SunX509", "does not start"), ("PKIX", "presents no certificate")] {
        write(&folder, &format!("{store}keystore.algorithm: {algorithm}\n"));
        let (ended, document) = check(&folder, &[]);
        assert_eq!(judged(&document).0, "refused", "{algorithm}");
        assert!(ended.text().contains(told), "{algorithm}: {}", ended.text());
    }
}

#[test]
fn a_path_of_another_machine_or_folder_is_answered_with_the_right_one() {
    let folder = configuration("self-managed-1", PEM);
    for (path, told) in [
        ("config/certs/node.crt", "write `certs/node.crt`, which is there"),
        ("/etc/elasticsearch/certs/node.crt", "write `certs/node.crt`, which is there"),
        ("/etc/elasticsearch/none.crt", "this machine has no such file"),
    ] {
        write(&folder, &PEM.replacen("certs/node.crt", path, 1));
        let (ended, _) = check(&folder, &[]);
        assert!(ended.text().contains(told), "{path}: {}", ended.text());
    }
}

/// `security initialization failed`, say nodes of Elasticsearch 8.19 and 9.5; the code of the SAML realm says the same.
#[test]
fn files_that_realms_name_stop_the_node_where_they_are_missing() {
    let folder = configuration("self-managed-1", PEM);
    let realms = "xpack.security.authc.realms";
    for (line, expected) in [
        ("pki.p1.certificate_authorities: [certs/ca.crt, certs/none.crt]", "refused"),
        ("pki.p1.certificate_authorities: certs/node.key", "refused"),
        ("pki.p1.truststore.path: none.p12", "refused"),
        ("kerberos.k1.keytab.path: none.keytab", "refused"),
        ("jwt.j1.pkc_jwkset_path: none.json", "refused"),
        ("saml.s1.idp.metadata.path: none.xml", "refused"),
        ("saml.s1.signing.key: none.key", "refused"),
        ("saml.s1.idp.metadata.path: https://idp.example.com/metadata", "accepted"),
        ("jwt.j1.pkc_jwkset_path: https://idp.example.com/keys", "accepted"),
        ("pki.p1.certificate_authorities: certs/ca.crt", "accepted"),
    ] {
        let kind = line.split('.').next().unwrap();
        let others = REALMS.iter().filter(|other| other.starts_with(kind));
        let others: String = others.map(|other| format!("{realms}.{other}\n")).collect();
        let tokens = "xpack.security.authc.token.enabled: true\n";
        let document = with(&folder, &format!("{others}{realms}.{line}\n{tokens}"));
        let (verdict, codes) = judged(&document);
        assert_eq!(verdict, expected, "{line}: {document:#}");
        let told = codes.iter().any(|code| ["PF048", "PF081"].contains(&code.as_str()));
        assert_eq!(told, expected == "refused", "{line}: {codes:?}");
    }
    let off =
        format!("{realms}.pki.p1.enabled: false\n{realms}.pki.p1.truststore.path: none.p12\n");
    assert_eq!(judged(&with(&folder, &off)).0, "accepted");
}

/// What realms need beside the files that they name.
const REALMS: [&str; 10] = [
    "pki.p1.order: 1",
    "kerberos.k1.order: 1",
    "jwt.j1.order: 1",
    "jwt.j1.allowed_issuer: a",
    "jwt.j1.allowed_audiences: a",
    "jwt.j1.claims.principal: sub",
    "saml.s1.order: 1",
    "saml.s1.attributes.principal: a",
    "saml.s1.idp.entity_id: a",
    "saml.s1.sp: { entity_id: a, acs: https://kibana.example.com/acs }",
];
