//! Subject alternative names, held against those that x509-parser reads.

use crosstrust_x509::SubjectAltNames;
use crosstrust_x509::der::{self, Element};
use x509_parser::extensions::{GeneralName, SubjectAlternativeName};
use x509_parser::prelude::FromDer;

pub(crate) fn run(input: &[u8]) {
    if let Some(names) = SubjectAltNames::from_der(input) {
        show(&names);
        agree(&names, input);
    }
}

/// Prints every name, and every name that Elasticsearch compares.
pub(crate) fn show(names: &SubjectAltNames) {
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
