//! Each row of `host_names.tsv`, put to the JDK with a certificate that OpenSSL makes of it.
//!
//! `src/host_name/tests.rs` holds our own verdicts against the same table. Where the verdict is `17`,
//! releases differ, and the one that is asked may say either.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use std::collections::BTreeMap;

use crosstrust_testkit::{Folder, java_judge, tool};

#[test]
fn java_agrees_with_every_row() {
    let rows = include_str!("host_names.tsv").lines().skip(1);
    let rows: Vec<Vec<&str>> = rows.map(|row| row.split('\t').collect()).collect();
    assert!(rows.len() >= 55, "only {} rows", rows.len());
    let folder = Folder::new();
    let mut files = BTreeMap::new();
    for row in &rows {
        let file = format!("{}/{}.crt", folder.path().display(), files.len());
        let names = row[0];
        if !files.contains_key(names) {
            if make(&folder, names, &file).is_none() {
                return;
            }
            files.insert(names, file);
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

/// A self-signed certificate with names such as `CN:a DNS:b IP:192.0.2.1 OTHER:c`; nothing if OpenSSL
/// is not there.
fn make(folder: &Folder, names: &str, file: &str) -> Option<()> {
    let openssl = tool("openssl")?;
    // Java loads no certificate without an issuer.
    let mut subject = "/O=Example".to_owned();
    let mut section = "[req]\ndistinguished_name=dn\n[dn]\n[ext]\n".to_owned();
    let mut alternatives = String::new();
    for (number, name) in names.split(' ').enumerate() {
        let (form, value) = name.split_once(':').unwrap();
        match form {
            "CN" => subject = format!("/CN={value}"),
            "OTHER" => alternatives += &format!("otherName.{number}=2.5.4.3;UTF8:{value}\n"),
            _ => alternatives += &format!("{form}.{number}={value}\n"),
        }
    }
    if !alternatives.is_empty() {
        section += &format!("subjectAltName=@names\n[names]\n{alternatives}");
    }
    folder.write("names.cnf", section);
    let arguments =
        ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    let more = ["-keyout", "key.pem", "-config", "names.cnf", "-extensions", "ext", "-days", "30"];
    let run = openssl.with(arguments).args(more).args(["-subj", &subject, "-out", file]);
    run.folder(folder.path()).run().succeeds();
    Some(())
}
