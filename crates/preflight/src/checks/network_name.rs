//! PF101: a network among the names of a node.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_x509::{GeneralName, SubjectAltNames};

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF101",
    severity: Severity::Warning,
    summary: "a network among the names of a node",
    explanation: "An iPAddress of 8 or 32 octets is an address with a mask, which belongs in the name \
        constraints of a CA. Java reads it and compares no address with it; RFC 5280 does not allow \
        it in a subject alternative name, and other software refuses the certificate.",
    help: "re-issue the certificate with the addresses of the node themselves",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let names = node.leaf.subject_alt_names().map_or(&[][..], SubjectAltNames::names);
    if let Some(name) = names.iter().find(|name| matches!(name, GeneralName::Network { .. })) {
        report.push(
            node.finding(&RULE, format!("`{name}` is a network, which no node has for a name")),
        );
    }
}
