//! The CA of one side, in the hands of the other: certificates, never a key.

use crosstrust_keystore::pem;
use crosstrust_x509::Certificate;

use super::Party;
use crate::connection::Platform;
use crate::error::Error;
use crate::kit::{Builder, Draft, Kind, Probe};

/// Puts the CA of a side into the other side's folder. Gives its path in the kit.
pub(crate) fn hand_over(
    from: &Party<'_>,
    to: &Party<'_>,
    builder: &mut Builder,
) -> Result<String, Error> {
    hand_over_as(from, to, &from.ca_file(), builder)
}

/// The same for a list of CA files that a cluster has. Where the list has the name already, what that file
/// holds stays in it: a former CA of the same connection, or that of another one. Where nobody saw that
/// file, this one gets another name. Gives its name.
pub(crate) fn hand_over_beside(
    from: &Party<'_>,
    to: &Party<'_>,
    list: &[String],
    builder: &mut Builder,
) -> Result<String, Error> {
    let name = from.ca_file();
    let authorities = from.authorities()?;
    let listed = list.iter().find(|file| file.rsplit(['/', '\\']).next() == Some(&name));
    let seen = |path: &&String| to.material.trusted_files.iter().find(|file| file.path == **path);
    let Some((path, there)) = listed.and_then(|path| Some((path, seen(&path)?))) else {
        let name = match authorities.first().filter(|_| listed.is_some()) {
            Some(first) => format!("{}.crt", store_alias(name.trim_end_matches(".crt"), first)),
            None => name,
        };
        let mut draft = draft((from, to), title(from, to), &name, authorities);
        if to.material.settings_file().is_none() {
            draft = draft.detail(UNSEEN);
        }
        let file = builder.add(draft);
        builder.probe(Probe::Authority { file });
        return Ok(name);
    };
    let mut all = authorities.to_vec();
    let former = there.certificates.iter().filter(|one| !authorities.contains(one));
    let former: Vec<Certificate> = former.cloned().collect();
    all.extend_from_slice(&former);
    let mut draft = draft((from, to), title(from, to), &name, &all).detail(format!(
        "The nodes have a file of this name in their list: put this one into the place of `{path}` in `config/` \
         of every node. They read it again by themselves, without a restart."
    ));
    if !former.is_empty() {
        draft = draft.detail(format!(
            "It keeps what that file has: {}. Take that out once nobody has a certificate of it.",
            subjects(&former)
        ));
    }
    let file = builder.add(draft);
    builder.probe(Probe::Authority { file });
    Ok(path.clone())
}

/// Keeps what a cluster trusts already, in a file for its list. Gives its name.
pub(crate) fn keep(own: &Party<'_>, trusted: &[Certificate], builder: &mut Builder) -> String {
    let title = "Keep what the nodes trust already: the list of trusted CAs must have it too";
    let name = format!("{}-kept-ca.crt", own.connection.alias);
    let draft = of_origin((own, own), title.to_owned(), &name, trusted, STORE);
    let file = builder.add(draft);
    builder.probe(Probe::Authority { file });
    name
}

/// The same in a file for each certificate, for stores. Gives the paths in the kit.
pub(crate) fn keep_each(
    own: &Party<'_>,
    trusted: &[&Certificate],
    builder: &mut Builder,
) -> Vec<String> {
    let mut paths = Vec::new();
    for (index, certificate) in (1..).zip(trusted) {
        let title =
            "Keep what the nodes trust already: their new stores must have it too".to_owned();
        let name = format!("{}-kept-ca-{index}.crt", own.connection.alias);
        let one = std::slice::from_ref(*certificate);
        let file = builder.add(of_origin((own, own), title, &name, one, STORE));
        builder.probe(Probe::Authority { file: file.clone() });
        paths.push(file);
    }
    paths
}

