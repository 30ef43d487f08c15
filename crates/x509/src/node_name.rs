//! The names that Elastic's products give to nodes, in the otherName that trust restrictions compare.

use std::fmt;

/// A node's name, or a pattern for such names, of a known naming.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct NodeName<'a> {
    /// What tells the node from others of its cluster.
    pub node: &'a str,
    /// The cluster.
    pub cluster: ClusterName<'a>,
}

/// What all names of a cluster's nodes end with.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum ClusterName<'a> {
    /// `node.CLUSTER.cluster.SCOPE.account`: Elastic Cloud, Elastic Cloud Enterprise, and
    /// others that use the same form.
    Cloud {
        /// The cluster id.
        cluster: &'a str,
        /// The id of the organization or of the environment.
        scope: &'a str,
    },
    /// `node.NAME.NAMESPACE.es.local`: Elastic Cloud on Kubernetes.
    Kubernetes {
        /// The name of the Elasticsearch resource.
        name: &'a str,
        /// Its namespace.
        namespace: &'a str,
    },
}

impl<'a> NodeName<'a> {
    /// Nothing where a name follows neither naming. It is read from its end, as patterns are that
    /// begin with a star: `a.node.x.node.c.cluster.s.account` is the node `a.node.x` of `c`.
    pub fn parse(name: &'a str) -> Option<Self> {
        let (node, cluster) = if let Some(rest) = name.strip_suffix(".account") {
            let (rest, scope) = rest.rsplit_once(".cluster.")?;
            let (node, cluster) = rest.rsplit_once(".node.")?;
            (node, ClusterName::Cloud { cluster, scope })
        } else {
            let (rest, namespace) = name.strip_suffix(".es.local")?.rsplit_once('.')?;
            let (node, name) = rest.rsplit_once(".node.")?;
            (node, ClusterName::Kubernetes { name, namespace })
        };
        let (first, second) = cluster.parts();
        (![node, first, second].contains(&"")).then_some(Self { node, cluster })
    }
}

impl<'a> ClusterName<'a> {
    /// The name of one of its nodes.
    pub fn node(self, node: &'a str) -> NodeName<'a> {
        NodeName { node, cluster: self }
    }

    /// What the names of its nodes end with, after the node and a dot.
    pub fn suffix(self) -> String {
        match self {
            Self::Cloud { cluster, scope } => format!("node.{cluster}.cluster.{scope}.account"),
            Self::Kubernetes { name, namespace } => format!("node.{name}.{namespace}.es.local"),
        }
    }

    /// The pattern that lets all its nodes in. What it is made of must have no wildcards.
    pub fn pattern(self) -> String {
        self.node("*").to_string()
    }

    /// The pattern that lets in the nodes of all clusters of its scope or namespace.
    pub fn scope_pattern(self) -> String {
        match self {
            Self::Cloud { scope, .. } => Self::Cloud { cluster: "*", scope }.pattern(),
            Self::Kubernetes { namespace, .. } => {
                Self::Kubernetes { name: "*", namespace }.pattern()
            }
        }
    }

    /// The scope id under which the trust settings of a deployment know it.
    pub fn scope_id(self) -> String {
        match self {
            Self::Cloud { scope, .. } => scope.to_owned(),
            Self::Kubernetes { namespace, .. } => format!("{namespace}.es.local"),
        }
    }

    fn parts(self) -> (&'a str, &'a str) {
        match self {
            Self::Cloud { cluster, scope } => (cluster, scope),
            Self::Kubernetes { name, namespace } => (name, namespace),
        }
    }
}

impl fmt::Display for NodeName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.node, self.cluster.suffix())
    }
}

impl fmt::Display for ClusterName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cloud { cluster, scope } => write!(f, "cluster `{cluster}` in scope `{scope}`"),
            Self::Kubernetes { name, namespace } => {
                write!(f, "`{name}` in namespace `{namespace}`")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NodeName;

    #[test]
    fn names_are_read_from_their_end_and_written_as_they_were() {
        #[track_caller]
        fn check(name: &str, node: &str, cluster: &str) {
            let parsed = NodeName::parse(name);
            let found = parsed.map(|name| (name.node, name.cluster.to_string()));
            let expected = (!node.is_empty()).then(|| (node, cluster.to_owned()));
            assert_eq!(found, expected, "{name}");
            if let Some(parsed) = parsed {
                assert_eq!(parsed.to_string(), name);
            }
        }

        let cloud = "cluster `c1` in scope `s1`";
        check("es1.node.c1.cluster.s1.account", "es1", cloud);
        check("es2.node.x.node.c1.cluster.s1.account", "es2.node.x", cloud);
        check("a.b.node.c1.cluster.s1.account", "a.b", cloud);
        check("i.node.node.cluster.cluster.account", "i", "cluster `node` in scope `cluster`");
        check("i.node.c.d.cluster.s.t.account", "i", "cluster `c.d` in scope `s.t`");
        check("es-0.node.logs.prod.es.local", "es-0", "`logs` in namespace `prod`");
        check("a.b-es-0.node.a.b.prod.es.local", "a.b-es-0", "`a.b` in namespace `prod`");
        for other in [
            "",
            "node1.example",
            "node1.node.c1.cluster.s1",
            "node.c1.cluster.s1.account",
            ".node.c1.cluster.s1.account",
            "i.node..cluster.s1.account",
            "i.node.c1.cluster.s1.account.",
            "node.logs.prod.es.local",
            "i.node.prod.es.local",
        ] {
            check(other, "", "");
        }
    }

    #[test]
    fn patterns_fix_the_cluster_or_its_scope() {
        let cluster = |name| NodeName::parse(name).unwrap().cluster;
        let cloud = cluster("i.node.c.cluster.s.account");
        assert_eq!(cloud.pattern(), "*.node.c.cluster.s.account");
        assert_eq!(cloud.scope_pattern(), "*.node.*.cluster.s.account");
        let kubernetes = cluster("i.node.logs.prod.es.local");
        assert_eq!(
            (cloud.scope_id().as_str(), kubernetes.scope_id().as_str()),
            ("s", "prod.es.local")
        );
        assert_eq!(kubernetes.pattern(), "*.node.logs.prod.es.local");
        assert_eq!(kubernetes.scope_pattern(), "*.node.*.prod.es.local");
    }
}
