//! Config maps of CAs: what such a map has already stays in it.

use crosstrust_keystore::open;
use crosstrust_x509::Certificate;

use super::manifest::{config_map_step, resource};
use crate::connection::Side;
use crate::document::Document;
use crate::kit::Draft;
use crate::party::{Party, pem_text, subjects};

/// The step that makes a config map of CAs, with what the one of that name has already.
pub(super) fn step(
    own: &Party<'_>,
    name: &str,
    file: &str,
    authorities: &[Certificate],
    detail: &str,
) -> Draft {
    let there = own.material.manifest.as_ref().and_then(|there| there.config_map(name));
    let text = there.and_then(|data| data.get(file)).and_then(Document::text);
    let read = text.map(|text| open::certificates(text.as_bytes()));
    let is_unread = matches!(read, Some(Err(_))) || (there.is_none() && is_used(own, name));
    let mut kept = read.and_then(Result::ok).unwrap_or_default();
    kept.retain(|one| !authorities.contains(one));
    let data = data(there, file, pem_text(&[authorities, &kept].concat()));
    let manifest = resource("v1", "ConfigMap", own.side, name).with("data", data);
    let mut draft = config_map_step(own, name, &manifest, detail);
    if is_unread {
        draft = draft.detail(look_first(own.side, name));
    }
    if !kept.is_empty() {
        draft = draft.detail(format!(
            "It keeps what the config map has: {}. Take that out once nobody has a certificate of it.",
            subjects(&kept)
        ));
    }
    draft
}

/// Whether the config map of this name is in the file of the resource, and has these CAs.
pub(super) fn are_there(
    own: &Party<'_>,
    name: &str,
    file: &str,
    authorities: &[Certificate],
) -> bool {
    let there = own.material.manifest.as_ref().and_then(|there| there.config_map(name));
    let text = there.and_then(|data| data.get(file)).and_then(Document::text);
    let read = text.and_then(|text| open::certificates(text.as_bytes()).ok());
    read.is_some_and(|read| authorities.iter().all(|one| read.contains(one)))
}

/// The data of a config map with another text in one of its files.
fn data(there: Option<&Document>, file: &str, text: String) -> Document {
    let others = match there {
        Some(Document::Map(pairs)) => {
            pairs.iter().filter(|(key, _)| key != file).cloned().collect()
        }
        _ => Vec::new(),
    };
    Document::Map(others).with(file, text)
}

/// Whether the resource has a config map of this name mounted, or names it to the operator.
fn is_used(own: &Party<'_>, name: &str) -> bool {
    let Some(there) = &own.material.manifest else { return false };
    let named = there.spec(&["transport", "tls", "certificateAuthorities", "configMapName"]);
    let is_named = named.and_then(Document::text) == Some(name);
    let of_volume =
        |volume: &Document| volume.get("configMap")?.get("name")?.text().map(str::to_owned);
    is_named || there.volumes().filter_map(of_volume).any(|mounted| mounted == name)
}

fn look_first(Side { namespace, .. }: &Side, name: &str) -> String {
    format!(
        "The resource uses a config map of this name, which nobody read: look at it first (`kubectl get configmap {name} \
         -n {namespace} -o yaml`), and add the certificates that it has to this file, which takes its place. Put it into \
         the file that `manifest` names, as a further document, to have the kit add to it."
    )
}
