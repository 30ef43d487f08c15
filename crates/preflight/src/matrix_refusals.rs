//! What a matrix does not accept, put together: which cluster refuses or does not judge how many nodes of
//! which, and why.

use std::collections::BTreeMap;

use crosstrust_report::{Finding, Report, Rule, Severity};

use crate::checks;
use crate::cluster::NodePosition;
use crate::error::PathError;
use crate::matrix::{Matrix, MatrixVerdict};
use crate::refusal::Refusal;
use crate::verdict::Verdict;
use crate::voucher;

/// PF070: a node that another cluster, or its own, would refuse.
pub(crate) const RULE: Rule = Rule {
    code: "PF070",
    severity: Severity::Error,
    summary: "a node that a cluster would refuse",
    explanation: "Each connection checks two certificates, and both must be accepted: that of the node \
        which opens it, by the other's settings, and the other way round. A link to a remote \
        cluster is opened only from the local one, while the nodes of one cluster connect both \
        ways; so one refusal in either direction is enough to break it. The message says which \
        half fails, and the code in it what to do.",
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
    /// What to do.
    pub help: String,
}

impl MatrixVerdict {
    /// Why the node is not accepted, with the role where the other's verdict is another one.
    pub fn reason(&self) -> Option<String> {
        match (self.as_client.reason(), self.as_server.reason()) {
            (None, None) => None,
            (Some(client), Some(server)) if client == server => Some(client),
            (Some(client), Some(server)) => {
                Some(format!("as client: {client}; as server: {server}"))
            }
            (Some(client), None) => Some(format!("as client: {client}")),
            (None, Some(server)) => Some(format!("as server: {server}")),
        }
    }
}

impl Matrix {
    /// What is not accepted, by presenting cluster, judging cluster and code, in the order of the verdicts.
    pub fn refusals(&self) -> Vec<RefusalGroup> {
        let mut groups: Vec<RefusalGroup> = Vec::new();
        let mut known = BTreeMap::new();
        for verdict in &self.verdicts {
            let (Some(rule), Some(reason)) = (verdict.verdict().rule(), verdict.reason()) else {
                continue;
            };
            let (from, to, word) = (verdict.from.cluster, verdict.to, verdict.verdict().word());
            let index = *known.entry((from, to, rule.code)).or_insert(groups.len());
            if let Some(group) = groups.get_mut(index) {
                group.nodes = group.nodes.saturating_add(1);
                continue;
            }
            let (reason, help) = (reason + &self.nearest(verdict), self.help(verdict, rule));
            groups.push(RefusalGroup { from, to, word, rule, nodes: 1, reason, help });
        }
        groups
    }

    /// Every refusal, and whatever was not judged, as a finding in the node's file.
    pub fn report(&self) -> Report {
        let mut report = Report::default();
        for (path, _) in self.clusters.iter().flat_map(|cluster| &cluster.nodes) {
            report.look_at(path);
        }
        for verdict in &self.verdicts {
            let (Some(rule), Some(reason)) = (verdict.verdict().rule(), verdict.reason()) else {
                continue;
            };
            let judge = self.clusters.get(verdict.to).map_or("", |cluster| cluster.name.as_str());
            let (who, nearest) = (self.label(verdict.from), self.nearest(verdict));
            let (told, what) = match verdict.verdict() {
                Verdict::NotJudged(_) => {
                    (checks::NOT_JUDGED, format!("`{who}` before `{judge}` is not judged"))
                }
                _ => (&RULE, format!("`{judge}` refuses `{who}`")),
            };
            let message = format!("{what}: {reason}{nearest} ({})", rule.code);
            let finding = Finding::new(told, message).with_help(self.help(verdict, rule));
            report.push(match self.path(verdict.from) {
                Some(path) => finding.in_file(path),
                None => finding,
            });
        }
        for cluster in &self.clusters {
            checks::check_public_roots(&cluster.trust, &mut report);
        }
        report
    }

    /// Which pattern comes nearest, where the restrictions refuse a node; what the list has, where it
    /// lacks the authority.
    fn nearest(&self, verdict: &MatrixVerdict) -> String {
        let judge = self.clusters.get(verdict.to);
        match (judge.and_then(|judge| judge.restrictions.as_ref()), verdict.refusal()) {
            (Some(file), Some(Refusal::NotAdmitted { names, .. })) => file.nearest(names),
            (_, Some(Refusal::Path(error))) => {
                judge.map_or_else(String::new, |judge| voucher::instead(error, &judge.trust))
            }
            _ => String::new(),
        }
    }

    /// What to do: where the judge lacks an authority, which one to add.
    fn help(&self, verdict: &MatrixVerdict, rule: &Rule) -> String {
        let judge = self.clusters.get(verdict.to);
        match (judge, verdict.refusal()) {
            (Some(judge), Some(Refusal::Path(PathError::UnopenedList { .. }))) => {
                judge.trust.remedy().unwrap_or_default()
            }
            (Some(judge), Some(Refusal::Path(error))) if error.lacks_authority() => {
                let home = self.clusters.get(verdict.from.cluster);
                let voucher = home.and_then(|home| home.vouchers.get(verdict.from.node));
                let whose = format!("`certificate_authorities` of `{}`", judge.name);
                let voucher = voucher.and_then(Option::as_ref);
                voucher::advice(error, voucher, &judge.trust, &whose)
            }
            _ => verdict.verdict().help().unwrap_or(rule.help).to_owned(),
        }
    }

    fn path(&self, place: NodePosition) -> Option<&str> {
        let cluster = self.clusters.get(place.cluster)?;
        cluster.nodes.get(place.node).map(|(path, _)| path.as_str())
    }
}
