//! `crosstrust sign`.

use std::collections::BTreeSet;
use std::path::Path;

use clap::Args;
use crosstrust_issue::{Authority, Bundle, Instance, differences};
use crosstrust_x509::{Certificate, CertificateRequest, KeyKind};

use crate::context::{Context, now};
use crate::failure::{Failure, Message};
use crate::input::Input;
use crate::material::authority::AuthorityOptions;
use crate::material::instances::manifest;
use crate::material::kept_keys::warn_of_stranger;
use crate::material::request::request_in;
use crate::options::{DaysOption, DryRunOption, RenewOption};
use crate::options::{FormatOption, OverwriteOption, SkipOption};
use crate::outcome::Outcome;
use crate::output::Overwrite;
use crate::password::InputPassword;
use crate::signer::Duty;
use crate::written::destination::{Destination, is_store};
use crate::written::existing::{self, Decision, Look, Renewal, Target};
use crate::written::listing::{self, Fate, Listed, warn_of_clamping};
use crate::written::place::Place;
use crate::written::wanted::{Key, Names, Signer, Wanted};

/// Sign certificate requests
///
/// Reads requests made by crosstrust, OpenSSL, keytool or other tools, PEM or DER, and writes
/// NAME.crt for NAME.csr: the certificate and its chain, with ca.crt beside them. The subject, the
/// key and the subject alternative names are the request's; nothing else in it is obeyed, so that
/// no request makes a CA. A request that is not signed with its own key is refused.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Files or quoted globs of requests
    #[arg(required = true, value_name = "REQUEST")]
    requests: Vec<String>,
    #[command(flatten)]
    authority: AuthorityOptions,
    /// File of instances: each request must ask for the names of one of them, and for no others
    #[arg(long = "in", value_name = "YML")]
    instances: Option<String>,
    /// Where to write: a folder or a .zip
    #[arg(long, short, value_name = "PATH", default_value = "certificates")]
    out: String,
    #[command(flatten)]
    validity: DaysOption,
    #[command(flatten)]
    overwrite: OverwriteOption,
    #[command(flatten)]
    skip: SkipOption,
    #[command(flatten)]
    renew: RenewOption,
    #[command(flatten)]
    dry_run: DryRunOption,
    #[command(flatten)]
    format: FormatOption,
}

/// A request that was read.
struct Asked {
    path: String,
    name: String,
    request: CertificateRequest,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    arguments.renew.check(arguments.validity)?;
    let Arguments { out, overwrite, .. } = arguments;
    let asked = read_requests(&arguments.requests, context)?;
    if let Some(path) = &arguments.instances {
        let text = context.read_text(path)?;
        compare(&asked, &manifest(path, &text)?, path)?;
    }
    let destination = destination(out)?;
    let is_skipping = arguments.skip.skip_existing;
    let overwrite = Overwrite::or_skip(overwrite.force, is_skipping);
    if !is_skipping {
        let expected = asked.iter().map(|one| format!("{}.crt", one.name));
        destination.refuse_existing(out, expected, overwrite)?;
    }
    let authority =
        arguments.authority.load(None, Duty::unless_dry(arguments.dry_run.dry_run), context)?;
    let mut place = if is_skipping { destination.look(out, context)? } else { Place::default() };
    let work = decide(asked, arguments, &place, &authority, context)?;
    let decisions = work.iter().map(|one| (one.target.certificate.clone(), &one.decision));
    existing::warn_of_held(decisions, context);
    let replaced = work.iter().filter(|one| one.decision.replaces());
    place.make_room(replaced.flat_map(|one| one.target.paths()));
    let (mut bundle, listed) = sign(&work, &authority, arguments, context)?;
    if arguments.dry_run.dry_run {
        listing::print_plan(&listed, arguments.format.format, context)?;
        return Ok(Outcome::Clean);
    }
    let is_there = destination == Destination::Folder
        && is_skipping
        && existing::trusts(out, authority.anchor(), context)?;
    if !is_there && !bundle.files.is_empty() {
        bundle.add_anchor(authority.anchor());
    }
    if !bundle.files.is_empty() {
        destination.write(out, &bundle, (overwrite, &place), context)?;
    }
    listing::print(&listed, arguments.format.format, context)?;
    Ok(Outcome::Clean)
}

/// A request, and what becomes of its certificate.
struct Work {
    asked: Asked,
    target: Target,
    decision: Decision,
}

/// What becomes of each request's certificate; what is there is looked at with `--skip-existing`.
fn decide(
    asked: Vec<Asked>,
    arguments: &Arguments,
    place: &Place,
    authority: &Authority,
    context: &mut Context,
) -> Result<Vec<Work>, Failure> {
    let (now, out) = (now(), &arguments.out);
    let is_archive = destination(out)? == Destination::Archive;
    let (within, days) = (arguments.renew.renew_within, arguments.validity.days);
    let none = InputPassword::default();
    let look = Look {
        place,
        source: none.source(),
        force: arguments.overwrite.force,
        renewal: Renewal::new(within, days, Some(authority), now),
        now,
    };
    Failure::collect(asked.into_iter().map(|asked| {
        let target = Target::without_key(&format!("{out}/{}.crt", asked.name));
        let request = &asked.request;
        let wanted = Wanted {
            subject: request.subject(),
            names: Names::Copied(request.subject_alt_names()),
            signer: Signer::Authority(authority),
            key: Key::Public(request.public_key()),
        };
        let decision = if arguments.skip.skip_existing {
            look.decide(&target, &wanted, context)?
        } else {
            Decision::unseen(Fate::unseen(if is_archive { out } else { &target.certificate }))
        };
        Ok(Work { asked, target, decision })
    }))
}

