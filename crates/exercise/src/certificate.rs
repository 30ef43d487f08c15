//! DER certificates: read, shown, and judged as node and as authority at once.

use crosstrust_preflight::{Node, Policy, Settings, TrustList, check_node, host_name};
use crosstrust_report::print;
use crosstrust_restrictions::{X509Field, certificate_names};
use crosstrust_x509::{Certificate, Timestamp};

use crate::{alternative_names, distinguished_name};

pub(crate) fn run(input: &[u8]) {
    let Ok(certificate) = Certificate::from_der(input) else { return };
    assert!(input.starts_with(certificate.der()), "the bytes are kept as they are");
    let again = Certificate::from_der(certificate.der());
    assert!(again.is_ok_and(|again| again == certificate), "the same bytes, another certificate");
    show(&certificate);
    judge(certificate);
}

/// Everything that a listing prints.
pub(crate) fn show(certificate: &Certificate) {
    distinguished_name::show(certificate.subject());
    distinguished_name::show(certificate.issuer());
    let _ = format!(
        "{} {} {} {} {}",
        certificate.serial_hex(),
        certificate.not_before(),
        certificate.not_after(),
        certificate.public_key(),
        certificate.signature_algorithm(),
    );
    let _ = certificate.key_usage().map(ToString::to_string);
    let _ = certificate.extended_key_usage().map(ToString::to_string);
    assert_eq!(certificate.fingerprint_sha256().len(), 64);
    if let Some(names) = certificate.subject_alt_names() {
        alternative_names::show(names);
    }
    let _ = certificate_names(certificate, X509Field::ALL);
}

fn judge(certificate: Certificate) {
    for host in ["node1.example.com", "192.0.2.1", "2001:db8::1"] {
        let _ = host_name::check(&certificate, host, Some("other.example.com"));
    }
    let trust = TrustList::new([certificate.clone()]);
    let policy = Policy::new(Settings::new(trust), Timestamp::from_unix(NOW));
    let node = Node::new("node.crt", vec![certificate]).with_host("node1.example.com");
    let verdict = check_node(&node, &policy);
    let report = serde_json::from_str::<serde_json::Value>(&print::json(&verdict.report));
    assert!(report.is_ok(), "the report is no JSON");
}

/// 1 January 2026: within the validity of most seeds, so that judging goes on.
const NOW: i64 = 1_767_225_600;
