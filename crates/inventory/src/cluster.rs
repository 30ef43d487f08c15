//! A cluster of the inventory.

use std::str::FromStr;

use crosstrust_preflight::{Expectation, VerificationMode};
use crosstrust_remote::{Platform, Version};
use crosstrust_restrictions::X509Field;
use crosstrust_settings::reader::{Reader, Section};
use crosstrust_settings::tree::{LineColumn, Node};

use crate::expect::{self, Named};
use crate::keys::{CLUSTER, names};
use crate::password::Passwords;

/// A cluster: its files, as they are written, and what is known of it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Cluster {
    /// What it is called.
    pub name: String,
    /// Where it stands in the file.
    pub place: LineColumn,
    /// What its nodes present: files, folders, globs, ZIP archives.
    pub nodes: Vec<String>,
    /// What its nodes trust: files and globs. Without any, the CAs beside its nodes.
    pub authorities: Vec<String>,
    /// Its trust restrictions file.
    pub restrictions: Option<String>,
    /// The settings files of its nodes.
    pub elasticsearch_yml: Vec<String>,
    /// The fields that its restrictions compare; empty is Elasticsearch's default.
    pub x509_fields: Vec<X509Field>,
    /// Its verification mode.
    pub verification_mode: Option<VerificationMode>,
    /// The private key of its one node.
    pub key: Option<String>,
    /// What runs it.
    pub platform: Option<Platform>,
    /// Its version of Elasticsearch.
    pub version: Option<Version>,
    /// Where the passwords of its files are.
    pub passwords: Passwords,
    /// Whom it is meant to accept; nothing where the file does not say.
    pub expect: Option<Expectation>,
}

impl Cluster {
    /// Reads a cluster, and what it expects, of which the names are not looked up yet.
    pub(crate) fn read(
        reader: &mut Reader,
        name: &str,
        node: &Node,
    ) -> Option<(Self, Option<Named>)> {
        let path = format!("clusters.{name}");
        let section = reader.section(&path, node, &names(CLUSTER))?;
        let cluster = Self {
            name: name.to_owned(),
            place: node.place,
            nodes: texts(reader, section, "nodes"),
            authorities: texts(reader, section, "ca"),
            restrictions: reader.text(section, "restrictions"),
            elasticsearch_yml: texts(reader, section, "elasticsearch_yml"),
            x509_fields: fields(reader, section),
            verification_mode: reader.read(
                section,
                "verification_mode",
                VerificationMode::from_str,
            ),
            key: reader.text(section, "key"),
            platform: reader.read(section, "platform", Platform::from_str),
            version: reader.read(section, "version", Version::from_str),
            passwords: Passwords::read(reader, &path, section),
            expect: None,
        };
        let sources = [&cluster.nodes, &cluster.authorities, &cluster.elasticsearch_yml];
        if sources.iter().all(|list| list.is_empty()) {
            let message = format!("the cluster `{name}` names no file");
            reader.tell_with(section.place(), message, "name what its nodes present with `nodes`");
        }
        let expect = expect::read(reader, &path, section);
        Some((cluster, expect))
    }
}

fn texts(reader: &mut Reader, section: Section<'_>, key: &str) -> Vec<String> {
    reader.texts(section, key).into_iter().map(|(_, text)| text).collect()
}

fn fields(reader: &mut Reader, section: Section<'_>) -> Vec<X509Field> {
    let mut fields = Vec::new();
    for (place, text) in reader.texts(section, "x509_fields") {
        match text.parse() {
            Ok(field) => fields.push(field),
            Err(error) => reader.tell(place, format!("`x509_fields`: {error}")),
        }
    }
    fields
}
