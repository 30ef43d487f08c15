//! PF081: a file that a setting names and Elasticsearch cannot load.

use crosstrust_report::{Report, Rule, Severity};

use crate::node_settings::{FileFacts, NamedFile, Subject};

pub(super) const RULE: Rule = Rule {
    code: "PF081",
    severity: Severity::Error,
    summary: "a file that a setting names and Elasticsearch cannot load",
    explanation: "A node does not start when a key store, certificate, CA or restrictions file of its \
        settings is not there or cannot be read. Relative paths start at the directory of \
        `elasticsearch.yml`. A trust store in PKCS#12 holds nothing for Java unless its \
        certificates are marked as trusted, which OpenSSL does only when asked (`-jdktrust`).",
    help: "put the file there, or correct the path",
};

pub(super) fn check(
    subject: &Subject<'_>,
    file: &NamedFile,
    facts: &FileFacts,
    report: &mut Report,
) {
    if let Some(problem) = &facts.problem {
        let message = format!("`{}` names `{}`: {problem}", file.setting, file.path);
        report.push(subject.finding(&RULE, message, file.place));
    }
}
