//! Every pair in the JSON document: `accepts`, node by node and cluster by cluster, and `restrictions` of each
//! cluster with all nodes that each pattern admits. Both grow with the square of the clusters.
//!
//! `"accepts":[{"from":"cluster/node","to":"cluster","accepted":true,"verdict":"accepted"|"refused"|"not_judged",
//! "code","reason"}]`, and in each cluster `"restrictions":{"path","patterns":[{"pattern","admits":
//! ["cluster/node"]}],"outside":["cluster/node"]}|null`. `from` presents its certificate, and all nodes of `to`
//! have the same verdict.

use crosstrust_preflight::NodePosition;
use serde::Serialize;

use crate::admission::{self, Admission};
use crate::overview::Overview;

#[derive(Serialize)]
pub(crate) struct Restrictions<'a> {
    path: &'a str,
    patterns: Vec<Pattern<'a>>,
    outside: Vec<String>,
}

#[derive(Serialize)]
struct Pattern<'a> {
    pattern: &'a str,
    admits: Vec<String>,
}

#[derive(Serialize)]
pub(crate) struct Acceptance<'a> {
    from: String,
    to: &'a str,
    accepted: bool,
    verdict: &'static str,
    code: Option<&'static str>,
    reason: Option<String>,
}

impl Overview<'_> {
    /// How many pairs of node and cluster there are.
    pub fn pairs(&self) -> usize {
        self.nodes().saturating_mul(self.count())
    }

    pub(crate) fn acceptances(&self) -> Vec<Acceptance<'_>> {
        let pairs = self
            .fleet
            .places()
            .into_iter()
            .flat_map(|from| (0..self.count()).map(move |to| self.acceptance(from, to)));
        pairs.collect()
    }

    fn acceptance(&self, from: NodePosition, to: usize) -> Acceptance<'_> {
        let [client, server] = self.fleet.verdicts(from, to);
        let verdict = client.worse(&server);
        Acceptance {
            from: self.fleet.label(from),
            to: self.cluster_name(to),
            accepted: verdict.is_accepted(),
            verdict: verdict.key(),
            code: verdict.rule().map(|rule| rule.code),
            reason: crosstrust_preflight::reason(&client, &server),
        }
    }

    /// Whom a cluster's restrictions let in.
    pub(crate) fn admission(&self, position: usize) -> Option<Admission<'_>> {
        admission::of(&self.members.get(position)?.cluster, self.fleet.clusters())
    }

    pub(crate) fn admits<'a>(&self, admission: Admission<'a>) -> Restrictions<'a> {
        let Admission { path, patterns, outside } = admission;
        let patterns = patterns
            .into_iter()
            .map(|one| Pattern { pattern: one.text, admits: self.labels(&one.nodes) });
        Restrictions { path, patterns: patterns.collect(), outside: self.labels(&outside) }
    }

    fn labels(&self, places: &[NodePosition]) -> Vec<String> {
        places.iter().map(|place| self.fleet.label(*place)).collect()
    }
}
