//! The files that a connection file names.

use std::path::Path;

use crosstrust_keystore::authorities;
use crosstrust_keystore::open::Contents;
use crosstrust_remote::{
    Connection, Material, NodeCertificate, RestrictionsInUse, Side, SideMaterial, restrictions_path,
};

use crate::commands::sources::Opened;
use crate::context::Context;
use crate::failure::{Failure, Message, chain};
use crate::password::Source;

/// Reads the CAs and the nodes' certificates of both sides. Paths are relative to the connection
/// file.
pub(super) fn read(
    path: &str,
    connection: &Connection,
    password: &Source<'_>,
    context: &mut Context,
) -> Result<Material, Failure> {
    let folder = Path::new(path).parent().unwrap_or(Path::new(""));
    Ok(Material {
        local: side(folder, &connection.local, password, context)?,
        remote: side(folder, &connection.remote, password, context)?,
        roles: Vec::new(),
    })
}

/// The restrictions that an `elasticsearch.yml` names, if they are beside it as they are on a node.
fn restrictions(
    settings: &str,
    text: &str,
    context: &mut Context,
) -> Result<Option<RestrictionsInUse>, Failure> {
    let Some(path) = restrictions_path(text) else { return Ok(None) };
    let path = Path::new(settings).parent().unwrap_or(Path::new("")).join(path);
    if !path.is_file() {
        return Ok(None);
    }
    let path = path.to_string_lossy().into_owned();
    let bytes = context.read(&path)?.bytes;
    Ok(Some(RestrictionsInUse { path, bytes }))
}

fn side(
    folder: &Path,
    side: &Side,
    password: &Source<'_>,
    context: &mut Context,
) -> Result<SideMaterial, Failure> {
    let below = |path: &String| folder.join(path).to_string_lossy().into_owned();
    let mut material = SideMaterial::default();
    let files: Vec<String> = side.ca.iter().map(below).collect();
    if !files.is_empty() {
        let opened = context.open_all(&files, password)?;
        let contents: Vec<&Contents> = opened.iter().map(|source| &source.contents).collect();
        material.authorities = authorities::extract(&contents)
            .map_err(|error| Message::new(chain(&error)).at(files.join(", ")))?;
        let has_key = |(_, source): &(&String, &Opened)| source.contents.keys().next().is_some();
        let with_key = side.ca.iter().zip(&opened).filter(has_key);
        material.files_with_key = with_key.map(|(path, _)| path.clone()).collect();
    }
    if let Some(settings) = &side.elasticsearch_yml {
        let settings = below(settings);
        let text = context.read_text(&settings)?;
        material.restrictions = restrictions(&settings, &text, context)?;
        material.elasticsearch_yml = Some(text);
    }
    let files: Vec<String> = side.nodes.iter().map(below).collect();
    if !files.is_empty() {
        for source in context.open_nodes(&files, password)? {
            for node in source.nodes()? {
                let label = node.label;
                let leaf = node.chain.into_iter().next();
                let node = leaf.map(|certificate| NodeCertificate { label, certificate });
                material.nodes.extend(node);
            }
        }
    }
    Ok(material)
}
