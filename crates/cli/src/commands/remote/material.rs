//! The files that a connection file names.

use std::path::Path;

use crosstrust_keystore::authorities;
use crosstrust_keystore::open::Contents;
use crosstrust_remote::{Connection, Material, NodeCertificate, Side, SideMaterial};

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
    })
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
        material.elasticsearch_yml = Some(context.read_text(&below(settings))?);
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
