//! RC008: an organization id of an unusual form.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::Platform;

pub(super) const RULE: Rule = Rule {
    code: "RC008",
    severity: Severity::Warning,
    summary: "an organization id of an unusual form",
    explanation: "The ids of organizations of Elastic Cloud Hosted are about ten digits. Those of \
        environments and accounts are longer, and a wrong one only shows as a connection that \
        does not come up.",
    help: "copy it: Organization, Organization ID",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for party in subject.parties().into_iter().filter(|party| party.side.platform == Platform::Ech)
    {
        let Some(id) = &party.side.scope_id else { continue };
        if !(6..=14).contains(&id.len()) || !id.bytes().all(|b| b.is_ascii_digit()) {
            let message = format!("`{id}` is not an organization id of about ten digits");
            report.push(subject.finding(&RULE, &party.path("scope_id"), message));
        }
    }
}
