//! TR043: the end of a cloud pattern is open or missing.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::lint::Remark;
use crate::lint::Remarks;
use crate::lint::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR043",
    severity: Severity::Warning,
    summary: "the end of a cloud pattern is open or missing",
    explanation: "Names of cloud nodes end in `.cluster.<scope id>.account`. With a wildcard behind \
        `account` foreign scopes fit too; without `.account` no name fits.",
    help: "end it with `.<scope id>.account`",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.wildcards() {
        let open = item.text.trim_end_matches(['*', '?']);
        let (ending, closed) = if open.len() < item.text.len() && open.ends_with(".account") {
            ("fits foreign scopes, since a wildcard follows `.account`", open.to_owned())
        } else if lacks_account(&item.text) {
            let closed = format!("{}.account", item.text);
            ("lacks `.account`, in which names of cloud nodes end", closed)
        } else {
            continue;
        };
        let message = format!("`{}` {ending}", item.text);
        let fix = subject.rewrite_safely(item, &closed);
        remarks.push(Remark::new(&RULE, message).at(item.place).with_fix(fix));
    }
}

/// Whether a pattern is that of a cloud cluster up to the scope id, and ends there.
fn lacks_account(text: &str) -> bool {
    let labels: Vec<&str> = text.split('.').collect();
    matches!(labels.as_slice(), [.., "node", _, "cluster", scope] if *scope != "account")
}
