//! RC024: a role that names other remote clusters.

use crosstrust_pattern::Pattern;
use crosstrust_report::{Finding, Report, Rule, Severity};

use super::Subject;
use crate::connection::Model;
use crate::role::{SecurityRole, words};

pub(super) const RULE: Rule = Rule {
    code: "RC024",
    severity: Severity::Warning,
    summary: "a role does not cover the alias",
    explanation: "`clusters` in `remote_indices` and `remote_cluster` lists aliases, with wildcards or as \
        `/expressions/`. Who has no role that covers the alias is refused, because no remote \
        indices privileges apply for the cluster. The second field is `remote_cluster`, without s.",
    help: "add the alias to `clusters`",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    if subject.connection.model != Model::ApiKey {
        return;
    }
    let alias = &subject.connection.alias;
    for role in &subject.material.roles {
        let name = role.name();
        let mut push = |finding: Finding| report.push(finding.in_file(role.path()));
        if role.has("remote_clusters") {
            let message = format!(
                "the role `{name}` has the field `remote_clusters`, which roles do not have"
            );
            push(Finding::new(&RULE, message).with_help("write `remote_cluster`"));
        }
        if is_elsewhere(role, alias) {
            let message = format!("nothing in the role `{name}` covers the alias `{alias}`");
            push(Finding::new(&RULE, message));
        }
    }
}

/// Whether a role speaks of remote clusters, and not of this one.
fn is_elsewhere(role: &SecurityRole, alias: &str) -> bool {
    let entries = [role.entries("remote_indices"), role.entries("remote_cluster")].concat();
    let covers = |text: &&str| Pattern::parse(text).is_ok_and(|pattern| pattern.matches(alias));
    !entries.is_empty() && !entries.iter().any(|entry| words(entry, "clusters").iter().any(covers))
}
