//! `crosstrust extract-ca`.

use clap::Args;
use crosstrust_keystore::open::Contents;
use crosstrust_keystore::{authorities, pem};

use crate::context::Context;
use crate::failure::{Failure, Message, chain};
use crate::outcome::Outcome;
use crate::output::{self, NewFile};
use crate::password::{InputPassword, Options};

/// Take the CA certificates out of key stores and certificate files, as clean PEM
///
/// Reads PKCS#12, PEM, DER and PKCS#7. Writes each CA once, the root last, without private keys,
/// bag attributes or leaf certificates.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Files, quoted globs, or - for standard input
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<String>,
    /// File to write instead of standard output
    #[arg(long, short, value_name = "FILE")]
    out: Option<String>,
    /// Overwrite what is there
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    password: InputPassword,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let opened = context.open_all(&arguments.sources, &arguments.password.source())?;
    let contents: Vec<&Contents> = opened.iter().map(|source| &source.contents).collect();
    let authorities = authorities::extract(&contents).map_err(|error| {
        let message = Message::new(chain(&error)).at(arguments.sources.join(", "));
        message.hint("name the key store of the CA, or a file of its certificate")
    })?;
    let text: String = authorities
        .iter()
        .map(|certificate| pem::write("CERTIFICATE", certificate.der()))
        .collect();
    match &arguments.out {
        Some(out) => {
            let new = NewFile::new(out.clone(), text.as_bytes(), false);
            output::file(&new, arguments.force)?;
        }
        None => context.print(&text)?,
    }
    Ok(Outcome::Clean)
}
