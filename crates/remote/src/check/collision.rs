//! RC040: connections of one cluster that collide.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::{Connection, Model, Platform};
use crate::kit::ClusterRole;
use crate::plan::{self, Ends, Party};

pub(super) const RULE: Rule = Rule {
    code: "RC040",
    severity: Severity::Error,
    summary: "two connections of one cluster collide",
    explanation: "Settings, files and objects of a connection carry its alias. Two connections with one alias \
        on the same cluster take each other's place; and restrictions that one partner needs refuse \
        another whose nodes have no known names.",
    help: "give one of them another alias, or the names of its nodes",
};

/// Looks at two of several connections.
pub(super) fn check(earlier: &Subject<'_>, subject: &Subject<'_>, report: &mut Report) {
    let first = plan::parties(earlier.connection, earlier.material);
    let second = plan::parties(subject.connection, subject.material);
    for (own, theirs) in plan::shared(&first, &second) {
        let mut tell = |key: &str, message: String| {
            report.push(subject.finding(&RULE, key, message));
        };
        if is_one_name(&own.0, &theirs.0) {
            tell(
                "alias",
                format!(
                    "`{}` has a connection of the same cluster with the alias `{}`",
                    earlier.path, earlier.connection.alias
                ),
            );
        }
        for (one, other) in [(&own, &theirs), (&theirs, &own)] {
            if is_shut_out(one, other) {
                tell(
                    theirs.0.word(),
                    format!(
                        "the restrictions for `{}` shut out the nodes of `{}`, whose names are not known",
                        one.0.connection.alias, other.0.connection.alias
                    ),
                );
            }
        }
    }
}

/// Whether the names that two connections make on a cluster are the same.
fn is_one_name(own: &Party<'_>, theirs: &Party<'_>) -> bool {
    let name = |connection: &Connection| {
        let alias = &connection.alias;
        if own.side.platform == Platform::Eck { alias.replace('_', "-") } else { alias.clone() }
    };
    // Deployments have nothing under the alias but what they connect to themselves, and with
    // certificates the roles that local clusters' users have.
    let both = |model| own.connection.model == model && theirs.connection.model == model;
    let is_named = !own.side.platform.is_cloud()
        || (own.role, theirs.role) == (ClusterRole::Local, ClusterRole::Local)
        || both(Model::Tls);
    is_named && name(own.connection) == name(theirs.connection)
}

/// Whether a cluster must restrict whom it lets in for the one connection, and cannot let in the other
/// side of the second one by name.
fn is_shut_out(one: &Ends<'_>, other: &Ends<'_>) -> bool {
    let tls =
        |(own, _): &Ends<'_>| own.connection.model == Model::Tls && !own.connection.same_operator;
    if one.0.side.platform.is_cloud() || !tls(one) || !tls(other) {
        return false;
    }
    let restricts = |(own, peer): &Ends<'_>| own.platform().restricts(own, peer);
    restricts(one) && !restricts(other)
}
