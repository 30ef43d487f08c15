//! Which files of a crate import which: none of them in a circle, and in the command none upwards.
//!
//! How it is counted: a file imports another one if its production code names an item that the other
//! one declares, in a `use` or in a path such as `super::name()`. Code behind `#[cfg(test)]` and files
//! of tests count for nothing. What a `mod.rs` or `lib.rs` hands on with `pub use` is imported from the
//! file that declares it, and handing on is no import. [`circles`] says which groups are circles.

mod circles;
mod crate_files;
mod source;

use std::collections::BTreeSet;

use super::{is_test, sources};
use circles::circles;
use crate_files::{CrateFiles, Imports};

/// The floors of the command from the ground up, by the beginnings of paths. A file imports no file of
/// a higher floor.
const FLOORS: [&[&str]; 6] = [
    &[
        "command_table.rs",
        "failure.rs",
        "help/",
        "interrupt.rs",
        "json.rs",
        "meant.rs",
        "secret.rs",
        "table.rs",
        "version.rs",
    ],
    &[
        "archive.rs",
        "context.rs",
        "input.rs",
        "network.rs",
        "outcome.rs",
        "output/",
        "password/",
        "progress.rs",
        "url.rs",
    ],
    &["options/", "rules.rs", "signer/"],
    &["certutil/", "material/", "written/"],
    &["commands/"],
    &["lib.rs", "main.rs"],
];

#[test]
fn no_files_of_a_crate_import_each_other_in_a_circle() {
    let mut seen = 0;
    for (name, imports) in crates() {
        seen += imports.values().map(BTreeSet::len).sum::<usize>();
        let found = circles(&imports);
        assert!(
            found.is_empty(),
            "crates/{name}: move what both need into a file below both: {found:#?}"
        );
    }
    assert!(seen > 1000, "{seen} imports only");
}

#[test]
fn the_command_imports_nothing_upwards() {
    let floor = |file: &str| {
        let floor =
            FLOORS.iter().position(|floor| floor.iter().any(|start| file.starts_with(start)));
        floor.unwrap_or_else(|| panic!("crates/cli/src/{file} has no floor: give it one in FLOORS"))
    };
    for (file, targets) in imports_of_the_command() {
        for target in targets {
            assert!(
                floor(&target) <= floor(&file),
                "crates/cli/src/{file} imports {target}, which is above it: see FLOORS"
            );
        }
    }
}

#[test]
fn no_command_imports_another() {
    for (file, targets) in imports_of_the_command() {
        let Some((folder, _)) = file.rsplit_once('/').filter(|_| file != "commands/mod.rs") else {
            continue;
        };
        for target in targets.iter().filter(|target| target.starts_with("commands/")) {
            // Commands of one group may share what stands beside them.
            assert!(
                folder != "commands" && target.starts_with(folder),
                "crates/cli/src/{file} imports {target}: move what both need into material/, \
                 written/ or options/"
            );
        }
    }
}

