//! `crosstrust remote verify`.

use clap::Args;
use crosstrust_remote::{Connection, Model, RemoteInfo};
use crosstrust_report::print;
use serde::Serialize;

use crate::commands::report_format::ReportFormat;
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::outcome::Outcome;

/// Say from the answer to GET /_remote/info whether the clusters are connected, and if not, why
///
/// With a connection file its alias alone is looked at, and whether its model and address are those
/// that were planned.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The connection file
    connection: Option<String>,
    /// File with the answer, or - for standard input
    #[arg(long, value_name = "FILE")]
    info: String,
    /// In what form findings are printed: human, json, sarif or github
    #[arg(long, value_name = "FORMAT", default_value = "human", hide_possible_values = true)]
    format: ReportFormat,
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
    let Arguments { connection, info: path, format } = arguments;
    let connection = match connection {
        Some(path) => Some(super::read(path, context)?.1),
        None => None,
    };
    let text = context.read_text(path)?;
    let info = RemoteInfo::parse(&text).map_err(|error| Message::new(error).at(path))?;
    let report = crosstrust_remote::verify(&info, connection.as_ref(), path);
    let listed = list(&info, connection.as_ref());
    let human = |style| {
        let lines = listed.iter().map(|Listed { alias, connected, model, addresses }| {
            let state = if *connected { "connected" } else { "not connected" };
            format!("{alias}: {state} to {}, by {model}\n", addresses.join(", "))
        });
        lines.collect::<String>() + &print::human(&report, style)
    };
    let document = || Document { remotes: list(&info, connection.as_ref()), report: &report };
    context.print(&format.render(&report, context.style(), human, document))?;
    Ok(Outcome::clean_if(!report.has_errors()))
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
