//! New certificates for nodes whose names the other side cannot let in.

mod stores;

use crosstrust_issue::{Instance, InstanceText, Manifest, Naming as Template, NamingValues};

use crate::connection::NamedNode;
use crate::error::Error;
use crate::kit::{Builder, Draft, Kind, word};
use crate::party::{
    NodeCertificate, Party, has_pem, is_keyless, is_reissued, new_certificates, other_names, signer,
};
use crosstrust_x509::Certificate;

/// Has the nodes of a self-managed cluster re-issued, unless their names are as they should be.
pub(super) fn step(own: &Party<'_>, builder: &mut Builder) -> Result<(), Error> {
    if !is_reissued(own) {
        return Ok(());
    }
    if is_keyless(own) {
        builder.add(own.in_each_kit(new_authority(own)));
        return Ok(());
    }
    let instances = instances(own)?;
    let text = Manifest { instances }.to_text().map_err(|error| Error::Instance {
        node: own.word().to_owned(),
        reason: error.to_string(),
    })?;
    let (signer, note) = signer(own).unwrap_or(("--ca elastic-stack-ca.p12".to_owned(), ""));
    let out = new_certificates(own);
    let form = if has_pem(own) { "--pem" } else { "--pass-env KEYSTORE_PASSWORD" };
    let issue = format!("crosstrust cert {signer} --in {{file}} {form} --out {}", word(&out));
    let commands = [vec![issue], stores::keep(own, &out, builder)].concat();
    let mut draft = Draft::new(own.role, Kind::Instances, "Re-issue the node certificates, with names that can be let in")
        .who(own.who())
        .file("instances.yml", text)
        .command(commands.join(" &&\n"))
        .detail(format!(
            "Only the otherName of a certificate is compared, and without one nothing works; a default \
             installation has none (`crosstrust inspect` shows it). Elasticsearch's own \
             `elasticsearch-certutil cert --ca … --in …` reads the same file. The CA stays the same, so old \
             and new certificates work beside each other.{note}"
        ))
        .detail(format!("The command leaves the files of each node in a folder of its name below `{out}`."));
    if has_pem(own) {
        draft = draft.detail(IN_PLACE);
    } else {
        draft = stores::details(own).into_iter().fold(draft, Draft::detail);
    }
    draft = draft.detail("Restart the nodes one after the other, before anything below is done.");
    if own.material.files_with_key.is_empty() {
        draft = draft.detail(NO_KEY);
    }
    let draft = draft
        .check("`crosstrust inspect` shows the otherName in every node's certificate, and the cluster is green")
        .undo("put the old certificates back and restart the nodes one after the other");
    builder.add(own.in_each_kit(draft));
    Ok(())
}

/// A CA whose key is there, to which the nodes change before anything else.
fn new_authority(own: &Party<'_>) -> Draft {
    let store = own.beside_connection(&format!("{}-{}-new-ca.p12", own.tag(), own.word()));
    let store = word(&store);
    let (file, word) = (word(own.connection_file()), own.word());
    Draft::new(own.role, Kind::Command, "Make a new CA for the nodes, and plan again")
        .who(own.who())
        .command(format!("crosstrust ca --pass-env CA_PASSWORD --out {store}"))
        .detail(GONE)
        .detail(format!(
            "Let `crosstrust rotate plan` say how the nodes change to the new CA. Then name it in `{file}`, as \
             `{word}.ca` beside the old one, and plan this kit again: it has the nodes re-issued, and the steps \
             below come after that."
        ))
        .detail(format!("If the CA's key is in another file after all, name that file as `{word}.ca` instead."))
        .check(format!("`crosstrust inspect {store} --pass-env CA_PASSWORD` shows a CA and its key"))
        .undo("delete the file")
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

/// The old name stays beside the new one: others may let the node in by it.
fn from_name(named: &NamedNode, template: &Template) -> Result<Instance, Error> {
    let NamedNode { name, dns, ip, .. } = named;
    let node = name.split('.').next().unwrap_or(name);
    let mut dns = dns.clone();
    if dns.is_empty() && name.contains('.') {
        dns.push(name.clone());
    }
    let cn = vec![template.name_of(node), name.clone()];
    let (name, ip) = (node.to_owned(), ip.clone());
    let text = InstanceText { name, dns, ip, cn, ..InstanceText::default() };
    Instance::from_text(&text)
        .map_err(|error| Error::Instance { node: named.name.clone(), reason: error.to_string() })
}

fn from_certificate(node: &NodeCertificate, template: &Template) -> Instance {
    let NodeCertificate { label, certificate, obstacles: _ } = node;
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
        common_names: kept(template.name_of(&id), certificate),
    }
}

/// The new name, and the old ones beside it: others may let the node in by them.
fn kept(new: String, certificate: &Certificate) -> Vec<String> {
    let mut names = vec![new];
    for name in other_names(certificate) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

const GONE: &str = "The nodes need certificates with names that can be let in, and no file that `ca` names has the CA's private key. A cluster that configured itself (8.0 and later: `certs/transport.p12`) threw it away. `CA_PASSWORD` has the password of the new CA's file (`export CA_PASSWORD=…`).";
const IN_PLACE: &str = "Put each node's new certificate and key in the place of its old ones.";
const NO_KEY: &str = "A cluster that configured itself (8.0 and later: `certs/transport.p12`) has no CA key. Then make a new CA with `crosstrust ca`, name it as `ca` beside the old one, and let `crosstrust rotate plan` say how the nodes change to it.";
