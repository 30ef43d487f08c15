//! `crosstrust preflight endpoint` and `crosstrust extract-ca --connect`, against live servers.

use std::time::{Duration, Instant};

use crosstrust_testkit::{Ended, Folder, fixture_text};
use serde_json::Value;

use crate::servers::{self, Server, asking};
use crate::{fixture, run};

/// Checks an endpoint as JSON. Nothing may take over 15 seconds.
#[track_caller]
pub(crate) fn check(port: u16, arguments: &[&str]) -> (Ended, Value) {
    check_host("localhost", port, arguments)
}

#[track_caller]
fn check_host(host: &str, port: u16, arguments: &[&str]) -> (Ended, Value) {
    let (target, ca) = (format!("{host}:{port}"), fixture("cluster/ca.crt"));
    let fixed = ["preflight", "endpoint", &target, "--format", "json", "--trust", &ca];
    let began = Instant::now();
    let ended = run(&Folder::new(), &[&fixed[..], arguments].concat());
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
    assert!(matches!(ended.status, Some(0 | 1)), "{}", ended.messages());
    let document = serde_json::from_str(ended.text()).unwrap();
    (ended, document)
}

pub(crate) fn codes(document: &Value) -> Vec<&str> {
    let findings = document["findings"].as_array().unwrap().iter();
    findings.map(|finding| finding["code"].as_str().unwrap()).collect()
}

#[track_caller]
pub(crate) fn message<'a>(document: &'a Value, code: &str) -> &'a str {
    let mut findings = document["findings"].as_array().unwrap().iter();
    let found = findings.find(|finding| finding["code"] == code);
    found.unwrap_or_else(|| panic!("no {code} in {document:#}"))["message"].as_str().unwrap()
}

/// `--cert` and `--key` of a node.
fn ours(node: &str) -> [String; 4] {
    let file = |extension: &str| fixture(&format!("cluster/nodes/{node}.{extension}"));
    ["--cert".to_owned(), file("crt"), "--key".to_owned(), file("key")]
}

fn strings<const N: usize>(arguments: &[String; N]) -> [&str; N] {
    std::array::from_fn(|index| arguments[index].as_str())
}

/// OpenSSL with mutual TLS, and a version of the protocol or all of them.
pub(crate) fn mutual(more: &[&str]) -> Option<Server> {
    let asking = asking("cluster/ca.crt");
    let asking: Vec<&str> = asking.iter().map(String::as_str).collect();
    servers::openssl("self-managed-1", &[asking.as_slice(), more].concat())
}

#[test]
fn mutual_tls_is_seen_in_every_version() {
    for (option, version, takes) in [
        ("-tls1_3", "1.3", &["1.3"][..]),
        ("-tls1_2", "1.2", &["1.2"]),
        ("-quiet", "1.3", &["1.3", "1.2"]),
    ] {
        let more: &[&str] = if option == "-quiet" { &[] } else { &[option] };
        let Some(server) = mutual(more) else { return };
        let (_, document) = check(server.port, &strings(&ours("cloud-1")));
        let endpoint = &document["endpoints"][0];
        assert_eq!(endpoint["ok"], true, "{document:#}");
        assert_eq!(endpoint["tls"]["version"], version);
        assert_eq!(endpoint["tls"]["takes"], Value::from(takes.to_vec()));
        let client = &endpoint["client_certificate"];
        assert_eq!(client["demand"], "required", "{document:#}");
        assert_eq!(client["authorities"], Value::from(vec!["CN=Cluster CA"]));
        assert_eq!(client["accepted"], true);
        assert_eq!(endpoint["certificates"][0]["subject"], "CN=node1");
        assert_eq!(codes(&document).contains(&"PF055"), version == "1.2");
    }
}

#[test]
fn without_a_certificate_of_ours_the_demand_is_told() {
    for option in ["-tls1_3", "-tls1_2"] {
        let Some(server) = mutual(&[option]) else { return };
        let (ended, document) = check(server.port, &[]);
        assert_eq!(ended.status, Some(0), "{document:#}");
        let expected = "it requires a client certificate of `CN=Cluster CA`";
        assert_eq!(message(&document, "PF060"), expected);
        assert_eq!(document["endpoints"][0]["client_certificate"]["accepted"], Value::Null);
    }
}

#[test]
fn a_certificate_of_another_ca_is_kept_back_as_java_does() {
    let Some(server) = mutual(&[]) else { return };
    let (ended, document) = check(server.port, &strings(&ours("other-ca")));
    assert_eq!(ended.status, Some(1));
    let why = message(&document, "PF061");
    assert!(why.contains("`CN=Cluster CA`, and ours is of `CN=Other CA`"), "{why}");
    assert_eq!(document["endpoints"][0]["client_certificate"]["sent"], false);
}

