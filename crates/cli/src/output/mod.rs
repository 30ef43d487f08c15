//! Outputs: nothing is overwritten unasked, nothing is left half-written, private keys are 0600
//! from their first byte.

#![allow(clippy::disallowed_methods, reason = "the one place that writes files")]

mod folder;
mod put;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::io::{Cursor, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile, TempPath};
use zip::write::SimpleFileOptions;

pub(crate) use self::folder::folder;

use self::put::Parents;
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::input::STAGED;

/// A file to be written.
pub(crate) struct NewFile<'a> {
    /// Its path; inside of a folder or archive with `/` between its parts.
    pub(crate) path: String,
    /// What it will hold.
    pub(crate) contents: &'a [u8],
    /// Whether it holds a private key.
    pub(crate) private: bool,
    /// Whether it takes the place of a file that was looked at: it keeps that one's owner and mode.
    pub(crate) replaces: bool,
}

impl<'a> NewFile<'a> {
    /// A file at a path.
    pub(crate) fn new(path: String, contents: &'a [u8], private: bool) -> Self {
        Self { path, contents, private, replaces: false }
    }

    /// The same, which takes the place of a file that was looked at, if `replaces` says so.
    pub(crate) fn replacing(self, replaces: bool) -> Self {
        Self { replaces, ..self }
    }
}

/// Whether what is there may be replaced, and what a refusal says of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Overwrite {
    force: bool,
    option: &'static str,
    could_skip: bool,
    keeps_same: bool,
}

impl Overwrite {
    /// By `--force`, for a target that this option names.
    pub(crate) fn of(option: &'static str, force: bool) -> Self {
        Self { force, option, could_skip: false, keeps_same: false }
    }

    /// By `--force`, for a target of `--out`, of a command that has `--skip-existing`: a refusal tells of
    /// it unless it is given.
    pub(crate) fn or_skip(force: bool, is_skipping: bool) -> Self {
        Self { could_skip: !is_skipping, ..Self::from(force) }
    }

    /// In a folder, what is no secret and there with the same bytes is left as it is, such as the
    /// certificate of the CA that several nodes share.
    pub(crate) fn or_same(self) -> Self {
        Self { keeps_same: true, ..self }
    }

    /// Whether what is there may be replaced, whatever it is.
    pub(crate) fn is_forced(self) -> bool {
        self.force
    }

    /// The same for one file, which may be there if it was looked at.
    fn also(self, new: &NewFile<'_>) -> Self {
        Self { force: self.force || new.replaces, ..self }
    }

    fn hint(self) -> String {
        let Self { option, could_skip, .. } = self;
        let skip = if could_skip { ", leave it if it is right with --skip-existing" } else { "" };
        format!("choose another {option}{skip}, or overwrite it with --force")
    }
}

/// By `--force`, for a target of `--out`.
impl From<bool> for Overwrite {
    fn from(force: bool) -> Self {
        Self::of("--out", force)
    }
}

/// Writes one file.
pub(crate) fn file(new: &NewFile<'_>, overwrite: impl Into<Overwrite>) -> Result<(), Failure> {
    let overwrite = overwrite.into().also(new);
    refuse_existing(Path::new(&new.path), overwrite)?;
    let path = place(Path::new(&new.path));
    let parents = Parents::create(parent(&path))?;
    put(stage(new, &path)?, &path, overwrite.force)?;
    parents.keep();
    Ok(())
}

/// Writes a text to a file, or to standard output where the path is `-`.
pub(crate) fn text(
    path: &str,
    text: &str,
    overwrite: Overwrite,
    context: &mut Context,
) -> Result<(), Failure> {
    if path == STANDARD_OUTPUT {
        return context.print(text);
    }
    file(&NewFile::new(path.to_owned(), text.as_bytes(), false), overwrite)
}

/// Puts new contents into a file that is there, all at once; its permissions stay.
pub(crate) fn replace(path: &str, contents: &[u8]) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::io(path, &error);
    // A link stays one: what it points at is replaced.
    let target = fs::canonicalize(path).map_err(failed)?;
    let permissions = fs::metadata(&target).map_err(failed)?.permissions();
    let new = NewFile::new(path.to_owned(), contents, true);
    let staged = written(&new, &target)?;
    // Of the open file: somebody may put a link in the place of its name.
    staged.as_file().set_permissions(permissions).map_err(failed)?;
    put(staged.into_temp_path(), &target, true)
}

/// Takes a file out of a folder that lies in `root`, and that folder too when nothing is left in it.
/// False where no such file is. Links are left alone, since what they lead to may lie elsewhere.
pub(crate) fn remove_below(root: &str, path: &str) -> std::io::Result<bool> {
    let path = Path::new(root).join(path);
    let is = |path: &Path, kind: fn(&fs::Metadata) -> bool| {
        path.symlink_metadata().is_ok_and(|metadata| kind(&metadata))
    };
    if !is(&path, fs::Metadata::is_file) || !is(parent(&path), fs::Metadata::is_dir) {
        return Ok(false);
    }
    fs::remove_file(&path)?;
    // It stays where something else is in it.
    let _ = fs::remove_dir(parent(&path));
    Ok(true)
}

