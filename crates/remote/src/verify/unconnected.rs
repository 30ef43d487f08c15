//! RC031: no connection is open.

use crosstrust_report::{Finding, Rule, Severity};

use super::Remote;
use super::next_command::next_command;
use crate::connection::Model;

pub(super) const RULE: Rule = Rule {
    code: "RC031",
    severity: Severity::Error,
    summary: "no connection to the remote cluster is open",
    explanation: "Either the address cannot be reached from the local nodes (a firewall, a network \
        filter of the deployment, a listener on the loopback address), or one side does not trust the \
        other. The log of a local node tells: `connect_exception` for the first, `failed to establish \
        trust with server` or `does not match the trusted names` for the second.",
    help: "look for the alias in the logs of the local nodes",
};

pub(super) fn check(remote: &Remote<'_>, authorities: &[String]) -> Option<Finding> {
    let address = remote.addresses().join(", ");
    let to = if address.is_empty() { String::new() } else { format!(" to `{address}`") };
    let alias = remote.alias();
    let message = match (remote.is_connected(), remote.open_connections()) {
        (false, _) => format!("`{alias}` is not connected{to}"),
        (true, Some(0)) => {
            format!("`{alias}` calls itself connected{to}, and has no open connection")
        }
        (true, _) => return None,
    };
    let finding = Finding::new(&RULE, message);
    let command = next_command(remote, authorities);
    let next = command.map(|command| format!("on a local node, `{command}` says what is there"));
    let help: Vec<String> = likely(remote).map(str::to_owned).into_iter().chain(next).collect();
    Some(if help.is_empty() { finding } else { finding.with_help(help.join("; ")) })
}

/// The port tells most.
fn likely(remote: &Remote<'_>) -> Option<&'static str> {
    let port = |number| remote.addresses().iter().any(|address| address.ends_with(number));
    match remote.model() {
        Model::ApiKey if port(":9300") || port(":9400") => {
            Some("an API key is in use, and the port is that of the transport layer: write 9443")
        }
        Model::Tls if port(":9443") => Some(
            "the port takes API keys, and none is in use: compare the alias in the keystore of every \
             node, and reload the secure settings",
        ),
        _ => None,
    }
}
