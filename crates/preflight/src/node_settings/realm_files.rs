//! The files that realms name beside their TLS settings: without one of them the node does not start.

use super::file::NamedFile;
use super::subject::{SECURITY, Subject};

/// The files of the realms that are not switched off.
pub(super) fn of(subject: &Subject<'_>) -> Vec<NamedFile> {
    let mut files = Vec::new();
    if subject.is(SECURITY, "false") {
        return files;
    }
    for setting in subject.strangers() {
        let Some((realm, name)) = realm_of(&setting.key) else { continue };
        let is_off = subject.is(&format!("{REALMS}{realm}.enabled"), "false");
        if !is_file(realm, name) || is_off || !reads_keys(subject, realm) {
            continue;
        }
        let items = if name.ends_with(LIST) {
            &setting.items
        } else {
            std::slice::from_ref(&setting.value)
        };
        for item in items {
            let path = subject.filled_in(&item.text).ok();
            if let Some(path) = path.filter(|path| !path.is_empty() && !path.starts_with("http")) {
                files.push(NamedFile { path, setting: setting.key.clone(), place: item.place });
            }
        }
    }
    files
}

/// The realm of a setting, by its type and name, and what the setting is called in it.
pub(super) fn realm_of(key: &str) -> Option<(&str, &str)> {
    let rest = key.strip_prefix(REALMS)?;
    let mut dots = rest.match_indices('.').map(|(position, _)| position);
    let end = dots.nth(1)?;
    Some((rest.get(..end)?, rest.get(end.checked_add(1)?..)?))
}

/// Whether a setting of a realm names a file that the node reads when it starts.
pub(crate) fn is_named_by(key: &str) -> bool {
    realm_of(key).is_some_and(|(realm, name)| is_file(realm, name))
}

/// Whether a realm reads a file of keys: one of type `oidc` whose tokens are signed with its secret does not.
pub(super) fn reads_keys(subject: &Subject<'_>, realm: &str) -> bool {
    let algorithm = subject.text_of(&format!("{REALMS}{realm}.rp.signature_algorithm"));
    !(realm.starts_with("oidc.") && algorithm.is_some_and(|name| name.starts_with("HS")))
}

fn is_file(realm: &str, name: &str) -> bool {
    let is_of = |kind: &str| realm.split('.').next() == Some(kind);
    FILES.iter().any(|(kind, known)| is_of(kind) && *known == name)
}

/// What the settings of realms begin with.
pub(super) const REALMS: &str = "xpack.security.authc.realms.";

/// A setting that takes several.
const LIST: &str = "certificate_authorities";

/// By the type of the realm; what begins with `https` is asked for later.
const FILES: [(&str, &str); 12] = [
    ("jwt", "pkc_jwkset_path"),
    ("kerberos", "keytab.path"),
    ("oidc", "op.jwkset_path"),
    ("pki", LIST),
    ("pki", "truststore.path"),
    ("saml", "encryption.certificate"),
    ("saml", "encryption.key"),
    ("saml", "encryption.keystore.path"),
    ("saml", "idp.metadata.path"),
    ("saml", "signing.certificate"),
    ("saml", "signing.key"),
    ("saml", "signing.keystore.path"),
];
