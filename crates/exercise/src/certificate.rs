//! DER certificates, certificate signing requests, and the names in them: certificates are shown, and
//! judged as node and as authority at once; alternative names are held against those that x509-parser
//! reads.

use crosstrust_preflight::{Node, Policy, Settings, TrustList, check_node, host_name};
use crosstrust_report::print;
use crosstrust_restrictions::{X509Field, certificate_names};
use crosstrust_x509::der::{self, Element};
use crosstrust_x509::{
    Certificate, CertificateRequest, Name, NameError, SubjectAltNames, Timestamp,
};
use x509_parser::extensions::{GeneralName, SubjectAlternativeName};
use x509_parser::prelude::FromDer;

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
    show_name(certificate.subject());
    show_name(certificate.issuer());
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
        show_alternative_names(names);
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

/// DER certificate signing requests.
pub(crate) fn run_request(input: &[u8]) {
    let Ok(request) = CertificateRequest::from_der(input) else { return };
    assert!(input.starts_with(request.der()), "the bytes are kept as they are");
    show_name(request.subject());
    if let Some(names) = request.subject_alt_names() {
        show_alternative_names(names);
    }
    let _ = (request.check_signature(), request.public_key().to_string());
}

/// Distinguished names as text.
pub(crate) fn run_distinguished_name(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else { return };
    if let Ok(name) = Name::parse(text) {
        match Name::parse(&name.to_string()) {
            // The type of a string does not show in text.
            Ok(again) => assert!(again.matches(&name), "`{name}` is read as `{again}`"),
            // Names are read with Java's keywords and shown with those of LDAP, as `title` for `T`.
            Err(error) => assert!(matches!(error, NameError::Keyword { .. }), "`{name}`: {error}"),
        }
        show_name(&name);
    }
}

/// Prints a name, and reads its bytes again.
fn show_name(name: &Name) {
    let _ = (name.to_string(), name.common_name(), name.is_empty());
    assert!(name.matches(name), "`{name}` does not match itself");
    assert_eq!(Name::from_der(name.der()).as_ref(), Some(name));
}

/// Contents of the extension subjectAltName.
pub(crate) fn run_alternative_names(input: &[u8]) {
    if let Some(names) = SubjectAltNames::from_der(input) {
        show_alternative_names(&names);
        agree(&names, input);
    }
}

/// Prints every name, and every name that Elasticsearch compares.
fn show_alternative_names(names: &SubjectAltNames) {
    for name in names.names() {
        assert!(!name.to_string().is_empty());
    }
    for other in names.other_names() {
        let _ = (other.reading(), other.encoding(), other.type_id().len(), other.value_der().len());
    }
    let _ = names.other_name_common_names().count();
    let again = SubjectAltNames::from_der(names.der());
    assert_eq!(again.as_ref().map(SubjectAltNames::names), Some(names.names()));
}

/// Where x509-parser reads every name, its DNS names and addresses are ours. It takes more than DER
/// and ASCII; such names are left out.
fn agree(names: &SubjectAltNames, input: &[u8]) {
    let Ok((&[], theirs)) = SubjectAlternativeName::from_der(input) else { return };
    let theirs = theirs.general_names;
    let is_odd = |name: &GeneralName<'_>| match name {
        GeneralName::Invalid(..) => true,
        GeneralName::DNSName(dns) => !dns.is_ascii(),
        _ => false,
    };
    let elements = der::read_one(input, der::SEQUENCE).and_then(|one| der::read_all(one.contents));
    let is_der = |one: &Element<'_>| one.is_constructed() == [0, 3, 4, 5].contains(&one.number());
    if theirs.iter().any(is_odd) || !elements.is_some_and(|all| all.iter().all(is_der)) {
        return;
    }
    let dns: Vec<&str> = theirs
        .iter()
        .filter_map(|name| match name {
            GeneralName::DNSName(dns) => Some(*dns),
            _ => None,
        })
        .collect();
    assert_eq!(names.dns().collect::<Vec<_>>(), dns, "DNS names");
    let addresses = theirs.iter().filter(|name| match name {
        GeneralName::IPAddress(octets) => [4, 16].contains(&octets.len()),
        _ => false,
    });
    assert_eq!(names.ip().count(), addresses.count(), "addresses");
}
