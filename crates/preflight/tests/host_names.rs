//! Each row of `host_names.tsv`, put to the JDK with a certificate that OpenSSL makes of it.
//!
//! `src/host_name/tests.rs` holds our own verdicts against the same table. Where the verdict is `17`,
//! releases differ, and the one that is asked may say either.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use std::collections::BTreeMap;

use crosstrust_testkit::{Folder, certificate_of_names, java_judge};

#[test]
fn java_agrees_with_every_row() {
    let rows = include_str!("host_names.tsv").lines().skip(1);
    let rows: Vec<Vec<&str>> = rows.map(|row| row.split('\t').collect()).collect();
    assert!(rows.len() >= 55, "only {} rows", rows.len());
    let folder = Folder::new();
    let mut files = BTreeMap::new();
    for row in &rows {
        let names = row[0];
        if !files.contains_key(names) {
            let stem = files.len().to_string();
            let Some(file) = certificate_of_names(&folder, names, &stem) else { return };
            files.insert(names, file.to_str().unwrap().to_owned());
        }
    }
    let mut words = Vec::new();
    for row in &rows {
        let (names, host, server_name) = (row[0], row[1], row[2]);
        if !server_name.is_empty() {
            words.extend(["--sni".to_owned(), server_name.to_owned()]);
        }
        words.extend([files[names].clone(), host.to_owned()]);
    }
    let Some(lines) = java_judge("HostName", words) else { return };
    assert_eq!(lines.len(), rows.len());
    for (row, line) in rows.iter().zip(&lines) {
        let accepted = line[2] == "ok";
        match row[3] {
            "ok" => assert!(accepted, "{row:?}: {}", line[2]),
            "refused" => assert!(!accepted, "{row:?}"),
            releases_differ => assert_eq!(releases_differ, "17", "{row:?}"),
        }
    }
}
