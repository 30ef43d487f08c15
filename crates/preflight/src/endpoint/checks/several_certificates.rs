//! PF062: connections that reach different certificates.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_x509::Certificate;

use crate::endpoint::sighting::Sighting;

pub(crate) const RULE: Rule = Rule {
    code: "PF062",
    severity: Severity::Warning,
    summary: "connections that reach different certificates",
    explanation: "Several connections to one address did not end alike: a load balancer sends them to \
        different nodes. That is as it should be in proxy mode; in sniff mode each node must be \
        reached by itself. Only the certificate of the first connection was judged.",
    help: "check each node by its own address, or repeat the check until every certificate was seen",
};

pub(super) fn check(sighting: &Sighting<'_>, report: &mut Report) {
    let (first, repeats) = (&sighting.seen.first, &sighting.seen.repeats);
    let connections = repeats.len().saturating_add(1);
    let mut distinct: Vec<&Certificate> = Vec::new();
    for leaf in std::iter::once(first).chain(repeats).filter_map(|attempt| attempt.leaf()) {
        if !distinct.contains(&leaf) {
            distinct.push(leaf);
        }
    }
    if distinct.len() > 1 {
        let subjects = distinct.iter().take(MOST_SHOWN).map(|leaf| format!("`{}`", leaf.subject()));
        let subjects = subjects.collect::<Vec<_>>().join(", ");
        let more = if distinct.len() > MOST_SHOWN { ", …" } else { "" };
        let count = distinct.len();
        let message =
            format!("{connections} connections reached {count} certificates: {subjects}{more}");
        report.push(sighting.finding(&RULE, message));
    }
    let mut failed = repeats.iter().filter(|attempt| attempt.end != first.end);
    if let Some(other) = failed.by_ref().find(|attempt| attempt.leaf().is_none()) {
        let message =
            format!("of {connections} connections not all came as far as the first: {}", other.end);
        report.push(sighting.finding(&RULE, message));
    }
}

const MOST_SHOWN: usize = 4;
