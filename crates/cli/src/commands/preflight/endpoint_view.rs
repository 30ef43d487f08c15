//! What was found at endpoints, for people and as JSON.

use std::fmt::Write;

use crosstrust_preflight::Verdict;
use crosstrust_preflight::endpoint::{
    CertificateRequest, Demand, EndpointVerdict, LargeHello, Observation, Protocol, Reply,
    TransportAnswer,
};
use crosstrust_report::Report;
use crosstrust_report::print::{self, Layout, Style, printable};
use crosstrust_x509::Certificate;
use serde::Serialize;

use crate::table::{Cell, Column, Table};

/// A block for each endpoint, or a table where they are many; then the findings.
pub(super) fn human(verdicts: &[EndpointVerdict], report: &Report, layout: Layout) -> String {
    let mut out = if verdicts.len() > MOST_BLOCKS {
        table(verdicts).render(layout.style, layout.columns)
    } else {
        verdicts.iter().map(|verdict| block(verdict, layout.style)).collect::<Vec<_>>().join("\n")
    };
    let findings = print::human(report, layout);
    if !findings.is_empty() {
        out.push('\n');
        out.push_str(&findings);
    }
    out
}

fn table(verdicts: &[EndpointVerdict]) -> Table {
    let mut table = Table::new([
        ("endpoint", Column::Path),
        ("server", Column::Word),
        ("accepts us", Column::Word),
        ("TLS", Column::Word),
        ("days left", Column::Number),
        ("certificate", Column::Text),
    ]);
    for verdict in verdicts {
        let seen = &verdict.observation;
        let server = match &verdict.as_server {
            Some(verdict) => Cell::verdict(verdict.is_accepted(), verdict.word()),
            None => Cell::verdict(false, "not seen"),
        };
        let us = match seen.accepts_us() {
            Some(true) => Cell::verdict(true, "yes"),
            Some(false) => Cell::verdict(false, "no"),
            None => Cell::new("-"),
        };
        let tls = Cell::new(seen.first.protocol.map_or("-", short));
        let days = verdict.days_left.map_or_else(|| "-".to_owned(), |days| days.to_string());
        let subject = match seen.first.leaf() {
            Some(leaf) => leaf.subject().to_string(),
            None => seen.first.end.to_string(),
        };
        let target = Cell::new(&verdict.target);
        table.row([target, server, us, tls, Cell::new(&days), Cell::new(&subject)]);
    }
    table
}

fn block(verdict: &EndpointVerdict, style: Style) -> String {
    let seen = &verdict.observation;
    let mut out = format!("{}\n", style.strong(&verdict.target));
    let mut line = |name: &str, text: &str| {
        let _ = writeln!(out, "  {name:12}  {text}");
    };
    if seen.first.chain.is_none() {
        line("TLS", &style.verdict(false, "", &seen.first.end.to_string()));
        return out;
    }
    line("TLS", &tls(seen));
    if let Some(chain) = &seen.first.chain {
        line("certificate", &certificate(chain, verdict.days_left));
    }
    // Whoever has no CA to judge by compares this with what the owner says.
    let unjudged = verdict.as_server.as_ref().is_some_and(|judged| judged.key() == "not_judged");
    for one in seen.first.chain.iter().flatten().filter(|_| unjudged) {
        line("SHA-256", &format!("{} {}", one.fingerprint_sha256(), one.subject()));
    }
    let names: Vec<&str> = verdict.names.iter().map(|name| name.value.as_str()).collect();
    let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    line("names", &printable(&names));
    if let Some(judged) = &verdict.as_server {
        let verdict = style.verdict(judged.is_accepted(), "accepted", judged.word());
        let why = judged.reason().map(|why| format!(": {why}")).unwrap_or_default();
        line("as server", &format!("{verdict}{why}"));
    }
    line("asks for", &demand(seen));
    line("our own", &ours(seen, style));
    if let Some(answer) = &seen.transport {
        line("transport", &answer.to_string());
    }
    out
}

/// `1.3 with TLS_AES_256_GCM_SHA384; takes also 1.2; not 1.1 or older`.
fn tls(seen: &Observation) -> String {
    let first = &seen.first;
    let agreed = first.protocol.map_or("-", short);
    let mut text = format!("{agreed} with {}", first.suite.as_deref().unwrap_or("no suite"));
    let of = |wanted: bool| {
        let others = seen.versions.iter().filter(|(version, _)| Some(*version) != first.protocol);
        let others = others.filter(|(_, taken)| *taken == wanted);
        others.map(|(version, _)| short(*version)).collect::<Vec<_>>().join(", ")
    };
    for (words, versions) in [("takes also", of(true)), ("does not take", of(false))] {
        if !versions.is_empty() {
            let _ = write!(text, "; {words} {versions}");
        }
    }
    text
}

fn certificate(chain: &[Certificate], days_left: Option<i64>) -> String {
    let Some(leaf) = chain.first() else { return "none".to_owned() };
    let days = days_left.map(|days| format!(" ({days} days left)")).unwrap_or_default();
    let more = match chain.len() {
        1 => "sent alone".to_owned(),
        count => format!("sent with {} more", count.saturating_sub(1)),
    };
    format!("{} of {}, until {}{days}, {more}", leaf.subject(), leaf.issuer(), leaf.not_after())
}

