//! `crosstrust preflight matrix`.

use clap::Args;
use crosstrust_overview::{Member, Overview};
use crosstrust_preflight::{
    Acceptance, Matrix, NOT_JUDGED, REFUSED, RefusalGroup, expected_matrix, matrix_picture,
    refusal_numbers,
};
use crosstrust_report::Report;
use crosstrust_report::print::{self, Layout, printable};
use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use super::options::CommonOptions;
use crate::context::Context;
use crate::failure::{Failure, Message, printable_line};
use crate::material::inventory::Names;
use crate::material::member;
use crate::options::OverwriteOption;
use crate::options::cluster::ClusterArgument;
use crate::options::inventory::InventoryOption;
use crate::outcome::Outcome;
use crate::output::{self, Overwrite};
use crate::table::{Cell, Column, Table};

/// Show who would accept whom among clusters: node by node, in both directions
///
/// Each cluster is the certificates of its nodes and what it accepts. Without ca= it trusts the
/// CAs found beside its nodes, and without restrictions= the restrictions file in their folder, if there
/// is one. Every node is judged by every cluster, its own included, as client
/// and as server. What cannot be read is a finding, and the rest is judged. Where the inventory says who is meant
/// to reach whom, an intended refusal is no finding, and an unintended acceptance is one.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// A cluster: its name, the folder or glob of its nodes, and its settings; or its name in the
    /// inventory
    ///
    /// Without any, all clusters of the inventory. After the nodes may follow ca=FILE and fields=FIELD, each several times, restrictions=FILE,
    /// mode=full|certificate|none, and for a single node key=FILE.
    #[arg(long = "cluster", value_name = "NAME=NODES[,ca=FILE][,restrictions=FILE]…")]
    clusters: Vec<ClusterArgument>,
    #[command(flatten)]
    inventory: InventoryOption,
    /// Draw the clusters and who accepts whom into an SVG file; - is standard output
    #[arg(long, value_name = "FILE")]
    svg: Option<String>,
    /// Write the matrix as an HTML page; - is standard output
    #[arg(long, value_name = "FILE")]
    html: Option<String>,
    #[command(flatten)]
    overwrite: OverwriteOption,
    #[command(flatten)]
    common: CommonOptions,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let Arguments { svg, html, .. } = arguments;
    let targets = [("--svg", svg.as_ref()), ("--html", html.as_ref())];
    let drawn = arguments.common.output.takes_standard_output(&targets)?;
    let source = arguments.common.password.source();
    let names = Names::of(&arguments.inventory);
    let options = match arguments.clusters.as_slice() {
        [] => names.required(context)?.clusters(),
        given => names.clusters(given, context)?,
    };
    let read = |option| member::read(option, &source, context);
    let members = options.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    member::refuse_unusable(&members, HINT)?;
    refuse_many(&members)?;
    let now = arguments.common.at.now();
    let expected = members.iter().map(|member| member.expects.clone()).collect::<Vec<_>>();
    let clusters = members.iter().map(|member| &member.cluster);
    let matrix = expected_matrix(clusters, &expected, now);
    write_pictures(arguments, &matrix, &members, context)?;
    let mut report = matrix.report();
    for member in &members {
        report.append(member.problems.clone());
    }
    let document = || Document::new(&matrix, &report);
    let human = |layout| if drawn { String::new() } else { human(&matrix, &report, layout) };
    context.print(&arguments.common.output.render(&report, context, human, document))?;
    Ok(arguments.common.output.outcome(&report))
}

/// Each pair of node and cluster has a cell and a verdict in words, which thousands of clusters have too many of.
fn refuse_many(members: &[Member]) -> Result<(), Failure> {
    let nodes: usize = members.iter().map(|member| member.cluster.nodes.len()).sum();
    let pairs = nodes.saturating_mul(members.len());
    if pairs <= MOST_PAIRS {
        return Ok(());
    }
    let message = format!("{pairs} pairs of node and cluster, and at most {MOST_PAIRS} are shown");
    Err(Message::new(message).hint("`crosstrust report` counts them, class by class").into())
}

const HINT: &str = "name the folder or glob of what its nodes present";
/// So many pairs of node and cluster are shown.
const MOST_PAIRS: usize = 1_000_000;

