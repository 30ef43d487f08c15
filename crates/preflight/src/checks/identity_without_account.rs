//! PF084: an identity pattern that no node of the cloud matches.

use crosstrust_report::{Finding, Report, Rule, Severity};

use crate::certificate_identity::CertificateIdentity;

pub(super) const RULE: Rule = Rule {
    code: "PF084",
    severity: Severity::Warning,
    summary: "an identity pattern that no node of the cloud matches",
    explanation: "The names of nodes in the cloud end in `.account`: \
        `CN=NODE.node.CLUSTER_ID.cluster.ORGANIZATION_ID.account`. The documentation has examples \
        that end with the organization's id, which match nothing, since all of the name must match; \
        and placeholders in angle brackets, which are taken as they are.",
    help: "end the pattern with `\\.account`, and fill in placeholders",
};

pub(super) fn check(identity: &CertificateIdentity, report: &mut Report) {
    let pattern = identity.pattern();
    if let Some(placeholder) = placeholder(pattern) {
        let message = format!("`{placeholder}` in `{pattern}` is a placeholder");
        report.push(Finding::new(&RULE, message));
    } else if ends_with_scope(pattern) {
        let message = format!("`{pattern}` ends with the organization's id, without `.account`");
        report.push(Finding::new(&RULE, message));
    }
}

/// `<org-id>` and its like, which is no named group.
fn placeholder(pattern: &str) -> Option<&str> {
    let (before, after) = pattern.split_once('<')?;
    let (name, _) = after.split_once('>')?;
    let is_name = name.contains(['-', '_']) && !before.ends_with('?');
    is_name.then(|| pattern.get(before.len()..before.len() + name.len() + 2)).flatten()
}

/// Whether nothing but an id follows `.cluster.`, other attributes aside.
fn ends_with_scope(pattern: &str) -> bool {
    let Some((_, scope)) = pattern.rsplit_once("cluster") else { return false };
    let scope = scope.trim_start_matches(['\\', '.']);
    let scope =
        ["$", "(,.*)?", "(,.*)?$"].iter().find_map(|end| scope.strip_suffix(end)).unwrap_or(scope);
    !scope.is_empty() && scope.chars().all(|character| character.is_ascii_alphanumeric())
}
