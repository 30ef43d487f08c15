//! `crosstrust cert`.

use clap::{ArgGroup, Args};
use crosstrust_issue::{
    Authority, Bundle, Clamped, Instance, Issued, Issuer, Profile, issue_all, package,
};
use crosstrust_x509::Certificate;

use crate::context::{Context, now};
use crate::failure::{Failure, Message, chain};
use crate::material::authority::AuthorityOptions;
use crate::material::instances::InstanceOptions;
use crate::options::FormatOption;
use crate::options::{DaysOption, KeyTypeOption};
use crate::options::{OverwriteOption, PemOption, SkipOption};
use crate::outcome::Outcome;
use crate::output::Overwrite;
use crate::password::OutputPassword;
use crate::progress::Progress;
use crate::written::destination::{self, Destination};
use crate::written::existing::{self, Wanted};
use crate::written::listing::{self, Listed, warn_of_clamping};

/// Issue node certificates, with the otherName that trust restrictions compare
///
/// Makes a key and a certificate for each instance of an instances.yml, or for one instance named
/// by options. Writes a folder for each: NAME/NAME.p12, or with --pem NAME/NAME.crt and
/// NAME/NAME.key, and ca.crt beside them.
#[derive(Args, Debug)]
#[command(group = ArgGroup::new("signer").args(["ca", "ca_cert", "self_signed"]).required(true))]
pub(crate) struct Arguments {
    #[command(flatten)]
    authority: AuthorityOptions,
    /// Sign each certificate with its own key instead of a CA's
    #[arg(long, conflicts_with_all = ["ca", "ca_cert", "ca_key"])]
    self_signed: bool,
    #[command(flatten)]
    instances: InstanceOptions,
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
    password: OutputPassword,
    #[command(flatten)]
    format: FormatOption,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let mut instances = arguments.instances.load(context)?;
    let Arguments { out, overwrite, form, .. } = arguments;
    let destination = Destination::for_instances(out, form.pem, instances.len())?;
    let overwrite = Overwrite::or_skip(overwrite.force, arguments.skip.skip_existing);
    if !arguments.skip.skip_existing {
        destination.refuse_existing(out, expected_files(arguments, &instances), overwrite)?;
    }
    let authority =
        if arguments.self_signed { None } else { Some(arguments.authority.load(context)?) };
    let kept = existing(arguments, destination, &mut instances, authority.as_ref(), context)?;
    if instances.is_empty() {
        listing::print(&kept, arguments.format.format, context)?;
        return Ok(Outcome::Clean);
    }
    let packaging = destination::packaging(
        arguments.form.pem,
        "each key store",
        &arguments.password.source(),
        context,
    )?;
    let now = now();
    let profile = Profile { key_type: arguments.key.key_type, days: arguments.validity.days, now };
    let signer = authority.as_ref().map_or(Issuer::SelfSigned, Issuer::Authority);
    let progress = Progress::new("certificates", instances.len());
    let made = issue_all(&instances, signer, &profile, |issued| {
        let made = Made::new(issued, package(issued, &packaging, now)?);
        progress.tick();
        Ok(made)
    });
    drop(progress);
    let made = made.map_err(|error| Message::new(chain(&error)))?;
    warn_of_clamping(made.iter().find_map(|one| one.clamped), context);
    let anchor = authority.as_ref().filter(|_| form.pem).map(Authority::anchor);
    let (bundle, listed) = assemble(made, anchor, destination, out);
    destination.write(out, &bundle, overwrite)?;
    let listed = kept.into_iter().chain(listed).collect::<Vec<_>>();
    listing::print(&listed, arguments.format.format, context)?;
    Ok(Outcome::Clean)
}

/// With `--skip-existing`, takes out the instances whose files are there and right, and tells them.
fn existing(
    arguments: &Arguments,
    destination: Destination,
    instances: &mut Vec<Instance>,
    authority: Option<&Authority>,
    context: &mut Context,
) -> Result<Vec<Listed>, Failure> {
    let Arguments { out, overwrite, form, .. } = arguments;
    let mut kept = Vec::new();
    if !arguments.skip.skip_existing {
        return Ok(kept);
    }
    let mut missing = Vec::new();
    for instance in std::mem::take(instances) {
        let target = destination.target(out, &instance.filename, form.pem)?;
        let wanted = Wanted {
            subject: &instance.subject,
            instance: Some(&instance),
            signer: authority.map(Authority::certificate),
            now: now(),
        };
        match existing::existing(
            &target,
            wanted,
            &arguments.password.source(),
            overwrite.force,
            context,
        )? {
            Some(found) => kept.push(Listed::kept(target.certificate, &found)),
            None => missing.push(instance),
        }
    }
    *instances = missing;
    Ok(kept)
}

/// The files of one instance, and what is told of them.
struct Made {
    bundle: Bundle,
    listed: Listed,
    clamped: Option<Clamped>,
}

impl Made {
    fn new(issued: &Issued, bundle: Bundle) -> Self {
        let path = bundle.files.first().map(|file| file.path.clone()).unwrap_or_default();
        Self { bundle, listed: Listed::new(path, &issued.certificate), clamped: issued.clamped }
    }
}

/// The files that instances will get.
fn expected_files(arguments: &Arguments, instances: &[Instance]) -> Vec<String> {
    let extensions: &[&str] = if arguments.form.pem { &["crt", "key"] } else { &["p12"] };
    let files = |Instance { filename, .. }: &Instance| {
        let file = |extension: &&str| format!("{filename}/{filename}.{extension}");
        extensions.iter().map(file).collect::<Vec<_>>()
    };
    instances.iter().flat_map(files).collect()
}

/// Everything in one bundle; a folder of PEM files gets the certificate to trust, too.
fn assemble(
    made: Vec<Made>,
    anchor: Option<&Certificate>,
    destination: Destination,
    out: &str,
) -> (Bundle, Vec<Listed>) {
    let mut bundle = Bundle::default();
    let mut listed = Vec::new();
    for Made { bundle: files, listed: mut one, .. } in made {
        bundle.files.extend(files.files);
        one.path = destination.path(out, &one.path);
        listed.push(one);
    }
    if let (Destination::Folder, Some(anchor)) = (destination, anchor) {
        bundle.add_anchor(anchor);
    }
    (bundle, listed)
}
