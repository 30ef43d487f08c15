//! RC016: a role that is missing.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;

pub(super) const RULE: Rule = Rule {
    code: "RC016",
    severity: Severity::Error,
    summary: "a node that may not connect to remote clusters",
    explanation: "Without `node.roles` a node has every role. A list that leaves `remote_cluster_client` \
        out keeps the node from searching and following remote clusters, and transforms and \
        machine learning on it too.",
    help: "add `remote_cluster_client` to `node.roles`",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let [local, _] = subject.parties();
    let settings = local.settings();
    let Some(roles) = settings.get("node.roles") else { return };
    if !roles.iter().any(|role| role == "remote_cluster_client") {
        let message = "`node.roles` does not have `remote_cluster_client`".to_owned();
        report.push(subject.finding(&RULE, "local.elasticsearch_yml", message));
    }
}
