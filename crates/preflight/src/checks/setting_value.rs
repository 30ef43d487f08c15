//! PF079: a value that a TLS setting does not take.

use crosstrust_report::{Report, Rule, Severity};

use crosstrust_settings::{Item, PlaceholderError, Setting};

use crate::node_settings::key::{self, ValueKind};
use crate::node_settings::{ContextName, SECURITY, Subject, cipher_suite, subject};

pub(super) const RULE: Rule = Rule {
    code: "PF079",
    severity: Severity::Error,
    summary: "a value that a TLS setting does not take",
    explanation: "A node does not start with a verification mode, a protocol or a field for \
        restrictions that it does not know, nor with a type of key store or an algorithm that Java does \
        not have, nor with a placeholder `${NAME}` that \
        nothing can fill in. With protocols older than TLS 1.2 alone it starts and never \
        connects, since Java has disabled them.",
    help: "write a value that the setting takes",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for switch in [SECURITY, "remote_cluster_server.enabled"] {
        let Some(setting) = subject.file.get(switch) else { continue };
        for (item, problem) in problems(subject, ValueKind::Boolean, setting) {
            let message = format!("`{switch}`: {problem}");
            report.push(subject.finding(&RULE, message, item.place));
        }
    }
    check_placeholders(subject, report);
    for context in &subject.contexts {
        for (name, setting) in subject.settings_of(context) {
            let Some(key) = key::find(context.kind, name) else { continue };
            if !counts(subject, context, name, key.value) {
                continue;
            }
            for (item, problem) in problems(subject, key.value, setting) {
                let message = format!("`{}`: {problem}", setting.key);
                report.push(subject.finding(&RULE, message, item.place));
            }
        }
        check_protocols(context, subject, report);
        check_suites(context, subject, report);
    }
}

/// Placeholders in settings that are not about TLS, as far as no environment can fill them in: of the others
/// `PF124` tells.
fn check_placeholders(subject: &Subject<'_>, report: &mut Report) {
    for setting in subject.strangers() {
        let mut items = std::iter::once(&setting.value).chain(&setting.items);
        let error = |item: &Item| {
            let text = subject::with_node(&item.text);
            let error = subject.filled_in(&text).err()?;
            subject.unset_variable(&text).is_none().then_some(error)
        };
        if let Some((item, error)) = items.find_map(|item| Some((item, error(item)?))) {
            let message = format!("`{}`: {error}", setting.key);
            report.push(subject.finding(&RULE, message, item.place));
            if error == PlaceholderError::TooLarge {
                return; // of what follows it may be the same, for the whole file is bounded
            }
        }
    }
}

/// What is wrong with each value of a setting. An empty text counts as not set.
fn problems<'a>(
    subject: &Subject<'_>,
    kind: ValueKind,
    setting: &'a Setting,
) -> Vec<(&'a Item, String)> {
    let single = std::slice::from_ref(&setting.value);
    let values = if kind.is_list() { &setting.items } else { single };
    let problem = |item: &'a Item| {
        let problem = match subject.filled_in(&item.text) {
            Ok(value) if value.is_empty() && !kind.is_list() => None,
            Ok(value) => kind.problem(&value),
            Err(error) => subject.unset_variable(&item.text).is_none().then(|| error.to_string()),
        };
        Some((item, problem?))
    };
    values.iter().filter_map(problem).collect()
}

/// Whether a node looks at the value: at what a file is for only where it reads the file.
fn counts(subject: &Subject<'_>, context: &ContextName, name: &str, value: ValueKind) -> bool {
    match value {
        ValueKind::Boolean
        | ValueKind::ClientAuthentication
        | ValueKind::Fields
        | ValueKind::Mode
        | ValueKind::Time => true,
        ValueKind::KeyAlgorithm | ValueKind::StoreType | ValueKind::TrustAlgorithm => {
            let is_of_key = name.starts_with("keystore.");
            let path = if is_of_key { "keystore.path" } else { "truststore.path" };
            subject.is_loaded(context)
                && subject.setting(context, path).is_some()
                && (is_of_key || subject.verifies(context))
        }
        ValueKind::Paths => subject.is_loaded(context) && subject.verifies(context),
        _ => subject.is_loaded(context),
    }
}

/// Suites that Java does not have are passed over, as long as one is left.
fn check_suites(context: &ContextName, subject: &Subject<'_>, report: &mut Report) {
    let Some(setting) = subject.setting(context, "cipher_suites") else { return };
    let names = subject.list(context, "cipher_suites");
    let is_known = |name: &str| cipher_suite::is_known(name) || cipher_suite::is_old(name);
    if !names.iter().any(|name| is_known(name)) && subject.is_loaded(context) {
        let message = format!("`{}` has no suite that Java has", setting.key);
        let help =
            "write names such as `TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384`, or leave the setting out";
        report.push(subject.finding(&RULE, message, setting.place).with_help(help));
    }
}

/// Protocols that Java has disabled are no harm beside others.
fn check_protocols(context: &ContextName, subject: &Subject<'_>, report: &mut Report) {
    let Some(setting) = subject.setting(context, "supported_protocols") else { return };
    let protocols = subject.list(context, "supported_protocols");
    let spoken = protocols.iter().any(|one| key::SPOKEN_PROTOCOLS.contains(&one.as_str()));
    if !spoken && subject.is_loaded(context) {
        let message = format!("`{}` has no protocol that Java still speaks", setting.key);
        let help = "list `TLSv1.3` and `TLSv1.2`, or leave the setting out";
        report.push(subject.finding(&RULE, message, setting.place).with_help(help));
    }
}
