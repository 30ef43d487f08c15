//! The examples of every command: one table for `--help` and the man pages.

mod issue;
mod pages;
mod remote;

use clap::Command;

use pages::PAGES;

/// An example of a command: what it does, and what is typed.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// What it does, in a line.
    pub what: &'static str,
    /// What is typed.
    pub line: &'static str,
}

/// A command and what its pages say beside its options.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// The words of the command after `crosstrust`, joined by a hyphen; empty for itself.
    pub name: &'static str,
    /// Its examples.
    pub examples: &'static [Example],
}

/// All commands that have a page, in alphabetical order.
pub fn pages() -> &'static [Page] {
    PAGES
}

const fn example(what: &'static str, line: &'static str) -> Example {
    Example { what, line }
}

/// Appends the examples to a command's help, and to those below it. `name` is that of its page.
pub(crate) fn with_examples(command: Command, name: &str) -> Command {
    let children: Vec<String> =
        command.get_subcommands().map(|child| child.get_name().to_owned()).collect();
    let mut command = match PAGES.iter().find(|page| page.name == name) {
        Some(page) => command.after_help(text(page)),
        None => command,
    };
    for child in children {
        let path = if name.is_empty() { child.clone() } else { format!("{name}-{child}") };
        command = command.mut_subcommand(child, |below| with_examples(below, &path));
    }
    command
}

fn text(page: &Page) -> String {
    let examples = page.examples.iter();
    let lines = examples.map(|Example { what, line }| format!("  # {what}\n  {}\n", wrapped(line)));
    format!("Examples:\n{}", lines.collect::<Vec<_>>().join("\n"))
}

/// The command on as many lines as it needs, which a shell reads as one: a terminal would cut a
/// longer one in two commands.
fn wrapped(line: &str) -> String {
    let mut text = String::new();
    let mut column = 0_usize;
    for word in words(line) {
        let length = word.chars().count();
        if column > 0 && column.saturating_add(length).saturating_add(3) > WIDTH {
            text.push_str(" \\\n      ");
            column = 4;
        } else if column > 0 {
            text.push(' ');
            column = column.saturating_add(1);
        }
        text.push_str(word);
        column = column.saturating_add(length);
    }
    text
}

/// The parts of a command that stay on one line: its words, each option with its value.
fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut quoted) = (0, false);
    let mut option = false;
    for (place, character) in line.char_indices() {
        quoted ^= character == '\'';
        if character != ' ' || quoted {
            continue;
        }
        let word = line.get(start..place).unwrap_or_default();
        let value_follows = line.get(place..).is_some_and(|rest| !rest.starts_with(" -"));
        option = !option && word.starts_with('-') && value_follows;
        if !option {
            words.push(word);
            start = place.saturating_add(1);
        }
    }
    words.extend(line.get(start..));
    words
}

/// How many columns an example takes behind its indent of two.
const WIDTH: usize = 76;
