//! TR061: some items are quoted and others are not.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;
use crosstrust_settings::Format;
use crosstrust_settings::Style;

pub(super) const RULE: Rule = Rule {
    code: "TR061",
    severity: Severity::Note,
    summary: "some items are quoted and others are not",
    explanation: "An item without quotes works until somebody puts a star or a `#` into it. Quote all \
        of them, and nothing changes by accident.",
    help: "put every item in single quotes",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    let plain = subject.items().iter().find(|item| item.style == Style::Plain);
    let quoted = subject
        .items()
        .iter()
        .filter(|item| matches!(item.style, Style::DoubleQuoted | Style::SingleQuoted))
        .any(|item| subject.is_written(item.place));
    if let Some(item) =
        plain.filter(|_| quoted && subject.is_list() && subject.loaded.format() == Format::Yaml)
    {
        let message = format!("`{}` is not quoted, and other items are", item.text);
        remarks.push(Remark::new(&RULE, message).at(item.place));
    }
}
