//! `remote verify --url`, against a server that answers as clusters, proxies and others do.

use std::path::Path;
use std::time::{Duration, Instant};

use crosstrust_testkit::{Ended, Folder, fixture_text};
use serde_json::Value;

use crate::https::{Https, Reply};
use crate::{crosstrust, fixture, openssl, servers};

/// The key, which nobody may print: the text of the Elastic documentation.
const KEY: &str = "VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybHAyYXhUTm1zeWFrdzl0dk5udw==";

/// As the Elastic documentation has it, once connected and once not.
const CONNECTED: &str = r#"{"west": {"connected": true, "mode": "proxy", "proxy_address": "es.example.com:9443",
 "server_name": "es.example.com", "num_proxy_sockets_connected": 18, "max_proxy_socket_connections": 18,
 "initial_connect_timeout": "30s", "skip_unavailable": true, "cluster_credentials": "::es_redacted::"}}"#;
const SETTINGS: &str = r#"{"persistent": {"cluster": {"remote": {"west": {"mode": "proxy",
 "proxy_address": "es.example.com:9443", "skip_unavailable": "true"}}}}, "transient": {}}"#;

fn json(status: &str, body: &str) -> Reply {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nX-elastic-product: Elasticsearch\r\ncontent-type: application/json"
    );
    Reply::Bytes(format!("{head}\r\ncontent-length: {length}\r\n\r\n{body}").into_bytes())
}

/// `openssl x509 -serial` says it of `self-managed-1.crt`.
const SERIAL: &str = "5cb6ade922cfab906fede616bbabd39016f39cad";

/// What `openssl x509` says of `self-managed-1.crt`, as Elasticsearch says it.
fn certificates(serial: &str) -> String {
    format!(
        r#"[{{"path": "certs/node.crt", "format": "PEM", "alias": null, "subject_dn": "CN=node1",
 "serial_number": "{serial}", "has_private_key": true, "expiry": "2099-12-31T00:00:00.000Z", "issuer": "CN=Cluster CA"}}]"#
    )
}

/// A cluster that answers all three.
fn cluster(info: &'static str, settings: &'static str, certificates: String) -> Https {
    Https::start("self-managed-1", move |path| match path {
        "/_remote/info" => json("200 OK", info),
        "/_cluster/settings" => json("200 OK", settings),
        "/_ssl/certificates" => json("200 OK", &certificates),
        other => panic!("{other}"),
    })
}

/// Asks a server that has the answers of a folder; what it does not have is forbidden.
pub(super) fn asked(answers: &Path) -> Ended {
    let answers_of = answers.to_owned();
    let server = Https::start("self-managed-1", move |path| {
        let file = match path {
            "/_remote/info" => "info.json",
            "/_cluster/settings" => "settings.json",
            _ => "certificates.json",
        };
        match std::fs::read_to_string(answers_of.join(file)) {
            Ok(text) => json("200 OK", &text),
            Err(_) => json("403 Forbidden", "{\"error\": \"unauthorized\", \"status\": 403}"),
        }
    });
    let connection = answers.join("connection.yml").to_string_lossy().into_owned();
    ask(&Folder::new(), server.port, &[&connection, "--format", "json"])
}

fn ask(folder: &Folder, port: u16, more: &[&str]) -> Ended {
    ask_host(folder, "localhost", port, more)
}

/// Asks, in 15 seconds at most, and sees that the key is printed nowhere.
#[track_caller]
fn ask_host(folder: &Folder, host: &str, port: u16, more: &[&str]) -> Ended {
    let (url, ca) = (format!("https://{host}:{port}"), fixture("cluster/ca.crt"));
    let began = Instant::now();
    let usual = ["remote", "verify", "--url", &url, "--api-key-env", "ES_KEY"];
    let ca = if more.contains(&"--ca") { vec![] } else { vec!["--ca", &ca] };
    let arguments = [&usual[..], more, &ca].concat();
    let ended = crosstrust(folder, &arguments).env("ES_KEY", KEY).run();
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
    let all = format!("{}{}", ended.text(), ended.messages());
    assert!(!all.contains(KEY) && !all.contains("ui2lp2axTNmsyakw9tvNnw"), "{all}");
    ended
}

