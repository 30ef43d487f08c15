//! `crosstrust ca`.

mod in_token;

use clap::Args;
use crosstrust_issue::{Authority, AuthorityRequest, Bundle, Clamped, Constraints, Error};
use crosstrust_keystore::KeyType;
use crosstrust_x509::{Name, Timestamp};

use crate::context::{Context, now};
use crate::failure::{Failure, Message};
use crate::material::authority::AuthorityOptions;
use crate::options::FormatOption;
use crate::options::{DaysOption, KeyTypeOption};
use crate::options::{OverwriteOption, PemOption, SkipOption};
use crate::outcome::Outcome;
use crate::output::Overwrite;
use crate::password::OutputPassword;
use crate::signer::Duty;
use crate::written::destination::{self, Destination};
use crate::written::existing::{Decision, Look, Target};
use crate::written::listing::{self, Fate, Listed, warn_of_clamping};
use crate::written::place::Place;
use crate::written::wanted::{Key, Names, Signer, Wanted};

/// Make a certification authority
///
/// Writes a PKCS#12 key store with the key and certificate of a new CA, or with --pem a folder
/// (or .zip) of ca.crt and ca.key. With --ca, or --ca-cert and --ca-key, the new CA is signed by
/// that one; the certificates above it come with it, and what it signs is trusted wherever the
/// topmost one is. With --key the key of the new CA is in a token, and ca.crt alone is written.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    authority: AuthorityOptions,
    /// Key of the new CA: the pkcs11: URI of one in a token; --pass-file or --pass-env give its PIN
    #[arg(long = "key", value_name = "URI", conflicts_with = "skip_existing")]
    own_key: Option<String>,
    /// Make the key of --key in the token first; it never leaves it
    #[arg(long, requires = "own_key")]
    generate: bool,
    /// How many CAs may stand below the new one, one under the other: 0 for none [default: any number]
    #[arg(long, value_name = "N")]
    path_len: Option<u8>,
    /// Where to write: a .p12 file; with --pem a folder or a .zip [default: elastic-stack-ca.p12, with --pem ca]
    #[arg(long, short, value_name = "PATH", hide_default_value = true)]
    out: Option<String>,
    #[command(flatten)]
    form: PemOption,
    /// Subject of the CA
    #[arg(long, value_name = "DN", default_value = Authority::DEFAULT_SUBJECT)]
    dn: String,
    #[command(flatten)]
    validity: DaysOption,
    #[command(flatten)]
    key: KeyTypeOption,
    #[command(flatten)]
    overwrite: OverwriteOption,
    #[command(flatten)]
    skip: SkipOption,
    #[command(flatten)]
    password: OutputPassword,
    #[command(flatten)]
    format: FormatOption,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    if let Some(key) = &arguments.own_key {
        return in_token::run(arguments, key, context);
    }
    let default = if arguments.form.pem { "ca" } else { "elastic-stack-ca.p12" };
    let out = arguments.out.as_deref().unwrap_or(default);
    let destination = destination(out, arguments.form.pem)?;
    let files = ["ca.crt", "ca.key"].map(str::to_owned);
    let overwrite = Overwrite::or_skip(arguments.overwrite.force, arguments.skip.skip_existing);
    if !arguments.skip.skip_existing {
        destination.refuse_existing(out, files, overwrite)?;
    }
    let above = arguments.authority.load_if_given(
        Some(arguments.password.source()),
        Duty::Signs,
        context,
    )?;
    let now = now();
    let mut place = if arguments.skip.skip_existing {
        destination.look(out, context)?
    } else {
        Place::default()
    };
    let target = target(out, destination);
    let decision = if arguments.skip.skip_existing {
        decide(arguments, &target, &place, above.as_ref(), context)?
    } else {
        let is_archive = destination == Destination::Archive;
        Decision::unseen(Fate::unseen(if is_archive { out } else { &target.certificate }))
    };
    if let Some(kept) = decision.kept() {
        let listed = Listed::new(target.certificate, kept, decision.fate.clone());
        listing::print(&[listed], arguments.format.format, context)?;
        return Ok(Outcome::Clean);
    }
    if decision.replaces() {
        place.make_room(target.paths());
    }
    let packaging =
        destination::packaging(arguments.form.pem, out, &arguments.password.source(), context)?;
    let (authority, clamped) = make(arguments, above.as_ref(), &decision, now)?;
    warn_of_clamping(clamped, context);
    let mut bundle = Bundle::of_authority(&authority, &packaging, now)?;
    if destination == Destination::Archive {
        bundle.put_below("ca");
    }
    destination.write(out, &bundle, (overwrite, &place), context)?;
    let listed = Listed::new(target.certificate, authority.certificate(), decision.fate);
    listing::print(&[listed], arguments.format.format, context)?;
    Ok(Outcome::Clean)
}

/// The files of the CA.
fn target(out: &str, destination: Destination) -> Target {
    match destination {
        Destination::Archive => Target::new(&format!("{out}/ca/ca"), true),
        Destination::Folder => Target::new(&format!("{out}/ca"), true),
        Destination::Store => Target::store(out),
    }
}

/// With `--skip-existing`, what becomes of the CA that is there.
fn decide(
    arguments: &Arguments,
    target: &Target,
    place: &Place,
    above: Option<&Authority>,
    context: &mut Context,
) -> Result<Decision, Failure> {
    let subject = Name::parse(&arguments.dn)
        .map_err(|error| Message::new(error).at(format!("--dn {}", arguments.dn)))?;
    let wanted = Wanted {
        subject: &subject,
        names: Names::Authority,
        signer: Signer::of(above),
        key: Key::Private(arguments.key.key_type),
    };
    let look = Look {
        place,
        source: arguments.password.source(),
        force: arguments.overwrite.force,
        renewal: None,
        now: now(),
    };
    look.decide(target, &wanted, context)
}

/// A new authority on its own, or below another one.
fn make(
    arguments: &Arguments,
    above: Option<&Authority>,
    decision: &Decision,
    now: Timestamp,
) -> Result<(Authority, Option<Clamped>), Error> {
    let key_type = decision.key_type(arguments.key.key_type);
    let (request, constraints) = (request(arguments, key_type), constraints(arguments));
    match above {
        Some(above) => above.subordinate(&request, &constraints, now),
        None => Ok((Authority::generate_constrained(&request, &constraints, now)?, None)),
    }
}

fn request(arguments: &Arguments, key_type: KeyType) -> AuthorityRequest {
    AuthorityRequest { subject: arguments.dn.clone(), days: arguments.validity.days, key_type }
}

fn constraints(arguments: &Arguments) -> Constraints {
    Constraints { path_len: arguments.path_len, ..Constraints::default() }
}

/// A key store, or with `--pem` a folder or an archive.
fn destination(out: &str, pem: bool) -> Result<Destination, Failure> {
    let otherwise = if pem { Destination::Folder } else { Destination::Store };
    let destination = Destination::of(out, pem, otherwise)?;
    if destination == Destination::Archive && !pem {
        let message = Message::new("a .zip is written with --pem only").at(out);
        return Err(message.hint("add --pem, or name a .p12 file").into());
    }
    Ok(destination)
}
