//! PF080: a password in clear text.

use crosstrust_report::{Report, Rule, Severity};

use crate::node_settings::Subject;
use crate::node_settings::key::ValueKind;

pub(super) const RULE: Rule = Rule {
    code: "PF080",
    severity: Severity::Warning,
    summary: "a password in clear text",
    explanation: "Passwords in `elasticsearch.yml` are deprecated since 7.17: whoever may read the \
        settings, a backup or a support archive has the key. Elasticsearch's own keystore holds them \
        under the name with `secure_` before the last word.",
    help: "remove the line, and add the secure setting with `elasticsearch-keystore add`",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for setting in subject.settings_with(ValueKind::ClearPassword) {
        let message = format!("`{}` is a password in clear text", setting.key);
        report.push(subject.finding(&RULE, message, setting.place));
    }
}
