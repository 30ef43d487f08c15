//! The man pages: one for each command, from the command line's own definition.
//!
//! Options come from clap, examples from the table that `--help` shows too. There is no date in
//! them, so that the same sources give the same pages.

#![allow(clippy::disallowed_methods, reason = "a chore reads and writes files of the repository")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use crosstrust_cli::Page;

/// Pages by file name, such as `crosstrust-cert.1`.
type Pages = BTreeMap<String, String>;

/// Writes all pages to `man/` and removes those of commands that are no more.
pub(crate) fn write() -> Result<()> {
    let (pages, folder) = (render_all()?, folder());
    for name in committed()?.into_keys().filter(|name| !pages.contains_key(name)) {
        fs::remove_file(folder.join(&name)).with_context(|| name.clone())?;
    }
    fs::create_dir_all(&folder)?;
    for (name, text) in pages {
        fs::write(folder.join(&name), text).with_context(|| name.clone())?;
    }
    Ok(())
}

/// The pages as they are in the repository.
fn committed() -> Result<Pages> {
    let mut pages = Pages::new();
    for entry in fs::read_dir(folder())? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).with_context(|| name.clone())?;
        pages.insert(name, text);
    }
    Ok(pages)
}

/// The pages as the command line says.
fn render_all() -> Result<Pages> {
    let mut root = crosstrust_cli::command().disable_help_subcommand(true);
    root.build();
    let mut pages = Pages::new();
    let mut waiting = vec![root];
    while let Some(command) = waiting.pop() {
        waiting.extend(command.get_subcommands().filter(|child| !child.is_hide_set()).cloned());
        pages.insert(format!("{}.1", name(&command)), render(command)?);
    }
    Ok(pages)
}

fn render(mut command: Command) -> Result<String> {
    let page = page(&command)?;
    let usage = command.render_usage().to_string();
    let man = Man::new(command.clone())
        .title(name(&command).to_uppercase())
        .source(format!("crosstrust {}", env!("CARGO_PKG_VERSION")))
        .manual("Crosstrust Manual");
    let mut out = Vec::new();
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    synopsis(&usage, typed(&command)).to_writer(&mut out)?;
    man.render_description_section(&mut out)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut out)?;
    }
    man.render_options_section(&mut out)?;
    examples(page).to_writer(&mut out)?;
    definitions("EXIT STATUS", &EXIT_STATUS).to_writer(&mut out)?;
    definitions("ENVIRONMENT", &ENVIRONMENT).to_writer(&mut out)?;
    if let Some((above, _)) = typed(&command).rsplit_once(' ') {
        see_also(&page_name(above)).to_writer(&mut out)?;
    }
    // Every part begins with the same definitions; once is enough.
    let preamble = Roff::new().render();
    Ok(preamble.clone() + &String::from_utf8(out)?.replace(&preamble, ""))
}

/// What the help's table says of a command beside its options.
fn page(command: &Command) -> Result<&'static Page> {
    let name = name(command);
    let words = name.strip_prefix("crosstrust").unwrap_or_default().trim_start_matches('-');
    let page = crosstrust_cli::pages().iter().find(|page| page.name == words);
    page.with_context(|| format!("`{name}` has no examples: add a row to the table in help.rs"))
}

/// The command as it is typed, such as `crosstrust extract-ca`.
fn typed(command: &Command) -> &str {
    command.get_bin_name().unwrap_or_else(|| command.get_name())
}

/// The name of a command's page, such as `crosstrust-extract-ca`.
fn name(command: &Command) -> String {
    page_name(typed(command))
}

fn page_name(typed: &str) -> String {
    typed.replace(' ', "-")
}

/// The usage that `--help` shows, a line for each form.
fn synopsis(usage: &str, program: &str) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["SYNOPSIS"]);
    let forms = usage.trim_start_matches("Usage:").lines().map(str::trim);
    for (number, form) in forms.filter(|form| !form.is_empty()).enumerate() {
        if number > 0 {
            roff.control("br", []);
        }
        match form.strip_prefix(program) {
            Some(rest) => roff.text([bold(program), roman(rest)]),
            None => roff.text([roman(form)]),
        };
    }
    roff
}

fn examples(page: &Page) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["EXAMPLES"]);
    for example in page.examples {
        roff.control("TP", []);
        roff.text([roman(example.what)]);
        roff.control("nf", []);
        roff.text([bold(example.line)]);
        roff.control("fi", []);
    }
    roff
}

fn definitions(heading: &str, rows: &[(&str, &str)]) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [heading]);
    for (term, meaning) in rows {
        roff.control("TP", []);
        roff.text([bold(*term)]);
        roff.text([roman(*meaning)]);
    }
    roff
}

fn see_also(above: &str) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["SEE ALSO"]);
    roff.text([bold(above), roman("(1)")]);
    roff
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../man")
}

const EXIT_STATUS: [(&str, &str); 3] = [
    ("0", "Done, and nothing found wrong."),
    ("1", "Done, and something found wrong, such as a certificate that would be refused."),
    ("2", "Not done, for a reason told on standard error; nothing has been written."),
];

const ENVIRONMENT: [(&str, &str); 1] = [(
    "NO_COLOR",
    "If set and not empty, results are not coloured unless --color=always is given.",
)];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_man_pages_are_those_of_the_command_line() {
        let (committed, rendered) = (committed().unwrap(), render_all().unwrap());
        let differs = |name: &&String| committed.get(*name) != rendered.get(*name);
        let stale: BTreeSet<&String> =
            committed.keys().chain(rendered.keys()).filter(differs).collect();
        assert!(
            stale.is_empty(),
            "stale, missing or superfluous: {stale:?}; run `cargo xtask man`"
        );
        assert!(committed.contains_key("crosstrust.1"));
    }
}
