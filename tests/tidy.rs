//! House rules that a compiler does not hold: who may name whom, how files begin, how long they
//! are. Each failure says what to do.

#![allow(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test reads the repository, and panics when it is not what it should be"
)]

mod imports;
mod packaging;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crosstrust_testkit::{Run, root};
use serde_json::Value;

/// Who may name whom, from the ground up: ARCHITECTURE.md says why.
const MAY_NAME: [(&str, &[&str]); 16] = [
    ("crosstrust-x509", &[]),
    ("crosstrust-pattern", &[]),
    ("crosstrust-report", &[]),
    ("crosstrust-settings", &["crosstrust-report"]),
    ("crosstrust-testkit", &[]),
    ("crosstrust-keystore", &["crosstrust-x509"]),
    (
        "crosstrust-restrictions",
        &["crosstrust-x509", "crosstrust-pattern", "crosstrust-report", "crosstrust-settings"],
    ),
    (
        "crosstrust-issue",
        &["crosstrust-x509", "crosstrust-report", "crosstrust-settings", "crosstrust-keystore"],
    ),
    (
        "crosstrust-preflight",
        &[
            "crosstrust-x509",
            "crosstrust-keystore",
            "crosstrust-restrictions",
            "crosstrust-report",
            "crosstrust-settings",
        ],
    ),
    (
        "crosstrust-overview",
        &[
            "crosstrust-x509",
            "crosstrust-report",
            "crosstrust-restrictions",
            "crosstrust-preflight",
        ],
    ),
    (
        "crosstrust-rotate",
        &[
            "crosstrust-x509",
            "crosstrust-report",
            "crosstrust-keystore",
            "crosstrust-issue",
            "crosstrust-preflight",
        ],
    ),
    (
        "crosstrust-remote",
        &[
            "crosstrust-x509",
            "crosstrust-pattern",
            "crosstrust-report",
            "crosstrust-settings",
            "crosstrust-keystore",
            "crosstrust-restrictions",
            "crosstrust-issue",
            "crosstrust-preflight",
        ],
    ),
    (
        "crosstrust-inventory",
        &[
            "crosstrust-report",
            "crosstrust-settings",
            "crosstrust-restrictions",
            "crosstrust-preflight",
            "crosstrust-remote",
        ],
    ),
    (
        "crosstrust-cli",
        &[
            "crosstrust-x509",
            "crosstrust-pattern",
            "crosstrust-report",
            "crosstrust-settings",
            "crosstrust-keystore",
            "crosstrust-restrictions",
            "crosstrust-issue",
            "crosstrust-preflight",
            "crosstrust-overview",
            "crosstrust-remote",
            "crosstrust-rotate",
            "crosstrust-inventory",
        ],
    ),
    (
        "crosstrust-exercise",
        &[
            "crosstrust-x509",
            "crosstrust-pattern",
            "crosstrust-report",
            "crosstrust-settings",
            "crosstrust-keystore",
            "crosstrust-restrictions",
            "crosstrust-issue",
            "crosstrust-preflight",
            "crosstrust-remote",
        ],
    ),
    ("xtask", &["crosstrust-cli", "crosstrust-report", "crosstrust-exercise"]),
];

/// The crates that touch files, the environment and other programs.
const OUTSIDE: [&str; 3] = ["cli", "testkit", "xtask"];

#[test]
fn the_table_of_who_may_name_whom_has_no_circle() {
    for (row, (package, allowed)) in MAY_NAME.iter().enumerate() {
        for name in *allowed {
            let earlier = MAY_NAME[..row].iter().any(|(package, _)| package == name);
            assert!(earlier, "MAY_NAME: {package} names {name}, which is not in an earlier row");
        }
    }
}

#[test]
fn crates_name_only_those_below_them() {
    for Arrow { from, to, dev } in arrows() {
        let allowed = MAY_NAME.iter().find(|(package, _)| *package == from);
        let Some((_, allowed)) = allowed else {
            panic!("{from} has no row in MAY_NAME: decide in tests/tidy.rs whom it may name");
        };
        if to == "crosstrust-testkit" {
            // Chores are not shipped; they read the seeds as tests do.
            let dev = dev || from == "xtask";
            assert!(dev, "{from}: crosstrust-testkit belongs in [dev-dependencies]");
            continue;
        }
        assert!(
            allowed.contains(&to.as_str()),
            "{from} must not name {to}: pass what it needs from above, or move the code"
        );
    }
}

