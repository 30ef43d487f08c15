//! Settings of modules, as their sources take them together.

use std::collections::BTreeSet;

use crosstrust_settings::Setting;

use crate::node_settings::Subject;
use crate::node_settings::value::{Answer, Release, Share, share_of};

pub(super) fn problems<'a>(subject: &Subject<'a>) -> Vec<(&'a Setting, String)> {
    let mut problems: Vec<_> = subject
        .strangers()
        .filter_map(|setting| Some((setting, of_exporter(subject, &setting.key)?)))
        .collect();
    problems.extend(proxy(subject));
    problems.extend(recipients(subject));
    problems.extend(cache(subject));
    problems
}

/// An exporter of monitoring has a type, and one of type `http` a host.
fn of_exporter(subject: &Subject<'_>, key: &str) -> Option<String> {
    let (exporter, name) = key.strip_prefix(EXPORTERS)?.split_once('.')?;
    let kind = format!("{EXPORTERS}{exporter}.type");
    let host = format!("{EXPORTERS}{exporter}.host");
    match subject.text_of(&kind).as_deref() {
        None if name != "type" && !subject.is_set(&kind) => {
            Some(format!("`{key}` is nothing without `{kind}`"))
        }
        Some("local") if OF_HTTP.iter().any(|of_http| name.starts_with(of_http)) => {
            Some(format!("`{key}` needs `{kind}: http`"))
        }
        Some("http")
            if name == "type"
                && subject.items_of(&host).map_or(!subject.is_set(&host), |all| all.is_empty()) =>
        {
            Some(format!("`{kind}: http` is nothing without `{host}`"))
        }
        _ => None,
    }
}

fn proxy<'a>(subject: &Subject<'a>) -> Option<(&'a Setting, String)> {
    let [host, port] = PROXY;
    let has_port = subject.text_of(port).is_some_and(|port| port.parse() != Ok(0));
    let has_host = subject.text_of(host).is_some_and(|host| !host.trim().is_empty());
    let setting = PROXY.into_iter().find_map(|name| subject.file.get(name))?;
    if PROXY.into_iter().any(|name| subject.is_open(name)) {
        return None;
    }
    (has_host != has_port).then(|| (setting, format!("`{host}` and `{port}` need each other")))
}

fn recipients<'a>(subject: &Subject<'a>) -> Option<(&'a Setting, String)> {
    let [domains, addresses] = RECIPIENTS;
    let (setting, _) = subject.set(domains).zip(subject.set(addresses))?;
    Some((setting, format!("`{domains}` is nothing beside `{addresses}`")))
}

/// An account that is the default is one that there is: in the file, or perhaps in Elasticsearch's own keystore.
pub(super) fn answers<'a>(subject: &Subject<'a>) -> Vec<(&'a Setting, Answer)> {
    let account = |setting: &'a Setting| {
        let (service, rest) = setting.key.strip_prefix(SERVICES)?.split_once(".account.")?;
        Some((service, rest.rsplit_once('.')?.0))
    };
    let accounts: Vec<_> = subject.strangers().filter_map(account).collect();
    // An account's own name may have dots, and so may what is set of it.
    let mut there = BTreeSet::new();
    for (service, named) in accounts {
        let ends = named.match_indices('.').map(|(end, _)| end).chain([named.len()]);
        there.extend(ends.filter_map(|end| Some((service, named.get(..end)?))));
    }
    let answer = |setting: &'a Setting| {
        let service = setting.key.strip_prefix(SERVICES)?.strip_suffix(".default_account")?;
        let account = subject.text_of(&setting.key)?;
        let is_there = there.contains(&(service, account.as_str()));
        Some((setting, if is_there { Answer::Taken } else { Answer::Unknown }))
    };
    subject.strangers().filter_map(answer).collect()
}

const SERVICES: &str = "xpack.notification.";

/// The cache of searchable snapshots: which nodes have one, and what is to stay free beside it.
fn cache<'a>(subject: &Subject<'a>) -> Option<(&'a Setting, String)> {
    let size = share_of(&subject.text_of(CACHE)?, Release::Before)?;
    let setting = subject.file.get(CACHE)?;
    if matches!(size, Share::Bytes(_)) {
        let headroom = format!("{CACHE}.max_headroom");
        if let Some(other) = subject.file.get(&headroom).filter(|_| !subject.is(&headroom, "-1")) {
            return Some((other, format!("`{headroom}` is nothing beside a `{CACHE}` in bytes")));
        }
    }
    if matches!(size, Share::Bytes(0)) {
        return None;
    }
    let has = |role: &String| CACHING.contains(&role.as_str());
    if subject.items_of("node.roles").is_some_and(|roles| !roles.iter().any(has)) {
        return Some((setting, format!("`{CACHE}` needs the role `data_frozen`")));
    }
    let is_split = subject.items_of("path.data").is_some_and(|paths| paths.len() > 1);
    is_split.then(|| (setting, format!("`{CACHE}` is nothing with several paths in `path.data`")))
}

const EXPORTERS: &str = "xpack.monitoring.exporters.";

/// What only an exporter by HTTP has.
const OF_HTTP: [&str; 7] =
    ["auth.", "bulk.timeout", "connection.", "headers.", "host", "proxy.", "sniff."];

const PROXY: [&str; 2] = ["xpack.http.proxy.host", "xpack.http.proxy.port"];

const RECIPIENTS: [&str; 2] = [
    "xpack.notification.email.account.domain_allowlist",
    "xpack.notification.email.recipient_allowlist",
];

const CACHE: &str = "xpack.searchable.snapshot.shared_cache.size";

const CACHING: [&str; 3] = ["data_frozen", "index", "search"];
