//! PF093: a file outside of the configuration directory.

use crosstrust_report::{Report, Rule, Severity};

use crate::node_settings::{FileFacts, NamedFile, Subject};

pub(super) const RULE: Rule = Rule {
    code: "PF093",
    severity: Severity::Error,
    summary: "a file outside of the configuration directory",
    explanation: "Elasticsearch may read TLS files in its configuration directory only: the security manager of 8.x and \
        the entitlements of 8.19 and 9.x refuse all others, a symbolic link that leads out of it included. The \
        node does not start.",
    help: "move the file below the directory of `elasticsearch.yml`",
};

pub(super) fn check(
    subject: &Subject<'_>,
    file: &NamedFile,
    facts: &FileFacts,
    report: &mut Report,
) {
    if facts.outside {
        let message = format!("`{}` lies outside of the configuration directory", file.path);
        report.push(subject.finding(&RULE, message, file.place));
    }
}
