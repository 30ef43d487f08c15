//! RC030: the local cluster does not know the alias.

use crosstrust_report::{Finding, Rule, Severity};

use super::Remote;
use crate::connection::Connection;

pub(super) const RULE: Rule = Rule {
    code: "RC030",
    severity: Severity::Error,
    summary: "the local cluster does not know the alias",
    explanation: "The settings of the remote cluster are not there, or under another alias. Static \
        settings in `elasticsearch.yml` count on the nodes that have them alone.",
    help: "register the remote cluster with PUT /_cluster/settings",
};

pub(super) fn check(remotes: &[Remote<'_>], connection: &Connection) -> Option<Finding> {
    let alias = &connection.alias;
    if remotes.iter().any(|remote| remote.alias() == alias) {
        return None;
    }
    let known: Vec<String> = remotes.iter().map(|remote| format!("`{}`", remote.alias())).collect();
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Some(Finding::new(&RULE, format!("`{alias}` is not registered; known: {known}")))
}
