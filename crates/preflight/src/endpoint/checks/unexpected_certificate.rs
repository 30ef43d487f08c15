//! PF058: another certificate than the one in the file.

use crosstrust_report::{Report, Rule, Severity};

use crate::endpoint::sighting::Sighting;

pub(crate) const RULE: Rule = Rule {
    code: "PF058",
    severity: Severity::Warning,
    summary: "another certificate than the one in the file",
    explanation: "The endpoint does not present the certificate that it is expected to. The file may have \
        been replaced and not been loaded again; the node may read another file; or another node, \
        or a proxy, answers at this address.",
    help: "check the path in the node's settings; Elasticsearch reloads a changed file within \
        seconds, but a change of settings needs a restart",
};

pub(super) fn check(sighting: &Sighting<'_>, report: &mut Report) {
    let (Some(expected), Some(leaf)) = (&sighting.plan.expected, sighting.seen.first.leaf()) else {
        return;
    };
    if expected == leaf {
        return;
    }
    let difference = if expected.subject() == leaf.subject() {
        let (old, new) = (expected.not_before(), leaf.not_before());
        format!("valid from {new}, where the file's is valid from {old}")
    } else {
        format!("of `{}`, where the file's is of `{}`", leaf.subject(), expected.subject())
    };
    let message = format!(
        "it presents another certificate, SHA-256 {}, {difference}",
        leaf.fingerprint_sha256()
    );
    report.push(sighting.finding(&RULE, message));
}
