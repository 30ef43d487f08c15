//! PF120: a certificate that the other side trusts and does not ask for.

use crosstrust_report::{Report, Rule, Severity};

use super::public_root;
use crate::examination::Examination;
use crate::path::{Judgement, Path};
use crate::refusal::Refusal;
use crate::role::Role;
use crate::trust_list::TrustList;
use crate::unjudged::Unjudged;
use crate::verdict::Verdict;

pub(crate) const RULE: Rule = Rule {
    code: "PF120",
    severity: Severity::Error,
    summary: "a certificate that the other side does not ask for",
    explanation: "The side that is connected to asks for certificates by the subjects of those \
        that it trusts (RFC 8446, section 4.2.4; RFC 5246, section 7.4.4), and Java presents its \
        own only if it, or one of its chain, was issued by one of these. A node whose own \
        certificate is in the list, while its CA is not, passes the trust check and presents no \
        certificate: `Empty client certificate chain`.",
    help: "list the CA that issued the certificate, instead of the certificate or beside it",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    if !node.node.roles().contains(&Role::Client) {
        return;
    }
    let own = || {
        let trust = &node.policy.own.as_ref()?.trust;
        missing(node, node.own.as_ref()?, trust).filter(|_| !may_be_asked_for(node, trust))
    };
    let remote = match verdict(node) {
        Verdict::Refused(Refusal::NotPresented { message }) => Some(message),
        _ => None,
    };
    if let Some(message) = remote.or_else(own) {
        report.push(node.finding(&RULE, message));
    }
}

/// Whether the remote cluster asks for a certificate that the node has.
pub(crate) fn verdict(node: &Examination<'_>) -> Verdict {
    let trust = &node.policy.remote.trust;
    match node.remote.as_ref().and_then(|judged| missing(node, judged, trust)) {
        None => Verdict::Accepted,
        Some(_) if may_be_asked_for(node, trust) => {
            let issuer = node.leaf.issuer();
            let what = format!(
                "no setting says whom the other side trusts: whether it asks for certificates of `{issuer}` hangs on the \
                 CAs of its JDK"
            );
            Unjudged::NotLookedAt { what }.into()
        }
        Some(message) => Refusal::NotPresented { message }.into(),
    }
}

/// Whether the JDK's own CAs count, and one of them may have issued a certificate that is presented: which CAs
/// of the public web a JDK has, its maker says.
fn may_be_asked_for(node: &Examination<'_>, trust: &TrustList) -> bool {
    let links = || node.node.chain().links().into_iter();
    trust.has_those_of_java()
        && links().any(|link| public_root::is_name_of_public_root(&link.identity.issuer))
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
