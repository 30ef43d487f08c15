//! What a certificate says: names, subject alternative names, usages, validity, fingerprints.
//!
//! The crate reads X.509 certificates ([RFC 5280]) and hands out its own types, so that the parser
//! behind it can change. It judges nothing: the crates above decide whether a certificate is
//! accepted.
//!
//! ```
//! # fn show(der: &[u8]) -> Result<(), crosstrust_x509::Error> {
//! let certificate = crosstrust_x509::Certificate::from_der(der)?;
//! println!("{} until {}", certificate.subject(), certificate.not_after());
//! # Ok(())
//! # }
//! ```
//!
//! [RFC 5280]: https://www.rfc-editor.org/rfc/rfc5280

mod attribute_type;
mod certificate;
mod constraints;
pub mod der;
mod distinguished_name;
mod error;
mod extension;
mod extension_reading;
mod fingerprint;
mod general_name;
mod java_uri;
mod name;
mod node_name;
mod other_name;
mod public_key;
mod request;
mod signature;
mod string_type;
mod timestamp;
mod unreadable_names;
mod usage;

pub use certificate::Certificate;
pub use constraints::BasicConstraints;
pub use der::hexadecimal;
pub use distinguished_name::NameError;
pub use error::Error;
pub use extension::Extension;
pub use extension_reading::ExtensionReading;
pub use fingerprint::fingerprint_sha256;
pub use general_name::{GeneralName, SubjectAltNames};
pub use java_uri::uri_host;
pub use name::Name;
pub use node_name::{ClusterName, NodeName};
pub use other_name::{COMMON_NAME_OID, OtherName, Reading};
pub use public_key::{Curve, KeyKind, PublicKey};
pub use request::CertificateRequest;
pub use signature::{SignatureAlgorithm, SignatureCheck};
pub use timestamp::Timestamp;
pub use unreadable_names::UnreadableNames;
pub use usage::{ExtendedKeyUsage, KeyUsage, KeyUsageBit};
