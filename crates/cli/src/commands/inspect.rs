//! `crosstrust inspect`.

use std::fmt::Write;

use clap::Args;
use crosstrust_keystore::open::Format as SourceFormat;
use crosstrust_keystore::{Entry, OtherKind, StoredKey, concerns};
use crosstrust_report::print::Style;
use crosstrust_x509::{Certificate, KeyUsageBit, SubjectAltNames};
use serde::Serialize;

use super::expiry::{Expiring, ExpiryOptions};
use super::listing::json;
use super::sources::Opened;
use crate::arguments::{Format, FormatOption};
use crate::context::Context;
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::password::{InputPassword, Options};

/// Show what is in key stores and certificate files
///
/// Entries and aliases, subject, issuer, validity, keys, every name with otherName spelled out,
/// constraints, usages, fingerprints, how a key store is encrypted and what Java lists of it, with
/// warnings of what Elasticsearch would refuse. With --expires-within, exit status 1 says that
/// something has expired or will.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Files, quoted globs, or - for standard input
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<String>,
    #[command(flatten)]
    expiry: ExpiryOptions,
    #[command(flatten)]
    password: InputPassword,
    #[command(flatten)]
    format: FormatOption,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let opened = context.open_all(&arguments.sources, &arguments.password.source())?;
    for source in &opened {
        for concern in concerns::of(&source.contents) {
            context.warn(&format!("{}: {concern}", source.path));
        }
    }
    let expiring = arguments.expiry.find(&opened);
    let text = match arguments.format.format {
        Format::Human => {
            let style = context.style();
            let sources: String = opened.iter().map(|source| human(source, style)).collect();
            let expiring = expiring.iter().flatten().map(|one| one.human(style));
            sources + &expiring.collect::<String>()
        }
        Format::Json => {
            let sources = opened.iter().map(Source::new).collect();
            json(&Document { sources, expiring: expiring.as_deref() })
        }
    };
    context.print(&text)?;
    Ok(Outcome::clean_if(expiring.is_none_or(|expiring| expiring.is_empty())))
}

#[derive(Serialize)]
struct Document<'a> {
    sources: Vec<Source<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expiring: Option<&'a [Expiring<'a>]>,
}

#[derive(Serialize)]
struct Source<'a> {
    path: &'a str,
    format: &'static str,
    encryption: Option<Encryption>,
    entries: Vec<ListedEntry<'a>>,
    warnings: Vec<Warning>,
}

#[derive(Serialize)]
struct Warning {
    code: &'static str,
    message: String,
}

#[derive(Serialize)]
struct Encryption {
    parts: Vec<Part>,
    mac: Option<String>,
}

#[derive(Serialize)]
struct Part {
    content: String,
    scheme: Option<String>,
}

#[derive(Serialize)]
struct ListedEntry<'a> {
    kind: &'static str,
    alias: Option<&'a str>,
    java_alias: Option<&'a str>,
    description: Option<String>,
    #[serde(flatten)]
    certificate: Option<Described>,
    chain: Vec<Described>,
}

#[derive(Serialize)]
struct Described {
    subject: String,
    issuer: String,
    serial: String,
    not_before: String,
    not_after: String,
    key_type: String,
    signature_algorithm: String,
    is_ca: bool,
    path_len: Option<u32>,
    key_usage: Option<Vec<&'static str>>,
    extended_key_usage: Option<Vec<String>>,
    fingerprint_sha256: String,
    san: Names,
}

#[derive(Serialize)]
struct Names {
    dns: Vec<String>,
    ip: Vec<String>,
    other_name_cn: Vec<String>,
    all: Vec<String>,
}

impl<'a> Source<'a> {
    fn new(opened: &'a Opened) -> Self {
        let contents = &opened.contents;
        Self {
            path: &opened.path,
            format: format_name(contents.format),
            encryption: contents.encryption.as_ref().map(|encryption| Encryption {
                parts: encryption.parts.iter().map(Part::new).collect(),
                mac: encryption.mac.as_ref().map(ToString::to_string),
            }),
            entries: contents.entries.iter().map(ListedEntry::new).collect(),
            warnings: concerns::of(contents)
                .iter()
                .map(|concern| Warning { code: concern.code(), message: concern.to_string() })
                .collect(),
        }
    }
}

impl Part {
    fn new(part: &crosstrust_keystore::pkcs12::EncryptedPart) -> Self {
        let scheme = part.scheme.as_ref().map(ToString::to_string);
        Self { content: part.content.to_string(), scheme }
    }
}

impl<'a> ListedEntry<'a> {
    fn new(entry: &'a Entry) -> Self {
        let mut certificates = entry.certificates().iter().map(Described::new);
        Self {
            kind: kind(entry),
            alias: entry.alias(),
            java_alias: entry.java_alias(),
            description: description(entry),
            certificate: certificates.next(),
            chain: certificates.collect(),
        }
    }
}

impl Described {
    fn new(certificate: &Certificate) -> Self {
        Self {
            subject: certificate.subject().to_string(),
            issuer: certificate.issuer().to_string(),
            serial: certificate.serial_hex(),
            not_before: certificate.not_before().to_string(),
            not_after: certificate.not_after().to_string(),
            key_type: certificate.public_key().to_string(),
            signature_algorithm: certificate.signature_algorithm().to_string(),
            is_ca: certificate.is_ca(),
            path_len: certificate.basic_constraints().and_then(|constraints| constraints.path_len),
            key_usage: certificate
                .key_usage()
                .map(|usage| usage.bits().map(KeyUsageBit::name).collect()),
            extended_key_usage: certificate.extended_key_usage().map(|u| u.purposes().to_vec()),
            fingerprint_sha256: certificate.fingerprint_sha256(),
            san: Names::new(certificate.subject_alt_names()),
        }
    }
}

