//! One entry of the trust settings: what tells it from others, and how two that are one are joined.

use serde_json::{Map, Value};

use super::list;

/// Adds an entry where none like it is there.
pub(super) fn keep(old: &mut Vec<Value>, kind: &str, entry: &Value) {
    if !old.iter().any(|one| is_same(kind, one, entry)) {
        old.push(entry.clone());
    }
}

/// Adds an entry. One that is the same is widened by it, and never narrowed. One that lets in everybody of its
/// certificates gets no others: the entry stands beside it then. Gives what stays wider than the entry says.
pub(super) fn add(old: &mut Vec<Value>, kind: &str, entry: &Value) -> Option<String> {
    let Some(there) = position(old, kind, entry).and_then(|at| old.get_mut(at)) else {
        old.push(entry.clone());
        return None;
    };
    if trusts_all(there) && !trusts_all(entry) && !vouches(there, entry) {
        old.push(entry.clone());
        return None;
    }
    let trusts_more = trusts_all(there) && !trusts_all(entry);
    let (Some(there), Some(entry)) = (there.as_object_mut(), entry.as_object()) else {
        return None;
    };
    for (field, value) in entry {
        match there.get_mut(field) {
            Some(Value::Array(items)) => join(items, list(value)),
            Some(known) if field == TRUST_ALL && *value == Value::Bool(true) => {
                *known = Value::Bool(true);
            }
            Some(Value::Null) | None => {
                there.insert(field.clone(), value.clone());
            }
            Some(_) => {}
        }
    }
    trusts_more.then(|| {
        format!(
            "{} is trusted as a whole already, and stays so: others may connect by it; narrow it in the \
             console",
            label(kind, entry)
        )
    })
}

/// Takes out what an entry has added: its clusters and node names, its certificates where nobody else
/// is let in by them, and the whole of it where nothing is left. Gives what stays.
pub(super) fn remove(old: &mut Vec<Value>, kind: &str, entry: &Value) -> Option<String> {
    let position = position(old, kind, entry)?;
    let goes_whole = trusts_all(entry);
    let there = old.get_mut(position)?;
    let was_whole = trusts_all(there);
    let (there, entry) = (there.as_object_mut()?, entry.as_object()?);
    for field in [ALLOWLIST, NODE_NAMES] {
        part(there, field, entry);
    }
    let has_some = there.contains_key(ALLOWLIST) || there.contains_key(NODE_NAMES);
    if has_some || (was_whole && !goes_whole) {
        if goes_whole {
            there.insert(TRUST_ALL.to_owned(), Value::Bool(false));
        }
        return entry.contains_key(CERTIFICATES).then(|| rest(there, kind, entry));
    }
    part(there, CERTIFICATES, entry);
    // Without a scope an entry lets in nodes by their names, or is of a server's CA.
    let is_of_use = there.contains_key(SCOPE) || there.get(TYPE) == Some(&Value::from(PROXY));
    if !is_of_use || !there.contains_key(CERTIFICATES) {
        old.remove(position);
        return None;
    }
    Some(format!(
        "{} has other certificates too, and stays with those: take it out by hand if nobody needs it",
        label(kind, there)
    ))
}

/// Takes the certificates out of an entry that lets in others, unless there are no other ones by which it
/// could. Gives what became of them.
fn rest(there: &mut Map<String, Value>, kind: &str, entry: &Map<String, Value>) -> String {
    let label = label(kind, there);
    let before = there.get(CERTIFICATES).cloned();
    part(there, CERTIFICATES, entry);
    if there.contains_key(CERTIFICATES) {
        return format!(
            "{label} lets in others by its other certificates: add those again that vouch for them, too"
        );
    }
    there.extend(before.map(|before| (CERTIFICATES.to_owned(), before)));
    format!("{label} lets in others by the same certificates, so these stay")
}

/// Takes the clusters out of the entry of the deployment's own account, which stays.
pub(super) fn remove_clusters(old: &mut [Value], entry: &Value) {
    let there = old.iter_mut().find(|one| is_same("accounts", one, entry));
    let (Some(Value::Object(there)), Some(entry)) = (there, entry.as_object()) else { return };
    part(there, ALLOWLIST, entry);
    there.entry(ALLOWLIST).or_insert_with(|| Value::Array(Vec::new()));
}

/// Where the entry is that is the same: of two, the one that lets in as much.
fn position(old: &[Value], kind: &str, entry: &Value) -> Option<usize> {
    let same = || old.iter().enumerate().filter(|(_, one)| is_same(kind, one, entry));
    let alike = same().find(|(_, one)| trusts_all(one) == trusts_all(entry));
    alike.or_else(|| same().next()).map(|(at, _)| at)
}

/// Whether an entry has all certificates of another.
fn vouches(one: &Value, other: &Value) -> bool {
    let of =
        |entry: &Value| entry.get(CERTIFICATES).map_or(Vec::new(), |items| list(items).to_vec());
    let there = of(one);
    of(other).iter().all(|new| there.iter().any(|known| is_one(known, new)))
}

/// Whether two entries are one: direct ones by type, scope and name together.
fn is_same(kind: &str, one: &Value, other: &Value) -> bool {
    let fields: &[&str] = match kind {
        "accounts" => &["account_id"],
        "external" => &["trust_relationship_id"],
        _ => &[TYPE, SCOPE, "name"],
    };
    fields.iter().all(|field| text_of(one, field) == text_of(other, field))
}

/// A text, `generic` where no type is said.
fn text_of<'a>(entry: &'a Value, field: &str) -> &'a str {
    let usual = if field == TYPE { "generic" } else { "" };
    entry.get(field).and_then(Value::as_str).unwrap_or(usual)
}

fn trusts_all(entry: &Value) -> bool {
    entry.get(TRUST_ALL) == Some(&Value::Bool(true))
}

/// How a person finds it in the console.
fn label(kind: &str, entry: &Map<String, Value>) -> String {
    let of = |field: &str| entry.get(field).and_then(Value::as_str);
    let fields = ["name", "account_id", "trust_relationship_id"];
    let name = fields.iter().find_map(|field| of(field)).unwrap_or_default();
    format!("`{name}` of `trust.{kind}`")
}

/// Adds the items that are not there.
fn join(items: &mut Vec<Value>, new: &[Value]) {
    for item in new {
        if !items.iter().any(|known| is_one(known, item)) {
            items.push(item.clone());
        }
    }
}

/// Takes the items of an entry out of a list, which goes when it was the last that it had.
fn part(there: &mut Map<String, Value>, field: &str, entry: &Map<String, Value>) {
    let gone = entry.get(field).map_or(&[][..], list);
    let Some(Value::Array(items)) = there.get_mut(field) else { return };
    items.retain(|item| !gone.iter().any(|other| is_one(item, other)));
    if items.is_empty() {
        there.remove(field);
    }
}

/// Whether two items are one: certificates by their PEM, however its lines are broken.
fn is_one(one: &Value, other: &Value) -> bool {
    let pem = |item: &Value| {
        let text = item.get("pem").and_then(Value::as_str);
        text.map(|text| text.split_whitespace().collect::<String>())
    };
    match (pem(one), pem(other)) {
        (Some(one), Some(other)) => one == other,
        _ => one == other,
    }
}

const ALLOWLIST: &str = "trust_allowlist";
const CERTIFICATES: &str = "certificates";
const NODE_NAMES: &str = "additional_node_names";
const PROXY: &str = "proxy";
const SCOPE: &str = "scope_id";
const TRUST_ALL: &str = "trust_all";
const TYPE: &str = "type";
