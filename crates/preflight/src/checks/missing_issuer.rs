//! PF010: an issuer that is neither presented nor trusted.

use crosstrust_report::{Report, Rule, Severity};

use crate::error::PathError;
use crate::examination::Examination;
use crate::known::KnownAuthority;
use crate::voucher;

pub(super) const RULE: Rule = Rule {
    code: "PF010",
    severity: Severity::Error,
    summary: "an issuer that is neither presented nor trusted",
    explanation: "The path breaks off because a certificate is missing. If the missing issuer is an \
        intermediate below a CA that the other side trusts, the node must present it: \
        Elasticsearch sends what stands in the node's certificate file, and fetches nothing. \
        If it is a root of its own, the other side must list it.",
    help: "append the issuer's certificate to the node's certificate file, or add it to \
        `certificate_authorities` on the other side",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    for error in node.path_errors() {
        if !matches!(error, PathError::UnknownIssuer { .. }) {
            continue;
        }
        let message = format!("{error}{}", voucher::instead(error, &node.policy.remote.trust));
        report.push(node.finding(&RULE, message).with_help(help(node, error)));
    }
}

/// Which certificate to append if it is known, else both ways out.
fn help(node: &Examination<'_>, error: &PathError) -> String {
    let PathError::UnknownIssuer { issuer, subject, of_leaf, .. } = error else {
        return RULE.help.to_owned();
    };
    let place = if *of_leaf {
        "right after the node's certificate"
    } else {
        "at the end of the node's file"
    };
    let links = node.node.chain().links();
    let child = links.into_iter().find(|link| link.subject() == *subject);
    let known = child.and_then(|child| node.known.issuer_of(child));
    match known.filter(|known| node.policy.remote.trust.knows(&known.link.identity.issuer)) {
        Some(KnownAuthority { link, presented_by }) => {
            let source = presented_by
                .map_or_else(|| "the own CA list".to_owned(), |path| format!("`{path}`"));
            let root = link.issuer();
            format!(
                "`{issuer}` is an intermediate below `{root}`, which is trusted: append its certificate from {source} {place}"
            )
        }
        None => format!(
            "append the certificate of `{issuer}` {place} if a CA of the list issued it; else add it to `certificate_authorities` on the other side"
        ),
    }
}
