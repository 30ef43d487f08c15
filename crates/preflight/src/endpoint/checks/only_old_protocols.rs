//! PF054: no version of TLS that Java takes.

use crosstrust_report::{Report, Rule, Severity};

use crate::endpoint::observation::Protocol;
use crate::endpoint::sighting::Sighting;

pub(crate) const RULE: Rule = Rule {
    code: "PF054",
    severity: Severity::Error,
    summary: "no version of TLS that Java takes",
    explanation: "Elasticsearch offers TLS 1.3 and 1.2. Older versions may stand in its settings, and \
        Java has disabled them all the same (`jdk.tls.disabledAlgorithms`). The endpoint takes \
        only those.",
    help: "enable TLS 1.2 or 1.3 at the endpoint, or at the proxy in front of it",
};

pub(super) fn check(sighting: &Sighting<'_>, report: &mut Report) {
    let seen = sighting.seen;
    if seen.first.chain.is_none() && seen.versions.contains(&(Protocol::Older, true)) {
        report.push(sighting.finding(&RULE, "it takes only TLS 1.1 or older"));
    }
}