fn write_pictures(
    arguments: &Arguments,
    matrix: &Matrix,
    members: &[Member],
    context: &mut Context,
) -> Result<(), Failure> {
    let Arguments { svg, html, overwrite, .. } = arguments;
    let targets = [("--svg", svg), ("--html", html)]
        .map(|(option, path)| (Overwrite::of(option, overwrite.force), path.as_ref()));
    for (overwrite, path) in targets {
        if let Some(path) = output::named(path) {
            output::refuse_existing(std::path::Path::new(path), overwrite)?;
        }
    }
    let [(over_svg, svg), (over_html, html)] = targets;
    if let Some(path) = svg {
        // The drawing says nothing of what expires.
        let graph = Overview::new(members, arguments.common.at.now(), 0).graph();
        output::text(path, &graph, over_svg, context)?;
    }
    if let Some(path) = html {
        output::text(path, &matrix_picture::html(matrix), over_html, context)?;
    }
    Ok(())
}

/// A table of nodes and judges.
fn table(matrix: &Matrix, groups: &[RefusalGroup]) -> Table {
    let names = || matrix.clusters.iter().map(|cluster| cluster.name.as_str());
    let judges = names().map(|name| (name, Column::Word));
    let columns = [("cluster", Column::Word), ("node", Column::Path)];
    let mut table = Table::new(columns.into_iter().chain(judges));
    let numbers = refusal_numbers(groups);
    let mut verdicts = matrix.verdicts.iter();
    for cluster in &matrix.clusters {
        for (path, _) in &cluster.nodes {
            let cells = verdicts.by_ref().take(matrix.clusters.len()).map(|verdict| {
                let Some(rule) = verdict.verdict().rule() else {
                    return Cell::verdict(true, "accepted");
                };
                let key = (verdict.from.cluster, verdict.to, rule.code);
                let number = numbers.get(&key).copied().unwrap_or(0);
                Cell::verdict(false, &format!("{} {number}", verdict.verdict().word()))
            });
            table.row([Cell::new(&cluster.name), Cell::new(path)].into_iter().chain(cells));
        }
    }
    table
}

/// The table, then the reasons, then what else is wrong.
fn human(matrix: &Matrix, report: &Report, layout: Layout) -> String {
    let groups = matrix.refusals();
    let mut out = table(matrix, &groups).render(layout.style, layout.columns);
    for (number, group) in (1..).zip(&groups) {
        let name = |index: usize| matrix.clusters.get(index).map_or("", |c| c.name.as_str());
        let plural = if group.nodes == 1 { "node" } else { "nodes" };
        let (from, to) = (name(group.from), name(group.to));
        let head = format!("{from} → {to}: {} {plural} {}", group.nodes, group.word);
        let head = printable_line(&head);
        let head = layout.style.strong(&format!("{number}  {head}"));
        out += &format!(
            "\n{head} ({})\n   {}\n   = help: {}\n",
            group.rule.code,
            printable(&group.reason),
            group.help
        );
    }
    out + &print::in_brief(report, &[&REFUSED, NOT_JUDGED], layout.style)
}

#[derive(Serialize)]
struct Document<'a> {
    clusters: Vec<ListedCluster<'a>>,
    accepts: Acceptances<'a>,
    #[serde(flatten)]
    report: &'a Report,
}

#[derive(Serialize)]
struct ListedCluster<'a> {
    name: &'a str,
    nodes: Vec<ListedNode<'a>>,
}

#[derive(Serialize)]
struct ListedNode<'a> {
    path: &'a str,
    names: Vec<&'a str>,
}

#[derive(Serialize)]
struct ListedAcceptance {
    from: String,
    to: String,
    accepted: bool,
    verdict: &'static str,
    reason: Option<String>,
}

/// Written row by row: there are as many as the square of the nodes.
struct Acceptances<'a>(&'a Matrix);

impl<'a> Document<'a> {
    fn new(matrix: &'a Matrix, report: &'a Report) -> Self {
        let clusters = matrix.clusters.iter().map(|cluster| ListedCluster {
            name: &cluster.name,
            nodes: cluster
                .nodes
                .iter()
                .map(|(path, names)| ListedNode {
                    path,
                    names: names.iter().map(|name| name.value.as_str()).collect(),
                })
                .collect(),
        });
        Self { clusters: clusters.collect(), accepts: Acceptances(matrix), report }
    }
}

impl Serialize for Acceptances<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut rows = serializer.serialize_seq(None)?;
        for Acceptance { from, to, verdict } in self.0.acceptances() {
            rows.serialize_element(&ListedAcceptance {
                from: self.0.label(from),
                to: self.0.label(to),
                accepted: verdict.is_accepted(),
                verdict: verdict.key(),
                reason: verdict.reason(),
            })?;
        }
        rows.end()
    }
}
