//! `crosstrust remote verify`.

use clap::Args;
use crosstrust_remote::{Connection, Model, RemoteInfo, RemoteInfoError};
use crosstrust_report::print;
use serde::Serialize;

use crate::context::Context;
use crate::failure::{Failure, Message, printable};
use crate::material::connection;
use crate::options::report::ReportOptions;
use crate::outcome::Outcome;

/// Say from the answer to GET /_remote/info whether the clusters are connected, and if not, why
///
/// With a connection file its alias alone is looked at, and whether model, address, server name and
/// the other settings are those that were planned.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The connection file
    connection: Option<String>,
    /// File with the answer, or - for standard input
    #[arg(long, value_name = "FILE")]
    info: String,
    #[command(flatten)]
    output: ReportOptions,
}

#[derive(Serialize)]
struct Document<'a> {
    remotes: Vec<Listed<'a>>,
    #[serde(flatten)]
    report: &'a crosstrust_report::Report,
}

#[derive(Serialize)]
struct Listed<'a> {
    alias: &'a str,
    connected: bool,
    model: &'static str,
    addresses: Vec<&'a str>,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let Arguments { connection, info: path, output } = arguments;
    let connection = match connection {
        Some(path) => Some(connection::read(path, context)?.1),
        None => None,
    };
    let text = context.read_text(path)?;
    let info = RemoteInfo::parse(&text).map_err(|error| unread(&error, path))?;
    let mut report = crosstrust_remote::verify(&info, connection.as_ref(), path);
    report.look_at(path);
    let listed = list(&info, connection.as_ref());
    let human = |style| {
        let lines = listed.iter().map(line);
        let lines = printable(&lines.collect::<String>());
        let none = if info.remotes().is_empty() { "no remote cluster is registered\n" } else { "" };
        format!("{none}{lines}{}", print::human(&report, style))
    };
    let document = || Document { remotes: list(&info, connection.as_ref()), report: &report };
    context.print(&output.render(&report, context.style(), human, document))?;
    Ok(output.outcome(&report))
}

/// Why the answer cannot be judged, and how one gets it.
fn unread(error: &RemoteInfoError, path: &str) -> Message {
    let message = Message::new(error).at(path);
    if matches!(error, RemoteInfoError::Error { .. }) {
        return message
            .hint("ask as a user with the cluster privilege `monitor` on the local cluster");
    }
    message.hint("save what the local cluster answers to GET /_remote/info, such as: curl -s -u USER https://localhost:9200/_remote/info > info.json")
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
