//! PF040: an address that no alternative name covers.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;
use crate::host_name::{self, HostNameMatch};
use crate::settings::VerificationMode;

pub(super) const RULE: Rule = Rule {
    code: "PF040",
    severity: Severity::Warning,
    summary: "an address that no alternative name covers",
    explanation: "The address is accepted only by the subject's common name, which Java uses where a \
        certificate has no DNS name and most other software does not any more. Or it is not \
        covered at all, and only the mode keeps that from being noticed.",
    help: "re-issue the certificate with the address among its subject alternative names",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    for host in node.targets() {
        let message = match host_name::check(node.leaf, host, node.policy.server_name.as_deref()) {
            Ok(HostNameMatch::CommonName(name)) => {
                format!("`{host}` is covered by the common name `{name}` alone")
            }
            Err(error) if node.policy.remote.mode == VerificationMode::Certificate => {
                format!("{error}; in mode `full` it would be refused")
            }
            _ => continue,
        };
        report.push(node.finding(&RULE, message));
    }
}
