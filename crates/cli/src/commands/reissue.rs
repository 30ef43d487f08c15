//! `crosstrust reissue`.

use clap::Args;
use crosstrust_issue::{
    Authority, Bundle, Manifest, Naming, NamingValues, Profile, ReissuePlan, names_without_place,
    package,
};
use crosstrust_keystore::{PrivateKey, StoredKey};
use crosstrust_restrictions::Restrictions;
use crosstrust_x509::Certificate;
use rayon::prelude::*;
use serde::Serialize;

use crate::context::{Context, now};
use crate::failure::{Failure, Message, chain};
use crate::json::json;
use crate::material::authority::AuthorityOptions;
use crate::material::restrictions;
use crate::material::sources::{self, Opened, Presented};
use crate::options::DaysOption;
use crate::options::{Format, FormatOption};
use crate::options::{OverwriteOption, PemOption, SkipOption};
use crate::outcome::Outcome;
use crate::output::{self, Overwrite};
use crate::password::{OutputPassword, SourcePassword};
use crate::progress::Progress;
use crate::written::destination::{self, Destination};
use crate::written::existing::{self, Wanted};

/// Issue certificates of existing nodes again, with the otherName that trust restrictions compare
///
/// The subject and every name stay byte for byte; the otherName common name is added or replaced.
/// The node id comes from the old otherName, else the common name, else the file name, and is shown
/// before anything is signed. A certificate that has its name already is left alone.
#[derive(Args, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(crate) struct Arguments {
    /// Certificates or key stores of nodes: files, folders, quoted globs, or a .zip
    #[arg(required = true, value_name = "NODE_CERT")]
    nodes: Vec<String>,
    #[command(flatten)]
    authority: AuthorityOptions,
    /// Elasticsearch cluster id, for {cluster} in the name
    #[arg(long, value_name = "ID")]
    cluster_id: Option<String>,
    /// Organization or environment id, or a label of one's own, for {scope} in the name
    #[arg(long, value_name = "ID")]
    scope_id: Option<String>,
    /// Kubernetes namespace, for {namespace} in the name
    #[arg(long, value_name = "NAME")]
    namespace: Option<String>,
    /// Template of the name, of {node}, {cluster}, {scope} and {namespace}
    #[arg(long, value_name = "TEMPLATE", default_value = Naming::CLOUD)]
    cn: String,
    /// Keep each node's private key instead of making a new one
    #[arg(long)]
    keep_key: bool,
    /// Show what would be issued, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Write an instances.yml with the same names instead of certificates; - is standard output
    #[arg(long, value_name = "FILE", conflicts_with_all = ["keep_key", "dry_run"])]
    instances: Option<String>,
    /// Show which pattern of this restrictions file lets each new name in
    #[arg(long, value_name = "FILE")]
    restrictions: Option<String>,
    /// Where to write: a folder or a .zip
    #[arg(long, short, value_name = "PATH", default_value = "certificates")]
    out: String,
    #[command(flatten)]
    form: PemOption,
    #[command(flatten)]
    validity: DaysOption,
    #[command(flatten)]
    overwrite: OverwriteOption,
    #[command(flatten)]
    skip: SkipOption,
    #[command(flatten)]
    source_password: SourcePassword,
    #[command(flatten)]
    password: OutputPassword,
    #[command(flatten)]
    format: FormatOption,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let printed = prints_instances(arguments)?;
    let naming = naming(arguments)?;
    // Only what signs needs a CA: names can be planned for one that is somewhere else.
    let signs = arguments.instances.is_none() && !arguments.dry_run;
    let authority = if signs {
        Some(arguments.authority.load(context)?)
    } else {
        arguments.authority.load_if_given(context)?
    };
    let authority = authority.as_ref();
    let source = arguments.source_password.source();
    let opened = sources::open_nodes(&arguments.nodes, &source, context)?;
    let mut nodes = nodes(&opened, &naming, authority, context)?;
    if arguments.keep_key {
        find_keys(&mut nodes, arguments, context)?;
    }
    let restrictions = match &arguments.restrictions {
        Some(path) => Some(restrictions::read(path, context)?),
        None => None,
    };
    let count = nodes.iter().filter(|node| !node.plan.unchanged).count();
    let destination = Destination::for_instances(&arguments.out, arguments.form.pem, count)?;
    leave_existing(&mut nodes, arguments, destination, authority, context)?;
    if !printed {
        context.print(&account(&nodes, restrictions.as_ref(), destination, arguments))?;
    }
    refuse_shared_names(&nodes)?;
    let changed: Vec<Node<'_>> = nodes.into_iter().filter(|node| !node.plan.unchanged).collect();
    if let Some(path) = &arguments.instances {
        return write_instances(path, &changed, arguments.overwrite.force, context);
    }
    let Some(authority) = authority.filter(|_| signs && !changed.is_empty()) else {
        return Ok(Outcome::Clean);
    };
    // What will be signed is on the terminal before it is signed.
    context.flush()?;
    write_certificates(arguments, changed, destination, authority, context)?;
    Ok(Outcome::Clean)
}

