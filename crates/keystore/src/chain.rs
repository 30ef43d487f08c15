//! Chains: which certificate is whose issuer.

use std::collections::BTreeMap;

use crosstrust_x509::Certificate;

/// Certificates among which issuers are looked for.
pub(crate) struct Pool<'a> {
    certificates: Vec<&'a Certificate>,
    by_subject: BTreeMap<&'a [u8], Vec<&'a Certificate>>,
}

impl<'a> Pool<'a> {
    /// A pool of these certificates.
    pub(crate) fn new(certificates: impl IntoIterator<Item = &'a Certificate>) -> Self {
        let certificates = certificates.into_iter().collect::<Vec<_>>();
        let mut by_subject = BTreeMap::<_, Vec<_>>::new();
        for certificate in &certificates {
            by_subject.entry(certificate.subject().der()).or_default().push(*certificate);
        }
        Self { certificates, by_subject }
    }

    /// The certificate and its issuers, up to a self-issued one or to where the pool ends.
    pub(crate) fn chain(&self, leaf: &'a Certificate) -> Vec<Certificate> {
        Self::walk(leaf, |certificate| self.issuer(certificate))
    }

    /// The chain that Java makes of the certificates in a PKCS#12 file.
    pub(crate) fn java_chain(&self, leaf: &'a Certificate) -> Vec<Certificate> {
        Self::walk(leaf, |certificate| self.java_issuer(certificate))
    }

    fn walk(
        leaf: &'a Certificate,
        issuer: impl Fn(&'a Certificate) -> Option<&'a Certificate>,
    ) -> Vec<Certificate> {
        let mut chain = vec![leaf];
        let mut last = leaf;
        while !last.is_self_issued() && chain.len() < LENGTH_LIMIT {
            match issuer(last) {
                Some(issuer) if !chain.contains(&issuer) => {
                    chain.push(issuer);
                    last = issuer;
                }
                _ => break,
            }
        }
        chain.into_iter().cloned().collect()
    }

    /// The issuer of a certificate, going by names, as Java does; among several of that name the
    /// one that signed it, else the one whose key identifier it names, else the first.
    pub(crate) fn issuer(&self, certificate: &Certificate) -> Option<&'a Certificate> {
        let named = self.of_subject(certificate);
        if named.len() < 2 {
            return named.first().copied();
        }
        let signer = named.iter().find(|issuer| certificate.is_signed_by(issuer));
        let identified = || {
            let wanted = certificate.authority_key_id()?;
            named.iter().find(|issuer| issuer.subject_key_id() == Some(wanted))
        };
        signer.or_else(identified).or(named.first()).copied()
    }

    /// The issuer of a certificate as `sun.security.pkcs12.PKCS12KeyStore` finds it: by name, and never one
    /// whose key identifier is another than the certificate names. No signature is looked at.
    fn java_issuer(&self, certificate: &Certificate) -> Option<&'a Certificate> {
        let named = self.of_subject(certificate);
        let Some(wanted) = certificate.authority_key_id() else { return named.first().copied() };
        let identified = named.iter().find(|issuer| issuer.subject_key_id() == Some(wanted));
        let silent = || named.iter().find(|issuer| issuer.subject_key_id().is_none());
        identified.or_else(silent).copied()
    }

    fn of_subject(&self, certificate: &Certificate) -> Vec<&'a Certificate> {
        let issuer = certificate.issuer();
        if let Some(same_bytes) = self.by_subject.get(issuer.der()) {
            return same_bytes.clone();
        }
        // Equal names may be spelled in different string types or cases.
        let equal = self.certificates.iter().filter(|other| other.subject().matches(issuer));
        equal.copied().collect()
    }
}

/// Longer than any real chain.
const LENGTH_LIMIT: usize = 32;
