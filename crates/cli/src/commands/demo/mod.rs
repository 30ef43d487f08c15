//! `crosstrust demo`: from a CA in a key store to a verdict on every node.

mod account;
mod clusters;
mod story;
mod verdict;

use clap::Args;

use crate::context::{Context, now};
use crate::failure::{Failure, Message, chain};
use crate::input;
use crate::options::OverwriteOption;
use crate::outcome::Outcome;
use crate::output::{self, NewFile};
use crate::written::destination::new_file;

/// Make two small clusters that learn to trust each other, and check every step
///
/// A self-managed cluster whose old certificates have no otherName, its CA in a PKCS#12 file, and
/// one in the cloud's naming. Extracts the CA, issues new certificates, writes each side's
/// restrictions, and judges every node before and after.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Folder to make
    #[arg(long, short, value_name = "DIR", default_value = "crosstrust-demo")]
    out: String,
    #[command(flatten)]
    overwrite: OverwriteOption,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let Arguments { out, overwrite } = arguments;
    if input::exists(out) && !overwrite.force {
        let message = Message::new("already exists").at(out);
        return Err(message.hint("choose another --out, or overwrite it with --force").into());
    }
    let story =
        story::tell(now()).map_err(|error| Message::new(chain(error.as_ref())).at("demo"))?;
    let files: Vec<NewFile<'_>> = story.files.iter().map(new_file).collect();
    output::folder(out, &files, overwrite.force)?;
    context.print(&account::render(&story, out, context.style()))?;
    Ok(Outcome::clean_if(story.verdicts.iter().all(verdict::Verdict::is_expected)))
}
