//! What to do about a path of the settings at which there is no file, where it lies elsewhere.

use std::path::{Component, Path, PathBuf};

use crate::input;

/// Says where the file is that a setting misses: below the folder of the settings, by an end of its path. So it
/// is with settings that were copied from a node, and with paths that begin at Elasticsearch's home.
pub(crate) fn help(folder: &Path, named: &str) -> Option<String> {
    let path = Path::new(named);
    if input::exists(folder.join(path)) {
        return None;
    }
    let parts: Vec<Component<'_>> = path.components().collect();
    let ends = (1..parts.len()).filter_map(|start| parts.get(start..));
    let mut ends = ends.map(|parts| parts.iter().collect::<PathBuf>());
    let found = ends.find(|end| input::is_file(folder.join(end)));
    match found {
        Some(end) => Some(format!(
            "paths begin at the folder of `elasticsearch.yml`: write `{}`, which is there",
            end.display()
        )),
        None if path.is_absolute() => Some(
            "this machine has no such file: run this on the node, or lay its files beside the settings and \
             write paths from there on"
                .to_owned(),
        ),
        None => None,
    }
}
