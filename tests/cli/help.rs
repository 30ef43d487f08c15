//! Help: every command has one, with an example; usage errors end with status 2.

use crosstrust_testkit::Folder;

use crate::{crosstrust, run};

/// The words of every command, those of groups among them.
fn commands() -> Vec<Vec<String>> {
    let mut found = vec![Vec::new()];
    collect(&crosstrust_cli::command(), &[], &mut found);
    assert!(found.len() > 30, "{found:?}");
    found
}

fn collect(command: &clap::Command, words: &[String], found: &mut Vec<Vec<String>>) {
    for below in command.get_subcommands() {
        let words = [words, &[below.get_name().to_owned()]].concat();
        found.push(words.clone());
        collect(below, &words, found);
    }
}

/// A command with one word more.
fn line<'a>(command: &'a [String], last: &'a str) -> Vec<&'a str> {
    command.iter().map(String::as_str).chain([last]).collect()
}

#[test]
fn every_command_helps_with_an_example() {
    let folder = Folder::new();
    for command in commands() {
        let help = run(&folder, &line(&command, "--help")).succeeds();
        let text = help.text();
        assert!(text.contains("\nExamples:\n"), "{}: {text}", help.line);
        assert!(text.contains("  crosstrust "), "{}: {text}", help.line);
        assert_eq!(help.messages(), "", "{}", help.line);
    }
}

#[test]
fn a_bad_option_is_a_usage_error() {
    let folder = Folder::new();
    // `certutil` answers as elasticsearch-certutil does.
    for command in commands().iter().filter(|command| **command != ["certutil"]) {
        let ended = run(&folder, &line(command, "--no-such-option")).exits_with(2);
        let messages = ended.messages();
        assert!(messages.starts_with("crosstrust: error: "), "{}: {messages}", ended.line);
        assert!(messages.contains("\ncrosstrust: hint: "), "{messages}");
        assert!(!messages.contains("tip:"), "{messages}");
        assert_eq!(ended.text(), "");
    }
}

#[test]
fn completions_are_written_for_the_usual_shells() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(&folder, &["completions", shell]).succeeds();
        assert!(script.text().contains("extract-ca"), "{shell}");
    }
    run(&folder, &["completions", "cobol"]).exits_with(2);
}

#[test]
fn the_version_is_told() {
    let version = run(&Folder::new(), &["--version"]).succeeds();
    assert!(version.text().starts_with("crosstrust "), "{}", version.text());
}

/// What stands in a terminal of 80 columns is what is to be typed: a shell that reads it gets the
/// words of the example.
#[test]
fn examples_can_be_copied_from_a_terminal() {
    let folder = Folder::new();
    for page in crosstrust_cli::pages() {
        let command = commands().into_iter().find(|command| command.join("-") == page.name);
        let Some(command) = command else { panic!("there is no command `{}`", page.name) };
        let help =
            crosstrust(&folder, &line(&command, "--help")).env("COLUMNS", "80").run().succeeds();
        let (_, examples) = help.text().split_once("\nExamples:\n").unwrap();
        assert!(examples.lines().all(|line| line.chars().count() <= 80), "{examples}");
        let joined = examples.replace(" \\\n      ", " ");
        let shown: Vec<&str> = joined.lines().filter(|line| !line.is_empty()).collect();
        let written = page
            .examples
            .iter()
            .flat_map(|example| [format!("  # {}", example.what), format!("  {}", example.line)]);
        assert_eq!(shown, written.collect::<Vec<_>>());
    }
}
