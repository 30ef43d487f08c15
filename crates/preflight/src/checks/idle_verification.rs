//! PF051: restrictions without verification of the chain.

use crosstrust_report::{Finding, Report, Rule, Severity};

use crate::settings::{Policy, VerificationMode};

pub(super) const RULE: Rule = Rule {
    code: "PF051",
    severity: Severity::Warning,
    summary: "restrictions without verification of the chain",
    explanation: "With `verification_mode: none` anybody can make a certificate with an admitted \
        name: the restrictions are applied to names that nobody has confirmed.",
    help: "use `verification_mode: certificate` or `full`",
};

pub(super) fn check(policy: &Policy, report: &mut Report) {
    for settings in [Some(&policy.remote), policy.own.as_ref()].into_iter().flatten() {
        let Some(file) = &settings.restrictions else { continue };
        if settings.mode == VerificationMode::None {
            let message = "the restrictions are used with `verification_mode: none`";
            report.push(Finding::new(&RULE, message).in_file(&file.path));
        }
    }
}
