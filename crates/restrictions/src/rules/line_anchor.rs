//! TR033: `^` and `$` are ordinary characters.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR033",
    severity: Severity::Warning,
    summary: "`^` and `$` are ordinary characters",
    explanation: "Expressions always match the whole name, and `^` and `$` have no meaning: `/^abc$/` \
        matches only the five characters `^abc$`.",
    help: "remove them",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for (item, expression) in subject.expressions() {
        let start = expression.strip_prefix('^');
        let rest = start.unwrap_or(expression);
        let end = rest.strip_suffix('$').filter(|body| !body.ends_with('\\'));
        if start.is_none() && end.is_none() {
            continue;
        }
        let body = end.unwrap_or(rest);
        let message = format!("`{}` matches only names with a `^` or `$` in them", item.text);
        let fix = subject.rewrite(item, &format!("/{body}/"));
        remarks.push(Remark::new(&RULE, message).at(item.place).with_fix(fix));
    }
}
