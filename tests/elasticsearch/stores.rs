//! Key stores and trust stores of the fixtures: whether a node starts with them, and has something
//! to present or to trust.

use std::collections::BTreeSet;

use crosstrust_keystore::{Password, java, open::open};
use crosstrust_testkit::{Folder, crosstrust, fixture, fixture_path, rows};

use crosstrust_x509::KeyKind;

use crate::judge::{Answer, judges};
use crate::tally::Tally;

/// A store, and as what a node has it.
struct Case {
    file: String,
    password: String,
    use_: &'static str,
}

#[test]
fn stores_are_of_use_where_elasticsearch_finds_something_in_them() {
    let judges = judges();
    if judges.is_empty() {
        return;
    }
    let cases = cases();
    let questions: Vec<Vec<String>> = cases.iter().map(question).collect();
    let ours: Vec<Option<bool>> = cases.iter().map(starts).collect();
    for judge in judges {
        let mut tally = Tally::new(&judge.name, "stores");
        let answers = judge.ask(&questions);
        for ((case, ours), answer) in cases.iter().zip(&ours).zip(answers) {
            // A store without a key that has a certificate opens, and its node presents nothing.
            let theirs = matches!(&answer, Answer::Ok(found) if !found.is_empty());
            let Some(ours) =
                ours.filter(|_| !(judge.major() == 7 && theirs && has_keys_alone(case)))
            else {
                tally.listed();
                continue;
            };
            tally.compare(|| format!("{} {} {answer:?}", case.use_, case.file), &ours, &theirs);
        }
        tally.close(200);
    }
}

#[test]
fn the_key_that_is_presented_is_the_one_that_elasticsearch_chooses() {
    let judges = judges();
    if judges.is_empty() {
        return;
    }
    let cases: Vec<Case> = cases().into_iter().filter(|case| case.use_ == "keystore").collect();
    let questions: Vec<Vec<String>> = cases.iter().map(question).collect();
    for judge in judges {
        let mut tally = Tally::new(&judge.name, "presented keys");
        for (case, answer) in cases.iter().zip(judge.ask(&questions)) {
            // Whether the store is of use at all is another question.
            if let Answer::Ok(theirs) = answer
                && !theirs.is_empty()
            {
                tally.compare(|| case.file.clone(), &chosen(case), &theirs);
            }
        }
        tally.close(90);
    }
}

/// A trust store without a trusted certificate entry: Elasticsearch 7 trusts the certificates of its
/// keys, and later ones do not start, as the README says.
fn has_keys_alone(case: &Case) -> bool {
    let password = Password::new(case.password.as_str());
    case.use_ == "truststore"
        && open(&fixture(&case.file), &[password]).is_ok_and(|contents| {
            let obstacles = java::trust_store_obstacles(&contents);
            let keys_alone = java::Reason::NoTrustedEntry { keys: true };
            !obstacles.is_empty() && obstacles.iter().all(|one| one.reason == keys_alone)
        })
}

/// The certificate for each type of key, as [`java::presented`] orders them.
fn chosen(case: &Case) -> Vec<String> {
    let password = Password::new(case.password.as_str());
    let Ok(contents) = open(&fixture(&case.file), &[password]) else { return Vec::new() };
    let mut chosen: Vec<(&str, String)> = Vec::new();
    for entry in java::presented(&contents) {
        let leaf = &entry.chain[0];
        let kind = match leaf.public_key().kind() {
            KeyKind::Ec { .. } => "EC",
            KeyKind::Ed25519 | KeyKind::Ed448 => "EdDSA",
            KeyKind::Rsa { .. } => "RSA",
            KeyKind::Dsa { .. } => "DSA",
            _ => "RSASSA-PSS",
        };
        if chosen.iter().all(|(before, _)| *before != kind) {
            chosen.push((kind, leaf.fingerprint_sha256()));
        }
    }
    chosen.into_iter().map(|(kind, fingerprint)| format!("{kind}={fingerprint}")).collect()
}

fn cases() -> Vec<Case> {
    let stores: BTreeSet<(String, String)> = rows("expected.tsv")
        .into_iter()
        .filter(|row| [".p12", ".pfx", ".jks"].iter().any(|end| row[0].ends_with(end)))
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect();
    let uses = |(file, password): (String, String)| {
        ["keystore", "truststore"].map(|use_| Case {
            file: file.clone(),
            password: password.clone(),
            use_,
        })
    };
    stores.into_iter().flat_map(uses).collect()
}

fn question(case: &Case) -> Vec<String> {
    let kind = if case.use_ == "keystore" { "keys" } else { "anchors" };
    let path = fixture_path(&case.file).to_str().unwrap().to_owned();
    vec![
        kind.to_owned(),
        format!("{}.path={path}", case.use_),
        format!("{}.password={}", case.use_, case.password),
    ]
}

/// Whether a node starts with the store; none where that is not judged.
fn starts(case: &Case) -> Option<bool> {
    let folder = Folder::new();
    let name = case.file.rsplit('/').next().unwrap();
    folder.write(&format!("config/{name}"), fixture(&case.file));
    folder.write("config/node.crt", fixture("cluster/nodes/self-managed-1.crt"));
    folder.write("config/node.key", fixture("cluster/nodes/self-managed-1.key"));
    folder.write("config/ca.crt", fixture("cluster/ca.crt"));
    let others = match case.use_ {
        "keystore" => "certificate_authorities: ca.crt",
        _ => "certificate: node.crt\n  key: node.key",
    };
    let password = serde_json::to_string(&case.password).unwrap();
    folder.write(
        "config/elasticsearch.yml",
        format!(
            "xpack.security.enabled: true\nxpack.security.transport.ssl:\n  enabled: true\n  \
             verification_mode: certificate\n  {use_}.path: {name}\n  \
             {use_}.password: {password}\n  {others}\n",
            use_ = case.use_
        ),
    );
    let line = ["preflight", "node", "--config", "config/elasticsearch.yml", "--format", "json"];
    let run = crosstrust(env!("CARGO_BIN_EXE_crosstrust")).folder(folder.path());
    let ended = run.args(line).run();
    let document: serde_json::Value = serde_json::from_str(ended.text()).ok()?;
    let findings = document["findings"].as_array().unwrap();
    let has =
        |codes: &[&str]| findings.iter().any(|f| codes.contains(&f["code"].as_str().unwrap()));
    (!has(&RELEASES_DIFFER)).then(|| !has(&DOES_NOT_START))
}

/// Codes of findings after which a node does not start.
const DOES_NOT_START: [&str; 3] = ["PF077", "PF081", "PF090"];

/// Of a file that not every release of Java opens.
const RELEASES_DIFFER: [&str; 1] = ["PF091"];
