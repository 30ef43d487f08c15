//! PF012: a certificate that expires soon.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF012",
    severity: Severity::Warning,
    summary: "a certificate that expires soon",
    explanation: "The node's certificate, or an intermediate of its path, ends within the days given \
        with `--warn-days` (30). After that the node is refused at its next connection.",
    help: "re-issue the certificate before then",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let now = node.now();
    let limit = now.plus_days(i64::from(node.policy.warn_days));
    let anchors = node.anchors();
    for certificate in node.path_certificates() {
        let is_leaf = certificate == node.leaf;
        let judged = if is_leaf { node.is_leaf_judged() } else { !anchors.contains(&certificate) };
        let not_after = certificate.not_after();
        if judged && certificate.is_valid_at(now) && not_after < limit {
            let (subject, days) = (certificate.subject(), now.days_until(not_after));
            let message = format!("`{subject}` expires in {days} days, at {not_after}");
            report.push(node.finding(&RULE, message));
        }
    }
}
