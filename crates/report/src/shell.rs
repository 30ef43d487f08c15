//! Words of a shell, for the commands that remedies name, and of commands that are run without one.

use std::str::Chars;

/// A word of the shell that stands for exactly this text, in quotes.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// The same, in quotes only where it needs them.
pub fn word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_./:@%+=-".contains(c);
    if !text.is_empty() && text.chars().all(plain) { text.to_owned() } else { quoted(text) }
}

/// Why a text is no list of words.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NoWords {
    /// A character that asks a shell for something, outside of quotes.
    Operator(char),
    /// A quote that does not end, or nothing after a backslash.
    Unended,
}

/// The words of a command without a shell: split at blanks, with quotes and backslashes as POSIX has them
/// (XCU, section 2.2). What only a shell can do is refused where it is not quoted.
pub fn words(text: &str) -> Result<Vec<String>, NoWords> {
    let (mut words, mut word, mut rest) = (Vec::new(), None::<String>, text.chars());
    while let Some(character) = rest.next() {
        match character {
            ' ' | '\t' | '\n' => words.extend(word.take()),
            operator if OPERATORS.contains(operator) => return Err(NoWords::Operator(operator)),
            '\'' => single_quoted(&mut rest, word.get_or_insert_default())?,
            '"' => double_quoted(&mut rest, word.get_or_insert_default())?,
            '\\' => match rest.next().ok_or(NoWords::Unended)? {
                '\n' => {}
                escaped => word.get_or_insert_default().push(escaped),
            },
            plain => word.get_or_insert_default().push(plain),
        }
    }
    words.extend(word);
    Ok(words)
}

fn single_quoted(rest: &mut Chars<'_>, word: &mut String) -> Result<(), NoWords> {
    loop {
        match rest.next().ok_or(NoWords::Unended)? {
            '\'' => return Ok(()),
            plain => word.push(plain),
        }
    }
}

fn double_quoted(rest: &mut Chars<'_>, word: &mut String) -> Result<(), NoWords> {
    loop {
        match rest.next().ok_or(NoWords::Unended)? {
            '"' => return Ok(()),
            operator @ ('$' | '`') => return Err(NoWords::Operator(operator)),
            '\\' => match rest.next().ok_or(NoWords::Unended)? {
                '\n' => {}
                escaped @ ('$' | '`' | '"' | '\\') => word.push(escaped),
                other => word.extend(['\\', other]),
            },
            plain => word.push(plain),
        }
    }
}

/// What asks a shell for something.
const OPERATORS: &str = "|&;<>()$`";

#[cfg(test)]
mod tests {
    use super::{NoWords, word, words};

    /// What `sh -c 'printf "%s|" …'` prints for each of these.
    #[test]
    fn words_are_those_of_a_shell() {
        #[track_caller]
        fn check(text: &str, expected: &[&str]) {
            assert_eq!(words(text).unwrap(), expected, "{text}");
        }

        check("", &[]);
        check("  sign.py\t--key  a ", &["sign.py", "--key", "a"]);
        check("a 'b c' \"d e\" f\\ g", &["a", "b c", "d e", "f g"]);
        check("a'b'\"c\"d '' \"\"", &["abcd", "", ""]);
        check(r#"'a\b' "a\b" "a\"b\\" a\'b"#, &[r"a\b", r"a\b", r#"a"b\"#, "a'b"]);
        check("'$(id)|;' \"\\$HOME\" \\$x", &["$(id)|;", "$HOME", "$x"]);
        check("a#b *.c ~/d", &["a#b", "*.c", "~/d"]);
        for text in ["it's", "$(id)", "", "a b", "new\nline", "\\"] {
            check(&word(text), &[text]);
        }
    }

    #[test]
    fn what_only_a_shell_can_do_is_refused() {
        for (text, operator) in [
            ("a | b", '|'),
            ("a $B", '$'),
            ("a \"$B\"", '$'),
            ("`a`", '`'),
            ("a>b", '>'),
            ("a;b", ';'),
        ] {
            assert_eq!(words(text), Err(NoWords::Operator(operator)), "{text}");
        }
        for text in ["'a", "\"a", "a\\", "\"a\\"] {
            assert_eq!(words(text), Err(NoWords::Unended), "{text}");
        }
    }

    #[test]
    fn quotes_are_written_where_a_shell_needs_them() {
        assert_eq!(word("../elastic-stack-ca.p12"), "../elastic-stack-ca.p12");
        assert_eq!(word("my ca.p12"), "'my ca.p12'");
        assert_eq!(word("it's"), r"'it'\''s'");
        assert_eq!(word("$(id)"), "'$(id)'");
        assert_eq!(word(""), "''");
    }
}
