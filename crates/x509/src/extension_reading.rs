//! Which extensions a JVM reads: the grammars of `sun.security.x509`, which Java 17 and Java 25 share.

use crate::der::{self, Element};
use crate::extension::Extension;
use crate::name::Name;
use crate::unreadable_names::{NameProblem, name_problem};

/// What a JVM makes of the contents of an extension.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ExtensionReading {
    /// It reads them, or does not look at them.
    Read,
    /// Not known: releases differ, or the encoding is not decoded here.
    Unknown,
    /// It cannot parse them. A certificate with such a critical extension does not load; one that is not
    /// critical is as good as absent.
    Unread,
}

impl Extension {
    /// What a JVM makes of its contents.
    pub fn reading(&self) -> ExtensionReading {
        match read(self) {
            Ok(()) => ExtensionReading::Read,
            Err(Fault::Unread) if !may_be_indefinite(&self.value) => ExtensionReading::Unread,
            Err(_) => ExtensionReading::Unknown,
        }
    }
}

/// Why contents are not read for certain.
enum Fault {
    Unknown,
    Unread,
}

type Parsed<T = ()> = Result<T, Fault>;

/// The classes of `sun.security.x509.OIDMap`. Java looks at the contents of no other extension.
fn read(extension: &Extension) -> Parsed {
    let value = extension.value.as_slice();
    match extension.oid.as_str() {
        "2.5.29.14" => octet_string(&whole(value)?),
        // Java takes a keyUsage within an OCTET STRING, too.
        "2.5.29.15" if value.first() == Some(&der::OCTET_STRING) => Err(Fault::Unknown),
        "2.5.29.15" | "2.16.840.1.113730.1.1" => bit_string(&whole(value)?),
        "2.5.29.16" => private_key_usage_period(value),
        "2.5.29.17" | "2.5.29.18" | "2.5.29.29" => general_names(&whole(value)?),
        "2.5.29.19" => basic_constraints(value),
        "2.5.29.20" | "2.5.29.27" => integer(&whole(value)?).map(|_| ()),
        "2.5.29.21" => small_integer(&tagged(whole(value)?, ENUMERATED)?).map(|_| ()),
        "2.5.29.28" => issuing_distribution_point(value),
        "2.5.29.30" => name_constraints(value),
        "2.5.29.31" | "2.5.29.46" => each(&whole(value)?, distribution_point),
        "2.5.29.32" => each(&whole(value)?, policy_information),
        "2.5.29.33" => each(&whole(value)?, policy_mapping),
        "2.5.29.35" => authority_key_identifier(value),
        "2.5.29.36" => policy_constraints(value),
        "2.5.29.37" => each(&whole(value)?, object_identifier),
        "2.5.29.54" => inhibit_any_policy(extension.critical, value),
        "1.3.6.1.5.5.7.1.1" | "1.3.6.1.5.5.7.1.11" => each(&whole(value)?, access_description),
        _ => Ok(()),
    }
}

fn octet_string(element: &Element<'_>) -> Parsed {
    match element.tag {
        der::OCTET_STRING => Ok(()),
        CONSTRUCTED_OCTET_STRING => Err(Fault::Unknown),
        _ => Err(Fault::Unread),
    }
}

/// At most seven bits of the last octet are unused.
fn bit_string(element: &Element<'_>) -> Parsed {
    match (element.tag, element.contents) {
        (BIT_STRING, [0..=7, _, ..] | [0]) => Ok(()),
        _ => Err(Fault::Unread),
    }
}

fn private_key_usage_period(value: &[u8]) -> Parsed {
    let mut seen = [false; 2];
    // What follows the sequence is not looked at.
    let (element, _) = der::read(value).ok_or(Fault::Unread)?;
    for time in sequence(&element)? {
        let index = usize::from(time.number());
        match (time.tag, seen.get_mut(index)) {
            (0x80 | 0x81, Some(seen)) if !*seen => *seen = true,
            _ => return Err(Fault::Unread),
        }
        generalized_time(time.contents)?;
    }
    Ok(())
}

