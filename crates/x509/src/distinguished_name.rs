//! Distinguished names from text, by the rules of Java's `X500Principal`, which are what
//! elasticsearch-certutil's users know: RFC 2253 with keywords in any case, `;` as separator,
//! blanks around parts, and quotes.

use std::iter::Peekable;
use std::str::CharIndices;

use crate::attribute_type::{self, DOMAIN_COMPONENT, EMAIL_ADDRESS};
use crate::der;
use crate::name::Name;
use crate::string_type;

/// Why text is no distinguished name.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NameError {
    /// A character must be escaped with a backslash.
    #[error("`{character}` needs a backslash before it")]
    Bare {
        /// The character.
        character: char,
    },
    /// There is nothing where an attribute should stand.
    #[error("an attribute like `CN=node1` is missing")]
    Empty,
    /// A backslash stands before a character that needs none.
    #[error(
        "`\\{character}` is not an escape; a backslash may come before , = + < > # ; \" \\ a blank or two hexadecimal digits"
    )]
    Escape {
        /// The character after the backslash.
        character: char,
    },
    /// `#` is not followed by the hexadecimal digits of a DER value.
    #[error("`#{digits}` is not the DER encoding of a value in hexadecimal digits")]
    Hexadecimal {
        /// What follows the `#`.
        digits: String,
    },
    /// The attribute type is not known.
    #[error(
        "`{keyword}` is not an attribute type; known are CN, OU, O, L, ST, C, STREET, DC, UID, T, SERIALNUMBER, SURNAME, GIVENNAME, INITIALS, GENERATION, DNQ, EMAILADDRESS and dotted numbers"
    )]
    Keyword {
        /// The text before the `=`.
        keyword: String,
    },
    /// An attribute has no `=`.
    #[error("`{text}` has no `=`")]
    MissingEquals {
        /// The attribute as written.
        text: String,
    },
    /// DC and EMAILADDRESS are IA5String: ASCII only.
    #[error("`{value}` has characters beyond ASCII, which {keyword} cannot hold")]
    NotAscii {
        /// The attribute type.
        keyword: &'static str,
        /// The value.
        value: String,
    },
    /// A quoted value has no closing quote, or something follows it.
    #[error("the quoted value does not end with its closing quote")]
    Quote,
    /// The text ends in a single backslash.
    #[error("the text ends in a lone backslash")]
    TrailingBackslash,
}

impl Name {
    /// Parses text such as `CN=node1,OU=IT,DC=example,DC=com`. The last attribute written is the
    /// first encoded. Values are `PrintableString` where they can be, `UTF8String` else, and
    /// `IA5String` for DC and EMAILADDRESS.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let mut relative_names = Vec::new();
        for part in split(text, &[',', ';']) {
            let attributes =
                split(part, &['+']).into_iter().map(attribute).collect::<Result<Vec<_>, _>>()?;
            relative_names.push(set_of(attributes));
        }
        relative_names.reverse();
        Name::from_der(&der::encode(der::SEQUENCE, &relative_names.concat()))
            .ok_or(NameError::Empty)
    }
}

