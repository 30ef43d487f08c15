//! Repetitions: `?`, `*`, `+`, `{n}`, `{n,}` and `{n,m}`.

use super::Part;
use super::cursor::Cursor;
use crate::error::Error;
use crate::error::ErrorKind;

/// Reads one repetition of `part`, if one is next.
pub(super) fn repetition(cursor: &mut Cursor, part: usize) -> Result<Option<Part>, Error> {
    let offset = cursor.offset();
    let repeated = match cursor.peek() {
        Some('?') => Part::Optional(part),
        Some('*') => Part::Repeat(part),
        Some('+') => Part::AtLeast(part, 1),
        Some('{') => {
            cursor.next();
            return counted(cursor, part, offset).map(Some);
        }
        _ => return Ok(None),
    };
    cursor.next();
    Ok(Some(repeated))
}

/// Reads the counts after a `{`, which stands at `offset`.
fn counted(cursor: &mut Cursor, part: usize, offset: usize) -> Result<Part, Error> {
    let min = count(cursor)?.ok_or(Error { offset, kind: ErrorKind::MissingCount })?;
    let max = if cursor.take(',') { count(cursor)? } else { Some(min) };
    if !cursor.take('}') {
        return Err(Error { offset, kind: ErrorKind::UnclosedCount });
    }
    match max {
        None => Ok(Part::AtLeast(part, times(min))),
        Some(max) if min > max => {
            Err(Error { offset, kind: ErrorKind::ReversedCounts { min, max } })
        }
        Some(max) => Ok(Part::Between(part, times(min), times(max))),
    }
}

/// Reads a count; none, when no digit is next.
fn count(cursor: &mut Cursor) -> Result<Option<u32>, Error> {
    let offset = cursor.offset();
    let digits = cursor.digits();
    if digits.is_empty() {
        return Ok(None);
    }
    match digits.parse::<i32>().ok().and_then(|count| u32::try_from(count).ok()) {
        Some(count) => Ok(Some(count)),
        None => Err(Error { offset, kind: ErrorKind::CountTooLarge { digits } }),
    }
}

/// The count as a number of copies.
fn times(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
