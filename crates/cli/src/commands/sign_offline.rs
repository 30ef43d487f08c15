//! `crosstrust sign-offline`.

use std::collections::BTreeSet;

use clap::Args;
use crosstrust_issue::{Authority, Error, Exchange, Member};
use crosstrust_keystore::pem;
use crosstrust_report::shell::word;
use crosstrust_x509::{Certificate, SubjectAltNames};
use rayon::prelude::*;
use serde::Serialize;

use crate::context::{Context, now};
use crate::failure::{Failure, Message, printable_line};
use crate::input::{in_folder, is_taken};
use crate::json::json;
use crate::material::authority::AuthorityOptions;
use crate::material::exchange::{fingerprint, read_exchange, refuse_keys, refuse_links};
use crate::options::{DryRunOption, Format, FormatOption, OverwriteOption};
use crate::outcome::Outcome;
use crate::output::{self, NewFile, Overwrite};
use crate::signer::Duty;

/// Sign what another machine has prepared, where the CA's key is
///
/// The middle of three steps: `cert --to-be-signed DIR` makes the keys and the folder, this command signs
/// on the machine with the CA's key, and `cert --signed DIR` puts keys and certificates together. It shows
/// what it signs, read from the very bytes, refuses a folder whose files do not agree, and everything that
/// `cert` would not make of these names with this CA. It writes NAME.crt for NAME.tbs into the folder.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The folder that `cert --to-be-signed` has written
    #[arg(value_name = "DIR")]
    folder: String,
    #[command(flatten)]
    authority: AuthorityOptions,
    /// Do not ask at the terminal before signing
    #[arg(long, short)]
    yes: bool,
    #[command(flatten)]
    dry_run: DryRunOption,
    #[command(flatten)]
    overwrite: OverwriteOption,
    #[command(flatten)]
    format: FormatOption,
}

/// What is printed as JSON.
#[derive(Serialize)]
struct Document {
    ca: Signer,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    dry_run: bool,
    certificates: Vec<Row>,
}

#[derive(Serialize)]
struct Signer {
    subject: String,
    fingerprint_sha256: String,
}

/// What is signed, as its bytes say.
#[derive(Serialize)]
struct Row {
    to_be_signed: String,
    to_be_signed_sha256: String,
    subject: String,
    subject_alt_names: Vec<String>,
    serial: String,
    not_before: String,
    not_after: String,
    key_type: String,
    /// The certificate; nothing in a dry run.
    path: Option<String>,
    fingerprint_sha256: Option<String>,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let Arguments { folder, format, .. } = arguments;
    let dry_run = arguments.dry_run.dry_run;
    let exchange = read_exchange(folder, context)?;
    refuse_keys(folder)?;
    let overwrite = Overwrite::of("DIR", arguments.overwrite.force);
    if !dry_run {
        for member in &exchange.members {
            let path = in_folder(folder, &member.certificate_file());
            if is_taken(&path) && !overwrite.is_forced() {
                let next = format!("crosstrust cert --signed {}", word(folder));
                let message = Message::new("is there already").at(&path);
                let hint =
                    format!("go on with {next} on the first machine, or sign anew with --force");
                return Err(message.hint(hint).into());
            }
            output::refuse_existing(path.as_ref(), overwrite)?;
        }
        refuse_certificate_links(folder, &exchange)?;
    }
    let authority = arguments.authority.load(None, Duty::unless_dry(dry_run), context)?;
    check(folder, &exchange, &authority)?;
    let mut rows: Vec<Row> = exchange.members.iter().map(|one| row(folder, one)).collect();
    if format.format == Format::Human {
        context.print_prose(&human(&rows, &authority, &fingerprint(&exchange)))?;
        context.flush()?;
    }
    if !dry_run {
        confirm(arguments, &rows, &authority, context)?;
        let signed = sign(&exchange, &authority)?;
        // Somebody may have been asked in between.
        refuse_certificate_links(folder, &exchange)?;
        write(folder, &exchange, &signed, overwrite)?;
        for ((row, member), certificate) in rows.iter_mut().zip(&exchange.members).zip(&signed) {
            row.path = Some(in_folder(folder, &member.certificate_file()));
            row.fingerprint_sha256 = Some(certificate.fingerprint_sha256());
        }
    }
    match format.format {
        Format::Human if dry_run => {}
        Format::Human => context.print(&written(&rows))?,
        Format::Json => {
            let ca = authority.certificate();
            let (subject, fingerprint_sha256) = (ca.subject().to_string(), ca.fingerprint_sha256());
            let ca = Signer { subject, fingerprint_sha256 };
            context.print(&json(&Document { ca, dry_run, certificates: rows }))?;
        }
    }
    Ok(Outcome::Clean)
}

fn refuse_certificate_links(folder: &str, exchange: &Exchange) -> Result<(), Failure> {
    let files: Vec<String> = exchange.members.iter().map(Member::certificate_file).collect();
    refuse_links(folder, files.iter().map(String::as_str))
}

