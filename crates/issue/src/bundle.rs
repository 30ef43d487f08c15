//! The files of issued certificates, in elasticsearch-certutil's layout: a folder an instance.

use crosstrust_keystore::{Password, PrivateKey, Secret, pem, pkcs12};
use crosstrust_x509::{Certificate, CertificateRequest, Timestamp};

use crate::authority::Authority;
use crate::error::Error;
use crate::issued::Issued;
use crate::request::{Requested, Signed};

/// In what form keys and certificates are written.
#[derive(Clone)]
pub enum Packaging {
    /// PEM files, the key encrypted if there is a password.
    Pem {
        /// The password of the keys.
        password: Option<Password>,
    },
    /// PEM files as elasticsearch-certutil writes them: the leaf alone, and a key of the form
    /// [`KeyFile::Traditional`].
    TraditionalPem {
        /// The password of the keys.
        password: Option<Password>,
    },
    /// A PKCS#12 key store each.
    Pkcs12 {
        /// The password of the stores, which may be the empty one.
        password: Password,
    },
}

/// In what form a private key is written as PEM; encrypted if there is a password that is not
/// empty.
#[derive(Clone)]
pub enum KeyFile {
    /// PKCS#8, encrypted with PBES2.
    Pkcs8(Option<Password>),
    /// PKCS#1 or SEC1, encrypted under `DEK-Info`, as elasticsearch-certutil does.
    Traditional(Option<Password>),
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
            vec![private(path("p12"), key_store(&issued.instance.name, issued, password, now)?)]
        }
        Packaging::Pem { password } => vec![
            public(path("crt"), &chain),
            private(path("key"), KeyFile::Pkcs8(password.clone()).write(&issued.key)?),
        ],
        Packaging::TraditionalPem { password } => vec![
            public(path("crt"), std::slice::from_ref(&issued.certificate)),
            private(path("key"), KeyFile::Traditional(password.clone()).write(&issued.key)?),
        ],
    };
    Ok(Bundle { files })
}

/// A PKCS#12 key store of an issued certificate under an alias, and under `ca` the certificate to
/// trust.
pub fn key_store(
    alias: &str,
    issued: &Issued,
    password: &Password,
    now: Timestamp,
) -> Result<Secret, Error> {
    let chain: Vec<Certificate> =
        std::iter::once(&issued.certificate).chain(&issued.intermediates).cloned().collect();
    let mut writer = pkcs12::Writer::new(pkcs12::StoreProfile::Modern);
    writer = writer.key(alias, &issued.key, &chain);
    if let Some(anchor) = &issued.anchor {
        writer = writer.trusted(ANCHOR_ALIAS, anchor);
    }
    Ok(writer.write(password, now)?.into())
}

/// Packs a request: `NAME/NAME.csr` and `NAME/NAME.key`.
pub fn package_request(requested: &Requested, key: &KeyFile) -> Result<Bundle, Error> {
    let filename = &requested.instance.filename;
    let mut bundle = Bundle::of_request(filename, &requested.request);
    let key = key.write(&requested.key)?;
    bundle.files.push(private(format!("{filename}/{filename}.key"), key));
    Ok(bundle)
}

impl KeyFile {
    /// The text of a key's file.
    pub fn write(&self, key: &PrivateKey) -> Result<Secret, Error> {
        let (Self::Pkcs8(password) | Self::Traditional(password)) = self;
        let password = password.as_ref().filter(|password| !password.is_empty());
        Ok(match (self, password) {
            (Self::Pkcs8(_), Some(password)) => key.to_encrypted_pkcs8_pem(password)?,
            (Self::Pkcs8(_), None) => key.to_pkcs8_pem(),
            (Self::Traditional(_), Some(password)) => key.to_dek_info_pem(password)?,
            (Self::Traditional(_), None) => key.to_traditional_pem()?,
        })
    }
}

impl Bundle {
    /// The files of a new authority: `ca.p12` with its key under the alias `ca`, or `ca.crt` and
    /// `ca.key`; of one whose key is elsewhere only `ca.crt`. The certificates above it come with it.
    pub fn of_authority(
        authority: &Authority,
        packaging: &Packaging,
        now: Timestamp,
    ) -> Result<Self, Error> {
        let chain: Vec<Certificate> = authority.path().cloned().collect();
        let certificates = public("ca.crt".to_owned(), &chain);
        let Some(own) = authority.key() else { return Ok(Self { files: vec![certificates] }) };
        let key = match packaging {
            Packaging::Pkcs12 { password } => {
                let writer = pkcs12::Writer::new(pkcs12::StoreProfile::Modern);
                let writer = writer.key(ANCHOR_ALIAS, own, &chain);
                let store = writer.write(password, now)?.into();
                return Ok(Self { files: vec![private("ca.p12".to_owned(), store)] });
            }
            Packaging::Pem { password } => KeyFile::Pkcs8(password.clone()),
            Packaging::TraditionalPem { password } => KeyFile::Traditional(password.clone()),
        };
        let key = private("ca.key".to_owned(), key.write(own)?);
        Ok(Self { files: vec![certificates, key] })
    }

    /// The file of a request whose key is elsewhere: `NAME/NAME.csr`.
    pub fn of_request(filename: &str, request: &CertificateRequest) -> Self {
        let contents = pem::write("CERTIFICATE REQUEST", request.der()).into_bytes().into();
        let path = format!("{filename}/{filename}.csr");
        Self { files: vec![BundleFile { path, contents, private: false }] }
    }

    /// The file of a signed certificate: `NAME.crt`, the leaf and then its chain.
    pub fn of_signed(name: &str, signed: &Signed) -> Self {
        let chain: Vec<Certificate> =
            std::iter::once(&signed.certificate).chain(&signed.intermediates).cloned().collect();
        Self { files: vec![public(format!("{name}.crt"), &chain)] }
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
    let contents = pem::write_certificates(chain).into_bytes().into();
    BundleFile { path, contents, private: false }
}

fn private(path: String, contents: Secret) -> BundleFile {
    BundleFile { path, contents, private: true }
}

const ANCHOR_ALIAS: &str = "ca";
