//! RC013: a node that will be refused.

use crosstrust_preflight::{Node, Policy, Settings, TrustList, VerificationMode, check_node};
use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::Model;

pub(super) const RULE: Rule = Rule {
    code: "RC013",
    severity: Severity::Error,
    summary: "a node that its own CA does not vouch for",
    explanation: "The other side will trust the CA that the connection file names, and this node's \
        certificate is not accepted by it: another CA signed it, it is not valid now, or its \
        usages do not allow both roles.",
    help: "name the CA that signed the nodes, or re-issue them",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    if subject.connection.model != Model::Tls {
        return;
    }
    for party in subject.parties() {
        if party.material.authorities.is_empty() {
            continue;
        }
        let trust = TrustList::new(party.material.authorities.iter().cloned());
        let mut settings = Settings::new(trust);
        settings.mode = VerificationMode::Certificate;
        let policy = Policy::new(settings, subject.now);
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
