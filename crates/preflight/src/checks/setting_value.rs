//! PF079: a value that a TLS setting does not take.

use crosstrust_report::{Report, Rule, Severity};

use crate::node_settings::{ContextKind, Subject, key};

pub(super) const RULE: Rule = Rule {
    code: "PF079",
    severity: Severity::Error,
    summary: "a value that a TLS setting does not take",
    explanation: "A node does not start with a verification mode, a protocol or a field for \
        restrictions that it does not know, nor with a placeholder `${NAME}` that its \
        environment does not fill in. With protocols older than TLS 1.2 alone it starts and never \
        connects, since Java has disabled them.",
    help: "write a value that the setting takes",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for kind in ContextKind::ALL {
        for (name, setting) in subject.settings_of(kind) {
            let Some(key) = key::find(kind, name) else { continue };
            let single = std::slice::from_ref(&setting.value);
            let values = if key.value.is_list() { &setting.items } else { single };
            for item in values {
                let problem = match subject.filled_in(&item.text) {
                    Ok(value) => key.value.problem(&value),
                    Err(name) => Some(format!("nothing in the environment is called `{name}`")),
                };
                if let Some(problem) = problem {
                    let message = format!("`{}`: {problem}", setting.key);
                    report.push(subject.finding(&RULE, message, item.place));
                }
            }
        }
        check_protocols(kind, subject, report);
    }
}

/// Protocols that Java has disabled are no harm beside others.
fn check_protocols(kind: ContextKind, subject: &Subject<'_>, report: &mut Report) {
    let Some(setting) = subject.setting(kind, "supported_protocols") else { return };
    let protocols = subject.list(kind, "supported_protocols");
    let spoken = protocols.iter().any(|one| key::SPOKEN_PROTOCOLS.contains(&one.as_str()));
    if !spoken {
        let message = format!("`{}` has no protocol that Java still speaks", setting.key);
        let help = "list `TLSv1.3` and `TLSv1.2`, or leave the setting out";
        report.push(subject.finding(&RULE, message, setting.place).with_help(help));
    }
}
