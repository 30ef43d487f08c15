//! `crosstrust report`.

use std::path::Path;

use clap::Args;
use crosstrust_overview::Overview;
use crosstrust_preflight::Cluster;
use crosstrust_report::Summary;
use crosstrust_report::print::Style;

use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::input;
use crate::material::cluster;
use crate::material::inventory::Names;
use crate::options::OverwriteOption;
use crate::options::cluster::ClusterOption;
use crate::options::inventory::InventoryOption;
use crate::options::report::ReportOptions;
use crate::options::{AtOption, WarnOption};
use crate::outcome::Outcome;
use crate::output::{self, NewFile, Overwrite};
use crate::password::{InputPassword, Source};

/// Write a page of clusters: who accepts whom, what expires when, whom restrictions let in, what is wrong
///
/// The folder gets index.html, one page that needs neither network nor script, and report.json, the same
/// for programs. A cluster is given as in `preflight matrix`; of a folder, each folder in it that holds
/// certificates of nodes is a cluster, with the CAs beside them. A restrictions
/// file in a cluster's folder counts, whatever its name.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Clusters: NAME=NODES with settings, a folder of which each folder is a cluster, or names of the
    /// inventory; without any, all of the inventory
    ///
    /// After the nodes may follow ca=FILE and fields=FIELD, each several times, restrictions=FILE,
    /// mode=full|certificate|none, and for a single node key=FILE.
    #[arg(value_name = "CLUSTER")]
    clusters: Vec<String>,
    #[command(flatten)]
    inventory: InventoryOption,
    /// Folder to write
    #[arg(long, short, value_name = "DIR")]
    out: String,
    /// Write metrics for Prometheus's `node_exporter` into this file, such as crosstrust.prom;
    /// - is standard output
    #[arg(long, value_name = "FILE")]
    prometheus: Option<String>,
    #[command(flatten)]
    warning: WarnOption,
    #[command(flatten)]
    overwrite: OverwriteOption,
    #[command(flatten)]
    at: AtOption,
    #[command(flatten)]
    password: InputPassword,
    #[command(flatten)]
    output: ReportOptions,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let Arguments { out, prometheus, overwrite, output, .. } = arguments;
    let takes_standard_output =
        output.takes_standard_output(&[("--prometheus", prometheus.as_ref())])?;
    for path in [format!("{out}/index.html"), format!("{out}/report.json")] {
        output::refuse_existing(Path::new(&path), overwrite.force)?;
    }
    if let Some(path) = output::named(prometheus.as_ref()) {
        output::refuse_existing(Path::new(path), Overwrite::of("--prometheus", overwrite.force))?;
    }
    let clusters = clusters(arguments, context)?;
    let overview = Overview::new(&clusters, arguments.at.now(), arguments.warning.warn_days);
    write(arguments, &overview, context)?;
    let human =
        |style| if takes_standard_output { String::new() } else { human(out, &overview, style) };
    context.print(&output.render(overview.report(), context.style(), human, || &overview))?;
    Ok(output.outcome(overview.report()))
}

fn write(arguments: &Arguments, overview: &Overview, context: &mut Context) -> Result<(), Failure> {
    let Arguments { out, prometheus, overwrite, .. } = arguments;
    let (page, json) = (overview.page(), overview.json());
    let files = [("index.html", &page), ("report.json", &json)]
        .map(|(name, text)| NewFile::new(name.to_owned(), text.as_bytes(), false));
    output::folder(out, &files, overwrite.force)?;
    if let Some(path) = prometheus {
        let overwrite = Overwrite::of("--prometheus", overwrite.force);
        output::text(path, &overview.metrics(), overwrite, context)?;
    }
    Ok(())
}

/// The clusters.
fn clusters(arguments: &Arguments, context: &mut Context) -> Result<Vec<Cluster>, Failure> {
    let source = arguments.password.source();
    let mut clusters = Vec::new();
    let names = Names::of(&arguments.inventory);
    if arguments.clusters.is_empty() {
        let all = names.required(context)?.clusters();
        clusters = cluster::read_all(&all, &source, context)?;
    }
    for argument in &arguments.clusters {
        if let Some(named) = names.cluster(argument, context)? {
            clusters.extend(cluster::read_all(&[named], &source, context)?);
            continue;
        }
        if input::is_folder(argument) {
            clusters.extend(clusters_in(argument, &source, context)?);
            continue;
        }
        if !argument.contains('=') {
            return Err(Message::new("no such folder").at(argument).hint(HINT).into());
        }
        let refused = |error: String| Message::new(error).at(argument).hint(HINT);
        let option = argument.parse::<ClusterOption>().map_err(refused)?;
        clusters.extend(cluster::read_all(&[option], &source, context)?);
    }
    cluster::refuse_shared_names(&clusters)?;
    Ok(clusters)
}

/// The folders in a folder that hold certificates of nodes, each a cluster.
fn clusters_in(
    folder: &str,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Vec<Cluster>, Failure> {
    let mut clusters = Vec::new();
    for name in input::subfolders(folder)? {
        let nodes = format!("{}/{name}", folder.trim_end_matches('/'));
        let option = ClusterOption { name, nodes: vec![nodes], ..ClusterOption::default() };
        clusters.extend(cluster::read(&option, source, context)?);
    }
    if clusters.is_empty() {
        let message = Message::new("no folder in it holds the certificate of a node").at(folder);
        return Err(message.hint(HINT).into());
    }
    Ok(clusters)
}

/// What was written, and what it says, in a few lines.
fn human(out: &str, overview: &Overview, style: Style) -> String {
    let matrix = overview.matrix();
    let count = matrix.clusters.len();
    let mut text = String::new();
    let pairs = || (0..count).flat_map(|from| (0..count).map(move |to| (from, to)));
    let widest = pairs().map(|(from, to)| matrix.verdict(from, to).word().len()).max();
    let width = widest.unwrap_or(0).max("accepted".len());
    for (from, to) in pairs() {
        let name = |index: usize| matrix.clusters.get(index).map_or("", |one| one.name.as_str());
        let verdict = matrix.verdict(from, to);
        let word = format!("{:width$}", verdict.word());
        let verdict = style.verdict(verdict.is_accepted(), &word, &word);
        text += &format!("{verdict}  {} → {}\n", name(from), name(to));
    }
    let Summary { errors, warnings, notes } = overview.report().summary();
    let certificates = overview.certificates().len();
    let counted =
        [(certificates, "certificate"), (errors, "error"), (warnings, "warning"), (notes, "note")]
            .map(|(count, noun)| format!("{count} {noun}{}", if count == 1 { "" } else { "s" }));
    text += &format!("\n{}: {out}/index.html\n", counted.join(", "));
    text
}

const HINT: &str = "give NAME=FOLDER, or a folder of which each folder is a cluster";
