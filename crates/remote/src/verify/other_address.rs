//! RC033: another address is registered than the planned one.

use crosstrust_report::{Finding, Rule, Severity};

use super::Remote;
use crate::plan::Registered;

pub(super) const RULE: Rule = Rule {
    code: "RC033",
    severity: Severity::Error,
    summary: "another address is registered than the planned one",
    explanation: "The settings of the local cluster have another host or port than the connection file; \
        where that has no port, the usual one of the platform and the model is planned. One of the \
        two is out of date.",
    help: "register the remote cluster again, or correct the connection file",
};

pub(super) fn check(remote: &Remote<'_>, planned: &Registered) -> Option<Finding> {
    let (found, planned) = (remote.addresses(), planned.addresses());
    let known = |address: &&str| planned.iter().any(|p| p.eq_ignore_ascii_case(address));
    if planned.is_empty() || (!found.is_empty() && found.iter().all(known)) {
        return None;
    }
    let (alias, planned) = (remote.alias(), planned.join("`, `"));
    let has = match found.as_slice() {
        [] => "no address".to_owned(),
        found => format!("`{}`", found.join("`, `")),
    };
    Some(Finding::new(&RULE, format!("`{alias}` has {has}, and planned is `{planned}`")))
}
