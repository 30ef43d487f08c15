//! PF124: a variable of the environment that is not set here.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_settings::Setting;

use crate::node_settings::Subject;

pub(crate) const RULE: Rule = Rule {
    code: "PF124",
    severity: Severity::Warning,
    summary: "a variable of the environment that is not set here",
    explanation: "A node does not start with a placeholder `${NAME}` that neither its environment nor its settings file \
        fills in. Only the node's own environment says whether it does, and with what: the verdict is \
        `not judged`.",
    help: "set the variable here as it is on the node",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let of_contexts = subject.contexts.iter().flat_map(|context| subject.settings_of(context));
    for (_, setting) in of_contexts {
        push(subject, setting, unset(subject, setting), report);
    }
    for setting in subject.strangers() {
        // Elasticsearch's own scripts set it.
        push(subject, setting, unset(subject, setting).filter(|name| name != "HOSTNAME"), report);
    }
}

/// The first variable that a setting needs and that is not set.
fn unset(subject: &Subject<'_>, setting: &Setting) -> Option<String> {
    let mut items = std::iter::once(&setting.value).chain(&setting.items);
    items.find_map(|item| subject.unset_variable(&item.text))
}

fn push(subject: &Subject<'_>, setting: &Setting, name: Option<String>, report: &mut Report) {
    let Some(name) = name else { return };
    let message =
        format!("`{}` hangs on the variable `{name}`, which is not set here", setting.key);
    let help = format!(
        "set `{name}` in the environment of the node, and here as it is there, or give it a default: \
         `${{{name}:VALUE}}`"
    );
    report.push(subject.finding(&RULE, message, setting.value.place).with_help(help));
}
