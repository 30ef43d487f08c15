//! Transcripts: each file of `tests/cmd` is run and compared, byte for byte, and so is the README's.
//!
//! A binary of its own, since transcripts are found and run from the root of the repository.
//! `TRYCMD=overwrite cargo test --test golden` writes what the commands print now; read the diff.

use crosstrust_testkit::{Folder, crosstrust, root};

#[test]
fn transcripts_hold() {
    std::env::set_current_dir(root()).unwrap();
    let cases = trycmd::TestCases::new();
    cases.register_bin("crosstrust", trycmd::cargo::cargo_bin!("crosstrust"));
    cases.case("tests/cmd/*.toml");
    cases.case("tests/cmd/*.md");
}

#[test]
fn the_readme_shows_what_the_demo_prints() {
    let folder = Folder::new();
    let demo = crosstrust(env!("CARGO_BIN_EXE_crosstrust")).arg("demo").folder(folder.path());
    let account = demo.run().succeeds();
    // Blanks at the end of a line do not show, and editors take them away.
    let lines = account.text().lines().map(|line| line.trim_end().to_owned() + "\n");
    let shown = format!("$ cargo run --release -- demo\n{}```\n", lines.collect::<String>());
    let readme = include_str!("../README.md");
    assert!(readme.contains(&shown), "the README's transcript of the demo is to be:\n{shown}");
}
