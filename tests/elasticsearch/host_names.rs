//! Each row of `host_names.tsv` as a handshake: the host that is dialled, and the names of who answers.

use std::collections::BTreeMap;
use std::path::Path;

use crosstrust_keystore::pem;
use crosstrust_preflight::{Node, Policy, Settings, TrustList, Verdict, check_node};
use crosstrust_testkit::{Folder, certificate_of_names, fixture_path};
use crosstrust_x509::Certificate;

use crate::clock::now;
use crate::judge::{Answer, judges};
use crate::tally::Tally;

#[test]
fn hosts_are_verified_as_by_elasticsearch() {
    let judges = judges();
    if judges.is_empty() {
        return;
    }
    let rows: Vec<Vec<&str>> =
        ROWS.lines().skip(1).map(|row| row.split('\t').collect::<Vec<_>>()).collect();
    let folder = Folder::new();
    let mut files = BTreeMap::new();
    for row in &rows {
        let stem = files.len().to_string();
        if !files.contains_key(row[0]) {
            let Some(file) = certificate_of_names(&folder, row[0], &stem) else { return };
            files.insert(row[0], file);
        }
    }
    let questions: Vec<Vec<String>> =
        rows.iter().map(|row| question(row, &files[row[0]])).collect();
    for judge in judges {
        let mut tally = Tally::new(&judge.name, "host names");
        for (row, answer) in rows.iter().zip(judge.ask(&questions)) {
            let ours = ours(row, &files[row[0]]);
            if matches!(ours, Verdict::NotJudged(_)) {
                tally.listed();
                continue;
            }
            let theirs = matches!(&answer, Answer::Ok(said) if said[0] == "done");
            tally.compare(|| format!("{row:?}: {answer:?}"), &ours.is_accepted(), &theirs);
        }
        tally.close(55);
    }
}

/// What we say of the server: the client trusts its certificate itself.
fn ours(row: &[&str], certificate: &Path) -> Verdict {
    let document = pem::scan(&std::fs::read(certificate).unwrap()).unwrap();
    let certificate = Certificate::from_der(document.blocks[0].contents()).unwrap();
    let mut policy = Policy::new(Settings::new(TrustList::new(vec![certificate.clone()])), now());
    policy.server_name = Some(row[2].to_owned()).filter(|name| !name.is_empty());
    check_node(&Node::new("server", vec![certificate]).with_host(row[1]), &policy).as_server
}

fn question(row: &[&str], certificate: &Path) -> Vec<String> {
    let side = |side: &str, certificate: &Path, trusted: &Path, mode: &str| {
        [
            format!("{side}:certificate={}", certificate.display()),
            format!("{side}:key={}", certificate.with_extension("key").display()),
            format!("{side}:certificate_authorities={}", trusted.display()),
            format!("{side}:verification_mode={mode}"),
        ]
    };
    let path = |name: &str| fixture_path(&format!("cluster/{name}"));
    let mut question = vec!["handshake".to_owned(), row[1].to_owned(), row[2].to_owned()];
    question.extend(side("server", certificate, &path("ca.crt"), "certificate"));
    question.extend(side("client", &path("nodes/self-managed-2.crt"), certificate, "full"));
    question
}

const ROWS: &str = include_str!("../../crates/preflight/tests/host_names.tsv");
