//! The names of a node that trust restrictions compare by default.

use crosstrust_restrictions::{X509Field, certificate_names};

use crate::node::Node;

/// The otherName common names of a node's own certificate.
pub(crate) fn other_names(node: &Node) -> Vec<String> {
    let Some(leaf) = node.leaf() else { return Vec::new() };
    let names = certificate_names(leaf, &[X509Field::OtherNameCommonName]);
    names.into_iter().map(|name| name.value).collect()
}
