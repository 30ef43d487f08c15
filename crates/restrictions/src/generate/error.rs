//! Why a trust restrictions file is not written.

/// What keeps a file from being written.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum GenerateError {
    /// A name that no literal pattern can match.
    #[error(
        "the name `{name}` holds `{character}`, which not all versions of Elasticsearch match literally; use a pattern with `?` in its place"
    )]
    BeyondReach {
        /// The name.
        name: String,
        /// The first character that takes two UTF-16 units.
        character: char,
    },
    /// A pattern or name with something that came along when it was copied, and that no name has.
    #[error("`{pattern}` is not as it was meant: {problem}")]
    CopiedAlong {
        /// The pattern or name.
        pattern: String,
        /// What it is.
        problem: String,
    },
    /// An empty name, or no name.
    #[error("the name is empty")]
    EmptyName,
    /// An empty pattern, which matches nothing.
    #[error("the pattern is empty, and would match nothing")]
    EmptyPattern,
    /// A character in an id that ids do not have.
    #[error("the {what} `{value}` holds `{character}`")]
    IdCharacter {
        /// What the id is of.
        what: &'static str,
        /// The id.
        value: String,
        /// The character.
        character: char,
    },
    /// An id that is empty.
    #[error("the {what} is empty")]
    IdEmpty {
        /// What the id is of.
        what: &'static str,
    },
    /// A certificate of the own cluster would be refused, and so its nodes could not form a cluster.
    #[error(
        "the own certificate `{certificate}` would be locked out: no pattern matches {}",
        listed(names)
    )]
    LockedOut {
        /// The certificate.
        certificate: String,
        /// Its names.
        names: Vec<String>,
    },
    /// Two parts that `@` should separate.
    #[error("`{value}` is not of the form `{form}`")]
    Malformed {
        /// What was given.
        value: String,
        /// What was expected.
        form: &'static str,
    },
    /// A pattern that matches nothing at all.
    #[error("the pattern `{pattern}` matches no name")]
    MatchesNothing {
        /// The pattern.
        pattern: String,
    },
    /// An own certificate without a name that is compared.
    #[error(
        "the own certificate `{certificate}` has no name that is compared, and would be locked out"
    )]
    Nameless {
        /// The certificate.
        certificate: String,
    },
    /// Nothing that tells the own cluster.
    #[error("nothing says which certificates are the own cluster's, and it would be locked out")]
    NoOwnCluster,
    /// A pattern that Elasticsearch cannot build.
    #[error("the pattern `{pattern}` is invalid: {reason}")]
    Pattern {
        /// The pattern.
        pattern: String,
        /// Why, and where within it.
        reason: crosstrust_pattern::Error,
    },
    /// The written text does not mean what it should; nothing that could be given leads here.
    #[error("the written file would not mean what it should")]
    Unfaithful,
    /// The written text cannot be read; nothing that could be given leads here.
    #[error("the written file would not be read: {0}")]
    Unreadable(crate::error::Error),
}

fn listed(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
