//! The files of a crate and which of them imports which.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{Import, Source};

/// The files of a crate by the path of their module: `lint::rules` for `src/lint/rules.rs` and
/// `src/lint/rules/mod.rs` alike.
pub(super) struct CrateFiles {
    modules: BTreeMap<Vec<String>, (String, Source)>,
}

/// Who imports whom, by the paths of files below `src`.
pub(super) type Imports = BTreeMap<String, BTreeSet<String>>;

impl CrateFiles {
    /// Reads the sources of a crate, each with its path below `src`.
    pub(super) fn new<'a>(sources: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let module =
            |(path, text): (&str, &str)| (module(path), (path.to_owned(), Source::read(text)));
        Self { modules: sources.into_iter().map(module).collect() }
    }

    /// Which file imports an item that which other file declares. Where a file hands on what another
    /// one declares, the latter is imported.
    pub(super) fn imports(&self) -> Imports {
        let mut imports = Imports::new();
        for (module, (path, source)) in &self.modules {
            let targets: &mut BTreeSet<String> = imports.entry(path.clone()).or_default();
            let named = source.imports.iter().map(|import| &import.path).chain(&source.paths);
            let mut found = BTreeSet::new();
            named.for_each(|named| self.find(module, named, DEPTH, &mut found));
            // What `mod.rs` hands on is no import of its own, but what any other file does is.
            if !path.ends_with("mod.rs") && path != "lib.rs" {
                for Import { path, .. } in &source.exports {
                    self.find(module, path, DEPTH, &mut found);
                }
            }
            targets.extend(found.into_iter().filter(|found| found != path));
        }
        imports
    }

    /// The files that declare what a path names, as seen from a module.
    fn find(&self, from: &[String], path: &[String], depth: usize, found: &mut BTreeSet<String>) {
        let Some(depth) = depth.checked_sub(1) else { return };
        let mut module = from.to_vec();
        for (place, word) in path.iter().enumerate() {
            let rest = &path[place..];
            match word.as_str() {
                "crate" if place == 0 => module.clear(),
                "self" if place == 0 => {}
                "super" => {
                    module.pop();
                }
                _ => {
                    let below = [module.as_slice(), std::slice::from_ref(word)].concat();
                    if !self.modules.contains_key(&below) {
                        return self.find_item(&module, rest, depth, found);
                    }
                    module = below;
                }
            }
        }
    }

    /// The file that declares the first word of a path: the module itself, or where it has it from.
    fn find_item(
        &self,
        module: &[String],
        rest: &[String],
        depth: usize,
        found: &mut BTreeSet<String>,
    ) {
        let (Some((path, source)), [word, below @ ..]) = (self.modules.get(module), rest) else {
            return;
        };
        // Nothing is below a function; a module may have its name.
        let is_function = below.is_empty() && source.functions.contains(word);
        if is_function || source.items.contains(word) {
            found.insert(path.clone());
            return;
        }
        for Import { path, name } in source.imports.iter().chain(&source.exports) {
            let begins_here = path.first().is_some_and(|first| first == word) && path.len() == 1;
            if name == word && !begins_here {
                self.find(module, &[path.as_slice(), below].concat(), depth, found);
            } else if name == "*" {
                self.find(module, &[path.as_slice(), rest].concat(), depth, found);
            }
        }
    }
}

/// The module of a file below `src`.
fn module(path: &str) -> Vec<String> {
    let stem = path.trim_end_matches(".rs");
    let parts = stem.split('/').filter(|part| !["lib", "main", "mod"].contains(part));
    parts.map(str::to_owned).collect()
}

/// How often a name is handed on at most.
const DEPTH: usize = 12;
