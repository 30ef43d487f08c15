//! TR049: a pattern is an address, not a name.

use std::net::IpAddr;

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR049",
    severity: Severity::Warning,
    summary: "a pattern is an address, not a name",
    explanation: "Only the names of certificates are compared: no URL, no port, and no IP address, not \
        even those among the subject alternative names.",
    help: "write a name of the certificate",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.wildcards() {
        let text = item.text.as_str();
        let port = text
            .rsplit_once(':')
            .is_some_and(|(_, port)| !port.is_empty() && port.chars().all(|c| c.is_ascii_digit()));
        let dotted = text.contains('.')
            && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '*' | '?'));
        let digits = text.chars().any(|c| c.is_ascii_digit());
        if text.contains("://") || port || (dotted && digits) || text.parse::<IpAddr>().is_ok() {
            let message = format!("`{text}` is an address, and only names are compared");
            remarks.push(Remark::new(&RULE, message).at(item.place));
        }
    }
}
