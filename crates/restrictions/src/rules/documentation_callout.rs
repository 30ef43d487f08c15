//! TR075: a call-out of the documentation was left in.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::callout;
use crate::examine::Edit;
use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(crate) const RULE: Rule = Rule {
    code: "TR075",
    severity: Severity::Error,
    summary: "a call-out of the documentation was left in",
    explanation: "Examples in documentation have numbers behind their lines, `<1>` or `①`, that an \
        explanation below refers to. In a file they belong to the pattern, which then matches no \
        certificate; behind quotes they are no YAML.",
    help: "take the call-out out",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    if let Some(remark) = before_the_list(subject) {
        remarks.push(remark);
        return;
    }
    for item in subject.items() {
        let Some((pattern, callout)) = callout::taken_out(&item.text) else { continue };
        let pattern = Some(pattern).filter(|pattern| !pattern.is_empty());
        let fix = pattern.and_then(|pattern| subject.rewrite(item, &pattern));
        remarks.push(Remark::new(&RULE, message(callout)).at(item.place).with_fix(fix));
    }
}

/// What is wrong with a pattern that has a call-out.
pub(super) fn fault(pattern: &str) -> Option<String> {
    callout::taken_out(pattern).map(|(_, callout)| message(callout))
}

/// A call-out behind the key, with which the list below it is one text.
fn before_the_list(subject: &Subject<'_>) -> Option<Remark> {
    let scalar = subject.scalar()?;
    let callout = callout::at_start(subject.text(scalar.place))?;
    let (start, end) = (scalar.place.start, scalar.place.start.saturating_add(callout.len()));
    let before = subject.loaded.text().get(..start)?;
    let rest = subject.loaded.text().get(end..)?;
    let edit = if rest.starts_with(['\n', '\r']) {
        Edit::new(before.trim_end_matches(' ').len(), end, "")
    } else {
        let blanks = rest.len().saturating_sub(rest.trim_start_matches(' ').len());
        Edit::new(start, end.saturating_add(blanks), "")
    };
    Some(Remark::new(&RULE, message(callout)).at(scalar.place).with_fix(Some(edit)))
}

pub(crate) fn message(callout: &str) -> String {
    format!("`{callout}` is a call-out of the documentation, and no part of a pattern")
}
