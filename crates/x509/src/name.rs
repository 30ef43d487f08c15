//! Distinguished names as certificates hold them (RFC 5280, section 4.1.2.4), and their text
//! form (RFC 4514).

use std::fmt;

use crate::attribute_type::{self, COMMON_NAME};
use crate::der;
use crate::der::hexadecimal;
use crate::string_type;

/// A distinguished name. Two names are `==` only if their bytes are equal; see [`Name::matches`].
///
/// Prints as RFC 4514 text: last relative name first, special characters escaped.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Name {
    der: Vec<u8>,
    relative_names: Vec<Vec<Attribute>>,
}

/// An attribute of a relative distinguished name.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
struct Attribute {
    oid: String,
    /// The value as encoded, tag and all.
    value: Vec<u8>,
    /// The value as text, where its type is a string type.
    text: Option<String>,
}

impl Name {
    /// From a DER `Name`: a SEQUENCE of relative distinguished names. Nothing if it is malformed.
    pub fn from_der(bytes: &[u8]) -> Option<Self> {
        let relative_names = der::read_all(der::read_one(bytes, der::SEQUENCE)?.contents)?
            .into_iter()
            .map(|set| (set.tag == der::SET).then(|| relative_name(set.contents)).flatten())
            .collect::<Option<Vec<_>>>()?;
        Some(Self { der: bytes.to_vec(), relative_names })
    }

    /// The name as encoded.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Whether the name has no attribute at all.
    pub fn is_empty(&self) -> bool {
        self.relative_names.is_empty()
    }

    /// The common name; of several, the one that stands last, which is the most specific.
    pub fn common_name(&self) -> Option<&str> {
        let attributes = self.relative_names.iter().rev().flatten();
        attributes.filter(|a| a.oid == COMMON_NAME).find_map(|a| a.text.as_deref())
    }

    /// Whether two names are the same by the rules of RFC 5280, section 7.1: letter case, the
    /// string type and runs of blanks make no difference.
    pub fn matches(&self, other: &Self) -> bool {
        self.der == other.der || self.canonical() == other.canonical()
    }

    /// The attributes in a form in which names that match are equal.
    fn canonical(&self) -> Vec<Vec<(&str, String)>> {
        let canonical = |attribute: &'_ Attribute| match &attribute.text {
            Some(text) => text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase(),
            None => hexadecimal(&attribute.value),
        };
        self.relative_names
            .iter()
            .map(|attributes| {
                let mut pairs: Vec<_> =
                    attributes.iter().map(|a| (a.oid.as_str(), canonical(a))).collect();
                pairs.sort();
                pairs
            })
            .collect()
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, attributes) in self.relative_names.iter().rev().enumerate() {
            f.write_str(if index == 0 { "" } else { "," })?;
            for (position, attribute) in attributes.iter().enumerate() {
                f.write_str(if position == 0 { "" } else { "+" })?;
                write!(f, "{attribute}")?;
            }
        }
        Ok(())
    }
}

/// `CN=value`, or the object identifier and the value's bytes where RFC 4514, section 2.4 asks so.
impl fmt::Display for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (attribute_type::by_oid(&self.oid), &self.text) {
            (Some(row), Some(text)) => write!(f, "{}={}", row.descriptor, escape(text)),
            (Some(row), None) => write!(f, "{}=#{}", row.descriptor, hexadecimal(&self.value)),
            (None, _) => write!(f, "{}=#{}", self.oid, hexadecimal(&self.value)),
        }
    }
}

/// The attributes of a relative name, from the contents of its SET.
fn relative_name(contents: &[u8]) -> Option<Vec<Attribute>> {
    let pairs = der::read_all(contents)?.into_iter();
    pairs
        .map(|pair| (pair.tag == der::SEQUENCE).then(|| attribute(pair.contents)).flatten())
        .collect()
}

fn attribute(contents: &[u8]) -> Option<Attribute> {
    let (oid, rest) = der::read(contents)?;
    let is_typed = oid.tag == der::OBJECT_IDENTIFIER && der::is_object_identifier(oid.contents);
    is_typed.then_some(())?;
    let (value, rest) = der::read(rest)?;
    rest.is_empty().then(|| Attribute {
        oid: der::object_identifier(oid.contents).unwrap_or_default(),
        value: value.bytes.to_vec(),
        text: string_type::decode(value.tag, value.contents),
    })
}

/// Escapes a value for RFC 4514 text (section 2.4); control characters become hexadecimal pairs.
fn escape(text: &str) -> String {
    let last = text.chars().count().saturating_sub(1);
    let mut out = String::new();
    for (index, character) in text.chars().enumerate() {
        match character {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => out.extend(['\\', character]),
            '#' if index == 0 => out.push_str("\\#"),
            ' ' if index == 0 || index == last => out.push_str("\\ "),
            control if control.is_control() => {
                for byte in control.encode_utf8(&mut [0; 4]).bytes() {
                    out.push('\\');
                    out.push_str(&hexadecimal(&[byte]));
                }
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(pairs: &[(u8, u8, &[u8])]) -> Name {
        let sets = pairs.iter().map(|(kind, tag, value)| {
            let oid = der::encode(6, &[0x55, 4, *kind]);
            der::encode(0x31, &der::encode(0x30, &[oid, der::encode(*tag, value)].concat()))
        });
        Name::from_der(&der::encode(0x30, &sets.collect::<Vec<_>>().concat())).unwrap()
    }

    #[test]
    fn text_follows_rfc_4514() {
        #[track_caller]
        fn check(value: &str, expected: &str) {
            assert_eq!(name(&[(10, 12, value.as_bytes())]).to_string(), format!("O={expected}"));
        }

        // RFC 4514, section 4.
        check("Sales + Smith, \"J\"", r#"Sales \+ Smith\, \"J\""#);
        check("Before\rAfter", r"Before\0dAfter");
        check("#hash and trailing ", r"\#hash and trailing\ ");
        check("Lučić", "Lučić");
        check("", "");
        assert_eq!(name(&[(6, 19, b"DE"), (3, 12, b"Old CA")]).to_string(), "CN=Old CA,C=DE");
        assert_eq!(name(&[(99, 12, b"x")]).to_string(), "2.5.4.99=#0c0178");
    }

    #[test]
    fn names_match_across_string_types_case_and_blanks() {
        let plain = name(&[(3, 19, b"Old  CA")]);
        assert!(plain.matches(&name(&[(3, 12, b" old ca ")])));
        assert!(plain.matches(&name(&[(3, 30, b"\0O\0l\0d\0 \0C\0A")])));
        assert!(!plain.matches(&name(&[(3, 19, b"OldCA")])));
        assert!(!plain.matches(&name(&[(10, 19, b"Old CA")])));
        assert_ne!(plain, name(&[(3, 12, b"Old  CA")]));
    }

    #[test]
    fn the_most_specific_common_name_is_taken() {
        assert_eq!(name(&[(3, 12, b"ca"), (3, 12, b"node1")]).common_name(), Some("node1"));
        assert_eq!(name(&[(10, 12, b"x")]).common_name(), None);
    }
}
