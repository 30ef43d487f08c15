//! `crosstrust inventory init`.

use std::path::Path;

use clap::Args;
use crosstrust_inventory::{Draft, FILE_NAME, is_name};
use crosstrust_restrictions::is_restrictions_file;

use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::input;
use crate::options::OverwriteOption;
use crate::outcome::Outcome;
use crate::output::{self, NewFile};

/// Write an inventory of the clusters in folders
///
/// Each folder in DIR that holds certificates or key stores is a cluster, called as the folder is, but for one
/// called `ca`; DIR itself is one if it has no such folders.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Folders of clusters
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<String>,
    /// File to write; - is standard output
    #[arg(long, short, value_name = "FILE", default_value = FILE_NAME)]
    out: String,
    #[command(flatten)]
    overwrite: OverwriteOption,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let Arguments { folders, out, overwrite } = arguments;
    if out != "-" {
        output::refuse_existing(Path::new(out), overwrite.force)?;
    }
    let base = Path::new(out).parent().filter(|_| out != "-").unwrap_or(Path::new(""));
    let mut clusters: Vec<Draft> = Vec::new();
    for folder in folders {
        for (name, path) in clusters_in(folder, context)? {
            if !is_name(&name) {
                let message = Message::new("its name is not one for a cluster").at(path);
                let hint = "give the folder a name of letters, digits, `-`, `_` and `.`";
                return Err(message.hint(hint).into());
            }
            let draft = draft(&name, &path, base, context)?;
            if let Some(other) = clusters.iter().find(|other| other.name == name) {
                let message =
                    format!("two clusters are called `{name}`: {} is one, too", other.nodes);
                let hint = "give the folders in two runs, and another name to one of them";
                return Err(Message::new(message).at(path).hint(hint).into());
            }
            clusters.push(draft);
        }
    }
    let text = Draft::write(&clusters);
    if out == "-" {
        context.print(&text)?;
        return Ok(Outcome::Clean);
    }
    output::file(&NewFile::new(out.clone(), text.as_bytes(), false), overwrite.force)?;
    let names: Vec<&str> = clusters.iter().map(|cluster| cluster.name.as_str()).collect();
    context.print(&format!("{out}: {}\n", names.join(", ")))?;
    Ok(Outcome::Clean)
}

/// The names and paths of the clusters in a folder.
fn clusters_in(folder: &str, context: &mut Context) -> Result<Vec<(String, String)>, Failure> {
    if !input::is_folder(folder) {
        return Err(Message::new("no such folder").at(folder).into());
    }
    let mut found = Vec::new();
    for name in input::subfolders(folder)? {
        let path = input::in_folder(folder, &name);
        // As in `report`, what lies beside the clusters.
        if name != "ca" && holds_material(&path, context)? {
            found.push((name, path));
        }
    }
    if found.is_empty() && holds_material(folder, context)? {
        found.push((last_part(folder), folder.to_owned()));
    }
    if found.is_empty() {
        let message = Message::new("no folder in it holds a certificate or key store");
        return Err(message.at(folder).hint("name the folder whose folders are clusters").into());
    }
    Ok(found)
}

fn holds_material(folder: &str, context: &mut Context) -> Result<bool, Failure> {
    Ok(!context.read_folder(folder)?.is_empty())
}

fn last_part(folder: &str) -> String {
    let real = input::real_path(folder).unwrap_or_else(|| folder.to_owned());
    let name = Path::new(&real).file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// What is in a cluster's folder, by paths that start at the folder of the inventory.
fn draft(name: &str, folder: &str, base: &Path, context: &mut Context) -> Result<Draft, Failure> {
    let mut draft =
        Draft { name: name.to_owned(), nodes: seen_from(base, folder), ..Draft::default() };
    let mut restrictions = Vec::new();
    for file in input::files_below(folder)? {
        let path = input::in_folder(folder, &file);
        let own_name = Path::new(&file).file_name().unwrap_or_default();
        if own_name == "elasticsearch.yml" {
            draft.elasticsearch_yml.push(seen_from(base, &path));
        } else if is_yaml(&file) && is_restrictions_file(&path, &context.read(&path)?.bytes) {
            restrictions.push(seen_from(base, &path));
        }
    }
    // Settings name their own file, and of several nobody knows which counts.
    if draft.elasticsearch_yml.is_empty() && restrictions.len() == 1 {
        draft.restrictions = restrictions.pop();
    }
    Ok(draft)
}

fn is_yaml(file: &str) -> bool {
    let extension = Path::new(file).extension().unwrap_or_default();
    extension == "yml" || extension == "yaml"
}

/// A path as it is written in a file of a folder.
fn seen_from(base: &Path, path: &str) -> String {
    let here = if base.as_os_str().is_empty() { Path::new(".") } else { base };
    let seen = input::seen_from(here, Path::new(path));
    let seen = seen.map(|seen| seen.to_string_lossy().into_owned());
    // Such as the working folder itself, by a dot.
    let whole = || input::real_path(path).filter(|_| here != Path::new("."));
    seen.or_else(whole).unwrap_or_else(|| path.to_owned())
}
