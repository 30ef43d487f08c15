//! A file that a node set names, and the config map that it is mounted from.

use crate::document::Document;

/// A file that a node set names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mounted<'a> {
    /// As the setting has it.
    pub(crate) path: &'a str,
    /// The node set.
    pub(crate) set: &'a str,
    /// What it is mounted from, where the node set says that.
    source: Option<&'a Document>,
    /// What is in it, where it is mounted from a config map that stands beside the resource.
    pub(crate) text: Option<&'a str>,
}

/// They are the same file, however many node sets name it.
impl PartialEq for Mounted<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.path, self.source) == (other.path, other.source)
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
        let found = volume(set, &whole(path));
        let text = found.as_ref().and_then(|(volume, file)| text(volume, file, config_map));
        Self { path, set: name, source: found.map(|(volume, _)| volume), text }
    }

    /// The config map that it is mounted from.
    pub(crate) fn config_map(&self) -> Option<&'a str> {
        self.source?.get("configMap")?.get("name")?.text()
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

/// The volume of a path, and what the path is called in it. Of mounts in each other the inner one counts.
fn volume<'a>(set: &'a Document, path: &str) -> Option<(&'a Document, String)> {
    let spec = set.get("podTemplate")?.get("spec")?;
    let container = named(spec.get("containers")?, "elasticsearch")?;
    let mounts = container.get("volumeMounts")?.items().iter();
    let found = mounts.filter_map(|mount| Some((mount, below(mount, path)?)));
    let depth = |mount: &Document| mount.get("mountPath").and_then(Document::text).map(str::len);
    let (mount, file) = found.max_by_key(|(mount, _)| depth(mount))?;
    Some((named(spec.get("volumes")?, mount.get("name")?.text()?)?, file))
}

fn text<'a>(
    volume: &'a Document,
    file: &str,
    config_map: impl Fn(&str) -> Option<&'a Document>,
) -> Option<&'a str> {
    let source = volume.get("configMap")?;
    let items = source.get("items").map_or(&[][..], Document::items);
    let renamed = items.iter().find(|item| item.get("path").and_then(Document::text) == Some(file));
    let key = match renamed {
        Some(item) => item.get("key")?.text()?,
        None if items.is_empty() => file,
        None => return None,
    };
    match config_map(source.get("name")?.text()?)?.get(key)? {
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

#[cfg(test)]
mod tests {
    use crosstrust_restrictions::RESTRICTIONS_SETTING;

    use crate::connection::Resource;

    /// A resource whose node set has the restrictions `PATH`, with these mounts and volumes.
    fn found(path: &str, mounts: &str, volumes: &str) -> Option<String> {
        let text = format!(
            "kind: Elasticsearch\nmetadata: {{name: a, namespace: b}}\nspec:\n  nodeSets:\n  - name: hot\n    \
             config: {{{RESTRICTIONS_SETTING}: {path}}}\n    podTemplate: {{spec: {{volumes: [{volumes}], containers: \
             [{{name: side}}, {{name: elasticsearch, volumeMounts: [{mounts}]}}]}}}}\n---\nkind: ConfigMap\nmetadata: \
             {{name: m, namespace: b}}\ndata: {{trust.yml: one, other: two}}\n---\nkind: ConfigMap\nmetadata: {{name: m, \
             namespace: elsewhere}}\ndata: {{trust.yml: three}}\n"
        );
        Resource::parse(&text).unwrap().restrictions().map(str::to_owned)
    }

    /// As Kubernetes mounts config maps: whole, with other names, or one file of them.
    #[test]
    fn a_file_is_found_where_it_is_mounted_from() {
        let folder = "/usr/share/elasticsearch/config";
        let map = "{name: v, configMap: {name: m}}";
        let whole = format!("{{name: v, mountPath: {folder}/t}}");
        let check = |path: &str, mounts: &str, volumes: &str, expected: Option<&str>| {
            assert_eq!(
                found(path, mounts, volumes).as_deref(),
                expected,
                "{path} {mounts} {volumes}"
            );
        };
        check("t/trust.yml", &whole, map, Some("one"));
        check(&format!("{folder}/t/trust.yml"), &whole, map, Some("one"));
        check("t/gone.yml", &whole, map, None);
        check("tt/trust.yml", &whole, map, None);
        let renamed = "{name: v, configMap: {name: m, items: [{key: other, path: trust.yml}]}}";
        check("t/trust.yml", &whole, renamed, Some("two"));
        check("t/other", &whole, renamed, None);
        let one = format!("{{name: v, mountPath: {folder}/x.yml, subPath: other}}");
        check("x.yml", &one, map, Some("two"));
        check("t/trust.yml", &whole, "{name: v, secret: {secretName: m}}", None);
        check("t/trust.yml", &whole, "{name: v, configMap: {name: gone}}", None);
        // The inner one of two mounts counts.
        let outer = format!("{{name: w, mountPath: {folder}}}, {whole}");
        check("t/trust.yml", &outer, &format!("{map}, {{name: w, emptyDir: {{}}}}"), Some("one"));
    }
}
