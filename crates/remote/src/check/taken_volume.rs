//! RC074: volumes and mounts of a resource that a kit would overwrite.

use crosstrust_report::{Report, Rule, Severity};

use super::{Subject, uncounted_nodes};
use crate::kit::Overwritten;

pub(super) const RULE: Rule = Rule {
    code: "RC074",
    severity: Severity::Error,
    summary: "a node set has another volume where the kit mounts its own",
    explanation: "The kit mounts config maps as volumes that are named after the alias, each in a folder of that name \
        below `config/`. A volume of that name, or a mount at that place, is there already and holds \
        something else: the nodes would lose its files, or Kubernetes would refuse the resource.",
    help: "give the connection another alias; or rename the volume, and the folder that it is mounted at, in the \
        resource",
};

/// Looks at all connections, since the names of their volumes depend on each other.
pub(super) fn check(subjects: &[Subject<'_>], report: &mut Report) {
    for (subject, clash) in super::clashes(subjects) {
        let rule = match clash.what {
            Overwritten::Volume => &RULE,
            Overwritten::Count => &uncounted_nodes::RULE,
        };
        let key = format!("{}.manifest", clash.side.word());
        report.push(subject.finding(rule, &key, clash.message));
    }
}
