//! Random chains, as the differential test makes them: the trust manager of a node against our verdict.
//!
//! `CROSSTRUST_CHAINS=SEED:COUNT` asks about others than the usual ones.

use crosstrust_keystore::pem;
use crosstrust_preflight::Verdict;
use crosstrust_testkit::Folder;

use crate::chain::{Chain, by_chance, printed};
use crate::clock::now;
use crate::judge::{Answer, judges};
use crate::tally::Tally;

#[test]
fn random_chains_are_accepted_and_refused_as_by_elasticsearch() {
    let judges = judges();
    let asked = std::env::var("CROSSTRUST_CHAINS").unwrap_or_else(|_| "9300:350".to_owned());
    let (seed, count) = asked.split_once(':').unwrap();
    if judges.is_empty() {
        return;
    }
    let Some(printed) = printed("generate.py", &[seed, count]) else { return };
    let chains: Vec<Chain> = printed.lines().map(Chain::parse).collect();
    let ours: Vec<[Verdict; 2]> = chains.iter().map(|chain| chain.verdicts(now())).collect();
    let folder = Folder::new();
    let questions: Vec<Vec<String>> =
        chains.iter().enumerate().map(|(number, chain)| question(&folder, number, chain)).collect();
    for judge in judges {
        let mut tally = Tally::new(&judge.name, "random chains × roles");
        let (mut accepted, mut stricter) = (0, 0);
        for ((chain, ours), answer) in chains.iter().zip(&ours).zip(judge.ask(&questions)) {
            for (role, ours) in ours.iter().enumerate() {
                let accepts = matches!(&answer, Answer::Ok(said) if said[role] == "ok");
                accepted += usize::from(accepts);
                if is_apart(ours, accepts) {
                    stricter += usize::from(accepts);
                    tally.listed();
                    continue;
                }
                let place = || format!("{} ({:?}, {answer:?})", chain.name, ours.reason());
                tally.compare(place, &ours.is_accepted(), &accepts);
                assert!(!(chain.is_forged() && accepts), "{}: forged, and accepted", chain.name);
            }
        }
        tally.close(6 * count.parse::<usize>().unwrap() - 100);
        assert!(accepted * 7 > 2 * chains.len(), "Elasticsearch accepts {accepted} only");
        assert!(stricter * 100 <= accepted, "{stricter} of {accepted} are not accepted by us");
    }
}

/// What we do not judge, and where Java took the other of two certificates of one name.
fn is_apart(ours: &Verdict, accepts: bool) -> bool {
    match ours {
        Verdict::NotJudged(_) => true,
        Verdict::Refused(refusal) => accepts && by_chance(refusal.rule().code),
        Verdict::Accepted => false,
    }
}

fn question(folder: &Folder, number: usize, chain: &Chain) -> Vec<String> {
    let write = |kind: &str, ders: &[Vec<u8>]| {
        let text: String = ders.iter().map(|der| pem::write("CERTIFICATE", der)).collect();
        folder.write(&format!("{number}.{kind}.pem"), text).to_str().unwrap().to_owned()
    };
    let trust = format!("certificate_authorities={}", write("trust", &chain.trusted));
    vec!["trust".to_owned(), write("chain", &chain.presented), trust]
}
