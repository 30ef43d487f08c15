//! PF067: a port for something else.

use crosstrust_report::{Report, Rule, Severity};

use crate::endpoint::observation::Demand;
use crate::endpoint::observation::TransportAnswer;
use crate::endpoint::sighting::Sighting;
use crate::settings::SecurityModel;

pub(crate) const RULE: Rule = Rule {
    code: "PF067",
    severity: Severity::Warning,
    summary: "a port for something else",
    explanation: "A node has up to three ports with TLS: HTTP (9200), transport (9300) and the remote \
        cluster server (9443). Only the transport port asks for a client certificate by default, \
        and only with the certificate model is it the one to connect to; with API keys it is the \
        remote cluster server. In Elastic Cloud the ports are 9400 and 9443.",
    help: "compare the port with the security model of the connection",
};

pub(super) fn check(sighting: &Sighting<'_>, report: &mut Report) {
    let seen = sighting.seen;
    let demand = seen.demand();
    let message = match &seen.transport {
        Some(answer @ TransportAnswer::Garbage { text }) if text.starts_with("HTTP/") => {
            format!("it speaks HTTP behind TLS: {answer}")
        }
        Some(answer @ TransportAnswer::Garbage { .. }) => answer.to_string(),
        _ if sighting.is_untrusted() => return,
        _ => match (sighting.plan.model, demand) {
            (SecurityModel::Tls, Some(Demand::None)) => {
                "it asks for no client certificate, as a transport port does; it looks like the \
                 HTTP port or the remote cluster server"
                    .to_owned()
            }
            (SecurityModel::ApiKey, Some(Demand::Required)) => {
                "it requires a client certificate, which neither the remote cluster server nor the HTTP port \
                 does by default; it looks like the transport port"
                    .to_owned()
            }
            _ => return,
        },
    };
    report.push(sighting.finding(&RULE, message));
}
