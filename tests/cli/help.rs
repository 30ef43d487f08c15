//! Help: every command has one, with an example; usage errors end with status 2.

use crosstrust_testkit::Folder;

use crate::{crosstrust, run};

const COMMANDS: &[&[&str]] = &[
    &[],
    &["ca"],
    &["cert"],
    &["certutil"],
    &["completions"],
    &["convert"],
    &["csr"],
    &["demo"],
    &["explain"],
    &["extract-ca"],
    &["inspect"],
    &["preflight"],
    &["preflight", "endpoint"],
    &["preflight", "identity"],
    &["preflight", "matrix"],
    &["preflight", "node"],
    &["reissue"],
    &["remote"],
    &["remote", "check"],
    &["remote", "init"],
    &["remote", "merge-trust"],
    &["remote", "plan"],
    &["remote", "verify"],
    &["report"],
    &["restrictions"],
    &["restrictions", "add"],
    &["restrictions", "check"],
    &["restrictions", "explain"],
    &["restrictions", "generate"],
    &["restrictions", "lint"],
    &["restrictions", "match"],
    &["restrictions", "merge"],
    &["restrictions", "show"],
    &["rotate"],
    &["rotate", "plan"],
    &["sign"],
];

#[test]
fn every_command_helps_with_an_example() {
    let folder = Folder::new();
    for command in COMMANDS {
        let help = run(&folder, &[*command, &["--help"]].concat()).succeeds();
        let text = help.text();
        assert!(text.contains("\nExamples:\n"), "{}: {text}", help.line);
        assert!(text.contains("  crosstrust "), "{}: {text}", help.line);
        assert_eq!(help.messages(), "", "{}", help.line);
    }
}

#[test]
fn every_command_of_the_help_is_tested_here() {
    let folder = Folder::new();
    for parent in [&[][..], &["preflight"], &["remote"], &["restrictions"], &["rotate"]] {
        let help = run(&folder, &[parent, &["--help"]].concat()).succeeds();
        let commands = help.text().lines().skip_while(|line| *line != "Commands:").skip(1);
        let listed = commands
            .take_while(|line| !line.is_empty())
            .filter(|line| !line.starts_with("   "))
            .filter_map(|line| line.split_whitespace().next())
            .filter(|name| *name != "help");
        for name in listed {
            let command = [parent, &[name]].concat();
            assert!(COMMANDS.contains(&command.as_slice()), "{command:?} is in no test");
        }
    }
}

#[test]
fn a_bad_option_is_a_usage_error() {
    let folder = Folder::new();
    // `certutil` answers as elasticsearch-certutil does.
    for command in COMMANDS.iter().filter(|command| **command != ["certutil"]) {
        let ended = run(&folder, &[*command, &["--no-such-option"]].concat()).exits_with(2);
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
        let words = page.name.split_terminator('-');
        let command = COMMANDS.iter().find(|command| command.join("-") == page.name);
        let Some(command) = command else { panic!("{words:?} is in no test") };
        let line = [*command, &["--help"]].concat();
        let help = crosstrust(&folder, &line).env("COLUMNS", "80").run().succeeds();
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
