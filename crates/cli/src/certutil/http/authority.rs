//! The authority that signs for the HTTP layer: one that is there, or a new one.

use std::path::Path;

use crosstrust_issue::Authority;
use crosstrust_keystore::Password;

use super::kind::{self, Kind};
use crate::certutil::authority::{from_files, from_store};
use crate::certutil::output::base_name;
use crate::certutil::password::PasswordOption;
use crate::certutil::stop::{Status, Stop};
use crate::certutil::terminal::Terminal;

/// The files of an authority.
pub(super) enum Source {
    /// A certificate, and its key.
    Files {
        /// Path of the certificate.
        certificate: String,
        /// Path of the key.
        key: String,
    },
    /// A key store.
    Store {
        /// Its path.
        path: String,
    },
}

/// Opens an authority; its password is asked for if it has one that is not given.
pub(super) fn open(
    source: &Source,
    password: &PasswordOption,
    terminal: &mut Terminal<'_>,
) -> Result<Authority, Stop> {
    match source {
        Source::Files { certificate, key } => {
            let prompt = prompt(key);
            from_files(certificate, key, password, &prompt, terminal)
        }
        Source::Store { path } => {
            let password: Password = match password {
                PasswordOption::Given(typed) => typed.password.clone(),
                _ => terminal.ask_secret(&prompt(path))?.password,
            };
            from_store(path, &password, Status::Data, terminal)
        }
    }
}

/// Asks for the files of an authority until the first one can be read.
pub(super) fn ask(terminal: &mut Terminal<'_>) -> Result<Source, Stop> {
    loop {
        let path = terminal.ask("CA Path: ")?;
        let input = match terminal.context.read(&path) {
            Ok(input) => input,
            Err(failure) => {
                terminal.complain(&format!("Error: {}", failure.text()));
                continue;
            }
        };
        return match kind::guess(Path::new(&path), &input.bytes) {
            Kind::Pkcs12 | Kind::Jks => Ok(Source::Store { path }),
            Kind::PemCertificate => {
                Ok(Source::Files { certificate: path, key: terminal.ask("CA Key: ")? })
            }
            Kind::PemKey => {
                Ok(Source::Files { certificate: terminal.ask("CA Certificate: ")?, key: path })
            }
            Kind::CertificateChain => {
                Err(unusable(&path, "Unsupported file type (certificate chain)"))
            }
            Kind::Unrecognized => Err(unusable(&path, "Unrecognized file type")),
        };
    }
}

fn unusable(path: &str, what: &str) -> Stop {
    Stop::new(Status::Data, format!("{what}: the CA file [{path}] is not used"))
}

fn prompt(path: &str) -> String {
    format!("Password for {}:", base_name(path.as_ref()))
}
