//! `crosstrust csr --key`: a request for a key that is there, in a file or in a token.

use crosstrust_issue::{Bundle, Instance, Purpose, request, request_signed_by};
use crosstrust_x509::CertificateRequest;

use super::{Arguments, Files, Listed, destination, print};
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::material::keys;
use crate::outcome::Outcome;
use crate::output::Overwrite;
use crate::signer::{is_in_token, key_in_token};
use crate::written::destination::Destination;
use crate::written::listing::Fate;
use crate::written::place::Place;

/// Makes the one request, and writes it alone.
pub(super) fn run(
    arguments: &Arguments,
    key: &str,
    instances: &[Instance],
    context: &mut Context,
) -> Result<Outcome, Failure> {
    let [instance] = instances else {
        let count = instances.len();
        let message = Message::new(format!("one key is no key for {count} instances"));
        return Err(message.at("--key").hint("name one instance with --name").into());
    };
    let out = &arguments.out;
    let destination = destination(out)?;
    let overwrite = Overwrite::or_skip(arguments.overwrite.force, false);
    let file = format!("{0}/{0}.csr", instance.filename);
    destination.refuse_existing(out, [file], overwrite)?;
    let path = Files::of(out, instance).request;
    let fate = Fate::unseen(if destination == Destination::Archive { out } else { &path });
    let request = made(arguments, key, instance, context)?;
    let bundle = Bundle::of_request(&instance.filename, &request);
    destination.write(out, &bundle, (overwrite, &Place::default()), context)?;
    print(&[Listed::new(path, &request, fate)], arguments.format.format, context)?;
    Ok(Outcome::Clean)
}

fn made(
    arguments: &Arguments,
    key: &str,
    instance: &Instance,
    context: &mut Context,
) -> Result<CertificateRequest, Failure> {
    let (source, purpose) = (arguments.password.source(), Purpose::default());
    if is_in_token(key) {
        let own = key_in_token(key, None, &source, context)?;
        return Ok(request_signed_by(instance, &own.public_key, &*own.signer, &purpose)?);
    }
    let private = keys::read_key(key, &source, context)?;
    Ok(request(instance, private, &purpose)?.request)
}