/// Cuts text at separators that are neither escaped nor quoted.
fn split<'a>(text: &'a str, separators: &[char]) -> Vec<&'a str> {
    let (mut parts, mut start) = (Vec::new(), 0);
    let (mut escaped, mut quoted) = (false, false);
    for (index, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            _ if !quoted && separators.contains(&character) => {
                parts.push(text.get(start..index).unwrap_or_default());
                start = index + character.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

/// One `type=value`, as the DER of an `AttributeTypeAndValue`.
fn attribute(text: &str) -> Result<Vec<u8>, NameError> {
    if text.trim().is_empty() {
        return Err(NameError::Empty);
    }
    let (keyword, value) = text
        .split_once('=')
        .ok_or_else(|| NameError::MissingEquals { text: text.trim().to_owned() })?;
    let oid = object_identifier(keyword.trim())?;
    let value = trim(value);
    if let Some(digits) = value.strip_prefix('#') {
        return Ok(encode_attribute(&oid, hexadecimal(digits)?));
    }
    let value = match value.strip_prefix('"') {
        Some(quoted) => unquote(quoted)?,
        None => unescape(value)?,
    };
    Ok(encode_attribute(&oid, typed_string(&oid, &value)?))
}

/// Drops blanks around a value, but for an escaped one at its end.
fn trim(value: &str) -> &str {
    let value = value.trim_start_matches([' ', '\n']);
    let trimmed = value.trim_end_matches([' ', '\n']);
    let backslashes = trimmed.bytes().rev().take_while(|byte| *byte == b'\\').count();
    if backslashes % 2 == 0 || trimmed.len() == value.len() {
        return trimmed;
    }
    value.get(..=trimmed.len()).unwrap_or(trimmed)
}

fn object_identifier(keyword: &str) -> Result<String, NameError> {
    if let Some(row) = attribute_type::by_keyword(keyword) {
        return Ok(row.oid.to_owned());
    }
    let prefixed = keyword.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("OID."));
    let dotted = if prefixed { keyword.get(4..).unwrap_or_default() } else { keyword };
    der::encode_object_identifier(dotted)
        .map(|_| dotted.to_owned())
        .ok_or_else(|| NameError::Keyword { keyword: keyword.to_owned() })
}

/// The text of a value that stands without quotes.
fn unescape(value: &str) -> Result<String, NameError> {
    let mut out = Vec::new();
    let mut characters = value.char_indices().peekable();
    while let Some((_, character)) = characters.next() {
        match character {
            '\\' => escaped(&mut characters, &mut out)?,
            ',' | '+' | '<' | '>' | ';' | '"' => return Err(NameError::Bare { character }),
            _ => push(&mut out, character),
        }
    }
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// The text of a value after its opening quote.
fn unquote(value: &str) -> Result<String, NameError> {
    let mut out = Vec::new();
    let mut characters = value.char_indices().peekable();
    while let Some((index, character)) = characters.next() {
        match character {
            '"' if value.get(index + 1..).is_some_and(|rest| rest.trim().is_empty()) => {
                return Ok(String::from_utf8_lossy(&out).into_owned());
            }
            '"' => return Err(NameError::Quote),
            '\\' => escaped(&mut characters, &mut out)?,
            _ => push(&mut out, character),
        }
    }
    Err(NameError::Quote)
}

/// What follows a backslash: a special character, or a byte of UTF-8 as two hexadecimal digits.
fn escaped(characters: &mut Peekable<CharIndices<'_>>, out: &mut Vec<u8>) -> Result<(), NameError> {
    let (_, first) = characters.next().ok_or(NameError::TrailingBackslash)?;
    let pair = first.to_digit(16).zip(characters.peek().and_then(|(_, next)| next.to_digit(16)));
    if let Some((high, low)) = pair {
        characters.next();
        out.push(u8::try_from(high * 16 + low).unwrap_or_default());
        return Ok(());
    }
    if !ESCAPABLE.contains(first) {
        return Err(NameError::Escape { character: first });
    }
    push(out, first);
    Ok(())
}

fn push(out: &mut Vec<u8>, character: char) {
    out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}

/// The bytes of a `#…` value, which must be one DER element.
fn hexadecimal(digits: &str) -> Result<Vec<u8>, NameError> {
    let refused = || NameError::Hexadecimal { digits: digits.to_owned() };
    let nibbles = digits
        .chars()
        .map(|digit| digit.to_digit(16).and_then(|value| u8::try_from(value).ok()))
        .collect::<Option<Vec<_>>>()
        .ok_or_else(refused)?;
    let bytes = nibbles
        .chunks(2)
        .map(|pair| <[u8; 2]>::try_from(pair).map(|[high, low]| high << 4 | low))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|_| refused())?;
    let whole = der::read(&bytes).is_some_and(|(_, rest)| rest.is_empty());
    if whole { Ok(bytes) } else { Err(refused()) }
}

fn typed_string(oid: &str, value: &str) -> Result<Vec<u8>, NameError> {
    if oid != DOMAIN_COMPONENT && oid != EMAIL_ADDRESS {
        return Ok(string(value));
    }
    if !value.is_ascii() {
        let keyword = if oid == DOMAIN_COMPONENT { "DC" } else { "EMAILADDRESS" };
        return Err(NameError::NotAscii { keyword, value: value.to_owned() });
    }
    Ok(der::encode(string_type::IA5, value.as_bytes()))
}

fn string(value: &str) -> Vec<u8> {
    let printable = value.chars().all(string_type::is_printable);
    let tag = if printable { string_type::PRINTABLE } else { string_type::UTF8 };
    der::encode(tag, value.as_bytes())
}

fn encode_attribute(oid: &str, value: Vec<u8>) -> Vec<u8> {
    let oid = der::encode_object_identifier(oid).unwrap_or_default();
    let oid = der::encode(der::OBJECT_IDENTIFIER, &oid);
    der::encode(der::SEQUENCE, &[oid, value].concat())
}

/// A SET OF in the order that DER asks for (X.690, section 11.6).
fn set_of(mut attributes: Vec<Vec<u8>>) -> Vec<u8> {
    attributes.sort();
    der::encode(der::SET, &attributes.concat())
}

const ESCAPABLE: &str = ",=\n+<>#;\\\" ";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::der::hexadecimal;

    fn parsed(text: &str) -> String {
        hexadecimal(Name::parse(text).unwrap().der())
    }

    #[test]
    fn names_are_encoded_as_java_encodes_them() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            assert_eq!(parsed(text), expected, "{text}");
        }

        // Bytes printed by `new X500Principal(text).getEncoded()` of OpenJDK 17: section 2.3 of what
        // the tests of certutil mode hold it to, row by row.
        check("CN=node1", "3010310e300c060355040313056e6f646531");
        check("CN=node_1", "3011310f300d06035504030c066e6f64655f31");
        check("CN=*.x.com", "30123110300e06035504030c072a2e782e636f6d");
        check("CN=a@b", "300e310c300a06035504030c03614062");
        check("CN=ünode", "3011310f300d06035504030c06c3bc6e6f6465");
        check("CN=", "300b3109300706035504031300");
        check(r"CN=a\+b", "300e310c300a06035504031303612b62");
        check("CN=a;O=b", "3018310a3008060355040a130162310a30080603550403130161");
        check("CN=a,O=b", "3018310a3008060355040a130162310a30080603550403130161");
        check("CN= lead", "300f310d300b060355040313046c656164");
        check(r#"CN="quoted, value""#, "3018311630140603550403130d71756f7465642c2076616c7565");
        check("CN=a/O=b", "3010310e300c06035504031305612f4f3d62");
        check("cn=lower,o=Foo", "301e310c300a060355040a1303466f6f310e300c060355040313056c6f776572");
        check("CN=a,CN=b", "3018310a30080603550403130162310a30080603550403130161");
        check(
            "DC=example,DC=com",
            "302e31133011060a0992268993f22c6401191603636f6d31173015060a0992268993f22c64011916076578616d706c65",
        );
        check(
            "EMAILADDRESS=x@y.z,CN=q",
            "3022310a300806035504031301713114301206092a864886f70d01090116057840792e7a",
        );
        check("1.2.3.4=x,CN=a", "3018310a30080603550403130161310a300806032a0304130178");
        check("OID.1.2.3.4=x,CN=a", "3018310a30080603550403130161310a300806032a0304130178");
        // The last written is the first encoded.
        check(
            "CN=node1,OU=IT,DC=mydomain,DC=com",
            "304c31133011060a0992268993f22c6401191603636f6d31183016060a0992268993f22c64011916086d79646f6d61696e310b3009060355040b13024954310e300c060355040313056e6f646531",
        );
        // Every keyword.
        check(
            "CN=a,OU=b,O=c,L=d,ST=e,C=DE",
            "3049310b3009060355040613024445310a30080603550408130165310a30080603550407130164310a3008060355040a130163310a3008060355040b130162310a30080603550403130161",
        );
        check("CN=a,S=b", "3018310a30080603550408130162310a30080603550403130161");
        check(
            "STREET=a,UID=b,T=c,SERIALNUMBER=d,SURNAME=e,GIVENNAME=f,INITIALS=g,GENERATION=h",
            "3067310a3008060355042c130168310a3008060355042b130167310a3008060355042a130166310a30080603550404130165310a30080603550405130164310a3008060355040c1301633111300f060a0992268993f22c640101130162310a30080603550409130161",
        );
        check("DNQ=a", "300c310a3008060355042e130161");
        check("DNQUALIFIER=a", "300c310a3008060355042e130161");
    }

    #[test]
    fn text_comes_back_in_rfc_4514_form() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            assert_eq!(Name::parse(text).unwrap().to_string(), expected, "{text}");
        }

        check("CN=node1, OU=IT, DC=mydomain, DC=com", "CN=node1,OU=IT,DC=mydomain,DC=com");
        check(r#"CN="quoted, value""#, r"CN=quoted\, value");
        check("CN=a/O=b", "CN=a/O=b");
        check("CN=a,CN=b", "CN=a,CN=b");
        check("CN=ünode", "CN=ünode");
        check(r"CN=\C3\BCnode", "CN=ünode");
        check(r"CN=trail\ ", r"CN=trail\ ");
        check("EMAILADDRESS=x@y.z,CN=q", "emailAddress=x@y.z,CN=q");
        check("CN=a+OU=b", "CN=a+OU=b");
        check("CN=#0c0161", "CN=a");
    }

    #[test]
    fn what_java_refuses_is_refused() {
        #[track_caller]
        fn check(text: &str, expected: NameError) {
            assert_eq!(Name::parse(text), Err(expected), "{text}");
        }
        let keyword = |keyword: &str| NameError::Keyword { keyword: keyword.to_owned() };

        check("", NameError::Empty);
        check("CN=a,,O=b", NameError::Empty);
        check("CN=a+b", NameError::MissingEquals { text: "b".to_owned() });
        for unknown in ["SN", "E", "X", "THIS"] {
            check(&format!("{unknown}=a"), keyword(unknown));
        }
        check("CN=a<b", NameError::Bare { character: '<' });
        check(r"CN=a\q", NameError::Escape { character: 'q' });
        check(r"CN=a\", NameError::TrailingBackslash);
        check(r#"CN="a"#, NameError::Quote);
        check(r#"CN="a"b"#, NameError::Quote);
        check("CN=#zz", NameError::Hexadecimal { digits: "zz".to_owned() });
        let value = "ü.example".to_owned();
        check("DC=ü.example", NameError::NotAscii { keyword: "DC", value });
    }
}
