//! `crosstrust cert`.

mod offline;
mod together;

use clap::{ArgGroup, Args};
use crosstrust_issue::{
    Authority, Bundle, Clamped, Error, Instance, Issued, Issuer, Packaging, Profile, Validity,
    issue, package, renew,
};
use crosstrust_keystore::PrivateKey;
use crosstrust_x509::Timestamp;
use rayon::prelude::*;

use crate::context::{Context, now};
use crate::failure::{Failure, Message};
use crate::material::authority::AuthorityOptions;
use crate::material::instances::InstanceOptions;
use crate::options::{DaysOption, DryRunOption, KeyTypeOption, RenewOption};
use crate::options::{FormatOption, OverwriteOption, PemOption, SkipOption};
use crate::outcome::Outcome;
use crate::output::Overwrite;
use crate::password::OutputPassword;
use crate::progress::Progress;
use crate::signer::Duty;
use crate::written::destination::{self, Destination};
use crate::written::existing::{self, Decision, Look, Renewal, Target};
use crate::written::listing::{self, Fate, Listed, warn_of_clamping};
use crate::written::place::Place;
use crate::written::wanted::{Key, Names, Signer, Wanted};

/// Issue node certificates, with the otherName that trust restrictions compare
///
/// Makes a key and a certificate for each instance of an instances.yml, or for one instance named
/// by options. Writes a folder for each: NAME/NAME.p12, or with --pem NAME/NAME.crt and
/// NAME/NAME.key, and ca.crt beside them.
#[derive(Args, Debug)]
#[command(group = ArgGroup::new("signer").args(["ca", "ca_cert", "self_signed", "signed"]).required(true))]
pub(crate) struct Arguments {
    #[command(flatten)]
    authority: AuthorityOptions,
    /// Sign each certificate with its own key instead of a CA's
    #[arg(long, conflicts_with_all = ["ca", "ca_cert", "ca_key", "ca_signer"])]
    self_signed: bool,
    #[command(flatten)]
    instances: InstanceOptions,
    #[command(flatten)]
    offline: OfflineOptions,
    /// Where to write: a folder, a .zip, or a .p12 or .pfx for one instance
    #[arg(long, short, value_name = "PATH", default_value = "certificates")]
    out: String,
    #[command(flatten)]
    form: PemOption,
    #[command(flatten)]
    validity: DaysOption,
    #[command(flatten)]
    key: KeyTypeOption,
    #[command(flatten)]
    overwrite: OverwriteOption,
    #[command(flatten)]
    skip: SkipOption,
    #[command(flatten)]
    renew: RenewOption,
    /// Keep a node's private key where its certificate is renewed, instead of making a new one
    #[arg(long, requires = "skip_existing")]
    keep_key: bool,
    #[command(flatten)]
    dry_run: DryRunOption,
    #[command(flatten)]
    password: OutputPassword,
    #[command(flatten)]
    format: FormatOption,
}

/// The two steps around `crosstrust sign-offline`.
#[derive(Args, Debug)]
struct OfflineOptions {
    /// Make the keys, and write what a CA on another machine is to sign into this folder: see sign-offline
    #[arg(long, value_name = "DIR", requires = "ca_cert", group = "ca_signs")]
    #[arg(conflicts_with_all = ["ca", "self_signed", "out", "pem", "skip_existing", "signed"])]
    to_be_signed: Option<String>,
    /// Put the certificates that sign-offline has written into this folder together with their keys
    #[arg(long, value_name = "DIR", groups = ["subject"])]
    #[arg(conflicts_with_all = ["days", "key_type", "skip_existing", "dns", "ip", "cn"])]
    signed: Option<String>,
    /// Where the keys are between the two steps, a folder of this machine [default: DIR.keys]
    #[arg(long, value_name = "DIR")]
    keys: Option<String>,
}

impl OfflineOptions {
    /// The folder of the keys, for that of the certificates.
    fn keys(&self, folder: &str) -> String {
        let beside = || format!("{}.keys", folder.trim_end_matches('/'));
        self.keys.clone().unwrap_or_else(beside)
    }
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let OfflineOptions { to_be_signed, signed, keys } = &arguments.offline;
    let is_renewing = arguments.keep_key || arguments.renew.renew_within.is_some();
    if is_renewing && (to_be_signed.is_some() || signed.is_some()) {
        let message = Message::new("nothing is renewed by certificates that are signed offline");
        return Err(message.hint("leave --keep-key and --renew-within out").into());
    }
    match (to_be_signed, signed, keys) {
        (Some(folder), ..) => return offline::run(arguments, folder, context),
        (_, Some(folder), _) => return together::run(arguments, folder, context),
        (_, _, Some(keys)) => {
            let message = Message::new("only what is signed offline has such a folder");
            let hint = "give --to-be-signed or --signed as well";
            return Err(message.at(format!("--keys {keys}")).hint(hint).into());
        }
        _ => {}
    }
    arguments.renew.check(arguments.validity)?;
    let instances = arguments.instances.load(context)?;
    Instance::check_filenames(&instances)?;
    let run = Run::new(arguments, &instances, context)?;
    let work = instances.into_iter().map(|instance| run.decide(instance, context));
    let work = Failure::collect(work)?;
    let decisions = work.iter().map(|one| (one.target.certificate.clone(), &one.decision));
    existing::warn_of_held(decisions, context);
    if arguments.dry_run.dry_run {
        return run.tell(&work, context);
    }
    run.write(work, context)
}

