//! `--expires-within`: certificates that expire soon.

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;
use crosstrust_report::print::Style;
use crosstrust_x509::{Certificate, Timestamp};
use serde::Serialize;

use super::sources::Opened;
use crate::context::now;
use crate::failure::printable_line;
use crate::options::{AtOption, days};

/// `--expires-within` and `--at`.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct ExpiryOptions {
    /// Show only what has expired or will within this many days, and end with status 1 if anything has
    #[arg(long, value_name = "DAYS", value_parser = days, allow_negative_numbers = true)]
    expires_within: Option<u32>,
    #[command(flatten)]
    at: AtOption,
}

/// What was looked at for its date, and what has expired or soon will.
#[derive(Debug)]
pub(crate) struct Expiry<'a> {
    /// A certificate in each file that has it, in the order of the files.
    pub(crate) expiring: Vec<Expiring<'a>>,
    /// How many certificates were looked at, each once.
    looked_at: usize,
    days: u32,
}

/// A certificate that has expired or soon will.
#[derive(Debug, Serialize)]
pub(crate) struct Expiring<'a> {
    path: &'a str,
    subject: String,
    not_after: String,
    days_left: i64,
    is_ca: bool,
    #[serde(skip)]
    certificate: &'a Certificate,
}

impl ExpiryOptions {
    /// When days are counted from, where one of the options asks for it.
    pub(crate) fn moment(&self) -> Option<Timestamp> {
        self.at.at.or_else(|| self.expires_within.map(|_| now()))
    }

    /// What expires; nothing where nobody asked.
    pub(crate) fn find<'a>(&self, opened: &'a [Opened]) -> Option<Expiry<'a>> {
        let now = self.at.now();
        let days = self.expires_within?;
        let limit = now.plus_days(i64::from(days));
        let certificates = || {
            opened.iter().flat_map(|source| {
                source.contents.certificates().into_iter().map(|one| (source.path.as_str(), one))
            })
        };
        let looked_at: BTreeSet<&[u8]> = certificates().map(|(_, one)| one.der()).collect();
        let expiring = certificates().filter(|(_, one)| one.not_after() < limit);
        let expiring = expiring.map(|(path, one)| Expiring::new(path, one, now)).collect();
        Some(Expiry { expiring, looked_at: looked_at.len(), days })
    }
}

impl Expiry<'_> {
    /// How many there are, then those that expire, the nearest first, authorities apart. A certificate of several
    /// files is told once.
    pub(crate) fn human(&self, style: Style) -> String {
        let mut files: BTreeMap<&[u8], usize> = BTreeMap::new();
        let mut told: Vec<&Expiring<'_>> = Vec::new();
        for one in &self.expiring {
            let count = files.entry(one.certificate.der()).or_insert(0);
            if *count == 0 {
                told.push(one);
            }
            *count = count.saturating_add(1);
        }
        told.sort_by_key(|one| one.certificate.not_after());
        let mut out = format!(
            "{} of {} certificates {} expired or will within {} days\n",
            told.len(),
            self.looked_at,
            if told.len() == 1 { "has" } else { "have" },
            self.days
        );
        for (title, is_ca) in [("CA certificates", true), ("leaf certificates", false)] {
            let lines = told.iter().filter(|one| one.is_ca == is_ca).map(|one| {
                let others =
                    files.get(one.certificate.der()).map_or(0, |count| count.saturating_sub(1));
                format!("  {}\n", one.human(others, style))
            });
            let lines: String = lines.collect();
            if !lines.is_empty() {
                out += &format!("\n{}\n{lines}", style.strong(title));
            }
        }
        out
    }
}

impl<'a> Expiring<'a> {
    fn new(path: &'a str, certificate: &'a Certificate, now: Timestamp) -> Self {
        let not_after = certificate.not_after();
        Self {
            path,
            subject: certificate.subject().to_string(),
            not_after: not_after.to_string(),
            days_left: now.days_until(not_after),
            is_ca: certificate.is_ca(),
            certificate,
        }
    }

    /// A line for people.
    fn human(&self, others: usize, style: Style) -> String {
        let Self { path, subject, not_after, days_left, .. } = self;
        let what = match days_left {
            1 => "expires in 1 day".to_owned(),
            days if *days < 0 => "expired".to_owned(),
            days => format!("expires in {days} days"),
        };
        let others = match others {
            0 => String::new(),
            1 => " and 1 other file".to_owned(),
            count => format!(" and {count} other files"),
        };
        let what = style.verdict(false, "", &what);
        let line = printable_line(&format!("{path}{others}: {subject}, at {not_after}"));
        format!("{what}: {line}")
    }
}
