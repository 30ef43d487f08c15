//! RC014: more let in than one cluster.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::{Accepts, Connection, Model};

pub(super) const RULE: Rule = Rule {
    code: "RC014",
    severity: Severity::Note,
    summary: "every cluster of the scope is let in",
    explanation: "With `scope`, each cluster of the organization, environment or namespace may connect, \
        those of tomorrow too.",
    help: "write `cluster`, where one cluster is meant",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let Connection { local_accepts, remote_accepts, model, .. } = subject.connection;
    if *model != Model::Tls || subject.connection.same_operator {
        return;
    }
    for (key, accepts) in [("local_accepts", local_accepts), ("remote_accepts", remote_accepts)] {
        if *accepts == Accepts::Scope {
            let message = format!("`{key}` is `scope`");
            report.push(subject.finding(&RULE, &format!("trust.{key}"), message));
        }
    }
}
