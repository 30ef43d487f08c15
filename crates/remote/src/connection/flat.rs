//! The settings of an `elasticsearch.yml`, by their full names.

use std::collections::BTreeMap;

use super::node::{self, Node, Value};
use super::problem::Problem;

/// Each setting with its values; `a.b: c` and `a: {b: c}` are the same.
pub(crate) fn settings(text: &str) -> Result<BTreeMap<String, Vec<String>>, Problem> {
    let mut settings = BTreeMap::new();
    if let Some(root) = node::parse(text)? {
        flatten("", &root, &mut settings);
    }
    Ok(settings)
}

/// The path of the trust restrictions that an `elasticsearch.yml` names.
pub fn restrictions_path(text: &str) -> Option<String> {
    let settings = settings(text).ok()?;
    settings.get(RESTRICTIONS)?.first().cloned()
}

/// Depth is bounded by the parser.
fn flatten(path: &str, node: &Node, settings: &mut BTreeMap<String, Vec<String>>) {
    match &node.value {
        Value::Scalar(scalar) => {
            settings.entry(path.to_owned()).or_default().push(scalar.text.clone());
        }
        Value::Sequence(items) => {
            settings.entry(path.to_owned()).or_default();
            for item in items {
                flatten(path, item, settings);
            }
        }
        Value::Mapping(pairs) => {
            for (key, value) in pairs {
                let path = super::reader::joined(path, key.text().unwrap_or_default());
                flatten(&path, value, settings);
            }
        }
    }
}

/// The setting of the transport layer's trust restrictions.
pub(crate) const RESTRICTIONS: &str = "xpack.security.transport.ssl.trust_restrictions.path";
