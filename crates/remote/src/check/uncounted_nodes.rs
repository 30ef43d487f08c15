//! RC075: a node set whose size nobody knows, in a patch that has it. It is found where the patch is made.

use crosstrust_report::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    code: "RC075",
    severity: Severity::Error,
    summary: "a node set does not say how many nodes it has",
    explanation: "A patch has node sets whole. One without `count`, which an autoscaler may keep up to date, would \
        take the number of nodes out of the resource.",
    help: "save what `kubectl get elasticsearch NAME -n NAMESPACE -o yaml` shows, which has the number of nodes",
};
