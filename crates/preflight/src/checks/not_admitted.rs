//! PF033: a name that the restrictions do not admit.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;
use crate::wording::quoted;

pub(super) const RULE: Rule = Rule {
    code: "PF033",
    severity: Severity::Error,
    summary: "a name that the restrictions do not admit",
    explanation: "The other side has a trust restrictions file, and none of its patterns matches a name \
        of the certificate. The chain may be in order: this is decided after it, and \
        Elasticsearch's log says `does not match the trusted names`. Patterns match whole \
        names, and letter case counts.",
    help: "add a pattern for the name to the restrictions file of the other side, or re-issue the \
        certificate with a name that is admitted",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let Some(file) = &node.policy.remote.restrictions else { return };
    if node.policy.is_own_cluster
        || node.names.is_empty()
        || file.restrictions.judge(&node.names).is_some()
    {
        return;
    }
    let names = node.names.iter().map(|name| name.value.clone()).collect::<Vec<_>>();
    let message =
        format!("no pattern of `{}` matches {}{}", file.path, quoted(&names), file.nearest(&names));
    report.push(node.finding(&RULE, message));
}
