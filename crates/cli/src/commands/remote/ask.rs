//! Asking a running cluster, over connections whose other end was judged before anything is sent.

use std::io::Write;
use std::time::Duration;

use crosstrust_preflight::endpoint::{EndpointPlan, EndpointVerdict, OwnHelp, open};
use crosstrust_preflight::{SecurityModel, Settings};
use crosstrust_remote::{HttpAnswer, HttpError, get_request, read_answer};
use crosstrust_x509::Timestamp;
use zeroize::Zeroizing;

use super::api_key::ApiKey;
use crate::context::Context;
use crate::failure::{Failure, Message, describe};
use crate::input;
use crate::material::trust::trust_list;
use crate::network::TcpNetwork;
use crate::password::Source;
use crate::url::Url;

/// A cluster that can be asked.
pub(super) struct Cluster<'a> {
    pub(super) url: &'a Url,
    key: ApiKey,
    plan: EndpointPlan,
    network: TcpNetwork,
}

/// By what the cluster is judged before it is asked.
pub(super) struct Judge<'a> {
    /// Files of CAs; those of the operating system where there are none.
    pub(super) authorities: &'a [String],
    pub(super) source: &'a Source<'a>,
    pub(super) now: Timestamp,
}

/// What became of a question.
pub(super) enum Asked {
    /// The cluster answered.
    Answered(String),
    /// It answered something else.
    Failed(Message),
    /// It was not asked, since whoever is there was not accepted.
    Refused(Box<EndpointVerdict>),
}

impl<'a> Cluster<'a> {
    /// A cluster that nobody has connected to yet.
    pub(super) fn new(
        url: &'a Url,
        key: ApiKey,
        judge: &Judge<'_>,
        context: &mut Context,
    ) -> Result<Self, Failure> {
        let Judge { authorities, source, now } = *judge;
        let trust = match authorities {
            [] => trust_list(&[system_authorities()?], source, context)?,
            files => trust_list(files, source, context)?,
        };
        let address = &url.address;
        let mut plan = EndpointPlan::new(&address.host, address.port, Settings::new(trust), now);
        // As with API keys between clusters, one side alone has a certificate.
        plan.model = SecurityModel::ApiKey;
        // It is no question here, and the hint that names it would be none.
        plan.transport_probe = true;
        plan.own_help = Some(OWN_HELP);
        let network = TcpNetwork::new(address, STEP);
        Ok(Self { url, key, plan, network })
    }

    /// Puts a GET request. Nothing of it is sent before the other side is accepted.
    pub(super) fn ask(&self, path: &str) -> Asked {
        let (verdict, channel) = open(&self.plan, &self.network);
        let Some(mut channel) = channel else { return Asked::Refused(Box::new(verdict)) };
        channel.wait_at_most(STEP);
        let path = format!("{}{path}", self.url.prefix);
        let authority = self.url.address.to_string();
        let request = Zeroizing::new(get_request(&authority, &path, self.key.reveal()));
        let sent = channel.write_all(request.as_bytes()).and_then(|()| channel.flush());
        // Some answer and close before they have read everything.
        let answer = read_answer(&mut channel);
        channel.close();
        let answer = match (sent, answer) {
            (_, Ok(answer)) => text_of(&self.without_key(&answer)),
            (Err(error), Err(_)) => Err(Message::new(describe(&error))),
            (Ok(()), Err(error)) => Err(unanswered(&error)),
        };
        match answer {
            Ok(text) => Asked::Answered(text),
            Err(message) => Asked::Failed(message.at(format!("https://{authority}{path}"))),
        }
    }

    /// An answer, which may repeat what it was sent.
    fn without_key(&self, answer: &HttpAnswer) -> Answer {
        let hidden = |text: &str| self.key.hidden_in_answer(text);
        Answer {
            status: answer.status,
            location: answer.location.as_deref().map(hidden),
            text: hidden(&String::from_utf8_lossy(&answer.body)),
        }
    }
}

/// An answer that may be shown.
struct Answer {
    status: u16,
    location: Option<String>,
    text: String,
}

