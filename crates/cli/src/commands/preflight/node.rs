//! `crosstrust preflight node`.

use clap::Args;
use crosstrust_preflight::{
    Cluster, KeyContainer, Node, NodeVerdict, Policy, Role, Verdict, Verdicts, check_nodes,
};
use crosstrust_report::print::{self, Layout};
use crosstrust_report::{Report, listed, short_names};
use serde::Serialize;

use super::configured;
use super::node_options::NodeOptions;
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::input;
use crate::material::inventory::Names;
use crate::material::node_keys::NodeKeys;
use crate::material::{cluster, keys, sources};
use crate::options::cluster::ClusterOption;
use crate::outcome::Outcome;
use crate::table::{Cell, Column, Table};

/// Check node certificates as Elasticsearch's own trust manager and restrictions would
///
/// The other side judges. A node is accepted only in both roles, as client and as server. A PEM
/// file is one node, its first certificate the leaf; a key store is one node for each key. With
/// --config, a node is what its elasticsearch.yml says, and its own cluster judges unless --trust
/// names another.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Certificates or key stores of nodes: files, folders, quoted globs, ZIP archives, -, or names of the
    /// inventory
    #[arg(required_unless_present = "config", value_name = "CERTS")]
    certificates: Vec<String>,
    #[command(flatten)]
    options: NodeOptions,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let verdicts = verdicts(arguments, context)?;
    let human = |layout| human(&verdicts, layout);
    let document = || Document::new(&verdicts);
    let output = arguments.options.common.output;
    let text = output.render(&verdicts.report, context, human, document);
    context.print(&text)?;
    let accepted = verdicts.nodes.iter().all(NodeVerdict::ok);
    Ok(output.outcome_of(&verdicts.report, accepted))
}

/// The verdicts on clusters of the inventory and on files: by the other side where one is named, else by the
/// nodes' own cluster.
fn verdicts(arguments: &Arguments, context: &mut Context) -> Result<Verdicts, Failure> {
    let options = &arguments.options;
    if !options.config.is_empty() {
        return configured::check(options, &options.config, options.asked(None), context);
    }
    if options.roots.is_given() {
        let message = "--config-root is of no use without --config";
        return Err(Message::new(message)
            .hint("name the node's elasticsearch.yml with --config")
            .into());
    }
    let names = Names::of(&options.inventory);
    let (mut files, mut clusters) = (Vec::new(), Vec::new());
    for argument in &arguments.certificates {
        match names.cluster(argument, context)? {
            Some(cluster) => clusters.push(cluster),
            None => files.push(argument.clone()),
        }
    }
    let judge = match options.trust.as_slice() {
        [] => None,
        _ => Some(options.policy(context)?),
    };
    let mut all = Verdicts::default();
    for cluster in &clusters {
        all.append(of_cluster(cluster, judge.as_ref(), options, context)?);
    }
    if files.is_empty() {
        return Ok(all);
    }
    let Some(judge) = judge else {
        let message = "nobody is named who judges: --trust is missing";
        let hint = "name the CA certificates of the other side with --trust, or a settings file with --config";
        return Err(Message::new(message).at(files.join(", ")).hint(hint).into());
    };
    all.append(check_nodes(&nodes(options, &files, context)?, &judge));
    Ok(all)
}

/// The verdicts on the nodes of a cluster: as their settings have them, where these are known.
fn of_cluster(
    cluster: &ClusterOption,
    judge: Option<&Policy>,
    options: &NodeOptions,
    context: &mut Context,
) -> Result<Verdicts, Failure> {
    if options.key.is_some() {
        let message = Message::new("--key is for a node in a file").at(&cluster.name);
        return Err(message.hint("name the key with `key` of the cluster in the inventory").into());
    }
    if !cluster.elasticsearch_yml.is_empty() {
        let asked = options.asked(Some(cluster));
        let files = input::expand_all(&cluster.elasticsearch_yml)?;
        return configured::check(options, &files, asked, context);
    }
    let source = options.common.password.source();
    let mut all = Verdicts::default();
    for read in cluster::read_all(std::slice::from_ref(cluster), &source, context)? {
        let Cluster { nodes, settings, .. } = read;
        let nodes: Vec<Node> = nodes.into_iter().map(|node| options.with_hosts(node)).collect();
        let policy = match judge {
            Some(judge) => judge.clone(),
            None => options.own_policy(settings, context)?,
        };
        all.append(check_nodes(&nodes, &policy));
    }
    Ok(all)
}

/// The nodes of files, each with its key where there is one.
fn nodes(
    options: &NodeOptions,
    files: &[String],
    context: &mut Context,
) -> Result<Vec<Node>, Failure> {
    let source = options.common.password.source();
    let opened = sources::open_of_transport(files, &source, context)?;
    let presented = sources::nodes_of(&opened, files, context)?;
    let keys = NodeKeys::of(&opened);
    let mut nodes: Vec<Node> = presented.into_iter().map(|one| keys.with_key(one)).collect();
    if let Some(path) = &options.key {
        let (key, obstacles) = keys::read_node_key(path, &source, context)?;
        if nodes.len() != 1 {
            let message = format!("--key belongs to one node, and there are {}", nodes.len());
            return Err(Message::new(message).hint("check the nodes one by one").into());
        }
        let with_key = |node: Node| {
            node.with_key(&key, KeyContainer::Pem).with_obstacles(path, obstacles.clone())
        };
        nodes = nodes.into_iter().map(with_key).collect();
    }
    Ok(nodes.into_iter().map(|node| options.with_hosts(node)).collect())
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    report: &'a Report,
    nodes: Vec<Listed<'a>>,
}

