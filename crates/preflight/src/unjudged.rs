//! Why a node is neither accepted nor refused.

/// The first thing that keeps a node from being judged.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Unjudged {
    /// Nobody is known who connects to the node.
    #[error("it is not known who connects to it, and with which CA list")]
    NobodyKnown,
    /// A step that was not taken, because what it needs was not given or is not understood here.
    #[error("{what}")]
    NotLookedAt {
        /// What was not looked at, as a sentence: `no list of trusted certificates was given`.
        what: String,
    },
    /// Releases of Java, or of Elasticsearch, differ about a file or a setting.
    #[error("{what}")]
    ReleasesDiffer {
        /// About what, as a sentence.
        what: String,
        /// What all of them take.
        help: String,
    },
    /// The patterns of a restrictions file are too much to compare.
    #[error("the names were not compared with `{restrictions}`: {problem}")]
    Restrictions {
        /// The restrictions file.
        restrictions: String,
        /// Which limit was reached.
        problem: String,
    },
    /// The certificates allow more paths than are tried.
    #[error("no path was found among the first {steps} that the certificates allow")]
    SearchLimit {
        /// How many steps were taken.
        steps: usize,
    },
    /// A signature whose algorithm is not known here.
    #[error("the signature of `{subject}` ({algorithm}) was not verified")]
    UnverifiedSignature {
        /// The certificate.
        subject: String,
        /// The signature algorithm.
        algorithm: String,
    },
}

impl Unjudged {
    /// What to do, where the rule does not say it.
    pub fn help(&self) -> Option<&str> {
        match self {
            Self::ReleasesDiffer { help, .. } => Some(help),
            _ => None,
        }
    }
}
