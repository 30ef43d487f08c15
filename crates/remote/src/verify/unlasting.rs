//! RC077: a remote cluster that is registered where it does not last, or not for all nodes.

use crosstrust_report::{Finding, Rule, Severity};

use super::settings::ClusterSettings;

pub(super) const RULE: Rule = Rule {
    code: "RC077",
    severity: Severity::Warning,
    summary: "a remote cluster is registered where it does not last, or not for all nodes",
    explanation: "Persistent settings of the cluster are those that every node has and that outlast a restart. Transient \
        ones outrank them and are gone after a restart of the whole cluster. Settings in `elasticsearch.yml` \
        count on the nodes that have them alone: another node answers that there is no such remote cluster.",
    help: "register the remote cluster with PUT /_cluster/settings, under `persistent`; set what is under `transient` \
        to null there",
};

pub(super) fn check(settings: &ClusterSettings, alias: &str) -> Vec<Finding> {
    let prefix = format!("cluster.remote.{alias}.");
    let has = |keys: &std::collections::BTreeMap<String, String>| {
        keys.keys().any(|key| key.starts_with(&prefix))
    };
    let message = match (has(&settings.persistent), has(&settings.transient)) {
        (true, false) => return Vec::new(),
        (true, true) => {
            let other =
                |(key, value): &(&String, &String)| settings.persistent.get(*key) != Some(value);
            let outranked = settings.transient.iter().filter(|(key, _)| key.starts_with(&prefix));
            let outranked = outranked.filter(other).map(|(key, _)| format!("`{key}`"));
            let outranked: Vec<String> = outranked.collect();
            if outranked.is_empty() {
                return Vec::new();
            }
            format!(
                "`{alias}`: transient settings outrank persistent ones: {}",
                outranked.join(", ")
            )
        }
        (false, true) => format!("`{alias}` is registered by transient settings alone"),
        (false, false) => format!(
            "`{alias}` is registered in no setting of the cluster: it stands in the `elasticsearch.yml` of the \
             node that answered"
        ),
    };
    vec![Finding::new(&RULE, message)]
}
