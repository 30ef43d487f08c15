//! Volumes and mounts of node sets that a kit would overwrite.

use super::mount::{Mount, in_config};
use crate::connection::{node_count, node_sets};
use crate::document::Document;

/// What stands in the place of these mounts in each node set of a resource.
pub(super) fn found(resource: &Document, mounts: &[Mount]) -> Vec<String> {
    let sets = node_sets(resource).iter();
    let each = sets.flat_map(|set| mounts.iter().filter_map(move |mount| in_set(set, mount)));
    each.collect()
}

/// The node sets of a resource that do not say how many nodes they have.
pub(super) fn uncounted(resource: &Document) -> Vec<String> {
    let sets = node_sets(resource).iter().filter(|set| node_count(set).is_none());
    let names = sets.filter_map(|set| text(set, "name"));
    names.map(|name| format!("the node set `{name}` has no number as `count`")).collect()
}

fn in_set(set: &Document, mount: &Mount) -> Option<String> {
    let spec = set.get("podTemplate")?.get("spec")?;
    let name = set.get("name").and_then(Document::text).unwrap_or("default");
    let what = volume(spec, mount).or_else(|| mounted(spec, mount))?;
    let Mount { folder, config_map } = mount;
    Some(format!(
        "the node set `{name}` has {what}, and the kit would mount the config map `{config_map}` as the volume \
         `{folder}` at `{}`",
        in_config(folder)
    ))
}

/// A volume of the same name with something else in it.
fn volume(spec: &Document, mount: &Mount) -> Option<String> {
    let Mount { folder, config_map } = mount;
    let volumes = spec.get("volumes").map_or(&[][..], Document::items).iter();
    let other = volumes.filter(|volume| text(volume, "name") == Some(folder)).any(|volume| {
        let source = volume.get("configMap");
        let is_whole = source.is_some_and(|source| source.get("items").is_none());
        !is_whole || source.and_then(|source| text(source, "name")) != Some(config_map)
    });
    other.then(|| format!("a volume `{folder}` of its own"))
}

/// A mount of the same volume at another place, or of another volume at the same place.
fn mounted(spec: &Document, mount: &Mount) -> Option<String> {
    let containers = spec.get("containers").map_or(&[][..], Document::items).iter();
    let mut nodes = containers.filter(|one| text(one, "name") == Some("elasticsearch"));
    let mounts = nodes.next()?.get("volumeMounts").map_or(&[][..], Document::items);
    let place = in_config(&mount.folder);
    mounts.iter().find_map(|one| {
        let (name, at) = (text(one, "name")?, text(one, "mountPath")?.trim_end_matches('/'));
        let is_named = name == mount.folder;
        let is_same = is_named && at == place && one.get("subPath").is_none();
        let is_taken = is_named || at == place;
        (is_taken && !is_same).then(|| format!("the volume `{name}` mounted at `{at}`"))
    })
}

fn text<'a>(map: &'a Document, key: &str) -> Option<&'a str> {
    map.get(key)?.text()
}