/// Signs what is to be signed; what is wrong with any of it is told before anything is written.
fn sign(
    work: &[Work],
    authority: &Authority,
    arguments: &Arguments,
    context: &mut Context,
) -> Result<(Bundle, Vec<Listed>), Failure> {
    let now = now();
    let (mut bundle, mut listed, mut errors) = (Bundle::default(), Vec::new(), Vec::new());
    let mut clamped = None;
    for Work { asked: Asked { path, name, request }, target, decision } in work {
        let (file, fate) = (target.certificate.clone(), decision.fate.clone());
        if let Some(kept) = decision.kept() {
            warn_of_stranger(&file, kept, context);
            listed.push(Listed::new(file, kept, fate));
            continue;
        }
        let days = arguments.validity.days;
        let signed = if arguments.dry_run.dry_run {
            authority.draft_of_request(request, days, now)
        } else {
            authority.sign_request(request, days, now)
        };
        let signed = match signed {
            Ok(signed) => signed,
            Err(error) => {
                let ends = matches!(error, crosstrust_issue::Error::Signing { .. });
                errors.push(Message::from(error).at(path));
                if ends {
                    break;
                }
                continue;
            }
        };
        warn_of_key(path, &signed.certificate, context);
        warn_of_names(path, &signed.certificate, context);
        warn_of_stranger(&file, &signed.certificate, context);
        listed.push(Listed::new(file, &signed.certificate, fate));
        bundle.files.extend(Bundle::of_signed(name, &signed).files);
        clamped = clamped.or(signed.clamped);
    }
    if !errors.is_empty() {
        return Err(Failure::several(errors));
    }
    warn_of_clamping(clamped, context);
    if arguments.dry_run.dry_run {
        listed.iter_mut().for_each(Listed::plan);
    }
    Ok((bundle, listed))
}

/// Warns of keys that are signed as asked for, and of which nodes make no use.
fn warn_of_key(path: &str, certificate: &Certificate, context: &mut Context) {
    let what = match certificate.public_key().kind() {
        KeyKind::Rsa { bits } if *bits < 2048 => "too short to be safe",
        KeyKind::Rsa { .. } | KeyKind::Ec { .. } | KeyKind::Dsa { .. } => return,
        _ => "one that Elasticsearch does not read from PEM files",
    };
    context.warn(&format!("{path}: the key is {}, {what}", certificate.public_key()));
}

/// Warns of alternative names that are signed as asked for, and that Java cannot read.
fn warn_of_names(path: &str, certificate: &Certificate, context: &mut Context) {
    if let Some(why) = certificate.unreadable_names() {
        let what = "Java reads none of the alternative names that it asks for";
        context.warn(&format!("{path}: {what}: {why}"));
    }
}

fn destination(out: &str) -> Result<Destination, Failure> {
    if is_store(out) {
        let message = Message::new("a key store holds a key, which a request does not bring");
        return Err(message.at(out).hint("name a folder or a .zip with --out").into());
    }
    Destination::of(out, true, Destination::Folder)
}

/// Reads all requests; each must get a file name of its own.
fn read_requests(arguments: &[String], context: &mut Context) -> Result<Vec<Asked>, Failure> {
    let mut asked = Vec::new();
    let mut taken = BTreeSet::from(["ca".to_owned()]);
    for input in context.read_all(arguments)? {
        let one = read_request(input)?;
        if !taken.insert(one.name.to_lowercase()) {
            let message = format!("its certificate would be a second `{}.crt`", one.name);
            let hint = "rename the request, or sign it with another --out";
            return Err(Message::new(message).at(&one.path).hint(hint).into());
        }
        asked.push(one);
    }
    Ok(asked)
}

/// The one request of a file, and the name of its certificate.
fn read_request(input: Input) -> Result<Asked, Failure> {
    let request = request_in(&input)?;
    let path = input.path;
    let stem = Path::new(&path).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let name = stem.filter(|stem| path != "-" && Instance::is_filename(stem));
    Ok(Asked { path, name: name.unwrap_or_else(|| "request".to_owned()), request })
}

/// Refuses requests that ask for other names than their instances have. A request belongs to the
/// instance with its subject, else to the one whose file name it has.
fn compare(asked: &[Asked], instances: &[Instance], manifest: &str) -> Result<(), Failure> {
    let mut errors = Vec::new();
    for Asked { path, name, request } in asked {
        let same_subject = |one: &&Instance| one.subject.matches(request.subject());
        let instance = instances
            .iter()
            .find(same_subject)
            .or_else(|| instances.iter().find(|one| one.filename == *name));
        let Some(instance) = instance else {
            let subject = request.subject();
            let message = format!("no instance of {manifest} has the subject `{subject}`");
            errors.push(Message::new(message).at(path));
            continue;
        };
        let found = differences(request, instance);
        let told = |difference| {
            Message::new(format!("instance `{}`: {difference}", instance.name)).at(path)
        };
        errors.extend(found.into_iter().map(told));
    }
    if errors.is_empty() { Ok(()) } else { Err(Failure::several(errors)) }
}
