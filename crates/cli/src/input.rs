//! Inputs: paths, quoted globs, `-` for standard input, the environment.

#![allow(
    clippy::disallowed_methods,
    reason = "the one place that reads files, folders and environment"
)]

use std::collections::{BTreeSet, VecDeque};
use std::ffi::OsString;
use std::fs::Metadata;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use crosstrust_keystore::open::begins_with_certificates;
use crosstrust_report::{closest, listed};
use zeroize::Zeroizing;

use crate::context::{Context, LARGEST_FILE, refuse_large};
use crate::failure::{Failure, Message, describe};

/// A file that was read.
pub(crate) struct Input {
    /// The path as the user sees it; `-` for standard input.
    pub(crate) path: String,
    /// The bytes; wiped from memory in the end, since they may be a key or a password.
    pub(crate) bytes: Zeroizing<Vec<u8>>,
}

impl Context {
    /// Reads every file that an argument names: a path, `-`, or a glob that matches something.
    pub(crate) fn read_all(&mut self, arguments: &[String]) -> Result<Vec<Input>, Failure> {
        let mut inputs = Vec::new();
        for argument in arguments {
            let Expanded { files, folders } = expand(argument)?;
            for path in files {
                inputs.push(self.read(&path)?);
            }
            self.pass_over(&folders, "a folder", "name it to have it read");
        }
        Ok(inputs)
    }

    /// Says what is not read.
    fn pass_over(&mut self, paths: &[String], what: &str, hint: &str) {
        if !paths.is_empty() {
            self.note(&format!("{}: {what}: passed over; {hint}", listed(paths, false)));
        }
    }

    /// Reads the certificates and key stores below a folder, in the order of their names.
    pub(crate) fn read_folder(&mut self, folder: &str) -> Result<Vec<Input>, Failure> {
        let (mut found, mut archives, mut left) = (Vec::new(), Vec::new(), Vec::new());
        for name in files_below(folder)? {
            let file = in_folder(folder, &name);
            if name.rsplit('/').next().is_some_and(|name| name.starts_with(STAGED)) {
                left.push(file);
                continue;
            }
            let head = if is_named_as_store(&file) { Vec::new() } else { head(&file) };
            if is_named_as_store(&file) || begins_with_certificates(&head) {
                found.push(self.read(&file)?);
            } else if head.starts_with(ZIP) {
                archives.push(file);
            }
        }
        self.pass_over(
            &left,
            "left behind by a run that was ended",
            "delete it if nothing needs it",
        );
        self.pass_over(&archives, "an archive in a folder", "name it to have it read");
        Ok(found)
    }

    /// Reads one file, or standard input for `-`.
    pub(crate) fn read(&mut self, path: &str) -> Result<Input, Failure> {
        let bytes = if path == "-" { Zeroizing::new(self.stdin()?) } else { read_file(path)? };
        Ok(Input { path: path.to_owned(), bytes })
    }

    /// Reads one file of UTF-8 text.
    pub(crate) fn read_text(&mut self, path: &str) -> Result<String, Failure> {
        str::from_utf8(&self.read(path)?.bytes).map(str::to_owned).map_err(|error| {
            let place = error.valid_up_to();
            let message = format!("not UTF-8 text: byte {place} does not fit");
            Message::new(message).at(path).into()
        })
    }
}

/// Whether a path is a file.
pub(crate) fn is_file(path: impl AsRef<Path>) -> bool {
    path.as_ref().is_file()
}

/// Whether a path is a folder.
pub(crate) fn is_folder(path: impl AsRef<Path>) -> bool {
    path.as_ref().is_dir()
}

/// Whether there is something at a path.
pub(crate) fn exists(path: impl AsRef<Path>) -> bool {
    path.as_ref().exists()
}

/// Whether something is at a path, be it a link that leads nowhere.
pub(crate) fn is_taken(path: impl AsRef<Path>) -> bool {
    path.as_ref().symlink_metadata().is_ok()
}

/// What the file system knows of a file; nothing for a folder, and where there is none.
pub(crate) fn metadata(file: &str) -> Option<Metadata> {
    std::fs::metadata(file).ok().filter(Metadata::is_file)
}

/// The absolute path of a file, with its links followed.
pub(crate) fn real_path(file: &str) -> Option<String> {
    std::fs::canonicalize(file).ok().map(|path| path.to_string_lossy().into_owned())
}

/// The value of an environment variable, if it is text: what a placeholder of settings stands for.
pub(crate) fn variable(name: &str) -> Option<String> {
    environment(name)?.into_string().ok()
}

/// The value of an environment variable.
pub(crate) fn environment(variable: &str) -> Option<OsString> {
    std::env::var_os(variable)
}

