//! The pattern of the own cluster, from the name of one of its nodes.

use super::error::GenerateError;
use super::grant::literal_pattern;

/// All nodes of the cluster that a node's name tells, or the name alone where it tells none.
pub(super) fn pattern_of(name: &str) -> Result<String, GenerateError> {
    let labels: Vec<&str> = name.split('.').collect();
    let suffix = match labels.as_slice() {
        // Elastic Cloud, and whoever follows its naming.
        [_, .., "node", cluster, "cluster", scope, "account"]
            if !cluster.is_empty() && !scope.is_empty() =>
        {
            format!("node.{cluster}.cluster.{scope}.account")
        }
        // Elastic Cloud on Kubernetes.
        [_, .., "node", elasticsearch, namespace, "es", "local"]
            if !elasticsearch.is_empty() && !namespace.is_empty() =>
        {
            format!("node.{elasticsearch}.{namespace}.es.local")
        }
        _ => return literal_pattern(name),
    };
    // What a literal name needs escaped, its end needs too.
    Ok(format!("*.{}", literal_pattern(&suffix)?))
}
