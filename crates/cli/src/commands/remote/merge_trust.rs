//! `crosstrust remote merge-trust`.

use clap::Args;
use crosstrust_remote::{TrustChange, TrustError, merge_trust};

use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::options::OverwriteOption;
use crate::outcome::Outcome;
use crate::output::{self, NewFile};

/// Add trust to a deployment's own: from what GET answers to the whole body of PUT
///
/// PUT /api/v1/deployments/{id} needs the deployment's plan, and takes the trust settings whole. This
/// reads what `GET /api/v1/deployments/{id}?show_settings=true&show_plans=true` answers, and prints the
/// body with the entries of a kit's trust.json beside those that are there. Nothing is narrowed: clusters,
/// node names and certificates of an entry that is there stay, and --remove leaves what others need.
#[allow(clippy::doc_markdown, reason = "the help shows the address as it stands")]
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// File with the answer of the API, or - for standard input
    deployment: String,
    /// File with the trust settings to add, such as a kit's trust.json
    trust: String,
    /// Take the entries out again
    #[arg(long)]
    remove: bool,
    /// The Elasticsearch resource, where the deployment has several
    #[arg(long, value_name = "ID")]
    ref_id: Option<String>,
    /// File to write instead of standard output
    #[arg(long, short, value_name = "FILE")]
    out: Option<String>,
    #[command(flatten)]
    overwrite: OverwriteOption,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let Arguments { deployment, trust, remove, ref_id, out, overwrite } = arguments;
    let (answer, entries) = (context.read_text(deployment)?, context.read_text(trust)?);
    let change = if *remove { TrustChange::Remove } else { TrustChange::Add };
    let body = merge_trust(&answer, &entries, ref_id.as_deref(), change).map_err(|error| {
        let at = if matches!(error, TrustError::Trust { .. }) { trust } else { deployment };
        let message = Message::new(&error).at(at);
        if error.to_string().contains("none is named") {
            return message.hint("name one of them with --ref-id");
        }
        message
    })?;
    match output::named(out.as_ref()) {
        Some(out) => {
            output::file(&NewFile::new(out.clone(), body.text.as_bytes(), false), overwrite.force)?;
        }
        None => context.print(&body.text)?,
    }
    for note in &body.notes {
        context.note(note);
    }
    Ok(Outcome::Clean)
}
