//! PF055: an old version of TLS.

use crosstrust_report::{Report, Rule, Severity};

use crate::endpoint::observation::Protocol;
use crate::endpoint::sighting::Sighting;

pub(crate) const RULE: Rule = Rule {
    code: "PF055",
    severity: Severity::Warning,
    summary: "an old version of TLS",
    explanation: "Either versions before TLS 1.2 are still taken, which no Java does any more by itself: \
        something else ends the connection, or the security settings of Java were loosened. Or TLS \
        1.3 is not taken, which present releases of Elasticsearch offer by default.",
    help: "compare `ssl.supported_protocols` on both sides, and look for a proxy in between",
};

pub(super) fn check(sighting: &Sighting<'_>, report: &mut Report) {
    let seen = sighting.seen;
    if seen.first.chain.is_none() {
        return;
    }
    if seen.versions.contains(&(Protocol::Older, true)) {
        report.push(sighting.finding(&RULE, "TLS 1.1 or older is still taken"));
    }
    if seen.versions.contains(&(Protocol::Tls13, false)) {
        report.push(sighting.finding(&RULE, "TLS 1.3 is not taken, only TLS 1.2"));
    }
}
