//! Whom the transport layer trusts, and lets in by name.

use crosstrust_x509::{Certificate, ClusterName};

use super::manifest::{
    NodeConfig, config_map, config_map_step, connected, label, manifest_step, object,
};
use super::mount::{Mount, in_config};
use super::{authorities, existing, exposed, load_balancer};
use crate::connection::{Resource, Side};
use crate::document::{Document, map, texts};
use crate::error::Error;
use crate::kit::{Builder, ClusterRole, Draft, Kind};
use crate::party::{Admitted, Party, Restricted, hand_over, restrictions};
use crate::version::Version;

/// Has the cluster trust the other side's transport layer, and that of every other partner.
pub(super) fn steps(own: &Party<'_>, peer: &Party<'_>, builder: &mut Builder) -> Result<(), Error> {
    let tag = own.tag();
    let name = object(own, &tag, "ca");
    let held = partners_authorities(own, peer)?;
    if !authorities::are_there(own, &name, "ca.crt", &held) {
        hand_over(peer, own, builder)?;
        let list = if own.material.manifest.is_some() { BESIDE } else { ONE_LIST };
        builder.add(own.in_each_kit(authorities::step(own, &name, "ca.crt", &held, list)));
    }
    let mut tls = Document::empty();
    let mut settings = Vec::new();
    let mut mounts = Vec::new();
    // The field is there from 2.8 on.
    if own.side.eck_version >= Version::new(2, 8, 0)
        && !own.platform().restricts(own, peer)
        && !names_another(own, &name)
    {
        tls = tls.with("certificateAuthorities", map([("configMapName", name.as_str().into())]));
    } else {
        let folder = format!("{}-ca", label(&tag));
        let path = in_config(&format!("{folder}/ca.crt"));
        settings.push(("xpack.security.transport.ssl.certificate_authorities", texts([path])));
        mounts.push(Mount { folder, config_map: name });
    }
    if own.platform().restricts(own, peer) {
        let (mount, lines) = restrict(own, peer, &tag, builder)?;
        settings.extend(lines);
        mounts.push(mount);
    }
    tls = tls.maybe("otherNameSuffix", suffix(own.side));
    let mut config = Document::empty();
    for (key, value) in settings {
        config = config.with(key, value);
    }
    let config = (config != Document::empty()).then_some(NodeConfig { config, mounts });
    let spec = transport(own, tls);
    if let Some(change) = connected(own, peer, spec, config.as_ref(), builder) {
        let draft = manifest_step(own, "Trust the other side's transport layer", &change);
        let draft = own.in_each_kit(draft);
        builder.add(describe(own, draft, own.platform().restricts(own, peer)));
    }
    Ok(())
}

/// Whether the resource names a config map of CAs already, which must stay.
fn names_another(own: &Party<'_>, name: &str) -> bool {
    let path = ["transport", "tls", "certificateAuthorities", "configMapName"];
    let there = own.material.manifest.as_ref().and_then(|there| there.spec(&path)?.text());
    there.is_some_and(|there| there != name)
}

/// The CAs of all partners, which share one file.
fn partners_authorities(own: &Party<'_>, peer: &Party<'_>) -> Result<Vec<Certificate>, Error> {
    let mut certificates: Vec<Certificate> = Vec::new();
    for partner in own.partners(peer) {
        for certificate in partner.authorities()? {
            if certificates.iter().all(|known| known.der() != certificate.der()) {
                certificates.push(certificate.clone());
            }
        }
    }
    Ok(certificates)
}

/// `spec.transport`: what it trusts and is named, and on the remote side a way in from outside.
fn transport(own: &Party<'_>, tls: Document) -> Document {
    let service = (own.role == ClusterRole::Remote).then(|| load_balancer(own, "tls-transport"));
    let mut transport = Document::empty().maybe("service", service);
    if tls != Document::empty() {
        transport = transport.with("tls", tls);
    }
    if transport == Document::empty() { transport } else { map([("transport", transport)]) }
}

fn describe(own: &Party<'_>, draft: Draft, is_restricted: bool) -> Draft {
    let Side { name, namespace, .. } = own.side;
    let mut draft = match (&own.material.manifest, is_restricted) {
        (None, true) => draft.detail(BOTH),
        (None, false) => draft.detail(KEEP),
        (Some(_), _) => draft,
    };
    if own.role == ClusterRole::Remote {
        draft = draft.detail(exposed(own, "transport", &format!("{name}-es-transport")));
    }
    if suffix(own.side).is_some() {
        draft = draft.detail("`otherNameSuffix` gives the nodes new certificates; trust files let both names in meanwhile.");
        let old = own
            .material
            .other_name_suffix()
            .filter(|old| Some(*old) != suffix(own.side).as_deref());
        draft = old.into_iter().fold(draft, |draft, old| {
            draft.detail(format!("It takes the place of the suffix `{old}`: whoever lets these nodes in by that one must let in the new one first."))
        });
    }
    let names = if is_restricted { " and an otherName that the restrictions let in" } else { "" };
    draft.detail(format!(
        "Where node certificates come from somebody else (`transport.tls.selfSignedCertificates.disabled`, \
         such as from cert-manager), they need the name `{name}-es-transport.{namespace}.svc`{names}; the \
         settings `xpack.security.transport.ssl.key` and `.certificate` name their files."
    ))
}

