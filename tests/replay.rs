//! Every seed of every fuzz target, and every input that fuzzing has found trouble with, once more.

#![allow(clippy::disallowed_methods, reason = "tests read files")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::fs;
use std::panic;
use std::path::Path;

use crosstrust_exercise::EXERCISES;
use crosstrust_testkit::{Folder, Seed, root, seeded_targets, seeds, tool};

#[test]
fn every_seed_is_survived() {
    for exercise in EXERCISES {
        for Seed { name, bytes } in seeds(exercise.name) {
            let survived = panic::catch_unwind(|| (exercise.run)(&bytes)).is_ok();
            assert!(survived, "fixtures/fuzz/{exercise:?}.tsv: {name}");
        }
    }
}

#[test]
fn exercises_seeds_and_fuzz_targets_are_the_same() {
    let exercises: BTreeSet<String> =
        EXERCISES.iter().map(|exercise| exercise.name.to_owned()).collect();
    assert_eq!(exercises.len(), EXERCISES.len());
    assert_eq!(BTreeSet::from_iter(seeded_targets()), exercises);
    let targets: BTreeSet<String> =
        exercises.iter().map(|exercise| format!("{exercise}.rs")).collect();
    assert_eq!(names(&root().join("fuzz/fuzz_targets")), targets);
    let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
    for target in targets {
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{target}\"")), "{target}");
    }
}

/// What OpenSSL opens, we open, and find as many certificates.
#[test]
fn seeds_that_openssl_opens_are_opened() {
    use crosstrust_keystore::{Password, open::open};

    let Some(openssl) = tool("openssl") else { return };
    let mut opened = 0;
    let folder = Folder::new();
    for Seed { name: seed, bytes } in seeds("pkcs12") {
        folder.write("seed.p12", &bytes);
        let words = ["pkcs12", "-nokeys", "-legacy", "-passin", "pass:changeit", "-in"];
        let theirs = openssl.with(words).arg(folder.join("seed.p12")).run();
        if theirs.status != Some(0) {
            continue;
        }
        let ours = open(&bytes, &[Password::new("changeit")]);
        let ours = ours.unwrap_or_else(|error| panic!("{seed}: {error}"));
        let text = String::from_utf8_lossy(&theirs.stdout).into_owned();
        let theirs: BTreeSet<&str> = text.split("-----BEGIN CERTIFICATE-----").skip(1).collect();
        let theirs: BTreeSet<&str> =
            theirs.iter().filter_map(|block| block.split("-----END").next()).collect();
        assert_eq!(ours.certificates().len(), theirs.len(), "{seed}");
        opened += 1;
    }
    assert!(opened >= FEWEST, "OpenSSL opened {opened} seeds only");
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder);
    let entries = entries.unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// The fewest seeds that say anything.
const FEWEST: usize = 4;
