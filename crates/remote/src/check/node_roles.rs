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
    let Some(setting) = local.material.setting("node.roles") else { return };
    // What a placeholder stands for, the node's environment says.
    let Some(roles) = setting.list().filter(|_| !setting.has_placeholder()) else { return };
    if !roles.iter().any(|role| role.text == "remote_cluster_client") {
        let message = "`node.roles` does not have `remote_cluster_client`".to_owned();
        report.push(subject.finding(&RULE, "local.elasticsearch_yml", message));
    }
}
