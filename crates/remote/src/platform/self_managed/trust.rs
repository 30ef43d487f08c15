//! Whom the transport layer trusts, and lets in by name.

use super::restart;
use super::settings::Wanted;
use super::stores::{Store, import, in_config};
use crosstrust_restrictions::RESTRICTIONS_SETTING;
use crosstrust_x509::Certificate;

use crate::connection::{AUTHORITIES, X509_FIELDS};
use crate::error::Error;
use crate::kit::{Builder, Draft, Kind, word};
use crate::party::{
    Admitted, Party, Restricted, authority_files, hand_over_beside, has_pem, is_keyless,
    is_reissued, keep, new_certificates, own_ca, restrictions,
};
use crate::patch;

/// Has the cluster trust the transport layer of the other side and of every other partner.
pub(super) fn steps(own: &Party<'_>, peer: &Party<'_>, builder: &mut Builder) -> Result<(), Error> {
    let mut strangers = Vec::new();
    for partner in own.partners(peer) {
        partner.authorities()?;
        if !own.trusts(partner) {
            strangers.push(partner);
        }
    }
    let mut wanted = Wanted::default();
    let store = Store::of(own);
    if store.is_none() && !strangers.is_empty() {
        wanted.set(AUTHORITIES, list(own, &strangers, builder)?);
    }
    if own.platform().restricts(own, peer) {
        restrict(own, peer, &mut wanted, builder)?;
    }
    wanted.take_out(own, peer);
    transport_settings(own, wanted, builder);
    // After the restart with restrictions: a store is read again as soon as it changes, and would
    // let in everybody whom the CA knows.
    if let Some(store) = store {
        for stranger in strangers {
            let files = authority_files(stranger, own, builder)?;
            builder.add(import(own, &store, &files));
        }
    }
    Ok(())
}

/// The list that is there with the strangers' files; the first list of a cluster ends the trust in
/// whatever was trusted before, so the own CA and what the key store trusts must be in it.
fn list(
    own: &Party<'_>,
    strangers: &[&Party<'_>],
    builder: &mut Builder,
) -> Result<Vec<String>, Error> {
    let mut list = own.settings().remove(AUTHORITIES).unwrap_or_default();
    let mut files = Vec::new();
    for stranger in strangers {
        files.push(hand_over_beside(stranger, own, &list, builder)?);
    }
    if list.is_empty() {
        list.push(own_ca(own, builder)?);
        list.extend(kept(own, strangers, builder));
    }
    for file in files {
        if !list.contains(&file) {
            list.push(file);
        }
    }
    Ok(list)
}

/// What the key store trusts besides the own CA, which a list replaces.
fn kept(own: &Party<'_>, strangers: &[&Party<'_>], builder: &mut Builder) -> Option<String> {
    let given: Vec<_> = strangers.iter().flat_map(|one| &one.material.authorities).collect();
    let own_ones = &own.material.authorities;
    let mut kept: Vec<Certificate> = Vec::new();
    for one in own.material.trusted().chain(&own.material.store_entries) {
        if !own_ones.contains(one) && !given.contains(&one) && !kept.contains(one) {
            kept.push(one.clone());
        }
    }
    (!kept.is_empty()).then(|| keep(own, &kept, builder))
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
            .check(checked(own, &admitted))
            .undo(
                "take the file's setting out of `elasticsearch.yml`, restart, then delete the file",
            );
    draft = own.in_each_kit(draft);
    draft = match (&there, &own.material.restrictions) {
        (Some(path), Some(file)) => {
            let before = String::from_utf8_lossy(&file.bytes);
            let draft = draft.detail(format!(
                "It is the file that the nodes have, with the new names added: put it into the place of \
                 `{path}` on every node. They read it again by themselves. Where another node has a file with other \
                 lines, add the new ones (`+` in the patch) to that by hand, or with `crosstrust restrictions merge`."
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
            let draft = draft.detail(NEW);
            if own.material.settings_file().is_some() { draft } else { draft.detail(MERGE) }
        }
    };
    let file = builder.add(draft);
    builder.probe(admitted.probe(&file));
    Ok(())
}

/// The command that asks the file about the own nodes' certificates.
fn checked(own: &Party<'_>, admitted: &Admitted) -> String {
    let (nodes, password) = certificates(own);
    let fields = admitted.fields().unwrap_or_default();
    let fields = fields.iter().map(|field| format!(" --x509-fields {field}")).collect::<String>();
    format!(
        "`crosstrust restrictions check {{file}} {nodes}{fields}{password}` trusts every own node's certificate{}",
        if nodes == UNKNOWN { ": `NODES` are the files of these" } else { "" }
    )
}

/// The own nodes' certificates, and how their stores are opened. Those that are there make way for new ones
/// where the kit has them re-issued; nobody knows where those of a new CA will be.
fn certificates(own: &Party<'_>) -> (String, &'static str) {
    if is_keyless(own) {
        return (UNKNOWN.to_owned(), "");
    }
    if is_reissued(own) {
        let (end, password) =
            if has_pem(own) { ("crt", "") } else { ("p12", " --pass-env KEYSTORE_PASSWORD") };
        return (word(&format!("{}/*/*.{end}", new_certificates(own))), password);
    }
    let nodes = own.side.nodes.iter().map(|nodes| word(&own.beside_connection(nodes)));
    let nodes: Vec<String> = nodes.collect();
    (if nodes.is_empty() { UNKNOWN.to_owned() } else { nodes.join(" ") }, "")
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
        (false, true) => "Switch the restrictions on",
        (false, false) => "Have the restrictions compare DNS names too",
    };
    let Some(mut draft) = wanted.draft(own, title) else { return };
    if listed && restricted {
        draft = draft.detail("Add all lines at once: with the CA alone, everybody whom that CA knows would be let in.");
    }
    draft = draft
        .detail("The files of the steps before go into `config/`, without the number before their names.")
        .check("every node has the lines, and the files that they name in `config/`")
        .undo("give the file back the lines that it had, and restart");
    if listed && own.material.elasticsearch_yml.is_none() {
        draft = draft.detail(STORE);
    }
    builder.add(draft);
    builder.add(restart(own, "the cluster is green again: its nodes accept each other"));
}

const UNKNOWN: &str = "NODES";
const NEW: &str = "Put it into `config/` of every node. From the restart on nobody else is let in, whichever CA vouches for it: every other cluster that connects must be in it too. The own nodes are in it, and must be: it holds for them too. Every node of the own cluster must have one of these names before the restart.";
const MERGE: &str = "If the nodes have restrictions already, merge the two with `crosstrust restrictions merge` and keep the name of the old file.";
const STORE: &str = "If `elasticsearch.yml` has `xpack.security.transport.ssl.truststore.path`, do not add the list: a node with both does not start. Name the store as `truststore` in the connection file, and plan again.";