fn codes(ended: &Ended) -> Vec<String> {
    let document: Value = serde_json::from_str(ended.text()).unwrap();
    let findings = document["findings"].as_array().unwrap().iter();
    findings.map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn three_questions_are_asked_with_the_key_and_nothing_is_wrong() {
    let server = cluster(CONNECTED, SETTINGS, certificates(SERIAL));
    let ended = ask(&Folder::new(), server.port, &[]).exits_with(0);
    let text = ended.text();
    assert!(text.starts_with("west: connected to es.example.com:9443, by api-key\n"), "{text}");
    assert!(text.contains("loaded: 1, not compared"), "{text}");
    let requests = server.requests();
    let lines: Vec<&str> = requests.iter().filter_map(|request| request.lines().next()).collect();
    let expected = ["/_remote/info", "/_cluster/settings", "/_ssl/certificates"];
    assert_eq!(lines, expected.map(|path| format!("GET {path} HTTP/1.1")));
    for request in &requests {
        assert!(request.contains(&format!("\r\nAuthorization: ApiKey {KEY}\r\n")), "{request}");
        assert!(request.contains(&format!("\r\nHost: localhost:{}\r\n", server.port)), "{request}");
    }
}

/// A prefix, as of a proxy, and an answer in chunks, as of a large cluster.
#[test]
fn a_proxy_s_path_and_an_answer_in_chunks_are_taken() {
    let server = Https::start("self-managed-1", |path| {
        let body = match path {
            "/es/_remote/info" => CONNECTED,
            "/es/_cluster/settings" => SETTINGS,
            "/es/_ssl/certificates" => "[]",
            other => panic!("{other}"),
        };
        let (one, two) = body.split_at(1);
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        let rest = format!("1\r\n{one}\r\n{:x}\r\n{two}\r\n0\r\n\r\n", two.len());
        Reply::Bytes(format!("{head}{rest}").into_bytes())
    });
    let url = format!("https://localhost:{}/es/", server.port);
    let ca = fixture("cluster/ca.crt");
    let arguments = ["remote", "verify", "--url", &url, "--api-key-env", "ES_KEY", "--ca", &ca];
    let ended = crosstrust(&Folder::new(), &arguments).env("ES_KEY", KEY).run().exits_with(0);
    assert!(ended.text().contains("west: connected"), "{}", ended.text());
}

#[test]
fn a_dead_alias_has_a_next_command() {
    let dead = CONNECTED.replace("true, \"mode\"", "false, \"mode\"");
    let server = cluster(Box::leak(dead.into_boxed_str()), SETTINGS, certificates(SERIAL));
    let ended = ask(&Folder::new(), server.port, &[]).exits_with(1);
    let command = "`crosstrust preflight endpoint es.example.com:9443 --model api-key --server-name es.example.com`";
    assert!(ended.text().contains("error[RC031]"), "{}", ended.text());
    assert!(ended.text().contains(command), "{}", ended.text());
}

/// What a cluster says is not put into a command that a person may type without a look.
#[test]
fn no_command_is_made_of_what_a_shell_would_run() {
    let evil =
        r#"{"west": {"connected": false, "mode": "proxy", "proxy_address": "a:1; rm -rf x"}}"#;
    let server = cluster(evil, SETTINGS, certificates(SERIAL));
    let ended = ask(&Folder::new(), server.port, &[]).exits_with(1);
    assert!(!ended.text().contains("preflight endpoint"), "{}", ended.text());
}

#[test]
fn nothing_is_sent_to_whoever_is_not_the_cluster() {
    let server = cluster(CONNECTED, SETTINGS, certificates(SERIAL));
    let folder = Folder::new();
    let other = fixture("cluster/other-ca.crt");
    for (host, more, code, why) in [
        ("localhost", &["--ca", other.as_str()][..], "PF010", "--ca"),
        // The machine's own list of CAs does not have it either.
        ("127.0.0.1", &[], "PF064", "`127.0.0.1`"),
        ("localhost", &["--at", "2100-06-01T00:00:00Z"], "PF011", "expired"),
    ] {
        let ended = ask_host(&folder, host, server.port, more).exits_with(1);
        let text = ended.text();
        assert!(text.contains("not asked, and the API key not sent"), "{text}");
        assert!(text.contains(&format!("[{code}]")) && text.contains(why), "{code}: {text}");
        let json = ask_host(&folder, host, server.port, &[more, &["--format", "json"]].concat());
        let document: Value = serde_json::from_str(json.text()).unwrap();
        assert_eq!(
            (&document["answered"], &document["remotes"]),
            (&false.into(), &Value::Array(vec![]))
        );
    }
    assert_eq!(server.requests(), Vec::<String>::new());
}

#[test]
fn a_server_without_tls_and_one_that_is_not_there_are_told() {
    let folder = Folder::new();
    let http = servers::answering(b"HTTP/1.1 400 Bad Request\r\n\r\n");
    let ended = ask(&folder, http, &[]).exits_with(1);
    assert!(ended.text().contains("it speaks HTTP"), "{}", ended.text());
    let ended = ask(&folder, servers::closed(), &[]).exits_with(1);
    assert!(ended.text().contains("nothing listens at this port"), "{}", ended.text());
    let ended = ask(&folder, servers::silent(), &[]).exits_with(1);
    assert!(ended.text().contains("error[PF053]"), "{}", ended.text());
    assert!(!ended.text().contains("--transport-probe"), "{}", ended.text());
}

/// Java takes RSA keys of 1024 bits, and the TLS library does not verify what they sign: anybody could present the
/// certificate of such a node.
#[test]
fn nothing_is_sent_where_nobody_saw_that_the_key_fits() {
    let folder = Folder::new();
    let request = "req -newkey rsa:1024 -nodes -keyout weak.key -subj /CN=weak -out weak.csr";
    if openssl(&folder, &request.split(' ').collect::<Vec<_>>()).is_none() {
        return;
    }
    folder.write("names.cnf", "subjectAltName=DNS:localhost\n");
    let [ca, ca_key] = ["cluster/ca.crt", "cluster/ca.key"].map(fixture);
    let sign = format!(
        "x509 -req -in weak.csr -CA {ca} -CAkey {ca_key} -set_serial 7 -days 30 -extfile names.cnf -out weak.crt"
    );
    openssl(&folder, &sign.split(' ').collect::<Vec<_>>()).unwrap();
    let file = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let weak = ["-cipher", "DEFAULT@SECLEVEL=0"];
    let files = [file("weak.crt"), file("weak.key")];
    let Some(server) = servers::openssl_with([&files[0], &files[1]], &weak) else { return };
    let ended = ask(&folder, server.port, &[]).exits_with(1);
    let expected = "not sent: whether the server holds the key of its certificate was not verified";
    assert!(ended.text().contains(expected), "{}", ended.text());
    // Nor is such a server accepted where nothing is sent.
    let target = format!("localhost:{}", server.port);
    let look = ["preflight", "endpoint", &target, "--trust", &ca, "--format", "json"];
    let ended = crate::run(&folder, &look).exits_with(1);
    assert!(ended.text().contains("\"not_judged\""), "{}", ended.text());
}

/// The port of the transport layer, or an HTTP layer with `client_authentication: required`.
#[test]
fn a_server_that_wants_our_certificate_is_told() {
    for option in ["-tls1_3", "-tls1_2"] {
        let Some(server) = crate::endpoint::mutual(&[option]) else { return };
        let ended = ask(&Folder::new(), server.port, &[]).exits_with(1);
        let text = ended.text();
        assert!(text.contains("not sent: ") && text.contains("curl --cert"), "{text}");
        assert!(text.contains("warning[PF067]") && !text.contains("--key"), "{text}");
    }
}

#[test]
fn every_other_answer_is_told_for_what_it_is() {
    let error = |reason: &str, status: u16| {
        format!(r#"{{"error": {{"type": "x", "reason": "{reason}"}}, "status": {status}}}"#)
    };
    let html = "<!DOCTYPE html><html><title>Kibana</title></html>";
    let ok = "HTTP/1.1 200 OK\r\n";
    let cases: Vec<(Reply, &str, &str)> = vec![
        (json("401 Unauthorized", &error("unable to authenticate", 401)), "not accepted (401): unable to authenticate", "`encoded`"),
        (json("403 Forbidden", &error("action [cluster:monitor/remote/info] is unauthorized", 403)), "(403): action", "`monitor`"),
        (json("503 Service Unavailable", &error("no master", 503)), "(503): no master", "another node"),
        (json("503 Service Unavailable", html), "(503): it begins with `<!DOCTYPE html>", "another node"),
        (json("200 OK", html), "not JSON: it begins with `<!DOCTYPE html>", "--url"),
        (json("404 Not Found", html), "(404)", "--url"),
        (json("200 OK", ""), "not JSON: it is empty", "--url"),
        (json("200 OK", "{\"west\": {\"conn"), "line 1, column", "--url"),
        (json("200 OK", "{\"name\": \"node1\", \"tagline\": \"You Know, for Search\"}"), "no list of remote clusters", "--url"),
        (Reply::Bytes(b"HTTP/1.1 302 Found\r\nLocation: https://login.example.com/\r\nContent-Length: 0\r\n\r\n".to_vec()), "`https://login.example.com/` (302)", "nowhere else"),
        (Reply::Bytes(format!("{ok}Content-Length: 400\r\n\r\n{{\"a\"").into_bytes()), "ends early, after 4 bytes", ""),
        (Reply::Cut(format!("{ok}\r\n{CONNECTED}").into_bytes()), "ends early", ""),
        (Reply::Endless(format!("{ok}\r\n").into_bytes()), "longer than 8388608 bytes", ""),
        (Reply::Endless(ok.as_bytes().to_vec()), "not HTTP/1.1", "--url"),
        (Reply::Slow(format!("{ok}\r\n").into_bytes()), "no whole answer came in time", "another node"),
        (Reply::Bytes(b"\x15\x00\x00\x00".to_vec()), "not HTTP/1.1", "--url"),
        (json("418 I'm a teapot", &error(KEY, 418)), "status 418: …", "--url"),
    ];
    let folder = Folder::new();
    for (reply, what, hint) in cases {
        let reply = std::sync::Mutex::new(Some(reply));
        let server = Https::start("self-managed-1", move |_| reply.lock().unwrap().take().unwrap());
        let ended = ask(&folder, server.port, &[]).exits_with(2);
        let messages = ended.messages();
        let place = format!("crosstrust: error: https://localhost:{}/_remote/info: ", server.port);
        assert!(messages.starts_with(&place) && messages.contains(what), "{what}: {messages}");
        assert!(hint.is_empty() || messages.contains("hint: "), "{messages}");
        assert!(messages.contains(hint), "{hint}: {messages}");
        assert_eq!(ended.text(), "");
        assert_eq!(server.requests().len(), 1, "{messages}");
    }
}

#[test]
fn a_question_that_is_not_answered_is_not_judged() {
    let server = Https::start("self-managed-1", |path| match path {
        "/_remote/info" => json("200 OK", CONNECTED),
        _ => json("403 Forbidden", r#"{"error": {"reason": "unauthorized"}, "status": 403}"#),
    });
    let ended = ask(&Folder::new(), server.port, &["--format", "json"]).exits_with(1);
    assert_eq!(codes(&ended), ["RC080", "RC080"]);
}

#[test]
fn where_a_remote_cluster_is_registered_is_judged() {
    let transient = r#"{"persistent": {}, "transient": {"cluster.remote.west.proxy_address": "es.example.com:9443"}}"#;
    let both = r#"{"persistent": {"cluster.remote.west.proxy_address": "a:9443"},
        "transient": {"cluster.remote.west.proxy_address": "es.example.com:9443"}}"#;
    let nowhere = r#"{"persistent": {"cluster": {"remote": {"westward": {"mode": "proxy"}}}}, "transient": {}}"#;
    for (settings, expected) in
        [(transient, "transient settings alone"), (both, "outrank"), (nowhere, "elasticsearch.yml")]
    {
        let server = cluster(CONNECTED, settings, "[]".to_owned());
        let ended = ask(&Folder::new(), server.port, &[]).exits_with(0);
        let text = ended.text();
        assert!(text.contains("warning[RC077]") && text.contains(expected), "{text}");
    }
}

/// A node whose settings name one certificate file, at the path that the answer has.
fn node_files(folder: &Folder) {
    let settings = "xpack.security.transport.ssl:\n  enabled: true\n  certificate: certs/node.crt\n  \
                    key: certs/node.key\n  certificate_authorities: [certs/ca.crt]\n";
    folder.write("elasticsearch.yml", settings);
    for (name, file) in [
        ("node.crt", "nodes/self-managed-1.crt"),
        ("node.key", "nodes/self-managed-1.key"),
        ("ca.crt", "ca.crt"),
    ] {
        folder.write(&format!("certs/{name}"), fixture_text(&format!("cluster/{file}")));
    }
}

#[test]
fn what_the_node_has_loaded_is_compared_with_its_files() {
    let folder = Folder::new();
    node_files(&folder);
    let config = ["--config", "elasticsearch.yml"];
    let server = cluster(CONNECTED, SETTINGS, certificates(SERIAL));
    let ended = ask(&folder, server.port, &config).exits_with(0);
    assert!(
        ended.text().contains("1, compared with the files of elasticsearch.yml"),
        "{}",
        ended.text()
    );
    assert!(!ended.text().contains("RC078"), "{}", ended.text());

    let old = cluster(CONNECTED, SETTINGS, certificates("1a2b"));
    let ended = ask(&folder, old.port, &config).exits_with(0);
    let expected = "warning[RC078]: the running node has `CN=node1` (serial 1a2b) of it, which the file does not have";
    assert!(ended.text().contains(expected), "{}", ended.text());
    assert!(ended.text().contains("--> certs/node.crt"), "{}", ended.text());

    let expired = certificates(SERIAL).replace("2099-12-31", "2020-12-31");
    let server = cluster(CONNECTED, SETTINGS, expired);
    let ended = ask(&folder, server.port, &[]).exits_with(1);
    assert!(
        ended.text().contains("error[RC079]: `CN=node1` of `certs/node.crt` expired at"),
        "{}",
        ended.text()
    );

    let elsewhere = certificates(SERIAL).replace("certs/node.crt", "old/node.crt");
    let server = cluster(CONNECTED, SETTINGS, elsewhere);
    let ended = ask(&folder, server.port, &config).exits_with(0);
    assert!(ended.text().contains("`old/node.crt`, a file that is not named"), "{}", ended.text());

    std::fs::remove_file(folder.join("certs/node.crt")).unwrap();
    let server = cluster(CONNECTED, SETTINGS, certificates(SERIAL));
    let ended = ask(&folder, server.port, &config).exits_with(1);
    assert!(ended.text().contains("error[RC080]"), "{}", ended.text());
}

/// The node runs in a container: its paths are others here.
#[test]
fn the_files_of_a_container_are_found() {
    let folder = Folder::new();
    node_files(&folder);
    let inside = "/usr/share/elasticsearch/config";
    let settings =
        folder.read_text("elasticsearch.yml").replace("certs/", &format!("{inside}/certs/"));
    folder.write("elasticsearch.yml", settings);
    let answer =
        certificates("1a2b").replace("certs/node.crt", &format!("{inside}/certs/node.crt"));
    let server = cluster(CONNECTED, SETTINGS, answer);
    let root = format!(".={inside}");
    let ended =
        ask(&folder, server.port, &["--config", "elasticsearch.yml", "--config-root", &root])
            .exits_with(0);
    assert!(ended.text().contains("warning[RC078]"), "{}", ended.text());
}

#[test]
fn wrong_options_are_refused_before_anything_is_sent() {
    let server = cluster(CONNECTED, SETTINGS, certificates(SERIAL));
    let folder = Folder::new();
    let url = format!("https://localhost:{}", server.port);
    let with_user = format!("https://elastic:hidden@localhost:{}", server.port);
    for (url, key, expected) in [
        (url.as_str(), None, "ES_KEY: no such environment variable"),
        (&url, Some(""), "holds no text"),
        (&url, Some("id:secret-of-it"), "not Base64"),
        (&url, Some("a\r\nX: y"), "not Base64"),
        ("http://localhost:9200", Some(KEY), "does not begin with https://"),
        (&with_user, Some(KEY), "user name"),
    ] {
        let arguments = ["remote", "verify", "--url", url, "--api-key-env", "ES_KEY"];
        let mut command = crosstrust(&folder, &arguments);
        if let Some(key) = key {
            command = command.env("ES_KEY", key);
        }
        let ended = command.run().exits_with(2);
        let messages = ended.messages();
        assert!(messages.contains(expected), "{messages}");
        assert!(!messages.contains("hidden") && !messages.contains("secret-of-it"), "{messages}");
    }
    let ended = crosstrust(&folder, &["remote", "verify", "--url", &url]).run().exits_with(2);
    assert!(ended.messages().contains("--api-key-env"), "{}", ended.messages());
    let ended = ask(&folder, server.port, &["--config-root", "a=/b"]).exits_with(2);
    assert!(ended.messages().contains("--config-root is of no use"), "{}", ended.messages());
    for (more, expected) in [
        (&["--api-key-env", "A"][..], "--api-key-env is of no use with --info"),
        (&["--at", "2027-01-01T00:00:00Z"], "--at is of no use with --info"),
        (&["--config-root", "a=/b"], "--config-root is of no use with --info"),
    ] {
        let arguments = [&["remote", "verify", "--info", "a"][..], more].concat();
        let ended = crosstrust(&folder, &arguments).run().exits_with(2);
        assert!(ended.messages().contains(expected), "{}", ended.messages());
    }
    let none = crosstrust(&folder, &["remote", "verify"]).run().exits_with(2).messages();
    assert!(none.contains("--info <FILE>") && none.contains("--url <URL>"), "{none}");
    let both = ["remote", "verify", "--url", &url, "--api-key-env", "A", "--info", "a"];
    crosstrust(&folder, &both).run().exits_with(2);
    assert_eq!(server.requests(), Vec::<String>::new());
}
