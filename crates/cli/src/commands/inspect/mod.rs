//! `crosstrust inspect`.

mod document;

use std::fmt::Write;

use clap::Args;
use crosstrust_keystore::open::Format as SourceFormat;
use crosstrust_keystore::{Entry, OtherKind, StoredKey, concerns};
use crosstrust_report::print::Style;
use crosstrust_x509::{
    Certificate, CertificateRequest, SignatureCheck, SubjectAltNames, Timestamp,
};

use self::document::{Document, kind};
use crate::context::Context;
use crate::failure::{Failure, Message, chain};
use crate::json::json;
use crate::material::expiry::ExpiryOptions;
use crate::material::inventory::Names;
use crate::material::keys::locked;
use crate::material::sources::{self, Opened};
use crate::options::inventory::InventoryOption;
use crate::options::{Format, FormatOption};
use crate::outcome::Outcome;
use crate::password::{InputPassword, Source, Tried, asks_for_password, unreadable};

/// Show what is in key stores and certificate files
///
/// Entries and aliases, subject, issuer, validity, keys, every name with otherName spelled out,
/// constraints, usages, fingerprints, how a key store is encrypted and what Java lists of it, with
/// warnings of what Elasticsearch would refuse. With --expires-within, exit status 1 says that
/// something has expired or will.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Files, folders, quoted globs, ZIP archives, - for standard input, or names of the inventory
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<String>,
    #[command(flatten)]
    inventory: InventoryOption,
    #[command(flatten)]
    expiry: ExpiryOptions,
    /// Print the SHA-256 fingerprint of each certificate and nothing else, as Fleet's and Logstash's
    /// `ca_trusted_fingerprint` takes it
    #[arg(long, conflicts_with_all = ["expires_within", "format"])]
    fingerprint: bool,
    #[command(flatten)]
    password: InputPassword,
    #[command(flatten)]
    format: FormatOption,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let password = arguments.password.source();
    let opened = open(arguments, context)?;
    let view = View { at: arguments.expiry.moment(), password_given: password.is_given() };
    for source in &opened {
        for concern in concerns::of(&source.contents) {
            context.warn(&format!("{}: {concern}", source.path));
        }
    }
    if arguments.fingerprint {
        return fingerprints(&opened, context);
    }
    let expiring = arguments.expiry.find(&opened);
    if expiring.is_some() {
        refuse_dateless(&opened, &arguments.sources, context)?;
    }
    let within = expiring.as_ref().map(|found| found.expiring.as_slice());
    let text = match (arguments.format.format, &expiring) {
        (Format::Human, Some(expiring)) => expiring.human(context.style()),
        (Format::Human, None) => {
            let style = context.style();
            opened.iter().map(|source| human(source, view, style)).collect()
        }
        (Format::Json, _) => json(&Document::new(&opened, within, view)),
    };
    match arguments.format.format {
        Format::Human => context.print_prose(&text)?,
        Format::Json => context.print(&text)?,
    }
    Ok(Outcome::clean_if(within.is_none_or(<[_]>::is_empty)))
}

/// Opens what is named.
fn open(arguments: &Arguments, context: &mut Context) -> Result<Vec<Opened>, Failure> {
    let mut opened = Vec::new();
    for group in Names::of(&arguments.inventory).files(&arguments.sources, context)? {
        let password = group.source(arguments.password.source());
        let files = sources::open_all(&group.paths, &password, context)?;
        files.iter().try_for_each(|source| refuse_unreadable(source, &password))?;
        opened.extend(files);
    }
    Ok(opened)
}

/// What the showing of an entry depends on.
#[derive(Clone, Copy, Debug)]
struct View {
    /// When the days that are left are counted from, if somebody asked for them.
    at: Option<Timestamp>,
    /// Whether an option gives a password.
    password_given: bool,
}

