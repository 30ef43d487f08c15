//! `crosstrust restrictions lint`.

use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf};

use clap::Args;
use crosstrust_report::{Finding, Report};
use crosstrust_restrictions::{
    ElasticsearchVersion, Linter, NamedRestrictions, Permissions, RestrictedNode,
};
use similar::TextDiff;

use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::input::{self, Input};
use crate::material::inventory::{Group, Names, nodes_of};
use crate::material::sources::{self, Opened, Presented};
use crate::material::{cluster, restrictions};
use crate::options::FieldsOption;
use crate::options::inventory::InventoryOption;
use crate::options::report::{ReportOptions, findings};
use crate::outcome::Outcome;
use crate::output;
use crate::password::InputPassword;

/// Find what is wrong with restrictions files, and mend what can be mended without asking
///
/// What Elasticsearch would refuse is a finding, too. A finding that is meant is allowed by a
/// comment on its line or the line above: # crosstrust: allow TR042 — why.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Restrictions files: files, folders, quoted globs, ZIP archives, -, or names of the inventory
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    #[command(flatten)]
    inventory: InventoryOption,
    /// Certificates of the own nodes, which must be let in: files, folders, quoted globs, ZIP archives, or names of the
    /// inventory
    #[arg(long, value_name = "CERTS")]
    own: Vec<String>,
    /// Certificates of other nodes that are expected, named in the same way
    #[arg(long, value_name = "CERTS")]
    peer: Vec<String>,
    /// Oldest Elasticsearch that shall read the files, such as 7.17 or 9
    #[arg(long, value_name = "VERSION")]
    es_version: Option<ElasticsearchVersion>,
    /// A node's elasticsearch.yml, or those of several nodes: files or quoted globs
    #[arg(long, value_name = "ELASTICSEARCH_YML")]
    config: Vec<String>,
    #[command(flatten)]
    fields: FieldsOption,
    /// Mend the files in place: only the bytes that are wrong
    #[arg(long)]
    fix: bool,
    /// Show what --fix would change, and change nothing
    #[arg(long, conflicts_with = "fix")]
    diff: bool,
    #[command(flatten)]
    password: InputPassword,
    #[command(flatten)]
    output: ReportOptions,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let mut report = Report::default();
    for target in targets(arguments, context)? {
        report.append(lint(arguments, &target, context)?);
    }
    let outcome = arguments.output.outcome(&report);
    if arguments.diff {
        return Ok(outcome);
    }
    let human = |layout| findings(&report, layout);
    context.print(&arguments.output.render(&report, context, human, || &report))?;
    Ok(outcome)
}

/// Restrictions files, and what they are linted beside.
struct Target {
    files: Vec<Input>,
    own: Vec<Group>,
    peers: Vec<Group>,
    config: Vec<String>,
    fields: Option<Vec<String>>,
}

/// The files that are named, then each cluster with its own nodes and settings.
fn targets(arguments: &Arguments, context: &mut Context) -> Result<Vec<Target>, Failure> {
    let asked = arguments.fields.asked().map(<[String]>::to_vec);
    let names = Names::of(&arguments.inventory);
    let (mut files, mut clusters) = (Vec::new(), Vec::new());
    for argument in &arguments.files {
        match names.cluster(argument, context)? {
            None => files.push(argument.clone()),
            Some(cluster) => clusters.push(cluster),
        }
    }
    let mut targets = Vec::new();
    if !files.is_empty() {
        let files = restrictions::files(&files, context)?;
        let (own, peers, config) = (Vec::new(), Vec::new(), Vec::new());
        targets.push(Target { files, own, peers, config, fields: asked.clone() });
    }
    for cluster in clusters {
        let Some(file) = cluster::restrictions_of(&cluster, context)? else {
            let message = Message::new("the inventory names no restrictions file of this cluster")
                .at(&cluster.name);
            return Err(message.hint("add `restrictions`, or name the file itself").into());
        };
        let own = vec![nodes_of(&cluster)];
        let peers = names.expected_at(&cluster, context)?;
        let fields: Vec<String> = cluster.fields.iter().map(ToString::to_string).collect();
        let fields = Some(fields).filter(|fields| !fields.is_empty());
        targets.push(Target {
            files: vec![file],
            own,
            peers,
            config: cluster.elasticsearch_yml,
            fields: asked.clone().or(fields),
        });
    }
    Ok(targets)
}

fn lint(arguments: &Arguments, target: &Target, context: &mut Context) -> Result<Report, Failure> {
    let mut refused = Report::default();
    let linter = linter(arguments, target, &mut refused, context)?;
    let mut report = Report::default();
    for Input { path, bytes } in &target.files {
        restrictions::refuse_others(path, bytes)?;
        let mended = mend(arguments, &linter, path, bytes, context)?;
        report.look_at(path);
        report.append(linted(&linter, path, mended.as_deref().unwrap_or(bytes)));
        if let Some(permissions) = permissions(path) {
            report.append(linter.lint_permissions(path, permissions));
        }
    }
    report.append(linter.lint_nodes());
    report.append(refused);
    Ok(report)
}

/// What is wrong with a file; mendable is only what leaves a file that loads.
fn linted(linter: &Linter, path: &str, bytes: &[u8]) -> Report {
    let mut report = linter.lint(path, bytes);
    let is_mendable = report.findings().iter().any(Finding::is_mendable);
    if is_mendable && linter.fix(path, bytes).is_err() {
        report.forget_mends();
    }
    report
}

