//! Key stores and certificate files, opened, and the nodes in them.

use std::path::Path;

use crosstrust_keystore::java::{self, CertificateFile, Obstacle};
use crosstrust_keystore::open::{self, Contents, Format};
use crosstrust_keystore::{Entry, KeyEntry, Password, StoredKey};
use crosstrust_x509::Certificate;

use super::file_kind::{FileKind, Wanted, no_certificate};
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::input::{Input, is_folder};
use crate::material::keys::{key_obstacles, without_passwords};
use crate::material::layers;
use crate::password::Source;

/// A file that was opened.
pub(crate) struct Opened {
    /// The path as the user sees it.
    pub(crate) path: String,
    /// What it holds.
    pub(crate) contents: Contents,
    /// What Java reads of it where it is named as a file of certificates; nothing of a key store.
    pub(crate) certificate_file: Option<CertificateFile>,
    /// What keeps a JVM from it as the file of a private key; nothing of other files.
    pub(crate) key_obstacles: Vec<Obstacle>,
}

/// What one node presents: its certificate first.
pub(crate) struct Presented<'a> {
    /// The path of the file.
    pub(crate) path: &'a str,
    /// The path, with the alias where a key store holds several nodes.
    pub(crate) label: String,
    /// The certificates in order, the node's own first.
    pub(crate) chain: Vec<Certificate>,
    /// The key beside them.
    pub(crate) key: Option<&'a StoredKey>,
    /// Whether the key is in a key store, not in a PEM file.
    pub(crate) in_key_store: bool,
    /// What a JVM does not open of it.
    pub(crate) obstacles: Vec<Obstacle>,
    /// What else keeps a JVM from it as a file of certificates.
    pub(crate) certificate_obstacles: Vec<Obstacle>,
}

impl Presented<'_> {
    /// Whether this is an authority and no node: all of a file's certificates are, or that of a key.
    pub(crate) fn is_authority(&self) -> bool {
        let authorities = self.chain.iter().take_while(|one| one.is_ca()).count();
        if self.key.is_some() && self.in_key_store {
            authorities > 0
        } else {
            authorities == self.chain.len()
        }
    }
}

/// The nodes of files. Authorities that a glob, a folder or a store brings along are passed over
/// with one note; they are an error where nothing else is left, unless `judged` names their files:
/// then they are judged all the same.
pub(crate) fn nodes_of<'a>(
    opened: &'a [Opened],
    judged: &[String],
    context: &mut Context,
) -> Result<Vec<Presented<'a>>, Failure> {
    let mut all = Vec::new();
    for file in opened {
        // A key that a folder or an archive brings along belongs to a certificate beside it.
        if file.is_key_file() && !judged.contains(&file.path) {
            continue;
        }
        if file.contents.certificates().is_empty() && !judged.contains(&file.path) {
            context.note(&format!("{}: holds no certificate: passed over", file.path));
            continue;
        }
        all.extend(file.nodes()?.into_iter().map(|node| (file, node)));
    }
    let (authorities, nodes): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|(_, node)| node.is_authority());
    let labels = authorities.iter().map(|(_, node)| node.label.as_str());
    let labels = labels.collect::<Vec<_>>().join(", ");
    let what = if authorities.len() == 1 { "is a CA, not a node" } else { "CAs, not nodes" };
    if nodes.is_empty() {
        let is_named = |file: &Opened| judged.contains(&file.path);
        if authorities.iter().all(|(file, _)| is_named(file)) {
            return Ok(authorities.into_iter().map(|(_, node)| node).collect());
        }
        let hint = "name the certificates of nodes";
        return Err(Message::new(what).at(labels).hint(hint).into());
    }
    if !authorities.is_empty() {
        context.note(&format!("{labels}: {what}: passed over"));
    }
    Ok(nodes.into_iter().map(|(_, node)| node).collect())
}

