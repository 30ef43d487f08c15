//! `--ca-signer`: a program of somebody else signs. It gets a line of JSON for each signature, and answers
//! with one; `docs/signer-protocol.md` has it for those who write such programs.

mod program;

use std::io;
use std::sync::Mutex;
use std::time::Duration;

use crosstrust_issue::{Error, Signing};
use crosstrust_keystore::{SignatureScheme, pem};
use crosstrust_report::shell::{self, NoWords};
use crosstrust_x509::{Certificate, KeyKind, PublicKey, der, fingerprint_sha256};
use serde::{Deserialize, Serialize};

use self::program::{Program, Silence};
use crate::failure::{Failure, Message, describe, printable_line};

/// A program that signs with the key of a certificate.
pub(crate) struct ProcessSigner {
    program: String,
    /// They may be secrets.
    arguments: Vec<String>,
    limit: Duration,
    scheme: SignatureScheme,
    key: PublicKey,
    /// The subject of the certificate.
    subject: String,
    state: Mutex<State>,
}

/// It is started for the first signature, and serves all.
enum State {
    Idle,
    Running {
        program: Program,
        requests: u64,
    },
    /// It is asked no more.
    Failed(Error),
}

/// A line that is written to it.
#[derive(Serialize)]
struct Request<'a> {
    version: u32,
    id: u64,
    algorithm: String,
    hash: Option<&'a str>,
    digest: Option<String>,
    message: String,
    key: String,
}

/// A line that it writes.
#[derive(Deserialize)]
struct Answer {
    id: u64,
    signature: Option<String>,
    error: Option<String>,
}

/// What is wrong, and what to do.
struct Trouble {
    what: String,
    hint: Option<&'static str>,
}

impl ProcessSigner {
    /// A program that has the key of a certificate. It is not started yet.
    pub(crate) fn new(
        command: &str,
        limit: Duration,
        certificate: &Certificate,
    ) -> Result<Self, Failure> {
        let refused = |what: String, hint| Message::new(what).at(OPTION).hint(hint);
        let words = shell::words(command).map_err(|error| match error {
            NoWords::Operator(operator) => refused(
                format!("`{operator}` has no meaning here: the command runs without a shell"),
                "quote it, or name a script that does what a shell is to do",
            ),
            NoWords::Unended => refused("a quote in the command has no end".to_owned(), SPLIT),
        })?;
        let Some((program, arguments)) = words.split_first() else {
            return Err(refused("no command is given".to_owned(), SPLIT).into());
        };
        let key = certificate.public_key().clone();
        let scheme = SignatureScheme::of(key.kind()).ok_or_else(|| {
            let kind = key.kind().to_string();
            Message::new(Error::UnsupportedKey { kind }).at(OPTION)
        })?;
        let (program, arguments) = (program.clone(), arguments.to_vec());
        let (subject, state) = (certificate.subject().to_string(), Mutex::new(State::Idle));
        Ok(Self { program, arguments, limit, scheme, key, subject, state })
    }

    fn error(&self, trouble: Trouble) -> Error {
        // Its arguments may be secrets.
        let signer = format!("{OPTION} `{}`", self.program);
        let hint = trouble.hint.map(str::to_owned);
        Error::Signing { signer, detail: trouble.what, hint }
    }

    fn start(&self) -> Result<Program, Trouble> {
        let Self { program, arguments, .. } = self;
        Program::start(program, arguments).map_err(|error| {
            let is_missing = error.kind() == io::ErrorKind::NotFound;
            let what = if is_missing && !program.contains('/') {
                format!("there is no program `{program}` on PATH")
            } else {
                format!("`{program}` does not start: {}", describe(&error))
            };
            Trouble { what, hint: Some(SPLIT) }
        })
    }

    fn request(&self, id: u64, message: &[u8]) -> Vec<u8> {
        let hash = self.scheme.hash(message);
        let request = Request {
            version: 1,
            id,
            algorithm: self.scheme.to_string(),
            hash: hash.as_ref().map(|(name, _)| *name),
            digest: hash.as_ref().map(|(_, digest)| pem::base64(digest)),
            message: pem::base64(message),
            key: fingerprint_sha256(self.key.der()),
        };
        let mut line = serde_json::to_vec(&request).unwrap_or_default();
        line.push(b'\n');
        line
    }

