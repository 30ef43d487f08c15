//! A cluster of an overview, with what is known of it beside its material.

use crosstrust_preflight::{Cluster, Expectation};
use crosstrust_report::Report;

/// A cluster, what is expected of it, and what was wrong with its files.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name, its nodes and its settings, as far as they could be read.
    pub cluster: Cluster,
    /// Who is meant to reach it, where that is said.
    pub expects: Option<Expectation>,
    /// What could not be read. The rest is judged.
    pub problems: Report,
}

/// A cluster of which everything was read and nothing is expected.
impl From<Cluster> for Member {
    fn from(cluster: Cluster) -> Self {
        Self { cluster, expects: None, problems: Report::default() }
    }
}
