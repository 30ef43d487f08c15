//! PF066: the answer to the transport handshake.

use crosstrust_report::{Report, Rule, Severity};

use crate::endpoint::observation::TransportAnswer;
use crate::endpoint::sighting::Sighting;

pub(crate) const RULE: Rule = Rule {
    code: "PF066",
    severity: Severity::Note,
    summary: "the answer to the transport handshake",
    explanation: "The probe sends the first message that Elasticsearch nodes exchange. An answer with a \
        version proves that an Elasticsearch node is behind the endpoint, that it accepted our \
        certificate, and what it speaks. Nodes understand each other within a major version, and \
        the last minor of the one before. No answer may mean a proxy, a filter, or another \
        protocol.",
    help: "compare the versions of both clusters with Elastic's compatibility table",
};

pub(super) fn check(sighting: &Sighting<'_>, report: &mut Report) {
    let message = match &sighting.seen.transport {
        Some(answer @ TransportAnswer::Version { .. }) => format!("it answers as {answer}"),
        Some(TransportAnswer::Garbage { .. }) | None => return,
        Some(answer) => format!("no version from the transport handshake: {answer}"),
    };
    report.push(sighting.finding(&RULE, message));
}
