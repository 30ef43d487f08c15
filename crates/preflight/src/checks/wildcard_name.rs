//! PF041: a wildcard that not every Java accepts.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_x509::SubjectAltNames;

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF041",
    severity: Severity::Warning,
    summary: "a wildcard that not every Java accepts",
    explanation: "Java 17 accepts a wildcard in any label of a DNS name, Java 25 in the first label \
        only, and other software only `*` as the whole first label.",
    help: "use `*` as the whole first label, or name the hosts",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    for name in node.leaf.subject_alt_names().into_iter().flat_map(SubjectAltNames::dns) {
        let wildcards = name.matches('*').count();
        if wildcards > 0 && !(wildcards == 1 && name.starts_with("*.")) {
            let message =
                format!("the DNS name `{name}` has a wildcard that is not its whole first label");
            report.push(node.finding(&RULE, message));
        }
    }
}
