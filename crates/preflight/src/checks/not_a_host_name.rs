//! PF042: a DNS name that is no host name.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_x509::SubjectAltNames;

use crate::examination::Examination;
use crate::host_name;

pub(super) const RULE: Rule = Rule {
    code: "PF042",
    severity: Severity::Warning,
    summary: "a DNS name that is no host name",
    explanation: "Java refuses to compare names with underscores, blanks or empty labels, and a DNS name \
        with a dot at its end matches nothing. Such a name in the certificate, or such an \
        address, never matches.",
    help: "use letters, digits and hyphens, without a dot at the end",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let names = node.leaf.subject_alt_names().into_iter().flat_map(SubjectAltNames::dns);
    for name in names {
        if let Some(problem) = host_name::problem(&name.replace('*', "z")) {
            report.push(node.finding(
                &RULE,
                format!("the DNS name `{name}` is no host name to Java: {problem}"),
            ));
        }
    }
}
