//! RC067: nodes on Kubernetes whose names nobody knows.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::Model;
use crate::plan;

pub(super) const RULE: Rule = Rule {
    code: "RC067",
    severity: Severity::Error,
    summary: "nothing says how nodes are named whose certificates the operator does not make",
    explanation: "With `transport.tls.selfSignedCertificates.disabled`, somebody else makes the certificates of the \
        nodes, and neither the operator's usual names nor `otherNameSuffix` are in them. Restrictions \
        that are written for those names would keep the own nodes out, and the trust of a deployment the same.",
    help: "give the name of each node's certificate, which `crosstrust inspect` shows, as `node_names`",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    if subject.connection.model != Model::Tls || subject.connection.same_operator {
        return;
    }
    let [local, remote] = plan::parties(subject.connection, subject.material);
    for (own, peer) in [(&local, &remote), (&remote, &local)] {
        let is_judged = own.platform().restricts(own, peer) || peer.platform().restricts(peer, own);
        let is_unnamed = own.side.node_names.is_empty();
        if own.material.has_foreign_certificates() && is_unnamed && is_judged {
            let message = format!(
                "the certificates of the {} nodes come from somebody else, and `{}.node_names` is missing",
                own.word(),
                own.word()
            );
            report.push(subject.finding(&RULE, &format!("{}.manifest", own.word()), message));
        }
    }
}
