//! The authority that signs, from the options of a command.

use std::time::Duration;

use clap::{ArgGroup, Args};
use crosstrust_issue::{Authority, Error, issuers};
use crosstrust_keystore::PrivateKey;
use crosstrust_keystore::open::{self, Contents};
use crosstrust_report::listed;
use crosstrust_report::shell::word;
use crosstrust_x509::Certificate;

use super::file_kind::no_certificate;
use crate::context::Context;
use crate::failure::{Failure, Message, chain};
use crate::material::keys;
use crate::password::{AuthorityPassword, Source};
use crate::signer::process::ProcessSigner;
use crate::signer::{Duty, check_uri, in_token, is_in_token, unopened};

/// `--ca`, or `--ca-cert` with `--ca-key` or `--ca-signer`.
#[derive(Args, Clone, Debug)]
#[command(group = ArgGroup::new("ca_signs").args(["ca_key", "ca_signer"]))]
pub(crate) struct AuthorityOptions {
    /// PKCS#12 key store of the CA, with its key
    #[arg(long, value_name = "P12", conflicts_with_all = ["ca_cert", "ca_key", "ca_signer"])]
    pub(crate) ca: Option<String>,
    /// Certificate of the CA, PEM or DER; further certificates in the file are its chain
    #[arg(long, value_name = "PEM", requires = "ca_signs")]
    pub(crate) ca_cert: Option<String>,
    /// Private key of the CA: a file, PEM or DER, or the pkcs11: URI of a key in a token
    #[arg(long, value_name = "KEY", requires = "ca_cert")]
    pub(crate) ca_key: Option<String>,
    /// Program with its arguments that signs with the key of --ca-cert, wherever that is: it gets a line of
    /// JSON for each signature
    #[arg(long, value_name = "COMMAND", requires = "ca_cert")]
    pub(crate) ca_signer: Option<String>,
    /// How long the program of --ca-signer may take for a signature [default: 60]
    #[arg(long, value_name = "SECONDS", value_parser = seconds, requires = "ca_signer")]
    #[arg(allow_negative_numbers = true)]
    pub(crate) ca_signer_timeout: Option<u32>,
    #[command(flatten)]
    pub(crate) password: AuthorityPassword,
}

impl AuthorityOptions {
    /// Whether an authority is named at all.
    pub(crate) fn is_given(&self) -> bool {
        self.ca.is_some() || self.ca_cert.is_some()
    }

    /// The authority, for what can do without one.
    pub(crate) fn load_if_given(
        &self,
        output: Option<Source<'_>>,
        duty: Duty,
        context: &mut Context,
    ) -> Result<Option<Authority>, Failure> {
        self.is_given().then(|| self.load(output, duty, context)).transpose()
    }

    /// Reads the authority and sees that it can sign. `output` gives the password of what is written, if
    /// there is one: it opens no CA, as the hint says.
    pub(crate) fn load(
        &self,
        output: Option<Source<'_>>,
        duty: Duty,
        context: &mut Context,
    ) -> Result<Authority, Failure> {
        let own = self.password.source();
        let source = output.map_or(own, |output| own.beside(&output));
        match (&self.ca, &self.ca_cert, &self.ca_key) {
            (Some(store), _, _) => load_store(store, HINT_KEY, &source, context),
            (None, Some(certificate), Some(key)) if is_in_token(key) => {
                load_token(certificate, key, duty, &source, context)
            }
            (None, Some(certificate), Some(key)) => load_files(certificate, key, &source, context),
            (None, Some(path), None) => self.signed_by_program(path, &source, context),
            _ => Err(Message::new("no CA is given").hint(HINT).into()),
        }
    }

    /// The authority of `--ca-cert` alone, which signs nothing in this run.
    pub(crate) fn load_certificate(&self, context: &mut Context) -> Result<Authority, Failure> {
        let Some(path) = &self.ca_cert else {
            return Err(Message::new("no CA is given").hint(HINT).into());
        };
        let (certificate, above) = load_certificate(path, None, &self.password.source(), context)?;
        without_key(certificate, above).map_err(|error| refused(path, &error))
    }

    /// The authority of a certificate for which a program signs. It is not started before that.
    fn signed_by_program(
        &self,
        path: &str,
        source: &Source<'_>,
        context: &mut Context,
    ) -> Result<Authority, Failure> {
        let Some(command) = &self.ca_signer else {
            return Err(Message::new("no CA is given").hint(HINT).into());
        };
        let (certificate, above) = load_certificate(path, None, source, context)?;
        let limit = Duration::from_secs(self.ca_signer_timeout.unwrap_or(SIGNER_SECONDS).into());
        let signer = ProcessSigner::new(command, limit, &certificate)?;
        Authority::signed_elsewhere(certificate, above, Box::new(signer))
            .map_err(|error| refused(path, &error))
    }

    /// Reads the authority that is a key store; `without_key` is the advice where it holds no key,
    /// or several.
    pub(crate) fn load_store(
        &self,
        path: &str,
        without_key: &str,
        context: &mut Context,
    ) -> Result<Authority, Failure> {
        load_store(path, without_key, &self.password.source(), context)
    }
}

