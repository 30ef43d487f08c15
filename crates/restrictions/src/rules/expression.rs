//! The characters of a regular expression that have a meaning, apart from those that stand for
//! themselves in classes, quotes and intervals.

/// A character outside of classes, quotes and intervals.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Token {
    /// The character; `[` stands for a whole class, `"` for a whole quoted text and `<` for a whole
    /// interval.
    pub(super) value: char,
    /// Its place in the expression, in characters from 0.
    pub(super) position: usize,
    /// Whether a backslash stands before it.
    pub(super) escaped: bool,
}

/// The tokens of an expression, which need not be valid.
pub(super) fn syntax(expression: &str) -> impl Iterator<Item = Token> {
    let mut characters = expression.chars().enumerate();
    std::iter::from_fn(move || {
        let (position, value) = characters.next()?;
        match value {
            '\\' => {
                let (position, value) = characters.next()?;
                return Some(Token { value, position, escaped: true });
            }
            '[' => skip_class(&mut characters),
            '"' => {
                characters.find(|(_, character)| *character == '"');
            }
            '<' => {
                characters.find(|(_, character)| *character == '>');
            }
            _ => {}
        }
        Some(Token { value, position, escaped: false })
    })
}

/// Moves behind the `]` of a class. A `]` that comes first belongs to it.
fn skip_class(characters: &mut impl Iterator<Item = (usize, char)>) {
    let mut first = true;
    while let Some((_, character)) = characters.next() {
        match character {
            '^' if first => continue,
            ']' if !first => return,
            '\\' => {
                characters.next();
            }
            _ => {}
        }
        first = false;
    }
}

/// The expression with backslashes before the characters at some places.
pub(super) fn escape(expression: &str, positions: &[usize]) -> String {
    let mut escaped = String::new();
    for (position, character) in expression.chars().enumerate() {
        if positions.contains(&position) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
