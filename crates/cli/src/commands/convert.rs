//! `crosstrust convert`.

use clap::{Args, ValueEnum};
use crosstrust_keystore::identity::{self, Identities, Identity};
use crosstrust_keystore::open::Contents;
use crosstrust_keystore::pkcs12::{self, Writer};
use crosstrust_keystore::{Password, PrivateKey, Secret, pem};
use crosstrust_x509::Certificate;

use crate::context::{Context, now};
use crate::failure::{Failure, Message, chain};
use crate::input;
use crate::material::sources::{self, Opened};
use crate::options::FormatOption;
use crate::options::OverwriteOption;
use crate::outcome::Outcome;
use crate::output::{self, NewFile, Overwrite, refuse_standard_output};
use crate::password::{OutputPassword, SourcePassword, refuse_non_ascii};
use crate::written::destination::{has_extension, is_store};
use crate::written::listing::{self, Listed};

/// Turn key stores into PEM files and back
///
/// To PEM: a folder with NAME.crt (the leaf, then its chain), NAME.key and ca.crt. To PKCS#12: a
/// key store that Java lists with its key, its chain and the CA as a trusted entry, and that
/// OpenSSL 3 opens. Several sources are read as one, such as a certificate, its key and its CA.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Files or quoted globs that together hold the key, its certificate and the CA
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<String>,
    /// Where to write: a folder or a .zip for PEM files, a file for PKCS#12
    #[arg(long, short, required = true, value_name = "PATH")]
    out: String,
    /// What to write [default: p12 if PATH ends in .p12 or .pfx, pem if in .zip; else pem of a key store, p12 of PEM files]
    #[arg(long, value_name = "FORMAT")]
    to: Option<To>,
    /// How PEM keys are encoded
    #[arg(long, value_name = "FORMAT", default_value = "pkcs8")]
    key_format: KeyFormat,
    /// Write no key, only the authorities to trust
    #[arg(long)]
    trust_only: bool,
    /// Algorithms of a PKCS#12 file
    #[arg(long, value_name = "PROFILE", default_value = "modern")]
    p12_profile: StoreProfile,
    #[command(flatten)]
    overwrite: OverwriteOption,
    #[command(flatten)]
    source_password: SourcePassword,
    #[command(flatten)]
    password: OutputPassword,
    #[command(flatten)]
    format: FormatOption,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum To {
    /// PKCS#12
    P12,
    /// PEM files
    Pem,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum KeyFormat {
    /// PKCS#1, for RSA keys
    Pkcs1,
    /// PKCS#8, encrypted if --pass gives a password
    Pkcs8,
    /// SEC1, for EC keys
    Sec1,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum StoreProfile {
    /// 3DES and HMAC-SHA1, for readers from before 2020
    LegacyDes,
    /// AES-256 and HMAC-SHA256, as Java 17 writes
    Modern,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    refuse_standard_output(&arguments.out, "key stores and folders")?;
    let opened = open(arguments, context)?;
    let to = to(arguments, &opened)?;
    let mut identities = gather(&opened)?;
    if arguments.trust_only {
        identities.keys.clear();
    }
    if identities.keys.is_empty() && identities.trusted.is_empty() {
        let what =
            if arguments.trust_only { "CA certificate" } else { "private key or CA certificate" };
        return Err(Message::new(format!("holds no {what} to write")).at(names(&opened)).into());
    }
    for unverified in identities.keys.iter().filter(|identity| !identity.is_verified) {
        let kind = unverified.key.kind();
        context.warn(&format!("whether the {kind} key belongs to its certificate is not checked"));
    }
    let listed = match to {
        To::P12 => write_store(arguments, &identities, &opened, context)?,
        To::Pem => write_pem(arguments, &identities, &opened, context)?,
    };
    listing::print(&listed, arguments.format.format, context)?;
    Ok(Outcome::Clean)
}

/// Opens the sources with --in-pass. Without it, --pass may be the password of both sides; where it is
/// not that of the source, the source is opened as if there was none.
fn open(arguments: &Arguments, context: &mut Context) -> Result<Vec<Opened>, Failure> {
    let (given, output) = (arguments.source_password.source(), arguments.password.source());
    if !given.is_given() && output.is_given() {
        let once = arguments.sources.iter().any(|source| source == "-");
        let opened = sources::open_all(&arguments.sources, &output, context);
        if once || opened.is_ok() {
            return opened;
        }
    }
    sources::open_all(&arguments.sources, &given, context)
}

fn gather(opened: &[Opened]) -> Result<Identities, Failure> {
    let contents: Vec<&Contents> = opened.iter().map(|source| &source.contents).collect();
    identity::gather(&contents).map_err(|error| {
        let message = Message::new(chain(&error)).at(names(opened));
        match error {
            crosstrust_keystore::Error::KeyWithoutCertificate { .. } => {
                message.hint("name the certificate's file beside the key's").into()
            }
            crosstrust_keystore::Error::PasswordRequired { .. }
            | crosstrust_keystore::Error::WrongPassword => message
                .hint("give the password with --in-pass, --in-pass-file or --in-pass-env")
                .into(),
            _ => message.into(),
        }
    })
}

fn names(opened: &[Opened]) -> String {
    opened.iter().map(|source| source.path.as_str()).collect::<Vec<_>>().join(", ")
}

/// What to write: by `--to`, else by the name of the target, else by the sources. A target whose name
/// says that it is something else is refused.
fn to(arguments: &Arguments, opened: &[Opened]) -> Result<To, Failure> {
    let Arguments { out, to, .. } = arguments;
    let store = |source: &Opened| source.contents.format.is_key_store();
    let by_sources = if opened.iter().any(store) { To::Pem } else { To::P12 };
    let refused = |what: &str, hint: &str| Err(Message::new(what).at(out).hint(hint).into());
    let ends_in = |extensions: &[&str]| extensions.iter().any(|one| has_extension(out, one));
    match to.unwrap_or(by_sources) {
        _ if to.is_none() && is_store(out) => Ok(To::P12),
        _ if to.is_none() && has_extension(out, "zip") => Ok(To::Pem),
        To::P12 if has_extension(out, "zip") => {
            refused("a .zip holds PEM files, no PKCS#12", "name a .p12, or drop --to p12")
        }
        To::P12 if to.is_none() && ends_in(&PEM_EXTENSIONS) => refused(
            "PKCS#12 would be written to a file that is called PEM",
            "name a .p12 for PKCS#12, or write a folder of PEM files with --to pem",
        ),
        To::Pem if is_store(out) => {
            refused("a key store holds no PEM files", "name a folder or a .zip, or drop --to pem")
        }
        To::Pem if ends_in(&PEM_EXTENSIONS) && !input::is_folder(out) => refused(
            "PEM files go into a folder or a .zip: NAME.crt, NAME.key and ca.crt",
            "name a folder, or a .zip",
        ),
        chosen => Ok(chosen),
    }
}

/// The name of an identity: its alias, else the name of the first file.
fn name(identity: &Identity, opened: &[Opened]) -> String {
    let stem = || {
        let path = opened.first().map(|source| std::path::Path::new(&source.path));
        let stem = path.and_then(|path| path.file_stem()).map(|stem| stem.to_string_lossy());
        stem.map_or_else(|| "node".to_owned(), std::borrow::Cow::into_owned)
    };
    identity.alias.clone().filter(|alias| !alias.trim().is_empty()).unwrap_or_else(stem)
}

fn write_store(
    arguments: &Arguments,
    identities: &Identities,
    opened: &[Opened],
    context: &mut Context,
) -> Result<Vec<Listed>, Failure> {
    let out = &arguments.out;
    output::refuse_existing(out.as_ref(), arguments.overwrite.force)?;
    let password = context.new_password(out, &arguments.password.source())?;
    refuse_non_ascii(&password)?;
    let mut writer = Writer::new(match arguments.p12_profile {
        StoreProfile::LegacyDes => pkcs12::StoreProfile::LegacyDes,
        StoreProfile::Modern => pkcs12::StoreProfile::Modern,
    });
    let mut listed = Vec::new();
    for identity in &identities.keys {
        writer = writer.key(&name(identity, opened), &identity.key, &identity.chain);
        listed.extend(identity.chain.first().map(|leaf| Listed::new(out.clone(), leaf)));
    }
    for (number, authority) in (1..).zip(&identities.trusted) {
        let taken = identities.keys.iter().any(|one| name(one, opened).eq_ignore_ascii_case("ca"));
        let alias = match number {
            1 if !taken => "ca".to_owned(),
            _ => format!("ca-{number}"),
        };
        writer = writer.trusted(&alias, authority);
        if listed.is_empty() {
            listed.push(Listed::new(out.clone(), authority));
        }
    }
    let store =
        writer.write(&password, now()).map_err(|error| Message::new(chain(&error)).at(out))?;
    output::file(&NewFile::new(out.clone(), &store, true), arguments.overwrite.force)?;
    Ok(listed)
}

fn write_pem(
    arguments: &Arguments,
    identities: &Identities,
    opened: &[Opened],
    context: &mut Context,
) -> Result<Vec<Listed>, Failure> {
    let out = &arguments.out;
    let password = context.given(&arguments.password.source())?.filter(|p| !p.is_empty());
    if password.is_some() && arguments.key_format != KeyFormat::Pkcs8 {
        let message = Message::new("only PKCS#8 keys are encrypted, and --pass asks for that");
        let hint = "drop --key-format, or --pass; the source's password is given with --in-pass";
        return Err(message.hint(hint).into());
    }
    let mut files: Vec<(String, Secret, bool)> = Vec::new();
    let mut listed = Vec::new();
    for identity in &identities.keys {
        let name = file_name(&name(identity, opened));
        let key = key_pem(&identity.key, arguments.key_format, password.as_ref())
            .map_err(|error| error_at(out, &error))?;
        listed.extend(
            identity.chain.first().map(|leaf| Listed::new(format!("{out}/{name}.crt"), leaf)),
        );
        add(&mut files, format!("{name}.crt"), pem_of(&identity.chain), false);
        add(&mut files, format!("{name}.key"), key, true);
    }
    if !identities.trusted.is_empty() {
        let first = identities.trusted.first();
        if listed.is_empty() {
            listed.extend(first.map(|ca| Listed::new(format!("{out}/ca.crt"), ca)));
        }
        add(&mut files, "ca.crt".to_owned(), pem_of(&identities.trusted), false);
    }
    let files: Vec<NewFile<'_>> = files
        .iter()
        .map(|(path, contents, private)| NewFile::new(path.clone(), contents.as_bytes(), *private))
        .collect();
    if has_extension(out, "zip") {
        let archive = output::archive(&files)?;
        output::file(&NewFile::new(out.clone(), &archive, true), arguments.overwrite.force)?;
    } else if !output::folder(out, &files, Overwrite::from(arguments.overwrite.force).or_same())? {
        for one in &mut listed {
            one.changed = false;
        }
    }
    Ok(listed)
}

/// Adds a file; one of the same name that holds something else gets a number.
fn add(files: &mut Vec<(String, Secret, bool)>, path: String, contents: Secret, private: bool) {
    let same = |known: &str| files.iter().find(|(path, ..)| path.eq_ignore_ascii_case(known));
    if same(&path).is_some_and(|(_, other, _)| other.as_bytes() == contents.as_bytes()) {
        return;
    }
    let (stem, extension) = path.rsplit_once('.').unwrap_or((&path, ""));
    let numbered = (2..).map(|number: u32| format!("{stem}-{number}.{extension}"));
    let free = std::iter::once(path.clone()).chain(numbered).find(|name| same(name).is_none());
    files.push((free.unwrap_or(path), contents, private));
}

fn pem_of(certificates: &[Certificate]) -> Secret {
    pem::write_certificates(certificates).into_bytes().into()
}

fn key_pem(
    key: &PrivateKey,
    format: KeyFormat,
    password: Option<&Password>,
) -> Result<Secret, crosstrust_keystore::Error> {
    match (format, password) {
        (KeyFormat::Pkcs8, Some(password)) => key.to_encrypted_pkcs8_pem(password),
        (KeyFormat::Pkcs8, None) => Ok(key.to_pkcs8_pem()),
        (KeyFormat::Pkcs1, _) => key.to_pkcs1_pem(),
        (KeyFormat::Sec1, _) => key.to_sec1_pem(),
    }
}

fn error_at(path: &str, error: &crosstrust_keystore::Error) -> Failure {
    Message::new(chain(error)).at(path).into()
}

/// An alias as the base of a file name.
fn file_name(alias: &str) -> String {
    let kept = |c: char| c.is_ascii_alphanumeric() || "-_.=@+".contains(c);
    let name: String = alias.chars().map(|c| if kept(c) { c } else { '_' }).collect();
    match name.trim_start_matches('.') {
        "" => "node".to_owned(),
        trimmed => trimmed.to_owned(),
    }
}

/// Extensions that say that a file holds one thing in PEM or DER.
const PEM_EXTENSIONS: [&str; 5] = ["pem", "crt", "cer", "key", "der"];
