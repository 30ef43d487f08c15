//! RC068: nodes on Kubernetes that get names which their partners do not know.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::{Model, Resource};
use crate::plan::{self, NodeNaming, Party};

pub(super) const RULE: Rule = Rule {
    code: "RC068",
    severity: Severity::Warning,
    summary: "nodes get other names than those by which their partners let them in",
    explanation: "With `cluster_id` and `scope_id`, the kit sets `transport.tls.otherNameSuffix`, and the operator \
        makes new certificates. The kit's own restrictions let both names in; other clusters, which \
        let these nodes in by the names that they have, refuse them from the moment of their restart.",
    help: "have every partner let in the new names first; or leave `cluster_id` and `scope_id` out, to keep the names",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    if subject.connection.model != Model::Tls || subject.connection.same_operator {
        return;
    }
    for own in plan::parties(subject.connection, subject.material) {
        let Some((before, after)) = change(&own) else { continue };
        let message = format!(
            "the {} nodes are named `{before}` now, and `{after}` once the kit is applied",
            own.word()
        );
        report.push(subject.finding(&RULE, &format!("{}.cluster_id", own.word()), message));
    }
}

/// Patterns of the names before and after, where others may know the first.
fn change(own: &Party<'_>) -> Option<(String, String)> {
    let there = own.material.manifest.as_ref()?;
    let pattern = |naming: &NodeNaming| {
        let grants = naming.grants(own.accepts).ok()?;
        Some(grants.first()?.pattern_text())
    };
    let before = pattern(&plan::renamed_pods(own)?)?;
    let after = pattern(&own.naming().ok()?)?;
    let is_known = own.material.other_name_suffix().is_some() || has_partners(there);
    (is_known && before != after).then_some((before, after))
}

fn has_partners(there: &Resource) -> bool {
    !there.operated().is_empty()
        || there.spec(&["transport", "tls", "certificateAuthorities"]).is_some()
}
