//! The otherName form of a subject alternative name (RFC 5280, section 4.2.1.6), and what the
//! Java virtual machines that Elasticsearch runs on make of it.

use std::fmt;

use crate::der;
use crate::der::hexadecimal;
use crate::string_type;

/// The type-id whose value trust restrictions compare: id-at-commonName.
pub const COMMON_NAME_OID: &str = "2.5.4.3";

/// An otherName: a type-id and a value of any type.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OtherName {
    type_id: String,
    value: Vec<u8>,
}

/// What Elasticsearch reads from an otherName of type [`COMMON_NAME_OID`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Reading {
    /// The text, whichever Java runs.
    Everywhere(String),
    /// The text on Java 25; Java 17 wraps the value once more and then finds it too deep, so the
    /// name is dropped there.
    NewerJavaOnly(String),
    /// The text on Java 17; newer releases miss the explicit tag, and read none of the certificate's
    /// alternative names.
    OlderJavaOnly(String),
    /// No text: dropped with a warning in the node's log.
    Nowhere,
    /// Another type-id: ignored.
    OtherType,
}

impl OtherName {
    /// From the contents of the `[0]` element: the type-id and the value.
    pub(crate) fn from_contents(contents: &[u8]) -> Option<Self> {
        let (type_id, value) = der::read(contents)?;
        (type_id.tag == der::OBJECT_IDENTIFIER).then_some(())?;
        Some(Self { type_id: der::object_identifier(type_id.contents)?, value: value.to_vec() })
    }

    /// The type-id as a dotted object identifier.
    pub fn type_id(&self) -> &str {
        &self.type_id
    }

    /// What follows the type-id: by the standard one `[0] EXPLICIT` element.
    pub fn value_der(&self) -> &[u8] {
        &self.value
    }

    /// What Elasticsearch would compare with its trust restrictions.
    pub fn reading(&self) -> Reading {
        if self.type_id != COMMON_NAME_OID {
            return Reading::OtherType;
        }
        if let Some((value, _)) = der::read(&self.value).filter(|(value, _)| value.tag != EXPLICIT)
        {
            // Java 17 puts the tag around it.
            let innermost = if value.is_constructed() { self.inner() } else { Some(value) };
            let innermost = innermost.filter(|element| !element.is_constructed());
            return innermost
                .and_then(|e| text(&e))
                .map_or(Reading::Nowhere, Reading::OlderJavaOnly);
        }
        let Some(inner) = self.inner() else { return Reading::Nowhere };
        if !inner.is_constructed() {
            return text(&inner).map_or(Reading::Nowhere, Reading::Everywhere);
        }
        let innermost = der::read(inner.contents).map(|(element, _)| element);
        innermost
            .and_then(|element| text(&element))
            .map_or(Reading::Nowhere, Reading::NewerJavaOnly)
    }

    /// How the value is encoded, in the words of ASN.1, such as `[0] UTF8String`.
    pub fn encoding(&self) -> String {
        let mut described = Vec::new();
        let mut rest = self.value.as_slice();
        while let Some((element, _)) = der::read(rest) {
            described.push(describe(element.tag));
            if !element.is_constructed() || described.len() > DEPTH_SHOWN {
                break;
            }
            rest = element.contents;
        }
        described.join(" ")
    }

    /// Whether the value is a string without a character, which Elasticsearch drops.
    pub fn is_empty(&self) -> bool {
        self.string().is_some_and(|text| text.is_empty())
    }

    /// The value as text, where it is one string of ASN.1 in its explicit tag.
    fn string(&self) -> Option<String> {
        let inner = self.inner()?;
        string_type::decode(inner.tag, inner.contents)
    }

    /// The element inside of the explicit tag.
    fn inner(&self) -> Option<der::Element<'_>> {
        let (explicit, _) = der::read(&self.value)?;
        explicit.is_constructed().then_some(())?;
        der::read(explicit.contents).map(|(element, _)| element)
    }
}

