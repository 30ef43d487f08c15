//! TR044: a leading star is not followed by a dot.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR044",
    severity: Severity::Warning,
    summary: "a leading star is not followed by a dot",
    explanation: "`*example.com` fits `evilexample.com` as well as `node.example.com`. With a dot \
        after the star only names below `example.com` fit.",
    help: "write a dot after the star",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.wildcards() {
        let rest = item.text.trim_start_matches('*');
        let next = rest.chars().next().filter(|_| rest.len() < item.text.len());
        let begins_label = |next: char| next.is_alphanumeric() || next == '_';
        if next.is_some_and(begins_label) && rest.contains('.') {
            let message = format!("`{}` also fits names that only end like that", item.text);
            let dotted = format!("*.{rest}");
            let help = format!("write `{dotted}` if only names below it are meant");
            let fix = subject.rewrite_safely(item, &dotted);
            remarks.push(Remark::new(&RULE, message).at(item.place).with_help(help).with_fix(fix));
        }
    }
}
