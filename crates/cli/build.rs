//! Writes the list of crates for `crosstrust --version --verbose`, from `Cargo.lock` alone.
//!
//! It begins at this crate and follows the lock file. Of the workspace's own crates only
//! `[dependencies]` count, since the lock file lists those of tests too; what is optional counts with its feature.
//! A published crate has a lock file of its own, in which the others are as any dependency.

#![allow(clippy::disallowed_methods, reason = "a build script reads and writes files")]

use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;
use std::{env, fs};

/// A package of the lock file.
#[derive(Default)]
struct Package<'a> {
    name: &'a str,
    version: &'a str,
    is_ours: bool,
    /// As the lock file writes them: a name, and the version where it has several.
    dependencies: Vec<&'a str>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.join("../..");
    let of_its_own = here.join("Cargo.lock");
    let lock = if of_its_own.exists() { of_its_own } else { root.join("Cargo.lock") };
    println!("cargo::rerun-if-changed={}", lock.display());
    let lock = fs::read_to_string(lock)?;
    let packages: Vec<Package<'_>> = lock.split("[[package]]").skip(1).map(package).collect();
    let mut found = BTreeSet::new();
    let mut waiting = vec![env!("CARGO_PKG_NAME")];
    while let Some(name) = waiting.pop() {
        let named = |one: &&Package<'_>| {
            name == one.name || name.split_once(' ') == Some((one.name, one.version))
        };
        let Some(package) = packages.iter().find(named) else { continue };
        if !found.insert((package.name, package.version)) {
            continue;
        }
        let wanted = if package.is_ours { Some(declared(&root, package.name)?) } else { None };
        waiting.extend(package.dependencies.iter().filter(|one| {
            let name = one.split(' ').next().unwrap_or_default();
            wanted.as_ref().is_none_or(|wanted| wanted.contains(name))
        }));
    }
    let lines = found.iter().map(|(name, version)| format!("{name} {version}\n"));
    let out = Path::new(&env::var("OUT_DIR")?).join("crates.txt");
    Ok(fs::write(out, lines.collect::<String>())?)
}

fn package(text: &str) -> Package<'_> {
    let mut package = Package { is_ours: true, ..Package::default() };
    for line in text.lines() {
        let value = line.split('"').nth(1).unwrap_or_default();
        match line.split(' ').next() {
            Some("name") => package.name = value,
            Some("version") => package.version = value,
            Some("source") => package.is_ours = false,
            // Indented: an item of the list of dependencies.
            Some("") if !value.is_empty() => package.dependencies.push(value),
            _ => {}
        }
    }
    package
}

/// The names below `[dependencies]`, of any target, in the manifest of a crate of the workspace.
fn declared(root: &Path, name: &str) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let folder = name.strip_prefix("crosstrust-").unwrap_or(name);
    let mut manifest = root.join("crates").join(folder).join("Cargo.toml");
    if name == env!("CARGO_PKG_NAME") {
        manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    }
    println!("cargo::rerun-if-changed={}", manifest.display());
    let text = fs::read_to_string(manifest)?;
    // `[dependencies.clap]` and what is below it says as much as `clap = …` below `[dependencies]`.
    let text = text.replace("[dependencies.", "[dependencies]\n");
    let mut names = BTreeSet::new();
    let mut wanted = false;
    for line in text.lines() {
        if line.starts_with('[') {
            wanted = line.ends_with("dependencies]") && !line.contains("-dependencies]");
        } else if wanted && !(line.contains("optional = true") && is_off(&text, line)) {
            names.extend(line.split(['.', ' ', '=', ']']).next().map(str::to_owned));
        }
    }
    Ok(names)
}

/// Whether no feature that is on takes the optional dependency of a line.
fn is_off(manifest: &str, line: &str) -> bool {
    let taken = format!("\"dep:{}\"", line.split([' ', '=']).next().unwrap_or_default());
    let mut features = manifest.lines().filter(|line| line.contains(&taken));
    !features.any(|line| {
        let feature = line.split([' ', '=']).next().unwrap_or_default();
        env::var_os(format!("CARGO_FEATURE_{}", feature.to_uppercase().replace('-', "_"))).is_some()
    })
}
