//! `crosstrust remote init`.

use std::path::Path;

use clap::Args;
use crosstrust_remote::{Connection, Model, Template};

use super::interview::{self, Known};
use super::partner::{Partner, SideOption};
use crate::context::Context;
use crate::failure::Failure;
use crate::material::inventory::Names;
use crate::options::OverwriteOption;
use crate::options::inventory::InventoryOption;
use crate::outcome::Outcome;
use crate::output::{self, NewFile};

/// Write a connection file to fill in, which asks for what two platforms need of each other
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Where the local cluster runs: self-managed, ech, ece or eck; or its name in the inventory
    #[arg(long, value_name = "PLATFORM", required_unless_present = "interactive")]
    local: Option<SideOption>,
    /// Where the remote cluster runs: self-managed, ech, ece or eck; or its name in the inventory
    #[arg(long, value_name = "PLATFORM", required_unless_present = "interactive")]
    remote: Option<SideOption>,
    #[command(flatten)]
    inventory: InventoryOption,
    /// How they know each other: api-key, or tls for their transport certificates
    #[arg(long, required_unless_present = "interactive")]
    model: Option<Model>,
    /// Ask for what the file needs, at a terminal
    #[arg(long)]
    interactive: bool,
    /// File to write instead of standard output
    #[arg(long, short, value_name = "FILE")]
    out: Option<String>,
    #[command(flatten)]
    overwrite: OverwriteOption,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let Arguments { model, interactive, out, overwrite, .. } = arguments;
    let out = &output::named(out.as_ref()).cloned();
    if let Some(out) = out {
        output::refuse_existing(Path::new(out), overwrite.force)?;
    }
    let names = Names::of(&arguments.inventory);
    let local = Partner::of(arguments.local.as_ref(), &names, context)?;
    let remote = Partner::of(arguments.remote.as_ref(), &names, context)?;
    let (mut template, out) = match (local.platform, remote.platform, model) {
        (Some(local), Some(remote), Some(model)) if !interactive => {
            (Template::new(local, remote, *model), out.clone())
        }
        _ => {
            let (local, remote) = (local.platform, remote.platform);
            let known = Known { local, remote, model: *model };
            let template = interview::fill(known, context)?;
            let out = out.clone().map_or_else(|| interview::place(overwrite.force), Ok)?;
            (template, Some(out))
        }
    };
    let folder = out.as_ref().and_then(|out| Path::new(out).parent()).unwrap_or(Path::new(""));
    local.fill(&mut template, "local", folder);
    remote.fill(&mut template, "remote", folder);
    if let Some(alias) = remote.alias() {
        template.fill("", "alias", alias);
    }
    let text = template.to_text();
    match &out {
        Some(out) => {
            output::file(&NewFile::new(out.clone(), text.as_bytes(), false), overwrite.force)?;
        }
        None => context.print(&text)?,
    }
    if let Some(out) = out.filter(|_| *interactive) {
        let next = match Connection::parse(&text) {
            Ok(_) => "next: crosstrust remote check",
            Err(_) => "it is not whole yet, and this says what is missing: crosstrust remote check",
        };
        context.note(&format!("{out} is written; {next} {out}"));
    }
    Ok(Outcome::Clean)
}
