//! `crosstrust preflight node --config`: nodes as their settings files have them.

use crosstrust_preflight::SecurityModel;
use crosstrust_preflight::node_settings::{ContextKind, TlsContext};
use crosstrust_preflight::{
    Policy, Role, Settings, TrustList, Verdicts, VerificationMode, check_nodes, check_presented,
    check_together,
};

use super::configured_files::Reader;
use super::node_options::NodeOptions;
use crate::context::Context;
use crate::failure::Failure;

/// Checks the nodes of the settings files: the settings, the files that they name, and whether the
/// own cluster, or the one of `--trust`, accepts what they present.
pub(super) fn check(arguments: &NodeOptions, context: &mut Context) -> Result<Verdicts, Failure> {
    let remote = match arguments.trust.as_slice() {
        [] => None,
        _ => Some(arguments.policy(context)?),
    };
    let mut all = Verdicts::default();
    let mut firsts = Vec::new();
    for path in &arguments.config {
        let mut reader = Reader::new(path, arguments, context)?;
        all.report.append(reader.settings.report.clone());
        let contexts = reader.settings.contexts.clone();
        let mut judged = Vec::new();
        for tls in &contexts {
            judged.push((tls, reader.node(tls)?, reader.own(tls)?));
        }
        let mut start = reader.start();
        all.report.append(reader.seen);
        for (tls, node, _) in &judged {
            let Some(node) = node else { continue };
            let (found, starts) = check_presented(node, arguments.common.at.now());
            start = start.and(starts);
            // Of what nobody is known to judge, this is all that is said.
            if !is_of_nodes(tls) && tls.is_in_use {
                all.report.append(found);
            }
        }
        for (tls, node, own) in judged {
            let Some(node) = node.filter(|_| is_of_nodes(tls)) else { continue };
            let node = node.with_roles(roles(tls.kind, arguments)).with_start(start.clone());
            // Without the files that say whom the node trusts it does not start.
            let own = own.unwrap_or_else(|| unasked(Settings::new(TrustList::default())));
            let policy = policy(tls.kind, own, remote.as_ref(), arguments);
            let verdicts = check_nodes(std::slice::from_ref(&node), &policy);
            all.nodes.extend(verdicts.nodes);
            all.report.append(verdicts.report);
            if tls.kind == ContextKind::Transport {
                firsts.push(node);
            }
        }
    }
    all.report.append(check_together(&firsts));
    // A CA list may be that of several contexts and nodes.
    all.report.dedup();
    Ok(all)
}

/// Whether nodes and clusters present the certificate of a context to each other. The transport layer
/// has one even where its TLS is switched off.
fn is_of_nodes(tls: &TlsContext) -> bool {
    match tls.kind {
        ContextKind::Transport => true,
        ContextKind::RemoteClusterClient | ContextKind::RemoteClusterServer => tls.is_in_use,
        _ => false,
    }
}

/// As what the certificate of a context is judged.
fn roles(kind: ContextKind, arguments: &NodeOptions) -> &'static [Role] {
    match kind {
        ContextKind::Transport => &Role::ALL,
        _ if kind == faced(arguments) && !arguments.trust.is_empty() => &[Role::Server],
        _ => &[],
    }
}

/// The context to which the other side connects.
fn faced(arguments: &NodeOptions) -> ContextKind {
    match arguments.model {
        SecurityModel::ApiKey => ContextKind::RemoteClusterServer,
        _ => ContextKind::Transport,
    }
}

/// Who judges what a context presents: the other side, where it connects there, else the own
/// cluster's nodes, which are set up alike.
fn policy(
    kind: ContextKind,
    own: Settings,
    remote: Option<&Policy>,
    arguments: &NodeOptions,
) -> Policy {
    match remote.filter(|_| kind == faced(arguments)) {
        Some(remote) if kind == ContextKind::Transport => {
            Policy { own: Some(own), ..remote.clone() }
        }
        Some(remote) => remote.clone(),
        None => {
            let (own, model) = match kind {
                ContextKind::Transport => (own, SecurityModel::Tls),
                _ => (unasked(own), SecurityModel::ApiKey),
            };
            let mut policy = Policy::new(own, arguments.common.at.now());
            policy.model = model;
            policy.warn_days = arguments.judge.warning.warn_days;
            policy.is_own_cluster = true;
            policy
        }
    }
}

/// Settings whose CA list is looked at, and by which nothing is judged: clusters that connect by API
/// key have lists of their own.
fn unasked(own: Settings) -> Settings {
    Settings { mode: VerificationMode::None, restrictions: None, ..own }
}