#[test]
fn an_expired_certificate_of_ours_is_refused_and_said_to_be() {
    for option in ["-tls1_3", "-tls1_2"] {
        let Some(server) = mutual(&[option]) else { return };
        let (_, document) = check(server.port, &strings(&ours("expired")));
        let why = message(&document, "PF061");
        assert!(why.contains("certificate_expired (45)"), "{why}");
        assert!(why.contains("our certificate expired at"), "{why}");
    }
}

#[test]
fn java_accepts_us_refuses_us_and_is_told_apart() {
    let Some(server) = servers::java("self-managed-1", &["need"]) else { return };
    let (_, document) = check(server.port, &strings(&ours("cloud-1")));
    let client = &document["endpoints"][0]["client_certificate"];
    assert_eq!(document["endpoints"][0]["ok"], true, "{document:#}");
    assert_eq!((&client["demand"], &client["accepted"]), (&"required".into(), &true.into()));
    assert_eq!(client["authorities"], Value::from(vec!["CN=Cluster CA"]));
    let (_, document) = check(server.port, &strings(&ours("same-name-ca")));
    let why = message(&document, "PF061");
    assert!(why.contains("its CA of this name has another key"), "{why}");

    for protocol in ["TLSv1.3", "TLSv1.2"] {
        let server = servers::java("self-managed-1", &["deny", protocol]).unwrap();
        let (ended, document) = check(server.port, &strings(&ours("cloud-1")));
        assert_eq!(ended.status, Some(1), "{document:#}");
        let why = message(&document, "PF061");
        assert!(why.contains("certificate_unknown (46)"), "{why}");
        assert!(why.contains("its trust restrictions do not admit `instance-0000000001."), "{why}");
        let (_, document) = check(server.port, &strings(&ours("no-names")));
        let why = message(&document, "PF061");
        assert!(why.contains("our certificate has no otherName common name"), "{why}");
    }
}

/// Without a CA to judge by, nothing is accepted, nothing is missing of a list, and everything is shown.
#[test]
fn without_trust_it_is_looked_at_and_not_judged() {
    let Some(server) = servers::openssl("self-managed-1", &[]) else { return };
    let folder = Folder::new();
    let url = format!("https://localhost:{}", server.port);
    let arguments = ["preflight", "endpoint", &url, "--model", "api-key"];
    let ended = run(&folder, &arguments).exits_with(1);
    let text = ended.text();
    assert!(text.contains("as server     not judged: no CA is named"), "{text}");
    // `openssl x509 -in self-managed-1.crt -noout -fingerprint -sha256`
    let digest = "6d483004467e8e597b756b8979223107698a74f3cdc5f2955a164b186617636d";
    assert!(text.contains(&format!("{digest} CN=node1")), "{text}");
    assert!(!text.contains("PF010") && !text.contains("accepted"), "{text}");
    let ended = run(&folder, &[&arguments[..], &["--format", "json"]].concat()).exits_with(1);
    let document: Value = serde_json::from_str(ended.text()).unwrap();
    assert_eq!(codes(&document), ["PF086"], "{document:#}");
    assert_eq!(document["endpoints"][0]["verdict"], "not_judged");

    // What it says of itself is judged all the same.
    let Some(server) = servers::openssl("expired", &[]) else { return };
    let target = format!("localhost:{}", server.port);
    let ended = run(&folder, &["preflight", "endpoint", &target]).exits_with(1);
    assert!(ended.text().contains("error[PF011]"), "{}", ended.text());
}

#[test]
fn a_port_that_is_not_written_is_the_usual_one() {
    let folder = Folder::new();
    for (more, expected) in [
        (&["node1.invalid"][..], "node1.invalid:9300"),
        (&["node1.invalid", "--model", "api-key"], "node1.invalid:9443"),
        (&["https://node1.invalid"], "node1.invalid:443"),
        (&["https://node1.invalid:9200/"], "node1.invalid:9200"),
    ] {
        let arguments = [&["preflight", "endpoint", "--timeout", "1"][..], more].concat();
        let ended = run(&folder, &arguments).exits_with(1);
        assert_eq!(ended.text().lines().next(), Some(expected));
    }
    for refused in ["http://node1.invalid", "https://elastic:hidden@node1.invalid"] {
        run(&folder, &["preflight", "endpoint", refused]).exits_with(2);
    }
}

