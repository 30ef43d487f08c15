//! The answer to `GET /_ssl/certificates`: what a running node has loaded.

use crosstrust_x509::{Certificate, Timestamp};
use serde_json::Value;

use super::answer::{self, AnswerError};

/// The certificates that the node which answered has loaded.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RunningCertificates {
    entries: Vec<Running>,
}

/// One of them.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Running {
    /// The file, as the node's settings have it.
    pub(super) path: String,
    pub(super) subject: String,
    /// In hexadecimal digits, without zeros at its beginning.
    pub(super) serial: String,
    pub(super) has_private_key: bool,
    pub(super) expiry: Option<Timestamp>,
}

/// A file that the node's settings name, and the certificates in it now.
#[derive(Clone, Debug)]
pub struct LoadedFile {
    /// The path as the settings have it.
    pub configured: String,
    /// Where it was read.
    pub path: String,
    /// What is in it; nothing where it could not be read, which is told elsewhere.
    pub certificates: Option<Vec<Certificate>>,
}

impl RunningCertificates {
    /// Reads the answer.
    pub fn parse(text: &str) -> Result<Self, AnswerError> {
        let no_list = AnswerError::Shape { what: "list of certificates" };
        let Value::Array(entries) = answer::parse(text)? else { return Err(no_list) };
        let entries: Option<Vec<Running>> = entries.iter().map(Running::read).collect();
        entries.map(|entries| Self { entries }).ok_or(no_list)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.entries.len()
    }

    /// Whether one of them is of this file, by the path that the node's settings have.
    pub fn names(&self, configured: &str) -> bool {
        self.entries.iter().any(|entry| entry.path == configured)
    }

    pub(super) fn entries(&self) -> &[Running] {
        &self.entries
    }
}

impl Running {
    fn read(value: &Value) -> Option<Self> {
        let text = |key| value.get(key).and_then(Value::as_str);
        Some(Self {
            path: text("path")?.to_owned(),
            subject: text("subject_dn").unwrap_or("a certificate").to_owned(),
            serial: digits(text("serial_number")?),
            has_private_key: value.get("has_private_key").and_then(Value::as_bool).unwrap_or(false),
            expiry: text("expiry").and_then(|text| Timestamp::parse_rfc3339(text).ok()),
        })
    }

    /// Whether it is this certificate: by serial number and end, which is what both tell.
    pub(super) fn is(&self, certificate: &Certificate) -> bool {
        self.serial == digits(&certificate.serial_hex())
            && self.expiry.is_none_or(|expiry| expiry == certificate.not_after())
    }
}

fn digits(serial: &str) -> String {
    let digits = serial.trim_start_matches('0');
    if digits.is_empty() { "0".to_owned() } else { digits.to_ascii_lowercase() }
}
