//! The CA of one side, in the hands of the other: certificates, never a key.

use crosstrust_keystore::pem;
use crosstrust_x509::Certificate;

use super::Party;
use crate::error::Error;
use crate::kit::{Builder, Draft, Kind, Probe};

/// Puts the CA of a side into the other side's folder. Gives its path in the kit.
pub(crate) fn hand_over(
    from: &Party<'_>,
    to: &Party<'_>,
    builder: &mut Builder,
) -> Result<String, Error> {
    named(from, to, &from.ca_file(), builder)
}

/// Puts the own CA into the own folder, since a list of CAs must have it. Gives its name.
pub(crate) fn own_ca(own: &Party<'_>, builder: &mut Builder) -> Result<String, Error> {
    let title = "Have the own CA at hand: the list of trusted CAs must have it too";
    let name = "own-ca.crt".to_owned();
    add((own, own), title.to_owned(), &name, own.authorities()?, builder);
    Ok(name)
}

/// The same under a name.
pub(crate) fn named(
    from: &Party<'_>,
    to: &Party<'_>,
    name: &str,
    builder: &mut Builder,
) -> Result<String, Error> {
    Ok(add((from, to), title(from, to), name, from.authorities()?, builder))
}

/// The same with a file for each certificate, for stores that take one at a time.
pub(crate) fn authority_files(
    from: &Party<'_>,
    to: &Party<'_>,
    builder: &mut Builder,
) -> Result<Vec<String>, Error> {
    let authorities = from.authorities()?;
    if authorities.len() == 1 {
        return Ok(vec![hand_over(from, to, builder)?]);
    }
    let mut paths = Vec::new();
    for (index, authority) in (1..).zip(authorities) {
        let file = from.ca_file();
        let name = format!("{}-{index}.crt", file.trim_end_matches(".crt"));
        let authority = std::slice::from_ref(authority);
        paths.push(add((from, to), title(from, to), &name, authority, builder));
    }
    Ok(paths)
}

/// Certificates as PEM, and nothing else.
pub(crate) fn pem_text(certificates: &[Certificate]) -> String {
    certificates.iter().map(|one| pem::write("CERTIFICATE", one.der())).collect()
}

/// What is handed over, and of which connection where it is not this one's.
fn title(from: &Party<'_>, to: &Party<'_>) -> String {
    let (alias, word) = (&from.connection.alias, from.word());
    if from.connection == to.connection {
        return format!("Hand the {word} cluster's CA to the {} side", to.word());
    }
    format!("Have the CA of the {word} cluster of `{alias}` at hand too")
}

fn add(
    (from, to): (&Party<'_>, &Party<'_>),
    title: String,
    name: &str,
    authorities: &[Certificate],
    builder: &mut Builder,
) -> String {
    let subjects = authorities.iter().map(|one| format!("`{}`", one.subject()));
    let subjects = subjects.collect::<Vec<_>>().join(", ");
    let draft = Draft::new(to.role, Kind::Ca, title)
        .who(from.who())
        .file(name, pem_text(authorities))
        .detail(format!("It holds {subjects}, and no private key. {}", from.platform().ca_note(from)))
        .check("the file is where it is used, and `crosstrust inspect` shows the same fingerprint on both sides")
        .undo("nothing; a CA certificate is no secret");
    let draft = match to.listed(name) {
        Some(path) => draft.detail(format!(
            "The nodes have a file of this name in their list: put this one into the place of `{path}` in \
             `config/` of every node. They read it again by themselves, without a restart. Where it lacks a CA \
             that nodes of the other side still have certificates of, name the old one in `ca` too, and plan again."
        )),
        None => draft,
    };
    let file = builder.add(draft);
    builder.probe(Probe::Authority { file: file.clone() });
    file
}
