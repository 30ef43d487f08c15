//! PF020: the node's certificate is a CA certificate.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF020",
    severity: Severity::Warning,
    summary: "the node's certificate is a CA certificate",
    explanation: "The node's own certificate says CA:TRUE. Elasticsearch does not mind, but whoever \
        trusts the certificate, or whoever issued it, lets the node issue certificates for any \
        name, and a node's key is not kept as a CA's key should be.",
    help: "re-issue the certificate with CA:FALSE",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    // A CA in the place of the node's certificate is another matter, which PF005 tells.
    let is_misplaced = node.node.chain().certificates().iter().any(|other| !other.is_ca());
    if !is_misplaced && node.leaf.basic_constraints().is_some_and(|constraints| constraints.ca) {
        let subject = node.leaf.subject();
        report.push(node.finding(&RULE, format!("`{subject}` says CA:TRUE")));
    }
}
