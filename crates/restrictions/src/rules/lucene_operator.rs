//! TR036: an operator of Lucene stands where text was likely meant.

use crosstrust_pattern::Pattern;
use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;
use crate::rules::expression::Token;
use crate::rules::expression::syntax;

pub(super) const RULE: Rule = Rule {
    code: "TR036",
    severity: Severity::Warning,
    summary: "an operator of Lucene stands where text was likely meant",
    explanation: "Besides the usual ones Lucene has the operators `@` (any text), `#` (nothing), `&` \
        (and), `~` (not), `<` (interval) and `\"` (literal text). `/node#1/` and `/R&D/` match \
        no name at all, and `/node~1/` matches `node27`. To mean the character, write a \
        backslash before it.",
    help: "escape it with a backslash",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for (item, pattern) in subject.items().iter().zip(&subject.patterns) {
        let inner = item.text.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
        let Some(expression) = inner else { continue };
        let tokens: Vec<Token> = syntax(expression).collect();
        let matches_nothing = tokens.iter().any(|token| is_operator(token, '&'))
            && pattern.as_ref().is_ok_and(Pattern::is_empty);
        let found = tokens
            .iter()
            .enumerate()
            .find_map(|(index, token)| Some((token, unexpected(&tokens, index, matches_nothing)?)));
        let Some((Token { value, position, .. }, meaning)) = found else { continue };
        let message = format!("`{value}` is an operator here: {meaning}");
        let place = item.character(subject.loaded.text(), position.saturating_add(1));
        remarks.push(Remark::new(&RULE, message).at(place));
    }
}

/// What a token means, if it is an operator and nothing around it says that one is meant.
///
/// A `<` or `"` that is no operator makes the expression invalid, which is another rule's.
fn unexpected(tokens: &[Token], index: usize, matches_nothing: bool) -> Option<&'static str> {
    let token = tokens.get(index)?;
    let (before, rest) = tokens.split_at_checked(index)?;
    let after = rest.get(1..).unwrap_or_default();
    match token.value {
        _ if token.escaped => None,
        '@' => Some("any text"),
        '#' => Some("nothing at all"),
        '&' => {
            let is_first = before.last().is_none_or(begins_operand);
            let meant = !matches_nothing
                && !is_text(before.iter().rev(), begins_operand)
                && !is_text(after.iter(), ends_operand);
            (!is_first && !meant).then_some("a name must match what is on both sides")
        }
        '~' => {
            let next = after.first();
            let in_text = before.last().is_some_and(is_literal)
                && !next.is_some_and(|next| is_operator(next, '('));
            (in_text || next.is_some_and(is_literal)).then_some("anything but what follows")
        }
        _ => None,
    }
}

/// Whether tokens up to the end of an operand are characters that stand for themselves.
fn is_text<'a>(tokens: impl Iterator<Item = &'a Token>, ends: fn(&Token) -> bool) -> bool {
    let mut operand = tokens.take_while(|token| !ends(token)).peekable();
    operand.peek().is_some() && operand.all(is_literal)
}

fn begins_operand(token: &Token) -> bool {
    ['(', '|', '&'].iter().any(|value| is_operator(token, *value))
}

fn ends_operand(token: &Token) -> bool {
    [')', '|', '&'].iter().any(|value| is_operator(token, *value))
}

fn is_operator(token: &Token, value: char) -> bool {
    !token.escaped && token.value == value
}

/// Whether a token is a character that stands for itself.
fn is_literal(token: &Token) -> bool {
    if token.escaped { !token.value.is_ascii_alphabetic() } else { !SYNTAX.contains(&token.value) }
}

/// The characters with a meaning.
const SYNTAX: [char; 15] =
    ['.', '#', '@', '"', '(', ')', '[', '<', '~', '|', '&', '?', '*', '+', '{'];
