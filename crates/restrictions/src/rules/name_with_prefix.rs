//! TR048: a name stands with the prefix of a distinguished name.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::lint::Remark;
use crate::lint::Remarks;
use crate::lint::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR048",
    severity: Severity::Warning,
    summary: "a name stands with the prefix of a distinguished name",
    explanation: "Names are compared as they are, without `CN=`, `DNS:` or the rest of a subject. The \
        subject of a certificate is not looked at, only the names of its subject alternative \
        names.",
    help: "write the bare name",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.wildcards() {
        let Some(prefix) = PREFIXES.iter().find(|prefix| starts_with(&item.text, prefix)) else {
            continue;
        };
        let message = format!("`{}` is compared with names that have no `{prefix}`", item.text);
        let bare = item.text.get(prefix.len()..).unwrap_or_default();
        let fix = (!bare.contains(['=', ','])).then(|| subject.rewrite(item, bare)).flatten();
        remarks.push(Remark::new(&RULE, message).at(item.place).with_fix(fix));
    }
}

fn starts_with(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// What stands before names in other places.
const PREFIXES: &[&str] = &["CN=", "CN:", "DNS:", "DNS=", "OU=", "O=", "otherName:"];
