//! TR043: the end of a cloud pattern is open or missing.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR043",
    severity: Severity::Warning,
    summary: "the end of a cloud pattern is open or missing",
    explanation: "Names of cloud nodes end in `.cluster.<scope id>.account`. With a wildcard at \
        the end foreign scopes fit too; without `.account` and without a wildcard in its place no \
        name fits.",
    help: "end it with `.<scope id>.account`",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.wildcards() {
        let open = item.text.trim_end_matches(['*', '?']);
        let (ending, closed) = if open.len() < item.text.len() && open.ends_with(".account") {
            let ending = "fits foreign scopes, since a wildcard follows `.account`";
            (ending, Some(open.to_owned()))
        } else {
            match ending_of(&item.text) {
                Ending::Missing => {
                    let closed = format!("{}.account", item.text);
                    ("lacks `.account`, in which names of cloud nodes end", Some(closed))
                }
                Ending::Open => ("fits foreign scopes, since a wildcard stands at its end", None),
                Ending::Other => continue,
            }
        };
        let message = format!("`{}` {ending}", item.text);
        let fix = closed.and_then(|closed| subject.rewrite_safely(item, &closed));
        remarks.push(Remark::new(&RULE, message).at(item.place).with_fix(fix));
    }
}

/// What follows `.node.<cluster id>.cluster.` in a pattern.
enum Ending {
    /// A scope id alone.
    Missing,
    /// Something with a star in its last label, which spans dots.
    Open,
    /// Something else, or these words do not stand there.
    Other,
}

fn ending_of(text: &str) -> Ending {
    let labels: Vec<&str> = text.split('.').collect();
    match labels.as_slice() {
        [.., "node", _, "cluster", scope] | [.., "node", _, "cluster", _, scope]
            if scope.contains('*') =>
        {
            Ending::Open
        }
        [.., "node", _, "cluster", scope] if *scope != "account" => Ending::Missing,
        _ => Ending::Other,
    }
}
