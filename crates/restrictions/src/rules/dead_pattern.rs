//! TR058: a pattern matches none of the known certificates.

use std::collections::BTreeSet;

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

/// The rule about patterns that match nobody who is known.
pub const RULE: Rule = Rule {
    code: "TR058",
    severity: Severity::Note,
    summary: "a pattern matches none of the known certificates",
    explanation: "None of the certificates that were given has a name that matches. The pattern is out \
        of date, misspelt, or meant for a certificate that was not given.",
    help: "see whether it is misspelt",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    let names = subject.known.names();
    if names.is_empty() {
        return;
    }
    let mut live = BTreeSet::new();
    let matcher = subject.matcher();
    for name in &names {
        live.extend(matcher.all_matches(name));
    }
    for (position, (item, _)) in subject.valid().enumerate() {
        if !live.contains(&position) {
            let message =
                format!("`{}` matches none of the certificates that were given", item.text);
            remarks.push(Remark::new(&RULE, message).at(item.place));
        }
    }
}
