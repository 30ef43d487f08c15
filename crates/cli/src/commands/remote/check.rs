//! `crosstrust remote check`.

use std::collections::BTreeMap;
use std::path::Path;

use clap::Args;
use crosstrust_remote::{SecurityRole, Subject};
use crosstrust_report::Report;
use crosstrust_x509::Timestamp;

use super::material;
use crate::arguments::AtOption;
use crate::commands::report_format::{ReportOptions, findings};
use crate::context::{Context, now};
use crate::failure::{Failure, Message};
use crate::input;
use crate::outcome::Outcome;
use crate::password::{InputPassword, Options};

/// Say what would go wrong if a connection were made, and whether a kit is still the one it makes
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Connection files or quoted globs
    #[arg(required = true, value_name = "CONNECTION")]
    connections: Vec<String>,
    /// Folder of a kit that is to be compared with what the connection file makes
    #[arg(long, value_name = "DIR")]
    kit: Option<String>,
    /// Roles of the local cluster: what GET /_security/role answers, or the body of one
    #[arg(long, value_name = "FILE")]
    roles: Vec<String>,
    #[command(flatten)]
    at: AtOption,
    #[command(flatten)]
    password: InputPassword,
    #[command(flatten)]
    output: ReportOptions,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let Arguments { kit, output, .. } = arguments;
    let connections = input::expand_all(&arguments.connections)?;
    if let (Some(folder), [_, second, ..]) = (kit, connections.as_slice()) {
        let message = Message::new(format!("{folder} is the kit of one connection file"));
        return Err(message.at(second).hint("check each with its kit in a run of its own").into());
    }
    let roles = roles(&arguments.roles, context)?;
    let mut report = Report::default();
    for path in &connections {
        report.append(check(path, arguments, &roles, context)?);
    }
    let human = |style| findings(&report, style);
    context.print(&output.render(&report, context.style(), human, || &report))?;
    Ok(output.outcome(&report))
}

fn roles(files: &[String], context: &mut Context) -> Result<Vec<SecurityRole>, Failure> {
    let mut roles = Vec::new();
    for file in input::expand_all(files)? {
        let text = context.read_text(&file)?;
        let read = SecurityRole::parse_all(&file, &text);
        roles.extend(read.map_err(|error| Message::new(error).at(&file))?);
    }
    Ok(roles)
}

fn check(
    path: &str,
    arguments: &Arguments,
    roles: &[SecurityRole],
    context: &mut Context,
) -> Result<Report, Failure> {
    let Arguments { kit, at, password, .. } = arguments;
    let (text, connection) = super::read(path, context)?;
    let mut material = material::read(path, &connection, &password.source(), context)?;
    material.roles.extend_from_slice(roles);
    let now: Timestamp = at.at.unwrap_or_else(now);
    let subject = Subject { path, text: &text, connection: &connection, material: &material, now };
    let mut report = crosstrust_remote::check(&subject);
    report.look_at(path);
    if let Some(folder) = kit {
        report.append(compare(folder, &subject, context)?);
    }
    Ok(report)
}

/// Compares a kit that is there with the one that would be written now.
fn compare(folder: &str, subject: &Subject<'_>, context: &mut Context) -> Result<Report, Failure> {
    if !Path::new(folder).is_dir() {
        return Err(Message::new("is no folder with a kit").at(folder).into());
    }
    let kit = super::kit(subject.path, folder, subject.connection, subject.material)?;
    let mut there = BTreeMap::new();
    for path in input::files_below(folder)? {
        // What does not belong to the kit is told by its name alone.
        let planned = kit.files.iter().any(|file| file.path == path);
        let text =
            if planned { context.read_text(&format!("{folder}/{path}"))? } else { String::new() };
        there.insert(path, text);
    }
    Ok(crosstrust_remote::check_kit(subject, &kit, folder, &there))
}
