//! PF047: a CA list with something else in it.

use std::collections::BTreeSet;

use crosstrust_report::{Finding, Report, Rule, Severity};
use crosstrust_x509::Timestamp;

use crate::chain::Link;
use crate::trust_list::TrustList;

pub(super) const RULE: Rule = Rule {
    code: "PF047",
    severity: Severity::Warning,
    summary: "a CA list with something else in it",
    explanation: "The list has the same certificate twice, a certificate that is not a CA's, or \
        two CAs of one name with different keys. The first has no effect. The second trusts one \
        node as it is (and nothing it might issue). The third is right while a CA is being \
        replaced, and confusing afterwards.",
    help: "list each CA once, and remove what is no longer in use",
};

pub(super) fn check(trust: &TrustList, _now: Timestamp, report: &mut Report) {
    let files = trust.files().iter();
    let listed = files.flat_map(|file| file.certificates.iter().map(move |ca| (file, ca)));
    let mut seen: BTreeSet<&[u8]> = BTreeSet::new();
    for (file, twice) in listed.filter(|(_, certificate)| !seen.insert(certificate.der())) {
        let message = format!("`{}` is listed twice", twice.subject());
        report.push(Finding::new(&RULE, message).in_file(&file.path));
    }
    for leaf in trust.certificates().filter(|one| !one.is_ca() && !trust.is_of_key(one)) {
        let message = format!("`{}` is listed and is not a CA certificate", leaf.subject());
        report.push(super::in_list(&RULE, message, trust, leaf));
    }
    for anchor in trust.links() {
        let mut others = trust.with_subject(&anchor.identity.subject);
        let key = |link: Link<'_>| link.certificate.public_key().der().to_vec();
        let Some(first) =
            others.next().filter(|first| *first != anchor && key(*first) != key(anchor))
        else {
            continue;
        };
        let message = format!(
            "two CAs of the name `{}` with different keys are listed, SHA-256 {} and {}",
            anchor.subject(),
            first.identity.fingerprint,
            anchor.identity.fingerprint
        );
        report.push(super::in_list(&RULE, message, trust, anchor.certificate));
    }
}
