//! PF090: a file that Java does not open.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;
use crate::obstacle;

pub(crate) const RULE: Rule = Rule {
    code: "PF090",
    severity: Severity::Error,
    summary: "a file that Java does not open",
    explanation: "Elasticsearch opens key stores with Java, which knows fewer algorithms than other programs: of \
        PBES2 only AES-128 and AES-256 in CBC mode, no authentication code with MD5 or SHA-3, and PBMAC1 from \
        Java 26 on. A private key that is not encrypted within its store is no entry for Java. With such a file \
        the node does not start. What is said here was tried with Java 17 and 25.",
    help: "write the file anew with `crosstrust convert`",
};

/// Whatever is in the way of the node's own files, each by its rule.
pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    for one in node.node.obstacles() {
        let finding = node.finding(obstacle::rule(one), one.to_string());
        report.push(finding.with_help(obstacle::remedy(one, node.node.file())));
    }
}
