//! PF035: an otherName that not every Java reads.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_x509::{COMMON_NAME_OID, Reading, SubjectAltNames};

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF035",
    severity: Severity::Warning,
    summary: "an otherName that not every Java reads",
    explanation: "The otherName common name should be one explicit tag around a UTF8String. Java 17 \
        drops a value that is wrapped once more, Java 25 reads it; without the explicit tag Java 17 reads the \
        value, and Java 25 none of the certificate's names; T61String and UniversalString are read by none, and Elasticsearch drops a name without a character.",
    help: "re-issue the certificate: crosstrust writes the one form that all releases read",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let names = node.leaf.subject_alt_names().into_iter().flat_map(SubjectAltNames::other_names);
    for name in names {
        if name.type_id() == COMMON_NAME_OID && name.is_empty() {
            let finding = node.finding(
                &RULE,
                "the otherName common name is empty: Elasticsearch drops it".to_owned(),
            );
            report.push(
                finding.with_help("re-issue the certificate with a name, or without the empty one"),
            );
            continue;
        }
        let readers = match name.reading() {
            Reading::OlderJavaOnly(_) => {
                "only Java 17 reads it, and newer releases read none of the names"
            }
            Reading::NewerJavaOnly(_) => "Java 17 does not read it",
            Reading::Nowhere => "no Java reads it",
            _ => continue,
        };
        let message =
            format!("the otherName common name is encoded as {}: {readers}", name.encoding());
        report.push(node.finding(&RULE, message));
    }
}
