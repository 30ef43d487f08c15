//! PF053: no TLS at this endpoint.

use crosstrust_report::{Report, Rule, Severity};

use crate::endpoint::observation::TransportAnswer;
use crate::endpoint::observation::{End, Protocol};
use crate::endpoint::sighting::Sighting;

pub(crate) const RULE: Rule = Rule {
    code: "PF053",
    severity: Severity::Error,
    summary: "no TLS at this endpoint",
    explanation: "Nothing can be said about certificates, since the endpoint is not reached, or does not \
        complete a TLS handshake. It may speak HTTP or the transport protocol in the clear, as a \
        node does without `xpack.security.transport.ssl.enabled`; something in between may close \
        the connection; or it may find nothing in common with the protocols and cipher suites \
        that are offered.",
    help: "check host, port and firewalls from the very machine that is to connect, and that TLS is \
        enabled at this port",
};

pub(super) fn check(sighting: &Sighting<'_>, report: &mut Report) {
    let seen = sighting.seen;
    let first = &seen.first;
    let told_elsewhere =
        seen.odd_suite.is_some() || seen.versions.contains(&(Protocol::Older, true));
    if first.is_established()
        || first.request.is_some()
        || (first.chain.is_none() && told_elsewhere)
    {
        return;
    }
    if let Some(answer) = seen.plain_transport.as_ref().filter(|answer| answer.is_transport()) {
        let message = match answer {
            TransportAnswer::Version { .. } => {
                format!("it speaks the transport protocol without TLS, version {answer}")
            }
            _ => "it speaks the transport protocol without TLS".to_owned(),
        };
        report.push(sighting.finding(&RULE, message).with_help(HELP_FOR_PLAIN));
        return;
    }
    let finding = sighting.finding(&RULE, first.end.to_string());
    report.push(match help(&first.end, sighting.plan.transport_probe) {
        Some(help) => finding.with_help(help),
        None => finding,
    });
}

fn help(end: &End, probed: bool) -> Option<&'static str> {
    match end {
        End::Closed if !probed => Some(
            "a node without TLS does so: `--transport-probe` tells whether it is one; else look for \
             `transport.filter` settings and for proxies in between",
        ),
        End::Silent if !probed => Some(
            "a server that waits for something else than TLS does so: `--transport-probe` tells \
             whether it is a node without TLS",
        ),
        End::NotTls(_) => Some(
            "TLS is not enabled here, or this is another service's port: the transport port is \
             9300, that of the remote cluster server 9443",
        ),
        _ => None,
    }
}

const HELP_FOR_PLAIN: &str =
    "set `xpack.security.transport.ssl.enabled: true` on the node, which needs a restart";
