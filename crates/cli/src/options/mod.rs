//! Options that several commands have, and how their values are read.

pub(crate) mod cluster;
pub(crate) mod inventory;
pub(crate) mod report;

use clap::{Args, ValueEnum};
use crosstrust_keystore::KeyType;
use crosstrust_preflight::host_name;
use crosstrust_restrictions::X509Field;
use crosstrust_x509::Timestamp;

use crate::context::now;
use crate::failure::{Failure, Message};

/// In what form results are printed.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Human,
    /// One JSON document
    Json,
}

/// `--format`, for commands that print results of their own.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct FormatOption {
    /// In what form results are printed: human or json
    #[arg(long, value_name = "FORMAT", default_value = "human", hide_possible_values = true)]
    pub(crate) format: Format,
}

/// Reads a number of days, for `--expires-within` and its like.
pub(crate) fn days(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| format!("`{text}` is not a number of days, such as 30"))
}

/// Reads a time, or a date as its first second in UTC.
pub(crate) fn moment(text: &str) -> Result<Timestamp, String> {
    let time = Timestamp::parse_rfc3339(text);
    let midnight = || Timestamp::parse_rfc3339(&format!("{text}T00:00:00Z")).ok();
    time.or_else(|error| midnight().ok_or_else(|| error.to_string()))
}

/// Reads a validity in days: at least one.
pub(crate) fn validity(text: &str) -> Result<u32, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err(format!("`{text}` is not a number of days from 1 up, such as 1095")),
        Ok(days) => Ok(days),
    }
}

/// Reads a server name (SNI), which is no address (RFC 6066, section 3). Elasticsearch refuses what
/// Java takes for no host name.
pub(crate) fn server_name(text: &str) -> Result<String, String> {
    let problem = match host_name::address(text) {
        Some(_) => Some("it is an IP address"),
        None => host_name::problem(text),
    };
    match problem {
        Some(problem) => Err(format!("`{text}` is not a server name: {problem}")),
        None => Ok(text.to_owned()),
    }
}

/// `--at`, for commands that judge validity.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct AtOption {
    /// Judge validity at this time instead of now, such as 2026-01-31T12:00:00Z; a date alone is its midnight
    /// in UTC
    #[arg(long, value_name = "RFC3339", value_parser = moment)]
    pub(crate) at: Option<Timestamp>,
}

impl AtOption {
    /// The time at which validity is judged.
    pub(crate) fn now(self) -> Timestamp {
        self.at.unwrap_or_else(now)
    }
}

/// `--warn-days`.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct WarnOption {
    /// Warn of certificates that expire within this many days
    #[arg(long, value_name = "N", default_value_t = 30)]
    #[arg(value_parser = days, allow_negative_numbers = true)]
    pub(crate) warn_days: u32,
}

/// `--days`.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct DaysOption {
    /// Validity in days; never longer than the CA's
    #[arg(long, value_name = "N", default_value_t = 1095)]
    #[arg(value_parser = validity, allow_negative_numbers = true)]
    pub(crate) days: u32,
}

/// `--key-type`.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct KeyTypeOption {
    /// Kind of key: rsa-2048, rsa-3072, rsa-4096, ec-p256 or ec-p384 [default: that of the certificate that is
    /// replaced, else rsa-2048]
    #[arg(long, value_name = "TYPE")]
    pub(crate) key_type: Option<KeyType>,
}

impl KeyTypeOption {
    /// The kind of a new key.
    pub(crate) fn of_new(self) -> KeyType {
        self.key_type.unwrap_or_default()
    }
}

/// `--force`.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct OverwriteOption {
    /// Overwrite what is there
    #[arg(long)]
    pub(crate) force: bool,
}

/// `--skip-existing`.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct SkipOption {
    /// Leave what is there and still right: names, CA, key and validity. What is not right is refused, or
    /// with --force replaced; what does not open is refused
    #[arg(long)]
    pub(crate) skip_existing: bool,
}

/// `--renew-within`.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct RenewOption {
    /// Renew what is there and expires within this many days: the same names and the same CA
    #[arg(long, value_name = "DAYS", value_parser = days, allow_negative_numbers = true)]
    #[arg(requires = "skip_existing")]
    pub(crate) renew_within: Option<u32>,
}

impl RenewOption {
    /// Refuses what would be renewed by each run.
    pub(crate) fn check(self, validity: DaysOption) -> Result<(), Failure> {
        let DaysOption { days } = validity;
        match self.renew_within {
            Some(within) if within >= days => {
                let what = format!("each run would renew: new certificates last {days} days");
                let hint = "name fewer days, or let certificates last longer with --days";
                Err(Message::new(what).at(format!("--renew-within {within}")).hint(hint).into())
            }
            _ => Ok(()),
        }
    }
}

/// `--dry-run`.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct DryRunOption {
    /// Tell what would be made, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// `--pem`.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct PemOption {
    /// Write PEM files instead of PKCS#12
    #[arg(long)]
    pub(crate) pem: bool,
}

/// `--x509-fields`.
#[derive(Args, Clone, Debug)]
pub(crate) struct FieldsOption {
    /// Fields that are compared: subjectAltName.otherName.commonName, subjectAltName.dnsName
    #[arg(long = "x509-fields", value_name = "FIELD", value_delimiter = ',')]
    fields: Vec<String>,
}

impl FieldsOption {
    /// The fields as they are written, if the option is given.
    pub(crate) fn asked(&self) -> Option<&[String]> {
        (!self.fields.is_empty()).then_some(self.fields.as_slice())
    }

    /// The fields; Elasticsearch's default if none is named.
    pub(crate) fn fields(&self) -> Result<Vec<X509Field>, Failure> {
        if self.fields.is_empty() {
            return Ok(X509Field::DEFAULT.to_vec());
        }
        let parse = |text: &String| {
            let field = text.trim().parse::<X509Field>();
            field.map_err(|error| Message::new(error).at("--x509-fields").into())
        };
        self.fields.iter().map(parse).collect()
    }
}