    /// The signature in an answer.
    fn signature(&self, line: &[u8], id: u64) -> Result<Vec<u8>, Trouble> {
        let odd = |what: String| Trouble { what, hint: Some(PROTOCOL) };
        let answer = serde_json::from_slice::<Answer>(line).map_err(|error| {
            let begin: String = String::from_utf8_lossy(line).trim().chars().take(SHOWN).collect();
            let begin = printable_line(&begin);
            odd(format!("its answer `{begin}` is not one of the protocol: {error}"))
        })?;
        if answer.id != id {
            return Err(odd(format!("it answers request {}, where {id} was asked", answer.id)));
        }
        let text = match (answer.signature, answer.error) {
            (Some(text), None) => text,
            (None, Some(error)) => {
                let error: String = error.chars().take(LONGEST_ERROR).collect();
                let error = printable_line(&error);
                return Err(Trouble { what: format!("it refuses: {error}"), hint: None });
            }
            _ => return Err(odd("its answer has not one of `signature` and `error`".to_owned())),
        };
        let signature = pem::of_base64(&text)
            .ok_or_else(|| odd("its signature is not Base64 in one line".to_owned()))?;
        match misshapen(&signature, self.key.kind()) {
            Some(what) => Err(odd(what)),
            None => Ok(signature),
        }
    }

    /// What is told of a program that does not answer, which is ended.
    fn silent(&self, silence: &Silence, program: &mut Program) -> Trouble {
        let (status, said) = program.end();
        let what = match silence {
            Silence::Ended => match status.and_then(|status| status.code()) {
                Some(code) => format!("it ended with status {code} before its answer"),
                None => "it ended before its answer".to_owned(),
            },
            Silence::Interrupted => "the run was ended".to_owned(),
            Silence::LongLine => "its answer is longer than 64 KiB".to_owned(),
            Silence::OutOfTime => format!("no answer within {} s", self.limit.as_secs()),
            Silence::Unreadable(error) => format!("its answer cannot be read: {}", describe(error)),
        };
        let hint = match silence {
            Silence::OutOfTime => {
                "it has no terminal to ask at; where the command has --ca-signer-timeout, that gives it more time"
            }
            Silence::Ended if status.is_some_and(|status| !status.success()) => {
                "see that it runs by itself"
            }
            _ => PROTOCOL,
        };
        Trouble { what: with_said(what, &said), hint: Some(hint) }
    }

    fn ask(&self, program: &mut Program, id: u64, message: &[u8]) -> Result<Vec<u8>, Trouble> {
        let line = match program.ask(self.request(id, message), self.limit) {
            Ok(line) => line,
            Err(silence) => return Err(self.silent(&silence, program)),
        };
        self.signature(&line, id).map_err(|trouble| {
            let (_, said) = program.end();
            Trouble { what: with_said(trouble.what, &said), ..trouble }
        })
    }
}

impl Signing for ProcessSigner {
    fn scheme(&self) -> SignatureScheme {
        self.scheme
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        let gone = || Trouble { what: "a thread that asked it has failed".to_owned(), hint: None };
        let mut state = self.state.lock().map_err(|_| self.error(gone()))?;
        if let State::Failed(error) = &*state {
            return Err(error.clone());
        }
        let answer = match std::mem::replace(&mut *state, State::Idle) {
            State::Running { program, requests } => Ok((program, requests)),
            _ => self.start().map(|program| (program, 0)),
        };
        let answer = answer.and_then(|(mut program, requests)| {
            let id = requests.saturating_add(1);
            let signature = self.ask(&mut program, id, message)?;
            *state = State::Running { program, requests: id };
            Ok(signature)
        });
        answer.map_err(|trouble| {
            let error = self.error(trouble);
            *state = State::Failed(error.clone());
            error
        })
    }

    fn refused(&self, _: &str) -> Error {
        let what = format!("its signature is not one of the key of `{}`", self.subject);
        self.error(Trouble { what, hint: Some(OTHER_KEY) })
    }
}

/// What is wrong with the form of a signature, before anybody verifies it.
fn misshapen(signature: &[u8], kind: &KeyKind) -> Option<String> {
    let length = signature.len();
    match kind {
        KeyKind::Rsa { bits } if length != bits.div_ceil(8) => Some(format!(
            "its signature has {length} bytes, where one of {kind} has {}",
            bits.div_ceil(8)
        )),
        KeyKind::Ec { .. } if !is_pair_of_integers(signature) => Some(format!(
            "its signature of {length} bytes is not Ecdsa-Sig-Value in DER, but perhaps r and s side by side"
        )),
        _ => None,
    }
}

fn is_pair_of_integers(signature: &[u8]) -> bool {
    let fields =
        der::read_one(signature, der::SEQUENCE).and_then(|one| der::read_all(one.contents));
    fields.is_some_and(|fields| fields.len() == 2 && fields.iter().all(|one| one.tag == INTEGER))
}

fn with_said(what: String, said: &str) -> String {
    if said.is_empty() { what } else { format!("{what}; it says: {said}") }
}

const INTEGER: u8 = 0x02;
/// Characters of an answer that are shown.
const SHOWN: usize = 60;
/// Characters of an error that are shown.
const LONGEST_ERROR: usize = 1000;
const OPTION: &str = "the signer";
const SPLIT: &str = "give one command, such as 'python3 sign.py --key transport-ca'";
const PROTOCOL: &str = "what it is to answer: docs/signer-protocol.md";
const OTHER_KEY: &str =
    "see that it signs with the key of the CA's certificate, and the hash that it is asked for";