/// `YYYYMMDDhhmmssZ`. Java takes other forms as well.
fn generalized_time(contents: &[u8]) -> Parsed {
    let usual = match contents {
        [digits @ .., b'Z'] if digits.len() == 14 => digits.iter().all(u8::is_ascii_digit),
        _ if contents.len() < 13 => return Err(Fault::Unread),
        _ => return Err(Fault::Unknown),
    };
    let number = |from: usize| {
        let digits = contents.get(from..from.saturating_add(2)).unwrap_or_default();
        digits.iter().fold(0u8, |all, digit| all.wrapping_mul(10).wrapping_add(digit & 0x0f))
    };
    let in_range = (1..=12).contains(&number(4))
        && (1..=31).contains(&number(6))
        && number(8) < 24
        && number(10) < 60
        && number(12) < 60;
    if usual && in_range { Ok(()) } else { Err(Fault::Unread) }
}

/// Java looks no further than at a first element that is no BOOLEAN, nor behind the INTEGER.
fn basic_constraints(value: &[u8]) -> Parsed {
    let sequence = tagged(whole(value)?, der::SEQUENCE)?;
    if sequence.contents.is_empty() {
        return Ok(());
    }
    let (first, rest) = der::read(sequence.contents).ok_or(Fault::Unread)?;
    if first.tag != BOOLEAN {
        return Ok(());
    }
    boolean(&first)?;
    if rest.is_empty() {
        return Ok(());
    }
    let (length, _) = der::read(rest).ok_or(Fault::Unread)?;
    small_integer(&tagged(length, der::INTEGER)?).map(|_| ())
}

fn issuing_distribution_point(value: &[u8]) -> Parsed {
    for field in sequence(&whole(value)?)? {
        match field.tag {
            0xa0 => distribution_point_name(&first_of(&field)?)?,
            0x81 | 0x82 | 0x84 | 0x85 => boolean(&field)?,
            0x83 => bit_string(&Element { tag: BIT_STRING, ..field })?,
            _ => return Err(Fault::Unread),
        }
    }
    Ok(())
}

fn name_constraints(value: &[u8]) -> Parsed {
    let mut seen = Vec::new();
    for field in sequence(&whole(value)?)? {
        if !matches!(field.tag, 0xa0 | 0xa1) || seen.contains(&field.tag) {
            return Err(Fault::Unread);
        }
        seen.push(field.tag);
        for subtree in all(field.contents)? {
            let parts = sequence(&subtree)?;
            let (base, distances) = parts.split_first().ok_or(Fault::Unread)?;
            constraint(base)?;
            for distance in distances {
                if !matches!(distance.tag, 0x80 | 0x81) {
                    return Err(Fault::Unread);
                }
                small_integer(distance)?;
            }
        }
    }
    Ok(())
}

/// A name to which others are compared. A URI is a host or a domain here.
fn constraint(base: &Element<'_>) -> Parsed {
    if base.tag != URI {
        return general_name(base);
    }
    let text = base.contents.iter().copied().map(char::from).collect::<String>();
    let host = text.strip_prefix('.').unwrap_or(&text);
    let is_label = |label: &str| {
        label.starts_with(|first: char| first.is_ascii_alphanumeric())
            && label.chars().all(|one| one.is_ascii_alphanumeric() || one == '-')
    };
    if host.split('.').all(is_label) { Ok(()) } else { Err(Fault::Unknown) }
}

fn distribution_point(element: &Element<'_>) -> Parsed {
    let mut seen = Vec::new();
    for field in sequence(element)? {
        if seen.contains(&field.tag) {
            return Err(Fault::Unread);
        }
        seen.push(field.tag);
        match field.tag {
            0xa0 => distribution_point_name(&first_of(&field)?)?,
            0x81 => bit_string(&Element { tag: BIT_STRING, ..field })?,
            0xa2 => general_names(&Element { tag: der::SEQUENCE, ..field })?,
            _ => return Err(Fault::Unread),
        }
    }
    if seen.iter().any(|tag| *tag != 0x81) { Ok(()) } else { Err(Fault::Unread) }
}

