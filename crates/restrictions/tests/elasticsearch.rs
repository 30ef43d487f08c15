//! Files and certificates whose meaning to Elasticsearch is known: by its own parts, run on them.
//!
//! `settings-loader.tsv` has a file a row: its suffix, its text with the escapes of
//! [`crosstrust_pattern::tsv`], and what Elasticsearch's settings loader makes of it, either `error`
//! or the trusted names and the ignored keys as JSON. The outcomes were settled by running the
//! loader's steps on Jackson 2.22 with `SnakeYAML` 2.4; Jackson 2.8 with `SnakeYAML` 1.33 agrees on
//! all rows but those with the tags `!!binary`, `!!int` and `!!null`.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read fixtures")]

use std::path::Path;
use std::path::PathBuf;

use crosstrust_pattern::tsv;
use crosstrust_restrictions::Loaded;
use crosstrust_restrictions::Restrictions;
use crosstrust_restrictions::X509Field;
use crosstrust_restrictions::certificate_names;
use crosstrust_x509::Certificate;

/// The names a file trusts and the keys it has for nothing; none for a file that is refused.
type Outcome = Option<(Vec<String>, Vec<String>)>;

fn outcome(file_name: &str, bytes: &[u8]) -> Outcome {
    let loaded = Loaded::parse(file_name, bytes).ok()?;
    let items = loaded.items().iter().map(|item| item.text.clone()).collect();
    let mut keys: Vec<String> =
        loaded.ignored_keys().iter().map(|ignored| ignored.key.clone()).collect();
    keys.sort();
    Some((items, keys))
}

fn expected(patterns: &str, keys: &str) -> Outcome {
    let list = |text: &str| serde_json::from_str::<Vec<String>>(text).unwrap();
    (patterns != "error").then(|| (list(patterns), list(keys)))
}

#[test]
fn files_mean_what_the_settings_loader_of_elasticsearch_makes_of_them() {
    let rows: Vec<&str> = include_str!("settings-loader.tsv").lines().collect();
    assert!(rows.len() > 1000);
    for row in rows {
        let fields: Vec<&str> = row.split('\t').collect();
        let [suffix, text, patterns, keys] = fields[..] else { panic!("{row}") };
        let text = tsv::unescape(text).unwrap();
        let found = outcome(&format!("trust.{suffix}"), text.as_bytes());
        assert_eq!(found, expected(patterns, keys), "{row}");
    }
}

#[test]
fn the_example_files_have_their_outcomes() {
    let folder = fixtures().join("trust");
    let table = std::fs::read_to_string(folder.join("outcomes.tsv")).unwrap();
    let rows: Vec<&str> = table.lines().skip(1).collect();
    assert!(rows.len() >= 90);
    for row in rows {
        let fields: Vec<&str> = row.split('\t').collect();
        let [file_name, status, patterns, keys, _] = fields[..] else { panic!("{row}") };
        let bytes = std::fs::read(folder.join(file_name)).unwrap();
        let expected = if status == "error" { None } else { expected(patterns, keys) };
        assert_eq!(outcome(file_name, &bytes), expected, "{row}");
    }
}

#[test]
fn of_the_example_files_two_more_have_invalid_patterns() {
    let folder = fixtures().join("trust");
    let mut invalid = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let file_name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let bytes = std::fs::read(&path).unwrap();
        if outcome(&file_name, &bytes).is_some() && Restrictions::parse(&file_name, &bytes).is_err()
        {
            invalid.push(file_name);
        }
    }
    invalid.sort();
    assert_eq!(invalid, ["124-regex-hash-comment.yml", "128-regex-scalar-comma.yml"]);
}

#[test]
fn certificates_have_the_names_that_every_supported_java_reads() {
    let folder = fixtures().join("san");
    let table = std::fs::read_to_string(folder.join("outcomes.tsv")).unwrap();
    let rows: Vec<&str> = table.lines().skip(1).collect();
    assert!(rows.len() >= 30);
    for row in rows {
        let fields: Vec<&str> = row.split('\t').collect();
        let [file_name, java_17, java_25, dns, _] = fields[..] else { panic!("{row}") };
        let list = |text: &str| serde_json::from_str::<Vec<String>>(text);
        let (Ok(java_17), Ok(java_25), Ok(dns)) = (list(java_17), list(java_25), list(dns)) else {
            panic!("{row}")
        };
        let certificate = certificate(&folder.join(file_name));
        let both = unique(java_17.into_iter().filter(|name| java_25.contains(name)));
        assert_eq!(names(&certificate, X509Field::OtherNameCommonName), both, "{row}");
        assert_eq!(names(&certificate, X509Field::DnsName), unique(dns.into_iter()), "{row}");
    }
}

fn names(certificate: &Certificate, field: X509Field) -> Vec<String> {
    let names = certificate_names(certificate, &[field]);
    assert!(names.iter().all(|name| name.field == field));
    let mut names: Vec<String> = names.into_iter().map(|name| name.value).collect();
    names.sort();
    names
}

fn unique(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = names.collect();
    names.sort();
    names.dedup();
    names
}

fn certificate(path: &Path) -> Certificate {
    let pem = std::fs::read_to_string(path).unwrap();
    let base64: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    Certificate::from_der(&decoded(&base64)).unwrap()
}

fn decoded(base64: &str) -> Vec<u8> {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = base64.chars().filter_map(|character| DIGITS.find(character));
    let bits: Vec<bool> =
        digits.flat_map(|digit| (0..6).rev().map(move |bit| digit >> bit & 1 == 1)).collect();
    bits.chunks_exact(8)
        .map(|byte| byte.iter().fold(0, |byte, &bit| byte << 1 | u8::from(bit)))
        .collect()
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}
