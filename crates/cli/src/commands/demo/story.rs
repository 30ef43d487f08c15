//! What happens in the demo, on real bytes: each step reads what the one before it wrote.

use std::error::Error;

use crosstrust_issue::{
    Authority, AuthorityRequest, Bundle, BundleFile, Instance, Issued, Issuer, Manifest, Packaging,
    Profile, issue_all, package,
};
use crosstrust_keystore::open::{Contents, open};
use crosstrust_keystore::{KeyType, Password, authorities, pem};
use crosstrust_preflight::{Node, Policy, RestrictionsFile, Settings, TrustList, check_nodes};
use crosstrust_restrictions::{Generator, Grant, Restrictions};
use crosstrust_x509::{Certificate, Timestamp};

use super::clusters::{CLOUD, Cluster, ON_PREMISES, STRANGER};
use super::verdict::Verdict;

/// Everything that the demo made and found.
pub(super) struct Story {
    /// The files, below the demo's folder.
    pub(super) files: Vec<BundleFile>,
    /// The subject of the authority that was extracted.
    pub(super) extracted: String,
    /// The verdicts, in order.
    pub(super) verdicts: Vec<Verdict>,
}

/// The password of the key stores that the demo writes.
pub(super) const PASSWORD: &str = "changeit";

type Result<T> = std::result::Result<T, Box<dyn Error>>;

pub(super) fn tell(now: Timestamp) -> Result<Story> {
    let mut files = Vec::new();
    let cloud = cloud(now, &mut files)?;
    let store = self_managed_authority(now, &mut files)?;
    let opened = open(&store, &[Password::new(PASSWORD)])?;
    let authority = authority(&opened)?;
    let old = nodes(&ON_PREMISES.without_other_name()?, &authority, now, "before", &mut files)?;
    let trusted = extract(&opened, &mut files)?;
    let text = ON_PREMISES.manifest();
    files.push(public("on-premises/instances.yml", &text));
    let instances = Manifest::parse(&text)?.instances;
    let new = nodes(&instances, &authority, now, "certificates", &mut files)?;
    let local = restrictions(&ON_PREMISES, &CLOUD, &mut files)?;
    let remote = restrictions(&CLOUD, &ON_PREMISES, &mut files)?;

    let judge = |nodes: &[Node], ca: &[Certificate], restrictions: Option<&RestrictionsFile>| {
        let mut settings = Settings::new(TrustList::new(ca.iter().cloned()));
        settings.restrictions = restrictions.cloned();
        check_nodes(nodes, &Policy::new(settings, now)).nodes
    };
    let regional = [cloud.authority.certificate().clone()];
    let mut verdicts = Vec::new();
    let mut record = |title, accepted, found: Vec<_>| {
        verdicts.push(Verdict::new(title, accepted, &found));
    };
    record("on-premises before → cloud", false, judge(&old, &trusted, Some(&remote)));
    record("on-premises now → cloud", true, judge(&new, &trusted, Some(&remote)));
    record("on-premises now → on-premises", true, judge(&new, &trusted, Some(&local)));
    record("cloud → on-premises", true, judge(&cloud.nodes, &regional, Some(&local)));
    record("cloud → cloud", true, judge(&cloud.nodes, &regional, Some(&remote)));
    record("stranger → on-premises, by CA alone", true, judge(&cloud.stranger, &regional, None));
    record("stranger → on-premises", false, judge(&cloud.stranger, &regional, Some(&local)));
    let extracted = trusted.first().map(|ca| ca.subject().to_string()).unwrap_or_default();
    Ok(Story { files, extracted, verdicts })
}

/// The cloud's side: one authority for all clusters of a region.
struct Cloud {
    authority: Authority,
    nodes: Vec<Node>,
    stranger: Vec<Node>,
}

fn cloud(now: Timestamp, files: &mut Vec<BundleFile>) -> Result<Cloud> {
    let authority = new_authority("CN=Region CA,O=Cloud", now)?;
    let ca = pem::write_certificates([authority.certificate()]);
    files.push(public("cloud/ca.pem", &ca));
    let mut nodes_of = |cluster: &Cluster| {
        let instances = cluster.with_other_name()?;
        nodes(&instances, &authority, now, cluster.folder, files)
    };
    let (nodes, stranger) = (nodes_of(&CLOUD)?, nodes_of(&STRANGER)?);
    Ok(Cloud { authority, nodes, stranger })
}

