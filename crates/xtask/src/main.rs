//! Chores of this repository: `cargo xtask man` writes the man pages, `cargo xtask findings` the
//! pages of findings, `cargo xtask mutate COUNT` runs every exercise on so many changed inputs,
//! `cargo xtask seeds` unpacks the seeds of the fuzz targets, and `cargo xtask seed` adds one.

mod findings;
mod man;
mod mutate;
mod pages;
mod seeds;

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["man"] => man::render_all().and_then(|pages| pages::write(man::FOLDER, pages)),
        ["findings"] => findings::render().and_then(|all| pages::write(findings::FOLDER, all)),
        ["mutate", count, formats @ ..] => mutate::run(count, formats),
        ["seeds"] => seeds::unpack(),
        ["seed", target, name, file] => seeds::add(target, name, file),
        _ => Err(anyhow::anyhow!(
            "usage: cargo xtask man|findings|seeds, cargo xtask mutate COUNT [FORMAT…], or: \
             cargo xtask seed TARGET NAME FILE"
        )),
    };
    let Err(error) = done else { return ExitCode::SUCCESS };
    // Nothing is left to tell a second failure to, so it is ignored.
    let _ = writeln!(std::io::stderr(), "xtask: error: {error:#}");
    ExitCode::from(2)
}
