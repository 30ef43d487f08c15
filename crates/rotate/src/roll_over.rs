//! What is rolled over: a cluster, its old authority and its new one.

use crosstrust_preflight::{Cluster, Node, Settings, TrustList};
use crosstrust_x509::{Certificate, Timestamp};

/// A cluster that leaves one authority for another.
#[derive(Clone, Debug)]
pub struct RollOver {
    /// The certificates of the old authority that are trusted now.
    pub old: Vec<Certificate>,
    /// The certificates of the new authority that will be trusted, the one that signs first.
    pub new: Vec<Certificate>,
    /// Other authorities that are trusted now and will be: those of other clusters.
    pub kept: Vec<Certificate>,
    /// The nodes with what they present now.
    pub nodes: Vec<Node>,
    /// How the cluster judges, but for what it trusts.
    pub settings: Settings,
    /// Other clusters that are connected with this one.
    pub others: Vec<Cluster>,
    /// The time for which the verdicts hold.
    pub now: Timestamp,
}

impl RollOver {
    /// What is trusted before the first step.
    pub fn before(&self) -> Vec<Certificate> {
        together(&[&self.kept, &self.old])
    }

    /// What is trusted from the first step to the last.
    pub fn both(&self) -> Vec<Certificate> {
        together(&[&self.kept, &self.old, &self.new])
    }

    /// What is trusted after the last step.
    pub fn after(&self) -> Vec<Certificate> {
        together(&[&self.kept, &self.new])
    }

    /// The cluster's settings with a list of trusted certificates.
    pub(crate) fn trusting(&self, certificates: Vec<Certificate>) -> Settings {
        Settings { trust: TrustList::new(certificates), ..self.settings.clone() }
    }
}

/// The certificates of several lists, each once.
pub(crate) fn together(lists: &[&Vec<Certificate>]) -> Vec<Certificate> {
    let mut all: Vec<Certificate> = Vec::new();
    for certificate in lists.iter().flat_map(|list| list.iter()) {
        if !all.contains(certificate) {
            all.push(certificate.clone());
        }
    }
    all
}
