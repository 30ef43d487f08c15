//! `crosstrust extract-ca`.

use std::time::Duration;

use clap::Args;
use crosstrust_keystore::open::{Contents, open};
use crosstrust_keystore::{authorities, pem};
use crosstrust_preflight::endpoint::{self, Presented};

use crate::context::Context;
use crate::failure::{Failure, Message, chain};
use crate::input;
use crate::material::sources;
use crate::network::{Address, TcpNetwork};
use crate::options::OverwriteOption;
use crate::options::{Format, server_name};
use crate::outcome::Outcome;
use crate::output::{self, NewFile, Overwrite};
use crate::password::InputPassword;
use crate::url::Endpoint;
use crate::written::listing::{self, Fate, Listed};

/// Take the CA certificates out of key stores and certificate files, as clean PEM
///
/// Reads PKCS#12, PEM, DER and PKCS#7. Writes each CA once, the root last, without private keys,
/// bag attributes or leaf certificates. With --connect, takes what a live endpoint presents.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Files, folders, quoted globs, ZIP archives, or - for standard input
    #[arg(required_unless_present = "connect", value_name = "SOURCE")]
    sources: Vec<String>,
    /// File to write instead of standard output
    #[arg(long, short, value_name = "FILE")]
    out: Option<String>,
    #[command(flatten)]
    overwrite: OverwriteOption,
    /// Take what this endpoint presents in a TLS handshake: HOST:PORT, HOST for port 9300, or a URL
    #[arg(long, value_name = "HOST:PORT")]
    connect: Option<Endpoint>,
    /// Name to ask the endpoint for (SNI), instead of its host name
    #[arg(long, value_name = "NAME", value_parser = server_name, requires = "connect")]
    server_name: Option<String>,
    /// Leave the file if it holds these CAs already
    #[arg(long, requires = "out")]
    skip_existing: bool,
    #[command(flatten)]
    password: InputPassword,
    /// With json, tell what was written as one document
    #[arg(long, value_name = "FORMAT", default_value = "human", hide_possible_values = true)]
    #[arg(requires_if("json", "out"))]
    format: Format,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let opened = sources::open_all(&arguments.sources, &arguments.password.source(), context)?;
    let live = match &arguments.connect {
        Some(endpoint) => Some(connect(&endpoint.at(TRANSPORT), arguments, context)?),
        None => None,
    };
    let files = opened.iter().map(|source| &source.contents);
    let contents: Vec<&Contents> = files.chain(&live).collect();
    let authorities = authorities::extract(&contents).map_err(|error| {
        let message = Message::new(chain(&error)).at(arguments.sources.join(", "));
        message.hint("name the key store of the CA, or a file of its certificate")
    })?;
    let text = pem::write_certificates(&authorities);
    match output::named(arguments.out.as_ref()) {
        Some(out) => {
            let there = || input::is_file(out);
            let kept =
                arguments.skip_existing && there() && *context.read(out)?.bytes == *text.as_bytes();
            let fate = Fate::unseen(out);
            if !kept {
                let new = NewFile::new(out.clone(), text.as_bytes(), false);
                let overwrite =
                    Overwrite::or_skip(arguments.overwrite.force, arguments.skip_existing);
                output::file(&new, overwrite)?;
            }
            if arguments.format == Format::Json {
                let fate = if kept { Fate::kept() } else { fate };
                let listed =
                    authorities.iter().map(|one| Listed::new(out.clone(), one, fate.clone()));
                listing::print(&listed.collect::<Vec<_>>(), Format::Json, context)?;
            }
        }
        None => context.print(&text)?,
    }
    Ok(Outcome::Clean)
}

/// What an endpoint presents, as if it were a file; tells what it does not present.
fn connect(
    address: &Address,
    arguments: &Arguments,
    context: &mut Context,
) -> Result<Contents, Failure> {
    let network = TcpNetwork::new(address, PATIENCE);
    let name = arguments.server_name.as_deref();
    let presented = endpoint::presented(&network, &address.host, name);
    let presented = presented.map_err(|end| Message::new(end).at(address))?;
    let authorities: Vec<_> = presented.chain.iter().filter(|one| one.is_ca()).collect();
    let Presented { chain: sent, missing, .. } = &presented;
    let asks = asks_for(&presented);
    if authorities.is_empty() {
        let leaf = sent.first().map(|leaf| leaf.subject().to_string()).unwrap_or_default();
        let issuer = missing.as_ref().map(|issuer| format!(" of `{issuer}`")).unwrap_or_default();
        let message = format!("presents `{leaf}`{issuer} and no CA certificate{asks}");
        return Err(Message::new(message).at(address).hint(OWN_FILES).into());
    }
    if let Some(issuer) = missing {
        context.warn(&format!("{address}: its root `{issuer}` is not sent{asks}; {OWN_FILES}"));
    }
    for authority in authorities {
        let (subject, digest) = (authority.subject(), authority.fingerprint_sha256());
        context.note(&format!(
            "{address}: `{subject}` has SHA-256 {digest}; compare it with its owner's before you trust it"
        ));
    }
    open(pem::write_certificates(sent).as_bytes(), &[])
        .map_err(|error| Message::new(chain(&error)).at(address).into())
}

/// Whose certificates the endpoint asks for, which are those it trusts.
fn asks_for(presented: &Presented) -> String {
    let names = presented.asks_for.iter().take(MOST_SHOWN).map(|name| format!("`{name}`"));
    let names = names.collect::<Vec<_>>().join(", ");
    let more = if presented.asks_for.len() > MOST_SHOWN { ", …" } else { "" };
    if names.is_empty() { names } else { format!("; it trusts clients of {names}{more}") }
}

/// The port of nodes, where none is written.
const TRANSPORT: u16 = 9300;
const PATIENCE: Duration = Duration::from_secs(5);
const OWN_FILES: &str = "take it from a file or key store of that cluster";
const MOST_SHOWN: usize = 8;
