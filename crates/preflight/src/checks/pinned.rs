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
    if !node.judgements().any(pinned) {
        return;
    }
    let subject = node.leaf.subject();
    let expired = node.leaf.not_after() < node.now();
    let lists = [Some(&node.policy.remote), node.policy.own.as_ref()].into_iter().flatten();
    let of_key = lists.clone().any(|settings| settings.trust.is_of_key(node.leaf));
    let issuer = node.leaf.issuer();
    let mut listed = lists.flat_map(|settings| settings.trust.certificates());
    let is_issued = issuer != subject && listed.any(|ca| ca.subject() == issuer);
    // In a store that is both key store and trust store the CA would do as well.
    if of_key && is_issued && !expired {
        return;
    }
    let mut message = format!("`{subject}` is accepted because it is in the CA list itself");
    if expired {
        message.push_str(", although it has expired");
    }
    if of_key {
        message.push_str(
            ": it is trusted as part of the node's own file, and nodes whose own file is another refuse it",
        );
    }
    report.push(node.finding(&RULE, message));
}