#[test]
fn every_file_says_what_it_is() {
    let silent = sources().into_iter().filter(|(_, text)| !text.starts_with("//! "));
    let silent: Vec<String> = silent.map(|(path, _)| path).collect();
    assert!(silent.is_empty(), "begin with a `//!` line that says what it is: {silent:#?}");
}

#[test]
fn no_file_is_long() {
    let mut long = Vec::new();
    for (path, text) in sources() {
        let lines = without_tests(&text).lines().count();
        if lines > LINES && !is_test(&path) {
            long.push(format!("{path} has {lines} lines"));
        }
    }
    assert!(long.is_empty(), "over {LINES} lines without tests, divide them: {long:#?}");
}

#[test]
fn every_rule_has_one_row() {
    let sources = sources();
    let is_rule = |path: &str, text: &str| {
        text.contains("const RULE: Rule =") && !is_test(path) && !path.ends_with("/lib.rs")
    };
    let (mut seen, mut wrong) = (0, Vec::new());
    for (path, _) in sources.iter().filter(|(path, text)| is_rule(path, text)) {
        let Some((folder, name)) = path.trim_end_matches(".rs").rsplit_once('/') else { continue };
        let Some(table) = sources.get(&format!("{folder}/mod.rs")) else { continue };
        seen += 1;
        let named = |item: &str| table.matches(&format!(" {name}::{item}")).count();
        let rows = table.matches(&format!("&{name}::RULE")).count();
        let checks = named("check)") + named("check,") + named("check(");
        if rows == 0 || checks > 1 {
            wrong.push(format!("{path}: {rows} rows, {checks} calls of `check`"));
        }
    }
    assert!(seen > 200, "{seen} rules only");
    assert!(wrong.is_empty(), "give each rule one row in the `mod.rs` beside it: {wrong:#?}");
}

