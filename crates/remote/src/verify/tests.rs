//! Tests against answers as the Elastic documentation has them.

use super::{AnswerError, RemoteInfo, verify};
use crate::connection::Connection;

const PROXY: &str = r#"{"my-remote": {"connected": false, "mode": "proxy", "proxy_address": "es.example.com:9443",
 "server_name": "es.example.com", "num_proxy_sockets_connected": 0, "max_proxy_socket_connections": 18,
 "initial_connect_timeout": "30s", "skip_unavailable": true, "cluster_credentials": "::es_redacted::"}}"#;

fn connection(alias: &str, model: &str) -> Connection {
    let text = format!(
        "alias: {alias}\nmodel: {model}\nlocal: {{platform: self-managed, version: 9.1.0{}}}\n\
         remote: {{platform: self-managed, version: 9.1.0, endpoint: es.example.com, ca: a}}\n\
         access: {{search: [{{names: [a]}}]}}\n",
        if model == "tls" { ", ca: b" } else { "" }
    );
    Connection::parse(&text).unwrap()
}

#[track_caller]
fn check(info: &str, connection: Option<&Connection>, expected: &[&str]) {
    let report = verify(&RemoteInfo::parse(info).unwrap(), connection, &[], "info.json");
    let codes: Vec<&str> = report.findings().iter().map(|finding| finding.rule().code).collect();
    assert_eq!(codes, expected, "{:?}", report.findings());
}

#[test]
fn what_is_not_as_planned_is_told() {
    let connected = PROXY.replace("false", "true").replace("connected\": 0", "connected\": 18");
    let planned = connection("my-remote", "api-key");
    check(&connected, Some(&planned), &[]);
    check(&connected, None, &[]);
    check(PROXY, Some(&planned), &["RC031"]);
    check(PROXY, None, &["RC031"]);
    check("{}", Some(&planned), &["RC030"]);
    check(&connected, Some(&connection("other", "api-key")), &["RC030"]);
    let tls = connection("my-remote", "tls");
    check(&connected, Some(&tls), &["RC032", "RC033"]);
    let elsewhere = connected.replace("es.example.com:9443", "old.example.com:9443");
    check(&elsewhere, Some(&planned), &["RC033"]);
    let sniff = r#"{"my-remote": {"connected": true, "mode": "sniff", "seeds": ["es.example.com:9300"],
        "num_nodes_connected": 3, "max_connections_per_cluster": 3, "skip_unavailable": true}}"#;
    check(sniff, None, &[]);
    check(sniff, Some(&tls), &["RC034"]);
}

/// Host and port, the server name that is sent, and whether anything is open behind `connected`.
#[test]
fn a_connection_to_somewhere_else_is_told() {
    let planned = connection("my-remote", "api-key");
    let connected = PROXY.replace("false", "true").replace("connected\": 0", "connected\": 18");
    let with = |from: &str, to: &str| {
        assert!(connected.contains(from), "{from}");
        connected.replacen(from, to, 1)
    };
    check(&connected, Some(&planned), &[]);
    check(&with("example.com:9443", "example.com:9300"), Some(&planned), &["RC033"]);
    check(&with("es.example.com:9443", ""), Some(&planned), &["RC033"]);
    check(
        &with("\"server_name\": \"es.example.com\"", "\"server_name\": \"x\""),
        Some(&planned),
        &["RC034"],
    );
    check(
        &with("\"skip_unavailable\": true", "\"skip_unavailable\": false"),
        Some(&planned),
        &["RC034"],
    );
    check(&with("connected\": 18", "connected\": 0"), Some(&planned), &["RC031"]);
    check(&with("connected\": 18", "connected\": 0"), None, &["RC031"]);
    // Before 7.7 the answer had no server name.
    check(&with(" \"server_name\": \"es.example.com\",", ""), Some(&planned), &[]);
    let ported = "alias: my-remote\nmodel: api-key\nlocal: {platform: self-managed, version: 9.1.0}\n\
        remote: {platform: ech, version: 9.1.0, endpoint: \"es.example.com:9444\"}\n\
        access: {search: [{names: [a]}]}\n";
    check(&connected, Some(&Connection::parse(ported).unwrap()), &["RC033"]);
}

/// The operator writes the seeds of its own clusters; deployments before 7.6 have a seed that is none.
#[test]
fn addresses_that_nobody_wrote_are_known() {
    let connection = |sides: &str| {
        let text = format!("alias: a\n{sides}access: {{search: [{{names: [a]}}]}}\n");
        Connection::parse(&text).unwrap()
    };
    let operator = connection(
        "model: tls\nsame_operator: true\nlocal: {platform: eck, version: 9.1.0, name: one}\n\
         remote: {platform: eck, version: 9.1.0, name: two, namespace: ns}\n",
    );
    let info = |seed: &str| {
        format!(
            "{{\"a\": {{\"connected\": true, \"mode\": \"sniff\", \"seeds\": [\"{seed}\"], \
             \"num_nodes_connected\": 3, \"skip_unavailable\": false}}}}"
        )
    };
    check(&info("two-es-transport.ns.svc:9300"), Some(&operator), &[]);
    check(&info("two-es-transport.default.svc:9300"), Some(&operator), &["RC033"]);
    let legacy = connection(
        "model: tls\nlocal: {platform: self-managed, version: 7.17.0, ca: a, node_names: [n]}\n\
         remote: {platform: ech, version: 7.5.0, endpoint: es.example.com, ca: b, cluster_id: c, \
         scope_id: s, account_id: x}\n",
    );
    check(&info("es.example.com:1"), Some(&legacy), &[]);
    check(&info("es.example.com:2"), Some(&legacy), &["RC033"]);
}

#[test]
fn a_port_of_the_other_model_is_the_likely_reason() {
    let info = PROXY.replace("9443", "9300");
    let report = verify(&RemoteInfo::parse(&info).unwrap(), None, &[], "info.json");
    assert!(report.findings()[0].help().contains("write 9443"));
}

const NO_LIST: AnswerError =
    AnswerError::Shape { what: "list of remote clusters by their aliases" };

#[test]
fn what_is_no_answer_is_refused() {
    assert!(matches!(RemoteInfo::parse("{"), Err(AnswerError::Json { line: 1, .. })));
    assert_eq!(RemoteInfo::parse(" \n"), Err(AnswerError::Empty));
    assert!(RemoteInfo::parse("\u{FEFF}{}").is_ok());
    assert_eq!(RemoteInfo::parse("[]"), Err(NO_LIST));
    assert_eq!(RemoteInfo::parse(r#"{"a": 1}"#), Err(NO_LIST));
    let refused =
        r#"{"error": {"type": "security_exception", "reason": "missing"}, "status": 401}"#;
    let error = AnswerError::Error { reason: "missing".to_owned() };
    assert_eq!(RemoteInfo::parse(refused), Err(error));
    let bare = AnswerError::Error { reason: "no handler".to_owned() };
    assert_eq!(RemoteInfo::parse(r#"{"error": "no handler", "status": 405}"#), Err(bare));
}
