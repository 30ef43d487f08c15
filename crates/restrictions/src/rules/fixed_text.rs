//! How much of a regular expression is text that a name must have.

use super::expression::Token;
use super::expression::syntax;

/// Whether a regular expression, or one of those that its outermost `|` joins, matches names of any
/// length and has no stretch of text with so many letters and digits.
pub(super) fn has_loose_branch(expression: &str, fewest: usize) -> bool {
    let characters: Vec<char> = expression.chars().collect();
    let mut tokens = syntax(expression).peekable();
    let mut branch = Branch::default();
    let mut depth = 0_usize;
    while let Some(token) = tokens.next() {
        match token.value {
            _ if token.escaped => branch.take_escaped(token.value),
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => {
                if branch.is_loose(fewest) {
                    return true;
                }
                branch = Branch::default();
                continue;
            }
            '~' => {
                branch.is_unbounded = true;
                skip_operand(&mut tokens);
            }
            '{' => branch.is_unbounded |= skip_bounds(&mut tokens),
            '"' => {
                let quoted = characters.iter().skip(token.position.saturating_add(1));
                quoted.take_while(|c| **c != '"').for_each(|c| branch.take_literal(*c));
                continue;
            }
            value => branch.take(value),
        }
        if !token.escaped && ENDS_TEXT.contains(&token.value) {
            branch.run = 0;
        }
    }
    branch.is_loose(fewest)
}

/// What is known of a part between outermost `|`.
#[derive(Debug, Default)]
struct Branch {
    is_unbounded: bool,
    /// The letters and digits of the text that goes on here.
    run: usize,
    /// The most letters and digits that a text had.
    longest: usize,
}

impl Branch {
    fn is_loose(&self, fewest: usize) -> bool {
        self.is_unbounded && self.longest < fewest
    }

    fn take(&mut self, value: char) {
        self.is_unbounded |= matches!(value, '.' | '*' | '+' | '@');
        if !ENDS_TEXT.contains(&value) {
            self.take_literal(value);
        }
    }

    fn take_escaped(&mut self, value: char) {
        // After a backslash a letter is a class.
        if value.is_ascii_alphabetic() {
            self.run = 0;
        } else {
            self.take_literal(value);
        }
    }

    fn take_literal(&mut self, value: char) {
        self.run = self.run.saturating_add(usize::from(value.is_alphanumeric()));
        self.longest = self.longest.max(self.run);
    }
}

/// Moves behind what a `~` excludes, which is nothing that a name must have.
fn skip_operand(tokens: &mut impl Iterator<Item = Token>) {
    let mut depth = 0_usize;
    for token in tokens {
        match token.value {
            _ if token.escaped => {}
            '~' => continue,
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return;
        }
    }
}

/// Moves behind the `}` of a repetition, and tells whether it has no upper bound.
fn skip_bounds(tokens: &mut impl Iterator<Item = Token>) -> bool {
    let mut last = None;
    for token in tokens {
        if token.value == '}' {
            return last == Some(',');
        }
        last = Some(token.value);
    }
    false
}

/// What ends a stretch of text; `[`, `<` and `"` stand for what they begin.
const ENDS_TEXT: [char; 14] =
    ['.', '*', '+', '?', '@', '#', '&', '~', '(', ')', '|', '[', '<', '{'];

#[cfg(test)]
mod tests {
    use super::has_loose_branch;

    #[test]
    fn text_is_counted_where_a_name_must_have_it() {
        #[track_caller]
        fn check(expression: &str, expected: bool) {
            assert_eq!(has_loose_branch(expression, 3), expected, "{expression}");
        }

        check(".*e.*", true);
        check(".*east", false);
        check(".*\\.a\\.b\\.c", false);
        check("[a-z]+\\.[a-z]+", true);
        check("[a-z]{3}", false);
        check("[a-z]{3,}", true);
        check("<100-999>.*", true);
        check(".*\"east\"", false);
        check(".*&~(.*east.*)", true);
        check("(node|es)[0-9]+", false);
        check("node1|.*e", true);
        check("\\d+", true);
    }
}
