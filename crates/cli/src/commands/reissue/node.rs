//! A node whose certificate is issued again.

use std::collections::BTreeMap;
use std::path::Path;

use crosstrust_issue::{Authority, Naming, ReissuePlan};
use crosstrust_keystore::{PrivateKey, StoredKey};
use crosstrust_x509::Certificate;

use super::options::Arguments;
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::material::kept_keys::{self, Entries, KeptKey, Keyed};
use crate::material::sources::{self, Opened, Presented};
use crate::written::destination::Destination;
use crate::written::existing::{Decision, Target};
use crate::written::listing::Fate;

/// A node's old certificate, and what will become of it.
pub(super) struct Node<'a> {
    pub(super) label: String,
    pub(super) old: Certificate,
    pub(super) key: Option<&'a StoredKey>,
    pub(super) kept: Option<PrivateKey>,
    pub(super) plan: ReissuePlan,
    pub(super) decision: Decision,
}

pub(super) fn nodes<'a>(
    opened: &'a [Opened],
    naming: &Naming,
    authority: Option<&Authority>,
    context: &mut Context,
) -> Result<Vec<Node<'a>>, Failure> {
    let mut nodes = Vec::new();
    for Presented { path, label, chain, key, .. } in sources::nodes_of(opened, &[], context)? {
        let Some(old) = chain.into_iter().next() else { continue };
        let plan = ReissuePlan::new(&old, &file_stem(path), naming, authority);
        let decision = Decision::unseen(Fate::created());
        nodes.push(Node { label, old, key, kept: None, plan, decision });
    }
    Ok(nodes)
}

pub(super) fn file_stem(path: &str) -> String {
    let stem = Path::new(path).file_stem();
    stem.map_or_else(|| "node".to_owned(), |stem| stem.to_string_lossy().into_owned())
}

/// Finds the key of every node whose certificate is made: that of the one that is renewed, else the one
/// beside the old certificate, or for `NAME.crt` in `NAME.key`. What is replaced since it is not right may have
/// somebody else's.
pub(super) fn find_keys(
    nodes: &mut [Node<'_>],
    opened: &[Opened],
    arguments: &Arguments,
    context: &mut Context,
) -> Result<(), Failure> {
    let output = arguments.password.source();
    let (entries, mut encrypted) = (Entries::of(opened), Vec::new());
    for node in nodes.iter_mut().filter(|node| node.decision.makes()) {
        if node.decision.renewed().is_some()
            && let Some(key) = node.decision.own_key(None)
        {
            node.kept = Some(key.clone());
            continue;
        }
        let source = arguments.source_password.source().beside(&output);
        let keyed = Keyed { label: &node.label, leaf: &node.old, stored: node.key };
        let KeptKey { key, was_encrypted } = keyed.key(&entries, &source, context)?;
        node.kept = Some(key);
        encrypted.push((&*node.label, was_encrypted));
    }
    if arguments.form.pem {
        kept_keys::warn_of_plain(encrypted, &output, context)?;
    }
    Ok(())
}

/// The files of a node's new certificate.
pub(super) fn target(node: &Node<'_>, destination: Destination, arguments: &Arguments) -> Target {
    let Arguments { out, form, .. } = arguments;
    destination.target(out, &node.plan.instance(&node.old).filename, form.pem)
}

/// Two nodes of one name would be one node to every restriction, and one file.
pub(super) fn refuse_shared_names(nodes: &[Node<'_>]) -> Result<(), Failure> {
    let mut labels = BTreeMap::new();
    for node in nodes {
        let id = node.plan.node.id.to_ascii_lowercase();
        if let Some(earlier) = labels.insert(id, &node.label) {
            let message = format!("has the node id `{}`, like {earlier}", node.plan.node.id);
            let hint = "issue them in two runs, or give each its own `cn` in an instances file";
            return Err(Message::new(message).at(&node.label).hint(hint).into());
        }
    }
    Ok(())
}
