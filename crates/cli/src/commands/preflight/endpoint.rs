//! `crosstrust preflight endpoint`.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use clap::Args;
use crosstrust_keystore::PrivateKey;
use crosstrust_preflight::endpoint::{
    ClientIdentity, EndpointPlan, EndpointVerdict, can_present, check_endpoint, check_own_settings,
};
use crosstrust_preflight::{KeyContainer, Node, SecurityModel, Settings, TrustList};
use crosstrust_report::Report;
use crosstrust_x509::Certificate;

use super::endpoint_view::{Document, human};
use super::options::{CommonOptions, JudgeOptions};
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::material::keys;
use crate::material::node_keys::NodeKeys;
use crate::material::sources;
use crate::network::{Address, TcpNetwork};
use crate::outcome::Outcome;
use crate::progress::Progress;
use crate::url::Endpoint;

/// Look at live endpoints: what they present, what they ask for, and whether they accept us
///
/// Our own side judges. Read-only: nothing is sent but TLS handshakes, and with --transport-probe the first message of
/// the transport protocol. What is presented is judged as `preflight node` judges files. No
/// endpoint takes longer than 15 seconds; many are looked at in parallel.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Endpoints, such as node1.example.com:9300, or URLs; an IPv6 address is in brackets; without a port it is 9300, with
    /// --model api-key 9443
    #[arg(required_unless_present = "from", value_name = "HOST:PORT")]
    endpoints: Vec<Endpoint>,
    /// File of endpoints, one a line, or - for standard input
    #[arg(long, value_name = "FILE")]
    from: Option<String>,
    /// CA certificates that our own side trusts: files or quoted globs, up to the next option; without any, what is
    /// presented is shown and not judged
    #[arg(long, value_name = "CA", num_args = 1..)]
    trust: Vec<String>,
    /// Certificate that our own side presents: PEM with its chain, or a key store
    #[arg(long, value_name = "CERT")]
    cert: Option<String>,
    /// Private key of that certificate, where it is in a file of its own
    #[arg(long, value_name = "KEY", requires = "cert")]
    key: Option<String>,
    /// Security model of the connection: tls (certificates) or api-key (port 9443)
    #[arg(long, value_name = "MODEL", default_value = "tls")]
    model: SecurityModel,
    /// Certificate that the endpoint should present, from its file
    #[arg(long, value_name = "CERT")]
    expect_cert: Option<String>,
    /// Connect so many times and compare what is presented
    #[arg(long, value_name = "N", default_value_t = 1)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=100))]
    repeat: u32,
    /// Send the transport protocol's handshake and show the version that answers
    #[arg(long)]
    transport_probe: bool,
    /// Wait at most so many seconds for a connection or an answer
    #[arg(long, value_name = "SECONDS", default_value_t = 5)]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=10))]
    timeout: u64,
    #[command(flatten)]
    judge: JudgeOptions,
    #[command(flatten)]
    common: CommonOptions,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let addresses = addresses(arguments, context)?;
    let template = template(arguments, context)?;
    let plans: Vec<EndpointPlan> = addresses.iter().map(|one| plan(&template, one)).collect();
    let verdicts = check_all(&plans, Duration::from_secs(arguments.timeout));
    let mut report: Report = check_own_settings(&template);
    for verdict in &verdicts {
        report.append(verdict.report.clone());
    }
    let people = |layout| human(&verdicts, &report, layout);
    let document = || Document::new(&verdicts, &report);
    context.print(&arguments.common.output.render(&report, context, people, document))?;
    let well = verdicts.iter().all(EndpointVerdict::ok);
    Ok(arguments.common.output.outcome_of(&report, well))
}

/// The endpoints of the command line and of the file, each once.
fn addresses(arguments: &Arguments, context: &mut Context) -> Result<Vec<Address>, Failure> {
    let port = usual_port(arguments.model);
    let mut addresses: Vec<Address> = arguments.endpoints.iter().map(|one| one.at(port)).collect();
    if let Some(path) = &arguments.from {
        for (number, line) in (1..).zip(context.read_text(path)?.lines()) {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let refused = |error: String| Message::new(error).at(format!("{path}:{number}"));
            addresses.push(line.parse::<Endpoint>().map_err(refused)?.at(port));
        }
    }
    let mut unique = Vec::new();
    for address in addresses {
        if !unique.contains(&address) {
            unique.push(address);
        }
    }
    match unique.len() {
        0 => Err(Message::new("no endpoint is named there").into()),
        count if count > MOST_ENDPOINTS => {
            let message = format!("{count} endpoints, and at most {MOST_ENDPOINTS} are looked at");
            Err(Message::new(message).into())
        }
        _ => Ok(unique),
    }
}

