//! `crosstrust --version`, with and without `--verbose`.

use crosstrust_testkit::{Folder, Run, root};

use crate::run;

#[test]
fn the_crates_are_those_of_cargo() {
    let folder = Folder::new();
    let short = run(&folder, &["--version"]).succeeds().text().to_owned();
    let long = run(&folder, &["--version", "--verbose"]).succeeds().text().to_owned();
    let rest = long.strip_prefix(&short).unwrap();
    let crates = rest.strip_prefix("keys in tokens (PKCS#11): yes\n\n").unwrap();
    let crates: Vec<&str> = crates.lines().collect();
    assert!(crates.is_sorted(), "{crates:?}");

    let tree = ["tree", "--package", "crosstrust-cli", "--edges", "normal", "--prefix", "none"];
    let rest = ["--format", "{p}", "--offline", "--locked"];
    let tree = Run::new(env!("CARGO")).folder(root()).args(tree).args(rest).run().succeeds();
    for line in tree.text().lines() {
        // `name v1.2.3 (path) (*)`
        let (name, rest) = line.split_once(" v").unwrap();
        let version = rest.split(' ').next().unwrap();
        assert!(crates.contains(&format!("{name} {version}").as_str()), "{line} is missing");
    }
    for for_tests in ["proptest", "trycmd", "crosstrust-testkit"] {
        assert!(
            !crates.iter().any(|line| line.split(' ').next() == Some(for_tests)),
            "{for_tests}"
        );
    }
}
