//! Sets of characters: the escapes that both languages would read differently, and classes.

use super::PatternError;
use super::cursor::{Cursor, unsupported};

/// A set of characters as ranges.
#[derive(Clone, Debug, Default)]
pub(super) struct Set {
    ranges: Vec<(char, char)>,
    negated: bool,
}

/// What an escape stands for.
pub(super) enum Escape {
    Character(char),
    Set(Set),
}

impl Set {
    /// One character, and with `fold` its other case, as `(?i)` means it: in ASCII alone.
    pub(super) fn character(character: char, fold: bool) -> Self {
        let mut set = Self::default();
        set.add(character, character, fold);
        set
    }

    fn add(&mut self, from: char, to: char, fold: bool) {
        self.ranges.push((from, to));
        for letter in ('A'..='Z').chain('a'..='z').filter(|_| fold) {
            if (from..=to).contains(&letter) {
                let other = if letter.is_ascii_uppercase() {
                    letter.to_ascii_lowercase()
                } else {
                    letter.to_ascii_uppercase()
                };
                self.ranges.push((other, other));
            }
        }
    }

    /// Adds another set, which may be the complement of its ranges.
    fn merge(&mut self, other: Self) {
        if !other.negated {
            self.ranges.extend(other.ranges);
            return;
        }
        let mut from = '\0';
        let mut ranges = other.ranges;
        ranges.sort_unstable();
        for (start, end) in ranges {
            if from < start {
                self.ranges.extend(before(start).map(|last| (from, last)));
            }
            from = from.max(after(end));
        }
        self.ranges.push((from, char::MAX));
    }

    /// The set in the terms of the regex crate.
    pub(super) fn text(&self) -> String {
        let ranges = self.ranges.iter();
        let ranges = ranges
            .map(|(from, to)| format!("\\x{{{:x}}}-\\x{{{:x}}}", u32::from(*from), u32::from(*to)));
        format!("[{}{}]", if self.negated { "^" } else { "" }, ranges.collect::<String>())
    }
}

/// Reads a class behind its opening bracket.
pub(super) fn class(cursor: &mut Cursor, fold: bool) -> Result<Set, PatternError> {
    let negated = cursor.take('^');
    let mut set = Set { negated, ..Set::default() };
    let mut is_first = true;
    loop {
        let at = cursor.place();
        let Some(next) = cursor.next() else {
            return cursor.invalid("a class `[…` is not closed");
        };
        match next {
            ']' if !is_first => return Ok(set),
            '[' => return unsupported("a class within a class", at),
            '&' if cursor.peek() == Some('&') => {
                return unsupported("an intersection of classes, `&&`", at);
            }
            '\\' => match escape(cursor, fold)? {
                Escape::Set(inner) => set.merge(inner),
                Escape::Character(from) => range(cursor, from, fold, &mut set)?,
            },
            from => range(cursor, from, fold, &mut set)?,
        }
        is_first = false;
    }
}

/// A character of a class, or a range that it begins.
fn range(cursor: &mut Cursor, from: char, fold: bool, set: &mut Set) -> Result<(), PatternError> {
    let begins = cursor.peek() == Some('-') && !matches!(cursor.peek_at(1), None | Some(']' | '['));
    if !begins {
        set.add(from, from, fold);
        return Ok(());
    }
    cursor.next();
    let to = match cursor.next() {
        Some('\\') => match escape(cursor, fold)? {
            Escape::Character(to) => Some(to),
            Escape::Set(_) => None,
        },
        other => other,
    };
    match to {
        Some(to) if from <= to => {
            set.add(from, to, fold);
            Ok(())
        }
        _ => cursor.invalid("a range whose end comes before its start"),
    }
}

