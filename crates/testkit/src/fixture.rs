//! Where the repository and its fixtures are.

use std::fs;
use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// The path of a fixture, such as `p12/openssl/ca.p12`.
pub fn fixture_path(name: &str) -> PathBuf {
    root().join("fixtures").join(name)
}

/// The bytes of a fixture.
#[track_caller]
pub fn fixture(name: &str) -> Vec<u8> {
    fs::read(fixture_path(name)).unwrap_or_else(|error| panic!("fixture {name}: {error}"))
}

/// The text of a fixture.
#[track_caller]
pub fn fixture_text(name: &str) -> String {
    String::from_utf8(fixture(name)).unwrap_or_else(|error| panic!("fixture {name}: {error}"))
}

/// The rows of a tab-separated fixture, each a list of its columns, the header line left out.
#[track_caller]
pub fn rows(name: &str) -> Vec<Vec<String>> {
    let text = fixture_text(name);
    let rows = text.lines().skip(1).map(|row| row.split('\t').map(str::to_owned).collect());
    let rows: Vec<Vec<String>> = rows.collect();
    assert!(!rows.is_empty(), "fixture {name} has no row, so it would prove nothing");
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_holds_the_workspace_and_the_fixtures() {
        assert!(root().join("Cargo.lock").is_file());
        assert!(fixture_text("pem/ca.crt").starts_with("-----BEGIN CERTIFICATE-----"));
    }

    #[test]
    fn a_table_comes_without_its_header() {
        let rows = rows("cluster/scenarios.tsv");
        assert!(rows.iter().all(|row| row.len() == 3 && row[0] != "scenario"), "{:?}", rows[0]);
    }
}
