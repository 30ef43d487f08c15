//! PF117: a context that verifies nobody.

use crosstrust_report::{Report, Rule, Severity};

use crate::node_settings::{ContextKind, ContextName, Subject};

pub(super) const RULE: Rule = Rule {
    code: "PF117",
    severity: Severity::Warning,
    summary: "a context that verifies nobody",
    explanation: "With `verification_mode: none` the node believes any certificate, and reads no list of trusted ones. On \
        the transport layer anybody who reaches the port joins as a node; where the node connects to others, \
        whoever answers gets its password or API key. Where it is connected to without certificates, as by \
        clusters with an API key, the setting has no effect until clients are asked for them.",
    help: "use `full` or `certificate`, or leave the setting out",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for context in subject.contexts.iter().filter(|one| subject.is_in_use(one)) {
        let setting = subject.setting(context, "verification_mode");
        let Some(setting) = setting.filter(|_| !subject.verifies(context)) else { continue };
        let message = format!("`{}` is `none`: {}", setting.key, effect(context, subject));
        report.push(subject.finding(&RULE, message, setting.value.place));
    }
}

fn effect(context: &ContextName, subject: &Subject<'_>) -> &'static str {
    let asks = subject.text(context, "client_authentication").map(|text| text.to_ascii_lowercase());
    let asks = asks.is_some_and(|text| text != "none");
    match context.kind {
        ContextKind::Transport | ContextKind::Profile => {
            "any certificate is taken for that of a node"
        }
        ContextKind::Http | ContextKind::RemoteClusterServer if asks => {
            "any certificate of a client is believed"
        }
        ContextKind::Http | ContextKind::RemoteClusterServer => {
            "it counts for clients' certificates, and none is asked for"
        }
        _ => "whoever answers is believed",
    }
}
