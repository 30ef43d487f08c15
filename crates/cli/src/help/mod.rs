//! The examples of every command: one table for `--help` and the man pages.

mod pages;

use clap::{Command, CommandFactory};

use pages::PAGES;

use crate::arguments::Cli;

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

/// The whole command line, with its examples.
pub(crate) fn command() -> Command {
    with_examples(Cli::command(), "")
}

/// Appends the examples to a command's help, and to those below it.
fn with_examples(command: Command, name: &str) -> Command {
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
    let lines = examples.map(|Example { what, line }| format!("  # {what}\n  {line}\n"));
    format!("Examples:\n{}", lines.collect::<Vec<_>>().join("\n"))
}
