//! TR006: an unquoted `*` is lost in silence.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Edit;
use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;
use crosstrust_settings::Place;
use crosstrust_settings::Style;

pub(super) const RULE: Rule = Rule {
    code: "TR006",
    severity: Severity::Error,
    summary: "an unquoted `*` is lost in silence",
    explanation: "An unquoted `*word` is an alias to YAML, and Elasticsearch takes its name: the star \
        is gone, and `*-node` trusts nobody but the holder of the name `-node`. Nothing is \
        logged. Quote the item.",
    help: "put the item in single quotes",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.items().iter().filter(|item| item.style == Style::Alias) {
        if subject.has_anchor(&item.text) {
            continue;
        }
        let message = format!("`*{0}` is an alias to YAML, and is read as `{0}`", item.text);
        let Place { start, end, .. } = item.place;
        let meant = subject.quoted(&format!("*{}", item.text));
        let fix = (!item.decorated).then(|| Edit::new(start, end, meant));
        remarks.push(Remark::new(&RULE, message).at(item.place).with_fix(fix));
    }
}
