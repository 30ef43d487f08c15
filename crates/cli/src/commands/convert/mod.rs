//! `crosstrust convert`.

mod options;
mod source;
mod written;

use crosstrust_keystore::identity::{self, Identities};
use crosstrust_keystore::open::Contents;

pub(crate) use self::options::Arguments;

use self::options::To;
use self::source::open;
use self::written::Target;
use crate::context::Context;
use crate::failure::{Failure, Message, chain};
use crate::input;
use crate::material::sources::Opened;
use crate::outcome::Outcome;
use crate::output::refuse_standard_output;
use crate::written::destination::{has_extension, is_store};
use crate::written::listing;

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
    let target = Target { arguments, opened: &opened };
    if to == To::Pem && arguments.key_password.source().is_given() {
        let message = "--key-pass is for keys in a PKCS#12 file; that of PEM keys is --pass";
        return Err(Message::new(message).into());
    }
    let listed = match to {
        To::P12 => target.write_store(&identities, context)?,
        To::Pem => target.write_pem(&identities, context)?,
    };
    listing::print(&listed, arguments.format.format, context)?;
    Ok(Outcome::Clean)
}

fn gather(opened: &[Opened]) -> Result<Identities, Failure> {
    let contents: Vec<&Contents> = opened.iter().map(|source| &source.contents).collect();
    identity::gather(&contents).map_err(|error| {
        let message = Message::new(chain(&error)).at(names(opened));
        match error {
            crosstrust_keystore::Error::KeyWithoutCertificate { .. } => {
                message.hint("name the certificate's file beside the key's").into()
            }
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

/// Extensions that say that a file holds one thing in PEM or DER.
const PEM_EXTENSIONS: [&str; 5] = ["pem", "crt", "cer", "key", "der"];
