//! TR029: an item is a number or a boolean to YAML.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;
use crosstrust_settings::Resolved;

pub(super) const RULE: Rule = Rule {
    code: "TR029",
    severity: Severity::Warning,
    summary: "an item is a number or a boolean to YAML",
    explanation: "Elasticsearch takes a number in a list as it is written, but a lone boolean is \
        spelled anew: `True` and `yes` become `true`. Quote what is meant as text.",
    help: "put it in single quotes",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.items() {
        let what = match item.resolved {
            Resolved::Boolean(_) => "boolean",
            Resolved::Number => "number",
            Resolved::Null | Resolved::Text => continue,
        };
        let language = if subject.is_json() { "JSON" } else { "YAML" };
        let message = format!("`{}` is a {what} to {language}", item.text);
        let fix = subject.rewrite(item, &item.text);
        let remark = Remark::new(&RULE, message).at(item.place).with_fix(fix);
        remarks.push(if subject.is_json() {
            remark.with_help("put it in double quotes")
        } else {
            remark
        });
    }
}
