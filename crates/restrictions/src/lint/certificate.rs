//! Certificates that a check is told of.

use crosstrust_x509::Certificate;
use crosstrust_x509::UnreadableNames;

use crate::field::CertificateName;
use crate::field::X509Field;
use crate::field::certificate_names;

/// A certificate by its names, and what to call it.
#[derive(Clone, Debug)]
pub(crate) struct Holder {
    pub(crate) label: String,
    all_names: Vec<CertificateName>,
    /// Why Java reads none of its names, where that is so.
    pub(crate) unreadable: Option<UnreadableNames>,
}

impl Holder {
    pub(super) fn new(label: &str, certificate: &Certificate) -> Self {
        let all_names = certificate_names(certificate, X509Field::ALL);
        Self { label: label.to_owned(), all_names, unreadable: certificate.unreadable_names() }
    }

    /// A certificate with names of its own, for tests.
    #[cfg(test)]
    pub(crate) fn of_names(label: &str, field: X509Field, names: &[&str]) -> Self {
        let names = names.iter().map(|&name| CertificateName { field, value: name.to_owned() });
        Self { label: label.to_owned(), all_names: names.collect(), unreadable: None }
    }

    /// The names in some fields.
    pub(crate) fn names(&self, fields: &[X509Field]) -> Vec<&str> {
        let compared = self.all_names.iter().filter(|name| fields.contains(&name.field));
        compared.map(|name| name.value.as_str()).collect()
    }

    /// The names in fields that are not compared.
    pub(crate) fn other_names(&self, fields: &[X509Field]) -> Vec<&CertificateName> {
        self.all_names.iter().filter(|name| !fields.contains(&name.field)).collect()
    }
}
