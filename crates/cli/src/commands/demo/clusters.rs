//! The three clusters of the demo: who they are and what their nodes are called.

use crosstrust_issue::{Instance, InstanceError, InstanceText};
use crosstrust_x509::ClusterName;

/// A cluster of the demo.
pub(super) struct Cluster {
    /// Its folder, and what it is called in the account.
    pub(super) folder: &'static str,
    /// The Elasticsearch cluster id.
    pub(super) id: &'static str,
    /// The scope: an organization, an environment, or a label of one's own.
    pub(super) scope: &'static str,
    /// Its nodes.
    pub(super) nodes: &'static [&'static str],
}

/// The self-managed cluster.
pub(super) const ON_PREMISES: Cluster = Cluster {
    folder: "on-premises",
    id: "1234567abcd",
    scope: "myscope",
    nodes: &["node1", "node2", "node3"],
};

/// The cluster in the cloud.
pub(super) const CLOUD: Cluster = Cluster {
    folder: "cloud",
    id: "cf659f7fe6164d9691b284ae36811be1",
    scope: "1053523734",
    nodes: &["instance-0000000001", "instance-0000000002"],
};

/// A stranger's cluster in the same region of the cloud, hence of the same CA.
pub(super) const STRANGER: Cluster = Cluster {
    folder: "stranger",
    id: "9f1b8a4e2d6c4b0f8e7d6c5b4a392817",
    scope: "2042042042",
    nodes: &["instance-0000000001"],
};

impl Cluster {
    /// The otherName of a node.
    pub(super) fn name_of(&self, node: &str) -> String {
        self.cluster().node(node).to_string()
    }

    /// The pattern that all its nodes' names match.
    pub(super) fn pattern(&self) -> String {
        self.cluster().pattern()
    }

    fn cluster(&self) -> ClusterName<'_> {
        ClusterName::Cloud { cluster: self.id, scope: self.scope }
    }

    /// The nodes with a DNS name alone, as certificates are usually made.
    pub(super) fn without_other_name(&self) -> Result<Vec<Instance>, InstanceError> {
        self.instances(|_| Vec::new())
    }

    /// The nodes with their otherName.
    pub(super) fn with_other_name(&self) -> Result<Vec<Instance>, InstanceError> {
        self.instances(|node| vec![self.name_of(node)])
    }

    /// The text of an instances file for the nodes, otherName included.
    pub(super) fn manifest(&self) -> String {
        let mut text = "instances:\n".to_owned();
        for node in self.nodes {
            let (dns, cn) = (dns(node), self.name_of(node));
            let lines = [
                format!("  - name: \"{node}\"\n"),
                format!("    dns: [\"{dns}\"]\n"),
                format!("    cn: [\"{cn}\"]\n"),
            ];
            text.extend(lines);
        }
        text
    }

    fn instances(&self, cn: impl Fn(&str) -> Vec<String>) -> Result<Vec<Instance>, InstanceError> {
        let instance = |node: &&str| {
            Instance::from_text(&InstanceText {
                name: (*node).to_owned(),
                dns: vec![dns(node)],
                cn: cn(node),
                ..InstanceText::default()
            })
        };
        self.nodes.iter().map(instance).collect()
    }
}

fn dns(node: &str) -> String {
    format!("{node}.example.com")
}
