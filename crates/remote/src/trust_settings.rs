//! The trust settings of a deployment: entries are added to those that are there, or taken out again.
//!
//! A deployment is changed by `PUT /api/v1/deployments/{id}`, whose body must have the whole plan of
//! the Elasticsearch resource, and whose trust settings take the place of the former ones. So what
//! `GET` answers is read, changed, and written back.

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

/// The body of `PUT /api/v1/deployments/{id}` that gives a deployment these trust settings beside
/// those that it has, or takes them out again.
///
/// `deployment` is what `GET /api/v1/deployments/{id}?show_settings=true&show_plans=true` answers,
/// `trust` a body such as `{"trust": {"accounts": […], "direct": […]}}`; `ref_id` names the
/// Elasticsearch resource where there are several. The first account beside other entries is the
/// deployment's own, and stays as it is.
pub fn merge_trust(
    deployment: &str,
    trust: &str,
    ref_id: Option<&str>,
    change: TrustChange,
) -> Result<String, TrustError> {
    let answer = parsed(deployment).map_err(|reason| TrustError::Deployment { reason })?;
    let resource = resource(&answer, ref_id).map_err(|reason| TrustError::Deployment { reason })?;
    let entries = entries(trust).map_err(|reason| TrustError::Trust { reason })?;
    let body = body(resource, &entries, change);
    let mut text =
        serde_json::to_string_pretty(&body.map_err(|reason| TrustError::Deployment { reason })?)
            .map_err(|error| TrustError::Deployment { reason: error.to_string() })?;
    text.push('\n');
    Ok(text)
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
    for (name, list) in trust {
        let Some((_, key)) = KEYS.iter().find(|(known, _)| known == name) else {
            return Err(format!(
                "`trust` has `{name}`, and only accounts, direct and external are known"
            ));
        };
        let list = list.as_array().ok_or_else(|| format!("`trust.{name}` is no list"))?;
        if list.iter().any(|entry| text_of(entry, key).is_none()) {
            return Err(format!("an entry of `trust.{name}` has no `{key}`"));
        }
    }
    Ok(trust.clone())
}

fn body(
    resource: &Value,
    entries: &Map<String, Value>,
    change: TrustChange,
) -> Result<Value, String> {
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
    for (name, key) in KEYS {
        let new = list(entries.get(name));
        if new.is_empty() {
            continue;
        }
        let mut old = list(trust.get(name));
        let is_alone = entries.values().map(|value| list(Some(value)).len()).sum::<usize>() == 1;
        for (index, entry) in new.iter().enumerate() {
            let is_own = name == "accounts" && index == 0 && !is_alone;
            match change {
                TrustChange::Add => add(&mut old, entry, key, is_own),
                TrustChange::Remove if is_own => {}
                TrustChange::Remove => remove(&mut old, entry, key),
            }
        }
        trust.insert(name.to_owned(), Value::Array(old));
    }
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
    Ok(json!({"prune_orphans": false, "resources": {"elasticsearch": [payload]}}))
}

fn list(value: Option<&Value>) -> Vec<Value> {
    value.and_then(Value::as_array).cloned().unwrap_or_default()
}

fn text_of<'a>(entry: &'a Value, key: &str) -> Option<&'a str> {
    entry.get(key)?.as_str()
}

/// Adds an entry; one with the same key makes way, but the clusters that it lets in by their ids stay.
fn add(old: &mut Vec<Value>, entry: &Value, key: &str, is_own: bool) {
    let name = text_of(entry, key);
    let Some(there) = old.iter_mut().find(|one| text_of(one, key) == name) else {
        old.push(entry.clone());
        return;
    };
    if is_own {
        return;
    }
    let mut merged = entry.clone();
    let ids = allowed(there);
    if entry.get("trust_all") == Some(&Value::Bool(false)) {
        let mut all = ids;
        let new = allowed(entry);
        all.extend(new.into_iter().filter(|id| !list(there.get(ALLOWLIST)).contains(id)));
        if let (Some(map), false) = (merged.as_object_mut(), all.is_empty()) {
            map.insert(ALLOWLIST.to_owned(), Value::Array(all));
        }
    }
    for kept in ["uid", "name"] {
        if let (Some(value), Some(map)) = (there.get(kept), merged.as_object_mut()) {
            map.entry(kept).or_insert_with(|| value.clone());
        }
    }
    *there = merged;
}

/// Takes an entry out, or of an entry that lets in others too, the clusters that it names.
fn remove(old: &mut Vec<Value>, entry: &Value, key: &str) {
    let name = text_of(entry, key);
    let gone = allowed(entry);
    old.retain_mut(|one| {
        if text_of(one, key) != name {
            return true;
        }
        let mut rest = allowed(one);
        rest.retain(|id| !gone.contains(id));
        let stays = !gone.is_empty() && !rest.is_empty();
        if let (true, Some(map)) = (stays, one.as_object_mut()) {
            map.insert(ALLOWLIST.to_owned(), Value::Array(rest));
        }
        stays
    });
}

