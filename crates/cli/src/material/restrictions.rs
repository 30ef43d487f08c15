//! Restrictions files and settings of nodes, read, and why they are refused.

use std::path::Path;

use crosstrust_preflight::RestrictionsFile;
use crosstrust_restrictions::{EditError, Restrictions, is_restrictions_file};
use crosstrust_settings::Discreet;

use super::file_kind::{FileKind, Wanted};
use crate::archive;
use crate::context::Context;
use crate::failure::{Failure, Message, chain};
use crate::input::{self, Input};

/// Reads a restrictions file as Elasticsearch would, or says why it would refuse it.
pub(crate) fn read(path: &str, context: &mut Context) -> Result<Restrictions, Failure> {
    let Input { path, bytes } = context.read(path)?;
    refuse_others(&path, &bytes)?;
    Restrictions::parse(&path, &bytes).map_err(|error| refused(&path, &error))
}

/// The same, with its path.
pub(crate) fn restrictions_file(
    path: &str,
    context: &mut Context,
) -> Result<RestrictionsFile, Failure> {
    parsed(&context.read(path)?)
}

/// The same of a file that was read.
pub(crate) fn parsed(Input { path, bytes }: &Input) -> Result<RestrictionsFile, Failure> {
    let restrictions = Restrictions::parse(path, bytes).map_err(|error| refused(path, &error))?;
    Ok(RestrictionsFile { path: path.clone(), restrictions })
}

/// The restrictions files that arguments name: files, globs, and what is such a file in a folder or a ZIP archive.
pub(crate) fn files(arguments: &[String], context: &mut Context) -> Result<Vec<Input>, Failure> {
    let mut files = Vec::new();
    for argument in arguments {
        let is_collection = input::is_folder(argument) || input::is_archive(argument);
        if !is_collection {
            files.extend(context.read_all(std::slice::from_ref(argument))?);
            continue;
        }
        let before = files.len();
        let found = settings_files(argument, is_settings_file, context)?.into_iter();
        files.extend(found.filter(|file| is_restrictions_file(&file.path, &file.bytes)));
        if files.len() == before {
            return Err(Message::new("holds no restrictions file").at(argument).into());
        }
    }
    Ok(files)
}

/// The files of a folder or of ZIP archives that have wanted names. What is not there or cannot be read has none.
pub(crate) fn settings_files(
    source: &str,
    is_wanted: fn(&str) -> bool,
    context: &mut Context,
) -> Result<Vec<Input>, Failure> {
    let mut files = Vec::new();
    if input::is_folder(source) {
        for name in input::files_below(source)?.iter().filter(|name| is_wanted(name)) {
            files.push(context.read(&input::in_folder(source, name))?);
        }
        return Ok(files);
    }
    if source == "-" {
        return Ok(files);
    }
    let paths = input::expand_all(&[source.to_owned()]).unwrap_or_default();
    for path in paths.iter().filter(|path| input::is_archive(path)) {
        let inner = archive::members(&context.read(path)?, |name, _| is_wanted(name))?;
        files.extend(inner.into_iter().map(|file| Input { path: file.path, bytes: file.bytes }));
    }
    Ok(files)
}

/// Whether a file is called as the settings of a node are.
pub(crate) fn is_of_a_node(path: &str) -> bool {
    Path::new(path).file_name().is_some_and(|name| name == "elasticsearch.yml")
}

/// Whether the name is one that Elasticsearch reads as settings.
pub(crate) fn is_settings_file(name: &str) -> bool {
    let extension = Path::new(name).extension();
    let is_known = |known: &&str| extension.is_some_and(|found| found.eq_ignore_ascii_case(known));
    ["yml", "yaml", "json"].iter().any(is_known)
}

/// Refuses a file that is plainly no restrictions file. One that has the key is not looked at further.
pub(crate) fn refuse_others(path: &str, bytes: &[u8]) -> Result<(), Failure> {
    if bytes.windows(KEY.len()).any(|part| part == KEY) {
        return Ok(());
    }
    FileKind::refuse_others(path, bytes, &Wanted::RESTRICTIONS)
}

/// Why a settings file is not read. Its line is not shown, since that may hold a password.
pub(crate) fn refused_settings(path: &str, error: &crosstrust_settings::Error) -> Failure {
    let place = error
        .place()
        .map_or_else(|| path.to_owned(), |place| format!("{path}:{}:{}", place.line, place.column));
    let Discreet { message, help } = error.discreet();
    Message::new(message).at(place).maybe_hint(help).into()
}

/// Why nothing is checked of a settings file in which no TLS is set up.
pub(crate) fn without_tls(path: &str, bytes: &[u8]) -> Failure {
    let message = Message::new("no TLS of nodes or remote clusters is set up there").at(path);
    let hint = "the settings begin with `xpack.security.transport.ssl.`";
    FileKind::explain(path, bytes, &Wanted::SETTINGS, message.hint(hint).into())
}

/// Why a restrictions file is refused.
pub(crate) fn refused(path: &str, error: &crosstrust_restrictions::Error) -> Failure {
    let Some(place) = error.place() else {
        return Message::new(error.message()).at(path).maybe_hint(error.help()).into();
    };
    let (line, column) = (place.line, place.column);
    let mut message = Message::new(error.message()).at(format!("{path}:{line}:{column}"));
    if let Some(excerpt) = error.excerpt() {
        let column = excerpt.caret.saturating_add(1);
        message = message.excerpt(line, column, excerpt.width, &excerpt.text);
    }
    message.maybe_hint(error.help()).into()
}

/// Why a file is not edited.
pub(crate) fn not_edited(path: &str, other: &str, error: &EditError) -> Failure {
    match error {
        EditError::File(error) => refused(path, error),
        EditError::Other(error) => refused(other, error),
        _ => Message::new(chain(error)).at(path).into(),
    }
}

/// What a restrictions file has at least.
const KEY: &[u8] = b"subject_name";
