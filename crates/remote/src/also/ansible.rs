//! The kit as an Ansible playbook: a `uri` task for each request, in their order; the other steps are
//! named where they are due.

use super::{Act, act, body, is_done};
use crate::connection::Connection;
use crate::document::{Document, map, texts};
use crate::kit::{Base, Kit, Request, Role, Step, curl};

/// The text of `ansible/playbook.yml`.
pub(super) fn write(kit: &Kit, connection: &Connection) -> String {
    let mut tasks = Vec::new();
    for step in &kit.steps {
        if !is_done(&kit.steps, step) {
            continue;
        }
        match (act(step), &step.request) {
            (Act::Trust, Some(request)) => tasks.extend(trust(step, request)),
            (act, Some(request)) => tasks.push(asked(kit, connection, step, request, &act)),
            (_, None) => tasks.push(by_hand(step)),
        }
    }
    let play = map([
        ("name", format!("Remote cluster {}", connection.alias).into()),
        ("hosts", "localhost".into()),
        ("gather_facts", false.into()),
        ("vars", variables()),
        ("tasks", Document::List(tasks)),
    ]);
    format!("{HEAD}{}", Document::List(vec![play]).to_yaml())
}

/// Secrets come from the environment, and stand nowhere. A task that needs one that is not set fails.
fn variables() -> Document {
    let from = |name: &str| {
        let lookup =
            format!("lookup('ansible.builtin.env', '{name}', default=undef('set {name}'))");
        Document::from(format!("{{{{ {lookup} }}}}"))
    };
    map([
        ("kit", "{{ playbook_dir }}/..".into()),
        ("local_es", from("LOCAL_ES")),
        ("local_api_key", from("LOCAL_API_KEY")),
        ("remote_es", from("REMOTE_ES")),
        ("remote_api_key", from("REMOTE_API_KEY")),
        ("remote_login", from("REMOTE_USER")),
        ("remote_password", from("REMOTE_PASSWORD")),
        ("ec_api_key", from("EC_API_KEY")),
        ("ece_api_key", from("ECE_API_KEY")),
        ("coordinator_host", from("COORDINATOR_HOST")),
        ("local_deployment_id", from("LOCAL_DEPLOYMENT_ID")),
        ("remote_deployment_id", from("REMOTE_DEPLOYMENT_ID")),
    ])
}

fn asked(
    kit: &Kit,
    connection: &Connection,
    step: &Step,
    request: &Request,
    act: &Act<'_>,
) -> Document {
    let mut uri = sent(step.side, request);
    if matches!(act, Act::Key) {
        // A key that makes keys is refused.
        uri = sent_by_user(request);
    }
    if let Act::Keystore = act {
        uri = uri.with("body_format", "json").with("body", keystore(kit, step));
    } else if let Some(file) = &step.file {
        uri = uri.with("body_format", "json").with("body", from_file(file));
    }
    let task = task(step).with("ansible.builtin.uri", uri);
    match act {
        Act::Key => task.with("register", "cross_cluster_key").with("no_log", true),
        Act::Keystore => task.with("no_log", true),
        Act::Ask => task
            .with("register", "info")
            .with("until", format!("info.json['{}'].connected | default(false)", connection.alias))
            .with("retries", 10_u32)
            .with("delay", 6_u32),
        _ => task,
    }
}

/// The keystore's body, with the key that was made in the place of what stands for it.
fn keystore(kit: &Kit, step: &Step) -> Document {
    let body = body(kit, step);
    let names = body
        .get("secrets")
        .and_then(|secrets| secrets.as_object())
        .into_iter()
        .flat_map(|secrets| secrets.keys());
    let secret = map([("value", "{{ cross_cluster_key.json.encoded }}".into())]);
    let pairs = names.map(|name| (name.clone(), secret.clone())).collect();
    map([("secrets", Document::Map(pairs))])
}

/// What a deployment trusts is read, added to, and written back.
fn trust(step: &Step, request: &Request) -> Vec<Document> {
    let file = step.file.as_deref().unwrap_or_default();
    let read = Request {
        method: "GET",
        path: format!("{}?show_settings=true&show_plans=true", request.path),
        base: request.base,
    };
    let merge = map([
        (
            "argv",
            texts(["crosstrust", "remote", "merge-trust", "-", &format!("{{{{ kit }}}}/{file}")]),
        ),
        ("stdin", "{{ deployment.json | to_json }}".into()),
    ]);
    let named = |what: &str| map([("name", format!("Step {}: {what}", step.order).into())]);
    let write = sent(step.side, request)
        .with("body_format", "json")
        .with("body", "{{ merged.stdout | from_json }}");
    vec![
        named("read the deployment")
            .with("ansible.builtin.uri", sent(step.side, &read))
            .with("register", "deployment"),
        named("add to its trust")
            .with("ansible.builtin.command", merge)
            .with("register", "merged")
            .with("changed_when", false),
        task(step).with("ansible.builtin.uri", write),
    ]
}

fn task(step: &Step) -> Document {
    map([("name", format!("Step {}: {}", step.order, step.title).into())])
}

fn by_hand(step: &Step) -> Document {
    let message = format!("README.md says how, on the {} side", step.side.word());
    task(step).with("ansible.builtin.debug", map([("msg", message.into())]))
}

/// Where a request goes.
fn addressed(side: Role, request: &Request) -> Document {
    let Request { method, path, base } = request;
    let deployment = format!("{{{{ {}_deployment_id }}}}", side.word());
    let path = path.replace(curl::DEPLOYMENT, &deployment);
    let url = match base {
        Base::Cluster => format!("{{{{ {}_es }}}}{path}", side.word()),
        Base::Hosted => format!("https://api.elastic-cloud.com{path}"),
        Base::Enterprise => format!("https://{{{{ coordinator_host }}}}:12443{path}"),
    };
    map([("url", url.into()), ("method", (*method).into())])
}

fn sent(side: Role, request: &Request) -> Document {
    let key = match request.base {
        Base::Cluster => format!("{}_api_key", side.word()),
        Base::Hosted => "ec_api_key".to_owned(),
        Base::Enterprise => "ece_api_key".to_owned(),
    };
    let headers = map([("Authorization", format!("ApiKey {{{{ {key} }}}}").into())]);
    addressed(side, request).with("headers", headers)
}

fn sent_by_user(request: &Request) -> Document {
    addressed(Role::Remote, request)
        .with("url_username", "{{ remote_login }}")
        .with("url_password", "{{ remote_password }}")
        .with("force_basic_auth", true)
}

fn from_file(file: &str) -> Document {
    format!("{{{{ lookup('ansible.builtin.file', kit ~ '/{file}') | from_json }}}}").into()
}

const HEAD: &str = "\
# What Ansible can do of the kit: its requests, in their order. Of a step and its alternative, which begins
# with `Or by`, only the one with requests is here. Steps without a request are named where they are due,
# and are done as README.md says before the play goes on: run it with --step.
# Secrets come from the environment: LOCAL_API_KEY, REMOTE_PASSWORD and the others below.
";
