//! PF046: the node's own certificate is in the CA list.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;
use crate::path::{Judgement, Path};

pub(super) const RULE: Rule = Rule {
    code: "PF046",
    severity: Severity::Warning,
    summary: "the node's own certificate is in the CA list",
    explanation: "A listed certificate is accepted as it is: neither its dates nor its usages are looked \
        at, and whatever replaces it is refused until the list is changed, too.",
    help: "list the CA that issued the certificate instead",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let pinned = |judgement: &Judgement<'_>| judgement.path().is_ok_and(Path::is_pinned);
    if node.judgements().any(pinned) {
        let subject = node.leaf.subject();
        report.push(node.finding(
            &RULE,
            format!("`{subject}` is accepted because it is in the CA list itself"),
        ));
    }
}
