//! What else is in a file that is made anew: it would be lost with the old one.

use crosstrust_issue::Bundle;
use crosstrust_keystore::Entry;
use crosstrust_keystore::open::{Contents, open};
use crosstrust_report::listed;
use crosstrust_x509::Certificate;

use crate::archive::members;
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::input::{in_folder, is_file, subfolders};
use crate::output::left_behind;

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

/// Warns of files of an archive that a bundle, which takes its place, does not have.
pub(super) fn warn_of_files(out: &str, bundle: &Bundle, context: &mut Context) {
    if !is_file(out) {
        return;
    }
    let Ok(old) = context.read(out).and_then(|archive| members(&archive, |_, _| true)) else {
        return;
    };
    let is_new = |path: &str| bundle.files.iter().any(|file| file.path == path);
    let inner = old.iter().filter_map(|one| one.path.strip_prefix(out)?.strip_prefix('/'));
    let gone: Vec<String> = inner.filter(|path| !is_new(path)).map(str::to_owned).collect();
    if !gone.is_empty() {
        let gone = listed(&gone, false);
        context.warn(&format!(
            "{out}: not carried over into the new archive: {gone}; --skip-existing keeps them"
        ));
    }
}

/// Warns of CAs in a list that the one which takes its place does not have.
pub(super) fn warn_of_authorities(path: &str, new: &[u8], context: &mut Context) {
    if !is_file(path) {
        return;
    }
    let Ok(old) = context.read(path) else { return };
    let (Ok(old), Ok(new)) = (open(&old.bytes, &[]), open(new, &[])) else { return };
    let new = new.certificates();
    let gone = old.certificates().into_iter().filter(|one| !new.contains(one));
    let gone: Vec<String> = gone.map(|one| format!("`{}`", one.subject())).collect();
    if !gone.is_empty() {
        context
            .warn(&format!("{path}: not carried over into the new list: {}", listed(&gone, false)));
    }
}

/// Warns of files that an interrupted run has left in a folder of nodes and the folders in it.
pub(super) fn warn_of_left_behind(out: &str, context: &mut Context) {
    let folders = subfolders(out).unwrap_or_default().into_iter();
    let folders = folders.map(|name| in_folder(out, &name)).chain([out.to_owned()]);
    let left: Vec<String> = folders.flat_map(|folder| left_behind(folder.as_ref())).collect();
    if let Some(first) = left.first() {
        let count = match left.len() {
            1 => String::new(),
            count => format!(" and {} more", count.saturating_sub(1)),
        };
        let what = "left by a run that was interrupted; private keys may be in them";
        context.warn(&format!("{first}{count}: {what}: take them away when each node has its own"));
    }
}

const HINT: &str =
    "move it to a file of its own, such as with `keytool -importkeystore`, or lose it with --force";
