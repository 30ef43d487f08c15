//! RC021: a node whose name the other side does not let in.

use crosstrust_report::{Finding, Report, Rule, Severity};
use crosstrust_restrictions::Restrictions;

use super::{Subject, acceptance};
use crate::plan::Party;

pub(super) const RULE: Rule = Rule {
    code: "RC021",
    severity: Severity::Error,
    summary: "the other side refuses a node for its name",
    explanation: "Trust settings of deployments and trust restrictions compare the otherName common names \
        of a certificate, and nothing else in it. A node that has none, or another one than the \
        other side is told of, cannot connect, whoever signed it.",
    help: "give `cluster_id` and `scope_id` to have the nodes re-issued with a name that is let in",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let parties = subject.parties();
    for refused in acceptance::refused(subject) {
        if refused.side == refused.judge {
            continue;
        }
        let Some(party) = parties.get(refused.side) else { continue };
        let message = format!("{}: {}", refused.node, refused.reason);
        report.push(subject.finding(&RULE, &party.path("nodes"), message));
    }
}

/// Says which nodes of the other side a file does not let in.
pub(super) fn judge(peer: &Party<'_>, path: &str, bytes: &[u8], report: &mut Report) {
    let Ok(restrictions) = Restrictions::parse(path, bytes) else { return };
    let names = peer.naming().map_or_else(|_| Vec::new(), |naming| naming.samples());
    for name in names.iter().filter(|name| restrictions.judge(&[name]).is_none()) {
        let message = format!("the node `{name}` of the {} side is not let in", peer.word());
        report.push(Finding::new(&RULE, message).in_file(path));
    }
}
