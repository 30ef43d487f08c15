//! The CA of a side, as a command that signs with it names it.

use super::Party;
use crate::kit::word;

/// The options of a command that signs with a side's CA, and what to know of them; nothing if no CA
/// is named, or nothing but nodes' own stores.
pub(crate) fn signer(own: &Party<'_>) -> Option<(String, &'static str)> {
    let with_key = own.material.files_with_key.first();
    let mut others = own.side.ca.iter().filter(|ca| !own.material.node_stores.contains(ca));
    let ca = with_key.or(others.next())?;
    let path = word(&own.beside_connection(ca));
    let lower = ca.to_ascii_lowercase();
    if [".p12", ".pfx"].iter().any(|end| lower.ends_with(end)) {
        return Some((format!("--ca {path}"), ""));
    }
    if with_key.is_some() {
        return Some((format!("--ca-cert {path} --ca-key {path}"), ""));
    }
    let note = " `REPLACE_WITH_THE_PATH_OF_THE_CA_KEY` stands for the path of its private key.";
    Some((format!("--ca-cert {path} --ca-key {KEY}"), note))
}

/// Stands for the private key of a CA whose place nobody told.
const KEY: &str = "REPLACE_WITH_THE_PATH_OF_THE_CA_KEY";
