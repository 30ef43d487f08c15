//! What packages say of themselves: versions, profiles, crates that can be published, workflows, and the files that they name.

use std::collections::{BTreeMap, BTreeSet};

use crosstrust_settings::tree;

use super::{files, packages, read, relative, root};

/// Crates that are never published: tests, and chores of this repository.
const KEPT: [&str; 3] = ["crosstrust-exercise", "crosstrust-testkit", "xtask"];

#[test]
fn the_version_is_the_same_everywhere() {
    let manifest = read("Cargo.toml");
    let version = field(&manifest, "version");
    let mut seen = 0;
    for line in manifest.lines().filter(|line| line.starts_with("crosstrust-")) {
        let Some((_, given)) = line.split_once("version = \"") else { continue };
        assert!(given.starts_with(&format!("{version}\"")), "Cargo.toml: not {version}: {line}");
        seen += 1;
    }
    assert!(seen > 10, "Cargo.toml gives {seen} versions of our crates only");
    let hooks = read("pyproject.toml");
    assert_eq!(field(&hooks, "version"), version, "pyproject.toml");
    assert!(hooks.contains(&format!("\"crosstrust=={version}\"")), "pyproject.toml: {version}");
}

#[test]
fn published_crates_say_what_they_are() {
    let manifest = read("Cargo.toml");
    for package in packages() {
        let name = package["name"].as_str().unwrap();
        let is_kept = KEPT.contains(&name);
        assert_eq!(package["publish"].is_array(), is_kept, "{name}: `publish = false`, or not");
        // A crate that is published can only name others that are: by version.
        let by_version = manifest
            .lines()
            .any(|line| line.starts_with(&format!("{name} = ")) && line.contains("version = "));
        assert_eq!(by_version, !is_kept, "Cargo.toml: the version of {name}, or none");
        if is_kept {
            continue;
        }
        for field in ["description", "license", "repository", "readme", "rust_version"] {
            assert!(package[field].is_string(), "{name}: no {field}");
        }
        let count = |field: &str| package[field].as_array().unwrap().len();
        assert!((1..=5).contains(&count("keywords")), "{name}: one to five keywords");
        assert!((1..=5).contains(&count("categories")), "{name}: one to five categories");
        assert!(package["metadata"]["docs"]["rs"].is_object(), "{name}: no metadata for docs.rs");
    }
}

/// What `release` names and `dist` does not would keep the level of `release` there.
#[test]
fn dist_takes_back_what_release_does_to_be_built_soon() {
    let manifest = read("Cargo.toml");
    let levels = |profile: &str| -> BTreeMap<String, String> {
        let (_, table) = manifest.split_once(&format!("\n[profile.{profile}.package]\n")).unwrap();
        let rows = table.lines().map_while(|line| line.split_once(".opt-level = "));
        rows.map(|(name, level)| (name.to_owned(), level.to_owned())).collect()
    };
    let (release, dist) = (levels("release"), levels("dist"));
    assert!(!release.is_empty());
    let missing: Vec<_> = release.keys().filter(|name| !dist.contains_key(*name)).collect();
    assert!(missing.is_empty(), "name in [profile.dist.package] too: {missing:?}");
    assert!(dist.values().all(|level| ["3", "\"s\""].contains(&level.as_str())), "{dist:?}");
}

#[test]
fn the_tools_have_one_version() {
    let requirements = read("packaging/static/requirements.txt");
    let maturin = requirements.lines().find(|line| line.starts_with("maturin==")).unwrap();
    assert!(
        read("packaging/python/pyproject.toml").contains(&format!("[\"{maturin}\"]")),
        "{maturin}"
    );
}

#[test]
fn workflows_are_yaml_and_name_files_that_exist() {
    let mut scripts = 0;
    for path in [
        ".github/workflows/ci.yml",
        ".github/workflows/release.yml",
        ".pre-commit-hooks.yaml",
        "action.yml",
    ] {
        let text = read(path);
        let parsed = tree::parse(&text).unwrap_or_else(|error| panic!("{path}: {error:?}"));
        assert!(parsed.is_some(), "{path} is empty");
        for word in text.split([' ', '"', '\n', '$']) {
            let word = word.trim_start_matches("GITHUB_ACTION_PATH/").trim_end_matches([',', ':']);
            let is_file = [".ci/", "crates/", "packaging/"].iter().any(|top| word.starts_with(top));
            // What a tool writes first is not there yet.
            if is_file && !word.ends_with(".cdx.json") {
                assert!(root().join(word).exists(), "{path} names {word}, which is not there");
                scripts += 1;
            }
        }
    }
    assert!(scripts > 8, "{scripts} files are named only");
}

/// Who downloads a release looks for what the workflow makes.
#[test]
fn the_targets_of_a_release_are_those_that_are_downloaded() {
    let workflow = read(".github/workflows/release.yml");
    let made: BTreeSet<&str> =
        workflow.lines().filter_map(|line| line.trim().strip_prefix("- target: ")).collect();
    assert_eq!(made.len(), 4, "{made:?}");
    let install = read("packaging/action/install.sh");
    let looked_for: BTreeSet<&str> = install
        .lines()
        .filter_map(|line| line.split_once(") target=")?.1.split(' ').next())
        .collect();
    assert_eq!(looked_for, made, "packaging/action/install.sh");
    let formula = read("packaging/homebrew/crosstrust.rb");
    for target in made {
        let sum = format!("@SHA256_{}@", target.to_uppercase().replace('-', "_"));
        assert!(formula.contains(&format!("-{target}.tar.gz")), "the formula lacks {target}");
        assert!(formula.contains(&sum), "the formula lacks {sum}");
    }
}

/// A hook that installs itself does what its twin of the system does.
#[test]
fn hooks_come_in_pairs() {
    let hooks = read(".pre-commit-hooks.yaml");
    let hooks: Vec<&str> = hooks.split("\n- id: ").skip(1).collect();
    let alike = |hook: &str| {
        let lines = hook.lines().skip(1).filter(|line| !line.contains("language: "));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let mut pairs = 0;
    for hook in &hooks {
        let Some(name) = hook.lines().next().unwrap().strip_suffix("-python") else { continue };
        let twin = hooks.iter().find(|other| other.lines().next() == Some(name));
        assert_eq!(alike(hook), alike(twin.unwrap()), "{name}");
        pairs += 1;
    }
    assert_eq!(pairs * 2, hooks.len());
}

/// Scripts are run with `bash`, so none needs to be executable; each stops at its first error.
#[test]
fn scripts_of_packaging_stop_at_an_error() {
    let mut seen = 0;
    for path in files(&root().join("packaging")) {
        let name = relative(&path);
        if path.extension().is_none_or(|extension| extension != "sh") {
            continue;
        }
        let text = read(&name);
        // What is sourced leaves that to the one that sources it.
        let is_sourced = !text.starts_with("#!");
        assert!(
            is_sourced || text.contains("\nset -euo pipefail\n"),
            "{name}: `set -euo pipefail`"
        );
        seen += 1;
    }
    assert!(seen > 8, "{seen} scripts only");
}

/// The first value of a key of a TOML file.
fn field<'a>(toml: &'a str, key: &str) -> &'a str {
    let line = toml.lines().find_map(|line| line.strip_prefix(&format!("{key} = \"")));
    line.and_then(|line| line.split('"').next()).unwrap_or_else(|| panic!("no {key}"))
}
