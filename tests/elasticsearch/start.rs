//! Settings files of nodes, whole: whether a node starts with them and the files that they name.

use std::path::{Path, PathBuf};

use crosstrust_testkit::{Folder, crosstrust, fixture};

use crate::judge::{Answer, Judge, judges};
use crate::plain_settings::PLAIN;
use crate::random::Random;
use crate::tally::Tally;

/// What we say about a start.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Start {
    Fails,
    /// It hangs on the release.
    NotKnown,
    Succeeds,
}

#[test]
fn nodes_start_where_elasticsearch_says_so() {
    let judges: Vec<_> = judges().into_iter().filter(|judge| judge.major() > 7).collect();
    if judges.is_empty() {
        return;
    }
    let folder = Folder::new();
    copy_files(&folder);
    let files = files(&folder);
    let question = |file: &PathBuf| vec!["start".to_owned(), file.to_str().unwrap().to_owned()];
    let questions: Vec<Vec<String>> = files.iter().map(question).collect();
    let ours = all_of_ours(&files);
    for (judge, answers) in judges.iter().zip(all_of_theirs(&judges, &questions)) {
        let mut tally = Tally::new(&judge.name, "starts of nodes");
        for ((file, ours), answer) in files.iter().zip(&ours).zip(answers) {
            let text = std::fs::read_to_string(file).unwrap();
            if *ours == Start::NotKnown || is_newer(&text, &answer) || is_of_others(&text) {
                tally.listed();
                continue;
            }
            let theirs = match &answer {
                Answer::Ok(_) => Start::Succeeds,
                Answer::Error(_) => Start::Fails,
            };
            tally.compare(|| format!("{text:?} {answer:?}"), ours, &theirs);
        }
        tally.close(600);
    }
}

/// What the judges say, beside each other: it takes them minutes.
fn all_of_theirs(judges: &[Judge], questions: &[Vec<String>]) -> Vec<Vec<Answer>> {
    std::thread::scope(|scope| {
        let asked: Vec<_> =
            judges.iter().map(|judge| scope.spawn(|| judge.ask(questions))).collect();
        asked.into_iter().map(|answers| answers.join().unwrap()).collect()
    })
}

/// What we say of each file, on all cores.
fn all_of_ours(files: &[PathBuf]) -> Vec<Start> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let part = files.len().div_ceil(cores);
    std::thread::scope(|scope| {
        let part_of =
            |files: &'_ [PathBuf]| files.iter().map(|file| ours(file)).collect::<Vec<_>>();
        let parts: Vec<_> =
            files.chunks(part).map(|files| scope.spawn(move || part_of(files))).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    })
}

/// A setting that the judge's release does not have, of which we say so in words only.
fn is_newer(text: &str, answer: &Answer) -> bool {
    let names = ["handshake_timeout", "signing.", "maximum_shutdown_grace_period"];
    let is_unknown = matches!(answer, Answer::Error(why) if why.contains("unknown setting"));
    is_unknown && names.iter().any(|name| text.contains(name))
}

/// A setting that only plugins register of which the judge has none.
fn is_of_others(text: &str) -> bool {
    let others = ["xpack.monitoring.", "xpack.http.", "xpack.notification."];
    let theirs = text.lines().filter(|line| others.iter().any(|other| line.starts_with(other)));
    let is_registered = |line: &str| line.contains("secure_") || line.contains("handshake_timeout");
    theirs.into_iter().any(is_registered)
}

