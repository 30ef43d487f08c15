//! Why no certification path is accepted.

use crosstrust_keystore::java::Obstacle;
use crosstrust_x509::{KeyKind, Timestamp};

use crate::role::Role;

/// The rule that a certification path breaks. Names are subjects in RFC 4514 text.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PathError {
    /// A trusted certificate that is not an authority's, though something is issued by it.
    #[error(
        "the trusted certificate `{anchor}` is not a CA certificate (no basicConstraints CA:TRUE)"
    )]
    AnchorNotCa {
        /// The trusted certificate.
        anchor: String,
    },
    /// A trusted certificate whose keyUsage does not allow to sign certificates.
    #[error("the trusted certificate `{anchor}` has keyUsage {usage}, without keyCertSign")]
    AnchorWithoutKeyCertSign {
        /// The trusted certificate.
        anchor: String,
        /// Its keyUsage.
        usage: String,
    },
    /// The key identifiers of child and issuer differ: to Java they are strangers, whatever the
    /// signature says. Where it is by another key, they are two authorities of one name.
    #[error("{}", mismatch(.subject, .issuer, [.authority_key_id, .subject_key_id], *.signature_fits))]
    AuthorityKeyMismatch {
        /// The child.
        subject: String,
        /// What it calls its issuer's key, in hexadecimal.
        authority_key_id: String,
        /// The issuer.
        issuer: String,
        /// What the issuer calls its own key, in hexadecimal.
        subject_key_id: String,
        /// Whether the child's signature was made with that issuer's key all the same.
        signature_fits: bool,
    },
    /// The child names its issuer's serial number, and it is another.
    #[error(
        "`{subject}` names {authority_serial} as serial number of its issuer, and the trusted `{issuer}` has {serial}"
    )]
    AuthoritySerialMismatch {
        /// The child.
        subject: String,
        /// The serial number it names, in hexadecimal.
        authority_serial: String,
        /// The issuer.
        issuer: String,
        /// The issuer's serial number, in hexadecimal.
        serial: String,
    },
    /// More certificates than Java reads.
    #[error("{count} certificates are presented, and Java reads at most {most} from a TLS {role}")]
    ChainTooLong {
        /// How many there are.
        count: usize,
        /// How many are read.
        most: usize,
        /// The role in which the node presents them.
        role: Role,
    },
    /// The key is one that Java's `jdk.certpath.disabledAlgorithms` forbids.
    #[error("the key of `{subject}` is {key}, which Java has disabled")]
    DisabledKey {
        /// The certificate.
        subject: String,
        /// Its key.
        key: KeyKind,
    },
    /// The signature algorithm is one that Java's `jdk.certpath.disabledAlgorithms` forbids.
    #[error("`{subject}` is signed with {algorithm}, which Java has disabled")]
    DisabledSignature {
        /// The certificate.
        subject: String,
        /// The algorithm.
        algorithm: String,
    },
    /// Nothing is presented.
    #[error("no certificate is presented")]
    Empty,
    /// Past its last second.
    #[error("`{subject}` expired at {not_after}")]
    Expired {
        /// The certificate.
        subject: String,
        /// Its last second.
        not_after: Timestamp,
    },
    /// The extendedKeyUsage does not have the role's purpose.
    #[error("extendedKeyUsage {purposes} does not allow `{subject}` to act as TLS {role}")]
    ExtendedKeyUsage {
        /// The node's certificate.
        subject: String,
        /// The role.
        role: Role,
        /// What it has.
        purposes: String,
    },
    /// An intermediate that is no authority.
    #[error("the intermediate `{subject}` is not a CA certificate (no basicConstraints CA:TRUE)")]
    IntermediateNotCa {
        /// The intermediate.
        subject: String,
    },
    /// An intermediate whose keyUsage does not allow to sign certificates.
    #[error("the intermediate `{subject}` has keyUsage {usage}, without keyCertSign")]
    IntermediateWithoutKeyCertSign {
        /// The intermediate.
        subject: String,
        /// Its keyUsage.
        usage: String,
    },
    /// The issuer's name fits, and its key did not make the signature.
    #[error("{}", invalid(.subject, .issuer, .fingerprint, *.trusted))]
    InvalidSignature {
        /// The child.
        subject: String,
        /// The issuer.
        issuer: String,
        /// SHA-256 of the issuer certificate whose key does not fit.
        fingerprint: String,
        /// Whether that issuer is one of the trusted certificates.
        trusted: bool,
    },
    /// The keyUsage does not allow digital signatures.
    #[error("keyUsage {usage} of `{subject}` does not allow digital signatures")]
    KeyUsage {
        /// The node's certificate.
        subject: String,
        /// What it has.
        usage: String,
    },
    /// A name outside of what an intermediate may certify.
    #[error("the name {name} of `{subject}` breaks the name constraints of `{issuer}`")]
    NameConstraints {
        /// The certificate.
        subject: String,
        /// Its name that breaks them.
        name: String,
        /// The intermediate that has the constraints.
        issuer: String,
    },
    /// The Netscape certificate type lacks the role.
    #[error("the Netscape certificate type of `{subject}` does not allow it to act as TLS {role}")]
    NetscapeType {
        /// The node's certificate.
        subject: String,
        /// The role.
        role: Role,
    },
    /// Before its first second.
    #[error("`{subject}` is not valid before {not_before}")]
    NotYetValid {
        /// The certificate.
        subject: String,
        /// Its first second.
        not_before: Timestamp,
    },
    /// More intermediates than an intermediate allows below it.
    #[error("`{subject}` stands deeper than the pathLenConstraint of an authority above it allows")]
    PathLength {
        /// The first certificate that is too deep.
        subject: String,
    },
    /// The certificates allow more paths than are tried.
    #[error("no path was found among the first {steps} that the certificates allow")]
    SearchLimit {
        /// How many steps were taken.
        steps: usize,
    },
    /// A critical extension that Java does not know.
    #[error("`{subject}` has the critical extension {oid}, which Java does not know")]
    UnknownCriticalExtension {
        /// The certificate.
        subject: String,
        /// The extension.
        oid: String,
    },
    /// The issuer is neither presented nor trusted.
    #[error("`{subject}` is issued by `{issuer}`, which is neither presented nor in the CA list")]
    UnknownIssuer {
        /// The last certificate of the path as far as it goes.
        subject: String,
        /// The issuer that is missing.
        issuer: String,
        /// What the child calls the issuer's key, in hexadecimal.
        authority_key_id: Option<String>,
        /// Whether it is the node's own certificate whose issuer is missing.
        of_leaf: bool,
    },
    /// Java cannot load the certificate at all.
    #[error("Java cannot read the certificate `{subject}`: {problem}")]
    Unreadable {
        /// The certificate.
        subject: String,
        /// What Java trips over.
        problem: LoadProblem,
    },
    /// Policies that do not go together.
    #[error("the certificate policies of `{subject}`: {problem}")]
    Policies {
        /// The certificate at which they fail.
        subject: String,
        /// What Java refuses.
        problem: PolicyProblem,
    },
    /// A file of the list does not load, so that whoever has it does not start.
    #[error("the trusted certificates of `{file}` are not loaded: {obstacle}")]
    UnopenedList {
        /// The file.
        file: String,
        /// What keeps Java from it.
        obstacle: Obstacle,
    },
    /// The issuer's key is of a kind with which Java verifies no signature.
    #[error("`{subject}` is signed by `{issuer}`, whose key {key} Java cannot verify with")]
    UnsupportedIssuerKey {
        /// The child.
        subject: String,
        /// The issuer.
        issuer: String,
        /// The issuer's key.
        key: KeyKind,
    },
    /// A signature that Java does not verify, whoever made it.
    #[error(
        "the signature of `{subject}` ({algorithm}) is one that Java does not verify: {problem}"
    )]
    UnverifiableSignature {
        /// The certificate.
        subject: String,
        /// The algorithm.
        algorithm: String,
        /// Why not.
        problem: SignatureProblem,
    },
    /// The path ends in a self-issued certificate that is not trusted.
    #[error("`{subject}` is self-issued and not in the CA list")]
    UntrustedRoot {
        /// That certificate.
        subject: String,
        /// Whether it is the node's own certificate.
        of_leaf: bool,
    },
}

