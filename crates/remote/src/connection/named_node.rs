//! Nodes that a connection file names: by the name that is compared, and the names and addresses that
//! a new certificate keeps.

use crosstrust_settings::reader::{Reader, Section};
use crosstrust_settings::tree::{Node, Value};

/// A node that a connection file names.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct NamedNode {
    /// The otherName common name, or the node's name.
    pub name: String,
    /// DNS names of its certificate.
    pub dns: Vec<String>,
    /// Addresses of its certificate.
    pub ip: Vec<String>,
}

/// `node_names`: a name, or a list of names and of `{name: …, dns: […], ip: […]}`.
pub(super) fn read(reader: &mut Reader, section: Section<'_>) -> Vec<NamedNode> {
    let Some(node) = section.get("node_names") else { return Vec::new() };
    let items = match &node.value {
        Value::Sequence(items) => items.as_slice(),
        Value::Mapping(_) | Value::Scalar(_) => std::slice::from_ref(node),
    };
    let mut nodes: Vec<NamedNode> = Vec::new();
    for item in items {
        let Some(named) = one(reader, item) else { continue };
        let NamedNode { name, .. } = &named;
        if name.contains(['*', '?', '/', '\\']) || name.chars().any(char::is_control) {
            let help = "list every node, or give `cluster_id` and `scope_id`";
            reader.tell_with(item.place, format!("`{name}` is no literal name"), help);
        } else if nodes.iter().any(|known| known.name == *name) {
            reader.tell(item.place, format!("the name `{name}` is given twice"));
        } else {
            nodes.push(named);
        }
    }
    nodes
}

fn one(reader: &mut Reader, item: &Node) -> Option<NamedNode> {
    if let Value::Mapping(_) = item.value {
        let entry = reader.section("node_names", item, &["name", "dns", "ip"])?;
        let name = reader.required(entry, "name", |text| Ok::<_, String>(text.to_owned()))?;
        let texts = |reader: &mut Reader, key| {
            reader.texts(entry, key).into_iter().map(|(_, text)| text).collect()
        };
        let (dns, ip) = (texts(reader, "dns"), texts(reader, "ip"));
        return Some(NamedNode { name, dns, ip });
    }
    match item.text().map(str::trim) {
        Some(name) if !name.is_empty() => {
            Some(NamedNode { name: name.to_owned(), dns: Vec::new(), ip: Vec::new() })
        }
        _ => {
            let message =
                "an item of `node_names` is neither a name nor `{name: …, dns: […], ip: […]}`";
            reader.tell(item.place, message);
            None
        }
    }
}
