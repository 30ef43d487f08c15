//! What is wrong between clusters: who is refused, who gets in that should not.

use std::collections::{BTreeMap, BTreeSet};

use crosstrust_report::{Finding, Report, Rule, Severity};
use rayon::prelude::*;

use super::{Fleet, JudgeClass, Outcome, Shortfall};
use crate::checks;
use crate::cluster::{Expectation, Expectations, NodePosition};
use crate::explanation::Explanation;
use crate::matrix_refusals;
use crate::settings::VerificationMode;

/// The rules that are looked for here.
pub(crate) const RULES: [&Rule; 2] = [&SHARED_AUTHORITY, &UNEXPECTED];

/// PF131: a cluster without restrictions whose CA others have, too.
const SHARED_AUTHORITY: Rule = Rule {
    code: "PF131",
    severity: Severity::Warning,
    summary: "a cluster without trust restrictions whose CA is shared",
    explanation: "Without trust restrictions a cluster lets in everybody who has a certificate of \
        a CA that it trusts, in both roles. Where that CA signs for several clusters, each of them \
        reaches this one, and so does whatever else the CA signs later.",
    help: "write a restrictions file that admits the names of those who are meant to connect: `crosstrust \
        restrictions generate`",
};

/// PF132: a cluster that accepts somebody who is not expected.
const UNEXPECTED: Rule = Rule {
    code: "PF132",
    severity: Severity::Error,
    summary: "a cluster accepts nodes of another that it is not meant to",
    explanation: "What is expected of the clusters says that nobody else is to reach this one, and its trust list \
        and its restrictions let somebody else in.",
    help: "take the CA of the other cluster out of the list, or restrict the names; or expect it, where it is meant",
};

