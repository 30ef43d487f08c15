//! `crosstrust preflight node`.

use clap::Args;
use crosstrust_keystore::StoredKey;
use crosstrust_preflight::{
    KeyContainer, Node, NodeVerdict, Policy, Settings, Verdicts, VerificationMode, check_nodes,
};
use crosstrust_report::Report;
use crosstrust_report::print::{self, Style};
use serde::Serialize;

use super::options::{self, ReportFormat};
use crate::arguments::AtOption;
use crate::commands::restrictions::FieldsOption;
use crate::commands::sources::Presented;
use crate::context::{Context, now};
use crate::failure::{Failure, Message};
use crate::outcome::Outcome;
use crate::password::{InputPassword, Options};

/// Check node certificates as Elasticsearch's own trust manager and restrictions would
///
/// A node is accepted only in both roles, as client and as server. A PEM file is one node, its
/// first certificate the leaf; a key store is one node for each key.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Certificates or key stores of nodes: files, quoted globs, or -
    #[arg(required = true, value_name = "CERTS")]
    certificates: Vec<String>,
    /// CA certificates that the other side trusts: files or quoted globs, up to the next option
    #[arg(long, required = true, value_name = "CA", num_args = 1..)]
    trust: Vec<String>,
    /// Restrictions file of the other side
    #[arg(long, value_name = "FILE")]
    restrictions: Option<String>,
    /// Private key of the node, where it is in a file of its own
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// Host name or address under which others connect to the node
    #[arg(long, value_name = "HOST")]
    hostname: Vec<String>,
    /// Name that a connection through a proxy asks for (SNI)
    #[arg(long, value_name = "NAME")]
    server_name: Option<String>,
    /// Verification mode of the other side: full, certificate or none
    #[arg(long, value_name = "MODE", default_value = "full")]
    mode: VerificationMode,
    /// Warn of certificates that expire within this many days
    #[arg(long, value_name = "N", default_value_t = 30)]
    warn_days: u32,
    #[command(flatten)]
    fields: FieldsOption,
    #[command(flatten)]
    at: AtOption,
    #[command(flatten)]
    password: InputPassword,
    /// In what form results are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: ReportFormat,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let policy = policy(arguments, context)?;
    let nodes = nodes(arguments, context)?;
    let verdicts = check_nodes(&nodes, &policy);
    let human = |style| human(&verdicts, style);
    let document = || Document::new(&verdicts);
    let text = arguments.format.render(&verdicts.report, context.style(), human, document);
    context.print(&text)?;
    let accepted = verdicts.nodes.iter().all(NodeVerdict::ok);
    Ok(Outcome::clean_if(accepted && !verdicts.report.has_errors()))
}

/// What the other side accepts.
fn policy(arguments: &Arguments, context: &mut Context) -> Result<Policy, Failure> {
    let source = arguments.password.source();
    let trust = options::trust_list(&arguments.trust, &source, context)?;
    let mut settings = Settings::new(trust);
    settings.mode = arguments.mode;
    settings.fields = arguments.fields.fields()?;
    if let Some(path) = &arguments.restrictions {
        settings.restrictions = Some(options::restrictions(path, context)?);
    }
    let mut policy = Policy::new(settings, arguments.at.at.unwrap_or_else(now));
    policy.server_name.clone_from(&arguments.server_name);
    policy.warn_days = arguments.warn_days;
    Ok(policy)
}

/// The nodes, each with its key where there is one.
fn nodes(arguments: &Arguments, context: &mut Context) -> Result<Vec<Node>, Failure> {
    let source = arguments.password.source();
    let opened = context.open_all(&arguments.certificates, &source)?;
    let mut nodes = Vec::new();
    for file in &opened {
        nodes.extend(file.nodes()?.into_iter().map(with_own_key));
    }
    if let Some(path) = &arguments.key {
        let key = context.read_key(path, &source)?;
        if nodes.len() != 1 {
            let message = format!("--key belongs to one node, and there are {}", nodes.len());
            return Err(Message::new(message).hint("check the nodes one by one").into());
        }
        nodes = nodes.into_iter().map(|node| node.with_key(&key, KeyContainer::Pem)).collect();
    }
    let with_hosts =
        |node| arguments.hostname.iter().fold(node, |node: Node, host| node.with_host(host));
    Ok(nodes.into_iter().map(with_hosts).collect())
}

/// A node with what is known of the key beside it.
pub(super) fn with_own_key(presented: Presented<'_>) -> Node {
    let Presented { label, chain, key, in_key_store } = presented;
    let container = if in_key_store { KeyContainer::Pkcs12 } else { KeyContainer::Pem };
    let node = Node::new(label, chain);
    match key {
        Some(StoredKey::Open(key)) => node.with_key(key, container),
        Some(StoredKey::Locked(_)) => node.with_locked_key(),
        None => node,
    }
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
    as_client: bool,
    as_server: bool,
    names: Vec<&'a str>,
    days_left: Option<i64>,
}

impl<'a> Document<'a> {
    fn new(verdicts: &'a Verdicts) -> Self {
        let nodes = verdicts.nodes.iter().map(|node| Listed {
            path: &node.path,
            ok: node.ok(),
            as_client: node.as_client.is_ok(),
            as_server: node.as_server.is_ok(),
            names: node.names.iter().map(|name| name.value.as_str()).collect(),
            days_left: node.days_left,
        });
        Self { report: &verdicts.report, nodes: nodes.collect() }
    }
}

/// A table of the nodes, then the findings.
fn human(verdicts: &Verdicts, style: Style) -> String {
    let width = verdicts.nodes.iter().map(|node| node.path.chars().count()).max().unwrap_or(0);
    let mut out =
        format!("{:width$}  {:8}  {:8}  {:>9}  names\n", "node", "client", "server", "days left");
    for node in &verdicts.nodes {
        let role = |accepted: bool| style.verdict(accepted, "accepted", "refused ");
        let days = node.days_left.map_or_else(|| "-".to_owned(), |days| days.to_string());
        let names: Vec<&str> = node.names.iter().map(|name| name.value.as_str()).collect();
        let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        let (client, server) = (role(node.as_client.is_ok()), role(node.as_server.is_ok()));
        out += &format!("{:width$}  {client}  {server}  {days:>9}  {names}\n", node.path);
    }
    let findings = print::human(&verdicts.report, style);
    if !findings.is_empty() {
        out.push('\n');
        out.push_str(&findings);
    }
    out
}
