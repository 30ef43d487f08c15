//! PEM, DER, PKCS#7 and PKCS#12, in and out; private keys; extraction of authorities.
//!
//! Everything works on bytes: the crate opens no file, reads no clock and prompts for no
//! password. It is also the one place that chooses the crypto library for keys and signatures.
//! Passwords and private keys are wiped from memory when they are dropped, and have no `Debug`.
//!
//! ```
//! use crosstrust_keystore::{Password, authorities, open, pem};
//!
//! let bytes = std::fs::read("../../fixtures/p12/openssl/ca.p12")?;
//! let store = open::open(&bytes, &[Password::new("changeit")])?;
//! let authorities = authorities::extract(&[&store])?;
//! assert_eq!(authorities.len(), 1);
//! assert!(authorities[0].is_ca());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod authorities;
mod chain;
pub mod concerns;
mod der;
mod entry;
mod error;
mod hexadecimal;
pub mod identity;
pub mod java;
mod jks;
pub mod open;
mod pbe;
pub mod pem;
pub mod pkcs12;
pub mod pkcs7;
mod private_key;
mod random;
mod secret;

pub use entry::CertificateEntry;
pub use entry::Entry;
pub use entry::KeyEntry;
pub use entry::OtherEntry;
pub use entry::OtherKind;
pub use entry::StoredKey;
pub use error::Error;
pub use error::FormatProblem;
pub use error::PemProblem;
pub use pbe::EncryptionScheme;
pub use pbe::MacScheme;
pub use private_key::KeyType;
pub use private_key::PrivateKey;
pub use private_key::RsaSize;
pub use private_key::SignatureScheme;
pub use private_key::Signer;
pub use secret::Password;
pub use secret::Secret;
