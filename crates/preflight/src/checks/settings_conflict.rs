//! PF050: TLS settings that contradict each other.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_settings::Setting;

use crate::node_settings::{ContextKind, ContextName, Subject};

pub(super) const RULE: Rule = Rule {
    code: "PF050",
    severity: Severity::Error,
    summary: "TLS settings that contradict each other",
    explanation: "Elasticsearch does not start with two sources of one thing: a CA list and a trust \
        store, or a key store and PEM files. Nor does it with half of a thing: a key without \
        certificate, a certificate without key, a context that others connect to without \
        either, or transport or HTTP settings without `ssl.enabled`. A password in \
        clear text beside the secure one is refused as well.",
    help: "keep one of the two, or add what is missing",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for context in subject.contexts.iter().filter(|context| subject.is_loaded(context)) {
        for (one, other) in EXCLUSIVE {
            if let (Some(one), Some(other)) =
                (subject.setting(context, one), subject.setting(context, other))
            {
                let (first, second) = in_order(one, other);
                let message = format!(
                    "`{}` and `{}` (line {}) exclude each other",
                    second.key, first.key, first.place.line
                );
                report.push(subject.finding(&RULE, message, second.place));
            }
        }
        for (half, missing) in HALVES {
            if let (Some(half), None) =
                (subject.setting(context, half), subject.setting(context, missing))
            {
                let message =
                    format!("`{}` is set without `{}{missing}`", half.key, context.prefix);
                report.push(subject.finding(&RULE, message, half.place));
            }
        }
        check_switch(context, subject, report);
    }
    check_server(subject, report);
}

/// Settings of the transport layer and of HTTP count for nothing until TLS is switched on or off.
fn check_switch(context: &ContextName, subject: &Subject<'_>, report: &mut Report) {
    if !matches!(context.kind, ContextKind::Transport | ContextKind::Http) {
        return;
    }
    let others = subject.settings_of(context).find(|(name, _)| *name != "enabled");
    if let (Some((_, first)), None) = (others, subject.setting(context, "enabled")) {
        let message = format!("`{}` is set and `{}enabled` is not", first.key, context.prefix);
        report.push(subject.finding(&RULE, message, first.place));
    }
}

/// Whoever takes connections needs a certificate and its key.
fn check_server(subject: &Subject<'_>, report: &mut Report) {
    for (kind, switch) in SERVERS {
        let Some(context) = subject.contexts.iter().find(|one| one.kind == kind) else { continue };
        let switched = subject.file.get(switch).filter(|_| subject.is(switch, "true"));
        let off = subject.text(context, "enabled").is_some_and(|enabled| enabled == "false");
        let identity = ["keystore.path", "certificate", "key"];
        let has_any = identity.into_iter().any(|name| subject.setting(context, name).is_some());
        // Settings of version 6 would be what is missing.
        let has_any = has_any || subject.old_settings().next().is_some();
        if let (Some(switch), false, false) = (switched, off, has_any) {
            let prefix = &context.prefix;
            let message =
                format!("neither `{prefix}keystore.path` nor `{prefix}certificate` is set");
            let help = format!(
                "name the node's key store with `{prefix}keystore.path`, or PEM files with \
                 `{prefix}certificate` and `{prefix}key`"
            );
            report.push(subject.finding(&RULE, message, switch.place).with_help(help));
        }
    }
}

fn in_order<'a>(one: &'a Setting, other: &'a Setting) -> (&'a Setting, &'a Setting) {
    if one.place.start <= other.place.start { (one, other) } else { (other, one) }
}

const EXCLUSIVE: [(&str, &str); 7] = [
    ("certificate_authorities", "truststore.path"),
    ("keystore.path", "key"),
    ("keystore.path", "certificate"),
    ("keystore.password", "keystore.secure_password"),
    ("keystore.key_password", "keystore.secure_key_password"),
    ("truststore.password", "truststore.secure_password"),
    ("key_passphrase", "secure_key_passphrase"),
];

const HALVES: [(&str, &str); 2] = [("key", "certificate"), ("certificate", "key")];

/// The contexts that others connect to, and what switches them on.
const SERVERS: [(ContextKind, &str); 3] = [
    (ContextKind::Transport, "xpack.security.transport.ssl.enabled"),
    (ContextKind::Http, "xpack.security.http.ssl.enabled"),
    (ContextKind::RemoteClusterServer, "remote_cluster_server.enabled"),
];