/// Refuses a folder that is for another CA, and what the CA would not sign; all of it is told.
fn check(folder: &str, exchange: &Exchange, authority: &Authority) -> Result<(), Failure> {
    let own = authority.certificate();
    if exchange.authority.first() != Some(own) {
        let asked = exchange.authority.first().map_or_else(String::new, |one| {
            format!("`{}` (SHA-256 {})", one.subject(), one.fingerprint_sha256())
        });
        let what = format!("it is for the CA {asked}, and `{}` is given", own.subject());
        let message = Message::new(format!("{what} (SHA-256 {})", own.fingerprint_sha256()));
        let message = message.at(in_folder(folder, Exchange::AUTHORITY));
        return Err(message
            .hint("give the CA that `crosstrust cert --to-be-signed` was given")
            .into());
    }
    let mut keys = BTreeSet::new();
    let is_known =
        |one: &&Member| !keys.insert(one.draft.certificate().public_key().key_bits().to_vec());
    if let Some(member) = exchange.members.iter().find(is_known) {
        let message = Message::new("its key is that of another certificate of the folder");
        let message = message.at(in_folder(folder, &member.draft_file()));
        return Err(message.hint("make the folder anew on the first machine").into());
    }
    let now = now();
    let checked = exchange.members.iter().map(|member| {
        let at = in_folder(folder, &member.draft_file());
        let refused = |error| Failure::from(Message::from(error).at(at));
        authority.check_draft(&member.draft, now).map_err(refused)
    });
    Failure::collect(checked).map(drop)
}

/// Asks a person, where there is one: off a terminal the command itself is the word.
fn confirm(
    arguments: &Arguments,
    rows: &[Row],
    authority: &Authority,
    context: &mut Context,
) -> Result<(), Failure> {
    if arguments.yes {
        return Ok(());
    }
    if arguments.format.format == Format::Json && context.can_ask() {
        let message = Message::new("nothing is shown before it is signed").at("--format json");
        let hint = "look with --dry-run, and sign with --yes";
        return Err(message.hint(hint).into());
    }
    let subject = authority.certificate().subject();
    let question = format!("Sign {} with the key of `{subject}`?", counted(rows.len()));
    match context.confirm(&question)? {
        Some(false) => Err(Message::new("nothing is signed").into()),
        _ => Ok(()),
    }
}

fn sign(exchange: &Exchange, authority: &Authority) -> Result<Vec<Certificate>, Error> {
    let now = now();
    exchange.members.par_iter().map(|one| authority.sign_draft(&one.draft, now)).collect()
}

fn write(
    folder: &str,
    exchange: &Exchange,
    signed: &[Certificate],
    overwrite: Overwrite,
) -> Result<(), Failure> {
    let texts: Vec<String> = signed.iter().map(|one| pem::write_certificates([one])).collect();
    let files = exchange.members.iter().zip(&texts);
    let files =
        files.map(|(member, text)| NewFile::new(member.certificate_file(), text.as_bytes(), false));
    output::folder(folder, &files.collect::<Vec<_>>(), overwrite).map(drop)
}

fn row(folder: &str, member: &Member) -> Row {
    let certificate = member.draft.certificate();
    let names = certificate.subject_alt_names().map_or(&[][..], SubjectAltNames::names);
    Row {
        to_be_signed: in_folder(folder, &member.draft_file()),
        to_be_signed_sha256: member.draft.fingerprint_sha256(),
        subject: certificate.subject().to_string(),
        subject_alt_names: names.iter().map(ToString::to_string).collect(),
        serial: certificate.serial_hex(),
        not_before: certificate.not_before().to_string(),
        not_after: certificate.not_after().to_string(),
        key_type: certificate.public_key().to_string(),
        path: None,
        fingerprint_sha256: None,
    }
}

/// What is signed, for people: before anything is.
fn human(rows: &[Row], authority: &Authority, fingerprint: &str) -> String {
    let ca = authority.certificate();
    let mut text = format!("{} for the CA `{}`:\n", counted(rows.len()), ca.subject());
    text += &format!("manifest.json has the SHA-256 {fingerprint}\n");
    for row in rows {
        // Where each ends is seen by the marks.
        let names = row.subject_alt_names.iter().map(|name| format!("`{name}`"));
        let names = match names.collect::<Vec<_>>().join(", ") {
            names if names.is_empty() => "none".to_owned(),
            names => names,
        };
        let lines = [
            row.to_be_signed.clone(),
            format!("  subject  {}", row.subject),
            format!("  names    {names}"),
            format!("  valid    {} to {}", row.not_before, row.not_after),
            format!("  key      {}", row.key_type),
            format!("  serial   {}", row.serial),
            format!("  SHA-256  {}", row.to_be_signed_sha256),
        ];
        text.extend(lines.map(|line| printable_line(&line) + "\n"));
    }
    text
}

fn written(rows: &[Row]) -> String {
    let line = |row: &Row| {
        let path = row.path.as_deref().unwrap_or_default();
        printable_line(&format!("{path}  {}  until {}", row.subject, row.not_after)) + "\n"
    };
    rows.iter().map(line).collect()
}

fn counted(count: usize) -> String {
    if count == 1 { "one certificate".to_owned() } else { format!("{count} certificates") }
}
