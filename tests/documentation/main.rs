//! Documentation: what the README and the pages of `docs/` show in a terminal is typed, and what
//! comes out is compared.
//!
//! A page runs from top to bottom in a folder of its own. Its blocks of the language `console` hold
//! lines that begin with `$ ` and what they print, on both streams. Comments before a block or at
//! the top, which a reader does not see, say the rest:
//!
//! - `<!-- given: FIXTURE as NAME -->` puts a fixture into the folder, a file or a whole folder;
//! - `<!-- file: NAME -->` writes the next block to a file;
//! - `<!-- exit: N -->` says that the last command of the next block ends so, and not with 0.
//!
//! `DOCS=overwrite cargo test --test documentation` writes what is printed now; read the diff.

#![allow(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test reads the repository, and panics when it is not what it should be"
)]

mod mask;
mod page;

use std::fs;
use std::path::{Path, PathBuf};

use crosstrust_testkit::{Ended, Folder, Run, fixture_path, root};

use crate::mask::masked;
use crate::page::{Block, Command, Page};

#[test]
fn what_the_pages_show_is_what_happens() {
    let pages = pages();
    assert!(pages.len() > 5, "docs/ has {} pages only", pages.len());
    let overwrite = std::env::var_os("DOCS").is_some_and(|value| value == "overwrite");
    let mut wrong = Vec::new();
    for path in pages {
        let text = fs::read_to_string(&path).unwrap();
        let page = Page::parse(&text).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        let now = play(&page, &path, &mut wrong);
        if masked(&now) == masked(&text) {
            continue;
        }
        if overwrite {
            fs::write(&path, now).unwrap();
        } else {
            wrong.push(differences(&path, &text, &now));
        }
    }
    assert!(wrong.is_empty(), "DOCS=overwrite writes what is printed now:\n{}", wrong.join("\n"));
}

/// mdbook takes no page twice, and leaves out what is not listed.
#[test]
fn the_book_has_each_page_once() {
    let summary = fs::read_to_string(root().join("docs/SUMMARY.md")).unwrap();
    let mut listed: Vec<PathBuf> =
        links(&summary).map(|link| root().join("docs").join(link)).collect();
    listed.extend(["README.md", "docs/SUMMARY.md"].map(|name| root().join(name)));
    listed.sort();
    let mut pages = pages();
    pages.sort();
    assert_eq!(listed, pages);
}

#[test]
fn links_lead_to_files_that_are_there() {
    let mut followed = 0;
    for path in pages() {
        let text = fs::read_to_string(&path).unwrap();
        for link in links(&text).filter(|link| !link.starts_with("http")) {
            let (file, _) = link.split_once('#').unwrap_or((link, ""));
            let target = path.parent().unwrap().join(file);
            assert!(target.exists(), "{}: {link}", path.display());
            followed += 1;
        }
    }
    assert!(followed > 50, "{followed}");
}

#[test]
fn commands_that_need_a_running_cluster_are_written_as_the_command_line_wants_them() {
    let mut checked = 0;
    for path in pages() {
        let text = fs::read_to_string(&path).unwrap();
        for line in text.lines().filter(|line| line.starts_with("    crosstrust ")) {
            let script = format!("{} --help", line.trim());
            shell(&script, &Folder::new()).succeeds();
            checked += 1;
        }
    }
    assert!(checked > 0);
}

#[test]
fn what_looks_like_a_console_is_one() {
    for path in pages() {
        let text = fs::read_to_string(&path).unwrap();
        let page = Page::parse(&text).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        for block in &page.blocks {
            let Block::Shown { lines, language } = block else { continue };
            let typed = lines.iter().find(|line| line.starts_with("$ crosstrust "));
            if let Some(line) = typed {
                panic!("{}: not `{language}` but `console`, to be run: {line}", path.display());
            }
        }
    }
}

/// Runs a page, and gives its text with what is printed now. A command that ends in another way
/// than it should is added to what is wrong.
fn play(page: &Page, path: &Path, wrong: &mut Vec<String>) -> String {
    let folder = Folder::new();
    let mut text = String::new();
    for block in &page.blocks {
        match block {
            Block::Text(line) => text += &format!("{line}\n"),
            Block::Shown { lines, .. } => {
                text.extend(lines.iter().map(|line| format!("{line}\n")));
            }
            Block::Given { fixture, name } => copy(&fixture_path(fixture), &folder.join(name)),
            Block::File { name, contents } => drop(folder.write(name, contents)),
            Block::Commands(commands) => {
                for command in commands {
                    let (printed, status) = type_in(command, &folder);
                    if status != Some(command.status) {
                        let page = path.display();
                        wrong.push(format!("{page}: ended with {status:?}:\n{printed}"));
                    }
                    text += &printed;
                }
            }
        }
    }
    text
}

/// Types a command into a shell; gives its lines with what it prints, and how it ends.
fn type_in(command: &Command, folder: &Folder) -> (String, Option<i32>) {
    let ended = shell(&format!("exec 2>&1\n{}", command.line()), folder);
    let here = folder.path().display().to_string();
    let printed = ended.text().replace(&here, "/srv/pki");
    let printed = printed.lines().map(|line| line.trim_end().to_owned() + "\n");
    let typed = command.typed.iter().map(|line| format!("{line}\n"));
    (typed.chain(printed).collect(), ended.status)
}

/// Runs a script in a folder, with the command under test on the path.
fn shell(script: &str, folder: &Folder) -> Ended {
    let tools = Path::new(env!("CARGO_BIN_EXE_crosstrust")).parent().unwrap().to_owned();
    let found = std::env::var_os("PATH").unwrap_or_default();
    let places = std::iter::once(tools).chain(std::env::split_paths(&found));
    let shell = Run::new("sh").args(["-c", script]).folder(folder.path());
    let shell = shell.env("PATH", std::env::join_paths(places).unwrap());
    shell.env("COLUMNS", "100").without_env("NO_COLOR").run()
}

/// The targets of the links of a page.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link)
}

/// The README and all pages below `docs/`.
fn pages() -> Vec<PathBuf> {
    let mut pages = vec![root().join("README.md")];
    let mut folders = vec![root().join("docs")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    pages.sort();
    pages
}

/// Copies a file, or a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    if !from.is_dir() {
        fs::copy(from, to).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
        return;
    }
    for entry in fs::read_dir(from).unwrap() {
        let name = entry.unwrap().file_name();
        copy(&from.join(&name), &to.join(&name));
    }
}

/// The first line where a page and what is printed part, of both.
fn differences(path: &Path, text: &str, now: &str) -> String {
    let mut pairs = (1..).zip(text.lines().zip(now.lines()));
    let parts = pairs.find(|(_, (before, now))| masked(before) != masked(now));
    match parts {
        Some((line, (before, now))) => {
            format!("{}:{line}\n  shown    {before}\n  printed  {now}", path.display())
        }
        None => format!("{}: one of both is longer", path.display()),
    }
}