#[test]
fn libraries_do_not_touch_the_outside() {
    let mut found = Vec::new();
    for (path, text) in sources() {
        let Some((package, below)) = path.strip_prefix("crates/").and_then(|p| p.split_once('/'))
        else {
            continue;
        };
        if OUTSIDE.contains(&package) || !below.starts_with("src/") || is_test(&path) {
            continue;
        }
        for (number, line) in (1..).zip(without_tests(&text).lines()) {
            if touches_the_outside(line) {
                found.push(format!("{path}:{number}: {}", line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "take bytes, text and `now` instead; only cli reads: {found:#?}");
}

#[test]
fn the_outside_is_recognised() {
    #[track_caller]
    fn check(line: &str, expected: bool) {
        assert_eq!(touches_the_outside(line), expected, "{line}");
    }

    check("use std::fs;", true);
    check("    let text = std::fs::read(path)?;", true);
    check("use std::{fmt, fs};", true);
    check("use std::net::{IpAddr, TcpStream};", true);
    check("use std::process::Command;", true);
    check("use std::time::SystemTime;", true);
    check("use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};", false);
    check("use std::{fmt, str};", false);
    check("/// Never reads from `std::fs`.", false);
}

#[test]
fn the_readmes_test_command_is_what_ci_runs() {
    let readme = read("README.md");
    let section = readme.split("\n## Testing\n").nth(1).unwrap_or_default();
    let command = section.lines().map(str::trim).find(|line| line.starts_with("cargo test"));
    let Some(command) = command else {
        panic!("README.md: write the test command on a line of its own under `## Testing`");
    };
    assert!(read(".ci/run").contains(command), ".ci/run: run `{command}`, as README.md says");
}

#[test]
fn the_readme_lists_every_command() {
    let readme = read("README.md");
    let pages = crosstrust_cli::pages();
    let command = crosstrust_cli::command();
    let is_above = |group: &str, name: &str| {
        let below = name.strip_prefix(group).and_then(|rest| rest.strip_prefix('-'));
        let group = command.find_subcommand(group);
        below.zip(group).is_some_and(|(below, group)| group.find_subcommand(below).is_some())
    };
    for page in pages {
        let group = pages.iter().any(|other| is_above(page.name, other.name));
        if page.name.is_empty() || group {
            continue;
        }
        let parent = pages.iter().map(|other| other.name).find(|name| is_above(name, page.name));
        let row = match parent.and_then(|parent| page.name.split_at_checked(parent.len())) {
            Some((parent, child)) => format!("| `{parent} {}", child.trim_start_matches('-')),
            None => format!("| `{}", page.name),
        };
        assert!(readme.contains(&row), "README.md: add a row `{row}…` to the table of commands");
    }
}

#[test]
fn the_fuzz_targets_lock_what_the_crates_depend_on() {
    let lock = read("fuzz/Cargo.lock");
    let mut seen = 0;
    for package in packages() {
        let name = package["name"].as_str().unwrap();
        let locked = lock.split("[[package]]").find(|b| b.contains(&format!("name = \"{name}\"")));
        let Some(locked) = locked else { continue };
        seen += 1;
        for dependency in package["dependencies"].as_array().unwrap() {
            let other = dependency["name"].as_str().unwrap();
            // Of two versions of a crate the one that is meant follows its name.
            let listed = locked.contains(&format!(" \"{other}\","))
                || locked.contains(&format!(" \"{other} "));
            assert!(
                listed || dependency["kind"] == "dev",
                "fuzz/Cargo.lock: {name} depends on {other} now; run `cargo metadata` in fuzz/"
            );
        }
    }
    assert!(seen > 5, "fuzz/Cargo.lock names {seen} crates of the workspace only");
}

#[test]
fn nothing_names_a_folder_of_somebodys_machine() {
    // Where people and build machines keep their checkouts.
    let mut places = ["Users", "home", "root", "work"].map(|top| format!("/{top}/")).to_vec();
    let here = root().display().to_string();
    if here.matches('/').count() > 1 {
        places.push(format!("{here}/"));
    }
    for path in files(&root()) {
        let bytes = fs::read(&path).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for place in &places {
            let line = text.lines().position(|line| line.contains(place.as_str()));
            let Some(line) = line else { continue };
            panic!("{}:{}: names a folder below {place}", relative(&path), line + 1);
        }
    }
}

/// A crate of the workspace that names another one.
struct Arrow {
    from: String,
    to: String,
    dev: bool,
}

fn arrows() -> Vec<Arrow> {
    let packages = packages();
    let members: Vec<&str> = packages.iter().map(|p| p["name"].as_str().unwrap()).collect();
    let mut arrows = Vec::new();
    for package in &packages {
        for dependency in package["dependencies"].as_array().unwrap() {
            let to = dependency["name"].as_str().unwrap();
            if members.contains(&to) {
                let from = package["name"].as_str().unwrap().to_owned();
                arrows.push(Arrow { from, to: to.to_owned(), dev: dependency["kind"] == "dev" });
            }
        }
    }
    assert!(arrows.len() > 10, "cargo metadata tells of {} arrows only", arrows.len());
    arrows
}

/// What cargo knows of the crates of the workspace.
fn packages() -> Vec<Value> {
    let cargo = Run::new(env!("CARGO")).folder(root());
    let metadata = cargo.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]);
    let metadata: Value = serde_json::from_slice(&metadata.run().succeeds().stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

/// All Rust sources by path from the root.
fn sources() -> BTreeMap<String, String> {
    let rust = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "rs");
    let read = |path: PathBuf| (relative(&path), fs::read_to_string(&path).unwrap());
    let sources: BTreeMap<String, String> =
        files(&root()).into_iter().filter(rust).map(read).collect();
    assert!(sources.len() > 100, "{} sources only", sources.len());
    sources
}

/// All files below a folder, without what is built, downloaded or made by the demo.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_symlink()
            || [".git", "__pycache__", "crosstrust-demo", "target"].contains(&name.as_str())
        {
            continue;
        }
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Whether a source holds nothing but tests.
fn is_test(path: &str) -> bool {
    path.starts_with("tests/") || path.contains("/tests/") || path.ends_with("/tests.rs")
}

/// A source up to its tests, which stand at its end.
fn without_tests(text: &str) -> &str {
    text.split_once("\nmod tests {").map_or(text, |(code, _)| code)
}

/// Whether a line of code names a module of the standard library that reaches out.
fn touches_the_outside(line: &str) -> bool {
    if line.trim_start().starts_with("//") {
        return false;
    }
    let direct = ["std::env", "std::fs", "std::process", "std::time::SystemTime"];
    let sockets = ["TcpListener", "TcpStream", "ToSocketAddrs", "UdpSocket", "io::stdin"];
    let grouped = line.split_once("std::{").map_or("", |(_, modules)| modules);
    let modules = grouped.split(['{', '}', ',', ' ']);
    direct.iter().chain(&sockets).any(|name| line.contains(name))
        || modules.into_iter().any(|module| ["env", "fs", "net", "process"].contains(&module))
}

/// The most lines of a file, its tests left out.
const LINES: usize = 400;