fn distribution_point_name(name: &Element<'_>) -> Parsed {
    match name.tag {
        0xa0 => general_names(&Element { tag: der::SEQUENCE, ..*name }),
        0xa1 => {
            let set = der::encode(der::SET, name.contents);
            let is_name = Name::from_der(&der::encode(der::SEQUENCE, &set)).is_some();
            if is_name { Ok(()) } else { Err(Fault::Unknown) }
        }
        _ => Err(Fault::Unread),
    }
}

/// A policy, and at least one qualifier where there is a list of them.
fn policy_information(element: &Element<'_>) -> Parsed {
    let (policy, rest) =
        der::read(tagged(*element, der::SEQUENCE)?.contents).ok_or(Fault::Unread)?;
    object_identifier(&policy)?;
    if rest.is_empty() {
        return Ok(());
    }
    let (qualifiers, _) = der::read(rest).ok_or(Fault::Unread)?;
    let qualifiers = sequence(&qualifiers)?;
    if qualifiers.is_empty() {
        return Err(Fault::Unread);
    }
    for qualifier in qualifiers {
        let contents = tagged(qualifier, der::SEQUENCE)?.contents;
        object_identifier(&der::read(contents).ok_or(Fault::Unread)?.0)?;
    }
    Ok(())
}

fn policy_mapping(element: &Element<'_>) -> Parsed {
    let (issuer, rest) =
        der::read(tagged(*element, der::SEQUENCE)?.contents).ok_or(Fault::Unread)?;
    object_identifier(&issuer)?;
    object_identifier(&der::read(rest).ok_or(Fault::Unread)?.0)
}

fn authority_key_identifier(value: &[u8]) -> Parsed {
    let mut seen = Vec::new();
    for field in sequence(&whole(value)?)? {
        if seen.contains(&field.tag) {
            return Err(Fault::Unread);
        }
        seen.push(field.tag);
        match field.tag {
            0x80 => {}
            0xa1 => general_names(&Element { tag: der::SEQUENCE, ..field })?,
            0x82 => integer(&Element { tag: der::INTEGER, ..field }).map(|_| ())?,
            _ => return Err(Fault::Unread),
        }
    }
    Ok(())
}

fn policy_constraints(value: &[u8]) -> Parsed {
    let mut seen = Vec::new();
    for field in sequence(&whole(value)?)? {
        let limit = small_integer(&field)?;
        // Minus one stands for absence in Java, and may be there again.
        match field.tag {
            _ if limit < 0 => return Err(Fault::Unknown),
            0x80 | 0x81 if !seen.contains(&field.tag) => seen.push(field.tag),
            _ => return Err(Fault::Unread),
        }
    }
    Ok(())
}

/// It must be critical.
fn inhibit_any_policy(critical: bool, value: &[u8]) -> Parsed {
    let limit = small_integer(&tagged(whole(value)?, der::INTEGER)?)?;
    if critical && limit >= -1 { Ok(()) } else { Err(Fault::Unread) }
}

fn access_description(element: &Element<'_>) -> Parsed {
    // Java does not look at the tag of the outer element.
    let (method, rest) = der::read(element.contents).ok_or(Fault::Unread)?;
    object_identifier(&method)?;
    let (location, _) = der::read(rest).ok_or(Fault::Unread)?;
    if element.tag == der::SEQUENCE { general_name(&location) } else { Err(Fault::Unknown) }
}

/// Names, at least one.
fn general_names(element: &Element<'_>) -> Parsed {
    let names = sequence(element)?;
    if names.is_empty() {
        return Err(Fault::Unread);
    }
    names.iter().try_for_each(general_name)
}

fn general_name(element: &Element<'_>) -> Parsed {
    match name_problem(element) {
        None => Ok(()),
        Some(NameProblem::Everywhere(_)) => Err(Fault::Unread),
        Some(NameProblem::Somewhere(_)) => Err(Fault::Unknown),
    }
}

