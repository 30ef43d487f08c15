//! Chains, CA lists and restrictions: the trust manager of a node's settings against our verdict.

use std::path::PathBuf;

use crosstrust_keystore::pem;
use crosstrust_preflight::{
    Node, Policy, RestrictionsFile, Settings, TrustList, Verdict, check_node,
};
use crosstrust_restrictions::{Restrictions, X509Field, certificate_names};
use crosstrust_testkit::{Folder, fixture_path, rows};
use crosstrust_x509::Certificate;

use crate::certificates::certificates;
use crate::clock::now;
use crate::judge::{Answer, judges};
use crate::random::Random;
use crate::tally::Tally;

/// A chain that is presented, and the settings of the node that judges it.
struct Case {
    chain: Vec<Certificate>,
    trust: Vec<Certificate>,
    restrictions: Option<String>,
    fields: Vec<X509Field>,
}

#[test]
fn chains_are_accepted_and_refused_as_by_elasticsearch() {
    let judges = judges();
    if judges.is_empty() {
        return;
    }
    let folder = Folder::new();
    let cases = cases();
    let differing = read_differently();
    let questions: Vec<Vec<String>> =
        cases.iter().enumerate().map(|(number, case)| question(&folder, number, case)).collect();
    let ours: Vec<[Verdict; 2]> = cases.iter().map(verdicts).collect();
    for judge in judges {
        let mut tally = Tally::new(&judge.name, "chains × roles");
        let answers = judge.ask(&questions);
        for (number, answer) in answers.into_iter().enumerate() {
            let theirs = match answer {
                Answer::Ok(said) => said,
                // A certificate that Java cannot parse is refused in both roles.
                Answer::Error(said) if said.contains("CertificateParsingException") => {
                    vec![said; 2]
                }
                Answer::Error(said) => panic!("{:?}: {said}", questions[number]),
            };
            for (ours, theirs) in ours[number].iter().zip(theirs) {
                let (accepts, theirs_accepts) = (ours.is_accepted(), theirs == "ok");
                let listed = differing.contains(&cases[number].chain[0]) && theirs_accepts;
                // A trust manager does not ask whether a handshake can be signed with the key, or
                // whether the certificate would be presented.
                let key = matches!(ours, Verdict::Refused(refusal)
                    if ["PF030", "PF120"].contains(&refusal.rule().code));
                let listed = (listed && !accepts) || (key && theirs_accepts);
                if matches!(ours, Verdict::NotJudged(_)) || listed {
                    tally.listed();
                    continue;
                }
                let place = || format!("{:?} ({theirs}, {:?})", questions[number], ours.reason());
                tally.compare(place, &accepts, &theirs_accepts);
            }
        }
        tally.close(2_000);
    }
}

/// Certificates whose names not all versions of Java read alike, as `san/outcomes.tsv` has it. We
/// compare only what all of them read.
fn read_differently() -> Vec<Certificate> {
    let rows = rows("san/outcomes.tsv");
    let differing = rows.iter().filter(|row| row[1] != row[2]);
    differing.flat_map(|row| certificates(&format!("san/{}", row[0]))).collect()
}

fn verdicts(case: &Case) -> [Verdict; 2] {
    let mut settings = Settings::new(TrustList::new(case.trust.clone()));
    settings.fields.clone_from(&case.fields);
    settings.restrictions = case.restrictions.as_ref().map(|text| RestrictionsFile {
        path: "trust.yml".to_owned(),
        restrictions: Restrictions::parse("trust.yml", text.as_bytes()).unwrap(),
    });
    let verdict = check_node(&Node::new("node", case.chain.clone()), &Policy::new(settings, now()));
    [verdict.as_client, verdict.as_server]
}

