//! TR007: anchors, aliases and merge keys do nothing.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;
use crosstrust_settings::Item;
use crosstrust_settings::Style;

pub(super) const RULE: Rule = Rule {
    code: "TR007",
    severity: Severity::Error,
    summary: "anchors, aliases and merge keys do nothing",
    explanation: "Elasticsearch does not resolve YAML aliases: it reads `*x` as the text `x`. It \
        ignores the anchor `&x` before a value, and takes the merge key `<<` for a key like \
        any other. Write the values out.",
    help: "write each value out where it is meant",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.items() {
        if item.style == Style::Alias && subject.has_anchor(&item.text) {
            let message =
                format!("`*{0}` does not stand for `&{0}`, but is read as `{0}`", item.text);
            remarks.push(Remark::new(&RULE, message).at(item.place));
        } else if item.decorated && property(subject, item).starts_with('&') {
            let message = format!(
                "of `{} {}` only the part after the blank is read",
                property(subject, item),
                item.text
            );
            remarks.push(Remark::new(&RULE, message).at(item.place));
        }
    }
    for ignored in subject.loaded.ignored_keys() {
        if ignored.key.split('.').any(|name| name == "<<") {
            remarks.push(Remark::new(&RULE, "the merge key `<<` merges nothing").at(ignored.place));
        }
    }
}

/// The anchor or tag before an item.
pub(super) fn property<'a>(subject: &Subject<'a>, item: &Item) -> &'a str {
    // With no text behind it, the item is the anchor or tag itself.
    if subject.text(item.place).starts_with(['!', '&']) {
        return subject.text(item.place);
    }
    let before = subject.line_before(item.place).trim_end();
    before.rsplit([' ', '[', ',']).next().unwrap_or(before)
}
