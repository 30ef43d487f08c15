//! The JSON schema of the inventory, made of the table of keys.

use serde_json::{Map, Value, json};

use crate::keys::{FILE, Key, Shape};

/// A JSON schema (draft 2020-12) of the inventory, for editors that complete and check YAML.
#[must_use]
pub fn schema() -> String {
    let mut schema = mapping(FILE);
    if let Value::Object(pairs) = &mut schema {
        pairs.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        pairs.insert("title".to_owned(), json!("Crosstrust inventory"));
        pairs.insert("required".to_owned(), json!(["clusters"]));
    }
    format!("{schema:#}\n")
}

fn mapping(keys: &[Key]) -> Value {
    let properties: Map<String, Value> =
        keys.iter().map(|key| (key.name.to_owned(), described(key))).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn described(key: &Key) -> Value {
    let mut value = shape(&key.shape);
    if let Value::Object(pairs) = &mut value {
        pairs.insert("description".to_owned(), json!(key.about));
    }
    value
}

fn shape(shape: &Shape) -> Value {
    match shape {
        Shape::Text => json!({ "type": "string", "minLength": 1 }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Word(words) => json!({ "enum": words }),
        Shape::Texts => one_or_several(&json!({ "type": "string", "minLength": 1 })),
        Shape::Words(words) => one_or_several(&json!({ "enum": words })),
        Shape::Mapping(keys) => mapping(keys),
        Shape::Named(keys) => json!({
            "type": "object",
            "propertyNames": { "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$" },
            "additionalProperties": mapping(keys),
        }),
    }
}

fn one_or_several(one: &Value) -> Value {
    json!({ "anyOf": [one, { "type": "array", "items": one }] })
}
