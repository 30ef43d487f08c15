//! TR030: a placeholder was left in.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR030",
    severity: Severity::Warning,
    summary: "a placeholder was left in",
    explanation: "Nothing is filled into a trust restrictions file: `${HOSTNAME}`, `{{cluster}}`, \
        `{cluster}` and `<cluster-id>` are text like any other, and match nothing.",
    help: "write the value itself",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.items() {
        if let Some(found) = placeholder(&item.text) {
            let message = format!("`{found}` is not filled in, and stands for itself");
            remarks.push(Remark::new(&RULE, message).at(item.place));
        }
    }
}

fn placeholder(text: &str) -> Option<&str> {
    let forms = [("${", "}"), ("{{", "}}"), ("<", ">"), ("{", "}")];
    forms.into_iter().find_map(|(open, close)| {
        let start = text.find(open)?;
        let rest = text.get(start..)?;
        let end = rest.find(close)?.checked_add(close.len())?;
        let found = rest.get(..end)?;
        // In a regular expression `<1-9>` is an interval, and `{2}` a repetition; so is `{a}` none.
        let named = open.len() > 1 || found.chars().any(|c| c.is_ascii_alphabetic() || c == '_');
        let expression = text.starts_with('/') && open == "{";
        (named && !expression).then_some(found)
    })
}
