//! An Elasticsearch resource of Kubernetes, as `kubectl get -o yaml` shows it.

use super::node::{self, Node, Scalar, Value};
use super::problem::Problem;
use crate::document::Document;

/// A resource that is there already.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Resource {
    document: Document,
}

impl Resource {
    /// Reads the first document of a text.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let wrong = || {
            let help = "save what `kubectl get elasticsearch NAME -n NAMESPACE -o yaml` shows";
            Problem::new(node::START, "it is no Elasticsearch resource of Kubernetes")
                .with_help(help)
        };
        let document = document(&node::parse(text)?.ok_or_else(wrong)?);
        let is_it = document.get("kind").and_then(Document::text) == Some("Elasticsearch");
        if is_it && document.get("spec").is_some() { Ok(Self { document }) } else { Err(wrong()) }
    }

    /// Whether it is the one of this name; where it has no namespace, in every one.
    pub fn is_of(&self, name: &str, namespace: &str) -> bool {
        let said = |key| self.document.get("metadata")?.get(key)?.text();
        said("name") == Some(name) && said("namespace").is_none_or(|said| said == namespace)
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
        let sets = self.spec(&["nodeSets"]).map_or(&[][..], Document::items);
        let configs = sets.iter().filter_map(|set| set.get("config"));
        configs.flat_map(|config| below(config, name)).collect()
    }
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

fn document(node: &Node) -> Document {
    match &node.value {
        Value::Mapping(pairs) => Document::Map(
            pairs
                .iter()
                .filter_map(|(key, value)| Some((key.text()?.to_owned(), document(value))))
                .collect(),
        ),
        Value::Sequence(items) => Document::List(items.iter().map(document).collect()),
        Value::Scalar(scalar) => plain(scalar),
    }
}

fn plain(scalar: &Scalar) -> Document {
    let is_number = || {
        serde_json::from_str::<serde_json::Value>(&scalar.text).is_ok_and(|value| value.is_number())
    };
    match scalar.flag() {
        Some(flag) => Document::Flag(flag),
        None if scalar.is_null() => Document::Null,
        None if !scalar.quoted && is_number() => Document::Number(scalar.text.clone()),
        None => Document::Text(scalar.text.clone()),
    }
}

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
