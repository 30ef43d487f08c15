//! Whom a file lets in besides the own cluster.

use crosstrust_x509::ClusterName;
use crosstrust_x509::NodeName;

use super::error::GenerateError;
use super::parsed;
use crate::rules::copied_along;

/// Somebody to let in, whose pattern is known to be valid.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Grant {
    comment: String,
    pattern: String,
}

impl Grant {
    /// One cluster of Elastic Cloud, of Elastic Cloud Enterprise, or of a cluster that follows their
    /// naming, from `CLUSTER_ID@SCOPE_ID`.
    ///
    /// A scope id is an organisation's or an environment's, with or without `.account` behind.
    ///
    /// # Errors
    ///
    /// [`GenerateError::Malformed`] without `@`, and errors about ids: they are letters, digits,
    /// `-` and `_`, so that no wildcard slips in.
    pub fn cluster(text: &str) -> Result<Self, GenerateError> {
        let (cluster, scope) = halves(text, "CLUSTER_ID@SCOPE_ID")?;
        let (cluster, scope) = (id("cluster id", cluster, is_id)?, scope_id(scope)?);
        Ok(Self {
            comment: format!("cluster {cluster} of scope {scope}"),
            pattern: ClusterName::Cloud { cluster, scope }.pattern(),
        })
    }

    /// All clusters of an organisation or environment, from its scope id.
    ///
    /// # Errors
    ///
    /// Errors about ids, as for [`Grant::cluster`].
    pub fn scope(text: &str) -> Result<Self, GenerateError> {
        let scope = scope_id(text)?;
        Ok(Self {
            comment: format!("every cluster of scope {scope}"),
            pattern: ClusterName::Cloud { cluster: "", scope }.scope_pattern(),
        })
    }

    /// One cluster of Elastic Cloud on Kubernetes, from `NAME@NAMESPACE`.
    ///
    /// # Errors
    ///
    /// [`GenerateError::Malformed`] without `@`, and errors about names that Kubernetes does not
    /// allow.
    pub fn eck(text: &str) -> Result<Self, GenerateError> {
        let (name, namespace) = halves(text, "NAME@NAMESPACE")?;
        let name =
            id("Elasticsearch name", name, |character| character == '.' || is_label(character))?;
        let namespace = id("namespace", namespace, is_label)?;
        Ok(Self {
            comment: format!("Elasticsearch {name} in namespace {namespace}"),
            pattern: ClusterName::Kubernetes { name, namespace }.pattern(),
        })
    }

    /// All clusters of Elastic Cloud on Kubernetes in a namespace.
    ///
    /// # Errors
    ///
    /// Errors about names that Kubernetes does not allow.
    pub fn namespace(text: &str) -> Result<Self, GenerateError> {
        let namespace = id("namespace", text, is_label)?;
        Ok(Self {
            comment: format!("every Elasticsearch in namespace {namespace}"),
            pattern: ClusterName::Kubernetes { name: "", namespace }.scope_pattern(),
        })
    }

    /// Whoever has exactly this name.
    ///
    /// # Errors
    ///
    /// As [`literal_pattern`].
    pub fn name(name: &str) -> Result<Self, GenerateError> {
        Ok(Self { comment: "by name".to_owned(), pattern: literal_pattern(name)? })
    }

    /// Whoever has a name that somebody typed.
    ///
    /// # Errors
    ///
    /// As [`literal_pattern`], and [`GenerateError::CopiedAlong`] for what no name has but by mistake.
    pub fn typed_name(name: &str) -> Result<Self, GenerateError> {
        if let Some(problem) = copied_along(name) {
            return Err(GenerateError::CopiedAlong { pattern: name.to_owned(), problem });
        }
        Self::name(name)
    }

    /// Whoever has a name that matches a pattern.
    ///
    /// # Errors
    ///
    /// [`GenerateError::Pattern`] if Elasticsearch does not take it.
    pub fn pattern(pattern: &str) -> Result<Self, GenerateError> {
        parsed(pattern)?;
        Ok(Self { comment: "by pattern".to_owned(), pattern: pattern.to_owned() })
    }

    /// The pattern that goes into the file.
    pub fn pattern_text(&self) -> String {
        self.pattern.clone()
    }

    pub(super) fn comment(&self) -> String {
        self.comment.clone()
    }
}

/// The pattern that matches one name and no other.
///
/// # Errors
///
/// [`GenerateError::EmptyName`], and [`GenerateError::BeyondReach`] for a character above U+FFFF,
/// which not all versions of Elasticsearch match literally.
pub fn literal_pattern(name: &str) -> Result<String, GenerateError> {
    if name.is_empty() {
        return Err(GenerateError::EmptyName);
    }
    let mut pattern = String::new();
    for character in name.chars() {
        if character > '\u{FFFF}' {
            return Err(GenerateError::BeyondReach { name: name.to_owned(), character });
        }
        if matches!(character, '*' | '?' | '\\') || (character == '/' && pattern.is_empty()) {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    Ok(pattern)
}

fn halves<'a>(text: &'a str, form: &'static str) -> Result<(&'a str, &'a str), GenerateError> {
    let malformed = || GenerateError::Malformed { value: text.to_owned(), form };
    text.split_once('@').ok_or_else(malformed)
}

fn scope_id(text: &str) -> Result<&str, GenerateError> {
    id("scope id", text.strip_suffix(".account").unwrap_or(text), is_id)
}

fn id<'a>(
    what: &'static str,
    value: &'a str,
    fits: fn(char) -> bool,
) -> Result<&'a str, GenerateError> {
    if value.is_empty() {
        return Err(GenerateError::IdEmpty { what });
    }
    match value.chars().find(|&character| !fits(character)) {
        Some(character) => {
            Err(GenerateError::IdCharacter { what, value: value.to_owned(), character })
        }
        None => Ok(value),
    }
}

fn is_id(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
}

/// Whether a character may stand in a Kubernetes label.
fn is_label(character: char) -> bool {
    character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-'
}

/// All nodes of the cluster that a node's name tells, or the name alone where it tells none.
pub(super) fn pattern_of(name: &str) -> Result<String, GenerateError> {
    let Some(known) = NodeName::parse(name) else { return literal_pattern(name) };
    // What a literal name needs escaped, its end needs too.
    Ok(format!("*.{}", literal_pattern(&known.cluster.suffix())?))
}
