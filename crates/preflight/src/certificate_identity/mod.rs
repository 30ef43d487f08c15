//! Strong identity: whether the `certificate_identity` of a cross-cluster API key admits the
//! certificate that signs a request (Elasticsearch 9.3).
//!
//! The value is a Java regular expression, and all of the distinguished name must match it, in the
//! text of Java's `X500Principal.getName()`.

mod java_regex;
mod principal;
pub(crate) mod signer;
mod verdict;

pub use java_regex::PatternError;
pub use principal::{UnjudgedName, java_name};
pub use signer::SigningTrust;
pub use verdict::IdentityVerdict;

use java_regex::JavaRegex;

/// A pattern of `certificate_identity`.
#[derive(Clone, Debug)]
pub struct CertificateIdentity {
    pattern: String,
    regex: JavaRegex,
}

impl CertificateIdentity {
    /// Reads a pattern.
    ///
    /// # Errors
    ///
    /// What Java refuses, and with it Elasticsearch; and what is not judged here: look-around,
    /// back-references, possessive quantifiers, and all that depends on tables of Unicode.
    pub fn parse(pattern: &str) -> Result<Self, PatternError> {
        Ok(Self { pattern: pattern.to_owned(), regex: JavaRegex::parse(pattern)? })
    }

    /// The pattern as written.
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Whether it admits a name, in Java's text.
    pub fn admits(&self, name: &str) -> bool {
        self.regex.matches(name)
    }

    /// Where dots stand that match any one character, in characters from 0.
    pub(crate) fn lone_dots(&self) -> &[usize] {
        &self.regex.lone_dots
    }
}

#[cfg(test)]
mod tests;
