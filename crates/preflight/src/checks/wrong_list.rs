//! PF048: a CA file with a private key, or without a certificate.

use crosstrust_report::{Finding, Report, Rule, Severity};
use crosstrust_x509::Timestamp;

use crate::trust_list::TrustList;

pub(crate) const RULE: Rule = Rule {
    code: "PF048",
    severity: Severity::Error,
    summary: "a CA file with a private key, or without a certificate",
    explanation: "A file of trusted certificates is copied to every node of the other side. A private \
        key in it gives the CA away to all of them, and Java, which takes every block of such a file for a \
        certificate, does not load it. With it, or with a file without a certificate, Elasticsearch does not \
        start.",
    help: "give the file that `crosstrust extract-ca` writes: certificates only",
};

pub(super) fn check(trust: &TrustList, _now: Timestamp, report: &mut Report) {
    for file in trust.files() {
        if file.private_keys > 0 {
            report.push(
                Finding::new(
                    &RULE,
                    "the CA file holds a private key: Elasticsearch does not start with it",
                )
                .in_file(&file.path),
            );
        }
        let holds_none = file.certificates.is_empty() && file.key_entries.is_empty();
        if holds_none && file.obstacles.is_empty() {
            report
                .push(Finding::new(&RULE, "the CA file holds no certificate").in_file(&file.path));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::certificate;
    use crate::trust_list::TrustFile;

    /// A key store that is its own trust store: Java trusts the first certificate of each key entry.
    #[test]
    fn a_key_store_of_key_entries_alone_is_a_list() {
        let codes = |file: TrustFile| {
            let mut report = Report::default();
            check(&TrustList::from_files([file]), Timestamp::from_unix(0), &mut report);
            report.findings().iter().map(|finding| finding.rule().code).collect::<Vec<_>>()
        };
        let key_entries = vec![certificate("CN:node1")];
        assert!(codes(TrustFile { key_entries, ..TrustFile::default() }).is_empty());
        assert_eq!(codes(TrustFile::default()), ["PF048"]);
    }
}
