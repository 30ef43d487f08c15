//! The seeds of the fuzz targets: unpacked for libFuzzer, and added to.

#![allow(clippy::disallowed_methods, reason = "a chore reads and writes files of the repository")]

use std::fs;
use std::path::Path;

use anyhow::{Context, ensure};
use crosstrust_testkit::{Seed, fixture_path, root, seeded_targets, seeds};

/// Writes each seed into `fuzz/seeds/TARGET/`, a file each.
pub(crate) fn unpack() -> anyhow::Result<()> {
    for target in seeded_targets() {
        let folder = root().join("fuzz/seeds").join(&target);
        fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        for Seed { name, bytes } in seeds(&target) {
            fs::write(folder.join(name), bytes)?;
        }
    }
    Ok(())
}

/// Adds a file to the seeds of a target.
pub(crate) fn add(target: &str, name: &str, file: &str) -> anyhow::Result<()> {
    ensure!(!name.contains(char::is_whitespace), "`{name}`: a name has no blanks");
    let bytes = fs::read(Path::new(file)).with_context(|| file.to_owned())?;
    let mut all = seeds(target);
    ensure!(all.iter().all(|seed| seed.name != name), "{target}: there is a seed `{name}`");
    all.push(Seed { name: name.to_owned(), bytes });
    all.sort_by(|one, other| one.name.cmp(&other.name));
    let text: String = all.iter().map(Seed::line).collect();
    fs::write(fixture_path(&format!("fuzz/{target}.tsv")), text)?;
    Ok(())
}