/// The errors in the settings file are those that keep the node from its start; `PF110` says that it
/// starts without TLS, `PF091` and `PF112` that releases differ, `PF114` that it hangs on plugins, `PF124` on the
/// environment.
fn ours(file: &Path) -> Start {
    let arguments = ["preflight", "node", "--format", "json", "--config"];
    let ended = crosstrust(env!("CARGO_BIN_EXE_crosstrust")).args(arguments).arg(file).run();
    if ended.status == Some(2) {
        let nothing = ended.messages().contains("no TLS of nodes or remote clusters is set up");
        assert!(nothing, "{}", ended.messages());
        return Start::Succeeds;
    }
    let document: serde_json::Value = serde_json::from_slice(&ended.stdout).unwrap();
    let findings = document["findings"].as_array().unwrap();
    let in_settings = findings.iter().filter(|one| one["path"] == file.to_str().unwrap());
    let start = |finding: &serde_json::Value| match finding["code"].as_str().unwrap() {
        "PF110" => Start::Succeeds,
        "PF091" | "PF112" | "PF114" | "PF124" => Start::NotKnown,
        _ if finding["severity"] == "error" => Start::Fails,
        _ => Start::Succeeds,
    };
    let starts: Vec<Start> = in_settings.map(start).collect();
    let first = [Start::Fails, Start::NotKnown].into_iter().find(|one| starts.contains(one));
    first.unwrap_or(Start::Succeeds)
}

fn copy_files(folder: &Folder) {
    for (name, file) in FILES {
        folder.write(name, fixture(file));
    }
    folder.write("trust.yml", "trust.subject_name: ['*.node.east']\n");
    folder.write("broken.yml", "trust.subject_name: ['/(/']\n");
}

/// Files with one or a few settings beside a context that is right, and random ones.
fn files(folder: &Folder) -> Vec<PathBuf> {
    let mut texts = Vec::new();
    for (number, identity) in IDENTITIES.iter().enumerate() {
        // What a store or list is read as does not hang on the context.
        let (contexts, lines) =
            if number == 0 { (&CONTEXTS[..], LINES) } else { (&CONTEXTS[..2], &LINES[..20]) };
        for (at, context) in contexts.iter().enumerate() {
            // Behind the third context, each line stands in every third one.
            let asked = |line: &usize| at < 3 || (line + at).is_multiple_of(3);
            for line in (0..lines.len()).filter(asked).map(|line| lines[line]) {
                texts.push(format!("{HEAD}{}{}", under(TRANSPORT, identity), under(context, line)));
            }
        }
    }
    let mut random = Random::new(9_300);
    for _ in 0..200 {
        let mut text = random.choose(&["", HEAD, HEAD, HEAD, SERVER]).to_owned();
        text += &under(TRANSPORT, random.choose(&IDENTITIES));
        for _ in 0..=random.below(3) {
            text += &under(random.choose(&CONTEXTS), random.choose(LINES));
        }
        texts.push(text);
    }
    let others = OTHERS
        .iter()
        .chain(PLAIN)
        .map(|lines| format!("{HEAD}{}{lines}\n", under(TRANSPORT, IDENTITIES[0])));
    texts.extend(others);
    let write = |(number, mut text): (usize, String)| {
        // A realm that is off needs nothing, and its files are read as those of others.
        for realm in OFF {
            if text.contains(realm) {
                text += &format!("{realm}enabled: false\n");
            }
        }
        folder.write(&format!("{number}.yml"), text);
        folder.path().join(format!("{number}.yml"))
    };
    texts.into_iter().enumerate().map(write).collect()
}

/// Lines with the prefix of a context before each.
fn under(context: &str, lines: &str) -> String {
    lines.lines().map(|line| format!("{context}{line}\n")).collect()
}

/// What a node has in its configuration directory.
const FILES: [(&str, &str); 9] = [
    ("ca.crt", "cluster/ca.crt"),
    ("node.crt", "cluster/nodes/self-managed-1.crt"),
    ("node.key", "cluster/nodes/self-managed-1.key"),
    ("other.key", "cluster/nodes/self-managed-2.key"),
    ("node.p12", "p12/keytool/node-with-ca.p12"),
    ("node.jks", "p12/keytool/ca.jks"),
    ("node.jceks", "p12/keytool/ca.jceks"),
    ("trust.p12", "p12/keytool/truststore.p12"),
    ("trust.jks", "p12/keytool/truststore.jks"),
];

const TRANSPORT: &str = "xpack.security.transport.ssl.";

const HEAD: &str = "xpack.security.enabled: true\nxpack.security.transport.ssl.enabled: true\n";

const SERVER: &str =
    "xpack.security.transport.ssl.enabled: true\nremote_cluster_server.enabled: true\n";

