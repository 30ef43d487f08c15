//! RC056: a cluster whose security is off.

use crosstrust_report::{Report, Rule, Severity};

use super::{SECURITY, Subject};

pub(super) const RULE: Rule = Rule {
    code: "RC056",
    severity: Severity::Error,
    summary: "security is off",
    explanation: "With `xpack.security.enabled: false` a node speaks without TLS, knows no API keys and no \
        roles, and lets everybody in. A connection by either model needs it on both sides.",
    help: "set `xpack.security.enabled: true`, which needs certificates and a restart of every node",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for party in subject.parties() {
        if party.said(SECURITY) == Some("false") {
            let message = format!("the {} nodes have `{SECURITY}: false`", party.word);
            report.push(subject.finding(&RULE, &party.path("elasticsearch_yml"), message));
        }
    }
}
