//! PF082: a secure setting outside of Elasticsearch's keystore.

use crosstrust_report::{Report, Rule, Severity};

use crate::node_settings::Subject;
use crate::node_settings::key::ValueKind;
use crate::node_settings::registered::{self, Registration};

pub(super) const RULE: Rule = Rule {
    code: "PF082",
    severity: Severity::Error,
    summary: "a secure setting outside of Elasticsearch's keystore",
    explanation: "A setting whose name begins with `secure_` is read from Elasticsearch's own keystore \
        alone. A node whose `elasticsearch.yml` has one does not start.",
    help: "remove the line, and add the setting with `elasticsearch-keystore add`",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let is_secure = |key: &str| registered::find(key) == Registration::Secure;
    let others = subject.strangers().filter(|setting| is_secure(&setting.key));
    for setting in subject.settings_with(ValueKind::SecurePassword).chain(others) {
        let message = format!("`{}` stands in `elasticsearch.yml`", setting.key);
        report.push(subject.finding(&RULE, message, setting.place));
    }
}
