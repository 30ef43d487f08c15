//! The seeds of the fuzz targets: a text for each target, a line for each seed.

use std::fs;

use crate::fixture::{fixture_path, fixture_text};

/// An input of a fuzz target.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Seed {
    /// What it is, or what was wrong with it.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Seed {
    /// The line of the seed: name, tab, bytes. What is not printable ASCII is written `\n`, `\r`,
    /// `\t`, `\\` or `\xHH`.
    pub fn line(&self) -> String {
        let escaped: String = self.bytes.iter().map(|byte| escaped(*byte)).collect();
        format!("{}\t{escaped}\n", self.name)
    }

    /// Reads a line.
    fn parse(line: &str) -> Option<Self> {
        let (name, text) = line.split_once('\t')?;
        Some(Self { name: name.to_owned(), bytes: unescape(text)? })
    }
}

/// The seeds of a target, in order of their names.
#[track_caller]
pub fn seeds(target: &str) -> Vec<Seed> {
    let read = |(line, number): (&str, usize)| {
        let seed = Seed::parse(line);
        seed.unwrap_or_else(|| panic!("fixtures/fuzz/{target}.tsv:{number}: no name and bytes"))
    };
    let seeds: Vec<Seed> =
        fixture_text(&format!("fuzz/{target}.tsv")).lines().zip(1..).map(read).collect();
    assert!(seeds.len() >= FEWEST, "fixtures/fuzz/{target}.tsv has {} seeds only", seeds.len());
    assert!(
        seeds.is_sorted_by(|one, other| one.name < other.name),
        "fixtures/fuzz/{target}.tsv: names are not in order, or not unique"
    );
    seeds
}

/// The names of the targets that have seeds, sorted.
pub fn seeded_targets() -> Vec<String> {
    let entries = fs::read_dir(fixture_path("fuzz")).unwrap_or_else(|error| panic!("{error}"));
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let stem = |name: String| name.strip_suffix(".tsv").map_or(name.clone(), str::to_owned);
    let mut targets: Vec<String> = names.map(stem).collect();
    targets.sort();
    targets
}

fn escaped(byte: u8) -> String {
    match byte {
        b'\\' => "\\\\".to_owned(),
        b'\n' => "\\n".to_owned(),
        b'\r' => "\\r".to_owned(),
        b'\t' => "\\t".to_owned(),
        b' '..=b'~' => char::from(byte).to_string(),
        _ => format!("\\x{byte:02x}"),
    }
}

fn unescape(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'\\' => match rest.next()? {
                b'\\' => b'\\',
                b'n' => b'\n',
                b'r' => b'\r',
                b't' => b'\t',
                b'x' => {
                    let mut digit = || char::from(rest.next()?).to_digit(16);
                    u8::try_from(digit()? * 16 + digit()?).ok()?
                }
                _ => return None,
            },
            b' '..=b'~' => byte,
            _ => return None,
        });
    }
    Some(bytes)
}

/// The fewest seeds that say anything.
const FEWEST: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_comes_back_from_its_line() {
        let seed = Seed { name: "all-bytes".to_owned(), bytes: (0..=255).collect() };
        let line = seed.line();
        assert_eq!(Seed::parse(line.trim_end_matches('\n')), Some(seed));
        let text = Seed { name: "a".to_owned(), bytes: b"k: 'v\\'\n\t\xff".to_vec() };
        assert_eq!(text.line(), "a\tk: 'v\\\\'\\n\\t\\xff\n");
    }

    #[test]
    fn what_is_no_line_of_a_seed_is_refused() {
        for line in ["name", "name\ta\\q", "name\ta\\x1", "name\ta\\", "name\tä"] {
            assert_eq!(Seed::parse(line), None, "{line}");
        }
    }
}
