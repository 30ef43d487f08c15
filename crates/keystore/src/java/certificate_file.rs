//! A file of certificates as Java's `CertificateFactory` reads it, block by block: PEM, DER or PKCS#7.
//!
//! Java 17 and Java 25 find the blocks of a PEM text in two ways. Both take every block for a
//! certificate.

use crosstrust_x509::Certificate;

use super::obstacle::{Layout, Obstacle, Reason, RefusedBy};
use crate::der::Reader;
use crate::error::Error;
use crate::pbe::Budget;
use crate::pem::{base64_of_java, is_utf16};
use crate::pkcs7;
use crate::private_key::parse::from_any_der;

/// What Java reads of a file of certificates.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct CertificateFile {
    /// The certificates, as far as some Java reads them.
    pub certificates: Vec<Certificate>,
    /// What keeps Java from reading it.
    pub obstacles: Vec<Obstacle>,
}

/// Reads a file of certificates as Java does.
pub fn certificate_file(bytes: &[u8]) -> CertificateFile {
    let old = read(bytes, block_of_17);
    let new = read(bytes, block_of_25);
    let only = |reason, refused_by| vec![Obstacle { reason, refused_by }];
    let (certificates, obstacles) = match (old, new) {
        (Ok(old), Ok(new)) if old == new => (new, Vec::new()),
        // What the other one reads is not all.
        (Ok(old), Ok(new)) if old.len() > new.len() => {
            (old, only(Reason::Layout(layout(bytes)), RefusedBy::Java25))
        }
        (Ok(_), Ok(new)) => (new, only(Reason::Layout(layout(bytes)), RefusedBy::Java17)),
        (Err(reason), Ok(new)) => (new, only(reason, RefusedBy::Java17)),
        (Ok(old), Err(reason)) => (old, only(reason, RefusedBy::Java25)),
        (Err(_), Err(reason)) => (Vec::new(), only(reason, RefusedBy::All)),
    };
    CertificateFile { certificates, obstacles }
}

/// Takes a text behind its first octet, and that octet: the block, if there is another, and the rest.
type NextBlock = for<'a> fn(u8, &'a [u8]) -> Found<'a>;
/// A block decoded, and what is behind it; nothing at the end.
type Found<'a> = Result<Option<(Vec<u8>, &'a [u8])>, ()>;

fn read(bytes: &[u8], next: NextBlock) -> Result<Vec<Certificate>, Reason> {
    let odd = || Reason::Layout(layout(bytes));
    let mut rest = bytes;
    let mut certificates = Vec::new();
    let mut position = 0;
    while let Some((der, behind)) = block(rest, next).map_err(|()| odd())? {
        position += 1;
        if position == 1 && pkcs7::is_pkcs7(&der) {
            let bundle = pkcs7::read(&der);
            let bundle = bundle.map_err(|problem| Reason::Block { position, problem })?;
            return Some(bundle).filter(|all| !all.is_empty()).ok_or(Reason::NoCertificate);
        }
        certificates.push(certificate(&der, position)?);
        rest = behind;
    }
    if certificates.is_empty() {
        let has_block = bytes.windows(BEGIN.len()).any(|window| window == BEGIN);
        return Err(if has_block || is_utf16(bytes) { odd() } else { Reason::NoCertificate });
    }
    Ok(certificates)
}

fn certificate(der: &[u8], position: usize) -> Result<Certificate, Reason> {
    Certificate::from_der(der).map_err(|error| {
        if from_any_der(der, &[], &mut Budget::new()).is_some() {
            return Reason::KeyAmongCertificates { position };
        }
        Reason::Block { position, problem: Error::Certificate(error) }
    })
}

/// The next block, DER or PEM, and what is behind it.
fn block(bytes: &[u8], next: NextBlock) -> Found<'_> {
    let Some((first, rest)) = bytes.split_first() else { return Ok(None) };
    if *first != SEQUENCE {
        return next(*first, rest);
    }
    let mut reader = Reader::new(bytes, "certificate");
    let element = reader.element().map_err(|_| ())?;
    Ok(Some((element.raw().to_vec(), reader.rest())))
}

/// How Java 17 finds a block: five hyphens at the start of a line begin it, and the end of the line
/// ends its header.
fn block_of_17(first: u8, rest: &[u8]) -> Found<'_> {
    let mut text = Octets { rest };
    let (mut hyphens, mut before) = if first == HYPHEN { (1, None) } else { (0, Some(first)) };
    loop {
        let Some(octet) = text.next() else { return Ok(None) };
        if octet == HYPHEN {
            hyphens += 1;
        } else {
            hyphens = 0;
            before = Some(octet);
        }
        if hyphens == 5 && matches!(before, None | Some(b'\r' | b'\n')) {
            break;
        }
    }
    let mut header = DASHES.to_vec();
    let mut data = Vec::new();
    let end = loop {
        match text.next().ok_or(())? {
            b'\n' => break b'\n',
            b'\r' => {
                let octet = text.next().ok_or(())?;
                if octet == b'\n' {
                    break b'\n';
                }
                data.extend(Some(octet).filter(|octet| !is_blank(*octet)));
                break b'\r';
            }
            octet => header.push(octet),
        }
    };
    loop {
        match text.next().ok_or(())? {
            HYPHEN => break,
            octet => data.extend(Some(octet).filter(|octet| !is_blank(*octet))),
        }
    }
    let mut footer = vec![HYPHEN];
    while let Some(octet) = text.next().filter(|octet| *octet != end && *octet != b'\n') {
        footer.extend(Some(octet).filter(|octet| *octet != b'\r'));
    }
    check_labels(header.trim_ascii_end(), footer.trim_ascii_end())?;
    Ok(Some((base64_of_java(&data).ok_or(())?, text.rest)))
}

