//! A file that a node set names, and the config map that it is mounted from.

use crate::document::Document;

/// A file that a node set names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mounted<'a> {
    /// As the setting has it.
    pub(crate) path: &'a str,
    /// The node set.
    pub(crate) set: &'a str,
    /// What is in it, where it is mounted from a config map that stands beside the resource.
    pub(crate) text: Option<&'a str>,
}

/// They are the same file, however many node sets name it.
impl PartialEq for Mounted<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.path, self.text) == (other.path, other.text)
    }
}

impl<'a> Mounted<'a> {
    /// The file of a path in the settings of a node set; `config_map` gives the data of one by its name.
    pub(super) fn of(
        set: &'a Document,
        path: &'a str,
        config_map: impl Fn(&str) -> Option<&'a Document>,
    ) -> Self {
        let name = set.get("name").and_then(Document::text).unwrap_or("default");
        Self { path, set: name, text: text(set, &whole(path), config_map) }
    }

    /// The whole path in the container.
    pub(crate) fn whole(&self) -> String {
        whole(self.path)
    }
}

/// Relative paths are below the configuration of a node.
fn whole(path: &str) -> String {
    if path.starts_with('/') { path.to_owned() } else { format!("{CONFIGURATION}/{path}") }
}

fn text<'a>(
    set: &'a Document,
    path: &str,
    config_map: impl Fn(&str) -> Option<&'a Document>,
) -> Option<&'a str> {
    let spec = set.get("podTemplate")?.get("spec")?;
    let container = named(spec.get("containers")?, "elasticsearch")?;
    let mut mounts = container.get("volumeMounts")?.items().iter();
    let (mount, file) = mounts.find_map(|mount| Some((mount, below(mount, path)?)))?;
    let volume = named(spec.get("volumes")?, mount.get("name")?.text()?)?;
    let source = volume.get("configMap")?;
    let items = source.get("items").map_or(&[][..], Document::items);
    let renamed =
        items.iter().find(|item| item.get("path").and_then(Document::text) == Some(&file));
    let key = match renamed {
        Some(item) => item.get("key")?.text()?.to_owned(),
        None if items.is_empty() => file,
        None => return None,
    };
    match config_map(source.get("name")?.text()?)?.get(&key)? {
        Document::Text(text) => Some(text),
        _ => None,
    }
}

/// What a path is called in the volume of a mount.
fn below(mount: &Document, path: &str) -> Option<String> {
    let at = mount.get("mountPath")?.text()?.trim_end_matches('/');
    let rest = path.strip_prefix(at)?;
    match (mount.get("subPath").and_then(Document::text), rest) {
        (Some(part), "") => Some(part.to_owned()),
        (Some(part), rest) => Some(format!("{part}{}", rest.strip_prefix('/').map(|_| rest)?)),
        (None, rest) => Some(rest.strip_prefix('/')?.to_owned()),
    }
}

fn named<'a>(list: &'a Document, name: &str) -> Option<&'a Document> {
    list.items().iter().find(|item| item.get("name").and_then(Document::text) == Some(name))
}

/// Where the container of a node has its configuration.
pub(crate) const CONFIGURATION: &str = "/usr/share/elasticsearch/config";
