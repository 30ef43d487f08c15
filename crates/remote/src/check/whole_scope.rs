//! RC014: more let in than one cluster.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::{Accepts, Connection, Model};

pub(super) const RULE: Rule = Rule {
    code: "RC014",
    severity: Severity::Note,
    summary: "every cluster of the scope is let in",
    explanation: "With `scope`, each cluster of the organization, environment or namespace may \
        connect, also those that are created later.",
    help: "where one cluster is meant, write `cluster`",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let Connection { local, remote, local_accepts, remote_accepts, model, .. } = subject.connection;
    if *model != Model::Tls || subject.connection.same_operator {
        return;
    }
    let sides = [
        ("local_accepts", local_accepts, "remote", remote, local),
        ("remote_accepts", remote_accepts, "local", local, remote),
    ];
    for (key, accepts, word, of, by) in sides {
        if *accepts != Accepts::Scope {
            continue;
        }
        let path = format!("trust.{key}");
        let message = if subject.connection.place(&path).is_some() {
            format!("`{key}` is `scope`")
        } else if of.is_listed_by(by) {
            format!(
                "nothing says which nodes `{word}` has, so every cluster of its namespace is let in"
            )
        } else {
            format!("`{key}` is not said, and the platform's default lets in every deployment")
        };
        let finding = subject.finding(&RULE, &path, message);
        report.push(if of.is_listed_by(by) {
            finding.with_help(format!(
                "where one cluster is meant, write `cluster` and give `{word}.node_sets`, whose nodes \
                 are then let in by name; or give `{word}` a `cluster_id` and a `scope_id`"
            ))
        } else {
            finding.with_help(format!(
                "where one cluster is meant, write `trust: {{{key}: cluster}}`"
            ))
        });
    }
}
