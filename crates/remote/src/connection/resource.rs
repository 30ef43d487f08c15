//! An Elasticsearch resource of Kubernetes, as `kubectl get -o yaml` shows it, with the config maps that the
//! same file has.

use std::collections::BTreeMap;

use crosstrust_restrictions::RESTRICTIONS_SETTING;
use crosstrust_settings::tree::{self, LineColumn, Problem};

use super::data::{Schema, document};
use super::mounted::Mounted;
use super::setting::{CLIENT_AUTHORITIES, is_public_file};
use crate::document::Document;

/// A resource that is there already.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Resource {
    document: Document,
    /// All resources of the file.
    all: Vec<Document>,
}

impl Resource {
    /// Reads the documents of a text, of which the first Elasticsearch resource is taken.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let wrong = || {
            let help = "save what `kubectl get elasticsearch NAME -n NAMESPACE -o yaml` shows";
            Problem::new(LineColumn::START, "it is no Elasticsearch resource of Kubernetes")
                .with_help(help)
        };
        let mut all = Vec::new();
        for node in tree::documents(text, MOST)? {
            let document = document(&node, Schema::Kubernetes);
            if is_kind(&document, "List") {
                all.extend(document.get("items").map_or(&[][..], Document::items).iter().cloned());
            } else {
                all.push(document);
            }
        }
        let first = all.iter().find(|one| is_elasticsearch(one)).cloned();
        Ok(Self { document: first.ok_or_else(wrong)?, all })
    }

    /// The Elasticsearch resource of this name in the file; one without a namespace is in every one.
    pub fn named(mut self, name: &str, namespace: &str) -> Option<Self> {
        let is_it = |one: &&Document| is_elasticsearch(one) && is_called(one, name, namespace);
        self.document = self.all.iter().find(is_it)?.clone();
        Some(self)
    }

    /// The trust restrictions of its node sets, where all that have some have the same, and the config
    /// map is in the file.
    pub fn restrictions(&self) -> Option<&str> {
        let found = self.restrictions_paths();
        let mut texts = found.iter().map(|mounted| mounted.text);
        let first = texts.next()??;
        texts.all(|text| text == Some(first)).then_some(first)
    }

    /// The restrictions files that node sets name, with the first node set of each.
    pub(crate) fn restrictions_paths(&self) -> Vec<Mounted<'_>> {
        self.mounted(RESTRICTIONS_SETTING)
    }

    /// The files that node sets name in a setting, each once, with the first node set of each.
    pub(crate) fn mounted(&self, setting: &str) -> Vec<Mounted<'_>> {
        let mut found: Vec<Mounted<'_>> = Vec::new();
        for set in self.node_sets() {
            let values = set.get("config").map_or_else(Vec::new, |config| below(config, setting));
            for path in values.into_iter().flat_map(paths) {
                let mounted = Mounted::of(set, path, |name| self.config_map(name));
                if !found.contains(&mounted) {
                    found.push(mounted);
                }
            }
        }
        found
    }

    /// The settings of its node sets by their full names: the lists that they have, each once.
    pub(crate) fn settings(&self) -> BTreeMap<String, Vec<Vec<String>>> {
        let mut all: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
        let configs = self.node_sets().iter().filter_map(|set| set.get("config"));
        for (name, value) in configs.flat_map(Document::flattened) {
            let list: Vec<String> = match value.flag() {
                Some(flag) => vec![flag.to_string()],
                None => paths(&value).into_iter().map(str::to_owned).collect(),
            };
            let known = all.entry(name).or_default();
            if !known.contains(&list) {
                known.push(list);
            }
        }
        all
    }

    /// Whether a node set lacks a setting.
    pub(crate) fn lacks(&self, setting: &str) -> bool {
        let has =
            |set: &Document| set.get("config").is_some_and(|it| !below(it, setting).is_empty());
        !self.node_sets().iter().all(has)
    }

    /// The data of a config map in the file.
    pub(crate) fn config_map(&self, name: &str) -> Option<&Document> {
        let place =
            |one: &Document| one.get("metadata")?.get("namespace")?.text().map(str::to_owned);
        let own = place(&self.document);
        let is_it = |one: &&Document| {
            let namespace = own.clone().or_else(|| place(one)).unwrap_or_default();
            is_kind(one, "ConfigMap") && is_called(one, name, &namespace)
        };
        self.all.iter().find(is_it)?.get("data")
    }

    /// The names and namespaces of the clusters that the operator connects it with by certificates.
    pub(crate) fn operated(&self) -> Vec<(String, Option<String>)> {
        let remotes = self.spec(&["remoteClusters"]).map_or(&[][..], Document::items).iter();
        let by_certificate = remotes.filter(|remote| remote.get("apiKey").is_none());
        let refs = by_certificate.filter_map(|remote| remote.get("elasticsearchRef"));
        let text = |one: &Document, key| one.get(key).and_then(Document::text).map(str::to_owned);
        refs.filter_map(|one| Some((text(one, "name")?, text(one, "namespace")))).collect()
    }

    fn node_sets(&self) -> &[Document] {
        node_sets(&self.document)
    }

    /// The volumes of its node sets.
    pub(crate) fn volumes(&self) -> impl Iterator<Item = &Document> {
        let specs = self.node_sets().iter().filter_map(|set| set.get("podTemplate")?.get("spec"));
        specs.flat_map(|spec| spec.get("volumes").map_or(&[][..], Document::items))
    }

    /// What takes the place of the JDK's public CAs for remote clusters that are connected by API key: the
    /// operator makes a list as soon as one of its own has a key. Nothing where a list has them too.
    pub(crate) fn replaced_roots(&self) -> Option<&'static str> {
        if self.keeps_roots() {
            return None;
        }
        let remotes = self.spec(&["remoteClusters"]).map_or(&[][..], Document::items);
        if remotes.iter().any(|remote| remote.get("apiKey").is_some()) {
            return Some("of the clusters in `spec.remoteClusters`");
        }
        (!self.setting(CLIENT_AUTHORITIES).is_empty()).then_some("that its node sets list")
    }

    /// Whether a list of CAs has the JDK's public ones too.
    pub(crate) fn keeps_roots(&self) -> bool {
        let listed = self.mounted(CLIENT_AUTHORITIES);
        listed.iter().any(|mounted| is_public_file(mounted.path))
    }

    pub(crate) fn document(&self) -> &Document {
        &self.document
    }

    /// What stands under a path below `spec`.
    pub(crate) fn spec(&self, path: &[&str]) -> Option<&Document> {
        path.iter().try_fold(self.document.get("spec")?, |found, key| found.get(key))
    }

    /// The values of a setting in the node sets' configuration, in any of its spellings.
    pub(crate) fn setting(&self, name: &str) -> Vec<&Document> {
        let configs = self.node_sets().iter().filter_map(|set| set.get("config"));
        configs.flat_map(|config| below(config, name)).collect()
    }
}

