//! RC017: credentials outside of the keystore.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_settings::SettingsFile;

use super::Subject;

pub(super) const RULE: Rule = Rule {
    code: "RC017",
    severity: Severity::Error,
    summary: "a secret in elasticsearch.yml",
    explanation: "The key of a remote cluster is a secure setting. A node that finds it in \
        `elasticsearch.yml` does not start.",
    help: "take it out, and add it with `elasticsearch-keystore add`",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for party in subject.parties() {
        let is_secret =
            |name: &&str| name.starts_with("cluster.remote.") && name.ends_with(".credentials");
        let settings = party.material.settings_file().map_or(&[][..], SettingsFile::settings);
        for name in settings.iter().map(|setting| setting.key.as_str()).filter(is_secret) {
            let message = format!("`{name}` belongs in the keystore");
            report.push(subject.finding(&RULE, &party.path("elasticsearch_yml"), message));
        }
    }
}
