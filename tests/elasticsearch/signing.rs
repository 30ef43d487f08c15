//! Requests that are signed: which certificates an API key's `certificate_identity` admits, and whose
//! signatures are verified, by the classes of Elasticsearch 9.3 and later.

use std::path::PathBuf;

use crosstrust_preflight::certificate_identity::{
    CertificateIdentity, PatternError, SigningTrust, java_name,
};
use crosstrust_preflight::{Node, TrustList, Verdict};
use crosstrust_testkit::{fixture_path, rows};
use crosstrust_x509::Certificate;

use crate::certificates::certificates;
use crate::clock::now;
use crate::judge::{Answer, Judge, judges};
use crate::random::Random;
use crate::tally::Tally;

#[test]
fn a_certificate_identity_admits_the_certificates_that_elasticsearch_admits() {
    let mut random = Random::new(93);
    let files = files("subject").into_iter().chain(files("cluster/nodes"));
    let cases: Vec<(String, String)> = files
        .flat_map(|file| {
            let name = java_name(&leaf(&file)).unwrap_or_default();
            patterns(&mut random, &name).into_iter().map(move |pattern| (file.clone(), pattern))
        })
        .collect();
    let question = |(file, pattern): &(String, String)| {
        vec!["identity".to_owned(), pattern.clone(), path(file)]
    };
    let questions: Vec<Vec<String>> = cases.iter().map(question).collect();
    for judge in signing_judges() {
        let mut tally = Tally::new(&judge.name, "certificates × certificate_identity");
        for ((file, pattern), answer) in cases.iter().zip(judge.ask(&questions)) {
            let Some(ours) = admits(pattern, file) else {
                tally.listed();
                continue;
            };
            tally.compare(|| format!("`{pattern}` on {file}"), &ours, &theirs(answer));
        }
        tally.close(800);
    }
}

/// The name and whether it is admitted; nothing where the pattern is refused.
type Meaning = Option<(String, bool)>;

/// Ours; none where we do not judge the name or the pattern.
fn admits(pattern: &str, file: &str) -> Option<Meaning> {
    let name = java_name(&leaf(file)).ok()?;
    match CertificateIdentity::parse(pattern) {
        Ok(identity) => {
            let admits = identity.admits(&name);
            Some(Some((name, admits)))
        }
        Err(PatternError::Invalid { .. }) => Some(None),
        Err(_) => None,
    }
}

fn theirs(answer: Answer) -> Meaning {
    let Answer::Ok(columns) = answer else { return None };
    let [name, admits] = <[String; 2]>::try_from(columns).unwrap();
    Some((name, admits == "1"))
}

/// Patterns that match the name, or nearly.
fn patterns(random: &mut Random, name: &str) -> Vec<String> {
    let escaped = name.replace('\\', "\\\\").replace('.', "\\.").replace('+', "\\+");
    let first = name.split(',').next().unwrap_or_default();
    let mut patterns = vec![
        ".*".to_owned(),
        String::new(),
        name.to_owned(),
        escaped.clone(),
        format!("^{escaped}$"),
        format!("{first}.*"),
        first.to_owned(),
        format!("(?i){}", escaped.to_uppercase()),
        escaped.to_uppercase(),
        format!("{escaped}|x"),
        format!("x|{escaped}"),
        name.split(',').rev().collect::<Vec<_>>().join(","),
        name.replace(',', ", "),
        format!("({escaped}"),
        format!("[{first}]+"),
        format!("\\Q{name}\\E"),
    ];
    for _ in 0..10 {
        patterns.push((0..=random.below(6)).map(|_| random.choose(&FRAGMENTS)).collect());
    }
    patterns
}

const FRAGMENTS: [&str; 20] = [
    "CN=", ".*", ".+", "[a-z]", "[^,]*", "\\d", "(", ")", "|", "{2}", "*", "?", "es1", "node",
    "\\.", "\\w+", ",", "O=", "=", "\\",
];

#[test]
fn signatures_are_verified_where_elasticsearch_verifies_them() {
    let cases = signers();
    let questions: Vec<Vec<String>> = cases.iter().map(Case::question).collect();
    for judge in signing_judges() {
        let mut tally = Tally::new(&judge.name, "signers × trusted CAs");
        let mut verified = 0;
        for (case, answer) in cases.iter().zip(judge.ask(&questions)) {
            let Answer::Ok(theirs) = answer else { panic!("{:?}: {answer:?}", case.question()) };
            let accepts = theirs[0] == "ok";
            verified += usize::from(accepts);
            let Some(ours) = case.verdict() else {
                tally.listed();
                continue;
            };
            let place = || format!("{:?}: {theirs:?}, {:?}", case.question(), ours.reason());
            tally.compare(place, &ours.is_accepted(), &accepts);
        }
        tally.close(75);
        assert!(verified > 15, "{verified}");
    }
}

/// Who signs, and whom the other side trusts.
struct Case {
    settings: Vec<String>,
    chain: Vec<Certificate>,
    trust: String,
}

impl Case {
    fn question(&self) -> Vec<String> {
        let signer = self.settings.iter().map(|setting| format!("west.signing.{setting}"));
        let trust = format!("signing.certificate_authorities={}", path(&self.trust));
        [vec!["signature".to_owned()], signer.collect(), vec![trust]].concat()
    }

    /// Ours; none where the name is not compared.
    fn verdict(&self) -> Option<Verdict> {
        let trust = TrustList::new(certificates(&self.trust));
        let judge = SigningTrust { trust, now: now() };
        let identity = CertificateIdentity::parse(".*").unwrap();
        let signer = Node::new("signer", self.chain.clone());
        let (mut verdicts, _) = identity.check(&[signer], Some(&judge)).ok()?;
        Some(verdicts.remove(0).verdict).filter(|verdict| !matches!(verdict, Verdict::NotJudged(_)))
    }
}

/// Nodes with PEM keys, and key stores of authorities that sign themselves, with every kind of key.
fn signers() -> Vec<Case> {
    let mut cases = Vec::new();
    for file in files("cluster/nodes") {
        let key = file.replace(".crt", ".key");
        for trust in ["cluster/ca.crt", "cluster/other-ca.crt", &file] {
            let settings =
                vec![format!("certificate={}", path(&file)), format!("key={}", path(&key))];
            cases.push(Case { settings, chain: certificates(&file), trust: trust.to_owned() });
        }
    }
    for row in rows("expected.tsv").iter().filter(|row| row[0].starts_with("ca/")) {
        let Some(name) = row[0].strip_suffix(".p12") else { continue };
        let file = format!("{name}.crt");
        let password = format!("keystore.password={}", row[1]);
        let settings = vec![format!("keystore.path={}", path(&row[0])), password];
        cases.push(Case { settings, chain: certificates(&file), trust: file });
    }
    cases
}

/// The judges that know signatures.
fn signing_judges() -> Vec<Judge> {
    judges().into_iter().filter(|judge| judge.major() > 8).collect()
}

/// The certificate files of a folder of the fixtures.
fn files(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(fixture_path(folder)).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|suffix| suffix == "crt"));
    paths.sort();
    let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    paths.iter().map(|path| format!("{folder}/{}", name(path))).collect()
}

fn path(name: &str) -> String {
    fixture_path(name).to_str().unwrap().to_owned()
}

fn leaf(file: &str) -> Certificate {
    certificates(file).remove(0)
}
