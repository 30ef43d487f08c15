//! Files that we write for a node to load: those of the demo, and of a kit for each connection file
//! of the fixtures.

use std::path::{Path, PathBuf};

use crosstrust_testkit::{Folder, fixture_path};

use crate::kit::run;

/// Which of the files.
#[derive(Clone, Copy)]
pub(crate) enum Written {
    Restrictions,
    Settings,
}

/// Writes all into the folder, and names those of a kind. There are dozens.
#[track_caller]
pub(crate) fn written(folder: &Folder, kind: Written) -> Vec<PathBuf> {
    run(folder, &["demo", "--out", "written/demo"]).succeeds();
    for entry in std::fs::read_dir(fixture_path("remote")).unwrap() {
        let connection = entry.unwrap().path().join("connection.yml");
        if connection.is_file() {
            let name = connection.parent().unwrap().file_name().unwrap().to_str().unwrap();
            let (connection, out) = (connection.to_str().unwrap(), format!("written/{name}"));
            let line = ["remote", "plan", connection, "--pass", "changeit", "--out", &out];
            run(folder, &line).succeeds();
        }
    }
    let mut files = Vec::new();
    collect(&folder.join("written"), kind, &mut files);
    let least = match kind {
        Written::Restrictions => 10,
        Written::Settings => 20,
    };
    assert!(files.len() >= least, "{files:?}");
    files
}

fn collect(folder: &Path, kind: Written, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, kind, files);
        } else if path.extension().is_some_and(|suffix| suffix == "yml") && is(&path, kind) {
            files.push(path);
        }
    }
}

/// By what stands in it: kits for Kubernetes have manifests of the same names.
fn is(path: &Path, kind: Written) -> bool {
    let start = match kind {
        Written::Settings => "xpack.security.",
        Written::Restrictions => "trust.subject_name:",
    };
    std::fs::read_to_string(path).unwrap().lines().any(|line| line.starts_with(start))
}
