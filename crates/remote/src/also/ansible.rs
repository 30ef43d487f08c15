//! The kit as an Ansible playbook: a `uri` task for each request, in their order; it ends at steps that
//! are done by hand until somebody says that they are done.

use super::{Act, act, body, is_done};
use crate::connection::Connection;
use crate::document::{Document, map, texts};
use crate::kit::{Base, ClusterRole, Kit, Request, Step, curl};

/// The text of `ansible/playbook.yml`.
pub(super) fn write(kit: &Kit, connection: &Connection) -> String {
    let steps = in_one_run(kit.steps.iter().filter(|step| is_done(&kit.steps, step)).collect());
    let mut tasks = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        let mut rest = steps.get(index..).unwrap_or_default().iter();
        let next = rest.find(|step| is_by_hand(step, &steps)).map(|step| step.order);
        match (act(step), &step.request) {
            _ if is_by_hand(step, &steps) => tasks.push(by_hand(step)),
            (Act::Trust, Some(request)) => {
                tasks.extend(trust(step, request).into_iter().map(|task| unless(task, next)));
            }
            (act, Some(request)) => {
                tasks.push(unless(asked(kit, connection, step, request, &act), next));
            }
            (_, None) => {}
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

/// The key is made just before it is stored, so that no step in between ends the run that has it.
fn in_one_run(mut steps: Vec<&Step>) -> Vec<&Step> {
    let place = |steps: &[&Step], is_it: fn(&Act<'_>) -> bool| {
        steps.iter().position(|step| is_it(&act(step)))
    };
    let made = place(&steps, |act| matches!(act, Act::Key));
    let stored = place(&steps, |act| matches!(act, Act::Keystore));
    if let (Some(made), Some(stored)) = (made, stored)
        && made < stored
    {
        let key = steps.remove(made);
        steps.insert(stored.saturating_sub(1), key);
    }
    steps
}

/// Whether a person does a step: what has no request, and a key that a person is to store, since a play that
/// makes it shows it to nobody.
fn is_by_hand(step: &Step, steps: &[&Step]) -> bool {
    let is_stored = || steps.iter().any(|step| matches!(act(step), Act::Keystore));
    step.request.is_none() || (matches!(act(step), Act::Key) && !is_stored())
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
        ("done", 0_u32.into()),
        ("local_es", from("LOCAL_ES")),
        ("local_api_key", from("LOCAL_API_KEY")),
        ("remote_es", from("REMOTE_ES")),
        ("remote_api_key", from("REMOTE_API_KEY")),
        ("remote_login", from("REMOTE_USER")),
        ("remote_password", from("REMOTE_PASSWORD")),
        // For a run in which the key is not made.
        ("encoded_key", from("CROSS_CLUSTER_API_KEY")),
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
    let encoded = "{{ cross_cluster_key.json.encoded | default(encoded_key) }}";
    let secret = map([("value", encoded.into())]);
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

/// The play ends here until somebody says that it is done.
fn by_hand(step: &Step) -> Document {
    let order = step.order;
    let message = format!(
        "Do step {order} as README.md says, on the {} side; then run the play again with -e done={order}",
        step.side.word()
    );
    let assert = map([
        ("that", texts([format!("done | int >= {order}")])),
        ("fail_msg", message.into()),
        ("quiet", true.into()),
    ]);
    task(step).with("ansible.builtin.assert", assert)
}

/// What stands before a step that is done by hand was done in the run before it.
fn unless(task: Document, next: Option<usize>) -> Document {
    task.maybe("when", next.map(|order| format!("done | int < {order}")))
}

/// Where a request goes.
fn addressed(side: ClusterRole, request: &Request) -> Document {
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

fn sent(side: ClusterRole, request: &Request) -> Document {
    let key = match request.base {
        Base::Cluster => format!("{}_api_key", side.word()),
        Base::Hosted => "ec_api_key".to_owned(),
        Base::Enterprise => "ece_api_key".to_owned(),
    };
    let headers = map([("Authorization", format!("ApiKey {{{{ {key} }}}}").into())]);
    addressed(side, request).with("headers", headers)
}

fn sent_by_user(request: &Request) -> Document {
    addressed(ClusterRole::Remote, request)
        .with("url_username", "{{ remote_login }}")
        .with("url_password", "{{ remote_password }}")
        .with("force_basic_auth", true)
}

fn from_file(file: &str) -> Document {
    format!("{{{{ lookup('ansible.builtin.file', kit ~ '/{file}') | from_json }}}}").into()
}

const HEAD: &str = "\
# What Ansible can do of the kit: its requests, in their order. Of a step and its alternative, which begins
# with `Or by`, only the one with requests is here. At a step that is done by hand the play ends, and says which
# it is: do it as README.md says, and run the play again with `-e done=N`, N being the last such step that is
# done. What stands before it is not sent again.
# Secrets come from the environment: LOCAL_API_KEY, REMOTE_PASSWORD and the others below.
";
