//! The restrictions file among the files of a cluster's folders and archives.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crosstrust_preflight::node_settings::{ContextKind, NodeSettings};
use crosstrust_restrictions::is_restrictions_file;

use super::restrictions::{is_of_a_node, is_settings_file, settings_files};
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::input::{self, Input, place};

/// The restrictions file that counts: the one that an `elasticsearch.yml` beside it names, else the only one that
/// is there. Where one is named and not there, nobody knows whom the nodes let in: an error.
pub(crate) fn find(sources: &[String], context: &mut Context) -> Result<Option<Input>, Failure> {
    let mut files = BTreeMap::new();
    for source in sources {
        for file in settings_files(source, is_settings_file, context)? {
            files.insert(place(&file.path), file);
        }
    }
    let mut wanted = Vec::new();
    let mut missing = None;
    for file in files.values().filter(|file| is_of_a_node(&file.path)) {
        match named(file) {
            Named::Nothing => {}
            Named::File(path) => {
                let found = place(&path.to_string_lossy());
                if !files.contains_key(&found) && !input::is_file(&found) {
                    missing = Some((file.path.clone(), path.display().to_string()));
                } else if !wanted.contains(&found) {
                    wanted.push(found);
                }
            }
            Named::Unknown => missing = Some((file.path.clone(), "a file".to_owned())),
        }
    }
    if wanted.is_empty() {
        let by_key = files.iter().filter(|(_, file)| is_restrictions_file(&file.path, &file.bytes));
        wanted = by_key.map(|(place, _)| place.clone()).collect();
    }
    match (wanted.as_slice(), missing) {
        ([], None) => Ok(None),
        ([], Some((settings, path))) => {
            let message = format!("the restrictions that it names are not there: {path}");
            let hint = "put the file beside it, or name it with restrictions=FILE";
            Err(Message::new(message).at(settings).hint(hint).into())
        }
        ([only], _) => match files.remove(only) {
            Some(file) => Ok(Some(file)),
            None => context.read(&only.to_string_lossy()).map(Some),
        },
        (several, _) => {
            let paths = several.iter().map(|path| shown(path, &files)).collect::<Vec<_>>();
            let message = format!("two restrictions files are there: {}", paths.join(", "));
            let hint = "name the one that counts with restrictions=FILE";
            Err(Message::new(message).at(sources.join(", ")).hint(hint).into())
        }
    }
}

/// What a settings file says of restrictions.
enum Named {
    /// Nothing.
    Nothing,
    /// They are in this file.
    File(PathBuf),
    /// Something, and the settings do not load.
    Unknown,
}

fn named(settings: &Input) -> Named {
    let Input { path, bytes } = settings;
    let Ok(read) = NodeSettings::parse(path, bytes, &input::variable) else {
        let speaks = String::from_utf8_lossy(bytes).contains("trust_restrictions");
        return if speaks { Named::Unknown } else { Named::Nothing };
    };
    let mut transport = read.contexts.iter().filter(|tls| tls.kind == ContextKind::Transport);
    let file = transport.find_map(|tls| tls.restrictions.as_ref());
    file.map_or(Named::Nothing, |file| {
        Named::File(Path::new(path).parent().unwrap_or(Path::new("")).join(&file.path))
    })
}

fn shown(place: &Path, files: &BTreeMap<PathBuf, Input>) -> String {
    files.get(place).map_or_else(|| place.display().to_string(), |file| file.path.clone())
}
