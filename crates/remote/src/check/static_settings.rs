//! RC063: settings of the remote cluster that stand in `elasticsearch.yml`.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::Mode;
use crate::plan::{self, Registered};

pub(super) const RULE: Rule = Rule {
    code: "RC063",
    severity: Severity::Warning,
    summary: "elasticsearch.yml says something else of the remote cluster than the kit",
    explanation: "What the kit registers by API takes the place of `cluster.remote.<alias>` settings in \
        `elasticsearch.yml`, key by key: a key that only the file has stays in force, and all of the file's \
        come back when the kit's are removed. With `mode: proxy` in the file, seeds by API are \
        refused (`Setting \"….seeds\" cannot be used with the configured \"….mode\"`).",
    help: "take the lines of this alias out of every node's file, so that the API alone says it",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let [local, _] = subject.parties();
    let prefix = format!("cluster.remote.{}.", subject.connection.alias);
    let registered = plan::registered(subject.connection);
    for (name, values) in local.settings() {
        let Some(key) = name.strip_prefix(&prefix) else { continue };
        let Some(wanted) = wanted(&registered, key) else { continue };
        // Some of several seeds are no other ones.
        let is_same = !values.is_empty() && values.iter().all(|value| wanted.contains(value));
        if is_same || values.iter().any(|value| value.contains("${")) {
            continue;
        }
        let [found, wanted] = [values, wanted].map(|values| values.join(", "));
        let message = match wanted.as_str() {
            "" => format!("the local nodes have `{name}: {found}`, which the kit does not set"),
            wanted => {
                format!("the local nodes have `{name}: {found}`, and the kit sets `{wanted}`")
            }
        };
        report.push(subject.finding(&RULE, "local.elasticsearch_yml", message));
    }
}

/// What the kit gives a key of the remote cluster; an empty list where it gives it nothing, and nothing
/// for keys that say neither where nor how it connects.
fn wanted(registered: &Registered, key: &str) -> Option<Vec<String>> {
    let Registered { addresses, mode, server_name, skip_unavailable } = registered;
    let of = |is_mode, values: &[String]| if is_mode { values.to_vec() } else { Vec::new() };
    let is_proxy = *mode == Mode::Proxy;
    match key {
        "mode" => Some(vec![if is_proxy { "proxy" } else { "sniff" }.to_owned()]),
        "proxy_address" => Some(of(is_proxy, addresses)),
        "seeds" => Some(of(!is_proxy, addresses)),
        "server_name" => Some(server_name.iter().cloned().collect()),
        "skip_unavailable" => Some(vec![skip_unavailable.as_ref()?.to_string()]),
        _ => None,
    }
}
