//! What a re-issued node is to be called: a template, filled from the node's old certificate.

use std::fmt;

use crosstrust_x509::{Certificate, NodeName};

/// A template of otherNames and the values that are the same for all nodes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Naming {
    parts: Vec<Part>,
}

/// Why a template does not make a name.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NamingError {
    /// A value holds something that a name's part cannot be.
    #[error("`{value}` is no {what}: use letters, digits, `-`, `_` and dots")]
    BadValue {
        /// What the value is for, such as "cluster id".
        what: &'static str,
        /// The value.
        value: String,
    },
    /// A value that the template asks for is not given.
    #[error("the template asks for {{{name}}}, which is not given")]
    Missing {
        /// The placeholder's name.
        name: &'static str,
    },
    /// The template does not name the node, so all nodes would be called the same.
    #[error("the template has no {{node}}, so that all nodes would have one name")]
    NoNode,
    /// A brace without its pair, or around an unknown word.
    #[error(
        "`{placeholder}` is not a placeholder; known are {{node}}, {{cluster}}, {{scope}} and {{namespace}}"
    )]
    Placeholder {
        /// What stands there.
        placeholder: String,
    },
}

/// The values that a template is filled with.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct NamingValues<'a> {
    /// `{cluster}`: the Elasticsearch cluster id, or the name of the cluster on Kubernetes.
    pub cluster: Option<&'a str>,
    /// `{scope}`: the organization, the environment, or a label of one's own.
    pub scope: Option<&'a str>,
    /// `{namespace}`: the namespace on Kubernetes.
    pub namespace: Option<&'a str>,
}

/// Where the id of a node was found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NodeIdSource {
    /// In the subject's common name.
    CommonName,
    /// In the name of the file.
    FileName,
    /// In the old otherName.
    OtherName,
}

/// The id of a node, and where it was found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NodeId {
    /// The id.
    pub id: String,
    /// Where it was found.
    pub source: NodeIdSource,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Part {
    Node,
    Text(String),
}

impl Naming {
    /// The naming of the cloud, which self-managed clusters follow too.
    pub const CLOUD: &str = "{node}.node.{cluster}.cluster.{scope}.account";

    /// Fills everything but the node into a template.
    pub fn new(template: &str, values: NamingValues<'_>) -> Result<Self, NamingError> {
        let mut parts = Vec::new();
        let mut rest = template;
        while let Some((text, after)) = rest.split_once('{') {
            let (name, after) =
                after.split_once('}').ok_or_else(|| unknown(&format!("{{{after}")))?;
            parts.push(Part::Text(text.to_owned()));
            parts.push(match name {
                "node" => Part::Node,
                "cluster" => filled("cluster", "cluster id", values.cluster)?,
                "scope" => filled("scope", "scope id", values.scope)?,
                "namespace" => filled("namespace", "namespace", values.namespace)?,
                _ => return Err(unknown(&format!("{{{name}}}"))),
            });
            rest = after;
        }
        if rest.contains('}') {
            return Err(unknown("}"));
        }
        parts.push(Part::Text(rest.to_owned()));
        if !parts.contains(&Part::Node) {
            return Err(NamingError::NoNode);
        }
        Ok(Self { parts })
    }

    /// The name of a node.
    pub fn name_of(&self, node: &str) -> String {
        let part = |part: &Part| match part {
            Part::Node => node.to_owned(),
            Part::Text(text) => text.clone(),
        };
        self.parts.iter().map(part).collect()
    }

    /// The node that a name of this naming is for.
    fn node_of(&self, name: &str) -> Option<String> {
        let position = self.parts.iter().position(|part| *part == Part::Node)?;
        let (before, after) = self.parts.split_at_checked(position)?;
        let text = |parts: &[Part]| Self { parts: parts.to_vec() }.name_of("");
        let node = name.strip_prefix(&text(before))?.strip_suffix(&text(after.get(1..)?))?;
        (self.name_of(node) == name && !node.is_empty()).then(|| node.to_owned())
    }

