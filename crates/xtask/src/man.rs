//! The man pages: one for each command, from the command line's own definition.
//!
//! Options come from clap, examples from the table that `--help` shows too. There is no date in
//! them, so that the same sources give the same pages.

use anyhow::{Context, Result};
use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use crosstrust_cli::Page;

use crate::pages::Pages;

/// Where the pages are.
pub(crate) const FOLDER: &str = "man";

/// The pages as the command line says.
pub(crate) fn render_all() -> Result<Pages> {
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
    let status = if page.name == "certutil" { &CERTUTIL_EXIT_STATUS[..] } else { &EXIT_STATUS };
    definitions("EXIT STATUS", status).to_writer(&mut out)?;
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

const EXIT_STATUS: [(&str, &str); 3] = [
    ("0", "Done, and nothing found wrong."),
    ("1", "Done, and something found wrong, such as a certificate that would be refused."),
    ("2", "Not done, for a reason told on standard error; nothing has been written."),
];

/// What elasticsearch-certutil ends with.
const CERTUTIL_EXIT_STATUS: [(&str, &str); 7] = [
    ("0", "Done."),
    ("1", "Not done, such as for a wrong password or a file that is not there."),
    ("64", "The options are wrong, or no CA is given."),
    ("65", "A file that the mode http asks for is of no use."),
    ("73", "The folder of the output cannot be made, or is not to be made."),
    ("74", "The output is there already."),
    (
        "78",
        "The file of instances is wrong, a password is not ASCII, or a CA's key is another one's.",
    ),
];

const ENVIRONMENT: [(&str, &str); 1] = [(
    "NO_COLOR",
    "If set and not empty, results are not coloured unless --color=always is given.",
)];

#[cfg(test)]
mod tests {
    #[test]
    fn the_man_pages_are_those_of_the_command_line() {
        crate::pages::check(super::FOLDER, &super::render_all().unwrap());
    }
}