#[test]
fn a_port_that_asks_for_nothing_is_no_transport_port() {
    let Some(server) = servers::java("self-managed-1", &["none"]) else { return };
    let (ended, document) = check(server.port, &[]);
    assert_eq!(ended.status, Some(0), "{document:#}");
    assert!(message(&document, "PF067").contains("asks for no client certificate"));
    let (_, document) = check(server.port, &["--model", "api-key"]);
    assert_eq!(codes(&document), Vec::<&str>::new(), "{document:#}");

    let Some(server) = mutual(&[]) else { return };
    let (_, document) = check(server.port, &["--model", "api-key"]);
    assert!(message(&document, "PF067").contains("looks like the transport port"));
}

#[test]
fn a_certificate_of_somebody_else_may_be_a_proxy_s() {
    let Some(server) = servers::openssl("other-ca", &[]) else { return };
    let (ended, document) = check(server.port, &["--mode", "certificate"]);
    assert_eq!(ended.status, Some(1));
    assert!(message(&document, "PF068").contains("a proxy may end TLS here"));
    assert!(codes(&document).iter().any(|code| ["PF008", "PF010"].contains(code)), "{document:#}");
}

#[test]
fn host_names_and_our_restrictions_are_judged() {
    let Some(server) = mutual(&[]) else { return };
    let (_, document) = check_host("127.0.0.1", server.port, &[]);
    assert!(message(&document, "PF064").contains("`127.0.0.1` is not among"));
    assert_eq!(document["endpoints"][0]["as_server"], false);
    for options in [&["--mode", "certificate"][..], &["--server-name", "es1.example.com"]] {
        let (_, document) = check_host("127.0.0.1", server.port, options);
        assert_eq!(document["endpoints"][0]["as_server"], true, "{options:?}: {document:#}");
    }
    let folder = Folder::new();
    for (pattern, accepted) in
        [("*.cluster.myscope.account", true), ("*.cluster.other.account", false)]
    {
        let text = format!("trust.subject_name:\n  - '{pattern}'\n");
        let file = folder.write("trust.yml", text).to_string_lossy().into_owned();
        let (_, document) = check(server.port, &["--restrictions", &file]);
        assert_eq!(document["endpoints"][0]["as_server"], accepted, "{document:#}");
        assert_eq!(codes(&document).contains(&"PF059"), !accepted, "{document:#}");
    }
}

#[test]
fn what_is_served_is_compared_with_the_file_and_with_other_connections() {
    let Some(server) = mutual(&[]) else { return };
    let (_, document) = check(
        server.port,
        &["--expect-cert", &fixture("cluster/nodes/self-managed-1.crt"), "--repeat", "3"],
    );
    assert_eq!(codes(&document), ["PF060"], "{document:#}");
    let (_, document) =
        check(server.port, &["--expect-cert", &fixture("cluster/nodes/cloud-1.crt")]);
    assert!(message(&document, "PF058").contains("`CN=instance-0000000001`"));
}

#[test]
fn another_server_name_may_lead_to_another_certificate() {
    let (certificate, key) =
        (fixture("cluster/nodes/cloud-1.crt"), fixture("cluster/nodes/cloud-1.key"));
    let other = ["-servername", "cloud.example.com", "-cert2", &certificate, "-key2", &key];
    let Some(server) = mutual(&other) else { return };
    let (_, document) = check(server.port, &["--server-name", "cloud.example.com"]);
    let endpoint = &document["endpoints"][0];
    assert_eq!(endpoint["certificates"][0]["subject"], "CN=instance-0000000001", "{document:#}");
    assert!(message(&document, "PF063").contains("without a server name it presents `CN=node1`"));
}

#[test]
fn a_load_balancer_is_noticed() {
    let (Some(one), Some(two)) = (mutual(&[]), servers::openssl("cloud-1", &[])) else { return };
    let port = servers::balanced([one.port, two.port]);
    let (_, document) = check(port, &["--repeat", "4"]);
    let why = message(&document, "PF062");
    assert!(why.starts_with("4 connections reached 2 certificates: "), "{why}");
}

