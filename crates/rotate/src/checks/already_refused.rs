//! RO006: a node that the old authority's certificate does not vouch for.

use crosstrust_report::{Finding, Report, Rule, Severity};

use super::Subject;
use crate::simulation::{Presents, Trusts};

pub(super) const RULE: Rule = Rule {
    code: "RO006",
    severity: Severity::Error,
    summary: "a node that is refused before anything has been changed",
    explanation: "With the old CA as it is given, and the restrictions, this node is not accepted even now. Either \
        it is of another CA, which then belongs to those that stay trusted, or it has been renewed \
        already, or it is broken today. Nothing that follows can be relied on before that is settled.",
    help: "give its CA with `--old` or `--keep`, leave the node out, or mend it first",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for verdict in subject.simulation.refusals(Presents::Old, Trusts::Old) {
        let node = subject.roll_over.nodes.get(verdict.from.node);
        if let (Some(node), Some(reason)) = (node, verdict.reason()) {
            let (word, rule) = (verdict.verdict().word(), verdict.verdict().rule());
            let code = rule.map_or("", |rule| rule.code);
            let message = format!("it is {word} even now: {reason} ({code})");
            report.push(Finding::new(&RULE, message).in_file(node.path()));
        }
    }
}
