//! TR016: the file trusts nobody.

use crosstrust_pattern::Pattern;
use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;
use crate::loaded::KEY;

pub(super) const RULE: Rule = Rule {
    code: "TR016",
    severity: Severity::Error,
    summary: "the file trusts nobody",
    explanation: "Without a pattern Elasticsearch refuses every certificate, those of its own cluster \
        included, and does not warn. That happens when the key is missing or misspelt, or \
        the list is empty, or when no pattern of it matches any name at all, such as `''` or \
        `/a&b/`.",
    help: "list the own cluster's names first, then those of others",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    // A pattern that is invalid is told as that.
    if !subject.patterns.iter().all(|pattern| pattern.as_ref().is_ok_and(Pattern::is_empty)) {
        return;
    }
    let message = match subject.key_place() {
        Some(_) if !subject.items().is_empty() => {
            "no pattern matches any name: every certificate is refused, the own cluster's too"
                .to_owned()
        }
        Some(_) => format!("`{KEY}` is empty: every certificate is refused, the own cluster's too"),
        None => format!("there is no `{KEY}`: every certificate is refused, the own cluster's too"),
    };
    let remark = Remark::new(&RULE, message);
    remarks.push(match subject.key_place() {
        Some(place) => remark.at(place),
        None => remark,
    });
}
