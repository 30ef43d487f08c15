//! `crosstrust csr`.

mod given_key;

use clap::Args;
use crosstrust_issue::{
    Bundle, Instance, KeyFile, Purpose, differences, package_request, request_all,
};
use crosstrust_x509::{CertificateRequest, PublicKey, SignatureCheck};
use serde::Serialize;

use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::json::json;
use crate::material::instances::InstanceOptions;
use crate::material::keys;
use crate::material::request::request_in;
use crate::options::{Format, FormatOption};
use crate::options::{KeyTypeOption, OverwriteOption, SkipOption};
use crate::outcome::Outcome;
use crate::output::Overwrite;
use crate::password::OutputPassword;
use crate::progress::Progress;
use crate::written::destination::{Destination, is_store};
use crate::written::listing::{Action, Fate};
use crate::written::place::Place;
use crate::written::wanted::PLAIN;

/// Make keys and certificate requests, for somebody else's CA to sign
///
/// Writes NAME/NAME.csr and NAME/NAME.key for each instance of an instances.yml, or for one
/// instance named by options. A request asks for the instance's DNS names, IP addresses and
/// otherName common names; the CA that signs it must copy them. With --key no key is made, and
/// NAME/NAME.csr alone is written.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    instances: InstanceOptions,
    /// Where to write: a folder or a .zip
    #[arg(long, short, value_name = "PATH", default_value = "requests")]
    out: String,
    #[command(flatten)]
    key: KeyTypeOption,
    /// Key of the one instance, which is there: a file, or the pkcs11: URI of a key in a token; --pass and its
    /// like open it
    #[arg(long = "key", value_name = "KEY", conflicts_with_all = ["skip_existing", "key_type"])]
    own_key: Option<String>,
    #[command(flatten)]
    overwrite: OverwriteOption,
    #[command(flatten)]
    skip: SkipOption,
    #[command(flatten)]
    password: OutputPassword,
    #[command(flatten)]
    format: FormatOption,
}

/// A request that was written.
#[derive(Serialize)]
struct Listed {
    path: String,
    subject: String,
    other_name_cn: Vec<String>,
    changed: bool,
    #[serde(flatten)]
    fate: Fate,
}

#[derive(Serialize)]
struct Document<'a> {
    changed: bool,
    files: &'a [Listed],
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let instances = arguments.instances.load(context)?;
    Instance::check_filenames(&instances)?;
    if let Some(key) = &arguments.own_key {
        return given_key::run(arguments, key, &instances, context);
    }
    let Arguments { out, overwrite, skip, .. } = arguments;
    let destination = destination(out)?;
    let overwrite = Overwrite::or_skip(overwrite.force, skip.skip_existing);
    let mut place = Place::default();
    if skip.skip_existing {
        place = destination.look(out, context)?;
    } else {
        destination.refuse_existing(out, expected_files(&instances), overwrite)?;
    }
    let fates = instances.iter().map(|instance| {
        let files = Files::of(out, instance);
        if skip.skip_existing {
            return Look { arguments, place: &place }.decide(&files, instance, context);
        }
        let is_archive = destination == Destination::Archive;
        Ok((Fate::unseen(if is_archive { out } else { &files.request }), None))
    });
    let fates = Failure::collect(fates)?;
    let pairs = || instances.iter().zip(&fates);
    let making =
        pairs().filter(|(_, (fate, _))| fate.makes()).map(|(instance, _)| instance.clone());
    let making = making.collect::<Vec<_>>();
    let is_replaced = |fate: &Fate| skip.skip_existing && fate.action == Action::Replaced;
    for (instance, _) in pairs().filter(|(_, (fate, _))| is_replaced(fate)) {
        let Files { request, key } = Files::of(out, instance);
        place.make_room([&request, &key]);
    }
    let made = make(arguments, &making, context)?;
    let (made, bundles): (Vec<CertificateRequest>, Vec<Bundle>) = made.into_iter().unzip();
    let bundle = Bundle { files: bundles.into_iter().flat_map(|bundle| bundle.files).collect() };
    if !bundle.files.is_empty() {
        destination.write(out, &bundle, (overwrite, &place), context)?;
    }
    let mut made = made.into_iter();
    let listed = pairs().filter_map(|(instance, (fate, kept))| {
        let request = if fate.makes() { made.next() } else { kept.clone() };
        Some(Listed::new(Files::of(out, instance).request, &request?, fate.clone()))
    });
    print(&listed.collect::<Vec<_>>(), arguments.format.format, context)?;
    Ok(Outcome::Clean)
}

