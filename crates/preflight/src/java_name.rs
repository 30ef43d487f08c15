//! Distinguished names as Java compares them.
//!
//! Java's comparison is narrower than that of RFC 5280, section 7.1: letter case and runs of blanks
//! make no difference in a `PrintableString` or `UTF8String` of a well-known attribute type, but any
//! other string type or attribute must agree to the byte. Two names that OpenSSL links may therefore
//! be strangers to Java.

use std::collections::BTreeSet;

use crosstrust_x509::{Name, der, hexadecimal};

/// A name in the form in which Java's names are equal. Ordered, so that it can be a key.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct JavaName {
    relative_names: Vec<BTreeSet<String>>,
}

impl JavaName {
    pub(crate) fn new(name: &Name) -> Self {
        let relative_names = read(name.der())
            .unwrap_or_else(|| vec![BTreeSet::from([format!("#{}", hexadecimal(name.der()))])]);
        Self { relative_names }
    }

    /// Whether this name is `base` or stands below it.
    pub(crate) fn is_within(&self, base: &Self) -> bool {
        self.relative_names.starts_with(&base.relative_names)
    }
}

fn read(name: &[u8]) -> Option<Vec<BTreeSet<String>>> {
    der::read_all(der::read_one(name, der::SEQUENCE)?.contents)?
        .into_iter()
        .map(|set| {
            der::read_all(set.contents)?.iter().map(|pair| attribute(pair.contents)).collect()
        })
        .collect()
}

/// `type=value` in Java's canonical form.
fn attribute(contents: &[u8]) -> Option<String> {
    let (oid, rest) = der::read(contents)?;
    let (value, _) = der::read(rest)?;
    let oid = der::object_identifier(oid.contents)?;
    let text = match value.tag {
        PRINTABLE_STRING => Some(value.contents.iter().copied().map(char::from).collect()),
        UTF8_STRING => Some(String::from_utf8_lossy(value.contents).into_owned()),
        _ => None,
    };
    Some(match text {
        Some(text) if KEYWORDS.contains(&oid.as_str()) => format!("{oid}={}", fold(&text)),
        _ => format!("{oid}=#{}", hexadecimal(value.bytes)),
    })
}

/// Runs of blanks become one, blanks at the ends none, letters lower case by way of upper case.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if character != ' ' || !out.ends_with(' ') {
            out.push(character);
        }
    }
    out.trim_matches(|character| character <= ' ').to_uppercase().to_lowercase()
}

const PRINTABLE_STRING: u8 = 0x13;
const UTF8_STRING: u8 = 0x0c;

/// The attribute types that RFC 2253 gives a keyword: CN, C, L, ST, STREET, O, OU, DC, UID.
const KEYWORDS: [&str; 9] = [
    "2.5.4.3",
    "2.5.4.6",
    "2.5.4.7",
    "2.5.4.8",
    "2.5.4.9",
    "2.5.4.10",
    "2.5.4.11",
    "0.9.2342.19200300.100.1.25",
    "0.9.2342.19200300.100.1.1",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn name(attributes: &[(&str, u8, &[u8])]) -> JavaName {
        let sets = attributes.iter().map(|(oid, tag, value)| {
            let oid =
                der::encode(der::OBJECT_IDENTIFIER, &der::encode_object_identifier(oid).unwrap());
            der::encode(
                der::SET,
                &der::encode(der::SEQUENCE, &[oid, der::encode(*tag, value)].concat()),
            )
        });
        let name = der::encode(der::SEQUENCE, &sets.collect::<Vec<_>>().concat());
        JavaName::new(&Name::from_der(&name).unwrap())
    }

    /// Each outcome is that of Java's `X500Principal.equals`, releases 17 and 25.
    #[test]
    fn names_are_equal_where_java_says_so() {
        #[track_caller]
        fn check(left: (&str, u8, &[u8]), right: (&str, u8, &[u8]), expected: bool) {
            assert_eq!(name(&[left]) == name(&[right]), expected);
        }

        const CN: &str = "2.5.4.3";
        const TITLE: &str = "2.5.4.12";
        check((CN, 0x13, b"Old  CA"), (CN, 0x0c, b" old ca "), true);
        check((CN, 0x13, b"Old CA"), (CN, 0x14, b"Old CA"), false);
        check((CN, 0x13, b"Old CA"), (CN, 0x16, b"Old CA"), false);
        check((CN, 0x13, b"OldCA"), (CN, 0x13, b"Old CA"), false);
        check((CN, 0x0c, "STRASSE".as_bytes()), (CN, 0x0c, "straße".as_bytes()), true);
        check((TITLE, 0x13, b"Old CA"), (TITLE, 0x13, b"old ca"), false);
        check((TITLE, 0x13, b"Old CA"), (TITLE, 0x0c, b"Old CA"), false);
    }

    #[test]
    fn a_name_is_within_its_own_beginning() {
        let base = name(&[("2.5.4.10", 0x0c, b"Example")]);
        let below = name(&[("2.5.4.10", 0x13, b"example"), ("2.5.4.3", 0x0c, b"node1")]);
        assert!(below.is_within(&base) && base.is_within(&base) && !base.is_within(&below));
    }
}
