//! Settings of remote clusters, each of which belongs to one way to connect.

use crosstrust_settings::Setting;

use crate::node_settings::Subject;

/// How nodes find those of a remote cluster.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Mode {
    Proxy,
    Sniff,
}

pub(super) fn problems<'a>(subject: &Subject<'a>) -> Vec<(&'a Setting, String)> {
    let of_cluster = |setting: &'a Setting| {
        let (alias, name) = setting.key.strip_prefix(CLUSTERS)?.split_once('.')?;
        Some((setting, problem(subject, &setting.key, alias, name)?))
    };
    subject.strangers().filter_map(of_cluster).collect()
}

fn problem(subject: &Subject<'_>, key: &str, alias: &str, name: &str) -> Option<String> {
    let of_cluster = |name: &str| format!("{CLUSTERS}{alias}.{name}");
    let mode = match subject.text_of(&of_cluster("mode")) {
        None if subject.is_open(&of_cluster("mode")) => return None,
        None => Mode::Sniff,
        Some(mode) if mode.eq_ignore_ascii_case("sniff") => Mode::Sniff,
        Some(mode) if mode.eq_ignore_ascii_case("proxy") => Mode::Proxy,
        Some(_) => return None,
    };
    let address = of_cluster(if mode == Mode::Sniff { "seeds" } else { "proxy_address" });
    let has_address = || {
        let items = subject.file.get(&address).map(|setting| setting.items.as_slice());
        !items.unwrap_or_default().is_empty()
    };
    if OF_PROXY.contains(&name) && mode == Mode::Sniff {
        return Some(format!("`{key}` needs `{}: proxy`", of_cluster("mode")));
    }
    if OF_SNIFF.contains(&name) && mode == Mode::Proxy {
        return Some(format!("`{key}` is nothing with `{}: proxy`", of_cluster("mode")));
    }
    let needs_address = OF_BOTH.contains(&name) || name == "proxy";
    (needs_address && !has_address()).then(|| format!("`{key}` is nothing without `{address}`"))
}

const CLUSTERS: &str = "cluster.remote.";

const OF_PROXY: [&str; 3] = ["proxy_address", "proxy_socket_connections", "server_name"];

const OF_SNIFF: [&str; 3] = ["node_connections", "proxy", "seeds"];

/// What needs an address to connect to.
const OF_BOTH: [&str; 4] = [
    "skip_unavailable",
    "transport.compress",
    "transport.compression_scheme",
    "transport.ping_schedule",
];
