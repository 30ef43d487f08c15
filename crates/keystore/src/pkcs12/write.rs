//! The writer: field for field what a JVM writes, so that every reader of Java's key stores reads
//! ours.

use std::collections::BTreeSet;

use crosstrust_x509::{Certificate, Timestamp};

use super::oid;
use crate::der;
use crate::der::tag;
use crate::error::Error;
use crate::pbe;
use crate::pbe::StoreProfile;
use crate::private_key::PrivateKey;
use crate::secret::Password;

/// A key store to be written.
pub struct Writer {
    profile: StoreProfile,
    keys: Vec<Key>,
    trusted: Vec<Trusted>,
}

struct Key {
    alias: String,
    private: PrivateKey,
    chain: Vec<Certificate>,
}

struct Trusted {
    alias: String,
    certificate: Certificate,
}

impl Writer {
    /// An empty key store.
    pub fn new(profile: StoreProfile) -> Self {
        Self { profile, keys: Vec::new(), trusted: Vec::new() }
    }

    /// Adds a private key with its certificate and the issuers of that, leaf first.
    ///
    /// The alias is written in lower case, as Java does.
    #[must_use]
    pub fn key(mut self, alias: &str, key: &PrivateKey, chain: &[Certificate]) -> Self {
        let alias = alias.to_lowercase();
        self.keys.push(Key { alias, private: key.clone(), chain: chain.to_vec() });
        self
    }

    /// Adds a certificate that a JVM shall trust.
    #[must_use]
    pub fn trusted(mut self, alias: &str, certificate: &Certificate) -> Self {
        let (alias, certificate) = (alias.to_owned(), certificate.clone());
        self.trusted.push(Trusted { alias, certificate });
        self
    }

    /// The bytes of the key store.
    ///
    /// Java shows `now` as the date of the entries. A key that does not belong to its first certificate and an alias used twice,
    /// compared without regard to case, are errors. One derivation is made for each key, one for
    /// all certificates, one for the authentication code.
    pub fn write(&self, password: &Password, now: Timestamp) -> Result<Vec<u8>, Error> {
        self.write_with(password, password, now)
    }

    /// The same with another password for the keys, which Java then asks for.
    pub fn write_with(
        &self,
        password: &Password,
        keys: &Password,
        now: Timestamp,
    ) -> Result<Vec<u8>, Error> {
        self.check()?;
        let profile = self.profile;
        let mut safes = Vec::new();
        if !self.keys.is_empty() {
            safes.push(data(&self.key_bags(profile, keys, now)?));
        }
        let certificates = self.certificate_bags(now);
        if !certificates.is_empty() {
            let contents = der::sequence(&slices(&certificates));
            safes.push(encrypted_data(&pbe::seal(profile, &contents, password)?));
        }
        let content = der::sequence(&slices(&safes));
        let mac = pbe::mac(profile, &content, password)?;
        let content_info = content_info(oid::DATA, &der::octet_string(&content));
        Ok(der::sequence(&[&der::integer(3), &content_info, &mac]))
    }

    fn check(&self) -> Result<(), Error> {
        let mut aliases = BTreeSet::new();
        let keys = self.keys.iter().map(|key| &key.alias);
        for alias in keys.chain(self.trusted.iter().map(|trusted| &trusted.alias)) {
            if !aliases.insert(alias.to_lowercase()) {
                return Err(Error::DuplicateAlias { alias: alias.clone() });
            }
        }
        for Key { private, chain, .. } in &self.keys {
            if let Some(leaf) = chain.first().filter(|_| private.public_key().is_some())
                && !private.belongs_to(leaf)
            {
                return Err(Error::KeyMismatch { subject: leaf.subject().to_string() });
            }
        }
        Ok(())
    }

    fn key_bags(
        &self,
        profile: StoreProfile,
        password: &Password,
        now: Timestamp,
    ) -> Result<Vec<u8>, Error> {
        let mut bags = Vec::with_capacity(self.keys.len());
        for (Key { alias, private, .. }, id) in self.keys.iter().zip(local_key_ids(now)) {
            let shrouded = private.encrypted(profile, password)?;
            let attributes = [friendly_name(alias), local_key_id(&id)];
            bags.push(bag(oid::SHROUDED_KEY_BAG, &shrouded, &attributes));
        }
        Ok(der::sequence(&slices(&bags)))
    }

    /// Each chain, its issuers under their subjects as Java names them; then what is trusted.
    fn certificate_bags(&self, now: Timestamp) -> Vec<Vec<u8>> {
        let mut bags = Vec::new();
        for (Key { alias, chain, .. }, id) in self.keys.iter().zip(local_key_ids(now)) {
            for (position, certificate) in chain.iter().enumerate() {
                bags.push(if position == 0 {
                    certificate_bag(certificate, &[friendly_name(alias), local_key_id(&id)])
                } else {
                    let subject = certificate.subject().to_string();
                    certificate_bag(certificate, &[friendly_name(&subject)])
                });
            }
        }
        bags.extend(self.trusted.iter().map(|Trusted { alias, certificate }| {
            certificate_bag(certificate, &[friendly_name(alias), trusted_key_usage()])
        }));
        bags
    }
}

/// What connects each key with its certificate: Java writes its time, here made unique.
fn local_key_ids(now: Timestamp) -> impl Iterator<Item = String> {
    (now.unix().saturating_mul(1000)..).map(|millis| format!("Time {millis}"))
}

fn certificate_bag(certificate: &Certificate, attributes: &[Vec<u8>]) -> Vec<u8> {
    let value = der::context(0, &[&der::octet_string(certificate.der())]);
    let value = der::sequence(&[&der::object_identifier(oid::X509_CERTIFICATE), &value]);
    bag(oid::CERTIFICATE_BAG, &value, attributes)
}

fn bag(bag_type: &str, value: &[u8], attributes: &[Vec<u8>]) -> Vec<u8> {
    der::sequence(&[
        &der::object_identifier(bag_type),
        &der::context(0, &[value]),
        &der::set(&slices(attributes)),
    ])
}

fn friendly_name(name: &str) -> Vec<u8> {
    let units = name.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    attribute(oid::FRIENDLY_NAME, &der::element(tag::BMP_STRING, &[&units]))
}

fn local_key_id(id: &str) -> Vec<u8> {
    attribute(oid::LOCAL_KEY_ID, &der::octet_string(id.as_bytes()))
}

fn trusted_key_usage() -> Vec<u8> {
    attribute(oid::TRUSTED_KEY_USAGE, &der::object_identifier(oid::ANY_EXTENDED_KEY_USAGE))
}

fn attribute(attribute_type: &str, value: &[u8]) -> Vec<u8> {
    der::sequence(&[&der::object_identifier(attribute_type), &der::set(&[value])])
}

fn data(safe_contents: &[u8]) -> Vec<u8> {
    content_info(oid::DATA, &der::octet_string(safe_contents))
}

fn encrypted_data(sealed: &pbe::Sealed) -> Vec<u8> {
    let ciphertext = der::element(tag::context_primitive(0), &[&sealed.data]);
    let content_type = der::object_identifier(oid::DATA);
    let info = der::sequence(&[&content_type, &sealed.algorithm, &ciphertext]);
    content_info(oid::ENCRYPTED_DATA, &der::sequence(&[&der::integer(0), &info]))
}

fn content_info(content_type: &str, content: &[u8]) -> Vec<u8> {
    der::sequence(&[&der::object_identifier(content_type), &der::context(0, &[content])])
}

fn slices(parts: &[Vec<u8>]) -> Vec<&[u8]> {
    parts.iter().map(Vec::as_slice).collect()
}