/// `2.5.4.3=name`: the type-id and the text, whatever type of string it is. A common name that no Java
/// reads says how it is encoded; a value that is no string is in hexadecimal, `1.2.3=#3003…`, cut
/// where it is long.
impl fmt::Display for OtherName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}=", self.type_id)?;
        match (self.reading(), self.string()) {
            (
                Reading::Everywhere(name)
                | Reading::NewerJavaOnly(name)
                | Reading::OlderJavaOnly(name),
                _,
            )
            | (Reading::OtherType, Some(name)) => f.write_str(&name),
            (Reading::Nowhere, Some(name)) => write!(f, "{name} ({})", self.encoding()),
            (_, None) => {
                let value = der::read_one(&self.value, EXPLICIT).map_or(&[][..], |e| e.contents);
                let value = if value.is_empty() { &self.value } else { value };
                let shown = value.get(..OCTETS_SHOWN).unwrap_or(value);
                let rest = value.len().saturating_sub(shown.len());
                write!(f, "#{}", hexadecimal(shown))?;
                if rest == 0 { Ok(()) } else { write!(f, "… and {rest} bytes more") }
            }
        }
    }
}

/// The text of the innermost element as Elasticsearch's reader decodes it: by the tag's number
/// alone. Empty text is dropped.
fn text(element: &der::Element<'_>) -> Option<String> {
    let decoded = match element.number() {
        string_type::OCTETS => Some(hexadecimal(element.contents)),
        string_type::T61 | string_type::UNIVERSAL => None,
        number => string_type::decode(number, element.contents),
    };
    decoded.filter(|text| !text.is_empty())
}

fn describe(tag: u8) -> String {
    match tag {
        der::OCTET_STRING => "OCTET STRING".to_owned(),
        der::SEQUENCE => "SEQUENCE".to_owned(),
        der::SET => "SET".to_owned(),
        der::INTEGER => "INTEGER".to_owned(),
        _ if tag & 0xc0 == 0x80 => format!("[{}]", tag & 0x1f),
        _ => match tag & 0x1f {
            string_type::UTF8 => "UTF8String".to_owned(),
            string_type::NUMERIC => "NumericString".to_owned(),
            string_type::PRINTABLE => "PrintableString".to_owned(),
            string_type::T61 => "T61String".to_owned(),
            string_type::IA5 => "IA5String".to_owned(),
            string_type::VISIBLE => "VisibleString".to_owned(),
            string_type::GENERAL => "GeneralString".to_owned(),
            string_type::UNIVERSAL => "UniversalString".to_owned(),
            string_type::BMP => "BMPString".to_owned(),
            number => format!("tag {number}"),
        },
    }
}

const DEPTH_SHOWN: usize = 4;
/// Of a value that is no string.
const OCTETS_SHOWN: usize = 64;
/// `[0] EXPLICIT`.
const EXPLICIT: u8 = 0xa0;

#[cfg(test)]
mod tests {
    use super::*;

    fn other_name(value: &[u8]) -> OtherName {
        OtherName { type_id: COMMON_NAME_OID.to_owned(), value: value.to_vec() }
    }

    fn explicit(inner: &[u8]) -> Vec<u8> {
        der::encode(0xa0, inner)
    }

