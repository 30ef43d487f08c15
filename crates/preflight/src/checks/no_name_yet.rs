//! PF074: no otherName common name.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_restrictions::X509Field;

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF074",
    severity: Severity::Note,
    summary: "no otherName common name",
    explanation: "Nothing compares names here, since no restrictions file was given. A cluster that has \
        one refuses the node: by default the otherName common name is compared, and the \
        certificate has none.",
    help: "re-issue the certificate with `crosstrust reissue` before \
        trust restrictions are set up",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let asks = node.policy.remote.fields.contains(&X509Field::OtherNameCommonName);
    if node.policy.remote.restrictions.is_none()
        && node.leaf.unreadable_names().is_none()
        && asks
        && node.names.iter().all(|name| name.field != X509Field::OtherNameCommonName)
    {
        let message = "the certificate has no otherName common name; a cluster that restricts trust would refuse it";
        report.push(node.finding(&RULE, message));
    }
}
