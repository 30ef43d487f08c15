//! `--expires-within`: certificates that expire soon.

use clap::Args;
use crosstrust_report::print::Style;
use crosstrust_x509::{Certificate, Timestamp};
use serde::Serialize;

use super::sources::Opened;
use crate::context::now;
use crate::options::{AtOption, days};

/// `--expires-within` and `--at`.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct ExpiryOptions {
    /// End with status 1 if a certificate has expired or will within this many days
    #[arg(long, value_name = "DAYS", value_parser = days, allow_negative_numbers = true)]
    expires_within: Option<u32>,
    #[command(flatten)]
    at: AtOption,
}

/// A certificate that has expired or soon will.
#[derive(Debug, Serialize)]
pub(crate) struct Expiring<'a> {
    path: &'a str,
    subject: String,
    not_after: String,
    days_left: i64,
}

impl ExpiryOptions {
    /// When days are counted from, where one of the options asks for it.
    pub(crate) fn moment(&self) -> Option<Timestamp> {
        self.at.at.or_else(|| self.expires_within.map(|_| now()))
    }

    /// What expires, in the order of the files; nothing where nobody asked.
    pub(crate) fn find<'a>(&self, opened: &'a [Opened]) -> Option<Vec<Expiring<'a>>> {
        let now = self.at.now();
        let limit = now.plus_days(i64::from(self.expires_within?));
        let certificates = opened.iter().flat_map(|source| {
            source.contents.certificates().into_iter().map(|one| (source.path.as_str(), one))
        });
        let expiring = certificates.filter(|(_, one)| one.not_after() < limit);
        Some(expiring.map(|(path, one)| Expiring::new(path, one, now)).collect())
    }
}

impl<'a> Expiring<'a> {
    fn new(path: &'a str, certificate: &Certificate, now: Timestamp) -> Self {
        let not_after = certificate.not_after();
        Self {
            path,
            subject: certificate.subject().to_string(),
            not_after: not_after.to_string(),
            days_left: now.days_until(not_after),
        }
    }

    /// A line for people.
    pub(crate) fn human(&self, style: Style) -> String {
        let Self { path, subject, not_after, days_left } = self;
        let what = match days_left {
            1 => "expires in 1 day".to_owned(),
            days if *days < 0 => "expired".to_owned(),
            days => format!("expires in {days} days"),
        };
        format!("{}: {path}: {subject}, at {not_after}\n", style.verdict(false, "", &what))
    }
}
