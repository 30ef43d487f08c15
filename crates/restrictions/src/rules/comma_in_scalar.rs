//! TR021: a value is cut at its commas.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Edit;
use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR021",
    severity: Severity::Warning,
    summary: "a value is cut at its commas",
    explanation: "A value that is no list is cut at every comma, and the parts are trimmed. That \
        breaks regular expressions such as `/a{1,2}/`, and hides how many patterns there \
        are. Write a list.",
    help: "write a list, an item a line, each in single quotes",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    let Some((scalar, items)) = subject.comma_scalar() else { return };
    let message = format!("the value is read as {} patterns", items.len());
    let texts: Vec<String> = items.iter().map(|item| subject.quoted(&item.text)).collect();
    let sound = subject.patterns.iter().all(Result::is_ok)
        && !scalar.decorated
        && !subject.text(scalar.place).contains('\n');
    let fix = sound.then(|| {
        Edit::new(scalar.place.start, scalar.place.end, format!("[{}]", texts.join(", ")))
    });
    let remark = Remark::new(&RULE, message).at(scalar.place).with_fix(fix);
    remarks.push(if subject.is_json() {
        remark.with_help("write a list, each item in double quotes")
    } else {
        remark
    });
}
