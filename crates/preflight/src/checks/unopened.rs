//! PF090: a file that Java does not open.

use crosstrust_keystore::java::{Obstacle, Reason};
use crosstrust_report::{Finding, Report, Rule, Severity};
use crosstrust_x509::Timestamp;

use super::{key_type, locked_key, releases_differ, wrong_list};
use crate::examination::Examination;
use crate::obstacle;
use crate::trust_list::TrustList;

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

/// Whatever is in the way of the files of a list. Keys are told by their own rule.
pub(super) fn check_list(trust: &TrustList, _now: Timestamp, report: &mut Report) {
    for file in trust.files() {
        for one in &file.obstacles {
            let rule = rule_of_list(one);
            if rule != &wrong_list::RULE || file.private_keys == 0 {
                let finding = Finding::new(rule, one.to_string()).in_file(&file.path);
                report.push(finding.with_help(obstacle::remedy(one, &file.path)));
            }
        }
    }
}

/// Whatever is in the way of the node's own files, each by its rule.
pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    for (file, one) in node.node.obstacles() {
        let finding = node.finding(rule(one), one.to_string());
        report.push(finding.with_help(obstacle::remedy(one, file)));
    }
}

/// The rule that explains an obstacle.
pub(crate) fn rule(obstacle: &Obstacle) -> &'static Rule {
    if !obstacle.refused_by.is_final() {
        return &releases_differ::RULE;
    }
    match &obstacle.reason {
        Reason::KeyPassword { .. } => &locked_key::RULE,
        Reason::Key { .. }
        | Reason::KeyKind { .. }
        | Reason::KeyNotFirst { .. }
        | Reason::NoBlock
        | Reason::Scheme { what: "the private key" | "its private key", .. } => &key_type::RULE,
        _ => &RULE,
    }
}

/// The rule that explains an obstacle in a list of trusted certificates.
pub(crate) fn rule_of_list(obstacle: &Obstacle) -> &'static Rule {
    match &obstacle.reason {
        Reason::KeyAmongCertificates { .. } => &wrong_list::RULE,
        _ => rule(obstacle),
    }
}