#[test]
fn imports_are_found_as_the_compiler_finds_them() {
    #[track_caller]
    fn check(file: &str, text: &str, expected: &[&str]) {
        let other = "pub use deep::Deep;\npub struct Own;\nmod deep;";
        let sources = [
            ("lib.rs", "mod a;\nmod other;\npub struct Root;"),
            ("other/mod.rs", other),
            ("other/deep.rs", "pub struct Deep;\npub fn dig() {}\nmacro_rules! hole { () => {} }"),
            ("other/wide.rs", "pub use super::deep::dig;"),
            (file, text),
        ];
        let imports = CrateFiles::new(sources).imports();
        assert_eq!(imports[file].iter().collect::<Vec<_>>(), expected, "{text}");
    }

    check("a.rs", "use crate::other::Own;", &["other/mod.rs"]);
    check("a.rs", "use super::other::{self, Own as Mine};", &["other/mod.rs"]);
    check("a.rs", "use crate::other::Deep;", &["other/deep.rs"]);
    check("a.rs", "use crate::other::wide::dig;", &["other/deep.rs"]);
    check("a.rs", "use crate::other::deep;\nfn f() { deep::dig() }", &["other/deep.rs"]);
    check("a.rs", "use crate::other::deep;", &[]);
    check("a.rs", "use super::other::deep;\nfn deep() { deep::dig() }", &["other/deep.rs"]);
    check("a.rs", "use crate::other::*;\nfn f() -> Vec<Deep> { Deep::new() }", &["other/deep.rs"]);
    check("a.rs", "fn f() -> crate::Root { 'x: loop { '\"' } }", &["lib.rs"]);
    check("a.rs", "// crate::Root\nconst A: &str = r#\"crate::\"Root\"#;", &[]);
    check("a.rs", "#[cfg(test)]\nuse crate::{Root};\nfn f() {}", &[]);
    check("a.rs", "fn f() {}\n#[cfg(test)]\nmod tests { use crate::Root; }", &[]);
    check("other/near.rs", "use super::Own;\nuse super::super::Root;", &["lib.rs", "other/mod.rs"]);
    check("other/near.rs", "pub use super::deep::Deep;", &["other/deep.rs"]);
    check("other/near.rs", "use std::fmt;\nstruct Own;\nfn f() -> Own { Own::new() }", &[]);
}

#[test]
fn circles_are_told_from_what_a_folder_shares() {
    #[track_caller]
    fn check(arrows: &[(&str, &str)], expected: &[&[&str]]) {
        let mut imports = Imports::new();
        for (from, to) in arrows {
            imports.entry((*to).to_owned()).or_default();
            imports.entry((*from).to_owned()).or_default().insert((*to).to_owned());
        }
        let found = circles(&imports);
        let found: Vec<Vec<&str>> =
            found.iter().map(|group| group.iter().map(String::as_str).collect()).collect();
        assert_eq!(found, expected, "{arrows:?}");
    }

    check(&[("a.rs", "b.rs"), ("b.rs", "c.rs")], &[]);
    check(&[("a.rs", "b.rs"), ("b.rs", "a.rs"), ("b.rs", "c.rs")], &[&["a.rs", "b.rs"]]);
    check(&[("a.rs", "b.rs"), ("b.rs", "c.rs"), ("c.rs", "a.rs")], &[&["a.rs", "b.rs", "c.rs"]]);
    check(&[("a/mod.rs", "a/b.rs"), ("a/b.rs", "a/mod.rs")], &[]);
    check(&[("a/mod.rs", "c.rs"), ("c.rs", "a/mod.rs")], &[&["a/mod.rs", "c.rs"]]);
    check(
        &[
            ("a/mod.rs", "a/b.rs"),
            ("a/b.rs", "a/c.rs"),
            ("a/c.rs", "a/b.rs"),
            ("a/c.rs", "a/mod.rs"),
        ],
        &[&["a/b.rs", "a/c.rs"]],
    );
}

fn imports_of_the_command() -> Imports {
    let imports =
        crates().into_iter().find_map(|(name, imports)| (name == "cli").then_some(imports));
    imports.unwrap()
}

/// The crates below `crates/`, each with who imports whom in it.
fn crates() -> Vec<(String, Imports)> {
    let sources = sources();
    let mut names: Vec<&str> =
        sources.keys().filter_map(|path| path.strip_prefix("crates/")?.split('/').next()).collect();
    names.dedup();
    let imports = |name: &&str| {
        let folder = format!("crates/{name}/src/");
        let files = sources.iter().filter(|(path, _)| !is_test(path));
        let files =
            files.filter_map(|(path, text)| Some((path.strip_prefix(&folder)?, text.as_str())));
        ((*name).to_owned(), CrateFiles::new(files).imports())
    };
    names.iter().map(imports).collect()
}
