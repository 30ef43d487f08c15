//! Chores of this repository: `cargo xtask man` writes the man pages, `cargo xtask findings` the
//! pages of findings, and `cargo xtask mutate COUNT` runs every exercise on so many changed inputs.

mod findings;
mod man;
mod mutate;
mod pages;

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["man"] => man::render_all().and_then(|pages| pages::write(man::FOLDER, pages)),
        ["findings"] => findings::render().and_then(|all| pages::write(findings::FOLDER, all)),
        ["mutate", count, formats @ ..] => mutate::run(count, formats),
        _ => Err(anyhow::anyhow!(
            "usage: cargo xtask man|findings, or: cargo xtask mutate COUNT [FORMAT…]"
        )),
    };
    let Err(error) = done else { return ExitCode::SUCCESS };
    // Nothing is left to tell a second failure to, so it is ignored.
    let _ = writeln!(std::io::stderr(), "xtask: error: {error:#}");
    ExitCode::from(2)
}
