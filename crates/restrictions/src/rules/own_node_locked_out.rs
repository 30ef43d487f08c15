//! TR051: some nodes of the own cluster are locked out.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use super::own_cluster_locked_out::refused;
use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR051",
    severity: Severity::Warning,
    summary: "some nodes of the own cluster are locked out",
    explanation: "Some of the own certificates that were given are let in and others are not. The \
        latter cannot join their own cluster once the file is read.",
    help: "add their names, or a pattern for all of them",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    let refused = refused(subject, &subject.known.own);
    if refused.len() == subject.known.own.len() {
        return;
    }
    for holder in refused {
        let (names, label) = (holder.names(&subject.known.fields), &holder.label);
        let message = if names.is_empty() {
            format!("the own certificate `{label}` has no name that is compared")
        } else {
            let names = super::described(&names);
            format!("no pattern matches {names} of the own certificate `{label}`")
        };
        remarks.push(super::at_key(subject, Remark::new(&RULE, message)));
    }
}
