//! RC071: a version that the resource on Kubernetes has no longer.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::document::Document;

pub(super) const RULE: Rule = Rule {
    code: "RC071",
    severity: Severity::Warning,
    summary: "the connection file and the resource have different versions",
    explanation: "Which settings, models and modes a kit may use follows from the version in the connection file. The \
        resource that `manifest` names has another one, which the kit leaves as it is.",
    help: "write the version that the nodes have, which `kubectl get elasticsearch NAME -n NAMESPACE` shows",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for party in subject.parties() {
        let there = party.material.manifest.as_ref();
        let version = there.and_then(|there| there.spec(&["version"])).and_then(Document::text);
        let said = party.side.version.to_string();
        if let Some(version) = version.filter(|version| *version != said) {
            let message = format!(
                "the {} cluster is said to have version {said}, and its resource has {version}",
                party.word
            );
            report.push(subject.finding(&RULE, &party.path("version"), message));
        }
    }
}
