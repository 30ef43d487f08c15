//! What a matrix does not accept, put together: which cluster refuses or does not judge how many nodes of
//! which, and why.

use std::collections::BTreeMap;

use crosstrust_report::{Finding, Report, Rule, Severity};

use crate::checks;
use crate::cluster::{Expectations, NodePosition};
use crate::explanation::{self, Explanation, Judge};
use crate::matrix::{Matrix, MatrixVerdict};
use crate::verdict::Verdict;

/// PF070: a node that another cluster, or its own, would refuse.
pub const RULE: Rule = Rule {
    code: "PF070",
    severity: Severity::Error,
    summary: "a node that a cluster would refuse",
    explanation: "Each connection checks two certificates, and both must be accepted: that of the \
        node which opens it, by the other's settings, and the other way round. A link to a remote \
        cluster is opened only from the local one, while the nodes of one cluster connect both \
        ways; so one refusal in either direction is enough to break it. The message says which \
        half fails, and the code in it says what to do.",
    help: "look up the code at the end of the message with `crosstrust explain`",
};

/// Verdicts of one kind between two clusters, none of them an acceptance.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RefusalGroup {
    /// The position of the cluster that presents.
    pub from: usize,
    /// The position of the cluster that judges.
    pub to: usize,
    /// The verdict: `refused` or `not judged`.
    pub word: &'static str,
    /// The rule that explains them.
    pub rule: &'static Rule,
    /// How many nodes it is about.
    pub nodes: usize,
    /// Why the first of them is not accepted.
    pub reason: String,
    /// What to do; that there is nothing to do, where it is said who is meant to reach whom and this one is not.
    pub help: String,
}

/// What to do about a refusal that nobody minds.
pub const MEANT: &str = "nothing: nobody expects it to be accepted";

/// The number of each group, from 1, by presenting cluster, judging cluster and code.
pub fn refusal_numbers(groups: &[RefusalGroup]) -> BTreeMap<(usize, usize, &'static str), usize> {
    (1..).zip(groups).map(|(number, one)| ((one.from, one.to, one.rule.code), number)).collect()
}

impl MatrixVerdict {
    /// Why the node is not accepted, with the role where the other's verdict is another one.
    pub fn reason(&self) -> Option<String> {
        explanation::reason(&self.as_client, &self.as_server)
    }
}

impl Matrix {
    /// What is not accepted, by presenting cluster, judging cluster and code, in the order of the verdicts.
    pub fn refusals(&self) -> Vec<RefusalGroup> {
        let names = self.names();
        let expected = Expectations::new(&names, &self.expected);
        let mut groups: Vec<RefusalGroup> = Vec::new();
        let mut known = BTreeMap::new();
        for verdict in &self.verdicts {
            let Some(rule) = verdict.verdict().rule() else { continue };
            let (from, to, word) = (verdict.from.cluster, verdict.to, verdict.verdict().word());
            let index = *known.entry((from, to, rule.code)).or_insert(groups.len());
            if let Some(group) = groups.get_mut(index) {
                group.nodes = group.nodes.saturating_add(1);
                continue;
            }
            let Some(Explanation { rule, reason, help }) = self.explanation(verdict) else {
                continue;
            };
            let help = if expected.is_wanted(from, to) { help } else { MEANT.to_owned() };
            groups.push(RefusalGroup { from, to, word, rule, nodes: 1, reason, help });
        }
        groups
    }

    /// Every refusal, and whatever was not judged, as a finding in the node's file. Where it is said who is meant
    /// to reach whom, a refusal that is meant is none, and an acceptance that is not meant is one.
    pub fn report(&self) -> Report {
        let names = self.names();
        let expected = Expectations::new(&names, &self.expected);
        let is_told = |verdict: &&MatrixVerdict| {
            let is_judged = !matches!(verdict.verdict(), Verdict::NotJudged(_));
            expected.is_told(verdict.from.cluster, verdict.to, is_judged)
        };
        let mut report = Report::default();
        for (path, _) in self.clusters.iter().flat_map(|cluster| &cluster.nodes) {
            report.look_at(path);
        }
        for verdict in self.verdicts.iter().filter(is_told) {
            let Some(Explanation { rule, reason, help }) = self.explanation(verdict) else {
                continue;
            };
            let judge = self.clusters.get(verdict.to).map_or("", |cluster| cluster.name.as_str());
            let who = self.label(verdict.from);
            let (told, what) = match verdict.verdict() {
                Verdict::NotJudged(_) => {
                    (checks::NOT_JUDGED, format!("`{who}` before `{judge}` is not judged"))
                }
                _ => (&RULE, format!("`{judge}` refuses `{who}`")),
            };
            let message = format!("{what}: {reason} ({})", rule.code);
            let finding = Finding::new(told, message).with_help(help);
            report.push(match self.path(verdict.from) {
                Some(path) => finding.in_file(path),
                None => finding,
            });
        }
        self.unexpected.iter().for_each(|finding| report.push(finding.clone()));
        for cluster in &self.clusters {
            checks::check_public_roots(&cluster.trust, &mut report);
        }
        report
    }

    fn names(&self) -> Vec<&str> {
        self.clusters.iter().map(|cluster| cluster.name.as_str()).collect()
    }

    fn explanation(&self, verdict: &MatrixVerdict) -> Option<Explanation> {
        let judge = self.clusters.get(verdict.to)?;
        let home = self.clusters.get(verdict.from.cluster);
        let voucher = home.and_then(|home| home.vouchers.get(verdict.from.node));
        let judge = Judge {
            name: &judge.name,
            trust: &judge.trust,
            restrictions: judge.restrictions.as_ref(),
        };
        let roles = [&verdict.as_client, &verdict.as_server];
        judge.explain(roles, voucher.and_then(Option::as_ref))
    }

    fn path(&self, place: NodePosition) -> Option<&str> {
        let cluster = self.clusters.get(place.cluster)?;
        cluster.nodes.get(place.node).map(|(path, _)| path.as_str())
    }
}
