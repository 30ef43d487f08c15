//! `crosstrust remote plan`.

use std::path::Path;

use clap::Args;
use crosstrust_remote::Kit;

use super::material;
use crate::context::Context;
use crate::failure::{Failure, describe};
use crate::outcome::Outcome;
use crate::output::{self, NewFile};
use crate::password::{InputPassword, Options};

/// Write the kit of a connection: steps, files, bodies and manifests for both sides, in order
///
/// A folder with README.md to follow, kit.json for a program, preflight.sh to ask beforehand, and the
/// files of each side. It holds no secret. CAs and certificates are read from the files that the
/// connection file names.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The connection file
    connection: String,
    /// Folder to write
    #[arg(long, short, value_name = "DIR")]
    out: String,
    /// Overwrite what is there, and remove what the kit there lists and the new one lacks
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    password: InputPassword,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let Arguments { connection: path, out, force, password } = arguments;
    let (_, connection) = super::read(path, context)?;
    let material = material::read(path, &connection, &password.source(), context)?;
    let kit = super::kit(path, out, &connection, &material)?;
    let former = if *force { former_files(out, &kit, context) } else { Vec::new() };
    let new = |file: &crosstrust_remote::KitFile| file.path.clone();
    let files = kit.files.iter().map(|file| NewFile::new(new(file), file.text.as_bytes(), false));
    output::folder(out, &files.collect::<Vec<_>>(), *force)?;
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
    Ok(Outcome::Clean)
}

/// The files of the kit that is there, by its own list, which are not of the new one. What is no list
/// of a kit names none.
fn former_files(folder: &str, kit: &Kit, context: &mut Context) -> Vec<String> {
    let list = format!("{folder}/kit.json");
    let text = if Path::new(&list).is_file() { context.read_text(&list).ok() } else { None };
    let mut files = Kit::step_files(&text.unwrap_or_default());
    files.retain(|path| kit.files.iter().all(|file| file.path != *path));
    files
}
