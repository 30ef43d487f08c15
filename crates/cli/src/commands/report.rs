//! `crosstrust report`.

use std::path::Path;

use clap::Args;
use crosstrust_overview::{Member, Overview};
use crosstrust_preflight::REFUSED;
use crosstrust_report::Summary;
use crosstrust_report::print::{self, Layout, Style};

use crate::context::Context;
use crate::failure::{Failure, Message, printable_line};
use crate::input;
use crate::material::inventory::Names;
use crate::material::member;
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
/// certificates is a cluster, with the CAs beside them. A restrictions file in a cluster's folder counts,
/// whatever its name. What cannot be read is a finding, and the rest is judged.
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
    #[arg(long, short, value_name = "DIR", required_unless_present = "prometheus")]
    out: Option<String>,
    /// List every pair of node and cluster in report.json, and whom each pattern admits
    #[arg(long)]
    json_pairs: bool,
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
    for path in out.iter().flat_map(|out| FILES.map(|name| input::in_folder(out, name))) {
        if prometheus.as_ref().is_some_and(|other| Path::new(other) == Path::new(&path)) {
            let message = Message::new("--out and --prometheus both write this file").at(path);
            return Err(message.hint("name another for --prometheus").into());
        }
        output::refuse_existing(Path::new(&path), overwrite.force)?;
    }
    if let Some(path) = output::named(prometheus.as_ref()) {
        output::refuse_existing(Path::new(path), Overwrite::of("--prometheus", overwrite.force))?;
    }
    let members = members(arguments, context)?;
    let overview = Overview::new(&members, arguments.at.now(), arguments.warning.warn_days);
    let overview = with_pairs(overview, arguments)?;
    write(arguments, &overview, context)?;
    let human = |layout: Layout| {
        if takes_standard_output {
            String::new()
        } else {
            human(arguments, &overview, layout.style)
        }
    };
    context.print(&output.render(overview.report(), context, human, || &overview))?;
    Ok(output.outcome(overview.report()))
}

fn with_pairs<'a>(overview: Overview<'a>, arguments: &Arguments) -> Result<Overview<'a>, Failure> {
    if !arguments.json_pairs {
        return Ok(overview);
    }
    let pairs = overview.pairs();
    if pairs > MOST_PAIRS {
        let message =
            format!("{pairs} pairs of node and cluster, and at most {MOST_PAIRS} are listed");
        let hint = "leave it out: the classes of report.json say the same";
        return Err(Message::new(message).at("--json-pairs").hint(hint).into());
    }
    Ok(overview.with_pairs())
}

fn write(
    arguments: &Arguments,
    overview: &Overview<'_>,
    context: &mut Context,
) -> Result<(), Failure> {
    let Arguments { out, prometheus, overwrite, .. } = arguments;
    if let Some(out) = out {
        let (page, json) = (overview.page(), overview.json());
        let [first, second] = FILES;
        let files = [(first, &page), (second, &json)]
            .map(|(name, text)| NewFile::new(name.to_owned(), text.as_bytes(), false));
        output::folder(out, &files, overwrite.force)?;
    }
    if let Some(path) = prometheus {
        let overwrite = Overwrite::of("--prometheus", overwrite.force);
        output::text(path, &overview.metrics(), overwrite, context)?;
    }
    Ok(())
}

/// The clusters, with what is wrong in their files.
fn members(arguments: &Arguments, context: &mut Context) -> Result<Vec<Member>, Failure> {
    let source = arguments.password.source();
    let mut members = Vec::new();
    let names = Names::of(&arguments.inventory);
    if arguments.clusters.is_empty() {
        for option in names.required(context)?.clusters() {
            members.push(member::read(&option, &source, context)?);
        }
    }
    for argument in &arguments.clusters {
        if let Some(named) = names.cluster(argument, context)? {
            members.push(member::read(&named, &source, context)?);
            continue;
        }
        if input::is_folder(argument) {
            members.extend(members_in(argument, &source, context)?);
            continue;
        }
        if !argument.contains('=') {
            return Err(Message::new("no such folder").at(argument).hint(HINT).into());
        }
        let refused = |error: String| Message::new(error).at(argument).hint(HINT);
        let option = argument.parse::<ClusterOption>().map_err(refused)?;
        members.push(member::read(&option, &source, context)?);
    }
    member::refuse_unusable(&members, HINT)?;
    Ok(members)
}

/// The folders in a folder that hold what clusters are made of, each a cluster.
fn members_in(
    folder: &str,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Vec<Member>, Failure> {
    let mut members = Vec::new();
    for name in input::subfolders(folder)? {
        let nodes = input::in_folder(folder, &name);
        let option = ClusterOption { name, nodes: vec![nodes.clone()], ..ClusterOption::default() };
        let member = member::read(&option, source, context)?;
        if member::is_cluster(&option.name, &member, &nodes)? {
            members.push(member);
        }
    }
    if members.is_empty() {
        let message = Message::new("no folder in it holds the certificate of a node").at(folder);
        return Err(message.hint(HINT).into());
    }
    Ok(members)
}

/// What was written, and what it says, in a few lines.
fn human(arguments: &Arguments, overview: &Overview<'_>, style: Style) -> String {
    let mut text =
        if overview.count() > MOST_SHOWN { counts(overview) } else { directions(overview, style) };
    // Where it is said who is meant to reach whom, a refusal that is told is not meant.
    let elsewhere: &[_] = if overview.has_expectations() { &[] } else { &[&REFUSED] };
    text += &print::in_brief(overview.report(), elsewhere, style);
    let Summary { errors, warnings, notes } = overview.report().summary();
    let certificates = overview.certificates().len();
    let counted =
        [(certificates, "certificate"), (errors, "error"), (warnings, "warning"), (notes, "note")]
            .map(|(count, noun)| format!("{count} {noun}{}", if count == 1 { "" } else { "s" }));
    let written = arguments.out.as_ref().map(|out| format!(": {out}/index.html"));
    text += &format!("\n{}{}\n", counted.join(", "), written.unwrap_or_default());
    text
}

/// A line for each direction.
fn directions(overview: &Overview<'_>, style: Style) -> String {
    let count = overview.count();
    let mut lines = Vec::new();
    for (from, to) in (0..count).flat_map(|from| (0..count).map(move |to| (from, to))) {
        let word = overview.word(from, to);
        lines.push((
            word,
            printable_line(&format!(
                "{} → {}",
                overview.cluster_name(from),
                overview.cluster_name(to)
            )),
        ));
    }
    let width = lines.iter().map(|(word, _)| word.len()).max().unwrap_or(0).max("accepted".len());
    let line = |(word, pair): (&str, String)| {
        let padded = format!("{word:width$}");
        format!("{}  {pair}\n", style.verdict(word == "accepted", &padded, &padded))
    };
    lines.into_iter().map(line).collect()
}

/// The directions counted.
fn counts(overview: &Overview<'_>) -> String {
    let count = overview.count();
    let own = (0..count).filter(|own| overview.word(*own, *own) == "accepted").count();
    let (accepted, others) = overview.accepted_between();
    format!(
        "{own} of {count} clusters accept all of their own nodes\n{accepted} of {others} directions between clusters are \
         accepted\n"
    )
}

const HINT: &str = "give NAME=FOLDER, or a folder of which each folder is a cluster";
/// What is written into the folder.
const FILES: [&str; 2] = ["index.html", "report.json"];
/// Of so many clusters each direction is printed.
const MOST_SHOWN: usize = 12;
/// So many pairs of node and cluster are listed.
const MOST_PAIRS: usize = 250_000;
