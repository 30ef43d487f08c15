//! PF078: a TLS setting that Elasticsearch does not know.

use crosstrust_report::{Report, Rule, Severity};

use crate::node_settings::{ContextKind, ContextName, Subject, key};

pub(super) const RULE: Rule = Rule {
    code: "PF078",
    severity: Severity::Error,
    summary: "a TLS setting that Elasticsearch does not know",
    explanation: "A node does not start with a setting that it does not know. Passwords in clear text \
        (`keystore.password`) are no settings of remote clusters' contexts, `xpack.ssl.*` was removed in 7.0, \
        `trust_restrictions.x509_fields` came with 7.17.8 and 8.5.3, and `handshake_timeout` after 8.19.",
    help: "correct its name, or remove it",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    check_old(subject, report);
    for context in subject.contexts.iter().filter(|context| context.kind != ContextKind::Client) {
        for (name, setting) in subject.settings_of(context) {
            if is_known(context, name) {
                continue;
            }
            let message = format!("`{}` is no setting of Elasticsearch", setting.key);
            let finding = subject.finding(&RULE, message, setting.place);
            report.push(finding.with_help(help(context, name)));
        }
    }
}

/// Whether a context has a setting. What begins with `cluster.remote.signing.` may be of a cluster that is
/// called so, and few types of realms have TLS.
fn is_known(context: &ContextName, name: &str) -> bool {
    let is_of_cluster =
        CLUSTER.iter().any(|one| name == *one || name.starts_with(&format!("{one}.")));
    match context.kind {
        ContextKind::SigningTrust if is_of_cluster => true,
        ContextKind::Realm if !REALMS.iter().any(|one| context.prefix.starts_with(one)) => false,
        kind => key::find(kind, name).is_some(),
    }
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
        .filter(|(edits, _)| *edits <= MOST_EDITS)
        .min();
    let prefix = &context.prefix;
    if let Some((_, known)) = nearest {
        return format!("did you mean `{prefix}{known}`?");
    }
    let known = key::all(context.kind).map(|key| key.name).collect::<Vec<_>>().join(", ");
    format!("below `{prefix}` it knows {known}")
}

/// Characters inserted, dropped, changed or swapped with the next.
const MOST_EDITS: usize = 3;

/// The settings of a cluster behind its alias.
const CLUSTER: [&str; 11] = [
    "credentials",
    "mode",
    "node_connections",
    "proxy",
    "proxy_address",
    "proxy_socket_connections",
    "seeds",
    "server_name",
    "signing",
    "skip_unavailable",
    "transport",
];

/// The types of realms that connect by TLS.
const REALMS: [&str; 5] = [
    "xpack.security.authc.realms.active_directory.",
    "xpack.security.authc.realms.jwt.",
    "xpack.security.authc.realms.ldap.",
    "xpack.security.authc.realms.oidc.",
    "xpack.security.authc.realms.saml.",
];
