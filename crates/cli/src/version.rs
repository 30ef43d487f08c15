//! `crosstrust --version --verbose`: the version, what this binary has, and the crates that it is built from.

use std::ffi::OsString;
use std::io::{self, Write};

/// Whether a command line asks for the crates; `--version` alone is left to the argument parser.
pub(crate) fn is_asked(arguments: &[OsString]) -> bool {
    let words: Vec<&str> = arguments.iter().skip(1).filter_map(|word| word.to_str()).collect();
    matches!(
        words.as_slice(),
        ["--version" | "-V", "--verbose"] | ["--verbose", "--version" | "-V"]
    )
}

/// Prints the version as `--version` does, whether keys in tokens are reached, then a line for each crate: its
/// name and version.
pub(crate) fn print() -> io::Result<()> {
    let mut out = io::stdout().lock();
    let tokens = if cfg!(feature = "pkcs11") { "yes" } else { "no" };
    let version = env!("CARGO_PKG_VERSION");
    write!(out, "crosstrust {version}\nkeys in tokens (PKCS#11): {tokens}\n\n{CRATES}")?;
    out.flush()
}

/// All that `Cargo.lock` names on the way from this crate: also what only builds, and what only other
/// operating systems take.
const CRATES: &str = include_str!(concat!(env!("OUT_DIR"), "/crates.txt"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_both_words_together_ask_for_the_crates() {
        #[track_caller]
        fn check(line: &str, expected: bool) {
            let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            assert_eq!(is_asked(&words), expected, "{line}");
        }

        check("crosstrust --version --verbose", true);
        check("crosstrust --verbose -V", true);
        check("crosstrust --version", false);
        check("crosstrust --verbose", false);
        check("crosstrust ca --version --verbose", false);
    }
}
