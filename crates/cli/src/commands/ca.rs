//! `crosstrust ca`.

use clap::Args;
use crosstrust_issue::{Authority, AuthorityRequest, Bundle, Packaging};
use crosstrust_keystore::KeyType;

use super::listing::{self, Listed};
use crate::arguments::FormatOption;
use crate::context::Context;
use crate::failure::{Failure, Message, chain};
use crate::outcome::Outcome;
use crate::output::{self, NewFile};
use crate::password::{Options, OutputPassword};

/// Make a certification authority
///
/// Writes a PKCS#12 key store with the key and certificate of a new CA, or with --pem a folder
/// (or .zip) of ca.crt and ca.key.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Where to write: a .p12 file; with --pem a folder or a .zip [default: elastic-stack-ca.p12, with --pem ca]
    #[arg(long, short, value_name = "PATH", hide_default_value = true)]
    out: Option<String>,
    /// Write PEM files instead of PKCS#12
    #[arg(long)]
    pem: bool,
    /// Subject of the CA
    #[arg(long, value_name = "DN", default_value = Authority::DEFAULT_SUBJECT)]
    dn: String,
    /// Validity in days
    #[arg(long, value_name = "N", default_value_t = 1095, value_parser = clap::value_parser!(u32).range(1..))]
    days: u32,
    /// Kind of key: rsa-2048, rsa-3072, rsa-4096, ec-p256 or ec-p384
    #[arg(long, value_name = "TYPE", default_value_t = KeyType::default())]
    key_type: KeyType,
    /// Overwrite what is there
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    password: OutputPassword,
    #[command(flatten)]
    format: FormatOption,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let default = if arguments.pem { "ca" } else { "elastic-stack-ca.p12" };
    let out = arguments.out.as_deref().unwrap_or(default);
    let target = Target::of(out, arguments.pem)?;
    target.refuse_existing(out, arguments.force)?;
    let packaging = packaging(arguments, out, context)?;
    let now = context.now(None);
    let request = AuthorityRequest {
        subject: arguments.dn.clone(),
        days: arguments.days,
        key_type: arguments.key_type,
    };
    let refused = |error| Failure::from(Message::new(chain(&error)));
    let authority = Authority::generate(&request, now).map_err(refused)?;
    let bundle = Bundle::of_authority(&authority, &packaging, now).map_err(refused)?;
    let path = target.write(out, &bundle, arguments.force)?;
    listing::print(
        &[Listed::new(path, authority.certificate())],
        arguments.format.format,
        context,
    )?;
    Ok(Outcome::Clean)
}

/// What `--out` names.
#[derive(Clone, Copy)]
enum Target {
    Archive,
    Folder,
    Store,
}

impl Target {
    fn of(out: &str, pem: bool) -> Result<Self, Failure> {
        let lower = out.to_lowercase();
        match pem {
            true if lower.ends_with(".zip") => Ok(Self::Archive),
            true if lower.ends_with(".p12") => {
                Err(Message::new("--pem writes a folder or a .zip, not a .p12").at(out).into())
            }
            true => Ok(Self::Folder),
            false if lower.ends_with(".zip") => {
                let message = Message::new("a .zip is written with --pem only").at(out);
                Err(message.hint("add --pem, or name a .p12 file").into())
            }
            false => Ok(Self::Store),
        }
    }

    /// Looks before any work is done; writing looks once more.
    fn refuse_existing(self, out: &str, force: bool) -> Result<(), Failure> {
        let files = match self {
            Self::Folder => vec![format!("{out}/ca.crt"), format!("{out}/ca.key")],
            Self::Archive | Self::Store => vec![out.to_owned()],
        };
        files.iter().try_for_each(|file| output::refuse_existing(file.as_ref(), force))
    }

    /// Writes the bundle, and gives the path of the file that holds the certificate.
    fn write(self, out: &str, bundle: &Bundle, force: bool) -> Result<String, Failure> {
        let files = |prefix: &str| -> Vec<NewFile<'_>> {
            let file = |file: &crosstrust_issue::BundleFile| format!("{prefix}{}", file.path);
            let files = bundle.files.iter();
            files.map(|f| NewFile::new(file(f), f.contents.as_bytes(), f.private)).collect()
        };
        match self {
            Self::Folder => {
                output::folder(out, &files(""), force)?;
                Ok(format!("{out}/ca.crt"))
            }
            Self::Archive => {
                let archive = output::archive(&files("ca/"))?;
                output::file(&NewFile::new(out.to_owned(), &archive, true), force)?;
                Ok(out.to_owned())
            }
            Self::Store => {
                for store in &bundle.files {
                    let store = NewFile::new(out.to_owned(), store.contents.as_bytes(), true);
                    output::file(&store, force)?;
                }
                Ok(out.to_owned())
            }
        }
    }
}

fn packaging(
    arguments: &Arguments,
    out: &str,
    context: &mut Context,
) -> Result<Packaging, Failure> {
    let source = arguments.password.source();
    if arguments.pem {
        return Ok(Packaging::Pem { password: context.given(&source)? });
    }
    let password = context.new_password(out, &source)?;
    super::cert::refuse_non_ascii(&password)?;
    Ok(Packaging::Pkcs12 { password })
}
