//! How a deployment trusts a cluster of another platform: by its CA, and by names.

use super::super::eck;
use super::{allowed, certificates, environment, payload, selection, trust};
use crate::connection::{Accepts, Platform};
use crate::document::{Document, map, texts};
use crate::error::Error;
use crate::kit::{Builder, Draft, Kind};
use crate::party::{NodeNaming, Party, hand_over};

/// Anybody else is trusted by the CA and by names.
pub(super) fn trust_peer(
    own: &Party<'_>,
    peer: &Party<'_>,
    builder: &mut Builder,
) -> Result<(), Error> {
    let file = hand_over(peer, own, builder)?;
    let naming = told_apart(own, peer)?;
    let draft = Draft::new(own.role, Kind::Ui, "Trust the other side's transport layer")
        .who(own.who())
        .ui(["Deployment", "Security", "Remote connections", "Add trusted environment", environment(peer), "Certificates"])
        .detail(format!("Upload `{file}`. {} Name the environment `{}`, and *Create trust*.", told(own, peer, &naming), peer.label()))
        .detail(if peer.side.platform.is_cloud() {
            "The page then offers a trust file for the other side, which it does not need: it trusts this deployment by the step of its own."
        } else {
            "The page then offers a trust file for the other side. Leave it: this kit has the whole one."
        })
        .check("the environment is listed under *Connections using certificates*; ids are not verified, so compare them")
        .undo("delete it there");
    builder.add(draft);
    let settings = trust(own).with("direct", Document::List(vec![entry(own, peer, &naming)]));
    let draft = payload(own, "Or by API: trust the other side's transport layer", &settings);
    builder.add(match odd_scope(&naming) {
        Some(scope) => draft.detail(format!(
            "The API's description allows a `scope_id` of at most 32 lower-case letters and digits, \
             which `{scope}` is not: if it is refused, do the step before in the console, which takes it."
        )),
        None => draft,
    });
    Ok(())
}

/// How a deployment tells the other side's nodes: each by its name where neither their names nor the
/// connection file let more in.
fn told_apart(own: &Party<'_>, peer: &Party<'_>) -> Result<NodeNaming, Error> {
    let naming = peer.naming()?;
    // Names that are not the operator's usual ones have no part that all of a namespace share.
    let by_name =
        own.accepts == Accepts::Cluster || !matches!(naming, NodeNaming::Kubernetes { .. });
    if by_name && peer.side.is_listed_by(own.side) {
        return Ok(NodeNaming::Listed(peer.platform().node_names(peer)));
    }
    Ok(naming)
}

/// The scope of a trust entry, if it is not what the API is described to take.
fn odd_scope(naming: &NodeNaming) -> Option<String> {
    let scope = match naming {
        NodeNaming::Cloud { scope_id, .. } => scope_id.clone(),
        NodeNaming::Kubernetes { namespace, .. } => eck::scope(namespace),
        NodeNaming::Suffixed { .. }
        | NodeNaming::Listed(_)
        | NodeNaming::Hosts(_)
        | NodeNaming::Unknown => {
            return None;
        }
    };
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    (scope.len() > 32 || !scope.bytes().all(fits)).then_some(scope)
}

/// What to type into the form.
fn told(own: &Party<'_>, peer: &Party<'_>, naming: &NodeNaming) -> String {
    match naming {
        NodeNaming::Cloud { scope_id, .. } => {
            let id = match peer.side.platform {
                Platform::Ech => "The organization id",
                Platform::Ece => "The environment id",
                Platform::Eck | Platform::SelfManaged => {
                    "Its names follow the Elastic Cloud pattern, and the scope id"
                }
            };
            format!("{id} is `{scope_id}`. {}", allowed(own, peer))
        }
        NodeNaming::Kubernetes { namespace, .. } => format!(
            "Its names follow the Elastic Cloud pattern, the scope id is `{}`; choose *All deployments*.",
            eck::scope(namespace)
        ),
        NodeNaming::Listed(names) => {
            let names = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>();
            let names = names.join(", ");
            format!(
                "Its names do not follow the Elastic Cloud pattern: list {names}. Whoever adds a node adds \
                 its name there too."
            )
        }
        // Deployments compare no DNS names.
        NodeNaming::Suffixed { .. } | NodeNaming::Hosts(_) | NodeNaming::Unknown => String::new(),
    }
}

/// An entry of `trust.direct`, its keys in the order of Elastic's own examples.
fn entry(own: &Party<'_>, peer: &Party<'_>, naming: &NodeNaming) -> Document {
    let kind = match peer.side.platform {
        Platform::Ece => "ECE",
        Platform::Ech => "ESS",
        Platform::Eck | Platform::SelfManaged => "generic",
    };
    let entry = map([("type", kind.into()), ("name", peer.label().into())]);
    let certificates = certificates(peer);
    match naming {
        NodeNaming::Cloud { scope_id, .. } => selection(
            entry.with("scope_id", scope_id.as_str()).with("certificates", certificates),
            own,
            peer,
        ),
        NodeNaming::Kubernetes { namespace, .. } => entry
            .with("scope_id", eck::scope(namespace))
            .with("certificates", certificates)
            .with("trust_all", true),
        NodeNaming::Listed(names) => entry
            .with("additional_node_names", texts(names))
            .with("certificates", certificates)
            .with("trust_all", false),
        NodeNaming::Suffixed { .. } | NodeNaming::Hosts(_) | NodeNaming::Unknown => {
            entry.with("certificates", certificates).with("trust_all", false)
        }
    }
}
