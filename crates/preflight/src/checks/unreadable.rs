//! PF077: a certificate that Java cannot read.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF077",
    severity: Severity::Error,
    summary: "a certificate that Java cannot read",
    explanation: "Java refuses to load some certificates that OpenSSL reads: an empty subject without \
        critical subject alternative names, an empty issuer, an extension that is there twice \
        or whose critical contents are malformed, extensions in a certificate of version 1 or \
        2. One such certificate in a file keeps Elasticsearch from starting, and breaks every \
        handshake in which it is presented.",
    help: "re-issue the certificate",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    super::check_refusal(&RULE, node, report);
}
