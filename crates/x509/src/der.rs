//! DER elements (X.690), read and written: tag, length, contents.

use std::fmt::Write;

/// One element: its identifier octet, contents, and all of its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Element<'a> {
    /// The identifier octet. Tag numbers above 30 are not used in certificates.
    pub tag: u8,
    /// The contents octets.
    pub contents: &'a [u8],
    /// Identifier, length and contents.
    pub bytes: &'a [u8],
}

impl Element<'_> {
    /// The tag number, without class and constructed bits.
    pub fn number(&self) -> u8 {
        self.tag & 0x1f
    }

    /// Whether the contents are elements themselves.
    pub fn is_constructed(&self) -> bool {
        self.tag & 0x20 != 0
    }
}

/// Takes the first element off `input`: the element and the rest. Nothing where the bytes are no
/// definite-length element.
pub fn read(input: &[u8]) -> Option<(Element<'_>, &[u8])> {
    let (&tag, rest) = input.split_first()?;
    if tag & 0x1f == 0x1f {
        return None;
    }
    let (length, rest) = read_length(rest)?;
    let contents = rest.get(..length)?;
    let after = rest.get(length..)?;
    let bytes = input.get(..input.len().checked_sub(after.len())?)?;
    Some((Element { tag, contents, bytes }, after))
}

/// All elements of `input`. Nothing where one of them is malformed.
pub fn read_all(mut input: &[u8]) -> Option<Vec<Element<'_>>> {
    let mut elements = Vec::new();
    while !input.is_empty() {
        let (element, rest) = read(input)?;
        elements.push(element);
        input = rest;
    }
    Some(elements)
}

/// The one element that `input` is, if its tag is `tag`.
pub fn read_one(input: &[u8], tag: u8) -> Option<Element<'_>> {
    read(input).filter(|(element, rest)| element.tag == tag && rest.is_empty()).map(|(e, _)| e)
}

/// Encodes an element.
pub fn encode(tag: u8, contents: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let length = contents.len().to_be_bytes();
    let significant = length.iter().copied().skip_while(|byte| *byte == 0).collect::<Vec<_>>();
    match (significant.as_slice(), u8::try_from(significant.len())) {
        ([], _) => out.push(0),
        ([short], _) if *short < 0x80 => out.push(*short),
        (_, count) => {
            out.push(0x80 | count.unwrap_or(0x7f));
            out.extend_from_slice(&significant);
        }
    }
    out.extend_from_slice(contents);
    out
}

/// An object identifier's contents as dotted decimal text.
pub fn object_identifier(contents: &[u8]) -> Option<String> {
    if contents.last().is_none_or(|last| last & 0x80 != 0) {
        return None;
    }
    let mut arcs: Vec<u64> = Vec::new();
    let mut arc: u64 = 0;
    for byte in contents {
        arc = arc.checked_mul(128)?.checked_add(u64::from(byte & 0x7f))?;
        if byte & 0x80 == 0 {
            if arcs.is_empty() {
                let first = (arc / 40).min(2);
                arcs.push(first);
                arc -= first * 40;
            }
            arcs.push(arc);
            arc = 0;
        }
    }
    Some(arcs.iter().map(u64::to_string).collect::<Vec<_>>().join("."))
}

/// Whether these are the contents of an object identifier to Java, which takes arcs of any size and
/// 4096 octets at most.
pub fn is_object_identifier(contents: &[u8]) -> bool {
    let mut starts = [0].iter().chain(contents).zip(contents);
    let is_padded = |(before, byte): (&u8, &u8)| before & 0x80 == 0 && *byte == 0x80;
    contents.len() <= LONGEST_OBJECT_IDENTIFIER
        && contents.last().is_some_and(|last| last & 0x80 == 0)
        && !starts.any(is_padded)
}

/// The contents of an INTEGER of at most 32 bits, with a sign; leading octets may be redundant.
pub fn small_integer(contents: &[u8]) -> Option<i32> {
    let start = if contents.first()? & 0x80 == 0 { 0i64 } else { -1 };
    let value = contents
        .iter()
        .try_fold(start, |value, byte| value.checked_mul(256)?.checked_add(i64::from(*byte)));
    value.and_then(|value| i32::try_from(value).ok())
}

