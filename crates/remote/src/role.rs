//! Roles of Elasticsearch, as its API shows them or takes them.

use serde_json::{Map, Value};

/// A role of the local cluster.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SecurityRole {
    path: String,
    name: String,
    body: Map<String, Value>,
}

/// Why a file holds no roles.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SecurityRoleError {
    /// It is not JSON.
    #[error("line {line}, column {column}: it is not JSON")]
    Json {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// It is JSON, and neither a role nor roles by their names.
    #[error("it is neither the body of a role nor what `GET /_security/role` answers")]
    Shape,
}

impl SecurityRole {
    /// Reads the answer to `GET /_security/role`, or the body of one role, which is then called by
    /// the file's name. `path` is the file as the user named it.
    pub fn parse_all(path: &str, text: &str) -> Result<Vec<Self>, SecurityRoleError> {
        let value: Value = serde_json::from_str(text).map_err(|error| SecurityRoleError::Json {
            line: error.line(),
            column: error.column(),
        })?;
        let Value::Object(object) = value else { return Err(SecurityRoleError::Shape) };
        let role = |name: &str, body| Self { path: path.to_owned(), name: name.to_owned(), body };
        if object.keys().any(|key| FIELDS.contains(&key.as_str())) || object.is_empty() {
            let file = path.rsplit('/').next().unwrap_or(path);
            return Ok(vec![role(file.strip_suffix(".json").unwrap_or(file), object)]);
        }
        let mut roles = Vec::new();
        for (name, value) in object {
            let Value::Object(body) = value else { return Err(SecurityRoleError::Shape) };
            roles.push(role(&name, body));
        }
        Ok(roles)
    }

    /// The file that it is from.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether Elasticsearch brings it along.
    pub(crate) fn is_reserved(&self) -> bool {
        let metadata = self.body.get("metadata").and_then(Value::as_object);
        metadata.and_then(|metadata| metadata.get("_reserved")) == Some(&Value::Bool(true))
    }

    /// Whether it has a field, whatever it holds.
    pub(crate) fn has(&self, field: &str) -> bool {
        self.body.contains_key(field)
    }

    /// The entries of a field that is a list of objects.
    pub(crate) fn entries(&self, field: &str) -> Vec<&Map<String, Value>> {
        let entries = self.body.get(field).and_then(Value::as_array);
        entries.into_iter().flatten().filter_map(Value::as_object).collect()
    }

    /// The words of a field that is a list of words.
    pub(crate) fn words(&self, field: &str) -> Vec<&str> {
        words(&self.body, field)
    }
}

/// The words of a field, which may be a list or one.
pub(crate) fn words<'a>(entry: &'a Map<String, Value>, field: &str) -> Vec<&'a str> {
    match entry.get(field) {
        Some(Value::String(word)) => vec![word],
        Some(Value::Array(words)) => words.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// What the body of a role has; `remote_clusters` is a common slip of the pen.
const FIELDS: [&str; 10] = [
    "applications",
    "cluster",
    "description",
    "global",
    "indices",
    "metadata",
    "remote_cluster",
    "remote_clusters",
    "remote_indices",
    "run_as",
];

#[cfg(test)]
mod tests {
    use super::{SecurityRole, SecurityRoleError};

    #[test]
    fn a_body_and_an_answer_are_told_apart() {
        let names = |text: &str| {
            let roles = SecurityRole::parse_all("roles/search.json", text).unwrap();
            roles.iter().map(|role| role.name().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(names(r#"{"indices": []}"#), ["search"]);
        assert_eq!(names("{}"), ["search"]);
        assert_eq!(names(r#"{"a": {"cluster": []}, "b": {}}"#), ["a", "b"]);
        let error = |text| SecurityRole::parse_all("a", text).unwrap_err();
        assert_eq!(error("[]"), SecurityRoleError::Shape);
        assert_eq!(error(r#"{"a": 1}"#), SecurityRoleError::Shape);
        assert_eq!(error("{"), SecurityRoleError::Json { line: 1, column: 1 });
    }
}
