//! `crosstrust sign`.

use std::collections::BTreeSet;
use std::path::Path;

use clap::Args;
use crosstrust_issue::{Authority, Bundle, Instance, differences};
use crosstrust_keystore::open;
use crosstrust_keystore::{Entry, OtherKind};
use crosstrust_x509::{Certificate, CertificateRequest, KeyKind};

use crate::context::{Context, now};
use crate::failure::{Failure, Message, chain};
use crate::input::Input;
use crate::material::authority::AuthorityOptions;
use crate::material::instances::manifest;
use crate::options::DaysOption;
use crate::options::FormatOption;
use crate::options::OverwriteOption;
use crate::outcome::Outcome;
use crate::written::destination::{Destination, is_store};
use crate::written::listing::{self, Listed, warn_of_clamping};

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
    format: FormatOption,
}

/// A request that was read.
struct Asked {
    path: String,
    name: String,
    request: CertificateRequest,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let Arguments { out, overwrite, .. } = arguments;
    let asked = read_requests(&arguments.requests, context)?;
    if let Some(path) = &arguments.instances {
        let text = context.read_text(path)?;
        compare(&asked, &manifest(path, &text)?, path)?;
    }
    let destination = destination(out)?;
    let expected = asked.iter().map(|one| format!("{}.crt", one.name));
    destination.refuse_existing(out, expected, overwrite.force.into())?;
    let authority = arguments.authority.load(context)?;
    let (bundle, listed) = sign(&asked, &authority, arguments, context)?;
    destination.write(out, &bundle, overwrite.force.into())?;
    listing::print(&listed, arguments.format.format, context)?;
    Ok(Outcome::Clean)
}

/// Signs all requests; what is wrong with any of them is told before anything is written.
fn sign(
    asked: &[Asked],
    authority: &Authority,
    arguments: &Arguments,
    context: &mut Context,
) -> Result<(Bundle, Vec<Listed>), Failure> {
    let (now, out) = (now(), &arguments.out);
    let destination = destination(out)?;
    let (mut bundle, mut listed, mut errors) = (Bundle::default(), Vec::new(), Vec::new());
    let mut clamped = None;
    for Asked { path, name, request } in asked {
        let signed = match authority.sign_request(request, arguments.validity.days, now) {
            Ok(signed) => signed,
            Err(error) => {
                errors.push(Message::new(chain(&error)).at(path));
                continue;
            }
        };
        warn_of_key(path, &signed.certificate, context);
        warn_of_names(path, &signed.certificate, context);
        let files = Bundle::of_signed(name, &signed).files;
        let written = files.first().map(|file| destination.path(out, &file.path));
        listed.push(Listed::new(written.unwrap_or_default(), &signed.certificate));
        bundle.files.extend(files);
        clamped = clamped.or(signed.clamped);
    }
    if !errors.is_empty() {
        return Err(Failure::several(errors));
    }
    warn_of_clamping(clamped, context);
    bundle.add_anchor(authority.anchor());
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

/// The one request of a file.
fn read_request(Input { path, bytes }: Input) -> Result<Asked, Failure> {
    let refused = |what: String| Failure::from(Message::new(what).at(&path));
    let contents = open::open(&bytes, &[])
        .map_err(|error| Message::new(chain(&error)).at(&path).hint(HINT))?;
    let requests: Vec<&Vec<u8>> = contents
        .entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Other(other) => match &other.kind {
                OtherKind::Request { der } => Some(der),
                _ => None,
            },
            _ => None,
        })
        .collect();
    let [der] = requests.as_slice() else {
        let message = format!("holds {} requests, where one is expected", requests.len());
        return Err(Message::new(message).at(&path).hint(HINT).into());
    };
    let request = CertificateRequest::from_der(der).map_err(|error| refused(chain(&error)))?;
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

const HINT: &str = "name files of one request each, PEM or DER; `crosstrust csr` makes them";