/// Refuses a PEM text in which nothing is found, a request that is malformed, and a key in a file of its own that is not opened by the
/// password given. In a key store that was opened, a key with a password of its own is only locked.
fn refuse_unreadable(opened: &Opened, password: &Source<'_>) -> Result<(), Failure> {
    let Opened { path, contents, .. } = opened;
    for der in contents.entries.iter().filter_map(request_der) {
        let read = CertificateRequest::from_der(der);
        read.map_err(|error| Message::new(chain(&error)).at(path))?;
    }
    if contents.format == SourceFormat::Pem && contents.entries.is_empty() {
        let message = Message::new("holds nothing that can be read").at(path);
        let hint = "a PEM block begins with `-----BEGIN` at the start of a line; one inside of JSON must be \
            taken out first, such as with `jq -r .certificate`";
        return Err(message.hint(hint).into());
    }
    let is_store = contents.format.is_key_store();
    match locked(contents).filter(|_| password.is_given() && !is_store) {
        Some(error) if asks_for_password(&error) => {
            Err(unreadable(path, &error, password, Tried::Given(None)))
        }
        _ => Ok(()),
    }
}

/// The fingerprint of each certificate, a line each; of several it is told which is which.
fn fingerprints(opened: &[Opened], context: &mut Context) -> Result<Outcome, Failure> {
    let certificates: Vec<&Certificate> =
        opened.iter().flat_map(|source| source.contents.certificates()).collect();
    if certificates.is_empty() {
        let paths: Vec<&str> = opened.iter().map(|source| source.path.as_str()).collect();
        return Err(Message::new("holds no certificate").at(paths.join(", ")).into());
    }
    for certificate in certificates.iter().filter(|_| certificates.len() > 1) {
        let kind = if certificate.is_ca() { "the CA" } else { "the certificate" };
        let (digest, subject) = (certificate.fingerprint_sha256(), certificate.subject());
        context.note(&format!("{digest} is {kind} `{subject}`"));
    }
    let lines = certificates.iter().map(|one| format!("{}\n", one.fingerprint_sha256()));
    context.print(&lines.collect::<String>())?;
    Ok(Outcome::Clean)
}

/// Where dates are asked for, a file without certificates is refused that is named itself; of one that a folder
/// or a glob brings along it is told, and all of them are refused.
fn refuse_dateless(
    opened: &[Opened],
    named: &[String],
    context: &mut Context,
) -> Result<(), Failure> {
    let is_dateless = |source: &&Opened| source.contents.certificates().is_empty();
    let dateless: Vec<&str> =
        opened.iter().filter(is_dateless).map(|source| source.path.as_str()).collect();
    let own = dateless.iter().copied().filter(|path| named.iter().any(|name| name == path));
    let refused =
        if dateless.len() == opened.len() { dateless.clone() } else { own.collect::<Vec<_>>() };
    if !refused.is_empty() {
        let message = "holds no certificate, and nothing else has a date that is looked at here";
        let hint = "name a file with certificates, or leave --expires-within out";
        return Err(Message::new(message).at(refused.join(", ")).hint(hint).into());
    }
    let shown = dateless.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
    match dateless.len() {
        0 => {}
        1 => context.note(&format!("{shown}: holds no certificate whose date was looked at")),
        count => {
            let more = count.saturating_sub(MOST_NAMED);
            let more = if more > 0 { format!(", … +{more}") } else { String::new() };
            context.note(&format!("{shown}{more}: hold no certificate whose date was looked at"));
        }
    }
    Ok(())
}

/// So many files are named in one note.
const MOST_NAMED: usize = 3;

/// The request that an entry is.
fn request(entry: &Entry) -> Option<CertificateRequest> {
    CertificateRequest::from_der(request_der(entry)?).ok()
}

fn request_der(entry: &Entry) -> Option<&[u8]> {
    match entry {
        Entry::Other(other) => match &other.kind {
            OtherKind::Request { der } => Some(der),
            _ => None,
        },
        _ => None,
    }
}

