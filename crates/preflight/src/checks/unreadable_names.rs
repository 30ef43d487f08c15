//! PF100: alternative names that Java cannot read.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;
use crate::wording::WITHOUT_THE_NAME;

pub(crate) const RULE: Rule = Rule {
    code: "PF100",
    severity: Severity::Warning,
    summary: "alternative names that Java cannot read",
    explanation: "If Java cannot parse one alternative name of a certificate, it drops all of \
        them. Such names are a URI without a scheme, an e-mail address that ends in `@`, an \
        iPAddress of an odd length, an ediPartyName. The certification path is accepted, but trust \
        restrictions find no name, and `verification_mode: full` refuses every host name. Other \
        software mostly reads the rest of the names, so nobody notices before Elasticsearch does.",
    help: WITHOUT_THE_NAME,
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    if let Some(why) = node.leaf.unreadable_names() {
        let names = node.leaf.subject_alt_names();
        let who = match names.filter(|names| names.is_read_by_some()) {
            Some(_) => {
                "Java 17 reads the certificate's alternative names, and Java 25 none of them"
            }
            None => "Java reads none of the certificate's alternative names",
        };
        let message = format!("{who}: {why}");
        report.push(node.finding(&RULE, message));
    }
}