/// Dotted decimal text as an object identifier's contents.
pub fn encode_object_identifier(dotted: &str) -> Option<Vec<u8>> {
    let arcs = dotted.split('.').map(parse_arc).collect::<Option<Vec<u64>>>()?;
    let (first, second) = (*arcs.first()?, *arcs.get(1)?);
    if first > 2 || (first < 2 && second > 39) {
        return None;
    }
    let mut out = Vec::new();
    push_arc(&mut out, first.checked_mul(40)?.checked_add(second)?);
    for arc in arcs.iter().skip(2) {
        push_arc(&mut out, *arc);
    }
    Some(out)
}

fn parse_arc(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits && (text == "0" || !text.starts_with('0'))).then(|| text.parse().ok()).flatten()
}

fn push_arc(out: &mut Vec<u8>, arc: u64) {
    let groups = (0..10).rev().map(|group| (arc >> (7 * group)) & 0x7f);
    let mut started = false;
    let last = out.len() + 10;
    for (index, group) in groups.enumerate() {
        started |= group != 0 || index == 9;
        if started {
            let more = if index == 9 { 0 } else { 0x80 };
            out.push(u8::try_from(group).unwrap_or(0) | more);
        }
    }
    debug_assert!(out.len() <= last);
}

fn read_length(input: &[u8]) -> Option<(usize, &[u8])> {
    let (&first, rest) = input.split_first()?;
    if first < 0x80 {
        return Some((usize::from(first), rest));
    }
    let count = usize::from(first & 0x7f);
    if count == 0 || count > 4 {
        return None;
    }
    let mut length = 0usize;
    for byte in rest.get(..count)? {
        length = length.checked_mul(256)?.checked_add(usize::from(*byte))?;
    }
    Some((length, rest.get(count..)?))
}

/// The JDK's own limit.
const LONGEST_OBJECT_IDENTIFIER: usize = 4096;

/// The identifier octet of an INTEGER.
pub const INTEGER: u8 = 0x02;
/// The identifier octet of an OCTET STRING.
pub const OCTET_STRING: u8 = 0x04;
/// The identifier octet of an OBJECT IDENTIFIER.
pub const OBJECT_IDENTIFIER: u8 = 0x06;
/// The identifier octet of a SEQUENCE.
pub const SEQUENCE: u8 = 0x30;
/// The identifier octet of a SET.
pub const SET: u8 = 0x31;

/// Two lower-case digits a byte, nothing between them.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string does not fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn object_identifiers_are_read_and_written() {
        #[track_caller]
        fn check(dotted: &str, contents: &[u8]) {
            assert_eq!(encode_object_identifier(dotted).as_deref(), Some(contents), "{dotted}");
            assert_eq!(object_identifier(contents).as_deref(), Some(dotted), "{dotted}");
        }

        check("2.5.4.3", &[0x55, 0x04, 0x03]);
        check("1.2.840.113549.1.9.1", &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x01]);
        check("2.16.840.1.113894", &[0x60, 0x86, 0x48, 0x01, 0x86, 0xf9, 0x66]);
        check("1.2.0", &[0x2a, 0x00]);
    }

    #[test]
    fn malformed_elements_are_refused() {
        for bytes in [&[][..], &[0x30], &[0x30, 0x05, 1], &[0x30, 0x80, 0, 0], &[0x1f, 1, 0]] {
            assert!(read(bytes).is_none(), "{bytes:?}");
        }
        assert!(object_identifier(&[0x80]).is_none());
        for text in ["", "1", "1.", "3.1", "1.40", "1.02", "1.a", "1.2.99999999999999999999"] {
            assert!(encode_object_identifier(text).is_none(), "{text}");
        }
    }

    #[test]
    fn lengths_are_written_in_the_shortest_form() {
        assert_eq!(encode(4, &[]), [4, 0]);
        assert_eq!(encode(4, &[7; 127]).get(..2), Some(&[4, 127][..]));
        assert_eq!(encode(4, &[7; 128]).get(..3), Some(&[4, 0x81, 128][..]));
        assert_eq!(encode(4, &[7; 256]).get(..4), Some(&[4, 0x82, 1, 0][..]));
    }
}
