//! RC013: a node that will be refused.

use crosstrust_preflight::{Node, Policy, Role, Settings, TrustList, VerificationMode, check_node};
use crosstrust_report::{Report, Rule, Severity};

use super::{Party, Subject};
use crate::connection::Model;

pub(super) const RULE: Rule = Rule {
    code: "RC013",
    severity: Severity::Error,
    summary: "a node that its own CA does not vouch for",
    explanation: "The other side will trust the CA that the connection file names, and this node's \
        certificate is not accepted by it: another CA signed it, it is not valid now, or its \
        usages do not allow both roles. By API key, the same is asked of the certificate that the remote \
        cluster server has already, as a server.",
    help: "name the CA that signed the nodes, or re-issue them",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    if subject.connection.model == Model::ApiKey {
        return server(subject, report);
    }
    for party in subject.parties() {
        if party.material.authorities.is_empty() {
            continue;
        }
        let policy = policy(subject, &party);
        for node in party.material.all_nodes() {
            let presented = Node::new(node.label.clone(), vec![node.certificate.clone()])
                .with_obstacles(&node.label, node.obstacles.clone());
            let verdict = check_node(&presented, &policy);
            if let Some(reason) = verdict.verdict().reason() {
                let message = format!("{}: {reason}", node.label);
                report.push(subject.finding(&RULE, &party.path("nodes"), message));
            }
        }
    }
}

/// The certificate that the remote cluster server has already.
fn server(subject: &Subject<'_>, report: &mut Report) {
    let [_, remote] = subject.parties();
    let Some(server) = &remote.material.server_certificate else { return };
    if server.chain.is_empty() || remote.material.authorities.is_empty() {
        return;
    }
    let presented = Node::new(server.path.clone(), server.chain.clone());
    let verdict = check_node(&presented.with_roles(&[Role::Server]), &policy(subject, &remote));
    if let Some(reason) = verdict.role(Role::Server).reason() {
        let message = format!("{}: {reason}", server.path);
        let finding = subject.finding(&RULE, &remote.path("elasticsearch_yml"), message);
        report.push(finding.with_help(SERVER));
    }
}

/// What the other side asks of certificates: that the CA of this one has signed them.
fn policy(subject: &Subject<'_>, party: &Party<'_>) -> Policy {
    let trust = TrustList::new(party.material.authorities.iter().cloned());
    let mut settings = Settings::new(trust);
    settings.mode = VerificationMode::Certificate;
    Policy::new(settings, subject.now)
}

const SERVER: &str = "name the CA that signed it as `remote.ca`, or issue a new certificate";
