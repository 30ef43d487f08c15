//! Classes of characters: `[…]` and the escapes `\d \D \s \S \w \W`.

use super::cursor::Cursor;
use crate::automaton::MAX_CODE_POINT;
use crate::difference::DifferenceKind;
use crate::error::Error;
use crate::error::ErrorKind;

/// Ranges of code points, both ends included.
pub(super) type Ranges = Vec<(u32, u32)>;

/// Reads a class whose `[` has been read.
///
/// The first character stands for itself even when it is `]`. An escaped character cannot start
/// a range, as in Lucene 10: `[\*-a]` is the three characters `*`, `-` and `a`.
pub(super) fn class(cursor: &mut Cursor) -> Result<Ranges, Error> {
    let start = cursor.offset().saturating_sub(1);
    let negated = cursor.take('^');
    let mut ranges = Ranges::new();
    loop {
        item(cursor, &mut ranges).map_err(|error| match error.kind {
            ErrorKind::UnclosedClass if ranges.is_empty() => {
                Error { offset: start, kind: ErrorKind::EmptyClass }
            }
            _ => error,
        })?;
        match cursor.peek() {
            None => return Err(Error { offset: start, kind: ErrorKind::UnclosedClass }),
            Some(']') => break,
            Some(_) => {}
        }
    }
    cursor.take(']');
    Ok(if negated { negate(ranges) } else { ranges })
}

/// Reads one item of a class: an escape, a character, or a range.
fn item(cursor: &mut Cursor, ranges: &mut Ranges) -> Result<(), Error> {
    if cursor.peek() == Some('\\') {
        return escaped_item(cursor, ranges);
    }
    let offset = cursor.offset();
    let first = next(cursor)?;
    let mut last = first;
    if cursor.take('-') {
        cursor.take('\\');
        last = next(cursor)?;
    }
    if first > last {
        return Err(Error { offset, kind: ErrorKind::ReversedRange { first, last } });
    }
    ranges.push((u32::from(first), u32::from(last)));
    Ok(())
}

/// Reads an item that starts with a backslash.
fn escaped_item(cursor: &mut Cursor, ranges: &mut Ranges) -> Result<(), Error> {
    let offset = cursor.offset();
    cursor.take('\\');
    let character = cursor.peek();
    if let Some(escaped) = escape(cursor)? {
        ranges.extend(escaped);
    } else {
        let point = u32::from(next(cursor)?);
        ranges.push((point, point));
    }
    if let Some(character) = character.filter(|character| !character.is_ascii_alphabetic())
        && cursor.peek() == Some('-')
    {
        cursor.note(offset, DifferenceKind::EscapedRangeStart { character });
    }
    Ok(())
}

/// The next character of a class, which must not end yet.
fn next(cursor: &mut Cursor) -> Result<char, Error> {
    let offset = cursor.offset();
    cursor.next().ok_or(Error { offset, kind: ErrorKind::UnclosedClass })
}

/// Reads what follows a backslash if it is a letter or a second backslash.
pub(super) fn escape(cursor: &mut Cursor) -> Result<Option<Ranges>, Error> {
    let letter = match cursor.peek() {
        Some(letter) if letter == '\\' || letter.is_ascii_alphabetic() => letter,
        _ => return Ok(None),
    };
    let named = match letter.to_ascii_lowercase() {
        '\\' => vec![(0x5C, 0x5C)],
        'd' => vec![(0x30, 0x39)],
        's' => vec![(0x09, 0x0A), (0x0D, 0x0D), (0x20, 0x20)],
        'w' => vec![(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)],
        _ => {
            let offset = cursor.offset().saturating_sub(1);
            return Err(Error { offset, kind: ErrorKind::UnknownEscape { letter } });
        }
    };
    if letter != '\\' {
        let offset = cursor.offset().saturating_sub(1);
        cursor.note(offset, DifferenceKind::ClassEscape { letter });
    }
    cursor.next();
    Ok(Some(if letter.is_ascii_uppercase() { negate(named) } else { named }))
}

/// All code points outside these ranges.
pub(super) fn negate(mut ranges: Ranges) -> Ranges {
    ranges.sort_unstable();
    let mut negated = Ranges::new();
    let mut next = 0;
    for (min, max) in ranges {
        if min > next {
            negated.push((next, min.saturating_sub(1)));
        }
        next = next.max(max.saturating_add(1));
    }
    if next <= MAX_CODE_POINT {
        negated.push((next, MAX_CODE_POINT));
    }
    negated
}