/// Keys and requests for instances, with their files.
fn make(
    arguments: &Arguments,
    instances: &[Instance],
    context: &mut Context,
) -> Result<Vec<(CertificateRequest, Bundle)>, Failure> {
    let key = KeyFile::Pkcs8(context.given_for_output(&arguments.password.source())?);
    let progress = Progress::new("requests", instances.len());
    let made = request_all(instances, arguments.key.of_new(), &Purpose::default(), |requested| {
        let bundle = package_request(requested, &key)?;
        progress.tick();
        Ok((requested.request.clone(), bundle))
    });
    drop(progress);
    Ok(made?)
}

/// The files of an instance.
struct Files {
    request: String,
    key: String,
}

impl Files {
    fn of(out: &str, Instance { filename, .. }: &Instance) -> Self {
        let file = |extension| format!("{out}/{filename}/{filename}.{extension}");
        Self { request: file("csr"), key: file("key") }
    }
}

/// How what is there is looked at.
struct Look<'a> {
    arguments: &'a Arguments,
    place: &'a Place,
}

impl Look<'_> {
    /// What becomes of them, and the request that stays. A key without its request is left alone: it may
    /// be that of a certificate.
    fn decide(
        &self,
        files: &Files,
        instance: &Instance,
        context: &mut Context,
    ) -> Result<(Fate, Option<CertificateRequest>), Failure> {
        let Self { arguments, place } = self;
        let Files { request, key } = files;
        match (place.has(request), place.has(key)) {
            (false, false) => return Ok((Fate::created(), None)),
            (false, true) => {
                let what = format!("a key is there without its request {request}");
                return Err(Message::new(what).at(key).hint("move it away").into());
            }
            _ => {}
        }
        let found = request_in(&place.read(request, context)?)?;
        let Some(fault) = self.fault(files, &found, instance, context)? else {
            return Ok((Fate::kept(), Some(found)));
        };
        if arguments.overwrite.force {
            return Ok((Fate::new(Action::Replaced, fault), None));
        }
        let message = Message::new(format!("is there and not as it should be: {fault}"));
        Err(message.at(request).hint("replace it, and its key, with --force").into())
    }

    /// What is not as it should be, if something is.
    fn fault(
        &self,
        files: &Files,
        found: &CertificateRequest,
        instance: &Instance,
        context: &mut Context,
    ) -> Result<Option<String>, Failure> {
        let Self { arguments, place } = self;
        if let Some(difference) = differences(found, instance).into_iter().next() {
            return Ok(Some(difference));
        }
        if found.check_signature() != SignatureCheck::Valid {
            return Ok(Some("it is not signed with its own key".to_owned()));
        }
        if !place.has(&files.key) {
            return Ok(Some("its key is not there".to_owned()));
        }
        let input = place.read(&files.key, context)?;
        let source = arguments.password.source();
        let keys::KeyFile { key, is_encrypted, .. } = keys::key_in(&input, &source, context)?;
        let is_asked = context.given(&source)?.is_some_and(|password| !password.is_empty());
        if is_asked && !is_encrypted {
            return Ok(Some(PLAIN.to_owned()));
        }
        let asked = found.public_key();
        let is_same =
            |ours: &PublicKey| ours.kind() == asked.kind() && ours.key_bits() == asked.key_bits();
        if !key.public_key().is_some_and(is_same) {
            return Ok(Some("the key beside it is another one".to_owned()));
        }
        let is = asked.kind().to_string();
        let wanted = arguments.key.key_type.map(|wanted| wanted.to_string());
        let wanted = wanted.filter(|wanted| *wanted != is);
        Ok(wanted.map(|wanted| format!("its key is {is}, not {wanted}")))
    }
}

fn destination(out: &str) -> Result<Destination, Failure> {
    if is_store(out) {
        let message = Message::new("a request goes into a folder or a .zip, not into a key store");
        return Err(message.at(out).into());
    }
    Destination::of(out, true, Destination::Folder)
}

/// The files that instances will get.
fn expected_files(instances: &[Instance]) -> impl Iterator<Item = String> {
    instances.iter().flat_map(|Instance { filename, .. }| {
        ["csr", "key"].map(|extension| format!("{filename}/{filename}.{extension}"))
    })
}

impl Listed {
    fn new(path: String, request: &CertificateRequest, fate: Fate) -> Self {
        let names = request.subject_alt_names();
        Self {
            path,
            subject: request.subject().to_string(),
            other_name_cn: names.map_or_else(Vec::new, |n| n.other_name_common_names().collect()),
            changed: fate.makes(),
            fate,
        }
    }
}

fn print(listed: &[Listed], format: Format, context: &mut Context) -> Result<(), Failure> {
    if format == Format::Json {
        let changed = listed.iter().any(|one| one.changed);
        return context.print(&json(&Document { changed, files: listed }));
    }
    for Listed { path, subject, other_name_cn, fate, .. } in listed {
        let names: String = other_name_cn.iter().map(|name| format!("  {name}")).collect();
        context.print(&format!("{path}  {subject}{names}{}\n", fate.human(false)))?;
    }
    Ok(())
}
