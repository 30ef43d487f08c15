//! The connections to an endpoint, one after the other: each asks one question.

use super::handshake::{Hello, Session, Versions, shake_hands};
use super::large_hello;
use super::network::{Network, Unreachable};
use super::observation::TransportAnswer;
use super::observation::{Attempt, End, Observation, Protocol, Reply};
use super::old_hello::{self, Wish};
use super::plan::EndpointPlan;
use super::transport::{self, Dialect};

/// Looks at an endpoint. Sends nothing but TLS handshakes and, if the plan says so, the handshake of
/// the transport protocol.
pub(super) fn observe(plan: &EndpointPlan, network: &dyn Network) -> Observation {
    let hello = Hello {
        server_name: plan.sent_name(),
        versions: Versions::Both,
        identity: plan.identity.as_ref(),
    };
    let (first, session) = shake_hands(network, hello);
    let mut seen = Observation::new(first);
    ask_transport(plan, network, hello, session, &mut seen);
    if seen.first.chain.is_none() {
        look_for_old_ways(network, hello, &mut seen);
        return seen;
    }
    compare_versions(network, hello, &mut seen);
    seen.large_hello = large_hello::ask(network, hello.server_name);
    let attempt = |hello| try_again(network, hello);
    let sent =
        seen.first.request.as_ref().is_some_and(|request| request.reply == Reply::Certificate);
    if sent {
        seen.anonymous = attempt(Hello { identity: None, ..hello });
    }
    if hello.server_name.is_some() {
        seen.other_names.extend(attempt(Hello { server_name: None, ..hello }));
    }
    if let (Some(_), Some(host)) = (&plan.server_name, plan.host_as_name()) {
        seen.other_names.extend(attempt(Hello { server_name: Some(host), ..hello }));
    }
    for _ in 1..plan.connections {
        let Some(again) = attempt(hello) else { break };
        seen.repeats.push(again);
    }
    seen
}

impl Observation {
    pub(super) fn new(first: Attempt) -> Self {
        Self {
            first,
            versions: Vec::new(),
            odd_suite: None,
            large_hello: None,
            anonymous: None,
            other_names: Vec::new(),
            repeats: Vec::new(),
            transport: None,
            plain_transport: None,
        }
    }
}

/// One more handshake. Nothing if the time for the endpoint is up.
fn try_again(network: &dyn Network, hello: Hello<'_>) -> Option<Attempt> {
    let (attempt, session) = shake_hands(network, hello);
    if let Some(session) = session {
        session.close();
    }
    let out_of_time = attempt.end == End::Unreachable(Unreachable::OutOfTime);
    (!out_of_time).then_some(attempt)
}

/// Sends the handshake of the transport protocol on the session, or without TLS where there is none.
fn ask_transport(
    plan: &EndpointPlan,
    network: &dyn Network,
    hello: Hello<'_>,
    session: Option<Session>,
    seen: &mut Observation,
) {
    let Some(mut session) = session else {
        let may_be_plain = match &seen.first.end {
            End::Closed | End::Silent => seen.first.chain.is_none(),
            End::NotTls(_) => true,
            _ => false,
        };
        if plan.transport_probe && may_be_plain {
            seen.plain_transport = ask_in_the_clear(network);
        }
        return;
    };
    if plan.transport_probe {
        session.wait_at_most(transport::PATIENCE);
        let answer = transport::ask(&mut session, Dialect::Seven);
        let release = answer.speaks_nine().then(|| ask_release(network, hello)).flatten();
        seen.transport = Some(release.unwrap_or(answer));
    }
    session.close();
}

/// Asks a node of 9.x for its release, on a connection of its own.
fn ask_release(network: &dyn Network, hello: Hello<'_>) -> Option<TransportAnswer> {
    let (_, session) = shake_hands(network, hello);
    let mut session = session?;
    session.wait_at_most(transport::PATIENCE);
    let answer = transport::ask(&mut session, Dialect::Nine);
    session.close();
    matches!(answer, TransportAnswer::Version { .. }).then_some(answer)
}

fn ask_in_the_clear(network: &dyn Network) -> Option<TransportAnswer> {
    let mut stream = network.connect().ok()?;
    stream.wait_at_most(transport::PATIENCE);
    Some(transport::ask(stream.as_mut(), Dialect::Seven))
}

/// Where no certificate was seen: whether the endpoint speaks a TLS that is not spoken here.
fn look_for_old_ways(network: &dyn Network, hello: Hello<'_>, seen: &mut Observation) {
    let spoke_tls = matches!(seen.first.end, End::Alert(_) | End::Faulty { .. } | End::Closed);
    let is_plain = seen.plain_transport.as_ref().is_some_and(TransportAnswer::is_transport);
    if !spoke_tls || is_plain {
        return;
    }
    let ask = |wish| old_hello::ask(network, wish, hello.server_name);
    seen.odd_suite = ask(Wish::OldSuite).and_then(old_hello::Agreed::suite);
    if let Some(agreed) = ask(Wish::OldVersion) {
        seen.versions.push((Protocol::Older, agreed.is_old_version()));
    }
}

/// Which versions are taken besides the one that was agreed on.
fn compare_versions(network: &dyn Network, hello: Hello<'_>, seen: &mut Observation) {
    let agreed = seen.first.protocol;
    let one = |versions| {
        let attempt = try_again(network, Hello { versions, identity: None, ..hello })?;
        Some(attempt.protocol.is_some())
    };
    for (protocol, versions) in
        [(Protocol::Tls13, Versions::Tls13), (Protocol::Tls12, Versions::Tls12)]
    {
        // With both offered, 1.2 is agreed on only where 1.3 is not taken.
        let taken = match agreed {
            Some(agreed) if agreed == protocol => Some(true),
            Some(Protocol::Tls12) => Some(false),
            _ => one(versions),
        };
        seen.versions.extend(taken.map(|taken| (protocol, taken)));
    }
    if let Some(agreed) = old_hello::ask(network, Wish::OldVersion, hello.server_name) {
        seen.versions.push((Protocol::Older, agreed.is_old_version()));
    }
}
