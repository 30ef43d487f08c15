//! The answer to `GET /_cluster/settings`: where remote clusters are registered.

use std::collections::BTreeMap;

use serde_json::Value;

use super::answer::{self, AnswerError};

/// The settings of a cluster that were made by its API.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ClusterSettings {
    pub(super) persistent: BTreeMap<String, String>,
    pub(super) transient: BTreeMap<String, String>,
}

impl ClusterSettings {
    /// Reads the answer, flat or nested.
    pub fn parse(text: &str) -> Result<Self, AnswerError> {
        let value = answer::parse(text)?;
        let of = |key: &str| {
            let section = value.get(key).filter(|section| section.is_object());
            let section = section.ok_or(AnswerError::Shape { what: "settings of a cluster" })?;
            let mut flat = BTreeMap::new();
            flatten(String::new(), section, &mut flat);
            Ok(flat)
        };
        Ok(Self { persistent: of("persistent")?, transient: of("transient")? })
    }
}

/// JSON's reader bounds how deep this goes.
fn flatten(key: String, value: &Value, out: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(entries) => {
            for (name, value) in entries {
                let key = if key.is_empty() { name.clone() } else { format!("{key}.{name}") };
                flatten(key, value, out);
            }
        }
        Value::String(text) => {
            out.insert(key, text.clone());
        }
        other => {
            out.insert(key, other.to_string());
        }
    }
}