const IDENTITIES: [&str; 6] = [
    "certificate: node.crt\nkey: node.key\ncertificate_authorities: ca.crt",
    "keystore.path: node.p12\nkeystore.password: changeit",
    "keystore.path: node.jks\nkeystore.password: changeit\ntruststore.path: trust.p12\n\
     truststore.password: changeit",
    "keystore.path: node.jceks\nkeystore.password: changeit\nkeystore.type: jceks\n\
     certificate_authorities: ca.crt",
    "certificate: node.crt\nkey: node.key\nverification_mode: none",
    "certificate: node.crt\nkey: node.key\ntruststore.path: trust.jks\ntruststore.password: changeit",
];

const CONTEXTS: [&str; 12] = [
    TRANSPORT,
    "xpack.security.http.ssl.",
    "xpack.security.remote_cluster_server.ssl.",
    "xpack.security.remote_cluster_client.ssl.",
    "transport.profiles.client.xpack.security.ssl.",
    "xpack.security.authc.realms.ldap.l1.ssl.",
    "xpack.security.authc.realms.saml.s1.ssl.",
    "xpack.monitoring.exporters.e1.ssl.",
    "xpack.http.ssl.",
    "xpack.notification.email.ssl.",
    "cluster.remote.east.signing.",
    "cluster.remote.signing.",
];

/// The realms of the contexts.
const OFF: [&str; 2] =
    ["xpack.security.authc.realms.ldap.l1.", "xpack.security.authc.realms.saml.s1."];

const LINES: &[&str] = &[
    "keystore.type: jks",
    "keystore.type: jceks",
    "keystore.type: PFX",
    "keystore.type: CaseExactJKS",
    "keystore.type: ''",
    "truststore.type: pkcs12",
    "truststore.type: JCEKS",
    "truststore.type: PKCS11",
    "keystore.algorithm: newsunx509",
    "keystore.algorithm: Foo",
    "truststore.algorithm: X509",
    "truststore.algorithm: NewSunX509",
    "verification_mode: none",
    "certificate_authorities: nowhere.crt",
    "certificate_authorities: []",
    "truststore.path: nowhere.p12",
    "truststore.path: ''",
    "keystore.path: ''",
    "keystore.key_password: ''",
    "keystore.password: wrong",
    "enabled: true",
    "enabled: false",
    "enabled: ''",
    "enabled: 'yes'",
    "certificate: node.crt\nkey: node.key",
    "certificate: node.crt\nkey: other.key",
    "certificate: node.crt\nkey: nowhere.key",
    "certificate: node.crt",
    "key: node.key",
    "certificate: ''\nkey: ''",
    "certificate: node.key\nkey: node.key",
    "certificate: node.crt\nkey: node.crt",
    "keystore.path: node.p12\nkeystore.password: changeit",
    "keystore.path: node.p12\nkeystore.password: wrong",
    "keystore.path: node.jceks\nkeystore.password: changeit",
    "keystore.path: node.jceks\nkeystore.password: changeit\nkeystore.type: jceks",
    "keystore.path: node.p12\nkeystore.password: changeit\nkeystore.type: jceks",
    "keystore.path: node.jks\nkeystore.password: changeit\nkeystore.type: pkcs12",
    "keystore.secure_password: changeit",
    "secure_key_passphrase: changeit",
    "truststore.path: trust.p12\ntruststore.password: changeit",
    "truststore.path: trust.p12\ntruststore.password: changeit\ntruststore.type: FOO",
    "truststore.path: trust.p12\ntruststore.password: changeit\ntruststore.algorithm: Foo",
    "truststore.path: trust.jks\ntruststore.password: wrong",
    "truststore.path: node.jceks\ntruststore.password: changeit",
    "truststore.path: ca.crt",
    "certificate_authorities: ca.crt",
    "certificate_authorities: [ca.crt, node.crt]",
    "certificate_authorities: ['']",
    "certificate_authorities: node.key",
    "certificate_authorities: ca.crt\ntruststore.path: trust.p12\ntruststore.password: changeit",
    "verification_mode: ''",
    "verification_mode: FULL",
    "verification_mode: strict",
    "verification_mode: none\ncertificate_authorities: nowhere.crt",
    "verification_mode: none\ntruststore.path: trust.p12\ntruststore.type: FOO",
    "verification_mode: none\ntrust_restrictions.path: nowhere.yml",
    "client_authentication: ''",
    "client_authentication: Optional",
    "client_authentication: want",
    "supported_protocols: []",
    "supported_protocols: TLSv1.2",
    "supported_protocols: [TLSv9]",
    "supported_protocols: [tlsv1.2]",
    "cipher_suites: []",
    "cipher_suites: [FOO]",
    "cipher_suites: [FOO, TLS_AES_128_GCM_SHA256]",
    "cipher_suites: [tls_aes_128_gcm_sha256]",
    "cipher_suites: [TLS_RSA_WITH_AES_128_CBC_SHA]",
    "cipher_suites: [TLS_RSA_WITH_3DES_EDE_CBC_SHA]",
    "trust_restrictions.path: trust.yml",
    "trust_restrictions.path: broken.yml",
    "trust_restrictions.path: nowhere.yml",
    "trust_restrictions.path: ca.crt",
    "trust_restrictions.x509_fields: []",
    "trust_restrictions.x509_fields: [foo]",
    "handshake_timeout: 10s",
    "handshake_timeout: 10",
    "truststore.pass: x",
];

