//! PF032: no name that trust restrictions could admit.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_restrictions::X509Field;

use super::unreadable_names;
use crate::examination::Examination;
use crate::verdict::Verdict;
use crate::wording::no_name;

pub(super) const RULE: Rule = Rule {
    code: "PF032",
    severity: Severity::Error,
    summary: "no name that trust restrictions could admit",
    explanation: "Trust restrictions compare names in the certificate with patterns: by default the \
        common name in an otherName of the subject alternative names, and never the subject. A \
        certificate without one is refused by every cluster that has a restrictions file. \
        Elasticsearch's certutil writes the otherName only where the instances file has `cn`.",
    help: "re-issue the certificate with `crosstrust reissue`, or with `cn` in the instances file of `crosstrust cert`",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let Some(file) = &node.policy.remote.restrictions else { return };
    if !node.names.is_empty() {
        return;
    }
    if matches!(node.admitted(), Verdict::NotJudged(_)) {
        // Some releases read a name that is admitted, as is told.
        return;
    }
    let fields = &node.policy.remote.fields;
    let unreadable = node.leaf.unreadable_names();
    let what = no_name(fields, unreadable.as_ref());
    let message = format!("{what}, and only that is compared with `{}`", file.path);
    let finding = node.finding(&RULE, message);
    if unreadable.is_some() {
        report.push(finding.with_help(unreadable_names::RULE.help));
        return;
    }
    let has_dns = node.leaf.subject_alt_names().is_some_and(|names| names.dns().next().is_some());
    report.push(if has_dns && !fields.contains(&X509Field::DnsName) {
        let place =
            if node.policy.is_own_cluster { "in its own settings" } else { "on the other side" };
        finding.with_help(format!(
            "{}; or set `x509_fields: [{}]` {place} (8.5.3 or 7.17.8 and later)",
            RULE.help,
            X509Field::DnsName
        ))
    } else {
        finding
    });
}
