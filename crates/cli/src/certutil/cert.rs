//! `certutil cert`: certificates of nodes.

use std::collections::BTreeMap;

use crosstrust_issue::{Bundle, Instance, Issuer, Packaging, Profile, issue_all, package};

use super::authority::{self, refused};
use super::instances;
use super::key::{days, key_type};
use super::options::{Argument, Options, Spec};
use super::output;
use super::password::PasswordOption;
use super::stop::Stop;
use super::terminal::Terminal;
use super::{Mode, table};
use crate::context::now;
use crate::signer::is_in_token;

/// The mode.
pub(super) const MODE: Mode =
    Mode { name: "cert", about: "generate X.509 certificates and keys", options: &OPTIONS, run };

const OPTIONS: [Spec; 17] = [
    table::OUT,
    table::PASS,
    table::KEYSIZE,
    table::PEM,
    table::DAYS,
    table::MULTIPLE,
    table::NAME,
    table::DNS,
    table::IP,
    table::CN,
    table::IN,
    Spec::new(&["ca"], Argument::Required("path"), "PKCS#12 file of the CA and its key"),
    Spec::new(&["ca-cert"], Argument::Required("path"), "PEM file of the CA's certificate")
        .unless(&["ca"]),
    Spec::new(
        &["ca-key"],
        Argument::Required("path"),
        "PEM file of the CA's private key, or its pkcs11: URI",
    )
    .only_if(&["ca-cert"])
    .required_if(&["ca-cert"]),
    Spec::new(&["ca-pass"], Argument::Optional("password"), "password of the CA's key"),
    Spec::new(&["ca-dn"], Argument::Required("DN"), "has no effect").unless(&["ca", "ca-cert"]),
    Spec::new(&["self-signed"], Argument::None, "sign each certificate with its own key")
        .unless(&["ca", "ca-cert"]),
];

fn run(options: &Options, terminal: &mut Terminal<'_>) -> Result<(), Stop> {
    terminal.say("Makes certificates and private keys for the transport layer of nodes.")?;
    terminal.say("A key store holds the certificate, its key, and the CA to trust.\n")?;
    let profile =
        Profile { key_type: key_type(options, terminal)?, days: days(options)?, now: now() };
    let pem = options.has("pem");
    let zip = pem || options.has("multiple") || options.has("in");
    let password = PasswordOption::read(options, "pass")?;
    see_inputs(options, terminal)?;
    let authority = authority::given(options, terminal)?;
    let instances = instances::collect(options, terminal)?;
    let path = output::path(options, &default_output(options, zip)?, terminal)?;
    output::prepare(&path, terminal)?;
    let single = (!zip).then(|| output::base_name(&path));
    let packagings = packagings(&instances, single.as_deref(), pem, &password, terminal)?;
    let signer = authority.as_ref().map_or(Issuer::SelfSigned, Issuer::Authority);
    let progress = terminal.progress("certificates", instances.len());
    let made = issue_all(&instances, signer, &profile, |issued| {
        let fallback = Packaging::TraditionalPem { password: None };
        let packaging = packagings.get(&issued.instance.filename).unwrap_or(&fallback);
        let bundle = package(issued, packaging, profile.now)?;
        progress.tick();
        Ok((bundle, issued.clamped))
    });
    drop(progress);
    let made = made.map_err(refused)?;
    if let Some(clamped) = made.iter().find_map(|(_, clamped)| *clamped) {
        super::warn_of_clamping(clamped, terminal);
    }
    let files = made.into_iter().flat_map(|(bundle, _)| bundle.files).collect();
    write(&path, &Bundle { files }, zip)?;
    terminal.say(&format!("Written to {}", path.display()))
}

/// Tells which file cannot be read before somebody types a password for it.
fn see_inputs(options: &Options, terminal: &mut Terminal<'_>) -> Result<(), Stop> {
    for option in ["ca", "ca-cert", "ca-key", "in"] {
        if let Some(path) = options.one(option)?.filter(|path| *path != "-" && !is_in_token(path)) {
            terminal.context.read(path)?;
        }
    }
    Ok(())
}

/// In what form the files of each instance are written, by file name, after asking for their
/// passwords if need be. `single` is the name of the one file outside of an archive.
fn packagings(
    instances: &[Instance],
    single: Option<&str>,
    pem: bool,
    password: &PasswordOption,
    terminal: &mut Terminal<'_>,
) -> Result<BTreeMap<String, Packaging>, Stop> {
    if !instances.is_empty() {
        password.warn_if_long(terminal)?;
    }
    let mut packagings = BTreeMap::new();
    for Instance { filename, .. } in instances {
        let inside = |extension: &str| format!("{filename}/{filename}.{extension}");
        let packaging = if pem {
            Packaging::TraditionalPem { password: password.for_key(&inside("key"), terminal)? }
        } else {
            let what = single.map_or_else(|| inside("p12"), str::to_owned);
            Packaging::Pkcs12 { password: password.for_store(&what, terminal)? }
        };
        packagings.insert(filename.clone(), packaging);
    }
    Ok(packagings)
}

fn write(path: &std::path::Path, bundle: &Bundle, zip: bool) -> Result<(), Stop> {
    match bundle.files.as_slice() {
        [store] if !zip => output::write(path, store.contents.as_bytes()),
        _ => output::write_archive(path, bundle),
    }
}

fn default_output(options: &Options, zip: bool) -> Result<String, Stop> {
    Ok(match options.one("name")? {
        _ if zip => "certificate-bundle.zip".to_owned(),
        Some(name) => format!("{name}.p12"),
        None => "elastic-certificates.p12".to_owned(),
    })
}