fn object_identifier(element: &Element<'_>) -> Parsed {
    let is_one =
        element.tag == der::OBJECT_IDENTIFIER && der::is_object_identifier(element.contents);
    if is_one { Ok(()) } else { Err(Fault::Unread) }
}

fn boolean(element: &Element<'_>) -> Parsed {
    if element.contents.len() == 1 { Ok(()) } else { Err(Fault::Unread) }
}

/// An INTEGER has contents; that is all that Java asks.
fn integer<'a>(element: &Element<'a>) -> Parsed<&'a [u8]> {
    match (element.tag, element.contents) {
        (der::INTEGER, contents @ [_, ..]) => Ok(contents),
        _ => Err(Fault::Unread),
    }
}

/// The contents as a number of 32 bits, whatever the tag.
fn small_integer(element: &Element<'_>) -> Parsed<i32> {
    let contents = integer(&Element { tag: der::INTEGER, ..*element })?;
    der::small_integer(contents).ok_or(Fault::Unread)
}

/// The one element that the bytes are.
fn whole(value: &[u8]) -> Parsed<Element<'_>> {
    match der::read(value) {
        Some((element, [])) => Ok(element),
        _ => Err(Fault::Unread),
    }
}

fn tagged(element: Element<'_>, tag: u8) -> Parsed<Element<'_>> {
    if element.tag == tag { Ok(element) } else { Err(Fault::Unread) }
}

fn sequence<'a>(element: &Element<'a>) -> Parsed<Vec<Element<'a>>> {
    all(tagged(*element, der::SEQUENCE)?.contents)
}

fn all(contents: &[u8]) -> Parsed<Vec<Element<'_>>> {
    der::read_all(contents).ok_or(Fault::Unread)
}

fn each(element: &Element<'_>, read: fn(&Element<'_>) -> Parsed) -> Parsed {
    sequence(element)?.iter().try_for_each(read)
}

fn first_of<'a>(element: &Element<'a>) -> Parsed<Element<'a>> {
    der::read(element.contents).map(|(first, _)| first).ok_or(Fault::Unread)
}

/// Whether there may be an element of indefinite length, which Java reads and this program does not.
fn may_be_indefinite(value: &[u8]) -> bool {
    value.windows(2).any(|pair| matches!(pair, [tag, 0x80] if tag & 0x20 != 0))
}

const BOOLEAN: u8 = 0x01;
const BIT_STRING: u8 = 0x03;
const ENUMERATED: u8 = 0x0a;
const CONSTRUCTED_OCTET_STRING: u8 = 0x24;
/// `uniformResourceIdentifier`.
const URI: u8 = 0x86;

#[cfg(test)]
mod tests {
    use crosstrust_testkit::{java_judge, root, tool};

    use super::*;

    /// Contents of every extension that Java parses, damaged at random.
    #[test]
    fn extensions_are_read_where_java_reads_them() {
        let Some(python) = tool("python3") else { return };
        let arguments = ["tests/judges/chains/extension_cases.py", "7", "6000"];
        let printed = python.with(arguments).folder(root()).run().succeeds().text().to_owned();
        let Some(lines) = java_judge("Extensions", printed.lines()) else { return };
        let mut readings = [0; 3];
        for line in &lines {
            let (oid, value) = line[0].split_once(':').unwrap();
            let octet = |at: usize| u8::from_str_radix(&value[at..at + 2], 16).unwrap();
            let value = (0..value.len()).step_by(2).map(octet).collect();
            let reading = Extension { oid: oid.to_owned(), critical: true, value }.reading();
            let is_read = reading == ExtensionReading::Read;
            if reading == ExtensionReading::Unknown {
                readings[2] += 1;
            } else {
                assert_eq!(is_read, line[1] == "read", "{line:?}");
                readings[usize::from(is_read)] += 1;
            }
        }
        let [unread, read, unknown] = readings;
        assert!(unread > 2000 && read > 1000 && unknown < 400, "{readings:?}");
    }
}
