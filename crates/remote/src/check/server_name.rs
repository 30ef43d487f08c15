//! RC012: a server name that the certificates do not have.

use crosstrust_preflight::host_name;
use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::{
    CLIENT_VERIFICATION_MODE, Connection, Endpoint, Mode, Model, Platform, VERIFICATION_MODE,
};
use crate::plan::NodeCertificate;

pub(super) const RULE: Rule = Rule {
    code: "RC012",
    severity: Severity::Error,
    summary: "a node's certificate does not have the server name",
    explanation: "A self-managed local cluster verifies host names on its transport layer, unless its \
        `verification_mode` is `certificate`: the certificate must have the address that is \
        connected to, or the server name that is sent. By API key, every local cluster asks this of the \
        certificate of the remote cluster server.",
    help: "write a name that all certificates have as `server_name`, or re-issue them with this one; if \
        the local nodes' `verification_mode` is `certificate`, show it: `local.elasticsearch_yml`",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let Connection { model, mode, local, remote, .. } = subject.connection;
    if *model == Model::ApiKey {
        return server(subject, report);
    }
    if local.platform != Platform::SelfManaged || !verifies(subject, VERIFICATION_MODE) {
        return;
    }
    let server_name = remote.server_name.as_deref();
    let refused = |node: &NodeCertificate, endpoint: &Endpoint| {
        host_name::check(&node.certificate, &endpoint.host, server_name).err()
    };
    let nodes = &subject.material.remote.nodes;
    for endpoint in &remote.endpoints {
        // In sniff mode each address is that of one node.
        if *mode == Mode::Sniff && nodes.iter().any(|node| refused(node, endpoint).is_none()) {
            continue;
        }
        for node in nodes {
            if let Some(error) = refused(node, endpoint) {
                let message = format!("{}: {error}", node.label);
                report.push(subject.finding(&RULE, "remote.endpoint", message));
            }
        }
    }
}

/// The certificate that the remote cluster server has already.
fn server(subject: &Subject<'_>, report: &mut Report) {
    let Some(server) = &subject.material.remote.server_certificate else { return };
    let Some(certificate) = server.chain.first() else { return };
    if !verifies(subject, CLIENT_VERIFICATION_MODE) {
        return;
    }
    let remote = &subject.connection.remote;
    for endpoint in &remote.endpoints {
        let name = remote.server_name.as_deref();
        if let Err(error) = host_name::check(certificate, &endpoint.host, name) {
            let message = format!("{}: {error}", server.path);
            report.push(subject.finding(&RULE, "remote.endpoint", message));
        }
    }
}

/// Whether the local nodes look for host names, which is the default.
fn verifies(subject: &Subject<'_>, setting: &str) -> bool {
    let [local, _] = subject.parties();
    let modes = local.settings().remove(setting).unwrap_or_default();
    modes.iter().all(|mode| mode.eq_ignore_ascii_case("full"))
}