/// The files in a folder that a run has left which was interrupted before they were in their places.
pub(crate) fn left_behind(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_ours = |name: &OsStr| name.to_string_lossy().starts_with(STAGED);
    let ours = entries.filter(|entry| is_ours(&entry.file_name()) && entry.path().is_file());
    let mut paths: Vec<String> =
        ours.map(|entry| folder.join(entry.file_name()).to_string_lossy().into_owned()).collect();
    paths.sort();
    paths
}

/// A ZIP archive of files, with an entry for each folder, as bytes.
pub(crate) fn archive(files: &[NewFile<'_>]) -> Result<Vec<u8>, Failure> {
    zipped(files)
        .map_err(|error| Message::new(format!("the archive cannot be made: {error}")).into())
}

fn zipped(files: &[NewFile<'_>]) -> Result<Vec<u8>, zip::result::ZipError> {
    let options = |mode| SimpleFileOptions::default().unix_permissions(mode);
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut folders = BTreeSet::new();
    for new in files {
        for (end, _) in new.path.match_indices('/') {
            let folder = new.path.get(..end).unwrap_or_default();
            if folders.insert(folder) {
                writer.add_directory(folder, options(0o755))?;
            }
        }
        let mode = if new.private { PRIVATE } else { ARCHIVED };
        writer.start_file(&new.path, options(mode))?;
        writer.write_all(new.contents)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// The file that `--out` names; nothing for standard output, which `-` is.
pub(crate) fn named(out: Option<&String>) -> Option<&String> {
    out.filter(|out| *out != STANDARD_OUTPUT)
}

/// Refuses `-` as the target of what is no single text.
pub(crate) fn refuse_standard_output(out: &str, what: &str) -> Result<(), Failure> {
    if out != STANDARD_OUTPUT {
        return Ok(());
    }
    let message = Message::new(format!("{what} are not written to standard output")).at(out);
    Err(message.hint("name a path; ./- for one that is called `-`").into())
}

/// Refuses a path where something is already, unless it may be replaced.
pub(crate) fn refuse_existing(path: &Path, overwrite: impl Into<Overwrite>) -> Result<(), Failure> {
    let overwrite = overwrite.into();
    let exists = path.symlink_metadata().is_ok();
    if path.is_dir() {
        return Err(Message::new("is a directory, where a file is to be written")
            .at(path.display())
            .into());
    }
    if exists && !overwrite.force {
        let message = Message::new("already exists").at(path.display());
        return Err(message.hint(overwrite.hint()).into());
    }
    Ok(())
}

/// Puts a staged file in its place. Without `force`, a file that has appeared there meanwhile
/// stays.
fn put(staged: TempPath, path: &Path, force: bool) -> Result<(), Failure> {
    let put = if force { staged.persist(path) } else { staged.persist_noclobber(path) };
    put.map_err(|error| Failure::io(path.display(), &error.error))
}

/// Where a file goes: what a link leads to, where the file takes the place of another one.
fn place(path: &Path) -> PathBuf {
    let there = fs::canonicalize(path).ok().filter(|there| there.is_file());
    there.unwrap_or_else(|| path.to_owned())
}

/// A temporary file beside a path with all its contents, and with its mode from birth. It is closed: a process may have
/// more files to write than it can have open.
fn stage(new: &NewFile<'_>, path: &Path) -> Result<TempPath, Failure> {
    Ok(written(new, path)?.into_temp_path())
}

fn written(new: &NewFile<'_>, path: &Path) -> Result<NamedTempFile, Failure> {
    let failed = |error: std::io::Error| Failure::io(&new.path, &error);
    let mode = if new.private { PRIVATE } else { PUBLIC };
    let mut builder = Builder::new();
    builder.prefix(STAGED).permissions(Permissions::from_mode(mode));
    let mut temporary = builder.tempfile_in(parent(path)).map_err(failed)?;
    temporary.write_all(new.contents).map_err(failed)?;
    if new.replaces {
        take_over(&temporary, path).map_err(failed)?;
    }
    Ok(temporary)
}

/// Gives a staged file the owner and the mode of the file whose place it will take. Where the owner
/// cannot be given, the mode stays that of a new file: it might let others in.
fn take_over(staged: &NamedTempFile, path: &Path) -> std::io::Result<()> {
    let Ok(before) = fs::metadata(path) else { return Ok(()) };
    if fchown(staged.as_file(), Some(before.uid()), Some(before.gid())).is_ok() {
        staged.as_file().set_permissions(Permissions::from_mode(before.mode() & 0o777))?;
    }
    Ok(())
}

/// The folder of a path; the current one for a bare name.
pub(crate) fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent.as_os_str() != OsStr::new("") => parent,
        _ => Path::new("."),
    }
}

const PRIVATE: u32 = 0o600;
/// Less what the umask takes.
const PUBLIC: u32 = 0o666;
const ARCHIVED: u32 = 0o644;
/// What stands for standard output in the place of a path.
const STANDARD_OUTPUT: &str = "-";
