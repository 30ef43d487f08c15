//! PF069: a slow handshake.

use std::time::Duration;

use crosstrust_report::{Report, Rule, Severity};

use crate::endpoint::sighting::Sighting;

pub(crate) const RULE: Rule = Rule {
    code: "PF069",
    severity: Severity::Note,
    summary: "a slow handshake",
    explanation: "Connecting and shaking hands took seconds. Elasticsearch gives a connection 30 seconds \
        by default (`transport.connect_timeout`), and opens many of them to a remote cluster; where \
        one takes seconds, some will fail under load.",
    help: "look for name resolution, a firewall or a VPN that delays, and for packets that are lost",
};

pub(super) fn check(sighting: &Sighting<'_>, report: &mut Report) {
    let first = &sighting.seen.first;
    if first.chain.is_some() && first.took > SLOW {
        let message = format!("the handshake took {:.1} s", first.took.as_secs_f64());
        report.push(sighting.finding(&RULE, message));
    }
}

const SLOW: Duration = Duration::from_secs(2);
