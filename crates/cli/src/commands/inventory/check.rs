//! `crosstrust inventory check`.

use clap::Args;
use crosstrust_overview::Member;
use crosstrust_preflight::Expectation;
use crosstrust_report::print::{Layout, fitted};
use serde::Serialize;

use crate::context::Context;
use crate::failure::Failure;
use crate::json::json;
use crate::material::inventory::Names;
use crate::material::member;
use crate::options::cluster::ClusterOption;
use crate::options::inventory::InventoryOption;
use crate::options::{Format, FormatOption};
use crate::outcome::Outcome;
use crate::password::{InputPassword, Source};
use crate::table::{Cell, Column, Table};

/// Read the inventory and every file that it names, and say what each cluster has
///
/// The exit status is 1 if a cluster does not read: `report` says then what is wrong with its files.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    inventory: InventoryOption,
    #[command(flatten)]
    password: InputPassword,
    #[command(flatten)]
    format: FormatOption,
}

/// What was found of a cluster.
#[derive(Serialize)]
struct Checked {
    name: String,
    ok: bool,
    nodes: usize,
    authorities: usize,
    restrictions: Option<String>,
    /// Whom it is meant to accept; null where the inventory does not say.
    expect: Option<Expected>,
    /// What does not read, and which nodes do not start.
    problems: Vec<String>,
}

#[derive(Serialize)]
struct Expected {
    accepts: Vec<String>,
    nobody_else: bool,
}

impl Expected {
    fn of(expect: &Expectation) -> Self {
        Self { accepts: expect.accepts.clone(), nobody_else: expect.nobody_else }
    }

    fn text(&self) -> String {
        let nobody_else = self.nobody_else.then(|| "nobody else".to_owned());
        let names = self.accepts.iter().cloned().chain(nobody_else);
        names.collect::<Vec<_>>().join(", ")
    }
}

#[derive(Serialize)]
struct Document<'a> {
    inventory: &'a str,
    clusters: &'a [Checked],
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let names = Names::of(&arguments.inventory);
    let found = names.required(context)?;
    let source = arguments.password.source();
    let options = found.clusters();
    let checked = options.iter().map(|option| checked(option, &source, context));
    let clusters = checked.collect::<Result<Vec<_>, _>>()?;
    let text = match arguments.format.format {
        Format::Json => json(&Document { inventory: &found.path, clusters: &clusters }),
        Format::Human => {
            let layout = context.layout(false);
            fitted(&human(&found.path, &clusters, layout), layout.columns)
        }
    };
    context.print(&text)?;
    Ok(Outcome::clean_if(clusters.iter().all(|one| one.ok)))
}

fn checked(
    option: &ClusterOption,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Checked, Failure> {
    let Member { cluster, expects, problems } = member::read(option, source, context)?;
    let told = problems.findings().iter().map(|one| {
        let path = one.path().unwrap_or(&option.name);
        format!("{path}: {}", one.message())
    });
    let stopped = cluster.nodes.iter().filter_map(|node| {
        let reason = node.start().reason()?;
        Some(format!("{}: {reason}", node.path()))
    });
    let problems: Vec<String> = told.chain(stopped).collect();
    Ok(Checked {
        name: option.name.clone(),
        ok: problems.is_empty(),
        nodes: cluster.nodes.len(),
        authorities: cluster.settings.trust.len(),
        restrictions: cluster.settings.restrictions.map(|file| file.path),
        expect: expects.as_ref().map(Expected::of),
        problems,
    })
}

fn human(path: &str, clusters: &[Checked], layout: Layout) -> String {
    let mut table = Table::new([
        ("cluster", Column::Word),
        ("nodes", Column::Number),
        ("CAs", Column::Number),
        ("restrictions", Column::Path),
        ("is meant to accept", Column::Text),
    ]);
    for one in clusters {
        let accepts = one.expect.as_ref().map_or_else(|| "-".to_owned(), Expected::text);
        let number = |count: usize| Cell::new(&count.to_string());
        let restrictions = one.restrictions.as_deref().unwrap_or("-");
        let cells = [number(one.nodes), number(one.authorities), Cell::new(restrictions)];
        let last = Cell::new(&accepts);
        table.row([Cell::new(&one.name)].into_iter().chain(cells).chain([last]));
    }
    let mut text = table.render(layout.style, layout.columns);
    for one in clusters {
        if !one.problems.is_empty() {
            text += &format!("\n{}:\n", one.name);
            text.extend(one.problems.iter().map(|problem| format!("  {problem}\n")));
        }
    }
    let whole = clusters.iter().filter(|one| one.ok).count();
    text + &format!("\n{path}: {whole} of {} clusters read\n", clusters.len())
}