impl Fleet<'_> {
    /// What is found between clusters, in the order of those who present. Takes what is expected of each cluster,
    /// in their order. Without an expectation every refusal counts, and no acceptance; with one a refusal
    /// counts if it is of a cluster that is named, or the own.
    pub fn findings(&self, expected: &[Option<Expectation>]) -> Report {
        let names = self.names_of_clusters();
        let expected = &Expectations::new(&names, expected);
        let each = (0..self.clusters().len()).into_par_iter().map(|from| {
            let shortfalls = self.shortfalls(from, |to, outcome| {
                expected.is_told(from, to, !matches!(outcome, Outcome::NotJudged(_)))
            });
            let findings = shortfalls.iter().filter_map(|one| self.shortfall(one));
            findings.collect::<Vec<_>>()
        });
        let mut report = Report::default();
        let each = each.collect::<Vec<_>>();
        each.into_iter().flatten().for_each(|finding| report.push(finding));
        self.unexpected(expected).into_iter().for_each(|finding| report.push(finding));
        for judges in self.judges() {
            self.shared_authorities(judges, expected, &mut report);
        }
        let mut lists = BTreeSet::new();
        for judges in self.judges().iter().filter(|judges| lists.insert(judges.trust)) {
            let first = judges.clusters.first().and_then(|first| self.clusters().get(*first));
            if let Some(cluster) = first {
                checks::check_public_roots(&cluster.settings.trust, &mut report);
            }
        }
        report
    }

    /// The names of the clusters, in their order.
    pub(crate) fn names_of_clusters(&self) -> Vec<&str> {
        self.clusters().iter().map(|cluster| cluster.name.as_str()).collect()
    }

    fn name(&self, cluster: usize) -> &str {
        self.clusters().get(cluster).map_or("", |cluster| &cluster.name)
    }

    fn shortfall(&self, shortfall: &Shortfall) -> Option<Finding> {
        let Shortfall { from, outcome, judges, nodes, first, first_judge, .. } = shortfall;
        let Explanation { rule, reason, help } = self.explanation(*first, *first_judge)?;
        let who = match nodes {
            1 => format!("`{}`", self.label(*first)),
            count => format!("{count} nodes of `{}`", self.name(*from)),
        };
        let several = judges.len() > 1;
        let judges = self.listing(judges);
        let (told, what) = match outcome {
            Outcome::NotJudged(_) => {
                let verb = if *nodes == 1 { "is" } else { "are" };
                (checks::NOT_JUDGED, format!("{who} before {judges} {verb} not judged"))
            }
            _ if several => (&matrix_refusals::RULE, format!("{judges} refuse {who}")),
            _ => (&matrix_refusals::RULE, format!("{judges} refuses {who}")),
        };
        // The reason is that of one node before one cluster.
        let such = match (nodes, several) {
            (1, false) => String::new(),
            (1, true) => format!(", such as `{}`", self.name(*first_judge)),
            (_, false) => format!(", such as `{}`", self.label(*first)),
            (_, true) => {
                format!(", such as `{}` before `{}`", self.label(*first), self.name(*first_judge))
            }
        };
        let message = format!("{what}{such}: {reason} ({})", rule.code);
        Some(self.in_file_of(*first, Finding::new(told, message).with_help(help)))
    }

    fn in_file_of(&self, place: NodePosition, finding: Finding) -> Finding {
        match self.node(place) {
            Some(node) => finding.in_file(node.path()),
            None => finding,
        }
    }

    /// `a`; `a` and `b`; the first of many.
    fn listing(&self, clusters: &[usize]) -> String {
        let name = |cluster: &usize| format!("`{}`", self.name(*cluster));
        match clusters {
            [one] => name(one),
            [one, other] => format!("{} and {}", name(one), name(other)),
            many => {
                let first = many.iter().take(MOST_NAMED).map(name).collect::<Vec<_>>().join(", ");
                let more = if many.len() > MOST_NAMED { ", …" } else { "" };
                format!("{} clusters ({first}{more})", many.len())
            }
        }
    }

    /// Acceptances that nobody expects, by judge.
    pub(crate) fn unexpected(&self, expected: &Expectations<'_>) -> Vec<Finding> {
        let closed = (0..self.clusters().len()).filter(|to| expected.is_closed(*to));
        let each = closed.filter_map(|to| {
            let mut found: BTreeMap<usize, usize> = BTreeMap::new();
            let mut first = None;
            for (class, nodes) in self.nodes().iter().enumerate() {
                if !self.outcome(class, self.judge_of(to)).is_accepted() {
                    continue;
                }
                for place in &nodes.nodes {
                    if !expected.is_wanted(place.cluster, to) {
                        let count = found.entry(place.cluster).or_insert(0);
                        *count = count.saturating_add(1);
                        first = first.min(Some(*place)).or(Some(*place));
                    }
                }
            }
            let nodes: usize = found.values().sum();
            let clusters = found.into_keys().collect::<Vec<_>>();
            let plural = if nodes == 1 { "node" } else { "nodes" };
            let message = format!(
                "`{}` accepts {nodes} {plural} of {}, which nobody expects",
                self.name(to),
                self.listing(&clusters)
            );
            Some(self.in_file_of(first?, Finding::new(&UNEXPECTED, message)))
        });
        each.collect()
    }

    /// Certificates in the list of clusters without restrictions that let in nodes of several clusters.
    fn shared_authorities(
        &self,
        judges: &JudgeClass,
        expected: &Expectations<'_>,
        report: &mut Report,
    ) {
        let judge = judges.clusters.first().and_then(|first| self.clusters().get(*first));
        let Some(judge) = judge.filter(|_| judges.restrictions.is_none()) else { return };
        if judge.settings.mode == VerificationMode::None {
            return;
        }
        let mut found: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        let position = judges.clusters.first().map_or(0, |first| self.judge_of(*first));
        for (class, nodes) in self.nodes().iter().enumerate() {
            if let Some(anchor) = self.anchor(class, position)
                && self.outcome(class, position).is_accepted()
            {
                let clusters = nodes.nodes.iter().map(|place| place.cluster);
                found.entry(anchor).or_default().extend(clusters);
            }
        }
        for (anchor, signed) in found.into_iter().filter(|(_, signed)| signed.len() > 1) {
            let is_meant = |to: &usize| {
                expected.of(*to).is_some()
                    && signed.iter().all(|from| expected.is_wanted(*from, *to))
            };
            let told = judges.clusters.iter().copied().filter(|to| !is_meant(to));
            let told = told.collect::<Vec<_>>();
            let mut listed = judge.settings.trust.certificates();
            let authority = listed.find(|one| one.fingerprint_sha256() == anchor);
            if let (Some(authority), false) = (authority, told.is_empty()) {
                let signed = signed.into_iter().collect::<Vec<_>>();
                let have = if told.len() > 1 { "have" } else { "has" };
                let message = format!(
                    "{} {have} no trust restrictions, and `{}`, which is trusted, signed nodes of {}: whoever it signs \
                     gets in",
                    self.listing(&told),
                    authority.subject(),
                    self.listing(&signed)
                );
                report.push(checks::in_list(
                    &SHARED_AUTHORITY,
                    message,
                    &judge.settings.trust,
                    authority,
                ));
            }
        }
    }
}

/// So many clusters are named.
const MOST_NAMED: usize = 4;
