//! A cluster of the command line, read: its nodes, and whom it accepts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crosstrust_preflight::{Cluster, KeyContainer, Node, Settings, TrustList};
use crosstrust_report::listed;

use super::configured;
use super::keys;
use super::node_keys::NodeKeys;
use super::sources::{self, Opened};
use super::{restrictions, restrictions_beside, trust};
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::input::Input;
use crate::options::cluster::ClusterOption;
use crate::password::Source;

/// Reads the files of clusters, which have different names.
pub(crate) fn read_all(
    options: &[ClusterOption],
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Vec<Cluster>, Failure> {
    let mut clusters = Vec::new();
    for option in options {
        let Some(cluster) = read(option, source, context)? else {
            let message = Message::new("holds no certificate of a node").at(option.sources());
            return Err(message.hint("name the folder or glob of what its nodes present").into());
        };
        clusters.push(cluster);
    }
    refuse_shared_names(&clusters)?;
    Ok(clusters)
}

/// Two clusters of one name could not be told apart.
pub(crate) fn refuse_shared_names<'a>(
    clusters: impl IntoIterator<Item = &'a Cluster>,
) -> Result<(), Failure> {
    let mut names = BTreeSet::new();
    match clusters.into_iter().find(|cluster| !names.insert(&cluster.name)) {
        Some(cluster) => Err(Message::new("two clusters have this name").at(&cluster.name).into()),
        None => Ok(()),
    }
}

