//! RC009: a private key in a CA file.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;

pub(super) const RULE: Rule = Rule {
    code: "RC009",
    severity: Severity::Note,
    summary: "the CA's private key is in the file",
    explanation: "The kit takes the certificates only. The file itself must stay where it is: whoever has \
        the key can make nodes of the cluster.",
    help: "hand on the kit's file, never this one",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for party in subject.parties() {
        for file in &party.material.files_with_key {
            let message = format!("`{file}` holds a private key beside the CA");
            report.push(subject.finding(&RULE, &party.path("ca"), message));
        }
    }
}
