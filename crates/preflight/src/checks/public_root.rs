//! PF103: a public CA among the trusted certificates.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_x509::{Certificate, Name, der};

use super::in_list;
use crate::java_name::JavaName;
use crate::trust_list::TrustList;

pub(crate) const RULE: Rule = Rule {
    code: "PF103",
    severity: Severity::Warning,
    summary: "a public CA among the trusted certificates",
    explanation: "The list trusts a CA of the public web. On the transport layer that lets in everybody who has \
        a public certificate, which costs nothing; only trust restrictions are left then. And it will not \
        last: public CAs stop issuing certificates with clientAuth, which both sides of a transport \
        connection need.",
    help: "take the public CA out of the list, and give the nodes certificates of a private CA",
};

pub(super) fn check(trust: &TrustList, report: &mut Report) {
    for certificate in trust.certificates().filter(|certificate| is_public(certificate)) {
        let message = format!("`{}` is a CA of the public web", certificate.subject());
        report.push(in_list(&RULE, message, trust, certificate));
    }
}

/// Whether Mozilla lists a CA of this name, as Java compares names.
pub(super) fn is_name_of_public_root(name: &JavaName) -> bool {
    let subject = |contents: &[u8]| Name::from_der(&der::encode(der::SEQUENCE, contents));
    let mut roots = webpki_roots::TLS_SERVER_ROOTS.iter();
    roots.any(|root| subject(root.subject.as_ref()).is_some_and(|it| JavaName::new(&it) == *name))
}

/// Whether Mozilla lists its name with its key.
fn is_public(certificate: &Certificate) -> bool {
    let contents = |bytes| der::read_one(bytes, der::SEQUENCE).map(|sequence| sequence.contents);
    let subject = contents(certificate.subject().der());
    let key = contents(certificate.public_key().der());
    let (Some(subject), Some(key)) = (subject, key) else { return false };
    let mut roots = webpki_roots::TLS_SERVER_ROOTS.iter();
    roots.any(|root| {
        root.subject.as_ref() == subject && root.subject_public_key_info.as_ref() == key
    })
}
