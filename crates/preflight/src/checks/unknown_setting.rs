//! PF078: a setting that Elasticsearch does not know.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_settings::Setting;

use crate::node_settings::registered::{self, Registration};
use crate::node_settings::{ContextKind, ContextName, Subject, key};

pub(super) const RULE: Rule = Rule {
    code: "PF078",
    severity: Severity::Error,
    summary: "a setting that Elasticsearch does not know",
    explanation: "A node does not start with a setting that it does not know. Passwords in clear text \
        (`keystore.password`) are no settings of remote clusters' contexts, `xpack.ssl.*` was removed in 7.0, \
        a profile's TLS settings have `xpack.security.` in their names, `index.*` is no setting of nodes, \
        and `trust_restrictions.x509_fields` came with 7.17.8 and 8.5.3.",
    help: "correct its name, or remove it",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    check_old(subject, report);
    for context in subject.contexts.iter().filter(|context| is_asked(context)) {
        for (name, setting) in subject.settings_of(context) {
            if !is_known(context, name, setting) {
                push(subject, setting, help(context, name), report);
            }
        }
    }
    let is_unknown = |key: &str| registered::find(key) == Registration::Unknown;
    let unknown = subject.strangers().filter(|setting| is_unknown(&setting.key));
    for setting in unknown.take(registered::MOST_TOLD) {
        push(subject, setting, help_for_stranger(&setting.key), report);
    }
}

/// Who registers the settings of the others was not asked: `PF114` tells of those.
fn is_asked(context: &ContextName) -> bool {
    context.kind != ContextKind::Client
}

fn push(subject: &Subject<'_>, setting: &Setting, help: String, report: &mut Report) {
    let message = format!("`{}` is no setting of Elasticsearch", setting.key);
    report.push(subject.finding(&RULE, message, setting.place).with_help(help));
}

/// Whether a context has a setting. What begins with `cluster.remote.signing.` may be of a cluster that is
/// called so, and few types of realms have TLS.
fn is_known(context: &ContextName, name: &str, setting: &Setting) -> bool {
    match context.kind {
        ContextKind::SigningTrust if is_of_cluster(name, setting) => true,
        ContextKind::Realm if !REALMS.iter().any(|one| context.prefix.starts_with(one)) => false,
        kind => {
            let list = registered::list_of(name).and_then(|list| key::find(kind, list));
            key::find(kind, name).is_some() || list.is_some_and(|key| key.value.is_list())
        }
    }
}

/// Whether it is a setting of a cluster called `signing`.
fn is_of_cluster(name: &str, setting: &Setting) -> bool {
    name.starts_with("signing.") || registered::find(&setting.key).is_registered()
}

/// Settings of version 6 have a name for each context since.
fn check_old(subject: &Subject<'_>, report: &mut Report) {
    for (name, setting) in subject.old_settings() {
        let message = format!("`{}` is gone since Elasticsearch 7.0", setting.key);
        let prefix = ContextName::fixed_prefix(ContextKind::Transport);
        let http = ContextName::fixed_prefix(ContextKind::Http);
        let help = format!("write `{prefix}{name}`, and for HTTPS `{http}{name}`");
        report.push(subject.finding(&RULE, message, setting.place).with_help(help));
    }
}

/// The setting that was meant, if one is much like it; else all of them.
fn help(context: &ContextName, name: &str) -> String {
    let nearest = key::all(context.kind)
        .map(|key| (strsim::osa_distance(key.name, name), key.name))
        .filter(|(edits, _)| *edits <= registered::MOST_EDITS)
        .min();
    let prefix = &context.prefix;
    if let Some((_, known)) = nearest {
        return format!("did you mean `{prefix}{known}`?");
    }
    let known = key::all(context.kind).map(|key| key.name).collect::<Vec<_>>().join(", ");
    format!("below `{prefix}` it knows {known}")
}

/// The same for a setting of no context: the context that was meant, where it is about TLS.
fn help_for_stranger(key: &str) -> String {
    if key.starts_with("index.") {
        return "settings of indices belong into an index template".to_owned();
    }
    if let Some(known) = registered::nearest(key) {
        return format!("did you mean `{known}`?");
    }
    let row = CONTEXTS.iter().find(|(before, _)| key.starts_with(before) && key.contains(".ssl."));
    row.map_or_else(
        || RULE.help.to_owned(),
        |(_, context)| format!("TLS settings there begin with `{context}`"),
    )
}

/// What a name about TLS begins with, and what it should.
const CONTEXTS: [(&str, &str); 5] = [
    ("transport.profiles.", "transport.profiles.NAME.xpack.security.ssl."),
    ("transport.", "xpack.security.transport.ssl."),
    ("http.", "xpack.security.http.ssl."),
    ("remote_cluster_server.", "xpack.security.remote_cluster_server.ssl."),
    ("xpack.security.", "xpack.security.transport.ssl."),
];

/// The types of realms that connect by TLS.
const REALMS: [&str; 5] = [
    "xpack.security.authc.realms.active_directory.",
    "xpack.security.authc.realms.jwt.",
    "xpack.security.authc.realms.ldap.",
    "xpack.security.authc.realms.oidc.",
    "xpack.security.authc.realms.saml.",
];
