//! `crosstrust remote check`.

use std::collections::BTreeMap;
use std::path::Path;

use clap::Args;
use crosstrust_remote::{Also, SecurityRole};
use crosstrust_report::Report;
use crosstrust_x509::Timestamp;

use super::opened::{self, Opened};
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::input;
use crate::options::AtOption;
use crate::options::report::{ReportOptions, findings};
use crate::outcome::Outcome;
use crate::password::InputPassword;

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
    let Arguments { kit, at, password, output, .. } = arguments;
    let connections = input::expand_all(&arguments.connections)?;
    if let (Some(folder), [_, second, ..]) = (kit, connections.as_slice()) {
        let message = Message::new(format!("{folder} is the kit of one connection file"));
        return Err(message.at(second).hint("check each with its kit in a run of its own").into());
    }
    let roles = roles(&arguments.roles, context)?;
    let now: Timestamp = at.now();
    let mut files = Opened::read_all(&connections, &password.source(), now, context)?;
    for file in &mut files {
        file.material.roles.extend_from_slice(&roles);
    }
    let mut report = opened::check(&files);
    if let (Some(folder), [file]) = (kit, files.as_mut_slice()) {
        let compared = compare(folder, file, &report, context)?;
        report.append(compared);
    }
    let human = |layout| findings(&report, layout);
    context.print(&output.render(&report, context, human, || &report))?;
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

/// Compares a kit that is there with the one that would be written now.
fn compare(
    folder: &str,
    file: &mut Opened,
    findings: &Report,
    context: &mut Context,
) -> Result<Report, Failure> {
    if !input::is_folder(folder) {
        return Err(Message::new("is not a folder with a kit").at(folder).into());
    }
    // A kit that has further forms is compared with one that has them too.
    let has = |also: &&Also| input::is_file(Path::new(folder).join(also.path()));
    file.material.also = Also::ALL.iter().filter(has).copied().collect();
    let files = std::slice::from_ref(file);
    let mut kits = opened::kits(files, &[folder.to_owned()], findings)?;
    let Some(kit) = kits.pop() else { return Ok(Report::default()) };
    let mut there = BTreeMap::new();
    for path in input::files_below(folder)? {
        // What does not belong to the kit is told by its name alone.
        let planned = kit.files.iter().any(|file| file.path == path);
        let text =
            if planned { context.read_text(&format!("{folder}/{path}"))? } else { String::new() };
        there.insert(path, text);
    }
    Ok(crosstrust_remote::check_kit(&file.subject(), &kit, folder, &there))
}
