//! PF039: an address that the certificate does not cover.

use crosstrust_report::{Report, Rule, Severity};

use super::unreadable_names;
use crate::examination::Examination;
use crate::host_name::{self, HostNameError};
use crate::settings::VerificationMode;

pub(crate) const RULE: Rule = Rule {
    code: "PF039",
    severity: Severity::Error,
    summary: "an address that the certificate does not cover",
    explanation: "With `verification_mode: full` the side that opens a connection compares the address \
        as configured or published with the certificate: an IP address with the iPAddress \
        names, a host name with the DNS names, and with the common name only if there is no \
        DNS name at all. A connection through a proxy may match the server name (SNI) that it \
        sends instead. In sniff mode the addresses are those that the remote nodes publish, \
        mostly IP addresses.",
    help: "re-issue the certificate with the address among its names, connect by a name that it \
        has, or use `verification_mode: certificate`",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    if node.policy.remote.mode != VerificationMode::Full {
        return;
    }
    for host in node.targets() {
        if let Err(error) = host_name::check(node.leaf, host, node.policy.server_name.as_deref()) {
            let finding = node.finding(&RULE, error.to_string());
            report.push(match error {
                HostNameError::Unreadable { .. } => finding.with_help(unreadable_names::RULE.help),
                _ => finding,
            });
        }
    }
}
