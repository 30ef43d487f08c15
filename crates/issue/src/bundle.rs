//! The files of issued certificates, in elasticsearch-certutil's layout: a folder an instance.

use crosstrust_keystore::{Password, PrivateKey, Secret, pem, pkcs12};
use crosstrust_x509::{Certificate, Timestamp};

use crate::authority::Authority;
use crate::error::Error;
use crate::issued::Issued;

/// In what form keys and certificates are written.
#[derive(Clone)]
pub enum Packaging {
    /// PEM files, the key encrypted if there is a password.
    Pem {
        /// The password of the keys.
        password: Option<Password>,
    },
    /// A PKCS#12 key store each.
    Pkcs12 {
        /// The password of the stores, which may be the empty one.
        password: Password,
    },
}

/// A file of a bundle.
#[derive(Clone)]
pub struct BundleFile {
    /// Its path inside of the bundle, with `/` between folders.
    pub path: String,
    /// Its contents.
    pub contents: Secret,
    /// Whether it holds a private key.
    pub private: bool,
}

/// Files that belong together, in order.
#[derive(Clone, Default)]
pub struct Bundle {
    /// The files.
    pub files: Vec<BundleFile>,
}

/// Packs an issued certificate: `NAME/NAME.p12`, or `NAME/NAME.crt` and `NAME/NAME.key`.
pub fn package(issued: &Issued, packaging: &Packaging, now: Timestamp) -> Result<Bundle, Error> {
    let filename = &issued.instance.filename;
    let path = |extension: &str| format!("{filename}/{filename}.{extension}");
    let chain: Vec<Certificate> =
        std::iter::once(&issued.certificate).chain(&issued.intermediates).cloned().collect();
    let files = match packaging {
        Packaging::Pkcs12 { password } => {
            let mut writer = pkcs12::Writer::new(pkcs12::Profile::Modern);
            writer = writer.key(&issued.instance.name, &issued.key, &chain);
            if let Some(anchor) = &issued.anchor {
                writer = writer.trusted(ANCHOR_ALIAS, anchor);
            }
            vec![private(path("p12"), writer.write(password, millis(now))?.into())]
        }
        Packaging::Pem { password } => vec![
            public(path("crt"), &chain),
            private(path("key"), key_pem(&issued.key, password.as_ref())?),
        ],
    };
    Ok(Bundle { files })
}

impl Bundle {
    /// The files of a new authority: `ca.p12` with its key under the alias `ca`, or `ca.crt` and
    /// `ca.key`.
    pub fn of_authority(
        authority: &Authority,
        packaging: &Packaging,
        now: Timestamp,
    ) -> Result<Self, Error> {
        let chain = [authority.certificate().clone()];
        let files = match packaging {
            Packaging::Pkcs12 { password } => {
                let writer = pkcs12::Writer::new(pkcs12::Profile::Modern);
                let writer = writer.key(ANCHOR_ALIAS, authority.key(), &chain);
                vec![private("ca.p12".to_owned(), writer.write(password, millis(now))?.into())]
            }
            Packaging::Pem { password } => vec![
                public("ca.crt".to_owned(), &chain),
                private("ca.key".to_owned(), key_pem(authority.key(), password.as_ref())?),
            ],
        };
        Ok(Self { files })
    }

    /// Puts all files below a folder.
    pub fn put_below(&mut self, folder: &str) {
        for file in &mut self.files {
            file.path = format!("{folder}/{}", file.path);
        }
    }

    /// Adds the certificate to trust as `ca.crt` beside the instances' folders.
    pub fn add_anchor(&mut self, anchor: &Certificate) {
        self.files.push(public("ca.crt".to_owned(), std::slice::from_ref(anchor)));
    }
}

fn public(path: String, chain: &[Certificate]) -> BundleFile {
    let text: String = chain.iter().map(|c| pem::write("CERTIFICATE", c.der())).collect();
    BundleFile { path, contents: text.into_bytes().into(), private: false }
}

fn private(path: String, contents: Secret) -> BundleFile {
    BundleFile { path, contents, private: true }
}

/// A PKCS#8 key, encrypted if there is a password that is not empty.
fn key_pem(key: &PrivateKey, password: Option<&Password>) -> Result<Secret, Error> {
    match password.filter(|password| !password.is_empty()) {
        Some(password) => Ok(key.to_encrypted_pkcs8_pem(password)?),
        None => Ok(key.to_pkcs8_pem()),
    }
}

fn millis(now: Timestamp) -> i64 {
    now.unix().saturating_mul(1000)
}

const ANCHOR_ALIAS: &str = "ca";
