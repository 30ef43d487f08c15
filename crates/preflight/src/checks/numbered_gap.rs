//! PF116: an item of a list behind a gap.

use std::collections::BTreeSet;

use crosstrust_report::{Report, Rule, Severity};

use crate::node_settings::{Subject, key, registered};

pub(super) const RULE: Rule = Rule {
    code: "PF116",
    severity: Severity::Warning,
    summary: "an item of a list behind a gap",
    explanation: "Elasticsearch reads numbered keys such as `certificate_authorities.0` from 0 on, and stops at the first \
        number that is missing. It takes no notice of the others: a CA in one of them is not trusted.",
    help: "number the items from 0 on without a gap, or write one list",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let mut told = BTreeSet::new();
    for context in &subject.contexts {
        for (name, setting) in subject.settings_of(context) {
            let list = registered::list_of(name);
            let known = list.and_then(|list| key::find(context.kind, list));
            if known.is_some_and(|key| key.value.is_list()) && told.insert(&setting.key) {
                let message =
                    format!("`{}` counts for nothing: a number before it is missing", setting.key);
                report.push(subject.finding(&RULE, message, setting.place));
            }
        }
    }
}
