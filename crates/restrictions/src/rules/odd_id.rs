//! TR047: an id in a cloud pattern is not shaped like one.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::lint::Remark;
use crate::lint::Remarks;
use crate::lint::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR047",
    severity: Severity::Note,
    summary: "an id in a cloud pattern is not shaped like one",
    explanation: "A cluster id has up to 32 lower-case letters and digits, and so has a scope id. \
        Anything else is most likely a typing error, or a name instead of the id.",
    help: "compare it with what the cloud console shows",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.wildcards() {
        let labels: Vec<&str> = item.text.split('.').collect();
        let [.., "node", cluster, "cluster", scope, "account"] = labels.as_slice() else {
            continue;
        };
        for (what, id) in [("cluster id", cluster), ("scope id", scope)] {
            if !id.contains(['*', '?']) && !is_id(id) {
                let message =
                    format!("the {what} `{id}` is not of up to 32 lower-case letters and digits");
                remarks.push(Remark::new(&RULE, message).at(item.place));
            }
        }
    }
}

fn is_id(text: &str) -> bool {
    let fits = |character: char| character.is_ascii_lowercase() || character.is_ascii_digit();
    (1..=32).contains(&text.len()) && text.chars().all(fits)
}
