//! TR034: the syntax of other regular expressions means something else here.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::lint::Remark;
use crate::lint::Remarks;
use crate::lint::Subject;
use crate::rules::expression::syntax;

pub(super) const RULE: Rule = Rule {
    code: "TR034",
    severity: Severity::Warning,
    summary: "the syntax of other regular expressions means something else here",
    explanation: "Lucene has no groups with a `?` (`(?:`, `(?i)`, `(?=`), which match the text `?:`; \
        no lazy or possessive quantifiers; and no back-references. They load, and mean \
        something else.",
    help: "write it in Lucene's syntax",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for (item, expression) in subject.expressions() {
        let Some(found) = PIECES.iter().find(|piece| holds(expression, piece)) else { continue };
        let message = format!("`{found}` does not mean here what it means in Perl");
        remarks.push(Remark::new(&RULE, message).at(item.place));
    }
}

/// Whether an expression has a piece of syntax outside of classes, quotes and escapes.
fn holds(expression: &str, piece: &str) -> bool {
    let written: String = syntax(expression)
        .map(|token| if token.escaped && !token.value.is_ascii_digit() { 'x' } else { token.value })
        .collect();
    let escaped = syntax(expression).any(|token| token.escaped && token.value.is_ascii_digit());
    if piece.starts_with('\\') { escaped } else { written.contains(piece) }
}

/// Syntax that Perl and its kin have and Lucene has not.
const PIECES: &[&str] = &["(?", "*?", "+?", "??", "*+", "++", "?+", "}?", "}+", "\\1"];