/// With `--fix` the bytes that a file has now; with `--diff` prints what would change.
fn mend(
    arguments: &Arguments,
    linter: &Linter,
    path: &str,
    bytes: &[u8],
    context: &mut Context,
) -> Result<Option<Vec<u8>>, Failure> {
    if !arguments.fix && !arguments.diff {
        return Ok(None);
    }
    let fixed = match linter.fix(path, bytes) {
        Ok(fixed) => fixed,
        Err(error) => {
            let what = "is left as it is: what can be mended would not make it load";
            context.note(&format!("{path} {what}: {error}"));
            return Ok(None);
        }
    };
    if fixed.changes == 0 {
        return Ok(None);
    }
    if arguments.diff {
        let old = String::from_utf8_lossy(bytes);
        let diff = TextDiff::from_lines(old.as_ref(), fixed.text.as_str());
        context.print(&diff.unified_diff().header(path, path).to_string())?;
        return Ok(None);
    }
    if path == "-" {
        let message =
            Message::new("--fix changes files, and standard input is not a file").at(path);
        return Err(message.hint("see the changes with --diff").into());
    }
    output::replace(path, fixed.text.as_bytes())?;
    let changes = fixed.changes;
    let places = if changes == 1 { "place" } else { "places" };
    context.note(&format!("{path}: mended in {changes} {places}"));
    Ok(Some(fixed.text.into_bytes()))
}

/// What the files are linted beside. Settings of nodes that do not load are told.
fn linter(
    arguments: &Arguments,
    target: &Target,
    refused: &mut Report,
    context: &mut Context,
) -> Result<Linter, Failure> {
    let mut linter = Linter::new();
    if let Some(fields) = &target.fields {
        linter = linter.with_fields(fields);
    }
    if let Some(version) = arguments.es_version {
        linter = linter.with_elasticsearch(version);
    }
    let configs = [arguments.config.as_slice(), &target.config].concat();
    for Input { path, bytes } in context.read_all(&configs)? {
        match RestrictedNode::parse(&path, &bytes) {
            Ok(read) => linter = linter.with_node(node(&path, read, context)),
            Err(error) => refused.append(
                Linter::lint_refused_settings(&path, &error)
                    .ok_or_else(|| restrictions::refused_settings(&path, &error))?,
            ),
        }
    }
    for (label, leaf) in leaves(&arguments.own, arguments, context)? {
        linter = linter.with_own(&label, &leaf);
    }
    for (label, leaf) in leaves_of(&target.own, arguments, context)? {
        linter = linter.with_own(&label, &leaf);
    }
    for (label, leaf) in leaves_of(&target.peers, arguments, context)? {
        linter = linter.with_peer(&label, &leaf);
    }
    for (label, leaf) in leaves(&arguments.peer, arguments, context)? {
        linter = linter.with_peer(&label, &leaf);
    }
    Ok(linter)
}

/// The nodes' own certificates in files, and what to call them.
fn leaves(
    files: &[String],
    arguments: &Arguments,
    context: &mut Context,
) -> Result<Leaves, Failure> {
    let groups = Names::of(&arguments.inventory).nodes(files, context)?;
    leaves_of(&groups, arguments, context)
}

/// The same of clusters of the inventory.
fn leaves_of(
    groups: &[Group],
    arguments: &Arguments,
    context: &mut Context,
) -> Result<Leaves, Failure> {
    let mut leaves = Vec::new();
    for group in groups {
        let source = group.source(arguments.password.source());
        let opened = sources::open_nodes(&group.paths, &source, context)?;
        leaves.extend(presented(&opened, context)?);
    }
    Ok(leaves)
}

fn presented(opened: &[Opened], context: &mut Context) -> Result<Leaves, Failure> {
    let nodes = sources::nodes_of(opened, &[], context)?.into_iter();
    let leaf = |node: Presented<'_>| Some((node.label, node.chain.into_iter().next()?));
    Ok(nodes.filter_map(leaf).collect())
}

/// Certificates of nodes, and what to call them.
type Leaves = Vec<(String, crosstrust_x509::Certificate)>;

/// A node by its settings, and the restrictions file that they name.
fn node(path: &str, node: RestrictedNode, context: &mut Context) -> RestrictedNode {
    let directory = Path::new(path).parent();
    let (Some(named), Some(directory)) = (node.restrictions_path(), directory) else {
        return node;
    };
    let Some(relative) = relative(directory, Path::new(named)) else { return node };
    let file = match inside(directory, relative) {
        None => NamedRestrictions::Outside,
        Some(file) => match context.read(&file.to_string_lossy()) {
            Ok(input) => NamedRestrictions::Found(input.bytes.to_vec()),
            Err(_) => NamedRestrictions::Missing,
        },
    };
    node.with_restrictions(file)
}

/// A path from a folder on. None for an absolute path elsewhere: settings may have been copied from
/// a machine where that is right.
fn relative<'a>(folder: &Path, named: &'a Path) -> Option<&'a Path> {
    if named.is_relative() {
        return Some(named);
    }
    named.strip_prefix(std::path::absolute(folder).ok()?).ok()
}

/// Where a path leads from a folder on; none if it leads out of the folder.
fn inside(folder: &Path, relative: &Path) -> Option<PathBuf> {
    let mut depth: usize = 0;
    for part in relative.components() {
        depth = match part {
            Component::Normal(_) => depth.saturating_add(1),
            Component::CurDir => depth,
            Component::ParentDir => depth.checked_sub(1)?,
            Component::Prefix(_) | Component::RootDir => return None,
        };
    }
    Some(folder.join(relative))
}

/// Who may do what with a file; nothing for standard input.
fn permissions(path: &str) -> Option<Permissions> {
    let metadata = input::metadata(path)?;
    Some(Permissions { mode: metadata.mode(), owned_by_root: metadata.uid() == 0 })
}