#[test]
fn old_protocols_and_old_suites_are_told() {
    let Some(server) = servers::openssl("rsa", &["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"])
    else {
        return;
    };
    let (ended, document) = check(server.port, &["--mode", "certificate"]);
    assert_eq!((ended.status, codes(&document)), (Some(1), vec!["PF054"]), "{document:#}");

    let old = ["-tls1_2", "-cipher", "AES128-SHA256"];
    let Some(server) = servers::openssl("rsa", &old) else { return };
    let (ended, document) = check(server.port, &[]);
    assert_eq!((ended.status, codes(&document)), (Some(1), vec!["PF056"]), "{document:#}");
    assert!(message(&document, "PF056").contains("TLS_RSA_WITH_AES_128_CBC_SHA256"));

    let Some(server) = mutual(&["-cipher", "DEFAULT@SECLEVEL=0", "-min_protocol", "TLSv1"]) else {
        return;
    };
    let (_, document) = check(server.port, &[]);
    assert_eq!(message(&document, "PF055"), "TLS 1.1 or older is still taken");
}

#[test]
fn what_is_no_tls_is_told_for_what_it_is() {
    #[track_caller]
    fn told(port: u16, arguments: &[&str], expected: &str) {
        let began = Instant::now();
        let (ended, document) = check_host("127.0.0.1", port, arguments);
        assert!(began.elapsed() < Duration::from_secs(15));
        assert_eq!(ended.status, Some(1));
        let why = message(&document, "PF053");
        assert!(why.contains(expected), "{why}");
        assert_eq!(document["endpoints"][0]["as_server"], Value::Null);
    }

    let http = b"HTTP/1.1 400 Bad Request\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n";
    let http = servers::answering(http);
    told(http, &[], "it speaks HTTP (`HTTP/1.1 400 Bad Request`)");
    let (_, document) = check_host("127.0.0.1", http, &["--at", "1994-11-06T09:00:00Z"]);
    assert!(message(&document, "PF065").contains("-623 s from ours"));
    told(servers::answering(b"SSH-2.0-OpenSSH\r\n"), &[], "(`SSH-2.0-OpenSSH`)");
    told(servers::answering(b"ES\xff\xff\xff\xff"), &[], "the transport protocol without TLS");
    told(servers::answering(b"\x15\x03\x03\x00\x02\x02\x28"), &[], "handshake_failure (40)");
    told(servers::answering(b"\x16\x03\x03\x40\x00garbage"), &["--timeout", "1"], "");
    told(servers::answering(b""), &["--timeout", "1"], "does not answer");
    told(servers::silent(), &["--timeout", "1"], "does not answer");
    told(servers::silent(), &["--timeout", "2", "--transport-probe"], "does not answer");
    told(servers::closed(), &[], "nothing listens at this port");
    told(servers::listen(drop), &[], "closes the connection");
    let node = servers::transport("7.17.3");
    told(node, &[], "closes the connection");
    told(node, &["--transport-probe"], "the transport protocol without TLS, version 7.17.3");
}

#[test]
fn a_name_without_address_is_told() {
    let (_, document) = check_host("no-such-host.invalid", 9300, &[]);
    assert!(message(&document, "PF053").contains("cannot be resolved"));
}

#[test]
fn the_transport_handshake_is_answered_and_shown() {
    let Some(server) = servers::java("self-managed-1", &["need"]) else { return };
    let ours = ours("cloud-1");
    let arguments = [&["--transport-probe"][..], &strings(&ours)].concat();
    let (_, document) = check(server.port, &arguments);
    let transport = &document["endpoints"][0]["transport"];
    assert_eq!(
        (&transport["version"], &transport["release"]),
        (&9_000_009.into(), &"9.0.0".into())
    );
    assert_eq!(message(&document, "PF066"), "it answers as 9.0.0 (transport version 9000009)");

    // A page for browsers, behind the same TLS.
    let Some(server) = mutual(&["-www"]) else { return };
    let (_, document) = check(server.port, &[&["--timeout", "2"], &arguments[..]].concat());
    let codes = codes(&document);
    assert!(codes.contains(&"PF066") || codes.contains(&"PF067"), "{document:#}");
}

#[test]
fn garbage_behind_the_transport_handshake_is_survived() {
    for answer in [
        &b"ES\x7f\xff\xff\xff"[..],
        b"ES\0\0\0\0",
        b"ES\0\0\0\x17\0\0\0\0\0\0\0\x01\x09\x00\x6d\x68\x33\xff\xff\xff\xff\0\0\xdf\xd2\xb5\x03",
        b"\0\0\0\0\0\0\0\0",
    ] {
        // Closes on TLS, so that the handshake comes in the clear.
        let port = servers::listen(move |mut stream| {
            use std::io::{Read, Write};
            let mut frame = [0; 55];
            if stream.read(&mut frame).is_ok_and(|_| frame.starts_with(b"ES")) {
                let _ = stream.write_all(answer);
            }
        });
        let (ended, document) = check_host("127.0.0.1", port, &["--transport-probe"]);
        assert_eq!(ended.status, Some(1));
        assert!(message(&document, "PF053").contains("closes the connection"), "{document:#}");
    }
}

