//! Which subjectAltName extensions Java cannot read: over one name that it cannot parse, it gives up
//! on all of them. Where Java 17 and 25 differ, the stricter one decides.

use crate::der;
use crate::general_name::SubjectAltNames;
use crate::java_uri;
use crate::name::Name;

/// Why Java reads none of a certificate's alternative names.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum UnreadableNames {
    /// There is no name in the extension.
    #[error("the extension is empty")]
    Empty,
    /// The extension is no list of names.
    #[error("the extension is malformed")]
    Malformed,
    /// It cannot parse one of them.
    #[error("`{name}` {problem}")]
    Name {
        /// The name, as it is displayed.
        name: String,
        /// What is wrong with it.
        problem: &'static str,
    },
}

impl SubjectAltNames {
    /// Why Java reads none of these names. Nothing if it reads them.
    pub fn unreadable(&self) -> Option<UnreadableNames> {
        if self.names().is_empty() {
            return Some(UnreadableNames::Empty);
        }
        let mut pairs = self.names().iter().zip(self.problems());
        pairs.find_map(|(name, problem)| {
            Some(UnreadableNames::Name { name: name.to_string(), problem: problem? })
        })
    }

    /// Whether some releases of Java read the names, and others none of them.
    pub fn is_read_by_some(&self) -> bool {
        let problems = self.elements().iter().filter_map(name_problem).collect::<Vec<_>>();
        let somewhere = |problem: &NameProblem| matches!(problem, NameProblem::Somewhere(_));
        !problems.is_empty() && problems.iter().all(somewhere)
    }

    /// What Java finds wrong with each of the names.
    pub fn problems(&self) -> Vec<Option<&'static str>> {
        let problem = |element| name_problem(element).map(NameProblem::message);
        self.elements().iter().map(problem).collect()
    }

    fn elements(&self) -> Vec<der::Element<'_>> {
        let sequence = der::read_one(self.der(), der::SEQUENCE);
        sequence.and_then(|sequence| der::read_all(sequence.contents)).unwrap_or_default()
    }
}

/// What is wrong with a name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum NameProblem {
    /// No release reads it.
    Everywhere(&'static str),
    /// Some releases read it, or it is not known which.
    Somewhere(&'static str),
}

impl NameProblem {
    fn message(self) -> &'static str {
        let (Self::Everywhere(message) | Self::Somewhere(message)) = self;
        message
    }
}

/// What Java finds wrong with a name.
pub(crate) fn name_problem(element: &der::Element<'_>) -> Option<NameProblem> {
    let contents = element.contents;
    match element.tag {
        0xa0 => return other_name(contents),
        0xa4 => {
            let problem = NameProblem::Somewhere("is a malformed directoryName");
            return (!is_name(contents)).then_some(problem);
        }
        _ => {}
    }
    problem(element).map(NameProblem::Everywhere)
}

fn problem(element: &der::Element<'_>) -> Option<&'static str> {
    let contents = element.contents;
    match element.tag {
        0x81 => mail_address(contents),
        // Any text is a DNS name, and anything an x400Address.
        0x82 | 0xa3 => None,
        0xa5 => Some("is an ediPartyName, whose party Java does not find"),
        0x86 => java_uri::problem(&contents.iter().copied().map(char::from).collect::<String>()),
        0x87 => address(contents),
        0x88 => (!der::is_object_identifier(contents)).then_some("is no object identifier"),
        _ => Some("has an unknown form"),
    }
}

/// The value has the explicit tag of RFC 5280: newer releases ask for it, whatever the type.
fn other_name(contents: &[u8]) -> Option<NameProblem> {
    let parts = der::read(contents).filter(|(type_id, _)| {
        type_id.tag == der::OBJECT_IDENTIFIER && der::is_object_identifier(type_id.contents)
    });
    let Some((_, value)) = parts else {
        return Some(NameProblem::Everywhere("has no type-id"));
    };
    match der::read(value) {
        Some((value, _)) if value.tag == EXPLICIT_0 => None,
        Some(_) => Some(NameProblem::Somewhere(
            "has a value without its explicit tag, which newer Java asks for",
        )),
        None => Some(NameProblem::Everywhere("has no value")),
    }
}

/// What follows the first `@`, or all without one, is neither empty nor a dot.
fn mail_address(contents: &[u8]) -> Option<&'static str> {
    let domain = contents.splitn(2, |byte| *byte == b'@').last().unwrap_or_default();
    match domain {
        b"" if contents.is_empty() => Some("is empty"),
        b"" => Some("ends in `@`"),
        b"." => Some("has a dot for its domain"),
        _ => None,
    }
}

