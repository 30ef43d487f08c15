//! TR042: a pattern admits more than one would think.

use crosstrust_pattern::Pattern;
use crosstrust_report::Rule;
use crosstrust_report::Severity;

use super::fixed_text::has_loose_branch;
use super::matches_everything::is_everything;
use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR042",
    severity: Severity::Warning,
    summary: "a pattern admits more than one would think",
    explanation: "A pattern with hardly any fixed text, or with a wildcard as its last label, fits the \
        names of others: `x.*` fits `x.example`, whoever holds it, and so does `/x\\..*/`. Where an \
        authority signs for many, as in a shared cloud, anybody can get such a name.",
    help: "end it with the fixed part of the names",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for (item, pattern) in subject.valid() {
        if item.text.is_empty() || is_everything(pattern) {
            continue;
        }
        let Some(what) = breadth(pattern) else { continue };
        remarks.push(Remark::new(&RULE, format!("`{}` {what}", item.text)).at(item.place));
    }
}

/// What makes a pattern too broad, if it is.
fn breadth(pattern: &Pattern) -> Option<&'static str> {
    let text = pattern.as_str();
    let (open, loose) = if pattern.is_regex() {
        let expression = text.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'))?;
        (takes_any_last_label(pattern), has_loose_branch(expression, FEWEST))
    } else {
        let wild = |character: char| matches!(character, '*' | '?');
        let fixed = text.chars().filter(|character| character.is_alphanumeric()).count();
        let last = text.rsplit('.').next().unwrap_or_default();
        let open = !last.is_empty() && last.chars().all(wild) && text.contains('.');
        (open, text.contains(wild) && fixed < FEWEST)
    };
    match (open, loose) {
        (true, _) => Some("ends in a wildcard"),
        (false, true) => Some("has hardly any fixed text"),
        (false, false) => None,
    }
}

/// Whether labels that have nothing to do with one another may all stand after the last dot of a
/// shortest name that matches.
fn takes_any_last_label(pattern: &Pattern) -> bool {
    let Some(name) = pattern.example() else { return false };
    let Some((before, _)) = name.rsplit_once('.') else { return false };
    UNRELATED.iter().all(|label| pattern.matches(&format!("{before}.{label}")))
}

/// Fewer letters and digits than this do not tell whom a pattern means.
const FEWEST: usize = 3;

/// Labels that nobody lists together.
const UNRELATED: [&str; 3] = ["account", "example", "zqxj"];
