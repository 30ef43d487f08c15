//! `crosstrust csr`.

use clap::Args;
use crosstrust_issue::{Bundle, Instance, KeyFile, Purpose, package_request, request_all};
use crosstrust_x509::CertificateRequest;
use serde::Serialize;

use crate::context::Context;
use crate::failure::{Failure, Message, chain};
use crate::json::json;
use crate::material::instances::InstanceOptions;
use crate::options::KeyTypeOption;
use crate::options::OverwriteOption;
use crate::options::{Format, FormatOption};
use crate::outcome::Outcome;
use crate::password::OutputPassword;
use crate::progress::Progress;
use crate::written::destination::{Destination, is_store};

/// Make keys and certificate requests, for somebody else's CA to sign
///
/// Writes NAME/NAME.csr and NAME/NAME.key for each instance of an instances.yml, or for one
/// instance named by options. A request asks for the instance's DNS names, IP addresses and
/// otherName common names; the CA that signs it must copy them.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    instances: InstanceOptions,
    /// Where to write: a folder or a .zip
    #[arg(long, short, value_name = "PATH", default_value = "requests")]
    out: String,
    #[command(flatten)]
    key: KeyTypeOption,
    #[command(flatten)]
    overwrite: OverwriteOption,
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
}

#[derive(Serialize)]
struct Document<'a> {
    changed: bool,
    files: &'a [Listed],
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let instances = arguments.instances.load(context)?;
    let Arguments { out, overwrite, .. } = arguments;
    let destination = destination(out)?;
    destination.refuse_existing(out, expected_files(&instances), overwrite.force.into())?;
    let key = KeyFile::Pkcs8(context.given(&arguments.password.source())?);
    let progress = Progress::new("requests", instances.len());
    let made = request_all(&instances, arguments.key.key_type, &Purpose::default(), |requested| {
        let bundle = package_request(requested, &key)?;
        progress.tick();
        Ok((Listed::new(&bundle, &requested.request), bundle))
    });
    drop(progress);
    let made = made.map_err(|error| Message::new(chain(&error)))?;
    let (mut listed, bundles): (Vec<Listed>, Vec<Bundle>) = made.into_iter().unzip();
    let files = bundles.into_iter().flat_map(|bundle| bundle.files).collect();
    destination.write(out, &Bundle { files }, overwrite.force.into())?;
    for one in &mut listed {
        one.path = destination.path(out, &one.path);
    }
    print(&listed, arguments.format.format, context)?;
    Ok(Outcome::Clean)
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
    fn new(bundle: &Bundle, request: &CertificateRequest) -> Self {
        let names = request.subject_alt_names();
        Self {
            path: bundle.files.first().map(|file| file.path.clone()).unwrap_or_default(),
            subject: request.subject().to_string(),
            other_name_cn: names.map_or_else(Vec::new, |n| n.other_name_common_names().collect()),
            // A request is never left as it was: what is there is refused, or replaced.
            changed: true,
        }
    }
}

fn print(listed: &[Listed], format: Format, context: &mut Context) -> Result<(), Failure> {
    if format == Format::Json {
        return context.print(&json(&Document { changed: true, files: listed }));
    }
    for Listed { path, subject, other_name_cn, .. } in listed {
        let names: String = other_name_cn.iter().map(|name| format!("  {name}")).collect();
        context.print(&format!("{path}  {subject}{names}\n"))?;
    }
    Ok(())
}