#[test]
fn many_endpoints_come_from_a_file_and_are_shown_in_its_order() {
    let Some(server) = mutual(&[]) else { return };
    let folder = Folder::new();
    let mut list = "# the nodes\n\n".to_owned();
    let closed = servers::closed();
    for number in 0..20 {
        list.push_str(&format!("127.0.0.{}:{closed} # node {number}\n", number + 1));
    }
    list.push_str(&format!("localhost:{0}\nlocalhost:{0}\n", server.port));
    folder.write("list.txt", list);
    let ca = fixture("cluster/ca.crt");
    let arguments = ["preflight", "endpoint", "--from", "list.txt", "--trust", &ca];
    let ended = run(&folder, &arguments).exits_with(1);
    let rows: Vec<&str> = ended.text().lines().take_while(|line| !line.is_empty()).collect();
    assert_eq!(rows.len(), 22, "{}", ended.text());
    assert!(rows[1].starts_with("127.0.0.1:") && rows[1].contains("not seen"), "{}", rows[1]);
    assert!(rows[21].contains("accepted") && rows[21].ends_with("CN=node1"), "{}", rows[21]);

    folder.write("list.txt", "node1:9300\nnode2/x\n");
    let ended = run(&folder, &arguments).exits_with(2);
    assert!(ended.messages().contains("list.txt:2: it has no host"), "{}", ended.messages());
}

#[test]
fn a_key_that_does_not_fit_is_no_identity() {
    let (target, ca) = ("localhost:1", fixture("cluster/ca.crt"));
    let certificate = fixture("cluster/nodes/cloud-1.crt");
    let fixed = ["preflight", "endpoint", target, "--trust", &ca, "--cert", &certificate];
    let folder = Folder::new();
    let ended = run(&folder, &fixed).exits_with(2);
    assert!(ended.messages().contains("--key"), "{}", ended.messages());
    let key = fixture("cluster/nodes/cloud-2.key");
    let ended = run(&folder, &[&fixed[..], &["--key", &key]].concat()).exits_with(1);
    assert!(ended.text().contains("error[PF004]"), "{}", ended.text());
}

#[test]
fn the_authority_of_a_live_endpoint_is_taken() {
    let Some(server) = mutual(&[]) else { return };
    let folder = Folder::new();
    let target = format!("localhost:{}", server.port);
    let ended = run(&folder, &["extract-ca", "--connect", &target]).succeeds();
    assert_eq!(ended.text(), fixture_text("cluster/ca.crt"));
    assert!(ended.messages().contains("compare it with its owner's"), "{}", ended.messages());

    // Without a list of authorities the server sends its own certificate alone.
    let Some(server) = servers::openssl("self-managed-1", &[]) else { return };
    let target = format!("localhost:{}", server.port);
    let ended = run(&folder, &["extract-ca", "--connect", &target]).exits_with(2);
    let expected = "presents `CN=node1` of `CN=Cluster CA` and no CA certificate";
    assert!(ended.messages().contains(expected), "{}", ended.messages());
}

#[test]
fn a_root_that_is_not_sent_is_named_with_what_is_asked_for() {
    let Some(server) = servers::openssl(
        "with-intermediate",
        &[
            "-cert_chain",
            &fixture("cluster/intermediate.crt"),
            "-Verify",
            "4",
            "-CAfile",
            &fixture("cluster/other-ca.crt"),
        ],
    ) else {
        return;
    };
    let folder = Folder::new();
    let target = format!("localhost:{}", server.port);
    let ended = run(&folder, &["extract-ca", "--connect", &target]).succeeds();
    assert_eq!(ended.text(), fixture_text("cluster/intermediate.crt"));
    let messages = ended.messages();
    assert!(
        messages.contains("`CN=Cluster CA` is not sent; it trusts clients of `CN=Other CA`"),
        "{messages}"
    );
}

#[test]
fn an_endpoint_without_tls_gives_no_authority() {
    let folder = Folder::new();
    let target = format!("127.0.0.1:{}", servers::closed());
    let ended = run(&folder, &["extract-ca", "--connect", &target, "--out", "x"]).exits_with(2);
    assert!(
        ended.messages().contains(&format!("{target}: the connection is refused")),
        "{}",
        ended.messages()
    );
    assert_eq!(folder.entries(), Vec::<String>::new());
}
