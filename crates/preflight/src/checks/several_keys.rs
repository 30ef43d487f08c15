//! PF092: a key store with several private keys.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;

pub(crate) const RULE: Rule = Rule {
    code: "PF092",
    severity: Severity::Warning,
    summary: "a key store with several private keys",
    explanation: "A node presents one certificate, and Java chooses it: an EC key before an RSA key, and among keys of \
        one type the alias that comes first in a hash table, whatever its order in the file. The key of a CA \
        may be what is chosen, and it is on the node.",
    help: "keep one private key in the node's key store: `keytool -delete -alias NAME` takes another away",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let Some((presented, others)) = node.node.other_keys() else { return };
    let others: Vec<String> = others.iter().map(|alias| format!("`{alias}`")).collect();
    let message = format!("the key `{presented}` is presented, and not {}", others.join(", "));
    report.push(node.finding(&RULE, message));
}