/// The clusters that an entry lets in by their ids.
fn allowed(entry: &Value) -> Vec<Value> {
    list(entry.get(ALLOWLIST))
}

const ALLOWLIST: &str = "trust_allowlist";
/// The lists of trust settings, and what tells their entries apart.
const KEYS: [(&str, &str); 3] =
    [("accounts", "account_id"), ("direct", "name"), ("external", "trust_relationship_id")];

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{TrustChange, merge_trust};

    fn deployment(trust: &Value) -> String {
        json!({"id": "d", "resources": {"elasticsearch": [{
            "ref_id": "main-elasticsearch", "region": "gcp-us-central1",
            "info": {
                "cluster_name": "logs",
                "plan_info": {"current": {"plan": {"cluster_topology": [], "elasticsearch": {"version": "9.1.0"}}}},
                "settings": {"dedicated_masters_threshold": 6, "trust": trust},
            },
        }]}})
        .to_string()
    }

    #[track_caller]
    fn check(there: &Value, trust: &Value, change: TrustChange, expected: &Value) {
        let trust = json!({"trust": trust}).to_string();
        let body = merge_trust(&deployment(there), &trust, None, change).unwrap();
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(body["prune_orphans"], false);
        let resource = &body["resources"]["elasticsearch"][0];
        assert_eq!(resource["ref_id"], "main-elasticsearch");
        assert_eq!(resource["region"], "gcp-us-central1");
        assert_eq!(resource["display_name"], "logs");
        assert_eq!(resource["plan"]["elasticsearch"]["version"], "9.1.0");
        assert_eq!(resource["settings"]["dedicated_masters_threshold"], 6);
        assert_eq!(resource["settings"]["trust"], *expected);
    }

    #[test]
    fn entries_are_added_beside_those_that_are_there() {
        let own = json!({"account_id": "own", "trust_all": false, "trust_allowlist": ["x"]});
        let there = json!({"accounts": [own], "direct": [{"name": "a", "trust_all": false}]});
        let new = json!({"accounts": [{"account_id": "own", "trust_all": true}],
            "direct": [{"name": "b", "trust_all": true}]});
        let both = json!({"accounts": [own],
            "direct": [{"name": "a", "trust_all": false}, {"name": "b", "trust_all": true}]});
        check(&there, &new, TrustChange::Add, &both);
        check(&both, &new, TrustChange::Remove, &there);
        check(&Value::Null, &new, TrustChange::Add, &new);
    }

    #[test]
    fn clusters_of_an_entry_are_joined_and_parted() {
        let one = |ids: &[&str]| json!({"accounts": [{"account_id": "own", "trust_all": false, "trust_allowlist": ids}]});
        check(&one(&["x"]), &one(&["y"]), TrustChange::Add, &one(&["x", "y"]));
        check(&one(&["x"]), &one(&["x"]), TrustChange::Add, &one(&["x"]));
        check(&one(&["x", "y"]), &one(&["y"]), TrustChange::Remove, &one(&["x"]));
        check(&one(&["y"]), &one(&["y"]), TrustChange::Remove, &json!({"accounts": []}));
        // Narrowing what was the default is what the file says.
        let all = json!({"accounts": [{"account_id": "own", "trust_all": true}]});
        check(&all, &one(&["y"]), TrustChange::Add, &one(&["y"]));
    }

    #[test]
    fn a_new_ca_takes_the_place_of_the_old_one() {
        let direct = |pem: &str, uid: &Value| {
            let mut entry = json!({"name": "a", "certificates": [{"pem": pem}], "trust_all": true});
            if !uid.is_null() {
                entry["uid"] = uid.clone();
            }
            json!({"direct": [entry]})
        };
        let (none, uid) = (Value::Null, json!("u"));
        check(&direct("old", &uid), &direct("new", &none), TrustChange::Add, &direct("new", &uid));
    }

    #[test]
    fn what_is_no_answer_or_no_trust_is_refused() {
        #[track_caller]
        fn check(deployment: &str, trust: &str, ref_id: Option<&str>, expected: &str) {
            let error = merge_trust(deployment, trust, ref_id, TrustChange::Add).unwrap_err();
            assert!(error.to_string().contains(expected), "{error}");
        }

        let (whole, trust) = (deployment(&Value::Null), r#"{"trust": {"direct": []}}"#);
        check("", trust, None, "it is not JSON");
        check("{}", trust, None, "`resources.elasticsearch` is missing");
        check(&whole, "[]", None, "no `trust`");
        check(&whole, r#"{"trust": {"direkt": []}}"#, None, "`trust` has `direkt`");
        check(&whole, r#"{"trust": {"direct": [{}]}}"#, None, "has no `name`");
        check(&whole, trust, Some("other"), "no Elasticsearch resource `other`");
        let (no_plan, no_settings) =
            (whole.replace("plan_info", "p"), whole.replace("settings", "s"));
        check(&no_plan, trust, None, "show_plans=true");
        check(&no_settings, trust, None, "show_settings=true");
    }
}
