//! The trust settings of a deployment: entries are added to those that are there, or taken out again.
//!
//! A deployment is changed by `PUT /api/v1/deployments/{id}`, whose body must have the whole plan of
//! the Elasticsearch resource, and whose trust settings take the place of the former ones. So what
//! `GET` answers is read, changed, and written back.

mod entry;

use serde_json::{Map, Value, json};

/// What becomes of the entries.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TrustChange {
    /// They are added.
    Add,
    /// They are taken out.
    Remove,
}

/// Why there is no body.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum TrustError {
    /// The deployment is not what the API answers.
    #[error("{reason}")]
    Deployment {
        /// What is wrong.
        reason: String,
    },
    /// The entries are none.
    #[error("{reason}")]
    Trust {
        /// What is wrong.
        reason: String,
    },
}

/// The body of a request, and what somebody should know of it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct TrustBody {
    /// The body of `PUT /api/v1/deployments/{id}`.
    pub text: String,
    /// What became other than the entries say, so that nobody else is shut out.
    pub notes: Vec<String>,
}

/// The body of `PUT /api/v1/deployments/{id}` that gives a deployment these trust settings beside
/// those that it has, or takes them out again.
///
/// `deployment` is what `GET /api/v1/deployments/{id}?show_settings=true&show_plans=true` answers,
/// `trust` a body such as `{"trust": {"accounts": […], "direct": […]}}`; `ref_id` names the
/// Elasticsearch resource where there are several. The first account beside other entries is the
/// deployment's own, and stays as it is.
///
/// Nothing is narrowed: an entry that is there keeps its clusters, node names and certificates, and
/// trusts all of its scope if it did. Taking out leaves what others were let in by.
pub fn merge_trust(
    deployment: &str,
    trust: &str,
    ref_id: Option<&str>,
    change: TrustChange,
) -> Result<TrustBody, TrustError> {
    let answer = parsed(deployment).map_err(|reason| TrustError::Deployment { reason })?;
    let resource = resource(&answer, ref_id).map_err(|reason| TrustError::Deployment { reason })?;
    let entries = entries(trust).map_err(|reason| TrustError::Trust { reason })?;
    let (body, notes) =
        body(resource, &entries, change).map_err(|reason| TrustError::Deployment { reason })?;
    let mut text = serde_json::to_string_pretty(&body)
        .map_err(|error| TrustError::Deployment { reason: error.to_string() })?;
    text.push('\n');
    Ok(TrustBody { text, notes })
}

fn parsed(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("it is not JSON: {error}"))
}

/// The Elasticsearch resource of a deployment.
fn resource<'a>(answer: &'a Value, ref_id: Option<&str>) -> Result<&'a Value, String> {
    let missing =
        "it is no answer to GET /api/v1/deployments/{id}: `resources.elasticsearch` is missing";
    let list =
        answer.pointer("/resources/elasticsearch").and_then(Value::as_array).ok_or(missing)?;
    let has_id =
        |one: &&Value| ref_id.is_none() || one.get("ref_id").and_then(Value::as_str) == ref_id;
    let found: Vec<&Value> = list.iter().filter(has_id).collect();
    match (found.as_slice(), ref_id) {
        ([one], _) => Ok(one),
        ([], Some(id)) => Err(format!("it has no Elasticsearch resource `{id}`")),
        ([], None) => Err("it has no Elasticsearch resource".to_owned()),
        _ => Err(format!("it has {} Elasticsearch resources, and none is named", found.len())),
    }
}

