//! Files below a folder: all of them are written, or none.

#![allow(clippy::disallowed_methods, reason = "the one place that writes files")]

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempDir};

use super::put::{Parents, Placed};
use super::{NewFile, Overwrite, PRIVATE, PUBLIC};
use super::{parent, place, refuse_existing, refuse_standard_output, stage};
use crate::failure::{Failure, Message};
use crate::input::{STAGED, holds};

/// Writes files below a folder. A new folder appears with all of its files at once; in one that is
/// there already, all files are staged before the first is put in its place. Says whether anything was
/// written: see [`Overwrite::or_same`].
pub(crate) fn folder(
    root: &str,
    files: &[NewFile<'_>],
    overwrite: impl Into<Overwrite>,
) -> Result<bool, Failure> {
    let overwrite = overwrite.into();
    refuse_standard_output(root, "folders")?;
    let root = Path::new(root);
    if !root.exists() {
        return new_folder(root, files).map(|()| true);
    }
    if !root.is_dir() {
        return Err(Message::new("is not a directory").at(root.display()).into());
    }
    let is_there = |new: &NewFile<'_>| {
        let may_stay = new.replaces || (overwrite.keeps_same && !new.private);
        may_stay && holds(&root.join(&new.path), new.contents)
    };
    let files = files.iter().filter(|new| !is_there(new)).collect::<Vec<_>>();
    for new in &files {
        refuse_existing(&root.join(&new.path), overwrite.also(new))?;
    }
    let mut parents = Vec::new();
    let mut staged = Vec::new();
    for (new, path) in apart(root, &files)? {
        parents.push(Parents::create(parent(&path))?);
        staged.push((stage(new, &path)?, path, overwrite.also(new).force));
    }
    // The files of a node come one after the other, and so lie apart for as short as can be.
    let mut placed = Placed::default();
    for (temporary, path, force) in staged {
        placed.put(temporary, &path, force)?;
    }
    placed.keep();
    parents.into_iter().for_each(Parents::keep);
    Ok(!files.is_empty())
}

/// The files with their places. Two that lead to one file are refused, since one of them would be lost; they are one
/// where they hold the same.
fn apart<'a, 'b>(
    root: &Path,
    files: &[&'a NewFile<'b>],
) -> Result<Vec<(&'a NewFile<'b>, PathBuf)>, Failure> {
    let mut known: BTreeMap<PathBuf, &NewFile<'_>> = BTreeMap::new();
    let mut apart = Vec::new();
    for new in files {
        let path = place(&root.join(&new.path));
        match known.insert(identity(&path), new) {
            None => apart.push((*new, path)),
            Some(other) if other.contents == new.contents => {}
            Some(other) => {
                let what =
                    format!("is the same file as {}, by links", root.join(&other.path).display());
                let message = Message::new(what).at(root.join(&new.path).display());
                return Err(message
                    .hint("take the link away: each needs a file of its own")
                    .into());
            }
        }
    }
    Ok(apart)
}

/// A path without links; of a file that is not there, that of its folder is known.
fn identity(path: &Path) -> PathBuf {
    let folder = fs::canonicalize(parent(path)).unwrap_or_else(|_| parent(path).to_owned());
    path.file_name().map_or_else(|| path.to_owned(), |name| folder.join(name))
}

fn new_folder(root: &Path, files: &[NewFile<'_>]) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::io(root.display(), &error);
    let parents = Parents::create(parent(root))?;
    let mut builder = Builder::new();
    builder.prefix(STAGED).permissions(Permissions::from_mode(0o777));
    let staging: TempDir = builder.tempdir_in(parent(root)).map_err(failed)?;
    for new in files {
        let path = staging.path().join(&new.path);
        fs::create_dir_all(parent(&path)).map_err(failed)?;
        write_new(&path, new).map_err(failed)?;
    }
    // An empty folder that has appeared meanwhile would be replaced, a filled one is refused.
    fs::rename(staging.path(), root).map_err(failed)?;
    let _renamed = staging.keep();
    parents.keep();
    Ok(())
}

/// Creates a file that is not there yet, with its mode from birth.
fn write_new(path: &Path, new: &NewFile<'_>) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;

    let mode = if new.private { PRIVATE } else { PUBLIC };
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(mode).open(path)?;
    file.write_all(new.contents)
}