fn mismatch(subject: &str, issuer: &str, identifiers: [&str; 2], signature_fits: bool) -> String {
    let [named, own] = identifiers;
    if signature_fits {
        return format!(
            "the authorityKeyIdentifier {named} of `{subject}` is not the subjectKeyIdentifier {own} of the trusted `{issuer}`"
        );
    }
    // A presented root stands for the CA itself.
    let whose = if subject == issuer {
        format!("the CA `{issuer}` that is presented")
    } else {
        format!("the CA `{issuer}` that signed `{subject}`")
    };
    format!(
        "{whose} is not trusted; what is trusted is another CA of the same name (key identifier {own}, not {named})"
    )
}

/// Without key identifiers it is not known whether the signature is another CA's or none.
fn invalid(subject: &str, issuer: &str, fingerprint: &str, trusted: bool) -> String {
    if trusted {
        return format!(
            "the CA `{issuer}` that signed `{subject}` is not trusted; what is trusted is another CA of the same name (SHA-256 {fingerprint}), unless the certificate was changed after it was signed"
        );
    }
    format!(
        "`{subject}` names `{issuer}` as its issuer, but is signed with another key; the presented one of that name has SHA-256 {fingerprint}"
    )
}

impl PathError {
    /// Whether the list lacks the authority: nothing of its name is there, or another of its name.
    pub(crate) fn lacks_authority(&self) -> bool {
        match self {
            Self::AuthorityKeyMismatch { signature_fits, .. } => !signature_fits,
            Self::InvalidSignature { trusted, .. } => *trusted,
            Self::UnknownIssuer { .. } => true,
            Self::UntrustedRoot { of_leaf, .. } => !of_leaf,
            _ => false,
        }
    }
}

