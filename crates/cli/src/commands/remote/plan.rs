//! `crosstrust remote plan`.

use std::collections::BTreeSet;
use std::path::Path;

use clap::Args;
use crosstrust_remote::{Also, Kit};
use crosstrust_report::{Report, Severity, print};

use super::opened::{self, Opened};
use crate::context::Context;
use crate::failure::{Failure, Message, describe};
use crate::input;
use crate::options::AtOption;
use crate::outcome::Outcome;
use crate::output::{self, NewFile};
use crate::password::InputPassword;

/// Write the kit of a connection: steps, files, bodies and manifests for both sides, in order
///
/// A folder with README.md to follow, kit.json for a program, preflight.sh to ask beforehand, and the
/// files of each side. It holds no secret, but those that a resource on Kubernetes has in clear text.
/// CAs and certificates are read from the files that the connection file names. What `remote check`
/// calls an error refuses the plan.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Connection files or quoted globs; several are planned together, each kit in a folder of its
    /// alias
    #[arg(required = true, value_name = "CONNECTION")]
    connections: Vec<String>,
    /// Folder to write
    #[arg(long, short, value_name = "DIR")]
    out: String,
    /// Overwrite what is there, and remove what the kit there lists and the new one lacks
    #[arg(long)]
    force: bool,
    /// Write the kit in spite of errors, which then stand at the top of its README.md
    #[arg(long)]
    force_with_errors: bool,
    /// Write the kit in another form too: terraform or ansible
    #[arg(long, value_name = "FORM")]
    also: Vec<Also>,
    #[command(flatten)]
    at: AtOption,
    #[command(flatten)]
    password: InputPassword,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let Arguments { out, force, force_with_errors, also, at, password, .. } = arguments;
    let now = at.now();
    let connections = input::expand_all(&arguments.connections)?;
    let mut files = Opened::read_all(&connections, &password.source(), now, context)?;
    for file in &mut files {
        file.material.also.clone_from(also);
    }
    let report = opened::check(&files);
    if report.has_errors() && !force_with_errors {
        return refuse(&report, out, context);
    }
    tell(&report, &files, context);
    let folders = folders(&files, out)?;
    let kits = opened::kits(&files, &folders, &report)?;
    // Before the first is written, so that all are or none is.
    if let Some(there) = folders.iter().find(|folder| !force && input::exists(folder)) {
        let message = Message::new("already exists").at(there);
        return Err(message.hint("--force overwrites it").into());
    }
    for (folder, kit) in folders.iter().zip(&kits) {
        write(folder, kit, *force, context)?;
    }
    Ok(Outcome::Clean)
}

/// Where the kits go: one into the folder itself, several into folders of their aliases, or of their
/// files where aliases are the same.
fn folders(files: &[Opened], out: &str) -> Result<Vec<String>, Failure> {
    let [_, second, ..] = files else { return Ok(vec![out.to_owned()]) };
    let by = |name: &dyn Fn(&Opened) -> String| -> Option<Vec<String>> {
        let folders: Vec<String> =
            files.iter().map(|file| format!("{out}/{}", name(file))).collect();
        let different: BTreeSet<&String> = folders.iter().collect();
        (different.len() == folders.len()).then_some(folders)
    };
    let stem = |file: &Opened| {
        let stem = Path::new(&file.path).file_stem().unwrap_or_default();
        stem.to_string_lossy().into_owned()
    };
    by(&|file| file.connection.alias.clone()).or_else(|| by(&stem)).ok_or_else(|| {
        let message = Message::new("two connection files have the same alias and the same name");
        message.at(&second.path).hint("plan each into a folder of its own").into()
    })
}

/// Writes a kit into a folder, and shows its steps.
fn write(out: &str, kit: &Kit, force: bool, context: &mut Context) -> Result<(), Failure> {
    let former = if force { former_files(out, kit, context) } else { Vec::new() };
    let new = |file: &crosstrust_remote::KitFile| file.path.clone();
    let files = kit.files.iter().map(|file| NewFile::new(new(file), file.text.as_bytes(), false));
    output::folder(out, &files.collect::<Vec<_>>(), force)?;
    for file in former {
        let what = format!("{out}/{file} was of the kit before");
        match output::remove_below(out, &file) {
            Ok(true) => context.note(&format!("{what}, and is removed")),
            Ok(false) => {}
            Err(error) => context.warn(&format!("{what}, and stays: {}", describe(&error))),
        }
    }
    for step in &kit.steps {
        let file = step.file.as_deref().map_or_else(String::new, |file| format!("  {out}/{file}"));
        context.print(&format!(
            "{:2}  {:6}  {}{file}\n",
            step.order,
            step.side.word(),
            step.title
        ))?;
    }
    context
        .note(&format!("{out}/README.md says who does each step, and how to see that it worked"));
    Ok(())
}

/// Shows the errors; nothing is written.
fn refuse(report: &Report, out: &str, context: &mut Context) -> Result<Outcome, Failure> {
    let mut errors = Report::default();
    let findings = report.findings().iter();
    for finding in findings.filter(|finding| finding.severity() == Severity::Error) {
        errors.push(finding.clone());
    }
    let text = print::human(&errors, context.layout(false));
    context.print_prose(&text)?;
    context.note(&format!(
        "{out} is not written; --force-with-errors writes the kit with these errors in its README.md"
    ));
    Ok(Outcome::Findings)
}

/// Says that there are findings which do not keep the kit from being written.
fn tell(report: &Report, files: &[Opened], context: &mut Context) {
    let count = |severity| {
        report.findings().iter().filter(|finding| finding.severity() == severity).count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let plural = |count, word: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{count} {word}s")),
    };
    let told: Vec<String> =
        [plural(errors, "error"), plural(warnings, "warning")].into_iter().flatten().collect();
    if !told.is_empty() {
        let told = told.join(" and ");
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        context.note(&format!("`crosstrust remote check {}` shows {told}", paths.join(" ")));
    }
}

/// The files of the kit that is there, by its own list, which are not of the new one. What is no list
/// of a kit names none.
fn former_files(folder: &str, kit: &Kit, context: &mut Context) -> Vec<String> {
    let list = format!("{folder}/kit.json");
    let text = if input::is_file(&list) { context.read_text(&list).ok() } else { None };
    let mut files = Kit::step_files(&text.unwrap_or_default());
    files.retain(|path| kit.files.iter().all(|file| file.path != *path));
    files
}
