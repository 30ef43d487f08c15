//! The kits of the fixtures: what is written, and that it keeps its promises.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crosstrust_testkit::{Folder, Run};

use super::plan;
use crate::fixture;

#[test]
fn every_kit_is_as_it_was_read_and_approved() {
    // Kits name what their connection file names, so it must lie as it does among the fixtures.
    let folder = Folder::new();
    std::os::unix::fs::symlink(fixture("cluster"), folder.join("cluster")).unwrap();
    for connection in connections() {
        let name = connection.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        let copy = format!("remote/{name}/connection.yml");
        folder.write(&copy, fs::read_to_string(&connection).unwrap());
        let out = format!("remote/{name}/kit");
        plan(&folder, Path::new(&copy), &out).succeeds();
        let (made, approved) = (files(&folder.join(&out)), approved(&connection));
        let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&made), names(&approved), "{}", connection.display());
        for (file, text) in &made {
            assert_eq!(*text, approved[file], "{name}, {file}: see fixtures/remote/README.md");
        }
    }
}

#[test]
fn every_kit_passes_its_own_preflight() {
    for connection in connections() {
        let folder = Folder::new();
        for (file, text) in approved(&connection) {
            folder.write(&file, text);
        }
        let ended = Run::new("sh")
            .arg(folder.join("preflight.sh"))
            .env("CROSSTRUST", env!("CARGO_BIN_EXE_crosstrust"))
            .run()
            .succeeds();
        assert!(!ended.text().contains("FAILED"), "{}", ended.text());
    }
}

#[test]
fn no_kit_holds_a_secret() {
    for connection in connections() {
        for (name, text) in approved(&connection) {
            let place = format!("{}, {name}", connection.display());
            assert!(!has_key_block(&text), "{place}");
            assert!(!text.contains("changeit"), "{place}");
            for line in text.lines() {
                let line = line.replace("ApiKey $", "");
                let secret = ["password:", "credentials:", "\"password\"", "\"value\"", "ApiKey "];
                let told = secret.iter().any(|word| line.contains(word));
                assert!(!told || line.contains("REPLACE_WITH"), "{place}: {line}");
            }
        }
    }
}

/// A kit by certificates without restrictions does not speak of them.
#[test]
fn what_a_kit_does_not_do_it_does_not_promise() {
    let mut count = 0;
    for connection in connections() {
        let files = approved(&connection);
        let is_tls = files["kit.json"].contains("\"model\": \"tls\"");
        if is_tls && !files["kit.json"].contains("\"kind\": \"trust_restrictions\"") {
            count += 1;
            let readme = &files["README.md"];
            assert!(!readme.contains("restrict"), "{}: {readme}", connection.display());
        }
    }
    assert!(count > 8, "{count} kits only");
}

/// All connection files of the fixtures.
fn connections() -> Vec<PathBuf> {
    let entries = fs::read_dir(fixture("remote")).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path().join("connection.yml"));
    let mut paths: Vec<PathBuf> = paths.filter(|path| path.is_file()).collect();
    paths.sort();
    assert!(paths.len() >= 72, "{} connection files only", paths.len());
    paths
}

/// The files of the approved kit: `kit.txt` has each under a line with its path.
fn approved(connection: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(connection.with_file_name("kit.txt")).unwrap();
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut path = String::new();
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --\n")) {
            Some(name) => {
                name.clone_into(&mut path);
                assert!(files.insert(path.clone(), String::new()).is_none(), "{path} twice");
            }
            None => files.get_mut(&path).unwrap().push_str(line),
        }
    }
    assert!(files.len() > 3, "{} has no kit", connection.display());
    files
}

/// All files below a folder, by path.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for below in ["", "local", "remote"] {
        let Ok(entries) = fs::read_dir(folder.join(below)) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            found.insert(name, fs::read_to_string(path).unwrap());
        }
    }
    found
}

/// Whether text has a PEM block of a key; the word alone stands in `preflight.sh`.
fn has_key_block(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("-----BEGIN") && line.contains("KEY"))
}