fn unanswered(error: &HttpError) -> Message {
    let message = Message::new(error);
    match error {
        HttpError::Slow { .. } => message.hint("ask again, or another node of the cluster"),
        HttpError::NotHttp { .. } => message.hint(NOT_ELASTICSEARCH),
        _ => message,
    }
}

/// The text of an answer that is one, or why it is none.
fn text_of(answer: &Answer) -> Result<String, Message> {
    let Answer { status, location, text } = answer;
    let status = *status;
    let told = |what: &str, hint: &str| Err(Message::new(what).hint(hint));
    match status {
        200 if is_json(text) => Ok(text.clone()),
        200 => told(&format!("the answer is not JSON: {}", beginning(text)), NOT_ELASTICSEARCH),
        300..=399 => {
            let to = location.as_deref().unwrap_or("somewhere else");
            let what = format!("the answer sends us to `{}` ({status})", shortened(to));
            told(
                &what,
                "the API key is sent nowhere else: give that address with --url if it is the cluster's",
            )
        }
        401 => told(
            &format!("the API key is not accepted (401){}", reason(text)),
            "give a key of this very cluster that is neither expired nor invalidated, as the text `encoded` of the \
             answer that made it",
        ),
        403 => told(
            &format!("the API key does not allow the question (403){}", reason(text)),
            "give a key with the cluster privilege `monitor`, such as by POST /_security/api_key with \
             {\"name\": \"crosstrust\", \"role_descriptors\": {\"monitor\": {\"cluster\": [\"monitor\"]}}}",
        ),
        404 => told(&format!("there is no such thing (404){}", reason(text)), NOT_ELASTICSEARCH),
        429 | 502..=504 => told(
            &format!("the cluster is not ready to answer ({status}){}", reason(text)),
            "ask again, or another node: a cluster without an elected master, and a proxy without nodes behind it, \
             answer so",
        ),
        _ => {
            told(&format!("the answer has the status {status}{}", reason(text)), NOT_ELASTICSEARCH)
        }
    }
}

fn is_json(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '['])
}

/// What Elasticsearch says of an error, else how the answer begins.
fn reason(text: &str) -> String {
    let json = serde_json::from_str::<serde_json::Value>(text).unwrap_or_default();
    let error = json.get("error");
    let reason = error.and_then(|error| error.get("reason").or(Some(error))?.as_str());
    match reason {
        Some(reason) => format!(": {}", shortened(reason)),
        None if text.trim().is_empty() => String::new(),
        None => format!(": {}", beginning(text)),
    }
}

fn beginning(text: &str) -> String {
    if text.trim().is_empty() {
        "it is empty".to_owned()
    } else {
        format!("it begins with `{}`", shortened(text))
    }
}

/// One line of what somebody else wrote.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST_CHARACTERS) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default()),
        None => line,
    }
}

/// The CAs of the operating system.
fn system_authorities() -> Result<String, Failure> {
    let named = input::variable("SSL_CERT_FILE");
    let places = SYSTEM_AUTHORITIES.iter().map(|path| (*path).to_owned());
    let found = named.into_iter().chain(places).find(|path| input::is_file(path));
    found.ok_or_else(|| {
        let message = Message::new("no list of CAs is found on this machine");
        message.hint("name the CA of the cluster's HTTP layer with --ca").into()
    })
}

/// Where systems have their CAs: Debian, Red Hat, SUSE, Alpine and macOS.
const SYSTEM_AUTHORITIES: [&str; 4] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];
/// What to do about a cluster that is not accepted.
const OWN_HELP: OwnHelp = OwnHelp {
    untrusted: "if this is the cluster that you mean, name the CA of its HTTP layer with --ca, such as \
        /etc/elasticsearch/certs/http_ca.crt; else look what answers at this address",
    host_name: "give a name that the certificate has with --url, or issue the certificate of the HTTP layer again with \
        this one",
};
const NOT_ELASTICSEARCH: &str =
    "give the address of Elasticsearch's HTTP layer with --url, as Kibana or curl have it";
/// How long a connection, and how long an answer may take. All questions together have 14 seconds.
const STEP: Duration = Duration::from_secs(5);
const MOST_CHARACTERS: usize = 160;
