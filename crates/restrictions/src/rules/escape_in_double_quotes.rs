//! TR009: a backslash in double quotes is taken by YAML.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::document::Format;
use crate::event::Style;
use crate::lint::Remark;
use crate::lint::Remarks;
use crate::lint::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR009",
    severity: Severity::Error,
    summary: "a backslash in double quotes is taken by YAML",
    explanation: "In double quotes YAML reads backslashes itself: `\"\\.\"` is an error and `\"\\t\"` \
        a tab. Patterns need their backslashes, so write them in single quotes, where a \
        backslash is just a backslash.",
    help: "write the item in single quotes",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.items().iter().filter(|item| item.style == Style::DoubleQuoted) {
        let raw = subject.text(item.place);
        if !item.text.chars().any(char::is_control) || !raw.contains('\\') {
            continue;
        }
        let message = format!("{raw} is read as `{}`", item.text.escape_debug());
        let meant = raw.trim_matches('"');
        let plain = !meant.contains("\\\\") && subject.loaded.format() == Format::Yaml;
        let fix = plain.then(|| subject.rewrite(item, meant)).flatten();
        remarks.push(Remark::new(&RULE, message).at(item.place).with_fix(fix));
    }
}