/// Lines that belong to no TLS context, and files that do not load.
const OTHERS: &[&str] = &[
    "transport.profiles.c.ssl.key: node.key",
    "transport.profiles.a.b.xpack.security.ssl.key: node.key",
    "transport.profiles.c.port: 9500",
    "transport.profiles.a.b.port: 9500",
    "transport.ssl.enabled: true",
    "http.ssl.enabled: true",
    "xpack.security.ssl.key: node.key",
    "xpack.security.enable: true",
    "xpack.security.authc.realms.l1.ssl.key: node.key",
    "xpack.security.authc.realms.file.f1.order: 0",
    "xpack.security.authc.realms.file.f1.foo: 0",
    "xpack.security.authc.realms.ldap.l1.secure_bind_password: x",
    "xpack.security.fips_mode.enabled: false",
    "index.number_of_shards: 1",
    "index.codec: default",
    "archived.foo: x",
    "http.cors.foo: x",
    "http.cors.enabled: true",
    "node.attr.rack.row: x",
    "node.roles.0: data",
    "node.name.0: n1",
    "node.foo: x",
    "node.maximum_shutdown_grace_period: 10s",
    "logger.org.elasticsearch: debug",
    "cluster.remote.east.seeds: 'a:9300'",
    "cluster.remote.east.sedes: 'a:9300'",
    "cluster.remote.signing.seeds: 'a:9300'",
    "cluster.remote.signing.signing.key: node.key",
    "cluster.name: a",
    "path.repo: [a, b]",
    "remote_cluster.port: 9443",
    "remote_cluster.foo: 9443",
    "xpack.security.transport.ssl.certificate_authorities.1: ca.crt",
    "xpack.security.http.ssl.supported_protocols.3: TLSv1.2",
    "xpack.security.http.ssl.enabled.3: true",
    "node.name: node\nxpack.security.http.ssl.enabled: true\n\
     xpack.security.http.ssl.certificate: ${node.name}.crt\n\
     xpack.security.http.ssl.key: ${node.attr.x:${node.name}}.key",
    "xpack.security.http.ssl.certificate: ${node.name}.crt\nxpack.security.http.ssl.key: node.key",
    "node.attr.a: ${node.attr.b}\nnode.attr.b: ${node.attr.a}",
    "node.attr.a: ${node.attr.b}",
    "node.attr.a: ${node.attr.b:x}${node.attr.b:x}",
    "node.attr.a: '${node.attr.b'",
    "node.attr.a: ${prompt.text}",
    "node.name:",
    "node.name: a\nnode.name: b",
    "node:\n\tname: a",
    "- a",
    "%YAML 1.1",
    "%x y",
    "%x y\n---\nnode.name: a",
    "%YAML 1.2\n---\nnode.name: a",
    "a: [",
];
