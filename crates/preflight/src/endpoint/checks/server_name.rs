//! PF063: another server name, another certificate.

use crosstrust_report::{Report, Rule, Severity};

use crate::endpoint::observation::Attempt;
use crate::endpoint::sighting::Sighting;

pub(crate) const RULE: Rule = Rule {
    code: "PF063",
    severity: Severity::Warning,
    summary: "another server name, another certificate",
    explanation: "What the endpoint presents depends on the server name that is sent with the handshake \
        (SNI): a proxy routes by it. Elasticsearch sends `server_name` in proxy mode, else the host \
        name if it has a dot in it, and nothing for an address. A wrong or missing name leads \
        elsewhere.",
    help: "set `cluster.remote.<alias>.server_name` to the name that leads to the right cluster",
};

pub(super) fn check(sighting: &Sighting<'_>, report: &mut Report) {
    let first = &sighting.seen.first;
    for other in &sighting.seen.other_names {
        let message = match other.leaf() {
            Some(leaf) if Some(leaf) == first.leaf() => continue,
            Some(leaf) => format!("{} it presents `{}` instead", with_name(other), leaf.subject()),
            None => format!("{} it presents nothing: {}", with_name(other), other.end),
        };
        report.push(sighting.finding(&RULE, message));
    }
}

fn with_name(attempt: &Attempt) -> String {
    match &attempt.server_name {
        Some(name) => format!("with the server name `{name}`"),
        None => "without a server name".to_owned(),
    }
}
