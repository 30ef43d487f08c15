//! RC006: the id of a deployment where that of a cluster belongs.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;

pub(super) const RULE: Rule = Rule {
    code: "RC006",
    severity: Severity::Error,
    summary: "a deployment's id stands for a cluster's",
    explanation: "Names of nodes and lists of trust have the id of the Elasticsearch cluster. A deployment \
        has an id of its own, which matches nothing there, and no product says so.",
    help: "copy the cluster id: deployment, Elasticsearch, Copy cluster ID",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for party in subject.parties() {
        let id = &party.side.cluster_id;
        if id.is_some() && *id == party.side.deployment_id {
            let message = format!("`{}` is the id of the deployment too", party.path("cluster_id"));
            report.push(subject.finding(&RULE, &party.path("cluster_id"), message));
        }
    }
}