/// The end of the nodes' names, where they are to follow the cloud's pattern.
pub(super) fn suffix(side: &Side) -> Option<String> {
    // Names that are listed are in certificates of others, which the operator does not make.
    if !side.node_names.is_empty() {
        return None;
    }
    let (cluster, scope) = (side.cluster_id.as_ref()?, side.scope_id.as_ref()?);
    Some(ClusterName::Cloud { cluster, scope }.suffix())
}

/// What is mounted, and the objects of it.
type Restriction = (Mount, Vec<(&'static str, Document)>);

fn restrict(
    own: &Party<'_>,
    peer: &Party<'_>,
    tag: &str,
    builder: &mut Builder,
) -> Result<Restriction, Error> {
    let usual = object(own, tag, "trust");
    let there = own.material.manifest.as_ref();
    let name = there.map_or(usual.clone(), |there| restrictions_map(there, &usual));
    let Restricted { admitted, .. } = restrictions(own, peer)?;
    let folder = format!("{}-trust", label(tag));
    let path = in_config(&format!("{folder}/trust.yml"));
    let mut lines = vec![("xpack.security.transport.ssl.trust_restrictions.path", path.into())];
    if let Some(fields) = admitted.fields() {
        lines.push(("xpack.security.transport.ssl.trust_restrictions.x509_fields", texts(fields)));
    }
    let text = there.and_then(|there| there.config_map(&name)?.get("trust.yml")?.text());
    if text != Some(admitted.text.as_str()) {
        restrictions_steps(own, peer, &admitted, (tag, &usual, &name), builder);
    }
    Ok((Mount { folder, config_map: name }, lines))
}

/// The config map for the restrictions: one of the usual name that no node set has its restrictions from
/// is somebody else's, and stays.
fn restrictions_map(there: &Resource, usual: &str) -> String {
    let names: Vec<String> = std::iter::once(usual.to_owned())
        .chain((2..=MOST_NAMES).map(|number| format!("{usual}-{number}")))
        .collect();
    let in_use = there.restrictions_paths();
    let is_used = |name: &&String| in_use.iter().any(|one| one.config_map() == Some(name.as_str()));
    let is_free = |name: &&String| there.config_map(name).is_none();
    let found = names.iter().find(is_used).or_else(|| names.iter().find(is_free));
    found.map_or_else(|| usual.to_owned(), Clone::clone)
}

fn restrictions_steps(
    own: &Party<'_>,
    peer: &Party<'_>,
    admitted: &Admitted,
    (tag, usual, name): (&str, &str, &str),
    builder: &mut Builder,
) {
    let mut draft =
        Draft::new(own.role, Kind::TrustRestrictions, "Restrict whom the transport layer lets in")
            .who(own.who())
            .file(&format!("{name}.yml"), admitted.text.clone());
    if peer.side.platform.is_cloud() {
        draft = draft.detail("It takes the place of the trust file that a deployment offers, in which the nodes on Kubernetes are named wrongly: with that one they would no longer accept each other.");
    }
    let there = own.material.manifest.as_ref();
    if usual != name {
        draft = draft.detail(format!(
            "The config map `{usual}`, which is in the file that `manifest` names, is not what the node sets have \
             their restrictions from: it stays as it is, and this one is called `{name}`."
        ));
    }
    let in_use = there.map_or_else(Vec::new, Resource::restrictions_paths);
    let is_unseen = own.material.restrictions.is_none() && !in_use.is_empty();
    if own.material.restrictions.is_some() {
        draft = draft.detail(MERGED);
    } else if !is_unseen {
        draft = draft.detail(operated_by_others(own));
    }
    let draft = draft
        .check("`crosstrust restrictions show {file}` lists its patterns")
        .undo("take `trust_restrictions.path` out of the manifest, then delete the file");
    let draft =
        if is_unseen { draft } else { draft.detail("It is in the manifest of the next step too.") };
    let file = builder.add(draft);
    builder.probe(admitted.probe(&file));
    if is_unseen {
        builder.add(own.in_each_kit(existing::merge(own, name, tag, &in_use, &file)));
    } else {
        let manifest = config_map(own.side, name, "trust.yml", admitted.text.clone());
        let detail = "It holds the restrictions of the step before.";
        builder.add(own.in_each_kit(config_map_step(own, name, &manifest, detail)));
    }
}

/// Whoever has this cluster as a remote one stands in its own resource alone.
fn operated_by_others(own: &Party<'_>) -> String {
    let Side { name, namespace, .. } = own.side;
    format!(
        "It shuts out clusters that are not in it, also those on Kubernetes that name `{name}` in their own \
         `spec.remoteClusters` without `apiKey`: look at the resources of every namespace. Write their nodes' names as \
         `{}.partners: [\"*.node.NAME.{namespace}.es.local\"]` into the connection file, and plan again.",
        own.word()
    )
}

/// As many names for a config map as are tried.
const MOST_NAMES: u32 = 20;
const ONE_LIST: &str = "It serves every cluster that is trusted by certificates: where a config map of CAs is named in the resource already, add these certificates to that one instead.";
const BESIDE: &str = "It serves every cluster that is trusted by certificates. The CAs that the resource names already stay beside it.";
const MERGED: &str = "It has the restrictions that the node sets have, which were read, with the new names added. Every node set gets it, those without restrictions too.";
const KEEP: &str = "If the resource has `transport.tls.certificateAuthorities` already, keep it: add the certificates to the config map that is named there.";
const BOTH: &str = "If the resource has `transport.tls.certificateAuthorities` or trust restrictions already, keep them: add the certificates to the config map that is named there, and merge the patterns with `crosstrust restrictions merge`.";
