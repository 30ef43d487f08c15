//! Whom the transport layer trusts, and lets in by name.

use super::restart;
use super::settings::Wanted;
use super::stores::{import, in_config};
use crosstrust_restrictions::RESTRICTIONS_SETTING;

use crate::connection::{AUTHORITIES, TRUSTSTORE, X509_FIELDS};
use crate::error::Error;
use crate::kit::{Builder, Draft, Kind, word};
use crate::patch;
use crate::plan::{Party, Restricted, authority_files, hand_over, own_ca, restrictions};

/// Has the cluster trust the transport layer of the other side and of every other partner.
pub(super) fn steps(own: &Party<'_>, peer: &Party<'_>, builder: &mut Builder) -> Result<(), Error> {
    let mut strangers = Vec::new();
    for partner in [peer].into_iter().chain(own.others()) {
        partner.authorities()?;
        if !own.trusts(partner) {
            strangers.push(partner);
        }
    }
    let mut wanted = Wanted::default();
    let store = store(own);
    if store.is_none() && !strangers.is_empty() {
        wanted.set(AUTHORITIES, list(own, &strangers, builder)?);
    }
    if own.platform().restricts(own, peer) {
        restrict(own, peer, &mut wanted, builder)?;
    }
    transport_settings(own, wanted, builder);
    // After the restart with restrictions: a store is read again as soon as it changes, and would
    // let in everybody whom the CA knows.
    if let Some(store) = store {
        let setting = "xpack.security.transport.ssl.truststore.secure_password";
        for stranger in strangers {
            let files = authority_files(stranger, own, builder)?;
            builder.add(import(own, &store, setting, &files));
        }
    }
    Ok(())
}

/// The trust store, as the connection file or `elasticsearch.yml` names it.
fn store(own: &Party<'_>) -> Option<String> {
    let named = own.side.truststore.clone();
    named.or_else(|| Some(own.material.setting(TRUSTSTORE)?.value.text.clone()))
}

/// The list that is there with the strangers' files; the first list of a cluster ends the trust in
/// whatever was trusted before, so the own CA must be in it.
fn list(
    own: &Party<'_>,
    strangers: &[&Party<'_>],
    builder: &mut Builder,
) -> Result<Vec<String>, Error> {
    let mut list = own.settings().remove(AUTHORITIES).unwrap_or_default();
    for stranger in strangers {
        hand_over(stranger, own, builder)?;
    }
    if list.is_empty() {
        list.push(own_ca(own, builder)?);
    }
    for stranger in strangers {
        let file = stranger.ca_file();
        if !list.contains(&file) {
            list.push(file);
        }
    }
    Ok(list)
}

fn restrict(
    own: &Party<'_>,
    peer: &Party<'_>,
    wanted: &mut Wanted,
    builder: &mut Builder,
) -> Result<(), Error> {
    let Restricted { admitted, is_unchanged } = restrictions(own, peer)?;
    if let Some(fields) = admitted.fields() {
        wanted.set(X509_FIELDS, fields);
    }
    if is_unchanged {
        return Ok(());
    }
    let there = own.material.setting(RESTRICTIONS_SETTING).map(|path| path.value.text.clone());
    let name = match &there {
        Some(path) if own.material.restrictions.is_some() => {
            path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
        }
        _ => format!("{}-trust.yml", own.tag()),
    };
    let mut draft =
        Draft::new(own.role, Kind::TrustRestrictions, "Restrict whom the transport layer lets in")
            .who(own.who())
            .file(&name, admitted.text.clone())
            .check("`crosstrust restrictions check` trusts every own node's certificate")
            .undo(
                "take the file's setting out of `elasticsearch.yml`, restart, then delete the file",
            );
    draft = match (&there, &own.material.restrictions) {
        (Some(path), Some(file)) => {
            let before = String::from_utf8_lossy(&file.bytes);
            let draft = draft.detail(format!(
                "It is the file that the nodes have, with the new names added: put it into the place of \
                 `{path}` on every node. They read it again by themselves."
            ));
            match patch::between(&before, &admitted.text, &name) {
                Some(lines) => draft.also(&format!("{name}.patch"), lines),
                None => draft,
            }
            .undo("put the file back that was there before")
        }
        (Some(path), None) => unseen(draft, path),
        (None, _) => {
            wanted.set(RESTRICTIONS_SETTING, vec![name]);
            draft.detail(NEW)
        }
    };
    let file = builder.add(draft);
    builder.probe(admitted.probe(&file));
    Ok(())
}

/// The nodes have restrictions that nobody showed.
fn unseen(draft: Draft, path: &str) -> Draft {
    let file = in_config(path);
    draft
        .command(format!("crosstrust restrictions merge {file} {{file}} --out {file} --force"))
        .detail(format!(
            "The nodes have restrictions already, `{}`, which nobody looked at: the command adds the new \
             names to them, on every node. The kit's file alone would keep everybody else out.",
            word(path)
        ))
        .undo("put the file back that was there before")
}

fn transport_settings(own: &Party<'_>, wanted: Wanted, builder: &mut Builder) {
    let listed = wanted.has(AUTHORITIES);
    let restricted = wanted.has(RESTRICTIONS_SETTING);
    let title = match (listed, restricted) {
        (true, _) => "Trust the other side's transport layer",
        (false, _) => "Switch the restrictions on",
    };
    let Some(mut draft) = wanted.draft(own, title) else { return };
    if listed && restricted {
        draft = draft.detail("Add all lines at once: with the CA alone, everybody whom that CA knows would be let in.");
    }
    draft = draft
        .detail("The files of the steps before go into `config/`, without the number before their names.")
        .check("every node has the lines, and the files that they name in `config/`")
        .undo("take the lines out again and restart");
    if listed && own.material.elasticsearch_yml.is_none() {
        draft = draft.detail(STORE);
    }
    builder.add(draft);
    builder.add(restart(own, "the cluster is green again: its nodes accept each other"));
}

const NEW: &str = "Put it into `config/` of every node. The own nodes are in it, and must be: it holds for them too. Every node of the own cluster must have one of these names before the restart. If the nodes have restrictions already, merge the two with `crosstrust restrictions merge` and keep the name of the old file.";
const STORE: &str = "If `elasticsearch.yml` has `xpack.security.transport.ssl.truststore.path`, do not add the list: a node with both does not start. Name the store as `truststore` in the connection file, and plan again.";
