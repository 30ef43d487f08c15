//! TR015: the list is there twice, and only the later counts.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;
use crate::loaded::KEY;
use crosstrust_settings::Place;

pub(super) const RULE: Rule = Rule {
    code: "TR015",
    severity: Severity::Warning,
    summary: "the list is there twice, and only the later counts",
    explanation: "`trust.subject_name` and `subject_name` under `trust` are one key. If both are \
        there, Elasticsearch takes the later one in the file, without a message.",
    help: "merge the two into one list",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    let same = subject.entries().iter().filter(|entry| entry.key == KEY);
    let places: Vec<Place> = same.map(|entry| entry.place).collect();
    if let Some((last, earlier)) = places.split_last() {
        for place in earlier {
            let message =
                format!("this list does not count: line {} has another `{KEY}`", last.line);
            remarks.push(Remark::new(&RULE, message).at(*place));
        }
    }
}
