//! Pages that are written from the code: a folder of them, as it is and as it should be.

#![allow(clippy::disallowed_methods, reason = "a chore reads and writes files of the repository")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Pages by file name, such as `crosstrust-cert.1`.
pub(crate) type Pages = BTreeMap<String, String>;

/// Writes all pages to a folder of the repository, and removes those that are no more.
pub(crate) fn write(folder: &str, pages: Pages) -> Result<()> {
    let place = place(folder);
    for name in committed(folder)?.into_keys().filter(|name| !pages.contains_key(name)) {
        fs::remove_file(place.join(&name)).with_context(|| name.clone())?;
    }
    fs::create_dir_all(&place)?;
    for (name, text) in pages {
        fs::write(place.join(&name), text).with_context(|| name.clone())?;
    }
    Ok(())
}

/// The pages of a folder as they are in the repository; none if it is not there.
fn committed(folder: &str) -> Result<Pages> {
    let mut pages = Pages::new();
    let Ok(entries) = fs::read_dir(place(folder)) else { return Ok(pages) };
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).with_context(|| name.clone())?;
        pages.insert(name, text);
    }
    Ok(pages)
}

fn place(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder)
}

/// Panics unless a folder holds these pages and no others.
#[cfg(test)]
#[track_caller]
pub(crate) fn check(folder: &str, pages: &Pages) {
    let committed = committed(folder).unwrap();
    let names = committed.keys().chain(pages.keys());
    let stale: std::collections::BTreeSet<&String> =
        names.filter(|name| committed.get(*name) != pages.get(*name)).collect();
    assert!(stale.is_empty(), "{folder}: stale, missing or superfluous: {stale:?}; `cargo xtask`");
}