/// A node's old certificate, and what will become of it.
struct Node<'a> {
    label: String,
    old: Certificate,
    key: Option<&'a StoredKey>,
    kept: Option<PrivateKey>,
    plan: ReissuePlan,
}

#[derive(Serialize)]
struct Document<'a> {
    changed: bool,
    nodes: Vec<Listed<'a>>,
}

#[derive(Serialize)]
struct Listed<'a> {
    path: &'a str,
    subject: String,
    node: &'a str,
    node_from: String,
    old_names: &'a [String],
    new_name: &'a str,
    left_out: &'a [String],
    unchanged: bool,
    /// Where the new certificate goes; nothing where none is made.
    file: Option<String>,
    pattern: Option<&'a str>,
}

fn naming(arguments: &Arguments) -> Result<Naming, Failure> {
    let values = NamingValues {
        cluster: arguments.cluster_id.as_deref(),
        scope: arguments.scope_id.as_deref(),
        namespace: arguments.namespace.as_deref(),
    };
    Naming::new(&arguments.cn, values).map_err(|error| {
        let hint = "give --cluster-id, --scope-id or --namespace, or another template with --cn";
        Message::new(&error).at(format!("--cn {}", arguments.cn)).hint(hint).into()
    })
}

fn nodes<'a>(
    opened: &'a [Opened],
    naming: &Naming,
    authority: Option<&Authority>,
    context: &mut Context,
) -> Result<Vec<Node<'a>>, Failure> {
    let mut nodes = Vec::new();
    for Presented { path, label, chain, key, .. } in sources::nodes_of(opened, &[], context)? {
        let Some(old) = chain.into_iter().next() else { continue };
        let plan = ReissuePlan::new(&old, &file_stem(path), naming, authority);
        nodes.push(Node { label, old, key, kept: None, plan });
    }
    Ok(nodes)
}

fn file_stem(path: &str) -> String {
    let stem = std::path::Path::new(path).file_stem();
    stem.map_or_else(|| "node".to_owned(), |stem| stem.to_string_lossy().into_owned())
}

