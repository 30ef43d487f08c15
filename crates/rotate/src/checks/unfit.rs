//! RO008: a new authority that cannot sign now.

use crosstrust_report::{Finding, Report, Rule, Severity};
use crosstrust_x509::KeyUsageBit;

use super::Subject;

pub(super) const RULE: Rule = Rule {
    code: "RO008",
    severity: Severity::Error,
    summary: "the new CA cannot vouch for nodes now",
    explanation: "Its certificate must be valid, and where it has a keyUsage, that must include keyCertSign. \
        Elasticsearch looks past the dates of a CA that it trusts, but not past the usage, and every \
        other program looks at both.",
    help: "make the new CA anew, or wait until it is valid",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let now = subject.roll_over.now;
    for new in &subject.roll_over.new {
        let name = new.subject();
        if !new.is_valid_at(now) {
            let message = format!(
                "`{name}` is valid from {} to {}, and it is {now}",
                new.not_before(),
                new.not_after()
            );
            report.push(Finding::new(&RULE, message));
        }
        if let Some(usage) = new.key_usage().filter(|usage| !usage.allows(KeyUsageBit::KeyCertSign))
        {
            report.push(Finding::new(
                &RULE,
                format!("`{name}` has keyUsage {usage}, without keyCertSign"),
            ));
        }
    }
}