/// The authority of a certificate whose key is on another machine.
pub(crate) fn without_key(
    certificate: Certificate,
    above: Vec<Certificate>,
) -> Result<Authority, Error> {
    let signer = unopened(&certificate.subject().to_string(), &certificate)?;
    Authority::signed_elsewhere(certificate, above, signer)
}

fn load_store(
    path: &str,
    without_key: &str,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Authority, Failure> {
    let input = context.read(path)?;
    let contents = context
        .with_password(path, source, |passwords| keys::open_unlocked(&input.bytes, passwords))?;
    let keys = open_keys(&contents);
    let [(key, certificates)] = keys.as_slice() else {
        let error = Error::AuthorityKeys { count: keys.len() };
        return Err(Message::new(&error).at(path).hint(without_key).into());
    };
    let Some((certificate, above)) = certificates.split_first() else {
        return Err(Message::new("the CA's key has no certificate beside it").at(path).into());
    };
    let above = self::above(path, certificate, above, context);
    Authority::new(certificate.clone(), above, key.clone()).map_err(|error| refused(path, &error))
}

fn load_files(
    cert: &str,
    key: &str,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Authority, Failure> {
    let (certificate, above) = load_certificate(cert, Some(key), source, context)?;
    let private = keys::read_key(key, source, context)?;
    Authority::new(certificate, above, private).map_err(|error| match error {
        Error::AuthorityKeyMismatch { .. } => {
            let hint = format!("give the key that was made with {cert}");
            Message::new(&error).at(key).hint(hint).into()
        }
        _ => refused(cert, &error),
    })
}

/// The authority of a certificate whose key is in a token. What is wrong with the certificate is told before
/// anybody is asked for a PIN.
fn load_token(
    cert: &str,
    key: &str,
    duty: Duty,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Authority, Failure> {
    let (certificate, above) = load_certificate(cert, Some(key), source, context)?;
    let refused = |error| refused(cert, &error);
    let unopened = unopened(key, &certificate).map_err(refused)?;
    let seen = Authority::signed_elsewhere(certificate.clone(), above.clone(), unopened);
    let seen = seen.map_err(refused)?;
    if duty == Duty::IsSeen {
        check_uri(key, context)?;
        return Ok(seen);
    }
    let signer = in_token(key, &certificate, source, context)?;
    Authority::signed_elsewhere(certificate, above, signer).map_err(refused)
}

/// The certificate of a CA, and those above it; `key` is where its key is said to be.
fn load_certificate(
    cert: &str,
    key: Option<&str>,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<(Certificate, Vec<Certificate>), Failure> {
    let input = context.read(cert)?;
    let contents =
        context.with_password(cert, source, |passwords| open::open(&input.bytes, passwords))?;
    let certificates = contents.certificates().into_iter().cloned().collect::<Vec<_>>();
    let Some((certificate, others)) = certificates.split_first() else {
        return Err(without_certificate(cert, key, &contents).into());
    };
    Ok((certificate.clone(), above(cert, certificate, others, context)))
}

/// The certificates above one of those that are beside it; the others are told.
fn above(
    path: &str,
    certificate: &Certificate,
    others: &[Certificate],
    context: &mut Context,
) -> Vec<Certificate> {
    let above = issuers(certificate, others.to_vec());
    let left_out = others.iter().filter(|one| *one != certificate && !above.contains(one));
    let left_out = left_out.map(|one| format!("`{}`", one.subject())).collect::<Vec<_>>();
    if !left_out.is_empty() {
        let (subjects, subject) = (listed(&left_out, false), certificate.subject());
        context.warn(&format!("{path}: not above the CA `{subject}`, and left out: {subjects}"));
    }
    above
}

/// The keys that are open, each with its chain.
fn open_keys(contents: &Contents) -> Vec<(PrivateKey, Vec<Certificate>)> {
    contents.keys().filter_map(|one| Some((one.key.open()?.clone(), one.chain.clone()))).collect()
}

/// Why the file of a CA certificate is none: it may be that of the key.
fn without_certificate(cert: &str, key: Option<&str>, contents: &Contents) -> Message {
    let message = no_certificate(cert, contents);
    let (Some(_), Some(key)) = (contents.keys().next(), key) else { return message };
    message.hint(format!("if the two are swapped: --ca-cert {} --ca-key {}", word(key), word(cert)))
}

fn refused(path: &str, error: &Error) -> Failure {
    Message::new(chain(error)).at(path).into()
}

/// Reads a number of seconds: at least one.
fn seconds(text: &str) -> Result<u32, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err(format!("`{text}` is not a number of seconds from 1 up, such as 60")),
        Ok(seconds) => Ok(seconds),
    }
}

const SIGNER_SECONDS: u32 = 60;
const HINT_KEY: &str =
    "give the key store that `crosstrust ca` wrote, or two files with --ca-cert and --ca-key";
const HINT: &str =
    "name it with --ca, or with --ca-cert and --ca-key or --ca-signer; `crosstrust ca` makes one";
