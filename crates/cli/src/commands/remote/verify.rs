//! `crosstrust remote verify`.

use clap::{ArgGroup, Args};
use crosstrust_remote::{AnswerError, Connection, Model, RemoteInfo};
use crosstrust_report::{Report, print};
use serde::Serialize;

use super::planned::Planned;
use super::running::{self, ClusterOptions, Seen};
use crosstrust_report::print::printable;

use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::options::AtOption;
use crate::options::report::ReportOptions;
use crate::outcome::Outcome;
use crate::password::InputPassword;

/// Say whether the clusters are connected, and if not, why: ask the local cluster, or read its answer
///
/// With --info the answer to GET /_remote/info is read. With --url the cluster itself is asked that, GET
/// /_cluster/settings and GET /_ssl/certificates, three questions that change nothing; its certificate
/// is judged before the API key is sent, and the answers come within 15 seconds or not at all. With a connection
/// file its alias alone is looked at, and whether model, address, server name and the other settings are those that
/// were planned.
#[derive(Args, Debug)]
#[command(group = ArgGroup::new("answers").required(true))]
pub(crate) struct Arguments {
    /// The connection file
    connection: Option<String>,
    /// File with the answer to GET /_remote/info, or - for standard input
    #[arg(long, value_name = "FILE", group = "answers")]
    info: Option<String>,
    #[command(flatten)]
    cluster: ClusterOptions,
    #[command(flatten)]
    at: AtOption,
    #[command(flatten)]
    password: InputPassword,
    #[command(flatten)]
    output: ReportOptions,
}

#[derive(Serialize)]
struct Document<'a> {
    /// Whether the cluster answered which remote clusters it has.
    answered: bool,
    remotes: Vec<Listed<'a>>,
    #[serde(flatten)]
    report: &'a Report,
}

#[derive(Serialize)]
struct Listed<'a> {
    alias: &'a str,
    connected: bool,
    model: &'static str,
    addresses: Vec<&'a str>,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let planned = match &arguments.connection {
        Some(path) => Some(Planned::read(path, context)?),
        None => None,
    };
    let seen = match (&arguments.info, &arguments.cluster.url) {
        (Some(path), _) => {
            refuse_unused(arguments)?;
            from_file(path, planned.as_ref(), context)?
        }
        (None, Some(url)) => {
            let asking = (&arguments.password.source(), arguments.at.now());
            running::look(url, &arguments.cluster, planned.as_ref(), asking, context)?
        }
        (None, None) => return Err(Message::new("nothing is named to read or to ask").into()),
    };
    let Seen { info, report, lines, .. } = &seen;
    let connection = planned.as_ref().map(|planned| &planned.connection);
    let listed = |info| list(info, connection);
    let human = |layout| {
        let remotes: String = info.iter().flat_map(listed).map(|one| line(&one)).collect();
        let is_none = info.as_ref().is_some_and(|info| info.remotes().is_empty());
        let none = if is_none { "no remote cluster is registered\n" } else { "" };
        let findings = print::human(report, layout);
        let blank = if findings.is_empty() { "" } else { "\n" };
        format!("{none}{}{}{blank}{findings}", printable(&remotes), printable(lines))
    };
    let document = || Document {
        answered: info.is_some(),
        remotes: info.iter().flat_map(listed).collect(),
        report,
    };
    let text = arguments.output.render(report, context, human, document);
    context.print(&seen.without_key(&text))?;
    Ok(arguments.output.outcome_of(report, info.is_some()))
}

/// Refuses options that say how a cluster is asked, where none is.
fn refuse_unused(arguments: &Arguments) -> Result<(), Failure> {
    let at = arguments.at.at.map(|_| "--at");
    let pass = arguments.password.source().is_given().then_some("--pass");
    match at.or(pass).or_else(|| arguments.cluster.first_given()) {
        Some(option) => {
            let message = format!("{option} is of no use with --info");
            Err(Message::new(message).hint("have the cluster asked with --url").into())
        }
        None => Ok(()),
    }
}

/// What a file says that has the answer.
fn from_file(
    path: &str,
    planned: Option<&Planned>,
    context: &mut Context,
) -> Result<Seen, Failure> {
    let text = context.read_text(path)?;
    let info = RemoteInfo::parse(&text).map_err(|error| unread(&error, path))?;
    let mut report = Planned::judge(planned, &info, path);
    report.look_at(path);
    Ok(Seen { info: Some(info), report, lines: String::new(), key: None })
}

/// Why the answer cannot be judged, and how one gets it.
fn unread(error: &AnswerError, path: &str) -> Message {
    let message = Message::new(error).at(path);
    if matches!(error, AnswerError::Error { .. }) {
        return message
            .hint("ask as a user with the cluster privilege `monitor` on the local cluster");
    }
    message.hint("save what the local cluster answers to GET /_remote/info, such as: curl -s -u USER https://localhost:9200/_remote/info > info.json; or have it asked with --url")
}

fn line(listed: &Listed<'_>) -> String {
    let Listed { alias, connected, model, addresses } = listed;
    let state = if *connected { "connected" } else { "not connected" };
    let to =
        if addresses.is_empty() { String::new() } else { format!(" to {}", addresses.join(", ")) };
    format!("{alias}: {state}{to}, by {model}\n")
}

fn list<'a>(info: &'a RemoteInfo, connection: Option<&Connection>) -> Vec<Listed<'a>> {
    let asked = |alias: &str| connection.is_none_or(|connection| connection.alias == alias);
    let remotes = info.remotes().into_iter().filter(|remote| asked(remote.alias()));
    let listed = remotes.map(|remote| Listed {
        alias: remote.alias(),
        connected: remote.is_connected(),
        model: match remote.model() {
            Model::ApiKey => "api-key",
            Model::Tls => "tls",
        },
        addresses: remote.addresses(),
    });
    listed.collect()
}
