//! RC075: a node set whose size nobody knows.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::Resource;

pub(super) const RULE: Rule = Rule {
    code: "RC075",
    severity: Severity::Error,
    summary: "a node set does not say how many nodes it has",
    explanation: "A patch has node sets whole. One without `count`, which an autoscaler may keep up to date, would \
        take the number of nodes out of the resource.",
    help: "save what `kubectl get elasticsearch NAME -n NAMESPACE -o yaml` shows, which has the number of nodes",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for party in subject.parties() {
        let there = party.material.manifest.as_ref();
        for set in there.into_iter().flat_map(Resource::uncounted) {
            let message = format!(
                "the node set `{set}` of the {} cluster has no number as `count`",
                party.word
            );
            report.push(subject.finding(&RULE, &party.path("manifest"), message));
        }
    }
}
