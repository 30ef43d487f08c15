//! A cluster of the command line, read: its nodes, and whom it accepts.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crosstrust_keystore::open::{self, Format};
use crosstrust_keystore::{Error, authorities};
use crosstrust_preflight::{Cluster, KeyContainer, Node, Settings, TrustList};
use crosstrust_restrictions::X509Field;

use super::cluster_option::ClusterOption;
use super::options;
use crate::commands::sources::Opened;
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::password::Source;

/// Reads the files of a cluster.
pub(super) fn read(
    option: &ClusterOption,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Cluster, Failure> {
    let opened = open_nodes(&option.nodes, source, context)?;
    let mut settings = Settings::new(trust(option, &opened, source, context)?);
    settings.mode = option.mode;
    settings.fields = match option.fields.as_slice() {
        [] => X509Field::DEFAULT.to_vec(),
        fields => fields.to_vec(),
    };
    if let Some(path) = &option.restrictions {
        settings.restrictions = Some(options::restrictions(path, context)?);
    }
    let mut nodes = nodes(&opened)?;
    if nodes.is_empty() {
        let message = Message::new("holds no certificate of a node").at(&option.nodes);
        return Err(message.hint("name the folder or glob of what its nodes present").into());
    }
    if let Some(path) = &option.key {
        let key = context.read_key(path, source)?;
        let [node] = nodes.as_mut_slice() else {
            let message = format!("key= belongs to one node, and there are {}", nodes.len());
            return Err(Message::new(message).at(&option.name).into());
        };
        *node = node.clone().with_key(&key, KeyContainer::Pem);
    }
    Ok(Cluster { name: option.name.clone(), nodes, settings })
}

/// What the argument names: a folder with all below it that holds keys or certificates, else files.
fn open_nodes(
    argument: &str,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Vec<Opened>, Failure> {
    if !Path::new(argument).is_dir() {
        return context.open_all(&[argument.to_owned()], source);
    }
    let mut files = Vec::new();
    collect(Path::new(argument), 0, &mut files)?;
    files.sort();
    let mut opened = Vec::new();
    for file in files {
        let input = context.read(&file.to_string_lossy())?;
        let foreign = matches!(open::open(&input.bytes, &[]), Err(error) if is_foreign(&error));
        if !foreign {
            opened.push(context.open(input, source)?);
        }
    }
    Ok(opened)
}

/// Whether a file is something else than a key store or certificate file.
fn is_foreign(error: &Error) -> bool {
    matches!(error, Error::Empty | Error::UnknownFormat { .. })
}

fn collect(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::io(folder.display(), &error);
    if depth > DEEPEST {
        let message = format!("folders more than {DEEPEST} deep, which is more than is searched");
        return Err(Message::new(message).at(folder.display()).into());
    }
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        // A link to a folder may lead in a circle; one to a file is as good as the file.
        if entry.file_type().map_err(failed)?.is_dir() {
            collect(&entry.path(), depth.saturating_add(1), files)?;
        } else if entry.path().is_file() {
            files.push(entry.path());
        }
    }
    if files.len() > MOST_FILES {
        let message = format!("more than {MOST_FILES} files, which is more than is searched");
        return Err(Message::new(message).at(folder.display()).into());
    }
    Ok(())
}

/// The nodes of the files, each once: an authority's own store is none, nor is a trust store.
fn nodes(opened: &[Opened]) -> Result<Vec<Node>, Failure> {
    let mut nodes = Vec::new();
    let mut seen = BTreeSet::new();
    for file in opened.iter().filter(|file| may_hold_node(file)) {
        for presented in file.nodes()? {
            let Some(leaf) = presented.chain.first().filter(|leaf| !leaf.is_ca()) else { continue };
            if seen.insert(leaf.der().to_vec()) {
                nodes.push(super::node::with_own_key(presented));
            }
        }
    }
    Ok(nodes)
}

/// A file of keys alone presents nothing, and a key store without keys is what somebody trusts.
fn may_hold_node(file: &Opened) -> bool {
    let is_store = !matches!(file.contents.format, Format::Pem | Format::Certificate);
    let has_certificates = !file.contents.certificates().is_empty();
    has_certificates && (!is_store || file.contents.keys().any(|entry| !entry.chain.is_empty()))
}

/// What the cluster trusts: the files named, else the authorities beside its nodes.
fn trust(
    option: &ClusterOption,
    opened: &[Opened],
    source: &Source<'_>,
    context: &mut Context,
) -> Result<TrustList, Failure> {
    if !option.authorities.is_empty() {
        return options::trust_list(&option.authorities, source, context);
    }
    let contents: Vec<_> = opened.iter().map(|file| &file.contents).collect();
    authorities::extract(&contents).map(TrustList::new).map_err(|_| {
        let message = Message::new("no CA is there beside the nodes").at(&option.nodes);
        message.hint(format!("name what `{}` trusts with ca=FILE", option.name)).into()
    })
}

const DEEPEST: usize = 16;
const MOST_FILES: usize = 100_000;
