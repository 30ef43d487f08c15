//! PF036: a name that is easily mistaken.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_restrictions::X509Field;

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF036",
    severity: Severity::Warning,
    summary: "a name that is easily mistaken",
    explanation: "Names are compared character by character. Upper case, blanks, a trailing dot or \
        characters beyond ASCII are all significant, hard to see in a pattern, and mostly \
        typed by mistake.",
    help: "re-issue the certificate with a name of lower-case letters, digits, hyphens and dots",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    for name in node.names.iter().filter(|name| name.field == X509Field::OtherNameCommonName) {
        if let Some(oddity) = oddity(&name.value) {
            report.push(node.finding(
                &RULE,
                format!("the otherName common name `{}` has {oddity}", name.value),
            ));
        }
    }
}

fn oddity(name: &str) -> Option<&'static str> {
    if !name.is_ascii() {
        return Some("characters beyond ASCII");
    }
    if name
        .contains(|character: char| character.is_ascii_whitespace() || character.is_ascii_control())
    {
        return Some("blanks");
    }
    if name.contains(|character: char| character.is_ascii_uppercase()) {
        return Some("upper-case letters");
    }
    name.ends_with('.').then_some("a dot at its end")
}