/// A run, and what it has read.
struct Run<'a> {
    arguments: &'a Arguments,
    authority: Option<Authority>,
    destination: Destination,
    place: Place,
    now: Timestamp,
}

/// An instance, and what becomes of its certificate.
struct Work {
    instance: Instance,
    target: Target,
    decision: Decision,
}

impl<'a> Run<'a> {
    fn new(
        arguments: &'a Arguments,
        instances: &[Instance],
        context: &mut Context,
    ) -> Result<Self, Failure> {
        let Arguments { out, form, self_signed, .. } = arguments;
        let destination = Destination::for_instances(out, form.pem, instances.len())?;
        let is_skipping = arguments.skip.skip_existing;
        if !is_skipping {
            let expected = expected_files(arguments, instances.iter().map(|one| &one.filename));
            destination.refuse_existing(out, expected, overwrite(arguments))?;
        }
        let authority = if *self_signed {
            None
        } else {
            let duty = Duty::unless_dry(arguments.dry_run.dry_run);
            Some(arguments.authority.load(Some(arguments.password.source()), duty, context)?)
        };
        let place = if is_skipping { destination.look(out, context)? } else { Place::default() };
        Ok(Self { arguments, authority, destination, place, now: now() })
    }

    /// What becomes of an instance's certificate; what is there is looked at with `--skip-existing`.
    fn decide(&self, instance: Instance, context: &mut Context) -> Result<Work, Failure> {
        let Arguments { out, overwrite, form, .. } = self.arguments;
        let target = self.destination.target(out, &instance.filename, form.pem);
        if !self.arguments.skip.skip_existing {
            let is_archive = self.destination == Destination::Archive;
            let fate = Fate::unseen(if is_archive { out } else { &target.certificate });
            return Ok(Work { instance, target, decision: Decision::unseen(fate) });
        }
        let authority = self.authority.as_ref();
        let (within, days) = (self.arguments.renew.renew_within, self.arguments.validity.days);
        let look = Look {
            place: &self.place,
            source: self.arguments.password.source(),
            force: overwrite.force,
            renewal: Renewal::new(within, days, authority, self.now),
            now: self.now,
        };
        let wanted = Wanted {
            subject: &instance.subject,
            names: Names::Of(&instance),
            signer: Signer::of(authority),
            key: Key::Private(self.arguments.key.key_type),
        };
        let decision = look.decide(&target, &wanted, context)?;
        Ok(Work { instance, target, decision })
    }

    /// Tells what would be made.
    fn tell(&self, work: &[Work], context: &mut Context) -> Result<Outcome, Failure> {
        let asked = Validity::starting(self.now, self.arguments.validity.days);
        let validity = asked.and_then(|asked| match &self.authority {
            Some(authority) => asked.within(authority.certificate(), self.now),
            None => Ok((asked, None)),
        });
        let (Validity { not_after, .. }, clamped) = validity?;
        let listed = work.iter().map(|Work { instance, target, decision }| {
            let (path, fate) = (target.certificate.clone(), decision.fate.clone());
            match decision.kept() {
                Some(found) => Listed::new(path, found, fate),
                None => Listed::planned(path, &instance.subject, &instance.common_names, not_after)
                    .with(fate),
            }
        });
        let listed = listed.collect::<Vec<_>>();
        warn_of_clamping(clamped.filter(|_| work.iter().any(|one| one.decision.makes())), context);
        listing::print_plan(&listed, self.arguments.format.format, context)?;
        Ok(Outcome::Clean)
    }

    /// Makes what is to be made, and writes it.
    fn write(mut self, work: Vec<Work>, context: &mut Context) -> Result<Outcome, Failure> {
        let Arguments { form, password, .. } = self.arguments;
        let making = work.iter().filter(|one| one.decision.makes()).count();
        let packaging = if making == 0 {
            None
        } else {
            let source = password.source();
            Some(destination::packaging(form.pem, "each key store", &source, context)?)
        };
        let replaced = work.iter().filter(|one| one.decision.replaces());
        self.place.make_room(replaced.flat_map(|one| one.target.paths()));
        let progress = Progress::new("certificates", making);
        let made = work.into_par_iter().map(|one| {
            let made = self.make(one, packaging.as_ref())?;
            progress.tick();
            Ok(made)
        });
        let made = made.collect::<Result<Vec<Made>, Error>>();
        drop(progress);
        let made = made?;
        self.finish(made, context)
    }

