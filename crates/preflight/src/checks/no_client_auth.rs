//! PF016: the certificate may not act as client.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;
use crate::role::Role;

pub(super) const RULE: Rule = Rule {
    code: "PF016",
    severity: Severity::Error,
    summary: "the certificate may not act as client",
    explanation: "A node opens connections as well as it accepts them. If the certificate has \
        extendedKeyUsage, it must list clientAuth (or anyExtendedKeyUsage), or every \
        connection that the node opens is refused. Certificates of public CAs are for servers \
        only.",
    help: "re-issue the certificate with serverAuth and clientAuth, or without extendedKeyUsage",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    super::role_usage::check_role(&RULE, Role::Client, node, report);
}
