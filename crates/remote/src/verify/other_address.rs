//! RC033: another address is registered than the planned one.

use crosstrust_report::{Finding, Rule, Severity};

use super::Remote;
use crate::connection::Connection;

pub(super) const RULE: Rule = Rule {
    code: "RC033",
    severity: Severity::Warning,
    summary: "another address is registered than the planned one",
    explanation: "The settings of the local cluster have another host than the connection file. One of \
        the two is out of date.",
    help: "register the remote cluster again, or correct the connection file",
};

pub(super) fn check(remote: &Remote<'_>, connection: &Connection) -> Option<Finding> {
    let hosts: Vec<&str> =
        connection.remote.endpoints.iter().map(|endpoint| endpoint.host.as_str()).collect();
    let found = remote.addresses();
    let known = |address: &&str| {
        let host = address.rsplit_once(':').map_or(*address, |(host, _)| host);
        hosts.contains(&host.trim_start_matches('[').trim_end_matches(']'))
    };
    if hosts.is_empty() || found.iter().all(known) {
        return None;
    }
    let (alias, found, hosts) = (remote.alias(), found.join(", "), hosts.join(", "));
    Some(Finding::new(&RULE, format!("`{alias}` has `{found}`, and planned is `{hosts}`")))
}
