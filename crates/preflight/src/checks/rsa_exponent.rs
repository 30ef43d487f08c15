//! PF031: an unusual RSA public exponent.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF031",
    severity: Severity::Warning,
    summary: "an unusual RSA public exponent",
    explanation: "The public exponent should be 65537. 1 makes the key worthless, 3 is fragile with poor \
        padding checks, and an exponent of more than 64 bits is refused by some software.",
    help: "re-issue the certificate with a new key",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let key = node.leaf.public_key();
    let problem = match key.rsa_exponent() {
        Some([1]) => "1",
        Some([3]) => "3",
        Some(long) if long.len() > MOST_OCTETS => "longer than 64 bits",
        _ => return,
    };
    report.push(node.finding(&RULE, format!("the public exponent of the {key} key is {problem}")));
}

const MOST_OCTETS: usize = 8;
