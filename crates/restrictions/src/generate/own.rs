//! The pattern of the own cluster, from the name of one of its nodes.

use crosstrust_x509::NodeName;

use super::error::GenerateError;
use super::grant::literal_pattern;

/// All nodes of the cluster that a node's name tells, or the name alone where it tells none.
pub(super) fn pattern_of(name: &str) -> Result<String, GenerateError> {
    let Some(known) = NodeName::parse(name) else { return literal_pattern(name) };
    // What a literal name needs escaped, its end needs too.
    Ok(format!("*.{}", literal_pattern(&known.cluster.suffix())?))
}
