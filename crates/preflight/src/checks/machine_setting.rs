//! PF135: a setting that needs a machine with so many processors.

use crosstrust_report::{Report, Rule, Severity};

use crate::node_settings::Subject;
use crate::node_settings::value::processors_of;

pub(super) const RULE: Rule = Rule {
    code: "PF135",
    severity: Severity::Note,
    summary: "a setting that needs a machine with so many processors",
    explanation: "A node does not start with more `node.processors` than its machine has. How \
        many the machine has is not known here: the verdict on the node holds if it has that many.",
    help: "compare it with the processors of the node's machine",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let Some(setting) = subject.file.get(PROCESSORS) else { return };
    let processors = subject.text_of(PROCESSORS).and_then(|text| processors_of(&text));
    if let Some(processors) = processors.filter(|processors| *processors > 1) {
        let message = format!("`{PROCESSORS}` needs a machine with {processors} processors");
        report.push(subject.finding(&RULE, message, setting.value.place));
    }
}

const PROCESSORS: &str = "node.processors";
