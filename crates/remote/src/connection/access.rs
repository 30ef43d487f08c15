//! What the remote cluster lets the local one read: the body of the key, and the roles.

use crosstrust_settings::reader::Reader;
use crosstrust_settings::tree::{Node, Value};

use super::data::{Schema, document};
use crate::document::{Document, map, texts};

/// What may be searched, and what replicated.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Access {
    /// What may be searched.
    pub search: Vec<Grant>,
    /// What may be replicated.
    pub replication: Vec<Grant>,
}

/// Indices, and how much of them.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Grant {
    /// Names of indices, with wildcards.
    pub names: Vec<String>,
    /// The fields granted and those excepted, if fields are restricted.
    pub fields: Option<(Vec<String>, Vec<String>)>,
    /// Whether restricted indices are included, where that is said.
    pub allow_restricted_indices: Option<bool>,
    query: Option<Document>,
}

impl Access {
    /// Nothing is read twice, so all index names of searches in their order.
    pub fn search_names(&self) -> Vec<&str> {
        names(&self.search)
    }

    /// All index names of replication in their order.
    pub fn replication_names(&self) -> Vec<&str> {
        names(&self.replication)
    }

    /// The `access` of a cross-cluster API key.
    pub(crate) fn document(&self) -> Document {
        let entries = |grants: &[Grant]| -> Option<Document> {
            let entries: Vec<Document> = grants.iter().map(Grant::document).collect();
            (!entries.is_empty()).then(|| entries.into())
        };
        Document::empty()
            .maybe("search", entries(&self.search))
            .maybe("replication", entries(&self.replication))
    }

    /// The same for the operator's resource, which takes one object of each kind.
    pub(crate) fn operator_document(&self) -> Document {
        Document::empty()
            .maybe("search", self.search.first().map(Grant::document))
            .maybe("replication", self.replication.first().map(Grant::document))
    }

    pub(super) fn read(reader: &mut Reader, node: &Node, operator: bool) -> Self {
        let Some(section) = reader.section("access", node, &["search", "replication"]) else {
            return Self::default();
        };
        let mut kind = |key: &str, known: &[&str]| {
            let Some(node) = section.get(key) else { return Vec::new() };
            entries(reader, key, node, known)
        };
        let search = kind("search", &SEARCH);
        let replication = kind("replication", &["names"]);
        let access = Self { search, replication };
        access.check(reader, node, operator);
        access
    }

    fn check(&self, reader: &mut Reader, node: &Node, operator: bool) {
        let place = node.place;
        if self.search.is_empty() && self.replication.is_empty() {
            let help = "write `search: [{names: [\"logs-*\"]}]`, or the same of replication";
            reader.tell_with(place, "`access` names no index to search or to replicate", help);
        }
        let restricted = |grant: &Grant| grant.fields.is_some() || grant.query.is_some();
        if !self.replication.is_empty() && self.search.iter().any(restricted) {
            let message = "`access.search` restricts documents or fields, which Elasticsearch \
                refuses where the same key also serves replication";
            reader.tell_with(place, message, "use two aliases, one to search and one to replicate");
        }
        if operator && (self.search.len() > 1 || self.replication.len() > 1) {
            let message = "the operator takes one entry to search and one to replicate";
            reader.tell_with(place, message, "put all names into one entry");
        }
    }
}

impl Grant {
    fn document(&self) -> Document {
        let Self { names, fields, allow_restricted_indices, query } = self;
        let security = fields
            .as_ref()
            .map(|(grant, except)| map([("grant", texts(grant)), ("except", texts(except))]));
        map([("names", texts(names))])
            .maybe("field_security", security)
            .maybe("query", query.clone())
            .maybe("allow_restricted_indices", *allow_restricted_indices)
    }
}

fn names(grants: &[Grant]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for name in grants.iter().flat_map(|grant| &grant.names) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names
}

fn entries(reader: &mut Reader, key: &str, node: &Node, known: &[&str]) -> Vec<Grant> {
    let items = match &node.value {
        Value::Sequence(items) => items.as_slice(),
        Value::Mapping(_) | Value::Scalar(_) => std::slice::from_ref(node),
    };
    let path = format!("access.{key}");
    items.iter().filter_map(|item| entry(reader, &path, item, known)).collect()
}

fn entry(reader: &mut Reader, path: &str, node: &Node, known: &[&str]) -> Option<Grant> {
    if let Value::Mapping(pairs) = &node.value
        && known.len() == 1
        && let Some((key, _)) = pairs.iter().find(|(key, _)| {
            key.text().is_some_and(|text| text != "names" && SEARCH.contains(&text))
        })
    {
        let key = key.text().unwrap_or_default();
        let message = format!("replication does not support `{key}`: it copies whole indices");
        reader.tell(node.place, message);
        return None;
    }
    let section = reader.section(path, node, known)?;
    let names: Vec<String> = reader.texts(section, "names").into_iter().map(|(_, t)| t).collect();
    if names.is_empty() {
        reader.tell(node.place, format!("an entry of `{path}` has no `names`"));
        return None;
    }
    let fields = section.get("field_security").and_then(|node| fields(reader, node));
    let query = section.get("query").map(|node| document(node, Schema::Core));
    let allow_restricted_indices = reader.flag(section, "allow_restricted_indices");
    Some(Grant { names, fields, allow_restricted_indices, query })
}

fn fields(reader: &mut Reader, node: &Node) -> Option<(Vec<String>, Vec<String>)> {
    let section = reader.section("field_security", node, &["grant", "except"])?;
    let mut list = |key| reader.texts(section, key).into_iter().map(|(_, text)| text).collect();
    let (grant, except): (Vec<String>, Vec<String>) = (list("grant"), list("except"));
    if grant.is_empty() {
        reader.tell(section.place(), "`field_security` has no `grant`");
    }
    Some((grant, except))
}

const SEARCH: [&str; 4] = ["names", "field_security", "query", "allow_restricted_indices"];