/// Opens every file that the arguments name: files, globs, and all that is in a folder or a ZIP archive; tells what
/// was tolerated in them.
pub(crate) fn open_all(
    arguments: &[String],
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Vec<Opened>, Failure> {
    open_kept(arguments, source, context, |files, _, _| Ok(files))
}

/// The same, without what a folder or a ZIP archive has for HTTPS and other contexts.
pub(crate) fn open_of_transport(
    arguments: &[String],
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Vec<Opened>, Failure> {
    open_kept(arguments, source, context, layers::of_transport)
}

fn open_kept(
    arguments: &[String],
    source: &Source<'_>,
    context: &mut Context,
    keep: Keep,
) -> Result<Vec<Opened>, Failure> {
    let inputs = read_kept(arguments, context, keep)?;
    inputs.into_iter().map(|input| open_input(input, source, context)).collect()
}

/// Reads every file that the arguments name: files, globs, and all that is in a folder or a ZIP archive.
pub(crate) fn read_all(arguments: &[String], context: &mut Context) -> Result<Vec<Input>, Failure> {
    read_kept(arguments, context, |files, _, _| Ok(files))
}

fn read_kept(
    arguments: &[String],
    context: &mut Context,
    keep: Keep,
) -> Result<Vec<Input>, Failure> {
    let mut read = Vec::new();
    for argument in arguments {
        let (inputs, is_collection) = collect(argument, keep, context)?;
        if inputs.is_empty() && is_collection {
            let message = Message::new("holds no certificate and no key store").at(argument);
            return Err(message.into());
        }
        read.extend(inputs);
    }
    Ok(read)
}

/// Opens files and globs, where a folder or an archive is none.
pub(crate) fn open_files(
    arguments: &[String],
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Vec<Opened>, Failure> {
    let inputs = context.read_all(arguments)?;
    inputs.into_iter().map(|input| open_input(input, source, context)).collect()
}

/// Opens the nodes' files that the arguments name: files, globs, and all certificates of nodes
/// below a folder or in a ZIP archive.
pub(crate) fn open_nodes(
    arguments: &[String],
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Vec<Opened>, Failure> {
    let mut opened = Vec::new();
    for argument in arguments {
        let Collected { files, is_collection } = open_collected(argument, source, context)?;
        let is_wanted = |file: &Opened| !is_collection || file.is_of_a_node() || file.is_key_file();
        opened.extend(files.into_iter().filter(is_wanted));
    }
    if opened.iter().all(Opened::is_key_file) {
        let message = Message::new("holds no certificate of a node");
        return Err(message.at(arguments.join(", ")).into());
    }
    Ok(opened)
}

/// What an argument names.
pub(crate) struct Collected {
    /// The files, opened.
    pub(crate) files: Vec<Opened>,
    /// Whether a folder or a ZIP archive brought them along.
    pub(crate) is_collection: bool,
}

/// Opens what an argument names: all that is in a folder or a ZIP archive, else files.
pub(crate) fn open_collected(
    argument: &str,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Collected, Failure> {
    let (inputs, is_collection) = collect(argument, layers::of_transport, context)?;
    let files = inputs.into_iter().map(|input| open_input(input, source, context));
    Ok(Collected { files: files.collect::<Result<_, _>>()?, is_collection })
}

/// Which files of a folder or an archive are wanted: takes them and its path.
type Keep = fn(Vec<Input>, &str, &mut Context) -> Result<Vec<Input>, Failure>;

/// Reads what an argument names, and says whether a folder or a ZIP archive brought it along.
fn collect(
    argument: &str,
    keep: Keep,
    context: &mut Context,
) -> Result<(Vec<Input>, bool), Failure> {
    if is_folder(argument) {
        return Ok((keep(context.read_folder(argument)?, argument, context)?, true));
    }
    let (mut files, mut is_collection) = (Vec::new(), false);
    for input in context.read_all(&[argument.to_owned()])? {
        if input.is_archive() {
            is_collection = true;
            files.extend(keep(input.unpacked()?, &input.path, context)?);
        } else {
            files.push(input);
        }
    }
    Ok((files, is_collection))
}

/// A file that does not open, and why.
pub(crate) type Unopened = (String, Failure);

/// The same, where a file that does not open, or is not there, is told beside those that do.
pub(crate) fn open_each(
    argument: &str,
    source: &Source<'_>,
    context: &mut Context,
) -> (Vec<Opened>, Vec<Unopened>) {
    let (mut files, mut failures) = (Vec::new(), Vec::new());
    let (inputs, _) = match collect(argument, layers::of_transport, context) {
        Ok(collected) => collected,
        Err(failure) => return (files, vec![(argument.to_owned(), failure)]),
    };
    for input in inputs {
        let path = input.path.clone();
        match open_input(input, source, context) {
            Ok(file) => files.push(file),
            Err(failure) => failures.push((path, failure)),
        }
    }
    (files, failures)
}

/// Opens a file that was read, and tells what was tolerated in it.
pub(crate) fn open_input(
    input: Input,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Opened, Failure> {
    let source = source.of_file(&input.bytes);
    let open = |passwords: &[Password]| open::open(&input.bytes, passwords);
    let explained =
        |failure| FileKind::explain(&input.path, &input.bytes, &Wanted::CERTIFICATES, failure);
    let contents = context.with_password(&input.path, &source, open).map_err(explained)?;
    Ok(opened(input, contents, context))
}

/// A file with its contents; tells what was tolerated in them.
pub(crate) fn opened(input: Input, contents: Contents, context: &mut Context) -> Opened {
    let Input { path, bytes } = input;
    for note in &contents.notes {
        context.note(&format!("{path}: {note}"));
    }
    let is_store = contents.format.is_key_store();
    let certificate_file = (!is_store).then(|| java::certificate_file(&bytes));
    let mut file = Opened { path, contents, certificate_file, key_obstacles: Vec::new() };
    if file.is_key_file() {
        file.key_obstacles = key_obstacles(&bytes, &file.contents);
    }
    file
}

impl Opened {
    /// Whether it holds a node's certificate, not only authorities or keys.
    fn is_of_a_node(&self) -> bool {
        let nodes = self.nodes().unwrap_or_default();
        nodes.iter().any(|node| node.chain.first().is_some_and(|leaf| !leaf.is_ca()))
    }

    /// Whether it is the file of a private key: no key store, and nothing but keys in it, or named so.
    pub(crate) fn is_key_file(&self) -> bool {
        let is_store = self.contents.format.is_key_store();
        let has_key = self.contents.keys().next().is_some();
        let is_named = Path::new(&self.path).extension().is_some_and(|found| found == "key");
        !is_store && has_key && (is_named || self.contents.certificates().is_empty())
    }

    /// The nodes of a file: one for each key of a key store; a PEM or DER file is one node, its
    /// first certificate the leaf; else each certificate stands for itself.
    pub(crate) fn nodes(&self) -> Result<Vec<Presented<'_>>, Failure> {
        let nodes = match self.contents.format {
            Format::Pem | Format::Certificate | Format::Pkcs7 => self.single_node(),
            _ => self.key_store_nodes(),
        };
        if nodes.is_empty() {
            return Err(no_certificate(&self.path, &self.contents).into());
        }
        Ok(nodes)
    }

    fn single_node(&self) -> Vec<Presented<'_>> {
        let read = self.certificate_file.clone().unwrap_or_default();
        let chain = if read.certificates.is_empty() {
            self.contents.certificates().into_iter().cloned().collect()
        } else {
            read.certificates
        };
        let key = self.contents.keys().next().map(|entry| &entry.key);
        let node = Presented {
            path: &self.path,
            label: self.path.clone(),
            chain,
            key,
            in_key_store: false,
            obstacles: without_passwords(java::key_obstacles(&self.contents)),
            certificate_obstacles: read.obstacles,
        };
        Some(node).filter(|node| !node.chain.is_empty()).into_iter().collect()
    }

    fn key_store_nodes(&self) -> Vec<Presented<'_>> {
        let keys: Vec<&KeyEntry> =
            self.contents.keys().filter(|entry| !entry.chain.is_empty()).collect();
        let obstacles = without_passwords(java::key_store_obstacles(&self.contents));
        if keys.is_empty() {
            let bare = |entry| self.bare(entry, &obstacles);
            return self.contents.entries.iter().filter_map(bare).collect();
        }
        let several = keys.len() > 1;
        let node = |entry: &'_ KeyEntry| match &entry.alias {
            Some(alias) if several => format!("{} ({alias})", self.path),
            _ => self.path.clone(),
        };
        keys.into_iter()
            .map(|entry| Presented {
                path: &self.path,
                label: node(entry),
                chain: entry.chain.clone(),
                key: Some(&entry.key),
                in_key_store: true,
                obstacles: obstacles.clone(),
                certificate_obstacles: Vec::new(),
            })
            .collect()
    }

    /// A certificate of a key store without keys: no node presents it, as the obstacles say.
    fn bare(&self, entry: &Entry, obstacles: &[Obstacle]) -> Option<Presented<'_>> {
        let certificate = entry.certificates().first()?;
        let label = match entry.alias() {
            Some(alias) => format!("{} ({alias})", self.path),
            None => self.path.clone(),
        };
        Some(Presented {
            path: &self.path,
            label,
            chain: vec![certificate.clone()],
            key: None,
            in_key_store: true,
            obstacles: obstacles.to_vec(),
            certificate_obstacles: Vec::new(),
        })
    }
}
