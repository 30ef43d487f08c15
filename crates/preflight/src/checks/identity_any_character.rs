//! PF085: a dot in an identity pattern that matches any character.

use crosstrust_report::{Finding, Report, Rule, Severity};

use crate::certificate_identity::CertificateIdentity;

pub(super) const RULE: Rule = Rule {
    code: "PF085",
    severity: Severity::Note,
    summary: "a dot in an identity pattern that matches any character",
    explanation: "In a regular expression a dot stands for any character: `node.abc` admits `nodeXabc` as \
        well. Where a CA signs for others, too, a certificate with such a name may be had.",
    help: "write `\\.` for a dot of the name",
};

pub(super) fn check(identity: &CertificateIdentity, report: &mut Report) {
    let pattern: Vec<char> = identity.pattern().chars().collect();
    let letter = |at: Option<usize>| {
        let at = at.and_then(|at| pattern.get(at));
        at.is_some_and(char::is_ascii_alphanumeric)
    };
    let between = |at: &usize| letter(at.checked_add(1)) || letter(at.checked_sub(1));
    let dots = identity.lone_dots().iter().copied().filter(|at| between(at)).count();
    if dots > 0 {
        let (noun, verb) = if dots == 1 { ("dot", "matches") } else { ("dots", "match") };
        let message = format!("{dots} {noun} of `{}` {verb} any character", identity.pattern());
        report.push(Finding::new(&RULE, message));
    }
}
