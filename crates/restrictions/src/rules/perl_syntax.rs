//! TR034: the syntax of other regular expressions means something else here.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;
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
        let Some(found) = piece(expression) else { continue };
        let message = format!("`{found}` does not mean here what it means in Perl");
        remarks.push(Remark::new(&RULE, message).at(item.place));
    }
}

/// A piece of foreign syntax outside of classes, quotes and escapes.
fn piece(expression: &str) -> Option<String> {
    let written: String =
        syntax(expression).map(|token| if token.escaped { 'x' } else { token.value }).collect();
    let found = PIECES.iter().find(|piece| written.contains(**piece));
    let reference = || {
        let digit = syntax(expression).find(|token| token.escaped && token.value.is_ascii_digit());
        digit.map(|token| format!("\\{}", token.value))
    };
    found.map(|piece| (*piece).to_owned()).or_else(reference)
}

/// Syntax that Perl and its kin have and Lucene has not, besides back-references.
const PIECES: &[&str] = &["(?", "*?", "+?", "??", "*+", "++", "?+", "}?", "}+"];
