//! PF124: a variable of the environment that is not set here.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_settings::Setting;

use crate::node_settings::registered;
use crate::node_settings::value::Kind;
use crate::node_settings::{Subject, realm_files, subject};

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
        push(subject, setting, unset(subject, setting, str::to_owned), report);
    }
    for setting in subject.strangers() {
        let is_told = takes_names(setting);
        let known = |text: &str| if is_told { subject::with_node(text) } else { text.to_owned() };
        push(subject, setting, unset(subject, setting, known), report);
    }
}

/// Whether it does not matter to the node what its host and its home are called: where it takes any name or path
/// and reads no file there.
fn takes_names(setting: &Setting) -> bool {
    let kind = registered::value_of(&setting.key).map_or(Kind::Any, |value| value.kind);
    let is_below_home = kind == Kind::ModelRepository && setting.value.text.starts_with(MODELS);
    (kind.takes_names() || is_below_home) && !realm_files::is_named_by(&setting.key)
}

/// The first variable that a setting needs and that is not set.
fn unset(
    subject: &Subject<'_>,
    setting: &Setting,
    known: impl Fn(&str) -> String,
) -> Option<String> {
    let mut items = std::iter::once(&setting.value).chain(&setting.items);
    items.find_map(|item| subject.unset_variable(&known(&item.text)))
}

fn push(subject: &Subject<'_>, setting: &Setting, name: Option<String>, report: &mut Report) {
    let Some(name) = name else { return };
    let (message, help) = if name == subject::HOME {
        let message = format!("`{}` hangs on `{name}`, which only the node knows", setting.key);
        (message, format!("write the path itself in place of `${{{name}}}`"))
    } else {
        let message =
            format!("`{}` hangs on the variable `{name}`, which is not set here", setting.key);
        let help = format!(
            "set `{name}` in the environment of the node, and here as it is there, or give it a default: \
             `${{{name}:VALUE}}`"
        );
        (message, help)
    };
    report.push(subject.finding(&RULE, message, setting.value.place).with_help(help));
}

/// Where models of machine learning may lie: below the configuration directory.
const MODELS: &str = "file://${path.home}/config/";
