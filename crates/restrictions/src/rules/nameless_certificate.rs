//! TR053: a certificate has no name that is compared.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR053",
    severity: Severity::Warning,
    summary: "a certificate has no name that is compared",
    explanation: "Elasticsearch compares the common name in an otherName, unless \
        `trust_restrictions.x509_fields` says otherwise (since 8.5.3 and 7.17.8). A \
        certificate whose names are elsewhere is refused whatever the patterns say, and so is one \
        whose names Java cannot read, such as those beside a URI without a scheme.",
    help: "set `x509_fields`, or issue it anew with the name",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for holder in subject.known.own.iter().chain(&subject.known.peers) {
        if !holder.names(&subject.known.fields).is_empty() {
            continue;
        }
        let others = holder.other_names(&subject.known.fields);
        let elsewhere = match (&holder.unreadable, others.first()) {
            (Some(why), _) => format!(": Java cannot read its alternative names, since {why}"),
            (None, Some(other)) => format!("; it has `{}` in `{}`", other.value, other.field),
            (None, None) => String::new(),
        };
        let message =
            format!("the certificate `{}` has no name that is compared{elsewhere}", holder.label);
        let remark = Remark::new(&RULE, message);
        let remark = match holder.unreadable {
            Some(_) => remark.with_help("issue it anew without the name that Java cannot read"),
            None => remark,
        };
        remarks.push(super::at_key(subject, remark));
    }
}
