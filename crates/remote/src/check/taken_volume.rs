//! RC074: volumes and mounts of a resource that a kit would overwrite.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::plan::{self, Planned};

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
    let is_read =
        |one: &Subject<'_>| one.parties().iter().any(|side| side.material.manifest.is_some());
    if !subjects.iter().any(is_read) {
        return;
    }
    let planned: Vec<Planned<'_>> = subjects
        .iter()
        .map(|one| Planned { connection: one.connection, material: one.material })
        .collect();
    // Why nothing can be planned is told where it is planned.
    let Ok(kits) = plan::plan_together(&planned) else { return };
    for (subject, kit) in subjects.iter().zip(kits) {
        for clash in kit.clashes {
            let key = format!("{}.manifest", clash.side.word());
            report.push(subject.finding(&RULE, &key, clash.message));
        }
    }
}
