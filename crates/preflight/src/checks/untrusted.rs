//! PF008: no path to a certificate of the CA list.

use crosstrust_report::{Report, Rule, Severity};

use crate::error::PathError;
use crate::examination::Examination;
use crate::role::Role;

pub(super) const RULE: Rule = Rule {
    code: "PF008",
    severity: Severity::Error,
    summary: "no path to a certificate of the CA list",
    explanation: "Elasticsearch looks for a path from the node's certificate to one of the certificates \
        in `certificate_authorities` (or the trust store), with the certificates that the node \
        presents and those of the list itself. There is none. The most frequent reasons are a \
        CA list from another cluster and a self-signed certificate.",
    help: "add the CA's certificate to `certificate_authorities` on the other side, or re-issue \
        the node's certificate with a CA that is listed there",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let judged = node.remote.as_ref().map(|judgement| judgement.role(Role::Client));
    if let Some(Err(error @ PathError::UntrustedRoot { .. })) = judged {
        let trust = &node.policy.remote.trust;
        report.push(node.finding(&RULE, format!("{error}{}", trust.listing())));
    }
}