    /// Writes what was made, and tells it.
    fn finish(&self, made: Vec<Made>, context: &mut Context) -> Result<Outcome, Failure> {
        let Arguments { out, format, .. } = self.arguments;
        warn_of_clamping(made.iter().find_map(|one| one.clamped), context);
        let (bundle, listed) = self.assemble(made, context)?;
        if !bundle.files.is_empty() {
            let overwrite = overwrite(self.arguments);
            self.destination.write(out, &bundle, (overwrite, &self.place), context)?;
        }
        listing::print(&listed, format.format, context)?;
        Ok(Outcome::Clean)
    }

    /// The certificate of an instance, and its files; none where what is there stays.
    fn make(&self, work: Work, packaging: Option<&Packaging>) -> Result<Made, Error> {
        let Work { instance, target, decision } = work;
        let (path, fate) = (target.certificate, decision.fate.clone());
        let Some(packaging) = packaging.filter(|_| decision.makes()) else {
            let found = decision.found.map(|found| found.certificate);
            let listed = found.map(|found| Listed::new(path, &found, fate));
            return Ok(Made { bundle: Bundle::default(), listed, clamped: None });
        };
        let issued = self.issue(&instance, &decision)?;
        let bundle = package(&issued, packaging, self.now)?;
        let listed = Some(Listed::new(path, &issued.certificate, fate));
        Ok(Made { bundle, listed, clamped: issued.clamped })
    }

    /// A certificate for an instance; one that is renewed keeps its names byte for byte.
    fn issue(&self, instance: &Instance, decision: &Decision) -> Result<Issued, Error> {
        let Arguments { key, validity, keep_key, .. } = self.arguments;
        let key_type = decision.key_type(key.key_type);
        let profile = Profile { key_type, days: validity.days, now: self.now };
        let key = match decision.own_key(key.key_type).filter(|_| *keep_key) {
            Some(kept) => kept.clone(),
            None => PrivateKey::generate(key_type)?,
        };
        match (decision.renewed(), &self.authority) {
            (Some(old), Some(authority)) => {
                let issued = renew(old, &instance.filename, key, authority, &profile)?;
                Ok(Issued { instance: instance.clone(), ..issued })
            }
            (_, Some(authority)) => issue(instance, key, Issuer::Authority(authority), &profile),
            (_, None) => issue(instance, key, Issuer::SelfSigned, &profile),
        }
    }

    /// Everything in one bundle; a folder of PEM files gets the certificate to trust, too, unless it has
    /// it already.
    fn assemble(
        &self,
        made: Vec<Made>,
        context: &mut Context,
    ) -> Result<(Bundle, Vec<Listed>), Failure> {
        let mut bundle = Bundle::default();
        let mut listed = Vec::new();
        for one in made {
            bundle.files.extend(one.bundle.files);
            listed.extend(one.listed);
        }
        if !self.arguments.form.pem || self.destination != Destination::Folder {
            return Ok((bundle, listed));
        }
        let out = &self.arguments.out;
        let is_skipping = self.arguments.skip.skip_existing;
        if let Some(anchor) = self.authority.as_ref().map(Authority::anchor)
            && !(is_skipping && existing::trusts(out, anchor, context)?)
        {
            if bundle.files.is_empty() {
                let path = self.destination.path(out, "ca.crt");
                listed.push(Listed::new(path, anchor, Fate::created()));
            }
            bundle.add_anchor(anchor);
        }
        Ok((bundle, listed))
    }
}

/// The files of one instance, and what is told of them.
struct Made {
    bundle: Bundle,
    listed: Option<Listed>,
    clamped: Option<Clamped>,
}

fn overwrite(arguments: &Arguments) -> Overwrite {
    Overwrite::or_skip(arguments.overwrite.force, arguments.skip.skip_existing)
}

/// The files that instances will get.
fn expected_files<'a>(
    arguments: &Arguments,
    names: impl IntoIterator<Item = &'a String>,
) -> Vec<String> {
    let extensions: &[&str] = if arguments.form.pem { &["crt", "key"] } else { &["p12"] };
    let files = |name: &String| {
        let file = |extension: &&str| format!("{name}/{name}.{extension}");
        extensions.iter().map(file).collect::<Vec<_>>()
    };
    names.into_iter().flat_map(files).collect()
}