/// What there is to say of an entry beside its certificate: a lock, or what else it is.
fn description(entry: &Entry, view: View) -> Option<String> {
    match entry {
        Entry::Key(key) => match &key.key {
            StoredKey::Locked(error) if asks_for_password(error) && !view.password_given => {
                Some("locked: give its password with --pass".to_owned())
            }
            StoredKey::Locked(error) => Some(format!("locked: {error}")),
            StoredKey::Open(key) => Some(key.kind().to_string()),
        },
        Entry::Other(other) => Some(other.kind.to_string()),
        _ => None,
    }
}

fn human(opened: &Opened, view: View, style: Style) -> String {
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
    let java = contents.format.is_key_store();
    for entry in &contents.entries {
        out.push_str(&human_entry(entry, java, view, style));
    }
    out.push('\n');
    out
}

/// An entry, with what Java lists of it if it is one of a key store.
fn human_entry(entry: &Entry, java: bool, view: View, style: Style) -> String {
    let alias = entry.alias().map_or(String::new(), |alias| format!(" `{alias}`"));
    let what = description(entry, view).map_or(String::new(), |what| format!(" ({what})"));
    let kind = kind(entry).replace('_', " ");
    let mut out = format!("  {}{what}\n", style.strong(&format!("{kind}{alias}")));
    let mut line = |label: &str, value: &str| {
        let _ = writeln!(out, "    {} {value}", style.faint(&format!("{label:13}")));
    };
    if java {
        line("Java", &java_view(entry));
    }
    let mut certificates = entry.certificates().iter();
    let certified = certificates.next().map(|leaf| lines(leaf, view));
    let asked = || request(entry).map(|request| request_lines(&request));
    for (label, value) in certified.or_else(asked).unwrap_or_default() {
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

fn lines(certificate: &Certificate, view: View) -> Vec<(&'static str, String)> {
    let (from, to) = (certificate.not_before(), certificate.not_after());
    let mut lines = vec![
        ("subject", certificate.subject().to_string()),
        ("issuer", certificate.issuer().to_string()),
        ("serial", certificate.serial_hex()),
        ("valid", format!("{from} to {to}{}", left(certificate, view))),
        ("key", certificate.public_key().to_string()),
        ("signature", certificate.signature_algorithm().to_string()),
        ("constraints", constraints(certificate)),
    ];
    lines.extend(certificate.key_usage().map(|usage| ("key usage", usage.to_string())));
    lines.extend(certificate.extended_key_usage().map(|usage| ("extended", usage.to_string())));
    lines.extend(name_lines(certificate.subject_alt_names()));
    lines.push(("SHA-256", certificate.fingerprint_sha256()));
    lines
}

/// How long a certificate is valid yet, for whoever asked.
fn left(certificate: &Certificate, view: View) -> String {
    let days = view.at.map(|at| at.days_until(certificate.not_after()));
    days.map_or_else(String::new, |days| format!(", days left: {days}"))
}

fn request_lines(request: &CertificateRequest) -> Vec<(&'static str, String)> {
    let own = match request.check_signature() {
        SignatureCheck::Valid => "",
        SignatureCheck::Invalid | SignatureCheck::Mismatch => {
            ", not made with its own key: no CA should sign it"
        }
        SignatureCheck::Unsupported
        | SignatureCheck::UnknownAlgorithm
        | SignatureCheck::UnknownParameters => ", not checked here",
    };
    let mut lines = vec![
        ("subject", request.subject().to_string()),
        ("key", request.public_key().to_string()),
        ("signature", format!("{}{own}", request.signature_algorithm())),
    ];
    lines.extend(name_lines(request.subject_alt_names()));
    lines
}

fn name_lines(names: Option<&SubjectAltNames>) -> Vec<(&'static str, String)> {
    let names = names.map_or(&[][..], SubjectAltNames::names);
    if names.is_empty() {
        return vec![("names", "no subject alternative name".to_owned())];
    }
    names.iter().map(|name| ("name", name.to_string())).collect()
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
