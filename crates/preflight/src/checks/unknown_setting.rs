//! PF078: a TLS setting that Elasticsearch does not know.

use crosstrust_report::{Report, Rule, Severity};

use crate::node_settings::{ContextKind, Subject, key};

pub(super) const RULE: Rule = Rule {
    code: "PF078",
    severity: Severity::Error,
    summary: "a TLS setting that Elasticsearch does not know",
    explanation: "A node does not start with a setting that it does not know. Passwords in clear text \
        (`keystore.password`) are settings of the transport layer and of HTTP alone, `xpack.ssl.*` was removed in 7.0, and `trust_restrictions.x509_fields` \
        came with 7.17.8 and 8.5.3.",
    help: "correct its name, or remove it",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    check_old(subject, report);
    for kind in ContextKind::ALL {
        for (name, setting) in subject.settings_of(kind) {
            if key::find(kind, name).is_some() {
                continue;
            }
            let message = format!("`{}` is no setting of Elasticsearch", setting.key);
            let finding = subject.finding(&RULE, message, setting.place);
            report.push(finding.with_help(help(kind, name)));
        }
    }
}

/// Settings of version 6 have a name for each context since.
fn check_old(subject: &Subject<'_>, report: &mut Report) {
    for (name, setting) in subject.old_settings() {
        let message = format!("`{}` is gone since Elasticsearch 7.0", setting.key);
        let prefix = ContextKind::Transport.prefix();
        let help =
            format!("write `{prefix}{name}`, and for HTTPS `{}{name}`", ContextKind::Http.prefix());
        report.push(subject.finding(&RULE, message, setting.place).with_help(help));
    }
}

/// The setting that was meant, if one is much like it; else all of them.
fn help(kind: ContextKind, name: &str) -> String {
    let nearest = key::all(kind)
        .map(|key| (strsim::osa_distance(key.name, name), key.name))
        .filter(|(edits, _)| *edits <= MOST_EDITS)
        .min();
    let prefix = kind.prefix();
    if let Some((_, known)) = nearest {
        return format!("did you mean `{prefix}{known}`?");
    }
    let known = key::all(kind).map(|key| key.name).collect::<Vec<_>>().join(", ");
    format!("below `{prefix}` it knows {known}")
}

/// Characters inserted, dropped, changed or swapped with the next.
const MOST_EDITS: usize = 3;
