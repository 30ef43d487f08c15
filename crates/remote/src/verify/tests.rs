//! Tests against answers as the Elastic documentation has them.

use super::{RemoteInfo, RemoteInfoError, verify};
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
    let report = verify(&RemoteInfo::parse(info).unwrap(), connection, "info.json");
    let codes: Vec<&str> = report.findings().iter().map(|finding| finding.rule().code).collect();
    assert_eq!(codes, expected, "{:?}", report.findings());
}

#[test]
fn what_is_not_as_planned_is_told() {
    let connected = PROXY.replace("false", "true");
    let planned = connection("my-remote", "api-key");
    check(&connected, Some(&planned), &[]);
    check(&connected, None, &[]);
    check(PROXY, Some(&planned), &["RC031"]);
    check(PROXY, None, &["RC031"]);
    check("{}", Some(&planned), &["RC030"]);
    check(&connected, Some(&connection("other", "api-key")), &["RC030"]);
    check(&connected, Some(&connection("my-remote", "tls")), &["RC032"]);
    let elsewhere = connected.replace("es.example.com:9443", "old.example.com:9443");
    check(&elsewhere, Some(&planned), &["RC033"]);
    let sniff = r#"{"my-remote": {"connected": true, "mode": "sniff", "seeds": ["es.example.com:9300"],
        "num_nodes_connected": 3, "max_connections_per_cluster": 3, "skip_unavailable": true}}"#;
    check(sniff, Some(&connection("my-remote", "tls")), &[]);
}

#[test]
fn a_port_of_the_other_model_is_the_likely_reason() {
    let info = PROXY.replace("9443", "9300");
    let report = verify(&RemoteInfo::parse(&info).unwrap(), None, "info.json");
    assert!(report.findings()[0].help().contains("write 9443"));
}

#[test]
fn what_is_no_answer_is_refused() {
    assert!(matches!(RemoteInfo::parse("{"), Err(RemoteInfoError::Json { line: 1, .. })));
    assert_eq!(RemoteInfo::parse(" \n"), Err(RemoteInfoError::Empty));
    assert!(RemoteInfo::parse("\u{FEFF}{}").is_ok());
    assert_eq!(RemoteInfo::parse("[]"), Err(RemoteInfoError::Shape));
    assert_eq!(RemoteInfo::parse(r#"{"a": 1}"#), Err(RemoteInfoError::Shape));
    let refused =
        r#"{"error": {"type": "security_exception", "reason": "missing"}, "status": 401}"#;
    let error = RemoteInfoError::Error { reason: "missing".to_owned() };
    assert_eq!(RemoteInfo::parse(refused), Err(error));
    let bare = RemoteInfoError::Error { reason: "no handler".to_owned() };
    assert_eq!(RemoteInfo::parse(r#"{"error": "no handler", "status": 405}"#), Err(bare));
}
