//! RC025: documents or fields restricted where one replicates.

use crosstrust_report::{Finding, Report, Rule, Severity};
use serde_json::{Map, Value};

use super::Subject;
use crate::role::words;

pub(super) const RULE: Rule = Rule {
    code: "RC025",
    severity: Severity::Error,
    summary: "replication with document or field security",
    explanation: "Replication copies whole indices. A role that restricts documents (`query`) or fields \
        (`field_security`) where it allows replication is refused when it is used.",
    help: "take `query` and `field_security` out, or use another role to replicate",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for role in &subject.material.roles {
        let follows =
            role.words("cluster").iter().any(|word| ["read_ccr", "manage_ccr"].contains(word));
        let replicates = |entry: &&Map<String, Value>| {
            words(entry, "privileges")
                .iter()
                .any(|word| word.starts_with("cross_cluster_replication"))
        };
        let restricted = |entry: &Map<String, Value>| {
            ["query", "field_security"].into_iter().find(|key| entry.contains_key(*key))
        };
        let remote = role.entries("remote_indices").into_iter().filter(replicates);
        let indices = role.entries("indices").into_iter().filter(|_| follows);
        if let Some(key) = remote.chain(indices).find_map(restricted) {
            let message = format!("the role `{}` replicates, and has `{key}`", role.name());
            report.push(Finding::new(&RULE, message).in_file(role.path()));
        }
    }
}
