//! Restrictions files: the settings loader of Elasticsearch against our reader of YAML and JSON.

use std::path::{Path, PathBuf};

use crosstrust_pattern::tsv;
use crosstrust_restrictions::{Loaded, Restrictions};
use crosstrust_testkit::{Folder, fixture_path, seeds};

use crate::judge::{Answer, judges};
use crate::random::Random;
use crate::tally::Tally;
use crate::written::{Written, written};

/// What a file means: its patterns, and for each of [`NAMES`] whether it is admitted. The verdicts
/// are missing if a pattern is unusable; all of it is if the file cannot be read.
type Meaning = Option<(Vec<String>, Option<Vec<bool>>)>;

const NAMES: [&str; 4] = ["es1.node.east.example", "a", "", "/a/"];

#[test]
fn restrictions_files_mean_what_elasticsearch_makes_of_them() {
    let judges = judges();
    if judges.is_empty() {
        return;
    }
    let folder = Folder::new();
    let written = written(&folder, Written::Restrictions);
    let files = [files(&folder), written.clone()].concat();
    let questions: Vec<Vec<String>> = files.iter().map(|file| question(file)).collect();
    for judge in judges {
        let mut tally = Tally::new(&judge.name, "restrictions files");
        for (file, answer) in files.iter().zip(judge.ask(&questions)) {
            let question = || {
                let bytes = std::fs::read(file).unwrap();
                format!("{} {:?}", file.display(), String::from_utf8_lossy(&bytes))
            };
            let (ours, theirs) = (ours(file), theirs(answer));
            let usable = matches!(theirs, Some((_, Some(_))));
            assert!(usable || !written.contains(file), "refused: {}", question());
            if ours != theirs && is_list_in_list(file) {
                tally.listed();
                continue;
            }
            tally.compare(question, &ours, &theirs);
        }
        tally.close(1_000);
    }
}

fn question(file: &Path) -> Vec<String> {
    let mut question = vec!["restrictions".to_owned(), file.to_str().unwrap().to_owned()];
    question.extend(NAMES.map(str::to_owned));
    question
}

/// Keys numbered twice are an error to 7.17 and 8.19, and to us. 9.5 takes the inner list for its
/// text, `[a]`, which is no name that a certificate has.
fn is_list_in_list(file: &Path) -> bool {
    std::fs::read_to_string(file).is_ok_and(|text| text.contains("subject_name.0.0:"))
}

fn ours(file: &Path) -> Meaning {
    let (name, bytes) = (file.file_name()?.to_str()?, std::fs::read(file).unwrap());
    let loaded = Loaded::parse(name, &bytes).ok()?;
    let patterns = loaded.items().iter().map(|item| item.text.clone()).collect();
    let restrictions = Restrictions::parse(name, &bytes).ok();
    let admits = |restrictions: Restrictions| {
        NAMES.map(|name| restrictions.judge(&[name]).is_some()).to_vec()
    };
    Some((patterns, restrictions.map(admits)))
}

fn theirs(answer: Answer) -> Meaning {
    let Answer::Ok(mut columns) = answer else { return None };
    let count: usize = columns.remove(0).parse().unwrap();
    let mut verdicts = columns.split_off(count);
    let usable = verdicts.remove(0) == "1";
    Some((columns, usable.then(|| verdicts.iter().map(|verdict| verdict == "1").collect())))
}

/// Files of the fixtures, of the table of the restrictions crate, and random ones.
fn files(folder: &Folder) -> Vec<PathBuf> {
    let mut files = fixtures();
    let mut write = |suffix: &str, text: &[u8]| {
        let path = folder.path().join(format!("{}.{suffix}", files.len()));
        std::fs::write(&path, text).unwrap();
        files.push(path);
    };
    let table = fixture_path("../crates/restrictions/tests/settings-loader.tsv");
    for row in std::fs::read_to_string(table).unwrap().lines() {
        let columns: Vec<&str> = row.split('\t').collect();
        write(columns[0], tsv::unescape(columns[1]).unwrap().as_bytes());
    }
    for seed in seeds("restrictions") {
        write("yml", &seed.bytes);
    }
    let mut random = Random::new(2_026);
    for _ in 0..1_500 {
        let suffix = if random.once_in(6) { "json" } else { "yml" };
        write(suffix, document(&mut random, suffix).as_bytes());
    }
    files
}

fn fixtures() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(fixture_path("trust")).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|suffix| suffix == "yml" || suffix == "json"));
    files.sort();
    files
}

fn document(random: &mut Random, suffix: &str) -> String {
    if suffix == "json" { json(random) } else { yaml(random) }
}

const SCALARS: [&str; 24] = [
    "'*.node.east.example'",
    "\"*.east\"",
    "*.east",
    "a",
    "/a/",
    "'/.*[.]east/'",
    "~",
    "null",
    "a,b",
    "'a, b'",
    "1",
    "true",
    "0x1F",
    "- a",
    "[a, b]",
    "{a: b}",
    "&x a",
    "!!str a",
    "a # b",
    "'it''s'",
    "\"\\u0041\"",
    "|\n    a\n    b",
    ">\n    a\n    b",
    "",
];

fn yaml(random: &mut Random) -> String {
    let mut text = random.choose(&["", "", "", "---\n", "# a comment\n", "\u{FEFF}"]).to_owned();
    match random.below(4) {
        0 => text.push_str("trust.subject_name:"),
        1 => text.push_str("trust:\n  subject_name:"),
        2 => text.push_str("trust.subject_name :"),
        _ => text.push_str(random.choose(&["\"trust.subject_name\":", "trust: {subject_name:"])),
    }
    let in_flow = text.ends_with("{subject_name:");
    match random.below(3) {
        _ if in_flow => {
            let items = [random.choose(&SCALARS), random.choose(&SCALARS)];
            text.push_str(&format!(" [{}]}}\n", items.join(", ")));
        }
        0 => text.push_str(&format!(" {}\n", random.choose(&SCALARS))),
        1 => {
            let items = [random.choose(&SCALARS), random.choose(&SCALARS)];
            text.push_str(&format!(" [{}]\n", items.join(random.choose(&[", ", ",", " "]))));
        }
        _ => {
            text.push('\n');
            let indent = random.choose(&["  ", "    ", "", "\t"]);
            for _ in 0..=random.below(4) {
                let dash = random.choose(&["- ", "- ", "- ", "-", "-  "]);
                text.push_str(&format!("{indent}{dash}{}\n", random.choose(&SCALARS)));
            }
        }
    }
    text.push_str(random.choose(&[
        "",
        "",
        "",
        "x: y\n",
        "trust.subject_name: z\n",
        "trust:\n",
        "...\n",
    ]));
    text
}

fn json(random: &mut Random) -> String {
    let values =
        ["\"*.east\"", "\"a,b\"", "1", "true", "null", "[]", "[\"a\"]", "{}", "'a'", "\"\\n\""];
    let mut items: Vec<&str> = (0..random.below(4)).map(|_| random.choose(&values)).collect();
    if random.once_in(8) {
        items.push("");
    }
    let key = random.choose(&[
        "\"trust.subject_name\"",
        "\"trust\":{\"subject_name\"",
        "trust.subject_name",
    ]);
    let close = if key.contains('{') { "}" } else { "" };
    let end = random.choose(&["}", "}", "}\n", "} x", "", ",\"x\":1}"]);
    format!("{{{key}: [{}]{close}{end}", items.join(","))
}