/// How Java 25 finds a block: five hyphens anywhere begin it. A text that ends early is none.
fn block_of_25(first: u8, rest: &[u8]) -> Found<'_> {
    let mut text = Octets { rest };
    let mut hyphens = usize::from(first == HYPHEN);
    while hyphens < DASHES.len() {
        match text.next() {
            None => return Ok(None),
            Some(HYPHEN) => hyphens += 1,
            Some(_) => hyphens = 0,
        }
    }
    let line_end = text.rest.iter().position(|octet| matches!(octet, b'\n' | b'\r'));
    let hyphen = text.rest.iter().position(|octet| *octet == HYPHEN);
    if line_end.is_some_and(|end| hyphen.is_none_or(|hyphen| end < hyphen)) {
        return Err(());
    }
    let Some(header) = text.until_hyphen() else { return Ok(None) };
    if text.hyphens() != Some(4) || !header.starts_with(b"BEGIN ") {
        return Err(());
    }
    let mut data = Vec::new();
    let end = end_of_header(&mut text, &mut data)?;
    let Some(between) = text.until_hyphen() else { return Ok(None) };
    data.extend(between.iter().filter(|octet| !is_blank(**octet)));
    match text.hyphens() {
        Some(4) => {}
        None => return Ok(None),
        _ => return Err(()),
    }
    let Some(footer) = text.until_hyphen() else { return Ok(None) };
    match text.hyphens() {
        Some(4) => {}
        None => return Ok(None),
        _ => return Err(()),
    }
    skip_to_end(&mut text, end)?;
    let around = |text: &[u8]| [DASHES, text, DASHES].concat();
    check_labels(&around(header), &around(footer))?;
    Ok(Some((base64_of_java(&data).ok_or(())?, text.rest)))
}

/// Takes what follows the header, and gives the line end that must follow the footer: none where a
/// blank follows the header. An octet after a lone CR belongs to the data.
fn end_of_header(text: &mut Octets<'_>, data: &mut Vec<u8>) -> Result<Option<u8>, ()> {
    match text.next() {
        Some(b' ') => Ok(None),
        Some(b'\n') => Ok(Some(b'\n')),
        Some(b'\r') => match text.next() {
            Some(b'\n') => Ok(Some(b'\n')),
            octet => {
                data.extend(octet);
                Ok(Some(b'\r'))
            }
        },
        _ => Err(()),
    }
}

/// Takes what follows the footer, up to the line end, a blank or the end of the text.
fn skip_to_end(text: &mut Octets<'_>, end: Option<u8>) -> Result<(), ()> {
    loop {
        match text.next() {
            None | Some(b' ') => return Ok(()),
            octet if octet == end => return Ok(()),
            Some(b'\r') => {}
            Some(_) => return Err(()),
        }
    }
}

/// Header and footer have one label.
fn check_labels(header: &[u8], footer: &[u8]) -> Result<(), ()> {
    let label = |text: &'_ [u8], begin: &[u8]| {
        text.strip_prefix(begin)?.strip_suffix(DASHES).map(<[u8]>::to_vec)
    };
    match (label(header, BEGIN), label(footer, END)) {
        (Some(begin), Some(end)) if begin == end => Ok(()),
        _ => Err(()),
    }
}

/// Octets taken one by one.
struct Octets<'a> {
    rest: &'a [u8],
}

impl<'a> Octets<'a> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    /// What stands before the next hyphen, which is taken as well.
    fn until_hyphen(&mut self) -> Option<&'a [u8]> {
        let length = self.rest.iter().position(|octet| *octet == HYPHEN)?;
        let (before, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest.get(1..)?;
        Some(before)
    }

    /// Takes four hyphens: how many there were, or nothing if the text ended among them.
    fn hyphens(&mut self) -> Option<usize> {
        for count in 0..4 {
            if self.next()? != HYPHEN {
                return Some(count);
            }
        }
        Some(4)
    }
}

/// What is most likely odd in a text that Java does not read.
pub(super) fn layout(bytes: &[u8]) -> Layout {
    if is_utf16(bytes) {
        return Layout::Utf16;
    }
    if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
        return Layout::ByteOrderMark;
    }
    let mut lines = bytes.split(|octet| matches!(octet, b'\n' | b'\r'));
    let is_glued = |line: &[u8]| line.windows(GLUED.len()).any(|window| window == GLUED);
    if lines.clone().any(is_glued) {
        return Layout::Glued;
    }
    let is_indented = |line: &[u8]| {
        line.first().is_some_and(u8::is_ascii_whitespace) && line.trim_ascii().starts_with(BEGIN)
    };
    if lines.any(is_indented) { Layout::Indented } else { Layout::Other }
}

fn is_blank(octet: u8) -> bool {
    matches!(octet, b'\t' | b'\n' | b'\r' | b' ')
}

const SEQUENCE: u8 = 0x30;
const HYPHEN: u8 = b'-';
const DASHES: &[u8] = b"-----";
const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
const GLUED: &[u8] = b"----------";
