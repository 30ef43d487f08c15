//! `crosstrust ca --key`: authorities whose key is in a token.

use crosstrust_issue::{Authority, Bundle, Clamped, Error, Packaging};
use crosstrust_report::shell::word;

use super::{Arguments, constraints, request};
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
    let made = arguments.generate.then(|| arguments.key.of_new());
    let path = destination.path(out, "ca.crt");
    let fate = Fate::unseen(if destination == Destination::Archive { out } else { &path });
    let own = key_in_token(key, made, &output, context)?;
    let now = now();
    let (request, constraints) =
        (request(arguments, arguments.key.of_new()), constraints(arguments));
    let made: Result<(Authority, Option<Clamped>), Error> = match &above {
        Some(above) => above.subordinate_elsewhere(&request, &constraints, own, now),
        None => Authority::generate_elsewhere(&request, &constraints, own, now)
            .map(|authority| (authority, None)),
    };
    let (authority, clamped) = made?;
    warn_of_clamping(clamped, context);
    let mut bundle = Bundle::of_authority(&authority, &Packaging::Pem { password: None }, now)?;
    if destination == Destination::Archive {
        bundle.put_below("ca");
    }
    destination.write(out, &bundle, overwrite, &Place::default())?;
    let listed = Listed::new(path.clone(), authority.certificate(), fate);
    listing::print(&[listed], arguments.format.format, context)?;
    if destination == Destination::Folder {
        let (path, key) = (word(&path), word(key));
        let next = format!("crosstrust cert --ca-cert {path} --ca-key {key} --in instances.yml");
        context.note(&format!("nodes get their certificates by: {next}"));
    }
    Ok(Outcome::Clean)
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