fn address(contents: &[u8]) -> Option<&'static str> {
    match contents.len() {
        4 | 8 | 16 => None,
        32 => {
            let bits = contents.iter().skip(16).flat_map(|byte| (0..8).map(move |n| byte << n));
            let is_one = |byte: u8| byte & 0x80 != 0;
            let broken = bits.map(is_one).skip_while(|one| *one).any(|one| one);
            broken.then_some("is a network whose mask has gaps")
        }
        _ => Some("is an iPAddress of an invalid length"),
    }
}

/// A name to `X500Name`, which takes no contents at all for the empty name, and does not look at what
/// follows the name; where no sequence begins it, the contents are taken for those of one.
fn is_name(contents: &[u8]) -> bool {
    let name = der::read(contents).and_then(|(name, _)| Name::from_der(name.bytes));
    let unwrapped = || Name::from_der(&der::encode(der::SEQUENCE, contents));
    contents.is_empty() || name.or_else(unwrapped).is_some()
}

/// The identifier octet of a constructed element with the context-specific tag 0.
const EXPLICIT_0: u8 = 0xa0;

#[cfg(test)]
mod tests {
    use crosstrust_testkit::{java_judge, rows};

    use super::*;

    fn unreadable(hexadecimal: &str) -> Option<UnreadableNames> {
        let octet = |at: usize| u8::from_str_radix(&hexadecimal[at..at + 2], 16).unwrap();
        let names: Vec<u8> = (0..hexadecimal.len()).step_by(2).map(octet).collect();
        match SubjectAltNames::from_der(&der::encode(der::SEQUENCE, &names)) {
            Some(names) => names.unreadable(),
            None => Some(UnreadableNames::Malformed),
        }
    }

    /// What no program writes and Java reads nevertheless: refused here.
    const STRICTER: [&str; 1] = ["dir indef"];

    #[test]
    fn names_are_read_where_java_17_and_25_read_them() {
        for row in rows("san/general-names.tsv") {
            let [names, java_17, java_25, note] = &row[..] else { panic!("{row:?}") };
            let expected = java_17 == "read" && java_25 == "read" && !STRICTER.contains(&&**note);
            let found = unreadable(names);
            assert_eq!(found.is_none(), expected, "{note}: {found:?}");
        }
    }

    /// Pieces near the edges of the grammar of URIs.
    const PIECES: [&str; 28] = [
        "a",
        "Z9",
        ":",
        "//",
        "/",
        "?",
        "#",
        "[",
        "]",
        "@",
        "%41",
        "%",
        "-",
        ".",
        "_",
        "1",
        "::1",
        "1.2.3.4",
        "256",
        " ",
        "~",
        "\u{fc}",
        "http://",
        "urn:",
        "n1.example.com",
        "{",
        ";",
        "&",
    ];

    /// URIs put together of pieces that are near the edges of the grammar.
    #[test]
    fn uris_are_read_where_java_reads_them() {
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut next = |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state % u64::try_from(below).unwrap()).unwrap()
        };
        let uris: Vec<String> = (0..6000)
            .map(|round| {
                let start = ["", "x://", "x:"][round % 3].to_owned();
                let count = next(6);
                (0..count).fold(start, |uri, _| uri + PIECES[next(PIECES.len())])
            })
            .collect();
        let element = |uri: &String| {
            let octets: Vec<u8> = uri.chars().map(|c| u8::try_from(c).unwrap()).collect();
            crate::hexadecimal(&der::encode(0x86, &octets))
        };
        let Some(lines) = java_judge("GeneralNames", uris.iter().map(element)) else { return };
        assert_eq!(lines.len(), uris.len());
        for (uri, line) in uris.iter().zip(&lines) {
            let found = unreadable(&line[0]);
            assert_eq!(found.is_none(), line[1] == "read", "`{uri}`: {found:?}, {line:?}");
        }
        assert!(lines.iter().filter(|line| line[1] == "read").count() > 500);
    }
}
