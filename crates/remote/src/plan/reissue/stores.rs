//! Key stores of nodes that are replaced: their passwords, and what they trust.

use crosstrust_x509::Certificate;

use crate::connection::{AUTHORITIES, KEYSTORE, TRUSTSTORE};
use crate::kit::{Builder, word};
use crate::party::{Party, StoreUse, has_pem, keep_each, store_alias};

/// The commands that put into the new stores what the old ones trust besides the own CA, with the
/// files that these take.
pub(super) fn keep(own: &Party<'_>, out: &str, builder: &mut Builder) -> Vec<String> {
    if has_pem(own) || use_of(own) == StoreUse::Trust {
        return Vec::new();
    }
    let others = others(own);
    let import = |(file, certificate): (String, &Certificate)| {
        let alias = store_alias("kept", certificate);
        format!(
            "(for store in {}/*/*.p12; do keytool -importcert -noprompt -alias {alias} -file {} -keystore \
             \"$store\" -storetype PKCS12 -storepass:env KEYSTORE_PASSWORD || exit 1; done)",
            word(out),
            word(&file)
        )
    };
    keep_each(own, &others, builder).into_iter().zip(others).map(import).collect()
}

/// What the key stores trust besides the own CA, as far as they were read: that of `elasticsearch.yml`, and
/// those of the other nodes.
fn others<'a>(own: &Party<'a>) -> Vec<&'a Certificate> {
    let material = own.material;
    let store = material.trust_store.as_ref().and_then(|store| store.certificates.as_ref());
    let mut others: Vec<&Certificate> = Vec::new();
    for one in store.into_iter().flatten().chain(&material.store_entries) {
        if !material.authorities.contains(one) && !others.contains(&one) {
            others.push(one);
        }
    }
    others
}

/// What to know of the stores and their passwords.
pub(super) fn details(own: &Party<'_>) -> Vec<String> {
    let role = use_of(own);
    let is_both = role == StoreUse::Both;
    let settings: Vec<String> = ["keystore", "truststore"]
        .iter()
        .take(if is_both { 2 } else { 1 })
        .map(|what| format!("`xpack.security.transport.ssl.{what}.secure_password`"))
        .collect();
    let settings = settings.join(" and ");
    let mut details = vec![format!(
        "`KEYSTORE_PASSWORD` has the password that the nodes' stores have now (`export KEYSTORE_PASSWORD=…`): then \
         nothing else changes. `./bin/elasticsearch-keystore show` shows it, for {settings}. With another \
         password, `./bin/elasticsearch-keystore add` takes it on every node, for {settings}, before the restart."
    )];
    details.push(
        "Put each node's new key store in the place of its old one, and keep the old one."
            .to_owned(),
    );
    details.push(match (role, &own.material.trust_store) {
        (StoreUse::Trust, Some(store)) => format!(
            "The nodes' trust store, `{}`, is another file, and stays as it is.",
            store.path
        ),
        (_, store) if is_read(own) || store.as_ref().is_some_and(|it| it.certificates.is_some()) => {
            "The nodes' key store says whom they trust, too. The new ones have the own CA; the commands add \
             everything else that the stores that were read trust. Where those of other nodes trust more, add \
             that by hand."
                .to_owned()
        }
        (StoreUse::Trust, None) => {
            "Whom the nodes trust is in other files, which stay as they are.".to_owned()
        }
        _ => UNSEEN.to_owned(),
    });
    details
}

/// Whether key stores of nodes were read.
fn is_read(own: &Party<'_>) -> bool {
    !own.material.store_entries.is_empty()
}

/// What the key stores are to the nodes, as far as that is known.
fn use_of(own: &Party<'_>) -> StoreUse {
    if let Some(store) = &own.material.trust_store {
        return store.role;
    }
    let settings = own.settings();
    match (settings.get(TRUSTSTORE), &own.side.truststore) {
        (Some(trust), _) if settings.get(KEYSTORE) == Some(trust) => StoreUse::Both,
        (None, Some(trust)) if own.side.nodes.contains(trust) => StoreUse::Both,
        (Some(_), _) | (None, Some(_)) => StoreUse::Trust,
        (None, None) if settings.contains_key(AUTHORITIES) => StoreUse::Trust,
        (None, None) => StoreUse::Keys,
    }
}

const UNSEEN: &str = "If the nodes' key store is their trust store too (`truststore.path` names the same file, or neither it nor `certificate_authorities` is set), the new one trusts the own CA alone, and partners would be shut out. Then look what the old one has, `keytool -list -keystore OLD`, and take each `trustedCertEntry` but the own CA along: `keytool -importkeystore -srckeystore OLD -destkeystore NEW -srcalias ALIAS`.";