/// Finds the key of every node: beside the certificate, or for `NAME.crt` in `NAME.key`.
fn find_keys(
    nodes: &mut [Node<'_>],
    arguments: &Arguments,
    context: &mut Context,
) -> Result<(), Failure> {
    for node in nodes {
        let source = arguments.source_password.source();
        let key = sources::key_of(&node.label, node.key, &node.old, &source, context)?;
        node.kept = Some(key);
    }
    Ok(())
}

/// With `--skip-existing`, marks the nodes whose new certificates are there and right.
fn leave_existing(
    nodes: &mut [Node<'_>],
    arguments: &Arguments,
    destination: Destination,
    authority: Option<&Authority>,
    context: &mut Context,
) -> Result<(), Failure> {
    if !arguments.skip.skip_existing {
        return Ok(());
    }
    let Arguments { out, form, overwrite, .. } = arguments;
    for node in nodes.iter_mut().filter(|node| !node.plan.unchanged) {
        let instance = node.plan.instance(&node.old);
        let target = destination.target(out, &instance.filename, form.pem)?;
        let wanted = Wanted {
            subject: &instance.subject,
            instance: Some(&instance),
            signer: authority.map(Authority::certificate),
            now: now(),
        };
        let found = existing::existing(
            &target,
            wanted,
            &arguments.password.source(),
            overwrite.force,
            context,
        )?;
        node.plan.unchanged = found.is_some();
    }
    Ok(())
}

/// Two nodes of one name would be one node to every restriction, and one file.
fn refuse_shared_names(nodes: &[Node<'_>]) -> Result<(), Failure> {
    for (index, node) in nodes.iter().enumerate() {
        let earlier = nodes
            .iter()
            .take(index)
            .find(|other| other.plan.node.id.eq_ignore_ascii_case(&node.plan.node.id));
        if let Some(earlier) = earlier {
            let message =
                format!("has the node id `{}`, like {}", node.plan.node.id, earlier.label);
            let hint = "issue them in two runs, or give each its own `cn` in an instances file";
            return Err(Message::new(message).at(&node.label).hint(hint).into());
        }
    }
    Ok(())
}

fn account(
    nodes: &[Node<'_>],
    restrictions: Option<&Restrictions>,
    destination: Destination,
    arguments: &Arguments,
) -> String {
    let listed = nodes.iter().map(|node| {
        let ReissuePlan { node: id, old_names, new_name, left_out, unchanged } = &node.plan;
        Listed {
            path: &node.label,
            subject: node.old.subject().to_string(),
            node: &id.id,
            node_from: id.source.to_string(),
            old_names,
            new_name,
            left_out,
            unchanged: *unchanged,
            file: file(node, destination, arguments),
            pattern: restrictions.and_then(|restrictions| pattern(restrictions, new_name)),
        }
    });
    let listed: Vec<Listed<'_>> = listed.collect();
    let changed = !arguments.dry_run && nodes.iter().any(|node| !node.plan.unchanged);
    match arguments.format.format {
        Format::Json => json(&Document { changed, nodes: listed }),
        Format::Human => listed.iter().map(|node| human(node, restrictions.is_some())).collect(),
    }
}

/// The file of a node's new certificate.
fn file(node: &Node<'_>, destination: Destination, arguments: &Arguments) -> Option<String> {
    if node.plan.unchanged || arguments.instances.is_some() {
        return None;
    }
    let name = node.plan.instance(&node.old).filename;
    let extension = if arguments.form.pem { "crt" } else { "p12" };
    Some(destination.path(&arguments.out, &format!("{name}/{name}.{extension}")))
}

/// The pattern of a file that lets a name in.
fn pattern<'a>(restrictions: &'a Restrictions, name: &str) -> Option<&'a str> {
    let names = [name];
    let found = restrictions.judge(&names)?.pattern;
    restrictions.items().get(found).map(|item| item.text.as_str())
}

fn human(node: &Listed<'_>, restricted: bool) -> String {
    let Listed { path, subject, node: id, node_from, old_names, new_name, .. } = node;
    let old = if old_names.is_empty() { "no otherName".to_owned() } else { old_names.join(", ") };
    let mut text = format!("{path}: {subject}\n  node id  {id} (from the {node_from})\n");
    if node.unchanged {
        return text + &format!("  name     {new_name}, as it should be: unchanged\n");
    }
    text += &format!("  before   {old}\n  after    {new_name}\n");
    for name in node.left_out {
        text += &format!("  left out {name}: Java would read none of the names\n");
    }
    if restricted {
        let verdict = node.pattern.map_or_else(
            || "no pattern lets it in".to_owned(),
            |pattern| format!("let in by `{pattern}`"),
        );
        text += &format!("  pattern  {verdict}\n");
    }
    if let Some(file) = &node.file {
        text += &format!("  file     {file}\n");
    }
    text
}

/// Whether the instances file goes to standard output, and so takes the account's place.
fn prints_instances(arguments: &Arguments) -> Result<bool, Failure> {
    let printed = arguments.instances.as_ref().is_some_and(|path| path == "-");
    if printed && arguments.format.format == Format::Json {
        let message = "--instances - and --format json both write to standard output";
        return Err(Message::new(message).hint("name a file for the instances").into());
    }
    Ok(printed)
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
    destination: Destination,
    authority: &Authority,
    context: &mut Context,
) -> Result<(), Failure> {
    let Arguments { out, overwrite, form, validity, .. } = arguments;
    let packaging = destination::packaging(
        arguments.form.pem,
        "each key store",
        &arguments.password.source(),
        context,
    )?;
    let now = now();
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
    for bundle in bundles.map_err(|error| Message::new(chain(&error)))? {
        all.files.extend(bundle.files);
    }
    if form.pem && destination == Destination::Folder {
        all.add_anchor(authority.anchor());
    }
    destination.write(out, &all, Overwrite::or_skip(overwrite.force, arguments.skip.skip_existing))
}
