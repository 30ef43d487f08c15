//! PF100: alternative names that Java cannot read.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF100",
    severity: Severity::Warning,
    summary: "alternative names that Java cannot read",
    explanation: "Over one name that it cannot parse, Java gives up on all alternative names of a \
        certificate: a URI without a scheme, an e-mail address that ends in `@`, an iPAddress of an \
        odd length, an ediPartyName. The certification path is accepted, but trust restrictions find \
        no name, and `verification_mode: full` refuses every host name. Other software mostly reads \
        the rest of the names, so nobody notices before Elasticsearch does.",
    help: "re-issue the certificate without that name, or with one that is well-formed: \
        `crosstrust reissue` leaves it out",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    if let Some(why) = node.leaf.unreadable_names() {
        let message = format!("Java reads none of the certificate's alternative names: {why}");
        report.push(node.finding(&RULE, message));
    }
}
