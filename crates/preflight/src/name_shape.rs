//! The shapes that Elastic's products give to the otherName common names of nodes.

use std::fmt;

use crosstrust_restrictions::{X509Field, certificate_names};

use crate::node::Node;

/// What a name of a known shape says about its cluster.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Shape {
    /// `NODE.node.CLUSTER.cluster.SCOPE.account`: Elastic Cloud, ECE, and whoever follows them.
    Cloud { cluster: String, scope: String },
    /// `POD.node.NAME.NAMESPACE.es.local`: ECK.
    Kubernetes { name: String, namespace: String },
}

impl Shape {
    /// Nothing where the name has neither shape.
    pub(crate) fn of(name: &str) -> Option<Self> {
        let (_, rest) = name.split_once(".node.")?;
        if let Some((cluster, scope)) = rest.split_once(".cluster.") {
            let scope = scope.strip_suffix(".account")?;
            let (cluster, scope) = (cluster.to_owned(), scope.to_owned());
            return Some(Self::Cloud { cluster, scope });
        }
        let (name, namespace) = rest.strip_suffix(".es.local")?.split_once('.')?;
        Some(Self::Kubernetes { name: name.to_owned(), namespace: namespace.to_owned() })
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cloud { cluster, scope } => write!(f, "cluster `{cluster}` in scope `{scope}`"),
            Self::Kubernetes { name, namespace } => {
                write!(f, "`{name}` in namespace `{namespace}`")
            }
        }
    }
}

/// The otherName common names of a node's own certificate.
pub(crate) fn other_names(node: &Node) -> Vec<String> {
    let Some(leaf) = node.leaf() else { return Vec::new() };
    let names = certificate_names(leaf, &[X509Field::OtherNameCommonName]);
    names.into_iter().map(|name| name.value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_products_are_recognised() {
        #[track_caller]
        fn check(name: &str, expected: &str) {
            assert_eq!(
                Shape::of(name).map(|shape| shape.to_string()).unwrap_or_default(),
                expected
            );
        }

        check(
            "node1.node.1234567abcd.cluster.myscope.account",
            "cluster `1234567abcd` in scope `myscope`",
        );
        check("es-0.node.quickstart.default.es.local", "`quickstart` in namespace `default`");
        check("node1.cluster1.elasticsearch", "");
        check("node1.node.1234567abcd.cluster.myscope", "");
    }
}