    /// The id of a certificate's node: out of its old otherName, else its common name, else the
    /// name of its file without extension.
    pub fn node_id(&self, certificate: &Certificate, file_stem: &str) -> NodeId {
        let other_names: Vec<String> = match certificate.subject_alt_names() {
            Some(names) => names.other_name_common_names().collect(),
            None => Vec::new(),
        };
        let old =
            other_names.iter().find_map(|name| self.node_of(name).or_else(|| known_node(name)));
        if let Some(id) = old {
            return NodeId { id, source: NodeIdSource::OtherName };
        }
        match certificate.subject().common_name().map(str::trim) {
            Some(name) if is_part(name) => {
                NodeId { id: name.to_owned(), source: NodeIdSource::CommonName }
            }
            _ => NodeId { id: file_stem.to_owned(), source: NodeIdSource::FileName },
        }
    }
}

impl fmt::Display for NodeIdSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CommonName => "common name",
            Self::FileName => "file name",
            Self::OtherName => "old otherName",
        })
    }
}

fn unknown(placeholder: &str) -> NamingError {
    NamingError::Placeholder { placeholder: placeholder.to_owned() }
}

fn filled(
    name: &'static str,
    what: &'static str,
    value: Option<&str>,
) -> Result<Part, NamingError> {
    let value = value.ok_or(NamingError::Missing { name })?;
    if is_part(value) {
        return Ok(Part::Text(value.to_owned()));
    }
    Err(NamingError::BadValue { what, value: value.to_owned() })
}

/// The node of a name of the cloud or of the Kubernetes operator.
fn known_node(name: &str) -> Option<String> {
    let node = NodeName::parse(name)?.node;
    is_part(node).then(|| node.to_owned())
}

/// Whether text can stand in a name without changing what patterns make of it.
fn is_part(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    !text.is_empty() && text.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: NamingValues<'_> = NamingValues {
        cluster: Some("1234567abcd"),
        scope: Some("myscope"),
        namespace: Some("default"),
    };

    #[test]
    fn templates_are_filled() {
        #[track_caller]
        fn check(template: &str, expected: &str) {
            assert_eq!(Naming::new(template, VALUES).unwrap().name_of("node1"), expected);
        }

        check(Naming::CLOUD, "node1.node.1234567abcd.cluster.myscope.account");
        check(
            "{node}.node.{cluster}.{namespace}.es.local",
            "node1.node.1234567abcd.default.es.local",
        );
        check("{node}", "node1");
    }

    #[test]
    fn templates_that_make_no_name_are_refused() {
        #[track_caller]
        fn check(template: &str, values: NamingValues<'_>, expected: &NamingError) {
            assert_eq!(Naming::new(template, values).as_ref(), Err(expected), "{template}");
        }
        let none = NamingValues::default();
        let starred = NamingValues { cluster: Some("*"), ..VALUES };

        check("x.{cluster}", VALUES, &NamingError::NoNode);
        check(Naming::CLOUD, none, &NamingError::Missing { name: "cluster" });
        let bad = NamingError::BadValue { what: "cluster id", value: "*".to_owned() };
        check(Naming::CLOUD, starred, &bad);
        for (template, placeholder) in [("{nod}", "{nod}"), ("{node", "{node"), ("{node}}", "}")] {
            let placeholder = placeholder.to_owned();
            check(template, VALUES, &NamingError::Placeholder { placeholder });
        }
    }

    #[test]
    fn the_node_of_a_name_is_found_again() {
        let naming = Naming::new(Naming::CLOUD, VALUES).unwrap();
        let node = |name: &str| naming.node_of(name);
        assert_eq!(node("a.b.node.1234567abcd.cluster.myscope.account").as_deref(), Some("a.b"));
        assert_eq!(node("a.node.other.cluster.myscope.account"), None);
        assert_eq!(known_node("a.node.other.cluster.x.account").as_deref(), Some("a"));
        assert_eq!(known_node("a.example.com"), None);
    }
}
