//! Chains that the generators beside this file print, and our verdict on each: for tests that put
//! them to a judge.

use crosstrust_keystore::pem;
use crosstrust_preflight::Chain as Presented;
use crosstrust_preflight::{Role, SignatureCache, TrustList, Unjudged, Verdict};
use crosstrust_testkit::{root, tool};
use crosstrust_x509::{Certificate, Timestamp};

/// A chain, and who is trusted.
pub(crate) struct Chain {
    /// What is unusual about it.
    pub(crate) name: String,
    pub(crate) trusted: Vec<Vec<u8>>,
    pub(crate) presented: Vec<Vec<u8>>,
}

/// What a generator prints; nothing where Python is missing.
#[track_caller]
pub(crate) fn printed(generator: &str, arguments: &[&str]) -> Option<String> {
    let program = format!("tests/judges/chains/{generator}");
    let arguments = [&[program.as_str()], arguments].concat();
    let ended = tool("python3")?.with(arguments).folder(root()).run().succeeds();
    Some(ended.text().to_owned())
}

impl Chain {
    /// Reads a line that is printed.
    pub(crate) fn parse(line: &str) -> Self {
        let mut fields = line.split('\t');
        let name = fields.next().unwrap().to_owned();
        let [trusted, presented] = [fields.next().unwrap(), fields.next().unwrap()].map(decoded);
        Self { name, trusted, presented }
    }

    /// Whether a bit of it is another than what was signed.
    pub(crate) fn is_forged(&self) -> bool {
        self.name.contains("/forged")
    }

    /// Our trust manager's verdict on it as client and as server.
    pub(crate) fn verdicts(&self, at: Timestamp) -> [Verdict; 2] {
        let (Ok(trusted), Ok(presented)) =
            (certificates(&self.trusted), certificates(&self.presented))
        else {
            // What we cannot read at all we do not judge.
            let what = "unreadable".to_owned();
            let verdict = Verdict::NotJudged(Unjudged::NotLookedAt { what });
            return [verdict.clone(), verdict];
        };
        let (presented, trusted) = (Presented::new(presented), TrustList::new(trusted));
        let signatures = SignatureCache::new();
        let judgement = trusted.judge(&presented, at, &signatures);
        Role::ALL.map(|role| judgement.verdict(role))
    }
}

/// The refusals that Java leaves to chance: of several trusted certificates of one name it takes any, and
/// one of them is not fit to sign. The stricter verdict is ours.
pub(crate) fn by_chance(code: &str) -> bool {
    ["PF021", "PF022"].contains(&code)
}

fn decoded(field: &str) -> Vec<Vec<u8>> {
    let texts = field.split(',').filter(|text| !text.is_empty());
    let block = |text| format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n");
    let text = texts.map(block).collect::<String>();
    pem::scan(text.as_bytes()).unwrap().blocks.iter().map(|b| b.contents().to_vec()).collect()
}

fn certificates(ders: &[Vec<u8>]) -> Result<Vec<Certificate>, crosstrust_x509::Error> {
    ders.iter().map(|der| Certificate::from_der(der)).collect()
}
