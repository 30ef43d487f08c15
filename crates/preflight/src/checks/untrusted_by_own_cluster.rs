//! PF009: no path to a certificate of the own cluster's CA list.

use crosstrust_report::{Report, Rule, Severity};

use crate::error::PathError;
use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF009",
    severity: Severity::Error,
    summary: "no path to a certificate of the own cluster's CA list",
    explanation: "The nodes of a cluster connect with each other, so a node's certificate must also be \
        accepted by its own cluster. With this one the node cannot rejoin after a restart.",
    help: "add the CA to the own cluster's `certificate_authorities` before the certificate is \
        replaced",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    for error in node.errors_of_own_cluster() {
        report.push(node.finding(&RULE, message(error)));
    }
}

/// Why the own cluster refuses a node.
pub(super) fn message(error: &PathError) -> String {
    format!("its own cluster refuses it: {error}")
}
