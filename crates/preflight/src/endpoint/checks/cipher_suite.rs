//! PF056: only outdated cipher suites.

use crosstrust_report::{Report, Rule, Severity};

use crate::endpoint::sighting::Sighting;

pub(crate) const RULE: Rule = Rule {
    code: "PF056",
    severity: Severity::Note,
    summary: "only outdated cipher suites",
    explanation: "The endpoint takes none of the suites with ephemeral keys and authenticated \
        encryption. Java may still connect: it knows suites with CBC and, before release 25, those \
        named `TLS_RSA_…`. The handshake is not continued here, so the certificates are not judged.",
    help: "enable suites such as TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, or TLS 1.3",
};

pub(super) fn check(sighting: &Sighting<'_>, report: &mut Report) {
    if let Some(suite) = &sighting.seen.odd_suite {
        let message =
            format!("it takes {suite} and nothing newer; its certificates were not judged");
        report.push(sighting.finding(&RULE, message));
    }
}
