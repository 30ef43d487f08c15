//! RC017: credentials outside of the keystore.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_settings::SettingsFile;

use super::Subject;
use crate::connection::Resource;

pub(super) const RULE: Rule = Rule {
    code: "RC017",
    severity: Severity::Error,
    summary: "the key of a remote cluster in elasticsearch.yml or a node set",
    explanation: "The key of a remote cluster is a secure setting. A node that finds it in \
        `elasticsearch.yml`, which the operator on Kubernetes writes from the `config` of a node set, does not start.",
    help: "take it out, and add it with `elasticsearch-keystore add`, or on Kubernetes by `secureSettings`",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for party in subject.parties() {
        let is_secret =
            |name: &&str| name.starts_with("cluster.remote.") && name.ends_with(".credentials");
        let mut push = |key: &str, name: &str| {
            let message = format!("`{name}` belongs in the keystore");
            report.push(subject.finding(&RULE, &party.path(key), message));
        };
        let settings = party.material.settings_file().map_or(&[][..], SettingsFile::settings);
        for name in settings.iter().map(|setting| setting.key.as_str()).filter(is_secret) {
            push("elasticsearch_yml", name);
        }
        let in_sets = party.material.manifest.as_ref().map(Resource::settings).unwrap_or_default();
        for name in in_sets.keys().map(String::as_str).filter(is_secret) {
            push("manifest", name);
        }
    }
}