/// The lists of a trust settings object.
fn entries(text: &str) -> Result<Map<String, Value>, String> {
    let value = parsed(text)?;
    let trust = value.get("trust").and_then(Value::as_object);
    let trust = trust.ok_or("it has no `trust` with entries")?;
    if let Some(placeholder) = trust.values().find_map(placeholder) {
        return Err(format!(
            "`{placeholder}` stands there for something that is still to be filled in"
        ));
    }
    for (name, list) in trust {
        let Some((_, key)) = KEYS.iter().find(|(known, _)| known == name) else {
            return Err(format!(
                "`trust` has `{name}`, and only accounts, direct and external are known"
            ));
        };
        let list = list.as_array().ok_or_else(|| format!("`trust.{name}` is no list"))?;
        if list.iter().any(|entry| entry.get(key).and_then(Value::as_str).is_none()) {
            return Err(format!("an entry of `trust.{name}` has no `{key}`"));
        }
    }
    Ok(trust.clone())
}

fn body(
    resource: &Value,
    entries: &Map<String, Value>,
    change: TrustChange,
) -> Result<(Value, Vec<String>), String> {
    let part = |path: &str, how: &str| {
        let found = resource.pointer(path).filter(|value| !value.is_null());
        found.cloned().ok_or_else(|| {
            format!(
                "the resource has no `{}`: {how}",
                path.trim_start_matches('/').replace('/', ".")
            )
        })
    };
    let plan = part("/info/plan_info/current/plan", "ask with `?show_plans=true`")?;
    let settings = part("/info/settings", "ask with `?show_settings=true`")?;
    let mut settings = settings.as_object().cloned().unwrap_or_default();
    let mut trust = settings.get("trust").and_then(Value::as_object).cloned().unwrap_or_default();
    let notes = changed(&mut trust, entries, change);
    settings.insert("trust".to_owned(), Value::Object(trust));
    let mut payload = json!({
        "ref_id": part("/ref_id", "it is not what the API answers")?,
        "region": part("/region", "it is not what the API answers")?,
        "plan": plan,
        "settings": settings,
    });
    if let (Some(name), Some(payload)) =
        (resource.pointer("/info/cluster_name"), payload.as_object_mut())
    {
        payload.insert("display_name".to_owned(), name.clone());
    }
    Ok((json!({"prune_orphans": false, "resources": {"elasticsearch": [payload]}}), notes))
}

/// Adds the entries to what is trusted, or takes them out. Gives what somebody should know of it.
fn changed(
    trust: &mut Map<String, Value>,
    entries: &Map<String, Value>,
    change: TrustChange,
) -> Vec<String> {
    let is_alone = entries.values().map(|value| list(value).len()).sum::<usize>() == 1;
    let mut notes = Vec::new();
    for (name, _) in KEYS {
        let new = entries.get(name).map_or(&[][..], list);
        if new.is_empty() {
            continue;
        }
        let mut old = trust.get(name).map_or(&[][..], list).to_vec();
        for (index, entry) in new.iter().enumerate() {
            let is_own = name == "accounts" && index == 0;
            match change {
                TrustChange::Add if is_own && !is_alone => entry::keep(&mut old, name, entry),
                TrustChange::Add => notes.extend(entry::add(&mut old, name, entry)),
                TrustChange::Remove if is_own && !is_alone => {}
                TrustChange::Remove if is_own => entry::remove_clusters(&mut old, entry),
                TrustChange::Remove => notes.extend(entry::remove(&mut old, name, entry)),
            }
        }
        trust.insert(name.to_owned(), Value::Array(old));
    }
    notes
}

/// A text that stands for another one: `REPLACE_WITH_…` as kits have it, or `<…>`.
fn placeholder(value: &Value) -> Option<&str> {
    match value {
        Value::Array(items) => items.iter().find_map(placeholder),
        Value::Object(map) => map.values().find_map(placeholder),
        Value::String(text) => {
            let bracketed = text.starts_with('<') && text.ends_with('>');
            (bracketed || text.starts_with("REPLACE_WITH")).then_some(text.as_str())
        }
        _ => None,
    }
}

/// The items of a list; none where the value is something else.
fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The lists of trust settings, and what each entry of them must have.
const KEYS: [(&str, &str); 3] =
    [("accounts", "account_id"), ("direct", "name"), ("external", "trust_relationship_id")];

#[cfg(test)]
mod tests;