    #[test]
    fn each_encoding_is_read_as_java_reads_it() {
        #[track_caller]
        fn check(value: &[u8], expected: &Reading) {
            assert_eq!(other_name(value).reading(), *expected, "{}", other_name(value).encoding());
        }
        let everywhere = Reading::Everywhere("ab".to_owned());
        let newer = Reading::NewerJavaOnly("ab".to_owned());

        for tag in [12, 18, 19, 21, 22, 25, 26, 27] {
            check(&explicit(&der::encode(tag, b"ab")), &everywhere);
        }
        check(&explicit(&der::encode(30, b"\0a\0b")), &everywhere);
        // Java's `new String` puts U+FFFD for what it cannot decode.
        let replaced = Reading::Everywhere("a\u{fffd}b".to_owned());
        check(&explicit(&der::encode(12, b"a\xffb")), &replaced);
        check(&explicit(&der::encode(30, b"\0a\xd8\0\0b")), &replaced);
        let cut = Reading::Everywhere("a\u{fffd}".to_owned());
        check(&explicit(&der::encode(30, b"\0a\0")), &cut);
        let octets = Reading::Everywhere("6162".to_owned());
        check(&explicit(&der::encode(4, b"ab")), &octets);
        for tag in [2, 20, 28] {
            check(&explicit(&der::encode(tag, b"ab")), &Reading::Nowhere);
        }
        check(&explicit(&der::encode(12, b"")), &Reading::Nowhere);
        for wrapper in [0xa0, 0x30, 0x31] {
            check(&explicit(&der::encode(wrapper, &der::encode(12, b"ab"))), &newer);
        }
        let thrice = explicit(&explicit(&explicit(&der::encode(12, b"ab"))));
        check(&thrice, &Reading::Nowhere);
        let older = Reading::OlderJavaOnly("ab".to_owned());
        check(&der::encode(12, b"ab"), &older);
        for wrapper in [0xa1, 0x30, 0x31] {
            check(&der::encode(wrapper, &der::encode(12, b"ab")), &older);
        }
        check(&der::encode(0xa1, &explicit(&der::encode(12, b"ab"))), &Reading::Nowhere);
        check(&der::encode(0x80, b"ab"), &Reading::Nowhere);
        check(&[], &Reading::Nowhere);
    }

    #[test]
    fn another_type_id_is_ignored() {
        let mut upn = other_name(&explicit(&der::encode(12, b"ab")));
        upn.type_id = "1.3.6.1.4.1.311.20.2.3".to_owned();
        assert_eq!(upn.reading(), Reading::OtherType);
    }

    /// RFC 4514, section 2.4, has `#` for a value in hexadecimal.
    #[test]
    fn every_value_is_shown() {
        #[track_caller]
        fn check(type_id: &str, value: &[u8], expected: &str) {
            let name = OtherName { type_id: type_id.to_owned(), value: value.to_vec() };
            assert_eq!(name.to_string(), expected);
        }

        const UPN: &str = "1.3.6.1.4.1.311.20.2.3";
        for tag in [12, 18, 19, 20, 22, 26, 27] {
            let expected = format!("{UPN}=u@x");
            check(UPN, &explicit(&der::encode(tag, b"u@x")), &expected);
        }
        check("1.2.3", &explicit(&der::encode(30, b"\0a\0b")), "1.2.3=ab");
        check("1.2.3", &explicit(&der::encode(28, b"\0\0\0a")), "1.2.3=a");
        check("1.2.3", &explicit(&der::encode(2, &[5])), "1.2.3=#020105");
        check("1.2.3", &explicit(&der::encode(0x30, &[])), "1.2.3=#3000");
        check("1.2.3", &der::encode(0x80, b"ab"), "1.2.3=#80026162");
        check("1.2.3", &[], "1.2.3=#");
        let long = explicit(&der::encode(4, &[0; 100]));
        let expected = format!("1.2.3=#0464{}… and 38 bytes more", "00".repeat(62));
        check("1.2.3", &long, &expected);
        check(COMMON_NAME_OID, &explicit(&der::encode(12, b"ab")), "2.5.4.3=ab");
        let nowhere = "2.5.4.3=ab ([0] T61String)";
        check(COMMON_NAME_OID, &explicit(&der::encode(20, b"ab")), nowhere);
        check(COMMON_NAME_OID, &explicit(&der::encode(12, b"")), "2.5.4.3= ([0] UTF8String)");
    }

    #[test]
    fn a_string_without_a_character_is_empty() {
        for (value, expected) in [
            (explicit(&der::encode(12, b"")), true),
            (explicit(&der::encode(30, b"")), true),
            (explicit(&der::encode(12, b"a")), false),
            (explicit(&der::encode(4, b"")), false),
            (der::encode(0x80, b""), false),
        ] {
            assert_eq!(other_name(&value).is_empty(), expected, "{value:?}");
        }
    }
}
