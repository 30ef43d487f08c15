//! RC076: restrictions that shut out a cluster which the operator connects.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_restrictions::Restrictions;

use super::Subject;
use crate::connection::Model;
use crate::plan::{self, Party};

pub(super) const RULE: Rule = Rule {
    code: "RC076",
    severity: Severity::Error,
    summary: "restrictions shut out a cluster that the operator connects",
    explanation: "With `same_operator`, the operator has both clusters trust each other's CAs. Trust restrictions that \
        the nodes have besides are not its own: it adds no name to them, and neither does the kit.",
    help: "add the pattern to the config map that the restrictions are mounted from, on each node set, before the kit's steps",
};

/// Looks at all connections: the kit of another one may add the names.
pub(super) fn check(subjects: &[Subject<'_>], report: &mut Report) {
    for subject in subjects {
        let connection = subject.connection;
        if !connection.same_operator || connection.model != Model::Tls {
            continue;
        }
        let sides = plan::parties(connection, subject.material);
        let [local, remote] = &sides;
        for (own, peer) in [(local, remote), (remote, local)] {
            let others = subjects.iter().filter(|other| other.path != subject.path);
            if others.clone().any(|other| is_restricted_by(other, &sides, own)) {
                continue;
            }
            if let Some(message) = shut_out(own, peer) {
                report.push(subject.finding(&RULE, &format!("{}.manifest", own.word()), message));
            }
        }
    }
}

/// What the restrictions of a cluster do not let in of the other one.
fn shut_out(own: &Party<'_>, peer: &Party<'_>) -> Option<String> {
    let file = own.material.restrictions.as_ref()?;
    let restrictions = Restrictions::parse(&file.path, &file.bytes).ok()?;
    let names = peer.present_names();
    let name = names.iter().find(|name| restrictions.judge(&[name]).is_none())?;
    let pattern = peer.naming().ok()?.pattern().unwrap_or_else(|| name.clone());
    Some(format!(
        "the restrictions of the {} nodes do not let in the {} node `{name}`: `{pattern}` is missing",
        own.word(),
        peer.word()
    ))
}

/// Whether the kit of another connection has restrictions for the cluster, which let in all that are planned.
fn is_restricted_by(other: &Subject<'_>, sides: &[Party<'_>; 2], own: &Party<'_>) -> bool {
    let connection = other.connection;
    let theirs = plan::parties(connection, other.material);
    let shared = plan::shared(sides, &theirs).into_iter();
    let is_other = connection.model == Model::Tls && !connection.same_operator;
    let mut shared = shared.filter(|((one, _), _)| one.role == own.role);
    is_other && shared.any(|(_, (one, partner))| one.platform().restricts(&one, &partner))
}