/// What Java refuses in certificate policies.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyProblem {
    /// It processes no qualifier, and critical ones must be.
    #[error("they are critical and have qualifiers, which Java does not process")]
    CriticalQualifier,
    /// anyPolicy is mapped, or something to it.
    #[error("policyMappings has anyPolicy")]
    MapsAny,
    /// `policyConstraints` ask for a policy.
    #[error(
        "an authority above requires a policy (policyConstraints), and none is valid all the way down"
    )]
    NoneValid,
}

/// Why Java does not verify a signature.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SignatureProblem {
    /// The certificate names two algorithms.
    #[error("the certificate names another algorithm within than beside the signature")]
    Mismatch,
    /// Java does not have the algorithm.
    #[error("the algorithm is unknown")]
    UnknownAlgorithm,
    /// Java does not take the parameters.
    #[error("its parameters are not those of the algorithm")]
    UnknownParameters,
}

/// What makes Java refuse to load a certificate that is well-formed otherwise.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum LoadProblem {
    /// An extension stands there twice.
    #[error("the extension {oid} is there twice")]
    DuplicateExtension {
        /// The extension.
        oid: String,
    },
    /// No issuer.
    #[error("the issuer is empty")]
    EmptyIssuer,
    /// No subject, and no critical alternative names in its place.
    #[error("the subject is empty, and there are no critical subject alternative names")]
    EmptySubject,
    /// Extensions came with version 3.
    #[error("it has extensions, and its version is {version}")]
    ExtensionsInOldVersion {
        /// The version it says.
        version: u32,
    },
    /// A critical extension that Java knows and cannot decode.
    #[error("the critical extension {oid} is malformed")]
    MalformedExtension {
        /// The extension.
        oid: String,
    },
}
