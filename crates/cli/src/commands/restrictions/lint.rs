//! `crosstrust restrictions lint`.

use clap::Args;
use crosstrust_report::{Report, print};
use crosstrust_restrictions::Linter;
use similar::TextDiff;

use super::FieldsOption;
use crate::commands::report_format::ReportFormat;
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::input::Input;
use crate::outcome::Outcome;
use crate::output;
use crate::password::{InputPassword, Options};

/// Find what is wrong with restrictions files, and mend what can be mended without asking
///
/// What Elasticsearch would refuse is a finding, too. A finding that is meant is allowed by a
/// comment on its line or the line above: # crosstrust: allow TR042 — why.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Restrictions files: files or quoted globs, or -
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// Certificates of the own nodes, which must be let in: files or quoted globs
    #[arg(long, value_name = "CERTS")]
    own: Vec<String>,
    /// Certificates of other nodes that are expected: files or quoted globs
    #[arg(long, value_name = "CERTS")]
    peer: Vec<String>,
    /// Oldest Elasticsearch that shall read the files, such as 7.17 or 9
    #[arg(long, value_name = "VERSION", value_parser = major)]
    es_version: Option<u32>,
    #[command(flatten)]
    fields: FieldsOption,
    /// Mend the files in place: only the bytes that are wrong
    #[arg(long)]
    fix: bool,
    /// Show what --fix would change, and change nothing
    #[arg(long, conflicts_with = "fix")]
    diff: bool,
    #[command(flatten)]
    password: InputPassword,
    /// In what form findings are printed: human, json, sarif or github
    #[arg(long, value_name = "FORMAT", default_value = "human", hide_possible_values = true)]
    format: ReportFormat,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let linter = linter(arguments, context)?;
    let files = context.read_all(&arguments.files)?;
    let mut report = Report::default();
    for Input { path, bytes } in files {
        let mended = mend(arguments, &linter, &path, &bytes, context)?;
        report.append(linter.lint(&path, mended.as_deref().unwrap_or(&bytes)));
    }
    let errors = report.has_errors();
    if arguments.diff {
        return Ok(Outcome::clean_if(!errors));
    }
    let human = |style| print::human(&report, style);
    context.print(&arguments.format.render(&report, context.style(), human, || &report))?;
    Ok(Outcome::clean_if(!errors))
}

/// With `--fix` the bytes that a file has now; with `--diff` prints what would change.
fn mend(
    arguments: &Arguments,
    linter: &Linter,
    path: &str,
    bytes: &[u8],
    context: &mut Context,
) -> Result<Option<Vec<u8>>, Failure> {
    if !arguments.fix && !arguments.diff {
        return Ok(None);
    }
    let fixed = match linter.fix(path, bytes) {
        Ok(fixed) => fixed,
        Err(error) => {
            let what = "is left as it is: what can be mended would not make it load";
            context.note(&format!("{path} {what}: {error}"));
            return Ok(None);
        }
    };
    if fixed.changes == 0 {
        return Ok(None);
    }
    if arguments.diff {
        let old = String::from_utf8_lossy(bytes);
        let diff = TextDiff::from_lines(old.as_ref(), fixed.text.as_str());
        context.print(&diff.unified_diff().header(path, path).to_string())?;
        return Ok(None);
    }
    if path == "-" {
        let message = Message::new("--fix changes files, and standard input is none").at(path);
        return Err(message.hint("see the changes with --diff").into());
    }
    output::replace(path, fixed.text.as_bytes())?;
    let changes = fixed.changes;
    let places = if changes == 1 { "place" } else { "places" };
    context.note(&format!("{path}: mended in {changes} {places}"));
    Ok(Some(fixed.text.into_bytes()))
}

fn linter(arguments: &Arguments, context: &mut Context) -> Result<Linter, Failure> {
    let mut linter = Linter::new().with_fields(&arguments.fields.fields()?);
    if let Some(major) = arguments.es_version {
        linter = linter.with_elasticsearch(major);
    }
    for (label, leaf) in leaves(&arguments.own, arguments, context)? {
        linter = linter.with_own(&label, &leaf);
    }
    for (label, leaf) in leaves(&arguments.peer, arguments, context)? {
        linter = linter.with_peer(&label, &leaf);
    }
    Ok(linter)
}

/// The nodes' own certificates in files, and what to call them.
fn leaves(
    files: &[String],
    arguments: &Arguments,
    context: &mut Context,
) -> Result<Vec<(String, crosstrust_x509::Certificate)>, Failure> {
    let mut leaves = Vec::new();
    for source in context.open_all(files, &arguments.password.source())? {
        for node in source.nodes()? {
            leaves.extend(node.chain.into_iter().next().map(|leaf| (node.label, leaf)));
        }
    }
    Ok(leaves)
}

/// The major number of a version such as `8.17.5`.
fn major(text: &str) -> Result<u32, String> {
    let number = text.split('.').next().and_then(|major| major.parse().ok());
    number
        .filter(|major| (7..=9).contains(major))
        .ok_or_else(|| "versions from 7 to 9 are known, such as 7.17, 8.19.0 or 9".to_owned())
}
