//! `crosstrust reissue`.

mod account;
mod decide;
mod node;
mod options;

use crosstrust_issue::{
    Authority, Bundle, Manifest, Profile, ReissuePlan, names_without_place, package,
};
use crosstrust_keystore::PrivateKey;
use rayon::prelude::*;

pub(crate) use self::options::Arguments;

use self::account::account;
use self::decide::{Decided, decide};
use self::node::{Node, find_keys, nodes, refuse_shared_names};
use self::options::{naming, prints_instances};
use crate::context::Context;
use crate::failure::{Failure, Message, chain};
use crate::material::restrictions;
use crate::material::sources;
use crate::outcome::Outcome;
use crate::output::{self, Overwrite};
use crate::progress::Progress;
use crate::signer::Duty;
use crate::written::destination::{self, Destination};
use crate::written::existing;

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    arguments.renew.check(arguments.validity)?;
    let printed = prints_instances(arguments)?;
    let naming = naming(arguments)?;
    // Only what signs needs a CA: names can be planned for one that is somewhere else.
    let signs = arguments.instances.is_none() && !arguments.dry_run.dry_run;
    let output = arguments.password.source();
    let authority = if signs {
        Some(arguments.authority.load(Some(output), Duty::Signs, context)?)
    } else {
        arguments.authority.load_if_given(Some(output), Duty::IsSeen, context)?
    };
    let authority = authority.as_ref();
    let source = arguments.source_password.source().beside(&output);
    let opened = sources::open_nodes(&arguments.nodes, &source, context)?;
    let mut nodes = nodes(&opened, &naming, authority, context)?;
    refuse_shared_names(&nodes)?;
    let restrictions = match &arguments.restrictions {
        Some(path) => Some(restrictions::read(path, context)?),
        None => None,
    };
    let decided = decide(&mut nodes, arguments, authority, context)?;
    let decisions = nodes.iter().map(|node| (node.label.clone(), &node.decision));
    existing::warn_of_held(decisions, context);
    if arguments.keep_key {
        find_keys(&mut nodes, &opened, arguments, context)?;
    }
    if !printed {
        let (destination, restrictions) = (decided.destination, restrictions.as_ref());
        context.print(&account(&nodes, restrictions, destination, arguments))?;
    }
    let changed: Vec<Node<'_>> = nodes.into_iter().filter(|node| node.decision.makes()).collect();
    if let Some(path) = &arguments.instances {
        return write_instances(path, &changed, arguments.overwrite.force, context);
    }
    let Some(authority) = authority.filter(|_| signs && !changed.is_empty()) else {
        return Ok(Outcome::Clean);
    };
    // What will be signed is on the terminal before it is signed.
    context.flush()?;
    write_certificates(arguments, changed, decided, authority, context)?;
    Ok(Outcome::Clean)
}

fn write_instances(
    path: &str,
    nodes: &[Node<'_>],
    force: bool,
    context: &mut Context,
) -> Result<Outcome, Failure> {
    for node in nodes {
        let left_out = names_without_place(&node.old);
        if !left_out.is_empty() {
            let names = left_out.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>();
            let names = names.join(", ");
            let what = format!("an instances file has no place for {names}: left out");
            context.warn(&format!("{}: {what}", node.label));
        }
    }
    let instances = nodes.iter().map(|node| node.plan.instance(&node.old)).collect();
    let text = Manifest { instances }.to_text().map_err(|error| Message::new(chain(&error)))?;
    output::text(path, &text, Overwrite::of("--instances", force), context)?;
    Ok(Outcome::Clean)
}

fn write_certificates(
    arguments: &Arguments,
    nodes: Vec<Node<'_>>,
    decided: Decided,
    authority: &Authority,
    context: &mut Context,
) -> Result<(), Failure> {
    let Arguments { out, overwrite, form, validity, .. } = arguments;
    let Decided { destination, place, now } = decided;
    let source = arguments.password.source();
    let packaging = destination::packaging(form.pem, "each key store", &source, context)?;
    let progress = Progress::new("certificates", nodes.len());
    let bundles = nodes
        .into_par_iter()
        .map(|node| {
            let key_type = ReissuePlan::key_type(&node.old);
            let key = match node.kept {
                Some(key) => key,
                None => PrivateKey::generate(key_type)?,
            };
            let profile = Profile { key_type, days: validity.days, now };
            let issued = node.plan.issue(&node.old, key, authority, &profile)?;
            progress.tick();
            package(&issued, &packaging, now)
        })
        .collect::<Result<Vec<Bundle>, crosstrust_issue::Error>>();
    drop(progress);
    let mut all = Bundle::default();
    for bundle in bundles? {
        all.files.extend(bundle.files);
    }
    let is_skipping = arguments.skip.skip_existing;
    let gets_anchor = form.pem && destination == Destination::Folder;
    if gets_anchor && !(is_skipping && existing::trusts(out, authority.anchor(), context)?) {
        all.add_anchor(authority.anchor());
    }
    destination.write(
        out,
        &all,
        (Overwrite::or_skip(overwrite.force, is_skipping), &place),
        context,
    )
}
