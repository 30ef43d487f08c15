//! Why no kit is made.

use crosstrust_restrictions::GenerateError;
use crosstrust_settings::tree::Problem;

/// What keeps a kit from being made.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The connection file is wrong in one or more places.
    #[error("the connection file has {} problems", problems.len())]
    Connection {
        /// All that is wrong, in the order of the file.
        problems: Vec<Problem>,
    },
    /// A CA file that is named holds no CA, or none was read for it.
    #[error("no CA certificate of the {side} cluster was read")]
    NoAuthority {
        /// `local` or `remote`.
        side: &'static str,
    },
    /// Nodes without a name that is compared, and nothing to name them by.
    #[error(
        "the certificate `{certificate}` has no otherName common name, and that alone is compared"
    )]
    Nameless {
        /// The certificate.
        certificate: String,
    },
    /// A node that cannot be written into an instances file.
    #[error("the node `{node}` cannot be re-issued: {reason}")]
    Instance {
        /// The node.
        node: String,
        /// Why.
        reason: String,
    },
    /// Restrictions that are there, and that nothing can be added to.
    #[error("nothing can be added to the trust restrictions `{path}`: {reason}")]
    Unmerged {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// The restrictions of one side would be wrong.
    #[error("the trust restrictions of the {side} cluster cannot be written")]
    Restrictions {
        /// `local` or `remote`.
        side: &'static str,
        /// Why.
        source: GenerateError,
    },
}
