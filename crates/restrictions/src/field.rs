//! Which names of a certificate are compared: the setting `trust_restrictions.x509_fields`.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use crosstrust_x509::{Certificate, SubjectAltNames};

/// A place in a certificate where Elasticsearch looks for names.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum X509Field {
    /// The common name in an otherName of the subject alternative names.
    OtherNameCommonName,
    /// The DNS names of the subject alternative names.
    DnsName,
}

impl X509Field {
    /// All fields that Elasticsearch knows.
    pub const ALL: &[Self] = &[Self::OtherNameCommonName, Self::DnsName];

    /// What Elasticsearch compares when the setting is absent.
    pub const DEFAULT: &[Self] = &[Self::OtherNameCommonName];

    /// The value of the setting, as Elasticsearch spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OtherNameCommonName => "subjectAltName.otherName.commonName",
            Self::DnsName => "subjectAltName.dnsName",
        }
    }
}

impl fmt::Display for X509Field {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A value that Elasticsearch does not know, and refuses to start with.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error(
    "`{value}` is not a field for trust restrictions; known are `{}` and `{}`",
    X509Field::OtherNameCommonName,
    X509Field::DnsName
)]
pub struct UnknownField {
    /// The value.
    pub value: String,
}

/// Ignores case, as Elasticsearch does.
impl FromStr for X509Field {
    type Err = UnknownField;

    fn from_str(value: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.iter().find(|field| field.as_str().eq_ignore_ascii_case(value));
        known.copied().ok_or_else(|| UnknownField { value: value.to_owned() })
    }
}

/// A name of a certificate that is compared with the patterns.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CertificateName {
    /// Where it stands in the certificate.
    pub field: X509Field,
    /// The name, exactly as it is there.
    pub value: String,
}

impl AsRef<str> for CertificateName {
    fn as_ref(&self) -> &str {
        &self.value
    }
}

/// The names of a certificate in some fields: those that every supported Java reads, each once.
///
/// There are none where Java cannot read the extension: [`Certificate::unreadable_names`] says why.
/// They come field by field in the order of [`X509Field::ALL`], whatever the order of `fields`.
pub fn certificate_names(certificate: &Certificate, fields: &[X509Field]) -> Vec<CertificateName> {
    match certificate.subject_alt_names() {
        Some(names) if certificate.unreadable_names().is_none() => named(names, fields),
        _ => Vec::new(),
    }
}

/// The same where some releases of Java read the extension and others do not: what the former compare.
pub fn names_on_some_releases(
    certificate: &Certificate,
    fields: &[X509Field],
) -> Vec<CertificateName> {
    match certificate.subject_alt_names() {
        Some(names) if names.is_read_by_some() => named(names, fields),
        _ => Vec::new(),
    }
}

fn named(names: &SubjectAltNames, fields: &[X509Field]) -> Vec<CertificateName> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for &field in X509Field::ALL.iter().filter(|field| fields.contains(field)) {
        let values: Vec<String> = match field {
            X509Field::OtherNameCommonName => names.other_name_common_names().collect(),
            X509Field::DnsName => names.dns().map(str::to_owned).collect(),
        };
        for value in values {
            if seen.insert((field, value.clone())) {
                found.push(CertificateName { field, value });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::UnknownField;
    use super::X509Field;

    #[test]
    fn fields_are_read_whatever_their_case() {
        #[track_caller]
        fn check(value: &str, expected: Option<X509Field>) {
            let expected = expected.ok_or(UnknownField { value: value.to_owned() });
            assert_eq!(value.parse(), expected);
        }

        check("subjectAltName.otherName.commonName", Some(X509Field::OtherNameCommonName));
        check("SUBJECTALTNAME.DNSNAME", Some(X509Field::DnsName));
        check("foo.bar", None);
        check(" subjectAltName.dnsName", None);
    }
}
