//! RC062: a remote cluster server that is not on.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::{Model, Platform, REMOTE_SERVER};

pub(super) const RULE: Rule = Rule {
    code: "RC062",
    severity: Severity::Warning,
    summary: "the remote cluster server is not on",
    explanation: "API keys are taken by the remote cluster server alone, which listens where \
        `remote_cluster_server.enabled` is `true` on a node. Until then nothing answers at the endpoint.",
    help: "the kit switches it on; every remote node must be restarted before the clusters connect",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let [_, remote] = subject.parties();
    let is_own = remote.side.platform == Platform::SelfManaged;
    let is_seen = remote.material.settings_file().is_some();
    if subject.connection.model != Model::ApiKey || !is_own || !is_seen {
        return;
    }
    let message = match remote.material.setting(REMOTE_SERVER) {
        None => format!("the remote nodes do not set `{REMOTE_SERVER}`"),
        Some(setting) if setting.value.text == "false" => {
            format!("the remote nodes have `{REMOTE_SERVER}: false`")
        }
        Some(_) => return,
    };
    report.push(subject.finding(&RULE, "remote.elasticsearch_yml", message));
}
