//! Authorities and node certificates with the names that trust restrictions compare.
//!
//! A [`Manifest`] (`instances.yml`) or a single [`Instance`] says who is to get a certificate, an
//! [`Authority`] signs, [`Profile`] says for how long. Keys are generated in parallel by
//! [`issue_all`]; what comes out goes into files through [`Bundle`].
//!
//! Nothing here reads a clock or a file: `now` is a parameter, and files are bytes.
//!
//! ```
//! use crosstrust_issue::{Authority, AuthorityRequest, Instance, InstanceText, Profile, Issuer, issue};
//! use crosstrust_keystore::{KeyType, PrivateKey};
//! use crosstrust_x509::Timestamp;
//!
//! let now = Timestamp::parse_rfc3339("2026-01-31T12:00:00Z").unwrap();
//! let subject = "CN=Transport CA".to_owned();
//! let wanted = AuthorityRequest { subject, days: 3650, key_type: KeyType::EcP256 };
//! let authority = Authority::generate(&wanted, now)?;
//!
//! let mut text = InstanceText::default();
//! text.name = "node1".to_owned();
//! text.cn = vec!["node1.node.1234567abcd.cluster.myscope.account".to_owned()];
//! let node = Instance::from_text(&text)?;
//! let profile = Profile { key_type: KeyType::EcP256, days: 1095, now };
//! let key = PrivateKey::generate(KeyType::EcP256)?;
//! let issued = issue(&node, key, Issuer::Authority(&authority), &profile)?;
//! assert!(issued.certificate.is_signed_by(authority.certificate()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod authority;
mod bundle;
mod error;
mod extensions;
mod instance;
mod issued;
mod manifest;
mod naming;
mod offline;
mod period;
mod reissue;
mod renewal;
mod request;
mod serial;
mod signing;
mod to_be_signed;
mod validity;

pub use authority::{Authority, AuthorityRequest, ElsewhereKey, issuers};
pub use bundle::{Bundle, BundleFile, KeyFile, Packaging, key_store, package, package_request};
pub use error::{Error, InstanceError, InstanceProblem, ManifestProblem};
pub use extensions::{Constraints, KeyPurpose, Purpose};
pub use instance::{Instance, InstanceText};
pub use issued::{Issued, Issuer, Profile, issue, issue_all, issue_for};
pub use manifest::Manifest;
pub use naming::{Naming, NamingError, NamingValues, NodeId, NodeIdSource};
pub use offline::{Draft, Exchange, Member};
pub use period::Period;
pub use reissue::ReissuePlan;
pub use renewal::{instance, names_without_place, renew};
pub use request::{Requested, Signed, differences, request, request_all, request_signed_by};
pub use signing::Signing;
pub use validity::{Clamped, Validity};
