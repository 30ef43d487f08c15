//! New certificates for nodes whose names the other side cannot let in.

use crosstrust_issue::{Instance, InstanceText, Manifest, Naming as Template, NamingValues};

use super::naming::other_names;
use super::{NodeCertificate, Party, signer};
use crate::connection::{Platform, Side};
use crate::error::Error;
use crate::kit::{Builder, Draft, Kind, word};

/// What the names of a cluster that follows the cloud's pattern end with.
pub(super) fn suffix(side: &Side) -> String {
    let part = |id: &Option<String>| id.clone().unwrap_or_default();
    format!(".node.{}.cluster.{}.account", part(&side.cluster_id), part(&side.scope_id))
}

/// Has the nodes of a cluster of one's own re-issued, unless their names are as they should be.
pub(super) fn step(own: &Party<'_>, builder: &mut Builder) -> Result<(), Error> {
    if !is_reissued(own) {
        return Ok(());
    }
    let instances = instances(own)?;
    let text = Manifest { instances }.to_text().map_err(|error| Error::Instance {
        node: own.word().to_owned(),
        reason: error.to_string(),
    })?;
    let (signer, note) = signer(own).unwrap_or(("--ca elastic-stack-ca.p12".to_owned(), ""));
    let out = own.beside_connection(&format!("{}-certificates", own.word()));
    let command = format!("crosstrust cert {signer} --in {{file}} --out {}", word(&out));
    let keystore =
        "elasticsearch-keystore add xpack.security.transport.ssl.keystore.secure_password";
    let draft = Draft::new(own.role, Kind::Instances, "Re-issue the node certificates, with names that can be let in")
        .who(own.who())
        .file("instances.yml", text)
        .command(command)
        .detail(format!(
            "Elasticsearch's own `elasticsearch-certutil cert --ca … --in …` reads the same file. \
             The CA stays the same, so old and new certificates work beside each other.{note}"
        ))
        .detail(format!(
            "Put each node's new key store in the place of its old one, its password with \
             `./bin/{keystore}` where it has another one, and restart the nodes one after the other. \
             All nodes must have their new certificate before restrictions are switched on below."
        ))
        .check("`crosstrust inspect` shows the otherName in every node's certificate, and the cluster is green")
        .undo("put the old key stores back and restart the nodes one after the other");
    builder.add(draft);
    Ok(())
}

/// Whether the nodes get new certificates.
pub(crate) fn is_reissued(own: &Party<'_>) -> bool {
    own.side.platform == Platform::SelfManaged && own.side.has_ids() && !is_named(own)
}

/// Whether every node is known to have its name already.
fn is_named(own: &Party<'_>) -> bool {
    let suffix = suffix(own.side);
    let fits = |names: &[String]| names.iter().any(|name| name.ends_with(&suffix));
    if own.nodes().is_empty() {
        let names = &own.side.node_names;
        return !names.is_empty() && names.iter().all(|name| name.ends_with(&suffix));
    }
    own.nodes().iter().all(|node| fits(&other_names(&node.certificate)))
}

fn instances(own: &Party<'_>) -> Result<Vec<Instance>, Error> {
    let values = NamingValues {
        cluster: own.side.cluster_id.as_deref(),
        scope: own.side.scope_id.as_deref(),
        namespace: None,
    };
    let template = Template::new(Template::CLOUD, values).map_err(|error| Error::Instance {
        node: own.word().to_owned(),
        reason: error.to_string(),
    })?;
    if own.nodes().is_empty() {
        return own.side.node_names.iter().map(|name| from_name(name, &template)).collect();
    }
    Ok(own.nodes().iter().map(|node| from_certificate(node, &template)).collect())
}

fn from_name(name: &str, template: &Template) -> Result<Instance, Error> {
    let node = name.split('.').next().unwrap_or(name);
    let dns = if name.contains('.') { vec![name.to_owned()] } else { Vec::new() };
    let cn = vec![template.name_of(node)];
    let text = InstanceText { name: node.to_owned(), dns, cn, ..InstanceText::default() };
    Instance::from_text(&text).map_err(|problems| Error::Instance {
        node: name.to_owned(),
        reason: problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
    })
}

fn from_certificate(node: &NodeCertificate, template: &Template) -> Instance {
    let NodeCertificate { label, certificate } = node;
    let file = label.rsplit('/').next().unwrap_or(label);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let id = template.node_id(certificate, stem).id;
    let names = certificate.subject_alt_names();
    Instance {
        name: id.clone(),
        filename: id.clone(),
        subject: certificate.subject().clone(),
        ip: names.map_or_else(Vec::new, |names| names.ip().collect()),
        dns: names.map_or_else(Vec::new, |names| names.dns().map(str::to_owned).collect()),
        common_names: vec![template.name_of(&id)],
    }
}
