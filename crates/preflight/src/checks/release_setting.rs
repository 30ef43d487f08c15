//! PF115: a setting that some releases do not know.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_settings::Setting;

use crate::node_settings::registered::{self, Registration};
use crate::node_settings::{ContextKind, Subject};

pub(super) const RULE: Rule = Rule {
    code: "PF115",
    severity: Severity::Warning,
    summary: "a setting that some releases do not know",
    explanation: "A node does not start with a setting that its release does not know. The signing of requests to other \
        clusters (`cluster.remote.*.signing.*`) and `handshake_timeout` of TLS contexts came after 8.19, with \
        releases of Elasticsearch 9. During an upgrade both releases read the file.",
    help: "keep the line out of the settings of nodes that run a release without it",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for context in &subject.contexts {
        let signs = matches!(context.kind, ContextKind::Signing | ContextKind::SigningTrust);
        for (name, setting) in subject.settings_of(context) {
            let is_of_cluster = registered::find(&setting.key).is_registered();
            if (signs && !is_of_cluster) || name == "handshake_timeout" {
                push(subject, setting, "9.5", report);
            }
        }
    }
    for setting in subject.strangers() {
        if let Registration::Only(release) = registered::find(&setting.key) {
            push(subject, setting, release, report);
        }
    }
}

fn push(subject: &Subject<'_>, setting: &Setting, release: &str, report: &mut Report) {
    let other = if release == "8.19" { "9.5" } else { "8.19" };
    let message = format!(
        "Elasticsearch {release} has `{}`, and {other} does not start with it",
        setting.key
    );
    report.push(subject.finding(&RULE, message, setting.place));
}
