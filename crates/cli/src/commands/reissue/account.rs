//! What a re-issue tells before anything is signed.

use crosstrust_issue::ReissuePlan;
use crosstrust_restrictions::Restrictions;
use serde::Serialize;

use super::node::{Node, target};
use super::options::Arguments;
use crate::json::json;
use crate::options::Format;
use crate::written::destination::Destination;
use crate::written::listing::{Action, Fate};

pub(super) fn account(
    nodes: &[Node<'_>],
    restrictions: Option<&Restrictions>,
    destination: Destination,
    arguments: &Arguments,
) -> String {
    let listed = nodes.iter().map(|node| {
        let ReissuePlan { node: id, old_names, new_name, left_out, .. } = &node.plan;
        Listed {
            path: &node.label,
            subject: node.old.subject().to_string(),
            node: &id.id,
            node_from: id.source.to_string(),
            old_names,
            new_name,
            left_out,
            unchanged: !node.decision.makes(),
            fate: &node.decision.fate,
            file: file(node, destination, arguments),
            pattern: restrictions.and_then(|restrictions| pattern(restrictions, new_name)),
        }
    });
    let listed: Vec<Listed<'_>> = listed.collect();
    let dry_run = arguments.dry_run.dry_run;
    let changed = !dry_run && nodes.iter().any(|node| node.decision.makes());
    match arguments.format.format {
        Format::Json => json(&Document { changed, dry_run, nodes: listed }),
        Format::Human => listed.iter().map(|node| human(node, restrictions.is_some())).collect(),
    }
}

#[derive(Serialize)]
struct Document<'a> {
    changed: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    dry_run: bool,
    nodes: Vec<Listed<'a>>,
}

#[derive(Serialize)]
struct Listed<'a> {
    path: &'a str,
    subject: String,
    node: &'a str,
    node_from: String,
    old_names: &'a [String],
    new_name: &'a str,
    left_out: &'a [String],
    unchanged: bool,
    #[serde(flatten)]
    fate: &'a Fate,
    /// Where the new certificate goes; nothing where none is made.
    file: Option<String>,
    pattern: Option<&'a str>,
}

/// The file of a node's new certificate.
fn file(node: &Node<'_>, destination: Destination, arguments: &Arguments) -> Option<String> {
    if !node.decision.makes() || arguments.instances.is_some() {
        return None;
    }
    Some(target(node, destination, arguments).certificate)
}

/// The pattern of a file that lets a name in.
fn pattern<'a>(restrictions: &'a Restrictions, name: &str) -> Option<&'a str> {
    let names = [name];
    let found = restrictions.judge(&names)?.pattern;
    restrictions.items().get(found).map(|item| item.text.as_str())
}

fn human(node: &Listed<'_>, restricted: bool) -> String {
    let Listed { path, subject, node: id, node_from, old_names, new_name, .. } = node;
    let old = if old_names.is_empty() { "no otherName".to_owned() } else { old_names.join(", ") };
    let mut text = format!("{path}: {subject}\n  node id  {id} (from the {node_from})\n");
    if node.unchanged {
        return text + &format!("  name     {new_name}, as it should be: unchanged\n");
    }
    text += &format!("  before   {old}\n  after    {new_name}\n");
    for name in node.left_out {
        text += &format!("  left out {name}: Java would read none of the names\n");
    }
    let Fate { action, reason } = node.fate;
    match action {
        Action::Renewed => text += &format!("  renewed  {reason}\n"),
        Action::Replaced => text += &format!("  replaced {reason}\n"),
        Action::Created | Action::Unchanged => {}
    }
    if restricted {
        let verdict = node.pattern.map_or_else(
            || "no pattern lets it in".to_owned(),
            |pattern| format!("let in by `{pattern}`"),
        );
        text += &format!("  pattern  {verdict}\n");
    }
    if let Some(file) = &node.file {
        text += &format!("  file     {file}\n");
    }
    text
}