fn demand(seen: &Observation) -> String {
    let Some(request) = &seen.first.request else { return "no client certificate".to_owned() };
    let demand = seen.demand().unwrap_or(Demand::Unknown);
    let names = names(request);
    let of = if names.is_empty() { "any CA".to_owned() } else { names.join(", ") };
    format!("a client certificate ({demand}) of {of}")
}

fn ours(seen: &Observation, style: Style) -> String {
    match (&seen.first.request, seen.accepts_us()) {
        (_, Some(true)) => style.verdict(true, "accepted", ""),
        (_, Some(false)) => style.verdict(false, "", "refused"),
        (None, None) => "not asked for".to_owned(),
        (Some(request), None) => match request.reply {
            Reply::NothingToSend => "not given".to_owned(),
            _ => "not sent, since it is of none of these".to_owned(),
        },
    }
}

fn names(request: &CertificateRequest) -> Vec<String> {
    request.authorities.iter().map(ToString::to_string).collect()
}

fn short(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Tls13 => "1.3",
        Protocol::Tls12 => "1.2",
        _ => "1.1 or older",
    }
}

/// The JSON document.
#[derive(Serialize)]
pub(super) struct Document<'a> {
    #[serde(flatten)]
    report: &'a Report,
    endpoints: Vec<Endpoint<'a>>,
}

#[derive(Serialize)]
struct Endpoint<'a> {
    #[serde(rename = "endpoint")]
    target: &'a str,
    ok: bool,
    as_server: Option<bool>,
    /// What our own side makes of it; not judged where it shows no certificate.
    verdict: &'static str,
    names: Vec<&'a str>,
    days_left: Option<i64>,
    tls: Option<Tls<'a>>,
    certificates: Vec<Presented>,
    client_certificate: Option<ClientCertificate>,
    transport: Option<Transport<'a>>,
    ended: String,
}

#[derive(Serialize)]
struct Tls<'a> {
    version: &'static str,
    suite: Option<&'a str>,
    server_name: Option<&'a str>,
    takes: Vec<&'static str>,
    /// Whether a hello as JDK 27 sends it is answered; nothing where that was not found out.
    large_hello: Option<bool>,
    milliseconds: u64,
}

#[derive(Serialize)]
struct Presented {
    subject: String,
    issuer: String,
    serial: String,
    not_before: String,
    not_after: String,
    fingerprint_sha256: String,
}

#[derive(Serialize)]
struct ClientCertificate {
    demand: String,
    authorities: Vec<String>,
    sent: bool,
    accepted: Option<bool>,
}

#[derive(Serialize)]
struct Transport<'a> {
    version: Option<u32>,
    release: Option<&'a str>,
    answer: String,
}

impl<'a> Document<'a> {
    /// What was found at the endpoints, and all findings.
    pub(super) fn new(verdicts: &'a [EndpointVerdict], report: &'a Report) -> Self {
        Self { report, endpoints: verdicts.iter().map(Endpoint::new).collect() }
    }
}

impl<'a> Endpoint<'a> {
    fn new(verdict: &'a EndpointVerdict) -> Self {
        let seen = &verdict.observation;
        let first = &seen.first;
        Self {
            target: &verdict.target,
            ok: verdict.ok(),
            as_server: verdict.as_server.as_ref().map(Verdict::is_accepted),
            verdict: verdict.as_server.as_ref().map_or("not_judged", Verdict::key),
            names: verdict.names.iter().map(|name| name.value.as_str()).collect(),
            days_left: verdict.days_left,
            tls: first.protocol.map(|version| Tls {
                version: short(version),
                suite: first.suite.as_deref(),
                server_name: first.server_name.as_deref(),
                takes: seen.versions.iter().filter(|(_, t)| *t).map(|(v, _)| short(*v)).collect(),
                large_hello: seen.large_hello.as_ref().map(|hello| *hello == LargeHello::Answered),
                milliseconds: u64::try_from(first.took.as_millis()).unwrap_or(u64::MAX),
            }),
            certificates: first.chain.iter().flatten().map(Presented::new).collect(),
            client_certificate: first.request.as_ref().map(|request| ClientCertificate {
                demand: seen.demand().unwrap_or(Demand::Unknown).to_string(),
                authorities: names(request),
                sent: request.reply == Reply::Certificate,
                accepted: seen.accepts_us(),
            }),
            transport: seen.transport.as_ref().or(seen.plain_transport.as_ref()).map(transport),
            ended: first.end.to_string(),
        }
    }
}

impl Presented {
    fn new(certificate: &Certificate) -> Self {
        Self {
            subject: certificate.subject().to_string(),
            issuer: certificate.issuer().to_string(),
            serial: certificate.serial_hex(),
            not_before: certificate.not_before().to_string(),
            not_after: certificate.not_after().to_string(),
            fingerprint_sha256: certificate.fingerprint_sha256(),
        }
    }
}

fn transport(answer: &TransportAnswer) -> Transport<'_> {
    let (version, release) = match answer {
        TransportAnswer::Version { id, release } => (Some(*id), release.as_deref()),
        _ => (None, None),
    };
    Transport { version, release, answer: answer.to_string() }
}

/// More endpoints than these are shown as a table.
const MOST_BLOCKS: usize = 4;
