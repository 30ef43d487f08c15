//! What the http mode is to make, from a dialogue or from options.

use std::net::IpAddr;
use std::path::PathBuf;

use crosstrust_issue::{Authority, AuthorityRequest, Constraints, Instance, Period};
use crosstrust_keystore::{KeyType, Password};
use crosstrust_x509::{KeyUsageBit, Name, NameError};

/// Everything that is to be made.
pub(super) struct Plan {
    /// Who signs.
    pub(super) signing: Signing,
    /// How long certificates are valid.
    pub(super) validity: Period,
    /// For whom.
    pub(super) nodes: Vec<Node>,
    /// The password of the key stores, or of the keys beside requests.
    pub(super) password: Password,
    /// The archive.
    pub(super) output: PathBuf,
}

/// Who signs.
pub(super) enum Signing {
    /// An authority that is there.
    Existing(Box<Authority>),
    /// A new one.
    New {
        /// What it is to be.
        request: NewAuthority,
        /// The password of its key store.
        password: Password,
    },
    /// Somebody else, by request.
    Request,
}

/// A new authority.
pub(super) struct NewAuthority {
    /// Its subject.
    pub(super) subject: String,
    /// How long it is valid.
    pub(super) validity: Period,
    /// Its key.
    pub(super) key_type: KeyType,
    /// What it may do.
    pub(super) constraints: Constraints,
}

/// A certificate or request for a node, or for several with the same names.
pub(super) struct Node {
    /// The subject, the names, and the base of file names.
    pub(super) instance: Instance,
    /// The kind of key.
    pub(super) key_type: KeyType,
    /// What the key is for.
    pub(super) key_usage: Vec<KeyUsageBit>,
}

impl NewAuthority {
    /// The authority that is made unless something else is asked for.
    pub(super) fn new(key_type: KeyType) -> Self {
        let subject = "CN=Elasticsearch HTTP CA".to_owned();
        Self { subject, validity: DEFAULT_VALIDITY, key_type, constraints: Constraints::default() }
    }

    /// What is asked of the crate that makes it.
    pub(super) fn request(&self, days: u32) -> AuthorityRequest {
        AuthorityRequest { subject: self.subject.clone(), days, key_type: self.key_type }
    }
}

/// An instance with a name, and names in its certificate.
pub(super) fn instance(name: &str, subject: Name, dns: Vec<String>, ip: Vec<IpAddr>) -> Instance {
    let (name, filename) = (name.to_owned(), name.to_owned());
    Instance { name, filename, subject, ip, dns, common_names: Vec::new() }
}

/// The name for a certificate of these hosts: the first without a wildcard, else the first with
/// its wildcard stripped, else a fixed one.
pub(super) fn default_name(hosts: &[String]) -> String {
    let plain = hosts.iter().find(|host| !host.contains('*'));
    let stripped = || hosts.first().map(|host| host.replace('*', "").trim_matches('.').to_owned());
    plain
        .cloned()
        .or_else(stripped)
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| FALLBACK.to_owned())
}

/// The subject for a name: of `a.b.c`, `CN=a,DC=b,DC=c`.
pub(super) fn subject_text(name: &str) -> String {
    let mut labels = name.split('.').filter(|label| !label.is_empty());
    let first = format!("CN={}", escaped(labels.next().unwrap_or_default()));
    labels.fold(first, |text, label| format!("{text},DC={}", escaped(label)))
}

/// The subject for a name, parsed.
pub(super) fn subject(name: &str) -> Result<Name, NameError> {
    Name::parse(&subject_text(name))
}

/// A value with a backslash before each character that has a meaning in a distinguished name.
fn escaped(value: &str) -> String {
    value.chars().fold(String::new(), |mut text, character| {
        if ",+\"\\<>;=#".contains(character) {
            text.push('\\');
        }
        text.push(character);
        text
    })
}

/// How long certificates and authorities are valid unless something else is asked for.
pub(super) const DEFAULT_VALIDITY: Period = Period::of_years(5);
const FALLBACK: &str = "elasticsearch";

#[cfg(test)]
mod tests {
    use super::*;

    /// C08 of elasticsearch-certutil's tests.
    #[test]
    fn labels_of_a_name_become_parts_of_the_subject() {
        #[track_caller]
        fn check(name: &str, expected: &str) {
            assert_eq!(subject(name).unwrap().to_string(), expected);
        }

        check("a.b.c", "CN=a,DC=b,DC=c");
        check("localhost", "CN=localhost");
        check("elasticsearch", "CN=elasticsearch");
        check("a+b.x,y", r"CN=a\+b,DC=x\,y");
    }

    #[test]
    fn a_certificate_is_named_after_its_first_plain_host() {
        #[track_caller]
        fn check(hosts: &[&str], expected: &str) {
            let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
            assert_eq!(default_name(&hosts), expected, "{hosts:?}");
        }

        check(&["*.example.com", "es.example.com"], "es.example.com");
        check(&["*.example.com"], "example.com");
        check(&["*"], "elasticsearch");
        check(&[], "elasticsearch");
    }
}
