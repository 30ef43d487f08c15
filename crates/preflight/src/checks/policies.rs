//! PF105: certificate policies that Java refuses.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF105",
    severity: Severity::Error,
    summary: "certificate policies that Java refuses",
    explanation: "Elasticsearch asks for no certificate policy, so policies seldom matter. A path fails all \
        the same where an authority requires a policy (`policyConstraints`) and none is valid down \
        to the node's certificate, where `policyMappings` names anyPolicy, and where critical \
        `certificatePolicies` have a qualifier such as the address of a practice statement, which \
        Java does not process.",
    help: "re-issue the certificate with a policy that its CA has, with `certificatePolicies` not critical, \
        or without them",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    super::check_refusal(&RULE, node, report);
}
