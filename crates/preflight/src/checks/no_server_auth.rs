//! PF017: the certificate may not act as server.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;
use crate::role::Role;

pub(super) const RULE: Rule = Rule {
    code: "PF017",
    severity: Severity::Error,
    summary: "the certificate may not act as server",
    explanation: "A node accepts connections as well as it opens them. If the certificate has \
        extendedKeyUsage, it must list serverAuth (or anyExtendedKeyUsage), or every \
        connection to the node is refused.",
    help: "re-issue the certificate with serverAuth and clientAuth, or without extendedKeyUsage",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    super::role_usage::check_role(&RULE, Role::Server, node, report);
}
