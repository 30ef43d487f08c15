//! TR036: an operator of Lucene stands where text was likely meant.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::lint::Remark;
use crate::lint::Remarks;
use crate::lint::Subject;
use crate::rules::expression::Token;
use crate::rules::expression::syntax;

pub(super) const RULE: Rule = Rule {
    code: "TR036",
    severity: Severity::Warning,
    summary: "an operator of Lucene stands where text was likely meant",
    explanation: "Besides the usual ones Lucene has the operators `@` (any text), `#` (nothing), `&` \
        (and), `~` (not), `<` (interval) and `\"` (literal text). `/node#1/` matches no name \
        at all. To mean the character, write a backslash before it.",
    help: "escape it with a backslash",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for (item, expression) in subject.expressions() {
        let found =
            syntax(expression).find(|token| !token.escaped && matches!(token.value, '@' | '#'));
        let Some(Token { value, position, .. }) = found else { continue };
        let message = format!(
            "`{value}` is an operator here: {}",
            if value == '@' { "any text" } else { "nothing at all" }
        );
        let place = item.character(&subject.loaded.text, position.saturating_add(1));
        remarks.push(Remark::new(&RULE, message).at(place));
    }
}