/// The folders directly in a folder, by their names and sorted by them.
pub(crate) fn subfolders(folder: &str) -> Result<Vec<String>, Failure> {
    let failed = |error: std::io::Error| Failure::io(folder, &error);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if entry.path().is_dir() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Whether a file is there and holds exactly these bytes.
pub(crate) fn holds(path: &Path, contents: &[u8]) -> bool {
    let length = u64::try_from(contents.len()).unwrap_or(u64::MAX);
    let is_as_long = path.metadata().is_ok_and(|found| found.is_file() && found.len() == length);
    is_as_long && path.to_str().is_some_and(|path| read_file(path).is_ok_and(|b| *b == contents))
}

/// The permission bits of a file, where the system has such.
pub(crate) fn permissions(path: &Path) -> Option<u32> {
    let metadata = path.metadata().ok()?;
    Some(std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o7777)
}

/// Whether a path lies outside of a folder, wherever links lead.
pub(crate) fn lies_outside(path: &Path, folder: &Path) -> bool {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    match (real(path), real(folder)) {
        (Some(path), Some(folder)) => !path.starts_with(folder),
        _ => false,
    }
}

/// A path as it is written in a folder, which need not be there yet; links are followed as far as
/// they are. Nothing where the file system does not tell.
pub(crate) fn seen_from(folder: &Path, path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?;
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let (from, to) = (real(folder)?, real(parent.unwrap_or(Path::new(".")))?);
    let shared = from.components().zip(to.components()).take_while(|(one, other)| one == other);
    let shared = shared.count();
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    Some(up.chain(to.components().skip(shared)).collect::<PathBuf>().join(name))
}

/// The absolute path, with the links of the part that is there resolved.
fn real(path: &Path) -> Option<PathBuf> {
    let path = normal(path)?;
    let there = path.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    let (above, there_is) = there?;
    Some(there_is.join(path.strip_prefix(above).ok()?))
}

/// Where a file is, wherever links lead; where there is none, as in an archive, by the names of its folders.
pub(crate) fn place(path: &str) -> PathBuf {
    let path = Path::new(path);
    path.canonicalize().ok().or_else(|| normal(path)).unwrap_or_else(|| path.to_owned())
}

/// The absolute path, with `..` resolved by name.
pub(crate) fn normal(path: &Path) -> Option<PathBuf> {
    Some(by_name(&std::path::absolute(path).ok()?))
}

/// An absolute path with `.` and `..` resolved by name.
pub(crate) fn by_name(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                out.pop();
            }
            Component::CurDir => {}
            other => out.push(other),
        }
    }
    out
}

/// The files below a folder, by their paths in it with `/` between their parts, sorted by these parts. Links are
/// followed, to each folder once, since one may lead back to where it is; one that leads nowhere is told by whoever
/// reads it.
pub(crate) fn files_below(folder: &str) -> Result<Vec<String>, Failure> {
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    let mut folders = VecDeque::from([String::new()]);
    while let Some(inner) = folders.pop_front() {
        let path = in_folder(folder, &inner);
        let failed = |error: std::io::Error| Failure::io(&path, &error);
        if !seen.insert(std::fs::canonicalize(&path).map_err(failed)?) {
            continue;
        }
        let entries = std::fs::read_dir(&path).map_err(failed)?;
        let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        let mut names = names.collect::<Result<Vec<_>, _>>().map_err(failed)?;
        names.sort();
        for name in names {
            let name = if inner.is_empty() { name } else { format!("{inner}/{name}") };
            let path = in_folder(folder, &name);
            let path = Path::new(&path);
            if path.is_dir() {
                folders.push_back(name);
            } else if path.is_file() || (path.is_symlink() && !path.exists()) {
                found.push(name);
            }
        }
    }
    found.sort_by(|one, other| one.split('/').cmp(other.split('/')));
    Ok(found)
}

/// What lies directly in a folder, sorted by name, with what is known of it; links are not followed.
pub(crate) fn entries(folder: &str) -> Result<Vec<(String, Metadata)>, Failure> {
    let failed = |error: std::io::Error| Failure::io(folder, &error);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let metadata = entry.path().symlink_metadata().map_err(failed)?;
        found.push((entry.file_name().to_string_lossy().into_owned(), metadata));
    }
    found.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(found)
}

/// The path of what is in a folder, by its path in it.
pub(crate) fn in_folder(folder: &str, name: &str) -> String {
    match (folder.trim_end_matches('/'), name) {
        (_, "") => folder.to_owned(),
        ("", name) if folder.is_empty() => name.to_owned(),
        (folder, name) => format!("{folder}/{name}"),
    }
}

/// The paths that arguments name, those of each glob sorted.
pub(crate) fn expand_all(arguments: &[String]) -> Result<Vec<String>, Failure> {
    let mut paths = Vec::new();
    for argument in arguments {
        paths.extend(expand(argument)?.files);
    }
    Ok(paths)
}

