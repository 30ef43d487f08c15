//! What else is in a file whose certificate is made anew: it would be lost with the old one.

use crosstrust_keystore::Entry;
use crosstrust_keystore::open::Contents;
use crosstrust_x509::Certificate;

use crate::context::Context;
use crate::failure::{Failure, Message};

/// The entries of a file beside a node's certificate, its key, what they were issued by, and `known` certificates.
pub(crate) fn beside(
    contents: &Contents,
    leaf: &Certificate,
    known: Vec<&Certificate>,
) -> Vec<String> {
    let mut expected = path(contents, leaf);
    expected.extend(known);
    let is_expected = |one: &Certificate| expected.contains(&one);
    let is_other = |entry: &&Entry| match entry {
        Entry::Key(entry) => {
            let is_its_own = || entry.key.open().is_some_and(|key| key.belongs_to(leaf));
            entry.chain.first() != Some(leaf) && !is_its_own()
        }
        Entry::Certificate(entry) | Entry::TrustedCertificate(entry) => {
            !is_expected(&entry.certificate)
        }
        _ => true,
    };
    contents.entries.iter().filter(is_other).map(told).collect()
}

/// A certificate and its issuers, as far as they are in a file.
fn path<'a>(contents: &'a Contents, leaf: &'a Certificate) -> Vec<&'a Certificate> {
    let mut path = vec![leaf];
    let mut last = leaf;
    let all = contents.certificates();
    let next = |last: &Certificate, path: &[&Certificate]| {
        all.iter().copied().find(|one| !path.contains(one) && last.is_signed_by(one))
    };
    while let Some(issuer) = next(last, &path) {
        path.push(issuer);
        last = issuer;
    }
    path
}

/// An entry, in words.
fn told(entry: &Entry) -> String {
    let name = entry.alias().map(|alias| format!(" `{alias}`")).unwrap_or_default();
    match entry {
        Entry::Key(_) => format!("the private key{name}"),
        Entry::Certificate(entry) | Entry::TrustedCertificate(entry) if name.is_empty() => {
            format!("the certificate `{}`", entry.certificate.subject())
        }
        Entry::Certificate(_) | Entry::TrustedCertificate(_) => format!("the certificate{name}"),
        Entry::Other(other) => format!("the {}{name}", other.kind),
        _ => format!("the entry{name}"),
    }
}

/// Refuses to lose what else a file holds, unless that is asked for; then says what is lost.
pub(crate) fn keep(
    path: &str,
    others: &[String],
    force: bool,
    context: &mut Context,
) -> Result<(), Failure> {
    if others.is_empty() {
        return Ok(());
    }
    let list = others.join(", ");
    if force {
        context.warn(&format!("{path}: not carried over into the new file: {list}"));
        return Ok(());
    }
    let what = format!("the new file would not hold what else is in it: {list}");
    Err(Message::new(what).at(path).hint(HINT).into())
}

const HINT: &str =
    "move it to a file of its own, such as with `keytool -importkeystore`, or lose it with --force";
