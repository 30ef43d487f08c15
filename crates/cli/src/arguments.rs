//! The command line as types.

use clap::{Args, Parser, Subcommand, ValueEnum};
use crosstrust_preflight::host_name;
use crosstrust_x509::Timestamp;

use crate::commands;

/// Certificates and trust for Elasticsearch clusters that must trust each other
#[derive(Debug, Parser)]
#[command(name = "crosstrust", version, max_term_width = 100)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Colour in results: always, never, or auto (on a terminal, unless `NO_COLOR` is set)
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    #[arg(hide_possible_values = true, hide_default_value = true, display_order = 900)]
    pub(crate) color: Color,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Ca(commands::ca::Arguments),
    Cert(commands::cert::Arguments),
    Certutil(commands::certutil::Arguments),
    Completions(commands::completions::Arguments),
    Convert(commands::convert::Arguments),
    Csr(commands::csr::Arguments),
    Demo(commands::demo::Arguments),
    Explain(commands::explain::Arguments),
    ExtractCa(commands::extract_ca::Arguments),
    Inspect(commands::inspect::Arguments),
    Preflight(commands::preflight::Arguments),
    Reissue(commands::reissue::Arguments),
    Remote(commands::remote::Arguments),
    Report(commands::report::Arguments),
    Restrictions(commands::restrictions::Arguments),
    Rotate(commands::rotate::Arguments),
    Sign(commands::sign::Arguments),
}

/// When results are coloured.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Color {
    /// Always
    Always,
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Never
    Never,
}

/// In what form results are printed.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Human,
    /// One JSON document
    Json,
}

/// `--format`, for commands that print results of their own.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct FormatOption {
    /// In what form results are printed: human or json
    #[arg(long, value_name = "FORMAT", default_value = "human", hide_possible_values = true)]
    pub(crate) format: Format,
}

/// Reads a number of days, for `--expires-within` and its like.
pub(crate) fn days(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| format!("`{text}` is not a number of days, such as 30"))
}

/// Reads a validity in days: at least one.
pub(crate) fn validity(text: &str) -> Result<u32, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err(format!("`{text}` is not a number of days from 1 up, such as 1095")),
        Ok(days) => Ok(days),
    }
}

/// Reads a server name (SNI), which is no address (RFC 6066, section 3). Elasticsearch refuses what
/// Java takes for no host name.
pub(crate) fn server_name(text: &str) -> Result<String, String> {
    let problem = match host_name::address(text) {
        Some(_) => Some("it is an IP address"),
        None => host_name::problem(text),
    };
    match problem {
        Some(problem) => Err(format!("`{text}` is no server name: {problem}")),
        None => Ok(text.to_owned()),
    }
}

/// `--at`, for commands that judge validity.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct AtOption {
    /// Judge validity at this time instead of now, such as 2026-01-31T12:00:00Z
    #[arg(long, value_name = "RFC3339", value_parser = Timestamp::parse_rfc3339)]
    pub(crate) at: Option<Timestamp>,
}
