//! RC032: the connection is of the other model.

use crosstrust_report::{Finding, Rule, Severity};

use super::Remote;
use crate::connection::{Connection, Model};

pub(super) const RULE: Rule = Rule {
    code: "RC032",
    severity: Severity::Error,
    summary: "the connection is not of the model that is planned",
    explanation: "Elasticsearch takes the API key model if the keystore has a key under the \
        alias, and the certificate model if not. A different spelling of the alias, a node whose \
        keystore lacks the entry, or secure settings that were not reloaded make it take the other \
        model without a message.",
    help: "compare the alias in the keystore of every node with that in the settings",
};

pub(super) fn check(remote: &Remote<'_>, connection: &Connection) -> Option<Finding> {
    let alias = remote.alias();
    let message = match (connection.model, remote.model()) {
        (Model::ApiKey, Model::Tls) => {
            format!("`{alias}` uses certificates: it has no credentials")
        }
        (Model::Tls, Model::ApiKey) => format!("`{alias}` uses an API key: it has credentials"),
        _ => return None,
    };
    Some(Finding::new(&RULE, message))
}
