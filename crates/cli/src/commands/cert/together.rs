//! `crosstrust cert --signed`: keys that stayed here, and the certificates that came back.

use crosstrust_issue::{Error, Member, Packaging, package};
use crosstrust_keystore::{PrivateKey, open};
use crosstrust_report::shell::word;
use crosstrust_x509::Certificate;

use super::{Arguments, Made, Run, expected_files};
use crate::context::{Context, now};
use crate::failure::{Failure, Message};
use crate::input::{exists, in_folder, is_folder, lies_outside};
use crate::material::authority::without_key;
use crate::material::exchange::read_exchange;
use crate::material::file_kind::no_certificate;
use crate::material::keys::read_key;
use crate::outcome::Outcome;
use crate::written::destination::{self, Destination};
use crate::written::listing::{self, Fate, Listed};
use crate::written::place::Place;

pub(super) fn run(
    arguments: &Arguments,
    folder: &str,
    context: &mut Context,
) -> Result<Outcome, Failure> {
    let Arguments { out, form, password, .. } = arguments;
    let keys = arguments.offline.keys(folder);
    refuse_folders(out, folder, &keys)?;
    let mut exchange = read_exchange(&keys, context)?;
    let destination = Destination::for_instances(out, form.pem, exchange.members.len())?;
    let names = exchange.members.iter().map(|one| &one.filename);
    destination.refuse_existing(
        out,
        expected_files(arguments, names),
        arguments.overwrite.force.into(),
    )?;
    let above = exchange.authority.split_off(1.min(exchange.authority.len()));
    let Some(certificate) = exchange.authority.pop() else {
        return Err(Message::new("holds no certificate of a CA").at(keys).into());
    };
    let authority = without_key(certificate, above)?;
    let parts = exchange.members.iter().map(|member| {
        let certificate = certificate_of(member, folder, context)?;
        let path = in_folder(&keys, &format!("{}.key", member.filename));
        Ok((member, certificate, read_key(&path, &password.source(), context)?))
    });
    let parts = Failure::collect(parts)?;
    let run = Run {
        arguments,
        authority: Some(authority),
        destination,
        place: Place::default(),
        now: now(),
    };
    let dry_run = arguments.dry_run.dry_run;
    let packaging = if dry_run {
        Packaging::Pem { password: None }
    } else {
        destination::packaging(form.pem, "each key store", &password.source(), context)?
    };
    let made = parts.into_iter().map(|part| join(&run, part, folder, &packaging));
    let made = Failure::collect(made)?;
    if dry_run {
        let mut listed: Vec<Listed> = made.into_iter().filter_map(|one| one.listed).collect();
        listed.iter_mut().for_each(Listed::plan);
        listing::print_plan(&listed, arguments.format.format, context)?;
        return Ok(Outcome::Clean);
    }
    let outcome = run.finish(made, context)?;
    context.note(&format!("{keys} still holds the keys: take it away when all is well"));
    Ok(outcome)
}

/// Refuses to put keys into the folder that travels, and a folder of keys that is not there.
fn refuse_folders(out: &str, folder: &str, keys: &str) -> Result<(), Failure> {
    if !lies_outside(out.as_ref(), folder.as_ref()) {
        let message = Message::new(format!("the keys would lie in {folder}, which travels"));
        return Err(message.at(format!("--out {out}")).hint("name a folder beside it").into());
    }
    if !is_folder(keys) {
        let message = Message::new("the folder of the keys is not there").at(keys);
        return Err(message.hint("name the one of --to-be-signed with --keys").into());
    }
    Ok(())
}

/// The files of an instance.
fn join(
    run: &Run<'_>,
    (member, certificate, key): (&Member, Certificate, PrivateKey),
    folder: &str,
    packaging: &Packaging,
) -> Result<Made, Failure> {
    let Arguments { out, form, .. } = run.arguments;
    let at = in_folder(folder, &member.certificate_file());
    let refused = |error: Error| Failure::from(Message::from(error).at(&at));
    let Some(authority) = &run.authority else { return Err(Message::new("no CA").into()) };
    let issued = authority.issued(member, key, certificate).map_err(refused)?;
    let target = run.destination.target(out, &member.filename, form.pem);
    let fate = Fate::unseen(if run.destination == Destination::Archive {
        out
    } else {
        &target.certificate
    });
    let certificate = &issued.certificate;
    if certificate.not_after() < run.now {
        let what = format!("it ended on {}", certificate.not_after());
        return Err(Message::new(what).at(&at).hint("start again with --to-be-signed").into());
    }
    let listed = Some(Listed::new(target.certificate, &issued.certificate, fate));
    let bundle = package(&issued, packaging, run.now).map_err(refused)?;
    Ok(Made { bundle, listed, clamped: None })
}

/// The certificate that came back for a draft.
fn certificate_of(
    member: &Member,
    folder: &str,
    context: &mut Context,
) -> Result<Certificate, Failure> {
    let path = in_folder(folder, &member.certificate_file());
    if !exists(&path) {
        let message = Message::new("is not there yet").at(path);
        let folder = word(folder);
        let hint =
            format!("have it signed where the CA's key is: crosstrust sign-offline {folder}");
        return Err(message.hint(hint).into());
    }
    let input = context.read(&path)?;
    let contents = open::open(&input.bytes, &[])
        .map_err(|error| Message::new(crate::failure::chain(&error)).at(&path))?;
    match contents.certificates().as_slice() {
        [certificate] => Ok((*certificate).clone()),
        [] => Err(no_certificate(&path, &contents).into()),
        several => {
            let what = format!("holds {} certificates, where one is expected", several.len());
            Err(Message::new(what).at(&path).into())
        }
    }
}
