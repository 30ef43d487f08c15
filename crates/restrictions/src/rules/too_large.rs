//! TR074: the file is larger than Elasticsearch reads.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR074",
    severity: Severity::Error,
    summary: "the file is larger than Elasticsearch reads",
    explanation: "The YAML parser of Elasticsearch stops after 3,145,728 characters, and the node does \
        not start. One wildcard pattern says what thousands of names say.",
    help: "write a pattern for each cluster instead of a name for each node",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    if subject.loaded.is_beyond_elasticsearch() {
        let count = subject.loaded.text().chars().count();
        let message = format!("the file has {count} characters, more than Elasticsearch reads");
        remarks.push(super::at_key(subject, Remark::new(&RULE, message)));
    }
}
