//! Settings of a node on its own, of its ports, and of what browsers may ask it.

use std::collections::BTreeSet;

use crosstrust_settings::Setting;

use crate::node_settings::Subject;
use crate::node_settings::value::{Answer, Kind, Release};

pub(super) fn answers<'a>(subject: &Subject<'a>) -> Vec<(&'a Setting, Answer)> {
    let refused = |(setting, message)| (setting, Answer::Refused(message));
    let mut answers: Vec<_> = alone(subject).into_iter().map(refused).collect();
    answers.extend(masters(subject).map(refused));
    answers.extend(remote_port(subject).map(refused));
    answers.extend(methods(subject).map(refused));
    answers.extend(origin(subject));
    answers
}

/// A cluster of one node needs no names of masters, and its node is one.
fn alone<'a>(subject: &Subject<'a>) -> Option<(&'a Setting, String)> {
    if !subject.is(TYPE, ALONE) {
        return None;
    }
    if let Some(setting) = subject.set(MASTERS) {
        return Some((setting, format!("`{MASTERS}` is nothing with `{TYPE}: {ALONE}`")));
    }
    let setting = subject.set("node.roles")?;
    let is_master = subject.items_of("node.roles")?.iter().any(|role| role == "master");
    (!is_master).then(|| (setting, format!("`{TYPE}: {ALONE}` needs the role `master`")))
}

fn masters<'a>(subject: &Subject<'a>) -> Option<(&'a Setting, String)> {
    let names = subject.items_of(MASTERS)?;
    let different: BTreeSet<&String> = names.iter().collect();
    let setting = subject.set(MASTERS)?;
    (different.len() != names.len()).then(|| (setting, format!("`{MASTERS}` says a name twice")))
}

/// What the port is called matters where it is open.
fn remote_port<'a>(subject: &Subject<'a>) -> Option<(&'a Setting, String)> {
    let setting = subject.file.get(REMOTE_PORT)?;
    let port: i32 = subject.text_of(REMOTE_PORT)?.parse().ok()?;
    let is_open = subject.is("remote_cluster_server.enabled", "true");
    (is_open && port > 65_535)
        .then(|| (setting, format!("`{REMOTE_PORT}`: there is no port {port}")))
}

fn methods<'a>(subject: &Subject<'a>) -> Option<(&'a Setting, String)> {
    let setting = subject.file.get(METHODS).filter(|_| subject.is(CORS, "true"))?;
    let text = subject.text_of(METHODS)?.to_uppercase();
    let mut each = text.split(',').map(str::trim).filter(|method| !method.is_empty());
    let unknown = each.find(|method| !KNOWN_METHODS.contains(method))?;
    Some((setting, format!("`{METHODS}`: `{unknown}` is no method of HTTP to Elasticsearch")))
}

/// Between slashes it is a regular expression.
fn origin<'a>(subject: &Subject<'a>) -> Option<(&'a Setting, Answer)> {
    let setting = subject.file.get(ORIGIN).filter(|_| subject.is(CORS, "true"))?;
    let text = subject.text_of(ORIGIN)?;
    let expression = text.strip_prefix('/')?.strip_suffix('/').filter(|inner| !inner.is_empty())?;
    Some((setting, Kind::JavaRegex.answer(expression, Release::Now)))
}

const TYPE: &str = "discovery.type";

const ALONE: &str = "single-node";

const MASTERS: &str = "cluster.initial_master_nodes";

const REMOTE_PORT: &str = "remote_cluster.publish_port";

const CORS: &str = "http.cors.enabled";

const METHODS: &str = "http.cors.allow-methods";

const ORIGIN: &str = "http.cors.allow-origin";

const KNOWN_METHODS: [&str; 9] =
    ["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"];
