//! The kit as Terraform: settings, keys, roles and keystore entries by the providers
//! `elastic/elasticstack` and `elastic/ec`; what they have no resource for stands as a comment that
//! names the step.

use serde_json::Value;

use super::hcl::{Hcl, expression, quoted};
use super::{Act, DEPLOYMENTS, act, body, is_done};
use crate::connection::Connection;
use crate::kit::{ClusterRole, Kit, Step, curl};

/// The text of `terraform/main.tf`.
pub(super) fn write(kit: &Kit, connection: &Connection) -> String {
    let mut hcl = Hcl::default();
    let done = kit.steps.iter().filter(|step| is_done(&kit.steps, step));
    let acts: Vec<(&Step, Act<'_>)> = done.map(|step| (step, act(step))).collect();
    let has_keystore = acts.iter().any(|(_, act)| matches!(act, Act::Keystore));
    // The provider does not take what restricts a key to a certificate.
    let made = acts.iter().any(|(step, act)| {
        matches!(act, Act::Key) && body(kit, step).get("certificate_identity").is_none()
    });
    hcl.comment(&format!(
        "Remote cluster `{}`: what Terraform can do of the kit. Steps without a resource are done as\n\
         README.md says, in their order; nothing is registered before `done` says that they are.\n\
         Secrets come from variables and are in the state.",
        connection.alias
    ));
    if made && !has_keystore {
        hcl.comment(&format!(
            "First make the key, which a person stores: terraform apply -target={KEY}"
        ));
    }
    head(&mut hcl, has_keystore, made);
    if has_keystore && !made {
        hcl.gap();
        variable(&mut hcl, "cross_cluster_api_key", "The encoded cross-cluster API key", true);
    }
    let before =
        Before { resources: earlier(&acts, made), by_hand: by_hand_before_alias(&acts, made) };
    if before.by_hand.is_some() {
        hcl.gap();
        variable_of(&mut hcl, "done", "number", DONE, false);
    }
    settings(&mut hcl, kit, &acts, ClusterRole::Local, &before);
    settings(&mut hcl, kit, &acts, ClusterRole::Remote, &Before::default());
    for (step, act) in &acts {
        match act {
            Act::Key if made => key(&mut hcl, &body(kit, step)),
            Act::Role(name) => role(&mut hcl, step.side, name, &body(kit, step)),
            Act::Keystore => keystore(&mut hcl, step, &body(kit, step), made),
            Act::Settings => {}
            Act::Ask => by_hand(&mut hcl, step, "a question, not a resource"),
            Act::Trust => by_hand(&mut hcl, step, TRUST),
            Act::Key | Act::Other => by_hand(&mut hcl, step, "no provider has a resource for it"),
        }
    }
    hcl.finish()
}

/// What comes before the settings of a side.
#[derive(Default)]
struct Before {
    resources: Vec<String>,
    /// The last step that Terraform does not do.
    by_hand: Option<usize>,
}

/// The last step before the alias that Terraform does not do.
fn by_hand_before_alias(acts: &[(&Step, Act<'_>)], made: bool) -> Option<usize> {
    let is_alias = |(step, act): &(&Step, Act<'_>)| {
        step.side == ClusterRole::Local && matches!(act, Act::Settings)
    };
    let alias = acts.iter().rposition(is_alias)?;
    let is_by_hand = |act: &Act<'_>| match act {
        Act::Other | Act::Trust | Act::Ask => true,
        Act::Key => !made,
        Act::Keystore | Act::Role(_) | Act::Settings => false,
    };
    let last = acts.get(..alias)?.iter().rfind(|(_, act)| is_by_hand(act));
    last.map(|(step, _)| step.order)
}

/// What must be there before the alias: roles, the key, and what the remote side is to know.
fn earlier(acts: &[(&Step, Act<'_>)], made: bool) -> Vec<String> {
    let mut names = Vec::new();
    for (step, act) in acts {
        names.extend(match act {
            Act::Key if made => Some(KEY.to_owned()),
            Act::Keystore => Some(KEYSTORE.to_owned()),
            Act::Role(name) => Some(format!("{ROLE}.{}", label(step.side, name))),
            Act::Settings if step.side == ClusterRole::Remote => Some(format!("{SETTINGS}.remote")),
            _ => None,
        });
    }
    names.sort();
    names.dedup();
    names
}

fn head(hcl: &mut Hcl, has_keystore: bool, makes_key: bool) {
    hcl.open("terraform");
    hcl.open("required_providers");
    let mut providers = vec![("elasticstack", "elastic/elasticstack")];
    providers.extend(has_keystore.then_some(("ec", "elastic/ec")));
    for (name, source) in providers {
        hcl.open(&format!("{name} ="));
        hcl.set("source", quoted(source));
        hcl.close();
    }
    hcl.close();
    hcl.close();
    for side in ["local", "remote"] {
        // A key that makes keys is refused, so whoever makes one logs in as a user.
        let by_user = makes_key && side == "remote";
        let login: &[(&str, &str)] = if by_user {
            &[("username", "user"), ("password", "password")]
        } else {
            &[("api_key", "api_key")]
        };
        hcl.gap();
        variable(hcl, &format!("{side}_es"), &format!("URL of the {side} cluster"), false);
        for (what, name) in login {
            let about = format!("{} for the {side} cluster", what.replace('_', " "));
            hcl.gap();
            variable(hcl, &format!("{side}_{name}"), &about, *what != "username");
        }
        hcl.gap();
        hcl.open("provider \"elasticstack\"");
        hcl.set("alias", quoted(side));
        hcl.gap();
        hcl.open("elasticsearch");
        hcl.set("endpoints", format!("[var.{side}_es]"));
        for (what, name) in login {
            hcl.set(what, format!("var.{side}_{name}"));
        }
        hcl.close();
        hcl.close();
    }
}

fn variable(hcl: &mut Hcl, name: &str, about: &str, is_secret: bool) {
    variable_of(hcl, name, "string", about, is_secret);
}

fn variable_of(hcl: &mut Hcl, name: &str, kind: &str, about: &str, is_secret: bool) {
    hcl.open(&format!("variable {}", quoted(name)));
    hcl.set("type", kind);
    hcl.set("description", quoted(about));
    if is_secret {
        hcl.set("sensitive", "true");
    }
    hcl.close();
}

/// All settings of a side in one resource.
fn settings(
    hcl: &mut Hcl,
    kit: &Kit,
    acts: &[(&Step, Act<'_>)],
    side: ClusterRole,
    before: &Before,
) {
    let mut all = Vec::new();
    let of_side =
        |(step, act): &&(&Step, Act<'_>)| step.side == side && matches!(act, Act::Settings);
    for (step, _) in acts.iter().filter(of_side) {
        flatten("", body(kit, step).get("persistent").unwrap_or(&Value::Null), &mut all);
    }
    if all.is_empty() {
        return;
    }
    hcl.gap();
    hcl.open(&format!("resource \"{SETTINGS}\" \"{}\"", side.word()));
    hcl.set("provider", format!("elasticstack.{}", side.word()));
    if !before.resources.is_empty() {
        hcl.set("depends_on", format!("[{}]", before.resources.join(", ")));
    }
    hcl.gap();
    hcl.open("persistent");
    for (name, value) in &all {
        hcl.open("setting");
        hcl.set("name", quoted(name));
        match value {
            Value::Array(_) => hcl.set("value_list", expression(value)),
            Value::String(text) => hcl.set("value", quoted(text)),
            other => hcl.set("value", quoted(&other.to_string())),
        }
        hcl.close();
    }
    hcl.close();
    if let Some(order) = before.by_hand {
        hcl.gap();
        hcl.open("lifecycle");
        hcl.open("precondition");
        hcl.set("condition", format!("var.done >= {order}"));
        hcl.set("error_message", quoted(&format!(
            "Steps up to {order} of README.md that have no resource here come before the alias: do them, then set done = {order}."
        )));
        hcl.close();
        hcl.close();
    }
    hcl.close();
}

fn flatten(path: &str, value: &Value, out: &mut Vec<(String, Value)>) {
    let Value::Object(map) = value else {
        return out.push((path.to_owned(), value.clone()));
    };
    for (key, value) in map {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        flatten(&path, value, out);
    }
}

fn key(hcl: &mut Hcl, body: &Value) {
    hcl.gap();
    hcl.open("resource \"elasticstack_elasticsearch_security_api_key\" \"cross_cluster\"");
    hcl.set("provider", "elasticstack.remote");
    hcl.set("name", expression(&body["name"]));
    hcl.set("type", quoted("cross_cluster"));
    hcl.gap();
    hcl.open("access =");
    for (kind, entries) in body["access"].as_object().into_iter().flatten() {
        let entries: Vec<Value> =
            entries.as_array().into_iter().flatten().map(as_provider).collect();
        hcl.set(kind, expression(&Value::Array(entries)));
    }
    hcl.close();
    hcl.close();
    hcl.gap();
    hcl.open("output \"cross_cluster_api_key\"");
    hcl.set("value", ENCODED);
    hcl.set("sensitive", "true");
    hcl.close();
}

/// The provider takes what restricts documents and fields as JSON in a text.
fn as_provider(entry: &Value) -> Value {
    let mut entry = entry.clone();
    for name in ["field_security", "query"] {
        if let Some(value) = entry.get_mut(name).filter(|value| !value.is_string()) {
            *value = Value::String(value.to_string());
        }
    }
    entry
}

fn role(hcl: &mut Hcl, side: ClusterRole, name: &str, body: &Value) {
    hcl.gap();
    hcl.open(&format!("resource \"{ROLE}\" \"{}\"", label(side, name)));
    hcl.set("provider", format!("elasticstack.{}", side.word()));
    hcl.set("name", quoted(name));
    if body.get("cluster").is_some() {
        hcl.set("cluster", expression(&body["cluster"]));
    }
    for kind in ["indices", "remote_indices"] {
        for entry in body[kind].as_array().into_iter().flatten() {
            hcl.gap();
            hcl.open(kind);
            for (name, value) in entry.as_object().into_iter().flatten() {
                hcl.set(name, expression(value));
            }
            hcl.close();
        }
    }
    hcl.close();
}

/// The name of a role's resource.
fn label(side: ClusterRole, name: &str) -> String {
    format!("{}_{}", side.word(), name.replace('-', "_"))
}

fn keystore(hcl: &mut Hcl, step: &Step, body: &Value, made: bool) {
    let path = step.request.as_ref().map_or("", |request| request.path.as_str());
    let deployment = path.strip_prefix(DEPLOYMENTS).and_then(|rest| rest.split('/').next());
    let deployment = deployment.unwrap_or_default();
    let id = if deployment == curl::DEPLOYMENT {
        let name = format!("{}_deployment_id", step.side.word());
        hcl.gap();
        variable(hcl, &name, &format!("The id of the {} deployment", step.side.word()), false);
        format!("var.{name}")
    } else {
        quoted(deployment)
    };
    for name in body["secrets"].as_object().into_iter().flat_map(|secrets| secrets.keys()) {
        hcl.gap();
        hcl.open("resource \"ec_deployment_elasticsearch_keystore\" \"cross_cluster_api_key\"");
        hcl.set("deployment_id", id.as_str());
        hcl.set("setting_name", quoted(name));
        hcl.set("value", if made { ENCODED } else { "var.cross_cluster_api_key" });
        hcl.close();
    }
}

fn by_hand(hcl: &mut Hcl, step: &Step, why: &str) {
    hcl.gap();
    let file = step.file.as_ref().map_or_else(String::new, |file| format!(" ({file})"));
    hcl.comment(&format!(
        "Step {}, {}: {}{file}: {why}.",
        step.order,
        step.side.word(),
        step.title
    ));
}

const DONE: &str = "The last step of README.md that was done by hand; 0 stops before the alias";
const ENCODED: &str = "elasticstack_elasticsearch_security_api_key.cross_cluster.encoded";
const KEY: &str = "elasticstack_elasticsearch_security_api_key.cross_cluster";
const KEYSTORE: &str = "ec_deployment_elasticsearch_keystore.cross_cluster_api_key";
const ROLE: &str = "elasticstack_elasticsearch_security_role";
const SETTINGS: &str = "elasticstack_elasticsearch_cluster_settings";
const TRUST: &str = "the provider `elastic/ec` knows no direct trust; `crosstrust remote merge-trust` makes the body";
