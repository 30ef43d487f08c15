//! Why a certificate is not issued.

use std::fmt;

use crosstrust_settings::tree::Problem;
use crosstrust_x509::{NameError, Timestamp};

/// Why no certificate comes of a request.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The authority's validity is over, so that no certificate from it could be valid.
    #[error("the CA `{subject}` expired on {not_after}")]
    AuthorityExpired {
        /// Its subject.
        subject: String,
        /// The end of its validity.
        not_after: Timestamp,
    },
    /// The certificate given as a CA is not a CA certificate.
    #[error("`{subject}` is not a CA: its basicConstraints do not say CA:TRUE")]
    AuthorityIsLeaf {
        /// Its subject.
        subject: String,
    },
    /// The key does not belong to the authority's certificate.
    #[error("the CA key does not belong to the CA certificate `{subject}`")]
    AuthorityKeyMismatch {
        /// The certificate's subject.
        subject: String,
    },
    /// A PKCS#12 given as authority has no key, or several.
    #[error("a CA key store holds one private key, and this one holds {count}")]
    AuthorityKeys {
        /// How many it holds.
        count: usize,
    },
    /// The authority's keyUsage does not let it sign certificates.
    #[error("the CA `{subject}` may not sign certificates: its keyUsage is {usage}")]
    AuthorityMayNotSign {
        /// Its subject.
        subject: String,
        /// The usages that it has.
        usage: String,
    },
    /// An authority whose pathLenConstraint leaves no room for the one that is to be made.
    #[error("the CA `{subject}` allows {path_len} CAs below it, which are fewer than asked for")]
    AuthorityPathLength {
        /// The subject of the one with the constraint.
        subject: String,
        /// Its pathLenConstraint.
        path_len: u32,
    },
    /// What came out is not what was to be issued: another implementation would not verify it.
    #[error("the certificate made for `{subject}` does not verify with the CA's certificate")]
    Inconsistent {
        /// The subject of the certificate.
        subject: String,
    },
    /// What is to be signed elsewhere is not what an authority signs for a node, or not what came back.
    #[error("the certificate for `{subject}` is refused: {detail}")]
    Draft {
        /// Its subject.
        subject: String,
        /// Why.
        detail: String,
    },
    /// Two instances would be written to one file, on some file system at least.
    #[error(
        "the instances `{first}` and `{second}` would be written to the same file `{filename}`"
    )]
    DuplicateFilename {
        /// The first one's name.
        first: String,
        /// The other one's name.
        second: String,
        /// The file name.
        filename: String,
    },
    /// A file of what is to be signed elsewhere is missing, damaged or changed.
    #[error("{detail}")]
    Exchange {
        /// Its name.
        file: String,
        /// What is wrong with it.
        detail: String,
    },
    /// A key, a key store or the random generator fails.
    #[error(transparent)]
    Keystore(crosstrust_keystore::Error),
    /// The instances file is wrong in these places.
    #[error("{} in the instances file", counted(.problems.len()))]
    Manifest {
        /// All that is wrong, in the order of the file.
        problems: Vec<ManifestProblem>,
    },
    /// Text is no period.
    #[error("`{text}` is not a period like `5y`, `18m`, `90d` or `1y,6m`")]
    Period {
        /// The text.
        text: String,
    },
    /// A period leads beyond the year 9999, where certificates end.
    #[error("the period `{period}` ends after the year 9999")]
    PeriodTooLong {
        /// The period.
        period: String,
    },
    /// A request is not signed with the key that it wants certified.
    #[error("the request for `{subject}` is not signed with its own key")]
    RequestForged {
        /// The subject asked for.
        subject: String,
    },
    /// A request is signed by an algorithm that cannot be checked.
    #[error("the request for `{subject}` is signed with {algorithm}, which is not checked here")]
    RequestUnchecked {
        /// The subject asked for.
        subject: String,
        /// The algorithm.
        algorithm: String,
    },
    /// A key that is elsewhere does not sign.
    #[error("{signer}: {detail}")]
    Signing {
        /// Where the key is, such as a token or a command, for people.
        signer: String,
        /// Why there is no signature.
        detail: String,
        /// What a person can do about it.
        hint: Option<String>,
    },
    /// The subject of a new authority is no distinguished name.
    #[error("`{text}` is not a distinguished name")]
    Subject {
        /// The text.
        text: String,
        /// What is wrong with it.
        source: NameError,
    },
    /// The encoder of certificates refuses the parameters.
    #[error("the certificate for `{subject}` cannot be encoded: {detail}")]
    Unencodable {
        /// The subject.
        subject: String,
        /// The encoder's words.
        detail: String,
    },
    /// A kind of key that certificates cannot be made for.
    #[error("no certificate can be made with a key of the kind {kind}")]
    UnsupportedKey {
        /// The kind, such as `dsa-2048`.
        kind: String,
    },
    /// A validity of no day at all.
    #[error("a certificate must be valid for at least one day")]
    NoDays,
}

impl From<crosstrust_keystore::Error> for Error {
    fn from(error: crosstrust_keystore::Error) -> Self {
        Self::Keystore(error)
    }
}

/// Everything that is wrong with an instance's details.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{}", .problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct InstanceError {
    /// At least one.
    pub problems: Vec<InstanceProblem>,
}

/// What is wrong with an instance's details.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum InstanceProblem {
    /// The name does not make a subject.
    #[error("`{name}` could not be converted to a valid DN: {source}")]
    DistinguishedName {
        /// The name.
        name: String,
        /// Why not.
        source: NameError,
    },
    /// A DNS name holds other characters than ASCII ones.
    #[error("`{dns}` is not a valid DNS name: write it in its ASCII form (xn--…)")]
    Dns {
        /// The name.
        dns: String,
    },
    /// The file name holds characters that file systems or archives do not take.
    #[error(
        "`{filename}` is not a valid filename: use 1 to 251 ASCII letters, digits, blanks and !@#$%^&{{}}[]()_+-=,.~'`, not starting with a dot"
    )]
    Filename {
        /// The file name.
        filename: String,
    },
    /// Text that is not an IP address.
    #[error("`{ip}` is not a valid IP address")]
    Ip {
        /// The address.
        ip: String,
    },
    /// The name is kept for the authority.
    #[error("`{name}` may not be used as an instance name: it is kept for the CA")]
    ReservedName {
        /// The name.
        name: String,
    },
}

/// What is wrong in an instances file. Prints with the name of the instance.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ManifestProblem {
    /// The instance that it concerns, if it has a name.
    pub instance: Option<String>,
    /// What is wrong, and where.
    pub problem: Problem,
}

impl fmt::Display for ManifestProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.instance {
            Some(name) => write!(f, "instance `{name}`: {}", self.problem),
            None => self.problem.fmt(f),
        }
    }
}

fn counted(count: usize) -> String {
    if count == 1 { "one problem".to_owned() } else { format!("{count} problems") }
}