/// The alias of a CA in a store: the same for the same certificate, another one for another.
pub(crate) fn store_alias(start: &str, certificate: &Certificate) -> String {
    let print: String = certificate.fingerprint_sha256().chars().take(8).collect();
    format!("{start}-{print}")
}

/// Puts the own CA into the own folder, since a list of CAs must have it. Gives its name.
pub(crate) fn own_ca(own: &Party<'_>, builder: &mut Builder) -> Result<String, Error> {
    let title = "Have the own CA at hand: the list of trusted CAs must have it too";
    let name = "own-ca.crt".to_owned();
    add((own, own), title.to_owned(), &name, own.authorities()?, builder);
    Ok(name)
}

/// The same under a name.
pub(crate) fn hand_over_as(
    from: &Party<'_>,
    to: &Party<'_>,
    name: &str,
    builder: &mut Builder,
) -> Result<String, Error> {
    Ok(add((from, to), title(from, to), name, from.authorities()?, builder))
}

/// The same with a file for each certificate that is not trusted yet, for stores that take one at a time.
/// Gives the paths in the kit.
pub(crate) fn authority_files<'a>(
    from: &Party<'a>,
    to: &Party<'_>,
    builder: &mut Builder,
) -> Result<Vec<(String, &'a Certificate)>, Error> {
    if let [authority] = from.authorities()? {
        return Ok(vec![(hand_over(from, to, builder)?, authority)]);
    }
    let mut paths = Vec::new();
    for (index, authority) in (1..).zip(to.unknown_of(from)) {
        let file = from.ca_file();
        let name = format!("{}-{index}.crt", file.trim_end_matches(".crt"));
        let one = std::slice::from_ref(authority);
        paths.push((add((from, to), title(from, to), &name, one, builder), authority));
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
    let file = builder.add(draft((from, to), title, name, authorities));
    builder.probe(Probe::Authority { file: file.clone() });
    file
}

fn draft(
    (from, to): (&Party<'_>, &Party<'_>),
    title: String,
    name: &str,
    authorities: &[Certificate],
) -> Draft {
    let draft = of_origin((from, to), title, name, authorities, &from.platform().ca_note(from));
    match to.side.platform {
        Platform::SelfManaged => draft,
        Platform::Eck => draft.detail("The next step that makes a config map has it in there: nothing else is done with this file."),
        Platform::Ece | Platform::Ech => draft.detail("Another step uploads it, or sends it: nothing is done with it before."),
    }
}

/// The step, with where the certificates are from.
fn of_origin(
    (from, to): (&Party<'_>, &Party<'_>),
    title: String,
    name: &str,
    authorities: &[Certificate],
    origin: &str,
) -> Draft {
    let subjects = subjects(authorities);
    Draft::new(to.role, Kind::Ca, title)
        .who(from.who())
        .file(name, pem_text(authorities))
        .detail(format!("It holds {subjects}, and no private key. {origin}"))
        .check(
            "`crosstrust inspect {file}` shows the fingerprint that the CA has where it comes from",
        )
        .undo("nothing; a CA certificate is no secret")
}

const STORE: &str = "It was taken out of the nodes' key store.";
const UNSEEN: &str = "If `config/` has a file of this name already, of another cluster or with a former CA, add its certificates to this one: written over, it would end the trust in them.";

pub(crate) fn subjects(certificates: &[Certificate]) -> String {
    let subjects = certificates.iter().map(|one| format!("`{}`", one.subject()));
    subjects.collect::<Vec<_>>().join(", ")
}

/// Whether the local cluster must be told the CA of port 9443.
pub(crate) fn is_private(remote: &Party<'_>) -> bool {
    !remote.side.ca_is_public && remote.side.platform != Platform::Ech
}

/// The list cannot be read back: its setting is a filtered one.
pub(crate) const ONE_LIST: &str = "It is one list for all clusters that sign, and no API shows it: where others sign already, their files must be in it too. Without the setting, the JDK's public CAs are trusted for signatures.";
