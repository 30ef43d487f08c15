//! RC034: the remote cluster is registered otherwise than planned.

use crosstrust_report::{Finding, Rule, Severity};

use super::Remote;
use crate::plan::Registered;

pub(super) const RULE: Rule = Rule {
    code: "RC034",
    severity: Severity::Warning,
    summary: "the remote cluster is registered with other settings than the planned ones",
    explanation: "The mode, the server name (SNI) or `skip_unavailable` in the settings of the local cluster \
        is not that of the connection file. The server name is what proxies route by and what \
        the certificate must have; `skip_unavailable` decides whether a search fails or goes on \
        without the remote cluster.",
    help: "register the remote cluster again, or correct the connection file",
};

/// What the answer does not say is not judged: older versions say less.
pub(super) fn check(remote: &Remote<'_>, planned: &Registered) -> Option<Finding> {
    let mut other = Vec::new();
    let mut compare = |key: &str, found: Option<String>, planned: Option<String>| {
        if let (Some(found), Some(planned)) = (found, planned)
            && !found.eq_ignore_ascii_case(&planned)
        {
            other.push(format!("`{key}` is `{found}`, and planned is `{planned}`"));
        }
    };
    let text = |key| remote.text(key).map(str::to_owned);
    compare("mode", text("mode"), Some(planned.mode.to_string()));
    let first = |key| planned.values(key).into_iter().next();
    compare("server_name", text("server_name"), first("server_name"));
    let flag = remote.flag("skip_unavailable").map(|flag| flag.to_string());
    compare("skip_unavailable", flag, first("skip_unavailable"));
    let message = format!("`{}`: {}", remote.alias(), other.join("; "));
    (!other.is_empty()).then(|| Finding::new(&RULE, message))
}
