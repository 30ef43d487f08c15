//! Random chains, judged by us and by every JDK at hand: what one of them refuses is not accepted here,
//! what all of them accept is not refused, and no forged chain is accepted.
//!
//! `CROSSTRUST_CHAINS=SEED:COUNT` judges others than the usual ones: 3,000 chains where CI asks, each with two
//! forged twins.

#![allow(clippy::disallowed_methods, clippy::indexing_slicing, reason = "a test")]
#![allow(clippy::print_stderr, clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crosstrust_preflight::Verdict;
use crosstrust_testkit::{Run, root, tool};

#[path = "../../../tests/judges/chains/chain.rs"]
mod chain;

use chain::{Chain, by_chance, printed};

/// A chain, and what each judge says of it as client and as server.
struct Case {
    chain: Chain,
    ours: [Verdict; 2],
    java: Vec<[String; 2]>,
}

#[test]
fn random_chains_are_judged_as_every_java_judges_them() {
    let required = std::env::var("CROSSTRUST_INTEROP").is_ok_and(|value| value == "required");
    let usual = if required { "13:3000" } else { "13:200" };
    let chains = std::env::var("CROSSTRUST_CHAINS").unwrap_or_else(|_| usual.to_owned());
    let (seed, count) = chains.split_once(':').unwrap();
    let Some(cases) = cases("generate.py", &[seed, count]) else { return };
    let accepted = report(&cases);
    assert!(cases.len() >= 3 * count.parse::<usize>().unwrap() - 50, "only {} cases", cases.len());
    assert!(accepted * 6 > cases.len(), "Java accepts {accepted} of {} only", cases.len());
    hold(&cases);
}

#[test]
fn every_signature_algorithm_is_judged_as_every_java_judges_it() {
    let Some(cases) = cases("algorithms.py", &["1"]) else { return };
    let accepted = report(&cases);
    assert!(cases.len() > 2000 && accepted > 400, "{accepted} of {}", cases.len());
    hold(&cases);
}

/// The chains that a generator prints, judged by all; nothing where Python or Java is missing.
fn cases(generator: &str, arguments: &[&str]) -> Option<Vec<Case>> {
    tool("java")?;
    let printed = printed(generator, arguments)?;
    let javas = javas();
    eprintln!("{} chains, judged by {javas:?}", printed.lines().count());
    // Each judge beside the others, and beside us.
    std::thread::scope(|scope| {
        let printed = &printed;
        let ask = |java: &PathBuf| {
            let java = java.clone();
            scope.spawn(move || asked(&java, printed))
        };
        let answers = javas.iter().map(ask).collect::<Vec<_>>();
        let mut cases = printed.lines().map(ours).collect::<Vec<_>>();
        for answers in answers {
            let answers = answers.join().unwrap();
            assert_eq!(answers.len(), cases.len());
            for (case, [name, client, server]) in cases.iter_mut().zip(answers) {
                assert_eq!(name, case.chain.name);
                case.java.push([client, server]);
            }
        }
        Some(cases)
    })
}

/// What one Java says: the name of each chain, and the verdicts on it as client and as server.
fn asked(java: &Path, printed: &str) -> Vec<[String; 3]> {
    let arguments = ["tests/judges/Chains.java", AT];
    let run = Run::new(java).args(arguments).stdin(printed.as_bytes()).folder(root());
    let ended = run.run().succeeds();
    let fields = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
    ended.text().lines().map(|line| fields(line).try_into().unwrap()).collect()
}

/// The Java that is on PATH, and the others where distributions install them.
fn javas() -> Vec<PathBuf> {
    let mut found = vec![tool("java").unwrap().path().canonicalize().unwrap()];
    let installed = std::fs::read_dir("/usr/lib/jvm").into_iter().flatten().flatten();
    let mut installed = installed.map(|entry| entry.path().join("bin/java")).collect::<Vec<_>>();
    installed.sort();
    for java in installed.into_iter().filter_map(|path| path.canonicalize().ok()) {
        if !found.contains(&java) {
            found.push(java);
        }
    }
    found
}

fn ours(line: &str) -> Case {
    let chain = Chain::parse(line);
    let at = crosstrust_x509::Timestamp::parse_rfc3339(AT).unwrap();
    let ours = chain.verdicts(at);
    Case { chain, ours, java: Vec::new() }
}

impl Case {
    /// Whether every Java accepts it in a role.
    fn accepted(&self, role: usize) -> bool {
        self.java.iter().all(|said| said[role] == "ok")
    }
}

/// Prints what was not judged, by reason and rule; gives how many chains every Java accepts.
fn report(cases: &[Case]) -> usize {
    let mut reasons = BTreeMap::new();
    let roles = || cases.iter().flat_map(|case| [(case, 0), (case, 1)]);
    for (case, role) in roles() {
        if let Verdict::NotJudged(reason) = &case.ours[role] {
            let counts: &mut [usize; 2] = reasons.entry(reason.rule().code).or_default();
            counts[usize::from(case.accepted(role))] += 1;
        }
    }
    let accepted = roles().filter(|(case, role)| case.accepted(*role)).count() / 2;
    let differ = roles().filter(|(case, role)| {
        let mut said = case.java.iter().map(|said| said[*role] == "ok");
        said.any(|ok| ok) && !case.accepted(*role)
    });
    eprintln!(
        "{accepted} of {} are accepted by every Java; they differ on {} verdicts",
        cases.len(),
        differ.count()
    );
    for (code, [refused, accepted]) in reasons {
        eprintln!(
            "not judged, {code}: {refused} verdicts that Java refuses, {accepted} that it accepts"
        );
    }
    accepted
}

/// No false accept, no forged chain, no false refusal, and next to none that is not judged.
fn hold(cases: &[Case]) {
    let (mut failures, mut unjudged, mut chance, mut accepted) = (Vec::new(), 0, 0, 0);
    for case in cases {
        let name = &case.chain.name;
        for (role, word) in ["client", "server"].iter().enumerate() {
            let (ours, java) = (&case.ours[role], case.java.iter().map(|said| &said[role]));
            let why = ours.reason().unwrap_or_default();
            let said = java.map(String::as_str).collect::<Vec<_>>();
            accepted += usize::from(case.accepted(role));
            match ours {
                Verdict::Accepted if !case.accepted(role) => {
                    failures.push(format!("{name} as {word}: accepted, and Java says {said:?}"));
                }
                Verdict::Refused(refusal) if by_chance(refusal.rule().code) => {
                    chance += usize::from(case.accepted(role));
                }
                Verdict::Refused(_) if case.accepted(role) => {
                    failures.push(format!("{name} as {word}: {why}, and Java accepts"));
                }
                Verdict::NotJudged(_) if case.accepted(role) => unjudged += 1,
                _ => {}
            }
            if case.chain.is_forged() && ours.is_accepted() {
                failures.push(format!("{name} as {word}: forged, and accepted"));
            }
        }
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
    eprintln!("{chance} of {accepted} verdicts are refusals where Java accepted by chance");
    assert!(chance * 200 <= accepted, "{chance} of {accepted}");
    assert!(unjudged * 100 <= accepted, "{unjudged} of {accepted} are not judged");
}

/// When the chains are judged.
const AT: &str = "2026-11-22T00:00:00Z";
