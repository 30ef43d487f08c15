//! RC042: pings that end what `skip_unavailable` is for.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;

pub(super) const RULE: Rule = Rule {
    code: "RC042",
    severity: Severity::Warning,
    summary: "`skip_unavailable` beside a ping schedule",
    explanation: "While `transport.ping_schedule` is set, searches wait for a remote cluster that does not \
        answer, in spite of `skip_unavailable` (elasticsearch#88080).",
    help: "take the ping schedule out, and use TCP keep-alive",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let [local, _] = subject.parties();
    let settings = local.settings();
    let alias = &subject.connection.alias;
    let names = [
        format!("cluster.remote.{alias}.transport.ping_schedule"),
        "transport.ping_schedule".into(),
    ];
    let set = names.iter().find(|name| {
        settings
            .get(*name)
            .is_some_and(|values| values.iter().any(|value| !value.starts_with("-1")))
    });
    if let Some(name) = set.filter(|_| subject.connection.skip_unavailable) {
        let message = format!("the local nodes have `{name}`");
        report.push(subject.finding(&RULE, "local.elasticsearch_yml", message));
    }
}
