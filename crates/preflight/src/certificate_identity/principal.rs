//! A distinguished name in the words of Java's `X500Principal.getName()`.
//!
//! That is RFC 2253 with habits of its own: every `=`, `+`, `#`… is escaped wherever it stands, string
//! types other than UTF-8 are read as UTF-8 all the same, and attributes without a keyword in RFC
//! 2253 are written as the hexadecimal digits of their encoding.

use crosstrust_x509::{Certificate, Name, der, hexadecimal};

/// A distinguished name that is not compared here.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("the distinguished name of the subject {problem}")]
pub struct UnjudgedName {
    problem: &'static str,
}

/// The distinguished name of a certificate's subject, as Java's `X500Principal.getName()` writes it.
pub fn java_name(certificate: &Certificate) -> Result<String, UnjudgedName> {
    let name = java_text(certificate.subject());
    let name = name.ok_or(UnjudgedName {
        problem: "is malformed, or of string types that Java releases write differently",
    })?;
    if name.contains(LINE_BREAKS) {
        return Err(UnjudgedName { problem: "has a line break" });
    }
    Ok(name)
}

/// The name as Java writes it; nothing if it is malformed, or if Java releases differ.
fn java_text(name: &Name) -> Option<String> {
    let sets = der::read_all(der::read_one(name.der(), der::SEQUENCE)?.contents)?;
    let relative = sets.iter().rev().map(|set| {
        let pairs = der::read_all(set.contents)?;
        let pairs: Option<Vec<String>> =
            pairs.iter().map(|pair| attribute(pair.contents)).collect();
        pairs.map(|pairs| pairs.join("+"))
    });
    Some(relative.collect::<Option<Vec<_>>>()?.join(","))
}

fn attribute(contents: &[u8]) -> Option<String> {
    let (oid, rest) = der::read(contents)?;
    let (value, _) = der::read(rest)?;
    let oid = der::object_identifier(oid.contents)?;
    let keyword = KEYWORDS.iter().find(|(known, _)| *known == oid).map(|(_, keyword)| keyword);
    Some(match keyword {
        Some(keyword) if STRINGS.contains(&value.tag) => {
            let is_sure = value.tag == UTF8_STRING || value.contents.is_ascii();
            let text = str::from_utf8(value.contents).ok().filter(|_| is_sure)?;
            format!("{keyword}={}", escaped(text))
        }
        Some(_) if value.tag == BMP_STRING => return None,
        Some(keyword) => format!("{keyword}=#{}", hexadecimal(value.bytes)),
        None => format!("{oid}=#{}", hexadecimal(value.bytes)),
    })
}

fn escaped(text: &str) -> String {
    let mut inner = String::new();
    for character in text.chars() {
        match character {
            ',' | '=' | '+' | '<' | '>' | '#' | ';' | '"' | '\\' => inner.extend(['\\', character]),
            '\0' => inner.push_str("\\00"),
            other => inner.push(other),
        }
    }
    let is_blank = |character: char| character == ' ' || character == '\r';
    let body = inner.trim_start_matches(is_blank);
    let leading = inner.len().saturating_sub(body.len());
    let kept = body.trim_end_matches(is_blank);
    let with_backslashes =
        |blanks: &str| blanks.chars().flat_map(|c| ['\\', c]).collect::<String>();
    let before = inner.get(..leading).unwrap_or_default();
    let behind = body.get(kept.len()..).unwrap_or_default();
    format!("{}{kept}{}", with_backslashes(before), with_backslashes(behind))
}

/// What ends a line to Java's expressions.
const LINE_BREAKS: [char; 5] = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];

const UTF8_STRING: u8 = 0x0c;
const BMP_STRING: u8 = 0x1e;

/// The other string types that Java writes as text, and UTF8String: PrintableString, `T61String`,
/// IA5String, `GeneralString`.
const STRINGS: [u8; 5] = [UTF8_STRING, 0x13, 0x14, 0x16, 0x1b];

/// The attribute types that RFC 2253 gives a keyword.
const KEYWORDS: [(&str, &str); 9] = [
    ("2.5.4.3", "CN"),
    ("2.5.4.6", "C"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    ("2.5.4.9", "STREET"),
    ("2.5.4.10", "O"),
    ("2.5.4.11", "OU"),
    ("0.9.2342.19200300.100.1.25", "DC"),
    ("0.9.2342.19200300.100.1.1", "UID"),
];
