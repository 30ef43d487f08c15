//! RC043: a remote cluster server that nobody reaches.

use std::net::IpAddr;

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
    // An empty list is as good as none.
    let set = ADDRESSES.iter().find_map(|name| settings.get(*name).filter(|set| !set.is_empty()));
    if set.is_none_or(|values| values.iter().all(|value| is_local(value))) {
        let message = "nothing in `elasticsearch.yml` has it listen elsewhere".to_owned();
        report.push(subject.finding(&RULE, "remote.elasticsearch_yml", message));
    }
}

/// Whether an address is that of the loopback interface, in any of the forms that Elasticsearch takes.
fn is_local(value: &str) -> bool {
    let value = value.trim().to_ascii_lowercase();
    if let Some(name) = value.strip_prefix('_').and_then(|rest| rest.strip_suffix('_')) {
        let name = name.split(':').next().unwrap_or_default();
        return matches!(name, "local" | "lo" | "lo0");
    }
    let bare = value.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_local;

    /// The special values are those of Elasticsearch's `network.host`.
    #[test]
    fn all_forms_of_the_loopback_address_are_known() {
        for value in [
            "_local_",
            "_local:ipv4_",
            "_local:ipv6_",
            "_lo_",
            "_lo0_",
            "localhost",
            "LOCALHOST",
            "127.0.0.1",
            "127.1.2.3",
            "::1",
            "[::1]",
            "0:0:0:0:0:0:0:1",
        ] {
            assert!(is_local(value), "{value}");
        }
        for value in [
            "_site_",
            "_global_",
            "_eth0_",
            "0.0.0.0",
            "::",
            "10.0.0.1",
            "es.example.com",
            "${HOST}",
            "",
        ] {
            assert!(!is_local(value), "{value}");
        }
    }
}
