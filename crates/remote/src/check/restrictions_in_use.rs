//! RC018: restrictions that would be replaced.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_restrictions::RESTRICTIONS_SETTING;

use super::Subject;
use crate::connection::{Model, Resource};

pub(super) const RULE: Rule = Rule {
    code: "RC018",
    severity: Severity::Warning,
    summary: "trust restrictions are in use already, and nobody looked at them",
    explanation: "Put into the place of the one that the nodes have, the kit's file would refuse whoever is \
        let in by that one alone. A file that stands where `elasticsearch.yml` names it is read, and \
        the kit adds to it.",
    help: "put it where `elasticsearch.yml` names it; or merge the two with `crosstrust restrictions merge`",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    if subject.connection.model != Model::Tls {
        return;
    }
    for party in subject.parties() {
        let unseen = party.material.restrictions.is_none();
        if let Some(file) = party.material.setting(RESTRICTIONS_SETTING).filter(|_| unseen) {
            let message = format!(
                "the nodes have the restrictions `{}`, which are not there to be read",
                file.value.text
            );
            report.push(subject.finding(&RULE, &party.path("elasticsearch_yml"), message));
        }
        let there = party.material.manifest.as_ref().filter(|_| unseen);
        let files = there.map_or_else(Vec::new, Resource::restrictions_paths);
        for file in files {
            let message = format!(
                "the node sets have the restrictions `{}`, which are not there to be read",
                file.path
            );
            let help = "put the config map that they are mounted from into the same file, as a further document; or \
                follow the kit's step, which reads them from a node and merges the two";
            report.push(subject.finding(&RULE, &party.path("manifest"), message).with_help(help));
        }
    }
}
