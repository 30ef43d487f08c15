//! What is known besides the files that are checked.

use crosstrust_x509::Certificate;
use crosstrust_x509::UnreadableNames;

use crate::elasticsearch_version::ElasticsearchVersion;
use crate::field::CertificateName;
use crate::field::X509Field;
use crate::field::certificate_names;
use crate::restricted_node::RestrictedNode;

/// What is known besides the files that are checked.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    /// Certificates of the own cluster.
    pub(crate) own: Vec<Holder>,
    /// Certificates of other clusters that are expected.
    pub(crate) peers: Vec<Holder>,
    /// The fields whose names are compared.
    pub(crate) fields: Vec<X509Field>,
    /// The fields as they were asked for, known or not, if they were.
    pub(crate) asked_fields: Option<Vec<String>>,
    /// The oldest Elasticsearch that reads the files.
    pub(crate) elasticsearch: ElasticsearchVersion,
    /// The settings of nodes of the own cluster.
    pub(crate) nodes: Vec<RestrictedNode>,
}

impl Default for Known {
    fn default() -> Self {
        Self {
            own: Vec::new(),
            peers: Vec::new(),
            fields: X509Field::DEFAULT.to_vec(),
            asked_fields: None,
            elasticsearch: ElasticsearchVersion::NEWEST,
            nodes: Vec::new(),
        }
    }
}

impl Known {
    /// The names of all certificates, in the fields that are compared.
    pub(crate) fn names(&self) -> Vec<&str> {
        let holders = self.own.iter().chain(&self.peers);
        holders.flat_map(|holder| holder.names(&self.fields)).collect()
    }
}

/// A certificate by its names, and what to call it.
#[derive(Clone, Debug)]
pub(crate) struct Holder {
    pub(crate) label: String,
    all_names: Vec<CertificateName>,
    /// Why Java reads none of its names, where that is so.
    pub(crate) unreadable: Option<UnreadableNames>,
}

impl Holder {
    pub(crate) fn new(label: &str, certificate: &Certificate) -> Self {
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
