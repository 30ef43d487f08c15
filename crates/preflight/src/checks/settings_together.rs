//! PF122: settings that do not go together.

use crosstrust_report::{Report, Rule, Severity};

use crate::node_settings::{Subject, registered, together};

pub(super) const RULE: Rule = Rule {
    code: "PF122",
    severity: Severity::Error,
    summary: "settings that do not go together",
    explanation: "A node looks at some settings together, and does not start where they contradict each other: the \
        addresses of a remote cluster and its `mode` (without one it is `sniff`, which takes `seeds` and no \
        `proxy_address`), what is set for a remote cluster that has no address, the watermarks of disks, \
        `voting_only` without `master`, realms without an order or with the same one, what their types need, levels of \
        which one is to be above the other, `discovery.type: single-node` beside names of masters.",
    help: "change one of the two, or remove it",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for (setting, message) in together::problems(subject).into_iter().take(registered::MOST_TOLD) {
        report.push(subject.finding(&RULE, message, setting.place));
    }
}