/// The node sets of a resource.
pub(crate) fn node_sets(resource: &Document) -> &[Document] {
    let sets = resource.get("spec").and_then(|spec| spec.get("nodeSets"));
    sets.map_or(&[][..], Document::items)
}

/// How many nodes a node set has, where it says so.
pub(crate) fn node_count(set: &Document) -> Option<u32> {
    set.get("count")?.text()?.parse().ok()
}

fn is_kind(one: &Document, kind: &str) -> bool {
    one.get("kind").and_then(Document::text) == Some(kind)
}

fn is_elasticsearch(one: &Document) -> bool {
    is_kind(one, "Elasticsearch") && one.get("spec").is_some()
}

/// Whether it has this name; where it has no namespace, it is in every one.
fn is_called(one: &Document, name: &str, namespace: &str) -> bool {
    let said = |key| one.get("metadata")?.get(key)?.text();
    said("name") == Some(name) && said("namespace").is_none_or(|said| said == namespace)
}

/// The paths that a setting has, in a list or with commas.
fn paths(value: &Document) -> Vec<&str> {
    let items = match value {
        Document::List(items) => items.iter().filter_map(Document::text).collect(),
        value => value.text().into_iter().collect::<Vec<_>>(),
    };
    let parts = items.into_iter().flat_map(|text| text.split(',')).map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}

/// What a map has under a name whose parts are keys, or joined by dots in keys.
fn below<'a>(map: &'a Document, name: &str) -> Vec<&'a Document> {
    let Document::Map(pairs) = map else { return Vec::new() };
    let mut found = Vec::new();
    for (key, value) in pairs {
        match name.strip_prefix(key.as_str()) {
            Some("") => found.push(value),
            Some(rest) => found.extend(
                rest.strip_prefix('.').map(|rest| below(value, rest)).into_iter().flatten(),
            ),
            None => {}
        }
    }
    found
}

/// As many documents as are read of a file.
const MOST: usize = 200;

#[cfg(test)]
mod tests {
    use super::Resource;
    use crate::document::{Document, map};

    /// What is read and written comes back as it was, whatever its texts have.
    #[test]
    fn a_resource_that_is_written_is_the_one_that_was_read() {
        for text in [
            "one\n two\n",
            "a\n\n",
            " before\nafter",
            "a\tb\nc",
            "a: 'b'\n# c",
            "a\r\nb",
            "a \nb ",
            "\n",
            "no",
            "1",
            "1e3",
            "0x1",
            "~",
            "null",
            "*a",
            "- a",
            "a: b",
            "a #b",
            "",
            "é\u{85}",
        ] {
            let spec = map([("text", text.into()), (text, Document::List(vec![text.into()]))]);
            let document = map([
                ("kind", "Elasticsearch".into()),
                ("spec", spec),
                ("number", Document::Number("3".to_owned())),
                ("flag", false.into()),
                ("nothing", Document::Null),
                ("empty", Document::empty()),
            ]);
            let written = document.to_yaml();
            let read =
                Resource::parse(&written).unwrap_or_else(|error| panic!("{error}: {written}"));
            assert_eq!(*read.document(), document, "{text:?}: {written}");
        }
    }
}
