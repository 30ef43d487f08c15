//! RC043: a remote cluster server that nobody reaches.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::{ADDRESSES, Model, Platform};

pub(super) const RULE: Rule = Rule {
    code: "RC043",
    severity: Severity::Warning,
    summary: "the remote cluster server listens on the loopback address",
    explanation: "It listens where `remote_cluster.host` says, else where the transport layer does. Where \
        neither is set, that is the loopback address alone.",
    help: "set `network.host`, or `remote_cluster.host` to the node's own address",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let [_, remote] = subject.parties();
    let is_seen = remote.material.settings_file().is_some();
    if subject.connection.model != Model::ApiKey
        || remote.side.platform != Platform::SelfManaged
        || !is_seen
    {
        return;
    }
    let settings = remote.settings();
    let set = ADDRESSES.iter().find_map(|name| settings.get(*name));
    let is_local =
        |value: &String| matches!(value.as_str(), "_local_" | "localhost" | "127.0.0.1" | "::1");
    if set.is_none_or(|values| values.iter().all(is_local)) {
        let message = "nothing in `elasticsearch.yml` has it listen elsewhere".to_owned();
        report.push(subject.finding(&RULE, "remote.elasticsearch_yml", message));
    }
}
