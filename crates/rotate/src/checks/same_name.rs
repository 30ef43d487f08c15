//! RO002: two authorities of one name.

use crosstrust_report::{Finding, Report, Rule, Severity};

use super::Subject;

pub(super) const RULE: Rule = Rule {
    code: "RO002",
    severity: Severity::Warning,
    summary: "the old and the new CA have one name and two keys",
    explanation: "A certificate names its issuer, so with two CAs of one name only the key tells them apart. \
        Elasticsearch's JVM tries each of them and finds the right one, as long as both are in the list: \
        where one is missing it says `signature check failed` and not that the CA is unknown. OpenSSL, \
        and with it Kibana and curl, picks one by the key identifier and, where a certificate has none, \
        the first of the name, and gives up if that is the wrong one. People and key store aliases mix \
        them up, too. elasticsearch-certutil gives every CA the same name unless told otherwise.",
    help: "make the new CA again with a name of its own, `crosstrust ca --dn 'CN=Transport CA 2'`, as long \
           as it has signed nothing; else tell the two apart by their fingerprints, never by name",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for new in &subject.roll_over.new {
        let same = |old: &&crosstrust_x509::Certificate| {
            let names = [old.subject().to_string(), new.subject().to_string()];
            names[0].eq_ignore_ascii_case(&names[1]) && old.public_key() != new.public_key()
        };
        if let Some(old) = subject.roll_over.old.iter().find(same) {
            let [old_print, new_print] =
                [old, new].map(|one| one.fingerprint_sha256().chars().take(16).collect::<String>());
            let message = format!(
                "`{}` is the name of the old CA (SHA-256 {old_print}…) and of the new one ({new_print}…)",
                new.subject()
            );
            report.push(Finding::new(&RULE, message));
        }
    }
}
