//! PF033: a name that the restrictions do not admit.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;
use crate::refusal::quoted;
use crate::settings::RestrictionsFile;

pub(super) const RULE: Rule = Rule {
    code: "PF033",
    severity: Severity::Error,
    summary: "a name that the restrictions do not admit",
    explanation: "The other side has a trust restrictions file, and none of its patterns matches a name of the certificate. The chain may be in order: this is decided after it, and Elasticsearch's log says `does not match the trusted names`. Patterns match whole names, and letter case counts.",
    help: "add a pattern for the name to the restrictions file of the other side, or re-issue the certificate with a name that is admitted",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let Some(file) = &node.policy.remote.restrictions else { return };
    if node.names.is_empty() || file.restrictions.judge(&node.names).is_some() {
        return;
    }
    let names = node.names.iter().map(|name| name.value.clone()).collect::<Vec<_>>();
    let message = format!(
        "no pattern of `{}` matches {}{}",
        file.path,
        quoted(&names),
        nearest(file, &names)
    );
    report.push(node.finding(&RULE, message));
}

/// Which pattern comes nearest, and where it parts from the name; nothing for long files, where that
/// would take long.
pub(super) fn nearest(file: &RestrictionsFile, names: &[String]) -> String {
    let items = file.restrictions.items();
    if items.is_empty() {
        return "; it trusts nobody".to_owned();
    }
    if items.len().saturating_mul(names.len()) > MOST_COMPARISONS {
        return String::new();
    }
    let Some(nearest) = file.restrictions.nearest(names) else { return String::new() };
    let pattern = items.get(nearest.pattern).map(|item| item.text.as_str()).unwrap_or_default();
    let difference = match nearest.fragment.as_str() {
        _ if nearest.only_case_differs => " but for letter case".to_owned(),
        "" => " but for its end".to_owned(),
        fragment => format!(" but for `{fragment}`"),
    };
    format!("; `{pattern}` comes nearest to `{}`{difference}", nearest.name)
}

const MOST_COMPARISONS: usize = 256;
