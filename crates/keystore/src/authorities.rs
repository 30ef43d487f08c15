//! The authorities in a file: what says of itself that it is one, wherever it stands.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crosstrust_x509::Certificate;

use crate::chain::Pool;
use crate::entry::Entry;
use crate::error::Error;
use crate::open::Contents;

/// The CA certificates of these files: each once, an issuer behind those that it issued, hence the
/// root last; otherwise in the order of the files.
///
/// What counts is what the certificate says ([`Certificate::is_ca`]), never whether a key stands
/// beside it: the CA of `elasticsearch-certutil` is a key entry. No CA at all is
/// [`Error::NoAuthority`].
pub fn extract(sources: &[&Contents]) -> Result<Vec<Certificate>, Error> {
    let mut seen = BTreeSet::new();
    let authorities = sources
        .iter()
        .flat_map(|contents| contents.certificates())
        .filter(|certificate| certificate.is_ca() && seen.insert(certificate.der()))
        .collect::<Vec<_>>();
    if authorities.is_empty() {
        return Err(Error::NoAuthority { holds: holds(sources) });
    }
    let heights = heights(&authorities);
    let mut order = authorities.into_iter().zip(heights).collect::<Vec<_>>();
    order.sort_by_key(|(_, height)| std::cmp::Reverse(*height));
    Ok(order.into_iter().map(|(certificate, _)| certificate.clone()).collect())
}

/// How many issuers each certificate has above it.
fn heights(certificates: &[&Certificate]) -> Vec<usize> {
    let pool = Pool::new(certificates.iter().copied());
    let mut known = BTreeMap::<&[u8], usize>::new();
    for certificate in certificates {
        let mut path = Vec::new();
        let mut on_path = BTreeSet::new();
        let mut next = Some(*certificate);
        while let Some(current) = next.filter(|current| !known.contains_key(current.der())) {
            if !on_path.insert(current.der()) {
                break;
            }
            path.push(current);
            next = pool.issuer(current).filter(|_| !current.is_self_issued());
        }
        let lowest = next.and_then(|end| known.get(end.der())).map_or(0, |height| height + 1);
        known.extend(path.iter().rev().map(|member| member.der()).zip(lowest..));
    }
    let height = |certificate: &&Certificate| known.get(certificate.der()).copied();
    certificates.iter().map(|certificate| height(certificate).unwrap_or_default()).collect()
}

/// What is there instead of an authority, in words.
fn holds(sources: &[&Contents]) -> String {
    let certificates =
        sources.iter().flat_map(|contents| contents.certificates()).collect::<Vec<_>>();
    let keys = sources.iter().map(|contents| contents.keys().count()).sum::<usize>();
    let others =
        sources.iter().flat_map(|contents| &contents.entries).filter_map(|entry| match entry {
            Entry::Other(other) => Some(format!("1 {}", other.kind)),
            _ => None,
        });
    let mut parts = Vec::new();
    parts.extend(counted(keys, "private key"));
    parts.extend(counted(certificates.len(), "certificate").map(|count| {
        let named = certificates.iter().take(NAMED).map(|one| format!("`{}`", one.subject()));
        let named = named.collect::<Vec<_>>().join(", ");
        let more = if certificates.len() > NAMED { ", …" } else { "" };
        format!("{count} of no authority ({named}{more})")
    }));
    parts.extend(others.take(NAMED));
    if parts.is_empty() { "nothing of use".to_owned() } else { parts.join(", ") }
}

fn counted(count: usize, noun: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {noun}")),
        _ => Some(format!("{count} {noun}s")),
    }
}

/// How many subjects and other things a message names.
const NAMED: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open::open;
    use crate::secret::Password;

    const CHAIN: &[u8] = include_bytes!("../../../fixtures/pem/chain.crt");
    const DISORDERED: &[u8] = include_bytes!("../../../fixtures/pem/chain-disordered.crt");
    const DUPLICATES: &[u8] = include_bytes!("../../../fixtures/pem/duplicates.crt");
    const CA_STORE: &[u8] = include_bytes!("../../../fixtures/p12/openssl/ca.p12");
    const EC_CA: &[u8] = include_bytes!("../../../fixtures/pem/ca-ec.crt");
    const LEAF_AND_KEY: &[u8] = include_bytes!("../../../fixtures/pem/certificate-and-key.pem");
    const REQUEST: &[u8] = include_bytes!("../../../fixtures/pem/node.csr");

    fn contents(bytes: &[u8]) -> Contents {
        open(bytes, &[Password::new("changeit")]).unwrap_or_else(|error| panic!("{error}"))
    }

    #[track_caller]
    fn check(sources: &[&[u8]], expected: &[&str]) {
        let sources = sources.iter().map(|bytes| contents(bytes)).collect::<Vec<_>>();
        let found = extract(&sources.iter().collect::<Vec<_>>()).unwrap();
        let subjects = found.iter().map(|one| one.subject().to_string()).collect::<Vec<_>>();
        assert_eq!(subjects, expected);
    }

    #[test]
    fn authorities_come_once_and_the_root_last() {
        check(&[CHAIN], &["CN=Fixture Intermediate CA", "CN=Fixture CA"]);
        check(&[DISORDERED], &["CN=Fixture Intermediate CA", "CN=Fixture CA"]);
        check(&[DUPLICATES], &["CN=Fixture Intermediate CA", "CN=Fixture CA"]);
        check(&[CHAIN, DUPLICATES], &["CN=Fixture Intermediate CA", "CN=Fixture CA"]);
        let three = ["CN=Fixture Intermediate CA", "CN=Fixture EC CA", "CN=Fixture CA"];
        check(&[EC_CA, CHAIN], &three);
    }

    #[test]
    fn the_authority_of_a_key_entry_counts() {
        check(&[CA_STORE], &["CN=Fixture CA"]);
    }

    #[test]
    fn a_source_without_authority_says_what_it_holds() {
        #[track_caller]
        fn check(bytes: &[u8], holds: &str) {
            let holds = holds.to_owned();
            assert_eq!(extract(&[&contents(bytes)]), Err(Error::NoAuthority { holds }));
        }

        check(LEAF_AND_KEY, "1 private key, 1 certificate of no authority (`CN=node1`)");
        check(REQUEST, "1 certificate signing request");
        check(b"-----BEGIN X-----\n-----END X-----\n", "nothing of use");
    }
}
