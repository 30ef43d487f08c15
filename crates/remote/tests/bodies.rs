//! The bodies of requests in the committed kits, against the public definitions of the APIs: the
//! fields of `api-models.tsv`, restated from the Elasticsearch specification and the models of the
//! Elastic Cloud API, and the rules that the latter's comments state for direct trust.

#![allow(clippy::disallowed_methods, reason = "tests read files")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crosstrust_testkit::{fixture_path, rows};
use serde_json::Value;

/// A field of a body: its request, its path, its type, and whether the object that it is in needs it.
struct Field {
    request: String,
    path: String,
    kind: String,
    is_required: bool,
}

fn model() -> Vec<Field> {
    let fields = rows("remote/api-models.tsv").into_iter().map(|cells| {
        let [request, path, kind, required] = <[String; 4]>::try_from(cells).unwrap();
        Field { request, path, kind, is_required: required == "yes" }
    });
    fields.collect()
}

/// Each request that sends a file of a kit: where it is, the request, and the body.
fn bodies() -> Vec<(String, String, Value)> {
    let mut bodies = Vec::new();
    for entry in fs::read_dir(fixture_path("remote")).unwrap() {
        let folder = entry.unwrap().path();
        let Ok(text) = fs::read_to_string(folder.join("kit.txt")) else { continue };
        let parts = text.split("\n-- ").filter_map(|part| part.split_once(" --\n"));
        let files: BTreeMap<&str, &str> =
            parts.map(|(path, text)| (path.trim_start_matches("-- "), text)).collect();
        let kit: Value = serde_json::from_str(files["kit.json"]).unwrap();
        for step in ["steps", "removal"].iter().flat_map(|key| kit[key].as_array().unwrap()) {
            let sent = step["file"].as_str().zip(step["request"].as_object());
            let Some((file, request)) = sent else { continue };
            let part = |key: &str| request[key].as_str().unwrap();
            let place = format!("{}: {file}", folder.display());
            let request = format!("{} {}", part("method"), part("path"));
            bodies.push((place, request, serde_json::from_str(files[file]).unwrap()));
        }
    }
    assert!(bodies.len() > 300, "{} bodies only", bodies.len());
    bodies
}

/// Whether a text is that of a pattern, in which `*` is one part.
fn fits(pattern: &str, text: &str, separator: char) -> bool {
    let (pattern, text): (Vec<&str>, Vec<&str>) =
        (pattern.split(separator).collect(), text.split(separator).collect());
    let one = |(pattern, text): (&&str, &&str)| *pattern == "*" || pattern == text;
    pattern.len() == text.len() && pattern.iter().zip(&text).all(one)
}

/// The leaves of a body: path, with `[]` for an item of a list, and value.
fn leaves(path: &str, value: &Value, out: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                // A key with dots is one part of a path.
                let key = key.replace('.', "_");
                let path = if path.is_empty() { key } else { format!("{path}.{key}") };
                leaves(&path, value, out);
            }
        }
        Value::Array(items) => {
            for item in items {
                leaves(&format!("{path}[]"), item, out);
            }
        }
        _ => out.push((path.to_owned(), value.clone())),
    }
}

#[test]
fn every_body_fits_the_public_definition() {
    let model = model();
    let mut seen = BTreeSet::new();
    for (place, request, body) in bodies() {
        let fields: Vec<&Field> =
            model.iter().filter(|field| fits(&field.request, &request, '/')).collect();
        assert!(!fields.is_empty(), "{place}: nobody knows {request}");
        let mut found = Vec::new();
        leaves("", &body, &mut found);
        for (path, value) in &found {
            let field = fields.iter().find(|field| fits(&field.path, path, '.'));
            let field = field.unwrap_or_else(|| panic!("{place}: {path} is no field"));
            let kind = match value {
                Value::String(_) => "string",
                Value::Bool(_) => "boolean",
                // What takes a setting away.
                Value::Null => &field.kind,
                _ => "other",
            };
            assert_eq!(kind, field.kind, "{place}: {path}");
            seen.insert(format!("{} {}", field.request, field.path));
        }
        for field in fields.iter().filter(|field| field.is_required) {
            let has = |path: &str| found.iter().any(|(leaf, _)| fits(path, leaf, '.'));
            let object = field.path.rsplit_once('.').map(|(object, _)| format!("{object}."));
            let inside = |path: &str| object.as_ref().is_none_or(|it| path.starts_with(it));
            let is_there = found.iter().any(|(path, _)| inside(path));
            assert!(!is_there || has(&field.path), "{place}: {} is missing", field.path);
        }
    }
    let known = model.iter().map(|field| format!("{} {}", field.request, field.path));
    let unseen: Vec<String> = known.filter(|field| !seen.contains(field)).collect();
    assert!(unseen.is_empty(), "no kit has {unseen:?}");
}

/// The rules of a direct trust, as the model's comments state them.
#[test]
fn every_direct_trust_is_consistent() {
    let mut count = 0;
    for (place, _, body) in bodies() {
        let entries = body.pointer("/trust/direct").and_then(Value::as_array);
        for entry in entries.into_iter().flatten() {
            count += 1;
            let all = entry["trust_all"].as_bool().unwrap();
            let has = |key: &str| entry.get(key).is_some();
            let kind = entry["type"].as_str().unwrap();
            assert!(["generic", "ECE", "ESS", "proxy"].contains(&kind), "{place}: {kind}");
            assert!(!entry["certificates"].as_array().unwrap().is_empty(), "{place}");
            if kind == "proxy" {
                let keys = ["trust_allowlist", "scope_id", "additional_node_names"];
                assert!(!all && keys.iter().all(|key| !has(key)), "{place}");
                continue;
            }
            assert!(!all || has("scope_id") && !has("trust_allowlist"), "{place}");
            assert!(!has("trust_allowlist") || has("scope_id"), "{place}");
            assert!(has("scope_id") || has("additional_node_names"), "{place}");
            let names = entry.get("additional_node_names").and_then(Value::as_array);
            for name in names.into_iter().flatten() {
                assert!(!name.as_str().unwrap().contains(['*', '?']), "{place}: {name}");
            }
        }
    }
    assert!(count > 20, "{count} entries only");
}
