//! TR052: an expected certificate is refused.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use super::own_cluster_locked_out::refused;
use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR052",
    severity: Severity::Warning,
    summary: "an expected certificate is refused",
    explanation: "A certificate that was given as that of a peer is not let in, so the peer cannot \
        connect.",
    help: "add its name or its cluster's pattern",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for holder in refused(subject, &subject.known.peers) {
        let names = holder.names(&subject.known.fields);
        if !names.is_empty() {
            let message = format!(
                "no pattern matches {} of the peer `{}`",
                super::described(&names),
                holder.label
            );
            remarks.push(super::at_key(subject, Remark::new(&RULE, message)));
        }
    }
}
