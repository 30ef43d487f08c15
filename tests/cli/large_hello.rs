//! `crosstrust preflight endpoint` sends a ClientHello as JDK 27 does: who answers it, and who does not.

use serde_json::Value;

use crate::endpoint::{check, codes, message, mutual};
use crate::servers;

#[test]
fn openssl_and_java_answer_it() {
    let versions: [&[&str]; 3] = [&[], &["-tls1_2"], &["-tls1_3"]];
    let openssl = versions.into_iter().filter_map(mutual);
    let java = [&["need"][..], &["need", "TLSv1.2"]];
    let java = java.into_iter().filter_map(|options| servers::java("self-managed-1", options));
    for server in openssl.chain(java) {
        let (_, document) = check(server.port, &[]);
        assert_eq!(document["endpoints"][0]["tls"]["large_hello"], true, "{document:#}");
        assert!(!codes(&document).contains(&"PF104"), "{document:#}");
    }
}

#[test]
fn a_proxy_that_wants_it_in_one_segment_is_told() {
    let Some(server) = mutual(&[]) else { return };
    for (silent, expected) in [(true, "stays silent"), (false, "closes the connection")] {
        let port = servers::wanting_one_segment(server.port, silent);
        let (_, document) = check(port, &[]);
        let why = message(&document, "PF104");
        assert!(why.contains(expected), "{why}");
        assert_eq!(document["endpoints"][0]["tls"]["large_hello"], false);
    }
}

/// Where a hello of ordinary size gets no answer either, its size proves nothing.
#[test]
fn what_answers_no_hello_is_not_blamed() {
    let (_, document) = check(servers::silent(), &["--timeout", "1"]);
    assert!(!codes(&document).contains(&"PF104"), "{document:#}");
    assert_eq!(document["endpoints"][0]["tls"], Value::Null);
}
