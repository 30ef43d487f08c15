//! TR035: an unescaped dot between labels matches any character.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;
use crate::rules::expression::Token;
use crate::rules::expression::escape;
use crate::rules::expression::syntax;

pub(super) const RULE: Rule = Rule {
    code: "TR035",
    severity: Severity::Warning,
    summary: "an unescaped dot between labels matches any character",
    explanation: "In a regular expression `.` is any character, so `/node.example/` also matches \
        `nodeXexample`. Where a name has a dot, write `\\.`.",
    help: "write `\\.`",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for (item, expression) in subject.expressions() {
        let tokens: Vec<Token> = syntax(expression).collect();
        let dots: Vec<usize> = tokens
            .windows(3)
            .filter(|around| matches!(around, [before, dot, after] if is_plain_dot(dot) && ends_label(before) && begins_label(after)))
            .filter_map(|around| around.get(1).map(|dot| dot.position))
            .collect();
        let Some(first) = dots.first() else { continue };
        let message = format!("the dot in `{}` matches any character", item.text);
        let place = item.character(subject.loaded.text(), first.saturating_add(1));
        let fix = subject.rewrite(item, &format!("/{}/", escape(expression, &dots)));
        remarks.push(Remark::new(&RULE, message).at(place).with_fix(fix));
    }
}

fn is_plain_dot(token: &Token) -> bool {
    token.value == '.' && !token.escaped
}

/// Whether a token ends a label, or the repetition or group of its end.
fn ends_label(token: &Token) -> bool {
    is_in_label(token)
        || (!token.escaped && matches!(token.value, '@' | ')' | '*' | '+' | '?' | ']' | '}'))
}

fn begins_label(token: &Token) -> bool {
    is_in_label(token) || (!token.escaped && matches!(token.value, '(' | ']'))
}

/// Whether a token is a piece of a label: a character, a class, an interval or quoted text.
fn is_in_label(token: &Token) -> bool {
    token.value.is_ascii_alphanumeric()
        || matches!(token.value, '-' | '_')
        || (!token.escaped && matches!(token.value, '[' | '<' | '"'))
}