impl Names {
    fn new(names: Option<&SubjectAltNames>) -> Self {
        Self {
            dns: names.map_or_else(Vec::new, |n| n.dns().map(str::to_owned).collect()),
            ip: names.map_or_else(Vec::new, |n| n.ip().map(|ip| ip.to_string()).collect()),
            other_name_cn: names.map_or_else(Vec::new, |n| n.other_name_common_names().collect()),
            all: names
                .map_or_else(Vec::new, |n| n.names().iter().map(ToString::to_string).collect()),
        }
    }
}

fn format_name(format: SourceFormat) -> &'static str {
    match format {
        SourceFormat::Jks => "jks",
        SourceFormat::Pem => "pem",
        SourceFormat::Pkcs7 => "pkcs7",
        SourceFormat::Pkcs12 => "pkcs12",
        _ => "der",
    }
}

fn kind(entry: &Entry) -> &'static str {
    match entry {
        Entry::Certificate(_) => "certificate",
        Entry::Key(_) => "key",
        Entry::TrustedCertificate(_) => "trusted_certificate",
        Entry::Other(other) => match other.kind {
            OtherKind::Crl => "crl",
            OtherKind::PublicKey => "public_key",
            OtherKind::Request { .. } => "request",
            OtherKind::Secret => "secret",
            _ => "unknown",
        },
        _ => "unknown",
    }
}

/// What there is to say of an entry beside its certificate: a lock, or what else it is.
fn description(entry: &Entry) -> Option<String> {
    match entry {
        Entry::Key(key) => match &key.key {
            StoredKey::Locked(error) => Some(format!("locked: {error}")),
            StoredKey::Open(key) => Some(key.kind().to_string()),
        },
        Entry::Other(other) => Some(other.kind.to_string()),
        _ => None,
    }
}

fn human(opened: &Opened, style: Style) -> String {
    let contents = &opened.contents;
    let mut out = format!("{}: {}\n", style.strong(&opened.path), contents.format);
    if let Some(encryption) = &contents.encryption {
        for part in &encryption.parts {
            let scheme =
                part.scheme.as_ref().map_or("not encrypted".to_owned(), ToString::to_string);
            let _ = writeln!(out, "  {:13} {scheme}", part.content);
        }
        let mac = encryption.mac.as_ref().map_or("none".to_owned(), ToString::to_string);
        let _ = writeln!(out, "  {:13} {mac}", "integrity");
    }
    let java = matches!(contents.format, SourceFormat::Pkcs12 | SourceFormat::Jks);
    for entry in &contents.entries {
        out.push_str(&human_entry(entry, java, style));
    }
    out.push('\n');
    out
}

/// An entry, with what Java lists of it if it is one of a key store.
fn human_entry(entry: &Entry, java: bool, style: Style) -> String {
    let alias = entry.alias().map_or(String::new(), |alias| format!(" `{alias}`"));
    let what = description(entry).map_or(String::new(), |what| format!(" ({what})"));
    let kind = kind(entry).replace('_', " ");
    let mut out = format!("  {}{what}\n", style.strong(&format!("{kind}{alias}")));
    let mut line = |label: &str, value: &str| {
        let _ = writeln!(out, "    {} {value}", style.faint(&format!("{label:13}")));
    };
    if java {
        line("Java", &java_view(entry));
    }
    let mut certificates = entry.certificates().iter();
    for (label, value) in certificates.next().map(lines).unwrap_or_default() {
        line(label, &value);
    }
    for issuer in certificates {
        line("then", &format!("{} until {}", issuer.subject(), issuer.not_after()));
    }
    out
}

/// How `keytool -list` shows an entry.
fn java_view(entry: &Entry) -> String {
    match (entry, entry.java_alias()) {
        (Entry::Other(other), _) if other.kind == OtherKind::Secret => "SecretKeyEntry".to_owned(),
        (Entry::Key(_), Some(alias)) => format!("PrivateKeyEntry `{alias}`"),
        (_, Some(alias)) => format!("trustedCertEntry `{alias}`"),
        (_, None) => "not listed".to_owned(),
    }
}

fn lines(certificate: &Certificate) -> Vec<(&'static str, String)> {
    let names = certificate.subject_alt_names();
    let names =
        names.map_or_else(Vec::new, |n| n.names().iter().map(ToString::to_string).collect());
    let (from, to) = (certificate.not_before(), certificate.not_after());
    let mut lines = vec![
        ("subject", certificate.subject().to_string()),
        ("issuer", certificate.issuer().to_string()),
        ("serial", certificate.serial_hex()),
        ("valid", format!("{from} to {to}")),
        ("key", certificate.public_key().to_string()),
        ("signature", certificate.signature_algorithm().to_string()),
        ("constraints", constraints(certificate)),
    ];
    lines.extend(certificate.key_usage().map(|usage| ("key usage", usage.to_string())));
    lines.extend(certificate.extended_key_usage().map(|usage| ("extended", usage.to_string())));
    if names.is_empty() {
        lines.push(("names", "no subject alternative name".to_owned()));
    }
    lines.extend(names.into_iter().map(|name| ("name", name)));
    lines.push(("SHA-256", certificate.fingerprint_sha256()));
    lines
}

fn constraints(certificate: &Certificate) -> String {
    match certificate.basic_constraints() {
        None => "none".to_owned(),
        Some(constraints) if !constraints.ca => "CA:FALSE".to_owned(),
        Some(constraints) => match constraints.path_len {
            Some(length) => format!("CA:TRUE, path length {length}"),
            None => "CA:TRUE".to_owned(),
        },
    }
}
