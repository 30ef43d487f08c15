//! RC023: a role of the other model.

use crosstrust_report::{Finding, Report, Rule, Severity};

use super::Subject;
use crate::connection::Model;
use crate::role::{SecurityRole, words};

pub(super) const RULE: Rule = Rule {
    code: "RC023",
    severity: Severity::Warning,
    summary: "a role has the fields of the other model",
    explanation: "With API keys the local cluster's `remote_indices` and `remote_cluster` say what a user may \
        do on the remote one. With certificates they have no effect: a role of the same name on \
        the remote cluster says it, by `indices` and `cluster`, whose `read_cross_cluster` and \
        `read_ccr` in turn mean nothing to API keys.",
    help: "use the role files that the kit has",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for role in &subject.material.roles {
        if let Some(what) = foreign(subject.connection.model, role) {
            let message = format!("`{what}` of the role `{}` has no effect", role.name());
            report.push(Finding::new(&RULE, message).in_file(role.path()));
        }
    }
}

/// The field or privilege that means nothing to the model.
fn foreign(model: Model, role: &SecurityRole) -> Option<&'static str> {
    let fields = ["remote_indices", "remote_cluster"];
    match model {
        Model::Tls => fields.into_iter().find(|field| !role.entries(field).is_empty()),
        Model::ApiKey if fields.into_iter().any(|field| !role.entries(field).is_empty()) => None,
        Model::ApiKey => {
            let mut indices = role.entries("indices").into_iter();
            let reads =
                indices.any(|entry| words(entry, "privileges").contains(&"read_cross_cluster"));
            let follows = role.words("cluster").contains(&"read_ccr");
            match (reads, follows) {
                (true, _) => Some("read_cross_cluster"),
                (_, true) => Some("read_ccr"),
                _ => None,
            }
        }
    }
}
