//! RO003: a new authority that ends before the old one's certificates do.

use crosstrust_report::{Finding, Report, Rule, Severity};

use super::Subject;

pub(super) const RULE: Rule = Rule {
    code: "RO003",
    severity: Severity::Warning,
    summary: "the new CA ends before what it replaces",
    explanation: "No certificate is valid for longer than the CA that signed it. A new CA that ends before the \
        old CA, or before the nodes' present certificates, brings the next roll-over nearer instead of \
        putting it off.",
    help: "make the new CA with more `--days`",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let Some(new) = subject.roll_over.new.first() else { return };
    let old = subject.roll_over.old.iter().map(|one| (one, "the old CA"));
    let leaves = subject.roll_over.nodes.iter().filter_map(crosstrust_preflight::Node::leaf);
    let outlived = old.chain(leaves.map(|one| (one, "a node's present certificate")));
    let last = outlived.max_by_key(|(one, _)| one.not_after());
    if let Some((last, what)) = last.filter(|(last, _)| last.not_after() > new.not_after()) {
        let message = format!(
            "the new CA `{}` ends on {}, before {what}, `{}`, on {}",
            new.subject(),
            new.not_after(),
            last.subject(),
            last.not_after()
        );
        report.push(Finding::new(&RULE, message));
    }
}
