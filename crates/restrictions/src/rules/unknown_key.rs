//! TR018: a key is not read.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use super::look_alike_key::is_look_alike;
use super::look_alike_key::is_numbered;
use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR018",
    severity: Severity::Warning,
    summary: "a key is not read",
    explanation: "Elasticsearch reads only `trust.subject_name` of a trust restrictions file. \
        Other keys must be valid, and have no effect.",
    help: "remove it, or move it to the file that reads it",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for ignored in subject.loaded.ignored_keys() {
        let known = is_look_alike(&ignored.key) || is_numbered(&ignored.key);
        if !known && ignored.key.split('.').all(|name| name != "<<") {
            let message = format!("`{}` is not read", ignored.key);
            remarks.push(Remark::new(&RULE, message).at(ignored.place));
        }
    }
}
