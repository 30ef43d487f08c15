//! PF114: a setting that nothing but a plugin registers.

use crosstrust_report::{Report, Rule, Severity};

use crate::node_settings::registered::{self, Registration};
use crate::node_settings::{ContextKind, ContextName, Subject, key};

pub(crate) const RULE: Rule = Rule {
    code: "PF114",
    severity: Severity::Warning,
    summary: "a setting that nothing but a plugin registers",
    explanation: "A node does not start with a setting that none of its parts registers. Elasticsearch 8 and 9 do not \
        register this one themselves, as far as is known. A plugin may, and only the node knows which plugins it has: the verdict is \
        `not judged`. A name that is misspelled, or that was removed after 7.17, stops the node.",
    help: "remove the setting, or correct its name, unless a plugin on the node has it",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for context in subject.contexts.iter().filter(|context| is_of_module(context)) {
        let unknown = |name: &str| key::find(context.kind, name).is_none();
        for (_, setting) in subject.settings_of(context).filter(|(name, _)| unknown(name)) {
            let message = format!("`{}` is no setting of TLS that is known here", setting.key);
            report.push(subject.finding(&RULE, message, setting.place));
        }
    }
    let foreign = subject.strangers().filter_map(|setting| Some((setting, problem(&setting.key)?)));
    for (setting, message) in foreign.take(registered::MOST_TOLD) {
        let finding = subject.finding(&RULE, message, setting.place);
        report.push(match registered::nearest(&setting.key) {
            _ if registered::find(&setting.key) == Registration::Old => {
                finding.with_help("remove the setting")
            }
            Some(known) => finding.with_help(format!("did you mean `{known}`?")),
            None => finding,
        });
    }
}

fn problem(key: &str) -> Option<String> {
    match registered::find(key) {
        Registration::Foreign => Some(format!("`{key}` is no setting of Elasticsearch itself")),
        Registration::UnknownOfModule => {
            Some(format!("`{key}` is no setting of its module of Elasticsearch that is known here"))
        }
        Registration::Old => {
            Some(format!("Elasticsearch 7.17 has `{key}`, and later releases do not"))
        }
        _ => None,
    }
}

/// Whether a module whose settings nobody asked for has the context. Exporters of monitoring take any name.
fn is_of_module(context: &ContextName) -> bool {
    context.kind == ContextKind::Client && !context.prefix.starts_with("xpack.monitoring.")
}