/// Reads the files of a cluster; nothing if there is no node among them.
pub(crate) fn read(
    option: &ClusterOption,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Option<Cluster>, Failure> {
    let source = &source.or_inventory(option.passwords.nodes.as_ref());
    let mut opened = Vec::new();
    for argument in &option.nodes {
        opened.extend(sources::open_collected(argument, source, context)?.files);
    }
    let configured = configured::read(option, source, context)?;
    let mut nodes = together(nodes(&opened, context)?, configured.nodes);
    if nodes.is_empty() {
        return Ok(None);
    }
    let settings = settings(option, &opened, configured.settings, source, context)?;
    if let Some(path) = &option.key {
        let (key, obstacles) = keys::read_node_key(path, source, context)?;
        let [node] = nodes.as_mut_slice() else {
            let message = format!("key= belongs to one node, and there are {}", nodes.len());
            return Err(Message::new(message).at(&option.name).into());
        };
        *node = node.clone().with_key(&key, KeyContainer::Pem).with_obstacles(path, obstacles);
    }
    Ok(Some(Cluster { name: option.name.clone(), nodes, settings }))
}

/// Whom a cluster accepts, whether it has nodes or not.
pub(crate) fn settings_of(
    option: &ClusterOption,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Settings, Failure> {
    let source = &source.or_inventory(option.passwords.nodes.as_ref());
    let mut opened = Vec::new();
    if option.authorities.is_empty() {
        for argument in &option.nodes {
            opened.extend(sources::open_collected(argument, source, context)?.files);
        }
    }
    let configured = configured::read(option, source, context)?;
    settings(option, &opened, configured.settings, source, context)
}

/// Whom a cluster accepts: what is said of it counts, then what its nodes' settings say.
fn settings(
    option: &ClusterOption,
    opened: &[Opened],
    configured: Option<Settings>,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Settings, Failure> {
    let trust = match &configured {
        Some(_) if option.authorities.is_empty() => None,
        _ => Some(trust(option, opened, source, context)?),
    };
    let mut settings = unrestricted(option, configured, trust);
    if let Some(input) = restrictions_of(option, context)? {
        settings.restrictions = Some(restrictions::parsed(&input)?);
    }
    Ok(settings)
}

/// The same before its restrictions file is read. Takes what its nodes' settings say, and its list where that
/// counts.
pub(super) fn unrestricted(
    option: &ClusterOption,
    configured: Option<Settings>,
    trust: Option<TrustList>,
) -> Settings {
    let mut settings = match (configured, trust) {
        (Some(configured), None) => configured,
        (Some(configured), Some(trust)) => {
            let trust = trust.with_doubt_of(&configured.trust);
            Settings { trust, ..configured }
        }
        (None, trust) => Settings::new(trust.unwrap_or_default()),
    };
    settings.mode = option.mode.unwrap_or(settings.mode);
    if !option.fields.is_empty() {
        settings.fields.clone_from(&option.fields);
    }
    settings
}

/// The restrictions file of a cluster: the one that is named, else the one in the folders and archives of its nodes,
/// unless its nodes' settings say.
pub(crate) fn restrictions_of(
    option: &ClusterOption,
    context: &mut Context,
) -> Result<Option<Input>, Failure> {
    match &option.restrictions {
        Some(path) => context.read(path).map(Some),
        None if option.elasticsearch_yml.is_empty() => {
            restrictions_beside::find(&option.nodes, context)
        }
        None => Ok(None),
    }
}

/// The nodes of the files, those that are alike once. The store of an authority and a trust store are no nodes.
/// So is what says of itself that it is a CA; one with its key may be meant as a node, and is told.
pub(super) fn nodes(opened: &[Opened], context: &mut Context) -> Result<Vec<Node>, Failure> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut of_leaf: BTreeMap<Vec<u8>, Vec<usize>> = BTreeMap::new();
    let (keys, mut authorities) = (NodeKeys::of(opened), Vec::new());
    for file in opened.iter().filter(|file| may_hold_node(file)) {
        for presented in file.nodes()? {
            let Some(leaf) = presented.chain.first() else { continue };
            if presented.is_authority() {
                authorities.extend(keys.is_of(&presented).then_some(presented.label));
                continue;
            }
            let known = of_leaf.entry(leaf.der().to_vec()).or_default();
            let node = keys.with_key(presented);
            let is_known = |other: &usize| nodes.get(*other).is_some_and(|one| one.is_alike(&node));
            if !known.iter().any(is_known) {
                known.push(nodes.len());
                nodes.push(node);
            }
        }
    }
    if !authorities.is_empty() {
        let paths = listed(&authorities, false);
        context.note(&format!(
            "{paths}: a CA with its key: taken for one that is trusted, not for a node"
        ));
    }
    Ok(nodes)
}

/// The nodes of files and those of settings, of which all count. A file that presents the certificate of a node by
/// its settings is that node's where it presents the same, or is in the same folder.
pub(super) fn together(files: Vec<Node>, configured: Vec<Node>) -> Vec<Node> {
    let folder = |node: &Node| Path::new(node.path()).parent().map(Path::to_path_buf);
    let mut of_leaf: BTreeMap<&[u8], Vec<&Node>> = BTreeMap::new();
    for node in &configured {
        if let Some(leaf) = node.chain().leaf() {
            of_leaf.entry(leaf.der()).or_default().push(node);
        }
    }
    let is_of =
        |node: &Node, other: &Node| node.presents_as(other) || folder(node) == folder(other);
    let is_told = |node: &Node| {
        let others = node.chain().leaf().and_then(|leaf| of_leaf.get(leaf.der()));
        others.is_some_and(|others| others.iter().any(|other| is_of(node, other)))
    };
    let mut all = files.into_iter().filter(|node| !is_told(node)).collect::<Vec<_>>();
    all.extend(configured);
    all
}

/// A file of keys alone presents nothing, and a key store without keys is what somebody trusts.
fn may_hold_node(file: &Opened) -> bool {
    let is_store = file.contents.format.is_key_store();
    let has_certificates = !file.contents.certificates().is_empty();
    has_certificates && (!is_store || file.contents.keys().any(|entry| !entry.chain.is_empty()))
}

/// What the cluster trusts: the files named, else the authorities beside its nodes.
pub(super) fn trust(
    option: &ClusterOption,
    opened: &[Opened],
    source: &Source<'_>,
    context: &mut Context,
) -> Result<TrustList, Failure> {
    if !option.authorities.is_empty() {
        let source = option.passwords.ca.as_ref().map_or(*source, Source::of_inventory);
        return trust::trust_list(&option.authorities, &source, context);
    }
    let found = trust::beside(opened).ok_or_else(|| {
        let message = Message::new("no CA is there beside the nodes").at(option.sources());
        message.hint(format!("name what `{}` trusts with ca=FILE", option.name))
    })?;
    Ok(TrustList::from_files(found))
}
