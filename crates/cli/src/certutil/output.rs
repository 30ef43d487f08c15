//! Where a certutil mode writes: the path that is asked for, what may stand in the way, and the
//! file itself.

use std::path::{Path, PathBuf};

use crosstrust_issue::Bundle;

use super::options::Options;
use super::stop::{Status, Stop};
use super::terminal::Terminal;
use crate::input;
use crate::output::{self, NewFile};

/// The path of `--out`, or the one that somebody types; an empty answer is the default.
pub(super) fn path(
    options: &Options,
    default: &str,
    terminal: &mut Terminal<'_>,
) -> Result<PathBuf, Stop> {
    let path = match options.one("out")? {
        Some(path) => path.to_owned(),
        None => terminal
            .ask_or(&format!("Please enter the desired output file [{default}]: "), default)?,
    };
    std::path::absolute(if path.is_empty() { "." } else { &path }).map_err(Stop::other)
}

/// Sees that the folder is there, or offers to make it, and that the file is not.
pub(super) fn prepare(path: &Path, terminal: &mut Terminal<'_>) -> Result<(), Stop> {
    if let Some(parent) = path.parent().filter(|parent| !input::exists(parent)) {
        let folder = parent.display();
        let question = format!("Directory {folder} does not exist. Do you want to create it?");
        if !terminal.ask_yes_no(&question, true)? {
            let message = format!("Directory {folder} does not exist");
            return Err(Stop::new(Status::CannotCreate, message));
        }
    }
    refuse(path)
}

/// Sees that the folder is there and that the file is not.
pub(super) fn prepare_unasked(path: &Path) -> Result<(), Stop> {
    match path.parent().filter(|parent| !input::exists(parent)) {
        Some(parent) => {
            let message = format!("Directory {} does not exist", parent.display());
            Err(Stop::new(Status::CannotCreate, message))
        }
        None => refuse(path),
    }
}

fn refuse(path: &Path) -> Result<(), Stop> {
    let in_the_way =
        path.ancestors().skip(1).find(|folder| input::exists(folder) && !input::is_folder(folder));
    if let Some(file) = in_the_way {
        let message = format!("'{}' is not a directory", file.display());
        return Err(Stop::new(Status::CannotCreate, message));
    }
    if input::is_taken(path) {
        let message = format!("Output file '{}' already exists", path.display());
        return Err(Stop::new(Status::Io, message));
    }
    Ok(())
}

/// Writes an archive, readable by its owner only.
pub(super) fn write_archive(path: &Path, bundle: &Bundle) -> Result<(), Stop> {
    let files: Vec<NewFile<'_>> = bundle
        .files
        .iter()
        .map(|file| NewFile::new(file.path.clone(), file.contents.as_bytes(), file.private))
        .collect();
    write(path, &output::archive(&files)?)
}

/// Writes a file, readable by its owner only.
pub(super) fn write(path: &Path, contents: &[u8]) -> Result<(), Stop> {
    let new = NewFile::new(path.to_string_lossy().into_owned(), contents, true);
    output::file(&new, false).map_err(|failure| Stop::new(Status::CannotCreate, failure.text()))
}

/// The last part of a path.
pub(super) fn base_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
