//! PF011: a certificate that has expired or is not valid yet.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_x509::{Certificate, Timestamp};

use crate::error::PathError;
use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF011",
    severity: Severity::Error,
    summary: "a certificate that has expired or is not valid yet",
    explanation: "Java refuses the node's certificate and every intermediate outside of its validity; a \
        trusted certificate's own dates are ignored. Not valid yet often means that a clock is \
        wrong.",
    help: "re-issue the certificate; check the clocks if it is not valid yet",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let (leaf, now) = (node.leaf, node.now());
    let leaf_error = (node.is_leaf_judged() && !leaf.is_valid_at(now)).then(|| shown(leaf, now));
    let others = node.path_errors().into_iter().filter_map(|error| match error {
        PathError::Expired { subject, .. } | PathError::NotYetValid { subject, .. } => {
            (*subject != leaf.subject().to_string() || leaf_error.is_none())
                .then(|| error.to_string())
        }
        _ => None,
    });
    for message in leaf_error.iter().cloned().chain(others) {
        report.push(node.finding(&RULE, message));
    }
}

fn shown(certificate: &Certificate, now: Timestamp) -> String {
    let (subject, not_before) = (certificate.subject(), certificate.not_before());
    if now < not_before {
        return format!("`{subject}` is not valid before {not_before}, and it is {now}");
    }
    let not_after = certificate.not_after();
    // Rounded as the days that are left are, so that both say the same number.
    let days = now.days_until(not_after).unsigned_abs();
    let plural = if days == 1 { "" } else { "s" };
    format!("`{subject}` expired at {not_after}, {days} day{plural} ago")
}