/// What is the same for all endpoints.
fn template(arguments: &Arguments, context: &mut Context) -> Result<EndpointPlan, Failure> {
    let settings = match arguments.trust.as_slice() {
        [] => Settings::new(TrustList::default().with_doubt(NO_TRUST)),
        trust => arguments.judge.settings(trust, &arguments.common, context)?,
    };
    let mut plan = EndpointPlan::new("", 0, settings, arguments.common.at.now());
    plan.model = arguments.model;
    plan.only_looks = arguments.trust.is_empty();
    plan.server_name.clone_from(&arguments.judge.server_name);
    plan.connections = arguments.repeat;
    plan.transport_probe = arguments.transport_probe;
    plan.warn_days = arguments.judge.warning.warn_days;
    if let Some(path) = &arguments.cert {
        let (certificates, key, node) = identity(arguments, path, context)?;
        plan.own = Some(node);
        if can_present(&plan) {
            let identity = ClientIdentity::new(certificates, &key);
            plan.identity = Some(identity.map_err(|error| Message::new(error).at(path))?);
        }
    }
    if let Some(path) = &arguments.expect_cert {
        let (certificates, _, _) = presented(arguments, path, context)?;
        plan.expected = certificates.into_iter().next();
    }
    Ok(plan)
}

fn plan(template: &EndpointPlan, address: &Address) -> EndpointPlan {
    let mut plan = template.clone();
    plan.host.clone_from(&address.host);
    plan.port = address.port;
    plan
}

/// What our own side presents: the certificates, the key, and the node that they make.
fn identity(
    arguments: &Arguments,
    path: &str,
    context: &mut Context,
) -> Result<(Vec<Certificate>, PrivateKey, Node), Failure> {
    let (certificates, beside, node) = presented(arguments, path, context)?;
    let Some(file) = &arguments.key else {
        let Some(key) = beside else {
            let message = "no private key that could be read is beside the certificate";
            return Err(Message::new(message).at(path).hint("name its file with --key").into());
        };
        return Ok((certificates, key, node));
    };
    let source = arguments.common.password.source();
    let (key, found) = keys::read_node_key(file, &source, context)?;
    let node = node.with_key(&key, KeyContainer::Pem).with_obstacles(file, found);
    Ok((certificates, key, node))
}

/// What the one node of a file presents, with its key where that is in the file.
fn presented(
    arguments: &Arguments,
    path: &str,
    context: &mut Context,
) -> Result<(Vec<Certificate>, Option<PrivateKey>, Node), Failure> {
    let opened =
        sources::open_files(&[path.to_owned()], &arguments.common.password.source(), context)?;
    let nodes = sources::nodes_of(&opened, &[path.to_owned()], context)?;
    match <[_; 1]>::try_from(nodes) {
        Ok([node]) => {
            let key = node.key.and_then(|key| key.open().cloned());
            Ok((node.chain.clone(), key, NodeKeys::of(&opened).with_key(node)))
        }
        Err(nodes) => {
            let message = format!("holds {} certificates of nodes, not one", nodes.len());
            Err(Message::new(message).at(path).into())
        }
    }
}

/// Checks endpoints side by side, most of which only wait.
fn check_all(plans: &[EndpointPlan], step: Duration) -> Vec<EndpointVerdict> {
    let progress = Progress::new("endpoints", plans.len());
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let work = || {
        while let Some((index, plan)) = take(plans, &next) {
            let address = Address { host: plan.host.clone(), port: plan.port };
            let verdict = check_endpoint(plan, &TcpNetwork::new(&address, step));
            done.lock().unwrap_or_else(PoisonError::into_inner).push((index, verdict));
            progress.tick();
        }
    };
    let workers = WORKERS.min(plans.len());
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(work);
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, verdict)| verdict).collect()
}

fn take<'a>(plans: &'a [EndpointPlan], next: &AtomicUsize) -> Option<(usize, &'a EndpointPlan)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    plans.get(index).map(|plan| (index, plan))
}

/// The port of an endpoint that is written without one.
fn usual_port(model: SecurityModel) -> u16 {
    match model {
        SecurityModel::ApiKey => 9443,
        _ => 9300,
    }
}

const NO_TRUST: &str = "no CA is named that would judge it: --trust names one";
const WORKERS: usize = 32;
const MOST_ENDPOINTS: usize = 10_000;
