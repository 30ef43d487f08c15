//! Settings files of nodes: each key's value, as Elasticsearch's loader has it, against our reader.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crosstrust_settings::SettingsFile;
use crosstrust_testkit::{Folder, fixture_path};

use crate::judge::{Answer, judges};
use crate::random::Random;
use crate::tally::Tally;
use crate::written::{Written, written};

/// Keys with their value as one text and as a list, written as Java does; none for a refused file.
type Meaning = Option<BTreeSet<String>>;

#[test]
fn settings_files_mean_what_elasticsearch_makes_of_them() {
    let judges = judges();
    if judges.is_empty() {
        return;
    }
    let folder = Folder::new();
    let written = written(&folder, Written::Settings);
    let files = [files(&folder), written.clone()].concat();
    let question = |file: &PathBuf| vec!["settings".to_owned(), file.to_str().unwrap().to_owned()];
    let questions: Vec<Vec<String>> = files.iter().map(question).collect();
    for judge in judges {
        let mut tally = Tally::new(&judge.name, "settings files");
        for (file, answer) in files.iter().zip(judge.ask(&questions)) {
            let question = || {
                let bytes = std::fs::read(file).unwrap();
                format!("{} {:?}", file.display(), String::from_utf8_lossy(&bytes))
            };
            let theirs = theirs(answer);
            assert!(theirs.is_some() || !written.contains(file), "refused: {}", question());
            tally.compare(question, &ours(file), &theirs);
        }
        tally.close(300);
    }
}

fn ours(file: &Path) -> Meaning {
    let file = SettingsFile::parse(&std::fs::read(file).unwrap()).ok()?;
    let lines = file.settings().iter().map(|setting| {
        let items: Vec<&str> = setting.items.iter().map(|item| item.text.as_str()).collect();
        format!("{}={}\t[{}]", setting.key, setting.value.text, items.join(", "))
    });
    Some(lines.collect())
}

fn theirs(answer: Answer) -> Meaning {
    let Answer::Ok(columns) = answer else { return None };
    Some(columns.into_iter().collect())
}

/// Settings files of the fixtures, and random ones.
fn files(folder: &Folder) -> Vec<PathBuf> {
    let mut files = Vec::new();
    collect(&fixture_path(""), &mut files);
    let mut random = Random::new(9_443);
    for number in 0..600 {
        let path = folder.path().join(format!("{number}.yml"));
        std::fs::write(&path, document(&mut random)).unwrap();
        files.push(path);
    }
    files
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.file_name().is_some_and(|name| name == "elasticsearch.yml") {
            files.push(path);
        }
    }
}

const KEYS: [&str; 10] = [
    "node.name",
    "node.roles",
    "xpack.security.enabled",
    "path.data",
    "node.attr.x",
    "cluster.name",
    "xpack.security.transport.ssl.certificate_authorities",
    "node.roles.0",
    "node.roles.1",
    "node",
];

const VALUES: [&str; 16] = [
    " es1",
    " 'es 1'",
    " [ data, master ]",
    " data,master",
    " data, ",
    " true",
    " True",
    " 9300",
    " 0x10",
    " ~",
    "",
    " []",
    "\n  - a\n  - b",
    " {a: b}",
    "\n  a: b\n  c: [d]",
    " \"a,\\tb\"",
];

fn document(random: &mut Random) -> String {
    let line =
        |random: &mut Random| format!("{}:{}\n", random.choose(&KEYS), random.choose(&VALUES));
    (0..=random.below(4)).map(|_| line(random)).collect()
}