/// The authority of the self-managed cluster, as most people have it: in a key store.
fn self_managed_authority(now: Timestamp, files: &mut Vec<BundleFile>) -> Result<Vec<u8>> {
    let authority = new_authority(Authority::DEFAULT_SUBJECT, now)?;
    let packaging = Packaging::Pkcs12 { password: Password::new(PASSWORD) };
    let mut bundle = Bundle::of_authority(&authority, &packaging, now)?;
    let mut store = bundle.files.pop().ok_or("no key store")?;
    store.path = format!("{}/elastic-stack-ca.p12", ON_PREMISES.folder);
    let bytes = store.contents.as_bytes().to_vec();
    files.push(store);
    Ok(bytes)
}

fn new_authority(subject: &str, now: Timestamp) -> Result<Authority> {
    let subject = subject.to_owned();
    let request = AuthorityRequest { subject, days: DAYS_OF_AUTHORITY, key_type: KeyType::Rsa2048 };
    Ok(Authority::generate(&request, now)?)
}

/// The authority out of its key store.
fn authority(opened: &Contents) -> Result<Authority> {
    let entry = opened.keys().next().ok_or("the key store has no key")?;
    let key = entry.key.open().ok_or("the key is locked")?;
    let certificate = entry.chain.first().ok_or("the key has no certificate")?;
    Ok(Authority::new(certificate.clone(), Vec::new(), key.clone())?)
}

fn extract(opened: &Contents, files: &mut Vec<BundleFile>) -> Result<Vec<Certificate>> {
    let trusted = authorities::extract(&[opened])?;
    let text = pem::write_certificates(&trusted);
    files.push(public("on-premises/ca.pem", &text));
    Ok(trusted)
}

/// Issues certificates and puts their key stores into a folder.
fn nodes(
    instances: &[Instance],
    authority: &Authority,
    now: Timestamp,
    folder: &str,
    files: &mut Vec<BundleFile>,
) -> Result<Vec<Node>> {
    let profile = Profile { key_type: KeyType::Rsa2048, days: DAYS_OF_NODES, now };
    let packaging = Packaging::Pkcs12 { password: Password::new(PASSWORD) };
    let root = match folder {
        "before" | "certificates" => format!("on-premises/{folder}"),
        other => format!("cloud/{other}-nodes"),
    };
    let made = issue_all(instances, Issuer::Authority(authority), &profile, |issued: &Issued| {
        Ok((node(issued), package(issued, &packaging, now)?))
    })?;
    let mut nodes = Vec::new();
    for (node, bundle) in made {
        nodes.push(node);
        files.extend(bundle.files.into_iter().map(|file| {
            let path = format!("{root}/{}", file.path);
            BundleFile { path, ..file }
        }));
    }
    Ok(nodes)
}

fn node(issued: &Issued) -> Node {
    Node::new(&issued.instance.name, vec![issued.certificate.clone()])
}

/// The restrictions of one side: its own cluster first, then the other one.
fn restrictions(
    own: &Cluster,
    other: &Cluster,
    files: &mut Vec<BundleFile>,
) -> Result<RestrictionsFile> {
    let mut generator = Generator::new().own_pattern(&own.pattern());
    for node in own.nodes {
        generator = generator.own_certificate(node, vec![own.name_of(node)]);
    }
    let grant = Grant::cluster(&format!("{}@{}", other.id, other.scope))?;
    let text = generator.trust(grant).write()?.text;
    let path = format!("{}/trust_restrictions.yml", own.folder);
    let restrictions = Restrictions::parse(&path, text.as_bytes())?;
    files.push(public(&path, &text));
    Ok(RestrictionsFile { path, restrictions })
}

fn public(path: &str, text: &str) -> BundleFile {
    let contents = text.as_bytes().to_vec().into();
    BundleFile { path: path.to_owned(), contents, private: false }
}

const DAYS_OF_AUTHORITY: u32 = 1095;
const DAYS_OF_NODES: u32 = 730;
