//! PF113: a key file with several private keys.

use crosstrust_report::{Report, Rule, Severity};

use crate::node_settings::{FileFacts, NamedFile, Subject};

pub(super) const RULE: Rule = Rule {
    code: "PF113",
    severity: Severity::Warning,
    summary: "a key file with several private keys",
    explanation: "Elasticsearch reads the first private key of a PEM file and passes over what follows. Where a \
        new key was appended to the file instead of taking the old one's place, the node goes on with the old \
        one, and it does not belong to a new certificate.",
    help: "leave the node's own key alone in the file",
};

pub(super) fn check(
    subject: &Subject<'_>,
    file: &NamedFile,
    facts: &FileFacts,
    report: &mut Report,
) {
    if facts.key_blocks > 1 {
        let message = format!(
            "`{}` holds {} private keys, and Elasticsearch takes the first",
            file.path, facts.key_blocks
        );
        report.push(subject.finding(&RULE, message, file.place));
    }
}