#[derive(Serialize)]
struct Listed<'a> {
    path: &'a str,
    ok: bool,
    /// Null where it does not act as one.
    as_client: Option<bool>,
    as_server: Option<bool>,
    /// In all of its roles.
    verdict: &'static str,
    client_verdict: Option<&'static str>,
    server_verdict: Option<&'static str>,
    names: Vec<&'a str>,
    days_left: Option<i64>,
}

impl<'a> Document<'a> {
    fn new(verdicts: &'a Verdicts) -> Self {
        let nodes = verdicts.nodes.iter().map(|node| Listed {
            path: &node.path,
            ok: node.ok(),
            as_client: verdict(node, Role::Client).map(Verdict::is_accepted),
            as_server: verdict(node, Role::Server).map(Verdict::is_accepted),
            verdict: node.verdict().key(),
            client_verdict: verdict(node, Role::Client).map(Verdict::key),
            server_verdict: verdict(node, Role::Server).map(Verdict::key),
            names: node.names.iter().map(|name| name.value.as_str()).collect(),
            days_left: node.days_left,
        });
        Self { report: &verdicts.report, nodes: nodes.collect() }
    }
}

/// What becomes of a node in a role that it has.
fn verdict(node: &NodeVerdict, role: Role) -> Option<&Verdict> {
    node.roles.contains(&role).then(|| node.role(role))
}

/// A table of the nodes, then the findings.
fn human(verdicts: &Verdicts, layout: Layout) -> String {
    let mut out = match verdicts.nodes.len() {
        0 => String::new(),
        count => {
            let rows = if layout.verbose || count <= MOST_ROWS {
                verdicts.nodes.iter().map(row).collect()
            } else {
                gathered(&verdicts.nodes)
            };
            table(rows).render(layout.style, layout.columns)
        }
    };
    let findings = print::human(&verdicts.report, layout);
    if !findings.is_empty() && !out.is_empty() {
        out.push('\n');
    }
    out + &findings
}

/// The cells of a row.
type Row = [Cell; 5];

fn table(rows: Vec<Row>) -> Table {
    let mut table = Table::new([
        ("node", Column::Path),
        ("client", Column::Word),
        ("server", Column::Word),
        ("days left", Column::Number),
        ("names", Column::Text),
    ]);
    for row in rows {
        table.row(row);
    }
    table
}

/// A node in a row of its own.
fn row(node: &NodeVerdict) -> Row {
    let [client, server] = roles(node);
    let names: Vec<&str> = node.names.iter().map(|name| name.value.as_str()).collect();
    let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    [Cell::new(&node.path), client, server, days(node.days_left), Cell::new(&names)]
}

/// Many nodes: those with the same verdicts in one row, with the days of the first that expires.
fn gathered(nodes: &[NodeVerdict]) -> Vec<Row> {
    let short = short_names(nodes.iter().map(|node| node.path.as_str()));
    let mut kinds: Vec<Vec<&NodeVerdict>> = Vec::new();
    for node in nodes {
        let alike = |kind: &&mut Vec<&NodeVerdict>| {
            kind.first().is_some_and(|first| roles(first) == roles(node))
        };
        match kinds.iter_mut().find(alike) {
            Some(kind) => kind.push(node),
            None => kinds.push(vec![node]),
        }
    }
    let several = |kind: &[&NodeVerdict], first: &NodeVerdict| {
        let name =
            |node: &&NodeVerdict| short.get(node.path.as_str()).unwrap_or(&node.path).clone();
        let called = listed(&kind.iter().map(name).collect::<Vec<_>>(), false);
        let [client, server] = roles(first);
        let soonest = kind.iter().filter_map(|node| node.days_left).min();
        let names = match kind.iter().map(|node| node.names.len()).sum::<usize>() {
            0 => "none".to_owned(),
            1 => "1 name".to_owned(),
            count => format!("{count} names"),
        };
        let nodes = Cell::new(&format!("{} nodes: {called}", kind.len()));
        [nodes, client, server, days(soonest), Cell::new(&names)]
    };
    let row = |kind: &Vec<&NodeVerdict>| match kind.as_slice() {
        [] => None,
        [one] => Some(row(one)),
        [first, ..] => Some(several(kind, first)),
    };
    kinds.iter().filter_map(row).collect()
}

/// The verdicts on a node as client and as server.
fn roles(node: &NodeVerdict) -> [Cell; 2] {
    let all = node.verdict();
    let by_all = |role| verdict(node, role).map(|_| node.in_all(role));
    [Role::Client, Role::Server].map(|role| match by_all(role) {
        Some(verdict) => Cell::verdict(verdict.is_accepted(), verdict.word()),
        None if node.roles.is_empty() && all.refusal().is_some() => {
            Cell::verdict(false, all.word())
        }
        None => Cell::new("-"),
    })
}

fn days(left: Option<i64>) -> Cell {
    Cell::new(&left.map_or_else(|| "-".to_owned(), |days| days.to_string()))
}

/// So many nodes have a row of their own.
const MOST_ROWS: usize = 10;
