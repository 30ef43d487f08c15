//! The authority that signs, from `--ca` or `--ca-cert` and `--ca-key`.

use crosstrust_issue::{Authority, Error};
use crosstrust_keystore::open::{self, Contents};
use crosstrust_keystore::{KeyEntry, Password, PrivateKey, StoredKey};
use crosstrust_x509::{Certificate, KeyKind};

use super::options::Options;
use super::password::PasswordOption;
use super::stop::{Status, Stop};
use super::terminal::Terminal;
use crate::failure::chain;
use crate::password::Source;
use crate::signer::{self, is_in_token};

/// The authority that the options of `cert` name; none for self-signed certificates.
pub(super) fn given(
    options: &Options,
    terminal: &mut Terminal<'_>,
) -> Result<Option<Authority>, Stop> {
    let password = PasswordOption::read(options, "ca-pass")?;
    if let Some(path) = options.one("ca")? {
        let password = match &password {
            PasswordOption::Given(typed) => typed.password.clone(),
            _ => terminal.ask_secret(&format!("Enter password for CA ({path}) : "))?.password,
        };
        return from_store(path, &password, Status::Other, terminal).map(Some);
    }
    if let (Some(certificate), Some(key)) = (options.one("ca-cert")?, options.one("ca-key")?) {
        if is_in_token(key) {
            return in_token(certificate, key, &password, terminal).map(Some);
        }
        let name = super::output::base_name(key.as_ref());
        let prompt = format!("Enter password for CA private key ({name}) : ");
        return from_files(certificate, key, &password, &prompt, terminal).map(Some);
    }
    if options.has("self-signed") {
        return Ok(None);
    }
    let message = "Must specify either --ca or --ca-cert/--ca-key or --self-signed";
    Err(Stop::usage(message))
}

/// The authority of a PKCS#12 file: its one key, and the first certificate beside it. A file with
/// another number of keys ends with `status`.
pub(super) fn from_store(
    path: &str,
    password: &Password,
    status: Status,
    terminal: &mut Terminal<'_>,
) -> Result<Authority, Stop> {
    let input = terminal.context.read(path)?;
    let contents = open::open(&input.bytes, std::slice::from_ref(password))
        .map_err(|error| Stop::other(format!("{path}: {}", chain(&error))))?;
    let keys: Vec<&KeyEntry> = contents.keys().collect();
    let [entry] = keys.as_slice() else {
        let message = format!("expected a single key in file [{path}] but found [{}]", keys.len());
        return Err(Stop::new(status, message));
    };
    let key = open_key(path, &entry.key)?;
    let certificate = entry.chain.first().cloned();
    let certificate = certificate
        .ok_or_else(|| Stop::other(format!("{path}: the key has no certificate beside it")))?;
    Authority::new(certificate, Vec::new(), key).map_err(refused)
}

/// The authority of a certificate file and a key file; somebody is asked for the key's password if
/// it has one that is not given.
pub(super) fn from_files(
    certificate: &str,
    key: &str,
    password: &PasswordOption,
    prompt: &str,
    terminal: &mut Terminal<'_>,
) -> Result<Authority, Stop> {
    let single = read_certificate(certificate, terminal)?;
    let key = read_key(key, password, prompt, terminal)?;
    Authority::new(single, Vec::new(), key).map_err(refused)
}

/// The authority of a certificate file and of a key in a token.
fn in_token(
    certificate: &str,
    key: &str,
    password: &PasswordOption,
    terminal: &mut Terminal<'_>,
) -> Result<Authority, Stop> {
    let single = read_certificate(certificate, terminal)?;
    let pin = match password {
        PasswordOption::Given(typed) => Some(typed.password.expose()),
        PasswordOption::Absent | PasswordOption::Bare => None,
    };
    let source = Source::of_value("--ca-pass", pin);
    let signer = signer::in_token(key, &single, &source, terminal.context)?;
    Authority::signed_elsewhere(single, Vec::new(), signer).map_err(refused)
}

/// The one certificate of a file.
fn read_certificate(certificate: &str, terminal: &mut Terminal<'_>) -> Result<Certificate, Stop> {
    let contents = read(certificate, terminal)?;
    let certificates: Vec<_> = contents.certificates().into_iter().cloned().collect();
    let [single] = certificates.as_slice() else {
        let count = certificates.len();
        let swapped = if count == 0 && contents.keys().next().is_some() {
            ": it holds a private key; --ca-cert and --ca-key may be swapped"
        } else {
            ""
        };
        let message = format!(
            "expected a single certificate in file [{certificate}] but found [{count}]{swapped}"
        );
        return Err(Stop::other(message));
    };
    Ok(single.clone())
}

/// The one private key of a PEM or DER file.
fn read_key(
    path: &str,
    password: &PasswordOption,
    prompt: &str,
    terminal: &mut Terminal<'_>,
) -> Result<PrivateKey, Stop> {
    let input = terminal.context.read(path)?;
    let unreadable = |error| Stop::other(format!("{path}: {}", chain(&error)));
    let mut contents = open::open(&input.bytes, &[Password::empty()]).map_err(unreadable)?;
    let locked = contents.keys().any(|entry| matches!(entry.key, StoredKey::Locked(_)));
    if locked {
        let password = match password {
            PasswordOption::Given(typed) => typed.password.clone(),
            _ => terminal.ask_secret(prompt)?.password,
        };
        contents = open::open(&input.bytes, &[password]).map_err(unreadable)?;
    }
    let keys: Vec<&KeyEntry> = contents.keys().collect();
    let [entry] = keys.as_slice() else {
        let message = format!("expected a single key in file [{path}] but found [{}]", keys.len());
        return Err(Stop::other(message));
    };
    open_key(path, &entry.key)
}

/// The key, if it is one that the original signs with. It takes DSA keys too, with which nothing is
/// signed here.
fn open_key(path: &str, key: &StoredKey) -> Result<PrivateKey, Stop> {
    match key {
        StoredKey::Open(key) => match key.kind() {
            KeyKind::Rsa { .. } | KeyKind::Ec { .. } => Ok((**key).clone()),
            other => {
                let message = format!(
                    "{path}: Unsupported algorithm [{other}]: the key of a CA is an RSA or EC key"
                );
                Err(Stop::other(message))
            }
        },
        StoredKey::Locked(error) => Err(Stop::other(format!("{path}: {}", chain(error)))),
    }
}

fn read(path: &str, terminal: &mut Terminal<'_>) -> Result<Contents, Stop> {
    let input = terminal.context.read(path)?;
    open::open(&input.bytes, &[]).map_err(|error| Stop::other(format!("{path}: {}", chain(&error))))
}

/// Why an authority cannot sign, with the status that certutil ends with.
pub(super) fn refused(error: Error) -> Stop {
    match error {
        Error::AuthorityIsLeaf { subject } => {
            Stop::other(format!("ca certificate is not a CA! Its subject is [{subject}]"))
        }
        Error::AuthorityKeyMismatch { subject } => {
            let message = format!(
                "Certificate verification failed: the private key of the CA does not belong to \
                 its certificate [{subject}]"
            );
            Stop::new(Status::Config, message)
        }
        Error::Inconsistent { subject } => {
            let message = format!("Certificate verification failed for [{subject}]");
            Stop::new(Status::Config, message)
        }
        Error::AuthorityExpired { .. }
        | Error::AuthorityMayNotSign { .. }
        | Error::DuplicateFilename { .. } => Stop::new(Status::Config, chain(&error)),
        _ => Stop::other(chain(&error)),
    }
}