fn question(folder: &Folder, number: usize, case: &Case) -> Vec<String> {
    let write = |kind: &str, text: String| -> String {
        let path: PathBuf = folder.write(&format!("{number}.{kind}"), text);
        path.to_str().unwrap().to_owned()
    };
    let pem = |certificates: &[Certificate]| -> String {
        certificates.iter().map(|c| pem::write("CERTIFICATE", c.der())).collect()
    };
    let mut question = vec!["trust".to_owned(), write("chain.pem", pem(&case.chain))];
    question.push(format!("certificate_authorities={}", write("trust.pem", pem(&case.trust))));
    if let Some(text) = &case.restrictions {
        question.push(format!("trust_restrictions.path={}", write("trust.yml", text.clone())));
        let fields: Vec<&str> = case.fields.iter().map(|field| field.as_str()).collect();
        question.push(format!("trust_restrictions.x509_fields={}", fields.join("|")));
    }
    question
}

fn cases() -> Vec<Case> {
    let scenarios: Vec<[Vec<Certificate>; 2]> = rows("cluster/scenarios.tsv")
        .iter()
        .map(|row| {
            ["chain", "trust"]
                .map(|kind| certificates(&format!("cluster/scenarios/{}.{kind}.pem", row[0])))
        })
        .collect();
    let leaves = san_leaves();
    let mut random = Random::new(90);
    let mut cases = Vec::new();
    for [chain, trust] in &scenarios {
        cases.push(Case {
            chain: chain.clone(),
            trust: trust.clone(),
            restrictions: None,
            fields: FIELDS[0].to_vec(),
        });
    }
    for leaf in &leaves {
        for _ in 0..4 {
            let leaf = vec![leaf.clone()];
            cases.push(restricted(&mut random, leaf.clone(), leaf));
        }
    }
    for _ in 0..1_200 {
        let [chain, trust] = &scenarios[random.below(scenarios.len())];
        let [other_chain, other_trust] = &scenarios[random.below(scenarios.len())];
        let chain = changed(&mut random, chain, other_chain);
        let trust = match random.below(4) {
            0 => [trust.as_slice(), other_trust].concat(),
            1 => other_trust.clone(),
            _ => trust.clone(),
        };
        cases.push(restricted(&mut random, chain, trust));
    }
    cases
}

/// Certificates with all kinds of subject alternative names; each is its own anchor.
fn san_leaves() -> Vec<Certificate> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(fixture_path("san")).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|suffix| suffix == "crt"));
    files.sort();
    let name = |path: &PathBuf| format!("san/{}", path.file_name().unwrap().to_str().unwrap());
    files.iter().flat_map(|path| certificates(&name(path))).collect()
}

/// A chain with a certificate of another, or one too few, or in another order.
fn changed(random: &mut Random, chain: &[Certificate], other: &[Certificate]) -> Vec<Certificate> {
    let mut chain = chain.to_vec();
    let at = random.below(chain.len());
    match random.below(7) {
        0 => chain.extend_from_slice(other),
        1 if chain.len() > 1 => drop(chain.remove(at)),
        2 => chain[at] = other[random.below(other.len())].clone(),
        3 => chain.reverse(),
        4 => chain.push(chain[at].clone()),
        _ => {}
    }
    chain
}

const FIELDS: [&[X509Field]; 3] = [
    &[X509Field::OtherNameCommonName],
    &[X509Field::DnsName],
    &[X509Field::OtherNameCommonName, X509Field::DnsName],
];

/// The case with restrictions, or without.
fn restricted(random: &mut Random, chain: Vec<Certificate>, trust: Vec<Certificate>) -> Case {
    let fields = random.choose(&FIELDS).to_vec();
    let names = certificate_names(&chain[0], random.choose(&FIELDS));
    let own = names.get(random.below(names.len().max(1))).map(|name| name.value.clone());
    let own = own.filter(|name| name.is_ascii() && !name.contains(['/', '\\', '\0', '\n']));
    let patterns = ["*", "", "?*", "*.cluster.myscope.account", "*.other", "/.*[.]account/", "es*"];
    let pattern = own.unwrap_or_else(|| random.choose(&patterns).to_owned());
    let pattern = if random.once_in(3) { random.choose(&patterns).to_owned() } else { pattern };
    let text = format!("trust.subject_name:\n  - '{}'\n", pattern.replace('\'', "''"));
    let restrictions = (!random.once_in(3)).then_some(text);
    Case { chain, trust, restrictions, fields }
}
