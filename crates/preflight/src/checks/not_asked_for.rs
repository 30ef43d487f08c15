//! PF120: a certificate that the other side trusts and does not ask for.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;
use crate::path::{Judgement, Path};
use crate::role::Role;
use crate::trust_list::TrustList;

pub(crate) const RULE: Rule = Rule {
    code: "PF120",
    severity: Severity::Error,
    summary: "a certificate that the other side does not ask for",
    explanation: "Who is connected to asks for certificates by the subjects of what it trusts (RFC 8446, section \
        4.2.4; RFC 5246, section 7.4.4), and Java presents its own only where it, or one of its chain, was issued by \
        one of these. A node whose own certificate is in the list, and its CA is not, passes the trust check, and \
        connects with nothing: `Empty client certificate chain`.",
    help: "list the CA that issued the certificate, instead of the certificate or beside it",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    if !node.node.roles().contains(&Role::Client) {
        return;
    }
    let own = || {
        let trust = &node.policy.own.as_ref()?.trust;
        missing(node, node.own.as_ref()?, trust)
    };
    if let Some(message) = problem(node).or_else(own) {
        report.push(node.finding(&RULE, message));
    }
}

/// Says that the remote cluster asks for other certificates than the node's.
pub(crate) fn problem(node: &Examination<'_>) -> Option<String> {
    missing(node, node.remote.as_ref()?, &node.policy.remote.trust)
}

/// Other paths end at an issuer of what is presented, so that it is asked for.
fn missing(node: &Examination<'_>, judged: &Judgement<'_>, trust: &TrustList) -> Option<String> {
    judged.path().ok().filter(|path| Path::is_pinned(path))?;
    let links = node.node.chain().links();
    let is_asked_for = links.iter().any(|link| trust.knows(&link.identity.issuer));
    let (subject, issuer) = (node.leaf.subject(), node.leaf.issuer());
    (!is_asked_for).then(|| {
        format!(
            "`{subject}` is trusted itself, and its issuer `{issuer}` is not: no certificate of that issuer is asked for"
        )
    })
}
