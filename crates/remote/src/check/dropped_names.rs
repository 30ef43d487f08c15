//! RC038: new certificates without the host names of the old ones.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::{Model, VERIFICATION_MODE};
use crate::plan;

pub(super) const RULE: Rule = Rule {
    code: "RC038",
    severity: Severity::Error,
    summary: "a re-issue that drops host names",
    explanation: "Under `verification_mode: full`, the default, nodes look for each other's addresses and host \
        names in the certificates. New certificates that are made from names alone have none of \
        those that the nodes have now, and the nodes would no longer find each other.",
    help: "give `nodes`, whose names and addresses are kept; or `dns` and `ip` of each: `node_names: \
        [{name: node1, dns: [node1.example.com], ip: [192.0.2.1]}]`",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    if subject.connection.model != Model::Tls || subject.connection.same_operator {
        return;
    }
    for own in plan::parties(subject.connection, subject.material) {
        let modes = own.settings().remove(VERIFICATION_MODE).unwrap_or_default();
        let verifies = modes.iter().all(|mode| mode.eq_ignore_ascii_case("full"));
        if !verifies || !plan::is_reissued(&own) || !own.material.nodes.is_empty() {
            continue;
        }
        let nameless = own.side.node_names.iter().filter(|n| n.dns.is_empty() && n.ip.is_empty());
        let names: Vec<String> = nameless.map(|node| format!("`{}`", node.name)).collect();
        if !names.is_empty() {
            let names = names.join(", ");
            let message =
                format!("the new certificates would have none of the host names of {names}");
            let path = format!("{}.node_names", own.word());
            report.push(subject.finding(&RULE, &path, message));
        }
    }
}
