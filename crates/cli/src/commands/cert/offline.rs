//! `crosstrust cert --to-be-signed`: keys that stay here, and what a CA on another machine is to sign.

use crosstrust_issue::{Authority, Bundle, BundleFile, Clamped, Error, Exchange, Instance};
use crosstrust_issue::{KeyFile, Member, Profile};
use crosstrust_keystore::PrivateKey;
use crosstrust_report::shell::word;
use crosstrust_x509::Timestamp;
use rayon::prelude::*;

use super::Arguments;
use crate::context::{Context, now};
use crate::failure::{Failure, Message};
use crate::input::{in_folder, is_taken, lies_outside};
use crate::material::exchange::{fingerprint, refuse_links};
use crate::outcome::Outcome;
use crate::output::{self, NewFile, Overwrite};
use crate::written::destination::new_file;
use crate::written::listing::{self, Fate, Listed, warn_of_clamping};

/// What is made for an instance.
struct Made {
    member: Member,
    key: PrivateKey,
    clamped: Option<Clamped>,
}

pub(super) fn run(
    arguments: &Arguments,
    folder: &str,
    context: &mut Context,
) -> Result<Outcome, Failure> {
    let keys = arguments.offline.keys(folder);
    refuse_existing(arguments, folder, &keys)?;
    let instances = arguments.instances.load(context)?;
    Instance::check_filenames(&instances)?;
    if let Some(one) = instances.iter().find(|one| one.filename.eq_ignore_ascii_case("ca")) {
        let message =
            Message::new("its certificate would take the place of the CA's in the folder");
        return Err(message.at(&one.name).hint("give it another file name").into());
    }
    let authority = arguments.authority.load_certificate(context)?;
    let now = now();
    let made = instances.par_iter().map(|one| make(arguments, one, &authority, now));
    let made = made.collect::<Result<Vec<Made>, Error>>()?;
    warn_of_clamping(made.iter().find_map(|one| one.clamped), context);
    let listed: Vec<_> = made.iter().map(|one| listed(folder, &one.member)).collect();
    if arguments.dry_run.dry_run {
        listing::print_plan(&listed, arguments.format.format, context)?;
        return Ok(Outcome::Clean);
    }
    let fingerprint = write(arguments, folder, &keys, (&authority, made), context)?;
    listing::print(&listed, arguments.format.format, context)?;
    context.note(&format!("the keys are in {keys}, and stay on this machine"));
    let own = arguments.offline.keys.as_ref();
    let own = own.map_or_else(String::new, |keys| format!(" --keys {}", word(keys)));
    let shown = word(folder);
    context.note(&format!(
        "take {folder} to the CA's machine: crosstrust sign-offline {shown}; then here: crosstrust cert --signed {shown}{own}"
    ));
    context.note(&format!("compare what sign-offline shows there: SHA-256 {fingerprint}"));
    Ok(Outcome::Clean)
}

fn refuse_existing(arguments: &Arguments, folder: &str, keys: &str) -> Result<(), Failure> {
    for (option, folder) in [("--to-be-signed", folder), ("--keys", keys)] {
        output::refuse_standard_output(folder, "folders")?;
        let overwrite = Overwrite::of(option, arguments.overwrite.force);
        let manifest = in_folder(folder, Exchange::MANIFEST);
        output::refuse_existing(manifest.as_ref(), overwrite)?;
    }
    if !lies_outside(keys.as_ref(), folder.as_ref()) {
        let message = Message::new(format!("the keys would travel with {folder}"));
        return Err(message.at(format!("--keys {keys}")).hint("name a folder beside it").into());
    }
    Ok(())
}

fn make(
    arguments: &Arguments,
    one: &Instance,
    authority: &Authority,
    now: Timestamp,
) -> Result<Made, Error> {
    let key_type = arguments.key.of_new();
    let profile = Profile { key_type, days: arguments.validity.days, now };
    let key = PrivateKey::generate(key_type)?;
    let (draft, clamped) = authority.draft_for(one, &key, &profile)?;
    let member = Member { name: one.name.clone(), filename: one.filename.clone(), draft };
    Ok(Made { member, key, clamped })
}

fn listed(folder: &str, member: &Member) -> Listed {
    let path = in_folder(folder, &member.draft_file());
    let certificate = member.draft.certificate();
    let listed = Listed::new(path, certificate, Fate::created());
    Listed { fingerprint_sha256: None, ..listed }
}

/// Writes the folder that travels and the one that stays: the same files, with the keys beside them.
fn write(
    arguments: &Arguments,
    folder: &str,
    keys: &str,
    (authority, made): (&Authority, Vec<Made>),
    context: &mut Context,
) -> Result<String, Failure> {
    let password = context.given_for_output(&arguments.password.source())?;
    let form = KeyFile::Pkcs8(password);
    let mut own = Vec::new();
    for Made { member, key, .. } in &made {
        let path = format!("{}.key", member.filename);
        own.push(BundleFile { path, contents: form.write(key)?, private: true });
    }
    let authority = authority.path().cloned().collect();
    let members = made.into_iter().map(|one| one.member).collect();
    let exchange = Exchange { authority, members };
    let fingerprint = fingerprint(&exchange);
    let Bundle { files } = exchange.files();
    let stays: Vec<NewFile<'_>> = files.iter().chain(&own).map(new_file).collect();
    let goes: Vec<NewFile<'_>> = files.iter().map(new_file).collect();
    let force = arguments.overwrite.force;
    for (folder, files) in [(folder, &goes), (keys, &stays)] {
        refuse_links(folder, files.iter().map(|file| &*file.path))?;
    }
    let is_new = !is_taken(folder);
    // The keys come last: those of a folder that is out for signing stay where this fails.
    output::folder(folder, &goes, Overwrite::of("--to-be-signed", force))?;
    let written = output::folder(keys, &stays, Overwrite::of("--keys", force));
    if written.is_err() && is_new {
        for file in &goes {
            // What cannot be taken away is told by the next run.
            let _ = output::remove_below(folder, &file.path);
        }
    }
    written.map(|_| fingerprint)
}
