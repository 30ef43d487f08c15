//! The tables of `fixtures/remote/README.md`: what the documentation's pages have is where they say, in
//! the committed kits.

#![allow(clippy::disallowed_methods, reason = "tests read files")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::collections::BTreeMap;

use crosstrust_remote::rules;
use crosstrust_testkit::fixture_text;

/// The files of a kit by their paths.
fn files(kit: &str) -> BTreeMap<String, String> {
    let text = fixture_text(&format!("remote/{kit}/kit.txt"));
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut path = String::new();
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --\n")) {
            Some(name) => name.clone_into(&mut path),
            None => files.entry(path.clone()).or_default().push_str(line),
        }
    }
    files
}

/// The sections of a kit's README, each with the file that it names; the first is the head.
fn sections(files: &BTreeMap<String, String>) -> Vec<String> {
    let sections = files["README.md"].split("\n### ");
    sections
        .map(|section| {
            let named = files.iter().filter(|(path, _)| section.contains(&format!("[`{path}`]")));
            named.fold(section.to_owned(), |all, (_, text)| all + text)
        })
        .collect()
}

/// Why a row does not hold; nothing where it does.
fn fault(kit: &str, sections: &[String], step: &str, words: &str) -> Option<String> {
    if let Some(code) = step.strip_prefix("check ") {
        let rule = rules().into_iter().find(|rule| rule.code == code);
        let has = |text: &str| text.contains(words);
        let says = rule.is_some_and(|rule| has(rule.summary) || has(rule.explanation));
        return (!says).then(|| format!("{code} does not say {words:?}"));
    }
    match step {
        "—" => return None,
        "other kit" => return files(words).is_empty().then(|| format!("no kit {words}")),
        _ => {}
    }
    let is_step = |section: &&String| {
        let title = section.split_once(". ").map_or("", |(_, title)| title);
        if step == "head" { section.starts_with('#') } else { title.starts_with(step) }
    };
    let found: Vec<&String> = sections.iter().filter(is_step).collect();
    if found.is_empty() {
        return Some(format!("{kit} has no step {step:?}"));
    }
    let says = found.iter().any(|section| section.contains(words));
    (!says).then(|| format!("{kit}, {step}: nothing says {words:?}"))
}

#[test]
fn what_the_pages_have_is_where_the_tables_say() {
    let readme = fixture_text("remote/README.md");
    let (mut kit, mut all, mut count, mut kits) = (String::new(), Vec::new(), 0, 0);
    let mut faults = Vec::new();
    for line in readme.lines() {
        if let Some(name) = line.strip_prefix("#### ") {
            kits += 1;
            name.clone_into(&mut kit);
            all = sections(&files(name));
        }
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [_, step, words] = cells[..] else { continue };
        if kit.is_empty() || step == "step of the kit" {
            continue;
        }
        count += 1;
        faults.extend(fault(&kit, &all, step, words));
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(kits == 10 && count > 140, "{kits} kits, {count} rows");
}
