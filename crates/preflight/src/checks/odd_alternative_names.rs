//! PF043: subject alternative names that are out of the ordinary.

use std::collections::BTreeSet;

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF043",
    severity: Severity::Note,
    summary: "subject alternative names that are out of the ordinary",
    explanation: "A name that is there twice has no effect, and more than a hundred names make \
        every handshake longer.",
    help: "tidy the names up when the certificate is re-issued next",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let Some(names) = node.leaf.subject_alt_names() else { return };
    if names.names().len() > MANY {
        report.push(
            node.finding(&RULE, format!("there are {} alternative names", names.names().len())),
        );
    }
    let mut seen = BTreeSet::new();
    let twice = names
        .names()
        .iter()
        .take(MOST)
        .map(ToString::to_string)
        .find(|name| !seen.insert(name.clone()));
    if let Some(name) = twice {
        report.push(node.finding(&RULE, format!("`{name}` is there twice")));
    }
}

const MANY: usize = 100;
/// As many names are compared with each other, and no more.
const MOST: usize = 10_000;
