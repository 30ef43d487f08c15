//! PF030: a key with which Java makes no connection.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_x509::{Curve, KeyKind};

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF030",
    severity: Severity::Error,
    summary: "a key with which Java makes no connection",
    explanation: "Java refuses RSA and DSA keys below 1024 bits and EC keys below 224, and signs and \
        verifies only with the curves P-256, P-384 and P-521. A certificate with a key on \
        another curve passes the trust check, and the handshake still fails.",
    help: "re-issue the certificate with an RSA key of 2048 bits or more, or an EC key on P-256 \
        or P-384",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    super::check_refusal(&RULE, node, report);
    if let KeyKind::Ec { curve } = node.leaf.public_key().kind()
        && !matches!(curve, Curve::P256 | Curve::P384 | Curve::P521)
        && !node.path_errors().iter().any(|error| error.code() == RULE.code)
    {
        let message =
            format!("the key is {}, and Java signs no handshake with it", node.leaf.public_key());
        report.push(node.finding(&RULE, message));
    }
}
