//! A PEM file with a private key as Elasticsearch reads it: the first line that begins like a block
//! decides what the file is.

use crosstrust_x509::KeyKind;

use super::certificate_file::layout;
use super::obstacle::{Layout, Obstacle, Reason};
use super::store::key_obstacles;
use crate::error::Error;
use crate::open;
use crate::pem::{base64_of_java, text_of_utf8};
use crate::private_key::PrivateKey;
use crate::private_key::is_key_label;
use crate::secret::{Password, Secret};

/// Reads the private key of a file that `key` names, with what else keeps some JVM from it.
///
/// # Errors
///
/// What keeps every JVM from it.
pub fn key_file(
    bytes: &[u8],
    password: &Password,
) -> Result<(PrivateKey, Vec<Obstacle>), Vec<Obstacle>> {
    let text = normalized(bytes).map_err(|reason| vec![Obstacle::all(reason)])?;
    let unread = |problem: Error| {
        let what = WHAT.to_owned();
        vec![Obstacle::all(match problem {
            Error::UnsupportedAlgorithm { name, .. } => Reason::Scheme { what: WHAT, scheme: name },
            problem => Reason::Key { what, problem },
        })]
    };
    let contents = open::open(text.as_bytes(), std::slice::from_ref(password));
    let contents = contents.map_err(|error| match error {
        Error::Block { source, .. } => unread(*source),
        error => unread(error),
    })?;
    let mut obstacles = key_obstacles(&contents);
    let kinds = contents.keys().filter_map(|entry| Some(entry.key.open()?.kind()));
    let unread = kinds.filter(|kind| {
        !matches!(kind, KeyKind::Rsa { .. } | KeyKind::Dsa { .. } | KeyKind::Ec { .. })
    });
    obstacles.extend(unread.map(|kind| Obstacle::all(Reason::KeyKind { kind: kind.clone() })));
    match contents.keys().find_map(|entry| entry.key.open()) {
        Some(key) if obstacles.iter().all(|one| !one.refused_by.is_final()) => {
            Ok((key.clone(), obstacles))
        }
        _ => Err(obstacles),
    }
}

/// How many private keys begin in a PEM file, the first of which is read.
pub fn key_blocks(bytes: &[u8]) -> usize {
    let text = text_of_utf8(bytes).unwrap_or_default();
    let labels = lines(text)
        .filter(|line| line.starts_with("-----BEGIN"))
        .filter_map(|line| label(line).ok());
    labels.filter(|label| is_key_label(label)).count()
}

/// The block of the key alone, in PEM that leaves no question.
fn normalized(bytes: &[u8]) -> Result<Secret, Reason> {
    let text = text_of_utf8(bytes).ok_or(Reason::Layout(layout(bytes)))?;
    let mut lines = lines(text);
    let first = lines.find(|line| line.starts_with("-----BEGIN"));
    let first = first.ok_or_else(|| match layout(bytes) {
        Layout::Other => Reason::NoBlock,
        known => Reason::Layout(known),
    })?;
    let mut label = label(first)?;
    if let Some(algorithm) = label.strip_suffix(" PARAMETERS") {
        let end = format!("-----END {label}-----");
        lines.find(|line| line.trim() == end);
        let expected = format!("{algorithm} PRIVATE KEY");
        let next = lines.next().unwrap_or_default();
        if !["DSA", "EC"].contains(&algorithm) || self::label(next)? != expected {
            return Err(Reason::KeyNotFirst { label: label.to_owned() });
        }
        label = self::label(next)?;
    }
    if !is_key_label(label) {
        return Err(Reason::KeyNotFirst { label: label.to_owned() });
    }
    let end = format!("-----END {label}-----");
    let has_headers = !matches!(label, "ENCRYPTED PRIVATE KEY" | "PRIVATE KEY");
    let (mut headers, mut base64, mut closed) = (String::new(), String::new(), false);
    for line in lines {
        let line = line.trim();
        if line == end {
            closed = true;
            break;
        }
        let into = if has_headers && line.contains(':') { &mut headers } else { &mut base64 };
        into.push_str(line);
        into.push('\n');
    }
    let decoded = base64_of_java(base64.replace('\n', "").as_bytes()).filter(|_| closed);
    decoded.ok_or_else(|| Reason::Layout(layout(bytes)))?;
    Ok(Secret::new(format!("-----BEGIN {label}-----\n{headers}\n{base64}{end}\n").into_bytes()))
}

/// The label of a line that begins a block.
fn label(line: &str) -> Result<&str, Reason> {
    let label = line.trim().strip_prefix("-----BEGIN ");
    let label = label.and_then(|label| label.strip_suffix("-----"));
    label.ok_or(Reason::Layout(Layout::Other))
}

/// Lines as Java's `BufferedReader` cuts them: at LF, CR LF, or CR alone.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

const WHAT: &str = "the private key";
