//! `crosstrust preflight node --config`: nodes as their settings files have them.

use crosstrust_preflight::SecurityModel;
use crosstrust_preflight::node_settings::{ContextKind, TlsContext};
use crosstrust_preflight::{
    Node, Policy, Role, Settings, TrustList, Verdict, Verdicts, VerificationMode, check_nodes,
    check_presented, check_signer, check_together,
};

use super::node_options::NodeOptions;
use crate::context::Context;
use crate::failure::Failure;
use crate::material::asked::Asked;
use crate::material::configured_files::Reader;

/// Checks the nodes of the settings files: the settings, the files that they name, and whether the
/// own cluster, or the one of `--trust`, accepts what they present.
pub(super) fn check(
    arguments: &NodeOptions,
    files: &[String],
    asked: Asked<'_>,
    context: &mut Context,
) -> Result<Verdicts, Failure> {
    let remote = match arguments.trust.as_slice() {
        [] => None,
        _ => Some(arguments.policy(context)?),
    };
    let mut checked =
        Checked { arguments, remote, all: Verdicts::default(), transport: Vec::new() };
    for path in files {
        match Reader::new(path, asked, context)? {
            Ok(reader) => checked.add(path, reader)?,
            Err(refused) => {
                checked.stopped(path, crosstrust_preflight::start([&refused]));
                checked.all.report.append(refused);
            }
        }
    }
    let Checked { mut all, transport, .. } = checked;
    all.report.append(check_together(&transport));
    // A CA list may be that of several contexts and nodes.
    all.report.dedup();
    Ok(all)
}

/// What was found about the settings files so far.
struct Checked<'a> {
    arguments: &'a NodeOptions,
    /// The other side, where one is named.
    remote: Option<Policy>,
    all: Verdicts,
    /// What the nodes present on the transport layer.
    transport: Vec<Node>,
}

impl Checked<'_> {
    /// Checks what a settings file names.
    fn add(&mut self, path: &str, mut reader: Reader<'_>) -> Result<(), Failure> {
        self.all.report.append(reader.settings.report.clone());
        let contexts = reader.settings.contexts.clone();
        let mut judged = Vec::new();
        for tls in &contexts {
            judged.push((tls, reader.node(tls)?, reader.own(tls)?));
        }
        reader.look_at_realms();
        let start = self.presented(&judged).fold(reader.start(), Verdict::and);
        self.all.report.append(reader.seen);
        let before = self.all.nodes.len();
        for (tls, node, own) in judged {
            if let Some(node) = node.filter(|_| is_of_nodes(tls)) {
                self.judge(tls.kind, &node.with_start(start.clone()), own);
            }
        }
        if self.all.nodes.len() == before && !start.is_accepted() {
            self.stopped(path, start);
        }
        Ok(())
    }

    /// Whether the node starts with what it presents in each context, and what else is said of that.
    fn presented(&mut self, judged: &[Judged<'_>]) -> impl Iterator<Item = Verdict> + use<> {
        let now = self.arguments.common.at.now();
        let mut starts = Vec::new();
        for (tls, node, _) in judged {
            let Some(node) = node else { continue };
            let is_signer = tls.kind == ContextKind::Signing;
            let check = if is_signer { check_signer } else { check_presented };
            let (found, verdict) = check(node, now);
            starts.push(verdict);
            // Of what nobody is known to judge, this is all that is said.
            if !is_of_nodes(tls) && tls.is_in_use {
                self.all.report.append(found);
            }
        }
        starts.into_iter()
    }

    fn judge(&mut self, kind: ContextKind, node: &Node, own: Option<Settings>) {
        let node = node.clone().with_roles(roles(kind, self.arguments));
        // Without the files that say whom the node trusts it does not start.
        let own = own.unwrap_or_else(|| unasked(Settings::new(TrustList::default())));
        let policy = policy(kind, own, self.remote.as_ref(), self.arguments);
        let verdicts = check_nodes(std::slice::from_ref(&node), &policy);
        self.all.append(verdicts);
        if kind == ContextKind::Transport {
            self.transport.push(node);
        }
    }

    /// The verdict on a node of which no certificate is judged, since it does not start.
    fn stopped(&mut self, path: &str, start: Verdict) {
        let policy =
            Policy::new(Settings::new(TrustList::default()), self.arguments.common.at.now());
        let node = Node::new(path, Vec::new()).with_start(start);
        self.all.nodes.extend(check_nodes(&[node], &policy).nodes);
    }
}

/// A context, what the node presents there, and whom it trusts.
type Judged<'a> = (&'a TlsContext, Option<Node>, Option<Settings>);

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