/// Reads an escape behind its backslash, inside a class or outside.
pub(super) fn escape(cursor: &mut Cursor, fold: bool) -> Result<Escape, PatternError> {
    let at = cursor.place().saturating_sub(1);
    let Some(letter) = cursor.next() else {
        return cursor.invalid("a backslash stands at the end");
    };
    if let Some(set) = shorthand(letter) {
        return Ok(Escape::Set(set));
    }
    Ok(Escape::Character(match letter {
        't' => '\t',
        'n' => '\n',
        'r' => '\r',
        'f' => '\u{c}',
        'a' => '\u{7}',
        'e' => '\u{1b}',
        '0' => octal(cursor)?,
        'x' if cursor.take('{') => {
            let digits = cursor.digits(16, 7);
            if !cursor.take('}') {
                return cursor.invalid("a hexadecimal escape is not closed");
            }
            code_point(cursor, &digits)?
        }
        'x' => hexadecimal(cursor, 2)?,
        'u' => hexadecimal(cursor, 4)?,
        'c' => match cursor.next() {
            Some(control) => char::from_u32(u32::from(control) ^ 64).unwrap_or(control),
            None => return cursor.invalid("a control escape without its letter"),
        },
        'p' | 'P' => return property(cursor, letter == 'P', fold, at),
        '1'..='9' | 'k' => return unsupported("a back-reference", at),
        'b' | 'B' => return unsupported("a word boundary", at),
        'N' | 'R' | 'X' => return unsupported(format!("`\\{letter}`"), at),
        letter if letter.is_ascii_alphabetic() => {
            return cursor.invalid(format!("`\\{letter}` is no escape"));
        }
        other => other,
    }))
}

/// The classes with a letter of their own, which are ASCII in Java.
fn shorthand(letter: char) -> Option<Set> {
    let ranges: &[(char, char)] = match letter.to_ascii_lowercase() {
        'd' => &[('0', '9')],
        'w' => &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
        's' => &[('\t', '\r'), (' ', ' ')],
        'h' => &[
            ('\t', '\t'),
            (' ', ' '),
            ('\u{a0}', '\u{a0}'),
            ('\u{1680}', '\u{1680}'),
            ('\u{180e}', '\u{180e}'),
            ('\u{2000}', '\u{200a}'),
            ('\u{202f}', '\u{202f}'),
            ('\u{205f}', '\u{205f}'),
            ('\u{3000}', '\u{3000}'),
        ],
        'v' => &[('\n', '\r'), ('\u{85}', '\u{85}'), ('\u{2028}', '\u{2029}')],
        _ => return None,
    };
    Some(Set { ranges: ranges.to_vec(), negated: letter.is_ascii_uppercase() })
}

/// `\p{Alpha}` and its like: those that POSIX has, and that are ASCII in Java.
fn property(
    cursor: &mut Cursor,
    negated: bool,
    fold: bool,
    at: usize,
) -> Result<Escape, PatternError> {
    let mut name = String::new();
    if cursor.take('{') {
        while let Some(character) = cursor.next().filter(|c| *c != '}') {
            name.push(character);
        }
    } else {
        name.extend(cursor.next());
    }
    let ranges: &[(char, char)] = match name.as_str() {
        "Alpha" => &[('A', 'Z'), ('a', 'z')],
        "Digit" => &[('0', '9')],
        "Alnum" => &[('0', '9'), ('A', 'Z'), ('a', 'z')],
        "Lower" if !fold => &[('a', 'z')],
        "Upper" if !fold => &[('A', 'Z')],
        "Punct" => &[('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
        "XDigit" => &[('0', '9'), ('A', 'F'), ('a', 'f')],
        "ASCII" => &[('\0', '\u{7f}')],
        _ => return unsupported(format!("the property `{name}`"), at),
    };
    Ok(Escape::Set(Set { ranges: ranges.to_vec(), negated }))
}

/// `\0n`, `\0nn` or `\0mnn` with m up to 3.
fn octal(cursor: &mut Cursor) -> Result<char, PatternError> {
    let most = if cursor.peek().is_some_and(|c| ('0'..='3').contains(&c)) { 3 } else { 2 };
    let digits = cursor.digits(8, most);
    match u32::from_str_radix(&digits, 8).ok().and_then(char::from_u32) {
        Some(character) => Ok(character),
        None => cursor.invalid("an octal escape without digits"),
    }
}

fn hexadecimal(cursor: &mut Cursor, length: usize) -> Result<char, PatternError> {
    let digits = cursor.digits(16, length);
    if digits.len() < length {
        return cursor.invalid(format!("a hexadecimal escape has {length} digits"));
    }
    code_point(cursor, &digits)
}

fn code_point(cursor: &Cursor, digits: &str) -> Result<char, PatternError> {
    match u32::from_str_radix(digits, 16).ok().map(char::from_u32) {
        Some(Some(character)) => Ok(character),
        Some(None) => unsupported("half of a character, or none", cursor.place()),
        None => cursor.invalid("a hexadecimal escape without digits"),
    }
}

/// The character before, over the gap of the surrogates.
fn before(character: char) -> Option<char> {
    ('\0'..character).next_back()
}

/// The character after.
fn after(character: char) -> char {
    (character..=char::MAX).nth(1).unwrap_or(char::MAX)
}
