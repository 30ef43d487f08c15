//! RC012: a server name that the certificates do not have.

use crosstrust_preflight::host_name;
use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::{Connection, Model, Platform};

pub(super) const RULE: Rule = Rule {
    code: "RC012",
    severity: Severity::Error,
    summary: "a node's certificate does not have the server name",
    explanation: "A self-managed local cluster verifies host names on its transport layer, unless its \
        `verification_mode` is `certificate`: the certificate must have the address that is \
        connected to, or the server name that is sent.",
    help: "write a name that all certificates have as `server_name`, or re-issue them with this one",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let Connection { model, local, remote, .. } = subject.connection;
    if *model != Model::Tls || local.platform != Platform::SelfManaged {
        return;
    }
    for endpoint in &remote.endpoints {
        for node in &subject.material.remote.nodes {
            let server_name = remote.server_name.as_deref();
            let checked = host_name::check(&node.certificate, &endpoint.host, server_name);
            if let Err(error) = checked {
                let message = format!("{}: {error}", node.label);
                report.push(subject.finding(&RULE, "remote.endpoint", message));
            }
        }
    }
}