/// The paths that an argument names.
struct Expanded {
    files: Vec<String>,
    /// What a glob matches besides.
    folders: Vec<String>,
}

/// The paths that an argument names, sorted. What exists is a path even if it looks like a glob.
fn expand(argument: &str) -> Result<Expanded, Failure> {
    let is_glob = argument.contains(['*', '?', '[']);
    if argument == "-" || !is_glob || Path::new(argument).exists() {
        return Ok(Expanded { files: vec![argument.to_owned()], folders: Vec::new() });
    }
    let refused = |what: String| Failure::from(Message::new(what).at(argument));
    let paths = glob::glob_with(argument, AS_SHELLS);
    let paths = paths.map_err(|error| refused(format!("bad glob: {error}")))?;
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for path in paths {
        let path = path.map_err(|error| Failure::io(error.path().display(), error.error()))?;
        let shown = path.to_string_lossy().into_owned();
        // All that is below a folder is matched with it.
        if path.is_dir() && !argument.ends_with("**") {
            folders.push(shown);
        } else if path.is_file() {
            files.push(shown);
        }
    }
    if files.is_empty() {
        return Err(refused("no file matches this glob".to_owned()));
    }
    Ok(Expanded { files, folders })
}

/// Names that begin with a dot are matched by a dot alone.
const AS_SHELLS: glob::MatchOptions = glob::MatchOptions {
    case_sensitive: true,
    require_literal_separator: false,
    require_literal_leading_dot: true,
};

/// How a ZIP archive begins.
const ZIP: &[u8; 4] = b"PK\x03\x04";

/// Whether a file's name says that it may hold a certificate or a private key.
pub(crate) fn is_named_as_store(path: &str) -> bool {
    const EXTENSIONS: [&str; 10] =
        ["p12", "pfx", "jks", "jceks", "crt", "cer", "pem", "der", "p7b", "key"];
    let extension = Path::new(path).extension();
    extension.is_some_and(|found| EXTENSIONS.iter().any(|known| found.eq_ignore_ascii_case(known)))
}

/// How a file begins; nothing of one that cannot be read.
fn head(path: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let read =
        std::fs::File::open(path).and_then(|file| file.take(SNIFFED).read_to_end(&mut bytes));
    read.map_or_else(|_| Vec::new(), |_| bytes)
}

/// Whether a file is a ZIP archive, by how it begins. One that cannot be read is none.
pub(crate) fn is_archive(path: &str) -> bool {
    head(path).starts_with(ZIP)
}

/// How the name of a file begins that is not in its place yet.
pub(crate) const STAGED: &str = ".crosstrust-";

/// How much of a file tells what it is.
pub(crate) const SNIFFED: u64 = 1 << 12;

impl Input {
    /// Whether it is a ZIP archive.
    pub(crate) fn is_archive(&self) -> bool {
        self.bytes.starts_with(ZIP.as_slice())
    }
}

/// What is there instead of a path that is not.
fn nearest(path: &str) -> Option<String> {
    let path = Path::new(path);
    let folder = match path.parent()? {
        folder if folder.as_os_str().is_empty() => Path::new("."),
        folder => folder,
    };
    if !folder.exists() {
        return Some(format!("there is no folder `{}`", folder.display()));
    }
    let entries = folder.read_dir().ok()?;
    let wanted = path.file_name()?.to_str()?;
    let names = entries
        .take(MOST_NEIGHBOURS)
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let names: Vec<String> = names.collect();
    let nearest = closest(wanted, &names.iter().map(String::as_str).collect::<Vec<_>>())?;
    Some(format!("did you mean `{}`?", path.with_file_name(nearest).display()))
}

fn read_file(path: &str) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let failed = |error: std::io::Error| Failure::io(path, &error);
    let file = std::fs::File::open(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound if Path::new(path).is_symlink() => {
            Message::new("is a link that leads nowhere").at(path).into()
        }
        std::io::ErrorKind::NotFound => {
            Message::new(describe(&error)).at(path).maybe_hint(nearest(path)).into()
        }
        _ => failed(error),
    })?;
    let metadata = file.metadata().map_err(failed)?;
    if metadata.is_dir() {
        let message = Message::new("is a directory, where a file is expected").at(path);
        return Err(message
            .hint(format!("name its files with a quoted glob: '{}/*'", path.trim_end_matches('/')))
            .into());
    }
    // In one piece, so that nothing is left behind where a smaller one was outgrown.
    let size = metadata.len().min(LARGEST_FILE).saturating_add(1);
    let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(size).unwrap_or_default()));
    let read = file.take(LARGEST_FILE.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    refuse_large(path, read)?;
    Ok(bytes)
}

/// How many files of a folder are looked at for the one that was meant.
const MOST_NEIGHBOURS: usize = 10_000;
