//! `crosstrust ca --key`: authorities whose key is in a token.

use crosstrust_issue::{Authority, Bundle, Clamped, ElsewhereKey, Packaging};
use crosstrust_report::shell::word;
use crosstrust_x509::Timestamp;

use super::{Arguments, constraints, request, target};
use crate::context::{Context, now};
use crate::failure::{Failure, Message};
use crate::outcome::Outcome;
use crate::output::Overwrite;
use crate::signer::{Duty, is_in_token, key_in_token};
use crate::written::destination::Destination;
use crate::written::listing::{self, Fate, Listed, warn_of_clamping};
use crate::written::place::Place;

/// Makes the certificate of an authority for a key in a token, and the key if that is asked for.
pub(super) fn run(
    arguments: &Arguments,
    key: &str,
    context: &mut Context,
) -> Result<Outcome, Failure> {
    refuse_contradictions(arguments, key)?;
    let out = arguments.out.as_deref().unwrap_or("ca");
    let destination = Destination::of(out, false, Destination::Folder)?;
    if destination == Destination::Store {
        let message = Message::new("a key store holds a key, and this one stays in its token");
        return Err(message.at(out).hint("name a folder or a .zip with --out").into());
    }
    let overwrite = Overwrite::or_skip(arguments.overwrite.force, false);
    // A key that is there belongs to another certificate than this one.
    let files = ["ca.crt", "ca.key"].map(str::to_owned);
    destination.refuse_existing(out, files, overwrite)?;
    let output = arguments.password.source();
    let above = arguments.authority.load_if_given(Some(output), Duty::Signs, context)?;
    let now = now();
    let request = request(arguments, arguments.key.of_new());
    request.check(above.as_ref(), &constraints(arguments), now)?;
    let kind = arguments.generate.then(|| arguments.key.of_new());
    let own = key_in_token(key, kind, &output, context)?;
    let made = make(arguments, own, above.as_ref(), now).and_then(|(authority, clamped)| {
        warn_of_clamping(clamped, context);
        write(arguments, &authority, (out, &destination, overwrite), now, context)
    });
    if arguments.generate && made.is_err() {
        context.note("the key stays in the token: leave --generate out to use it");
    }
    let path = made?;
    if destination == Destination::Folder {
        let (path, key) = (word(&path), word(key));
        let next = format!("crosstrust cert --ca-cert {path} --ca-key {key} --in instances.yml");
        context.note(&format!("nodes get their certificates by: {next}"));
    }
    Ok(Outcome::Clean)
}

fn make(
    arguments: &Arguments,
    own: ElsewhereKey,
    above: Option<&Authority>,
    now: Timestamp,
) -> Result<(Authority, Option<Clamped>), Failure> {
    let request = request(arguments, arguments.key.of_new());
    let constraints = constraints(arguments);
    Ok(match above {
        Some(above) => above.subordinate_elsewhere(&request, &constraints, own, now)?,
        None => (Authority::generate_elsewhere(&request, &constraints, own, now)?, None),
    })
}

/// Writes the certificate, and lists it. Gives its path.
fn write(
    arguments: &Arguments,
    authority: &Authority,
    (out, destination, overwrite): (&str, &Destination, Overwrite),
    now: Timestamp,
    context: &mut Context,
) -> Result<String, Failure> {
    let path = target(out, *destination).certificate;
    let is_archive = *destination == Destination::Archive;
    let fate = Fate::unseen(if is_archive { out } else { &path });
    let mut bundle = Bundle::of_authority(authority, &Packaging::Pem { password: None }, now)?;
    if is_archive {
        bundle.put_below("ca");
    }
    destination.write(out, &bundle, (overwrite, &Place::default()), context)?;
    let listed = Listed::new(path.clone(), authority.certificate(), fate);
    listing::print(&[listed], arguments.format.format, context)?;
    Ok(path)
}

/// Refuses what the command line cannot mean.
fn refuse_contradictions(arguments: &Arguments, key: &str) -> Result<(), Failure> {
    if !is_in_token(key) {
        let message = Message::new("names no key in a token").at("--key");
        return Err(message.hint("write the pkcs11: URI of the key, in quotes").into());
    }
    if arguments.key.key_type.is_some() && !arguments.generate {
        let message = Message::new("--key-type says what is made, and the key is there already");
        return Err(message.hint("leave it out, or make the key with --generate").into());
    }
    Ok(())
}
