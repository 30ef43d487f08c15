//! A self-managed cluster: lines of `elasticsearch.yml`, files in `config/`, the keystore.

mod client;
mod public;
mod settings;
mod stores;
mod trust;

use std::collections::BTreeSet;

use crate::connection::{ADDRESSES, REMOTE_SERVER, REMOTE_SERVER_PORT};
use crate::error::Error;
use crate::kit::{Builder, ClusterRole, Draft, Kind, word};
use crate::party::{Behaviour, Party, restrictable, signer};

use settings::Wanted;

/// A self-managed cluster.
#[derive(Debug)]
pub(super) struct SelfManaged;

impl Behaviour for SelfManaged {
    fn who(&self, own: &Party<'_>) -> String {
        format!("an administrator of the {} cluster's nodes", own.word())
    }

    fn ca_note(&self, _own: &Party<'_>) -> String {
        "It was taken out of the file that `ca` names.".to_owned()
    }

    fn server_name(&self, _own: &Party<'_>) -> Option<String> {
        None
    }

    fn serve(&self, own: &Party<'_>, builder: &mut Builder) {
        let settings = own.settings();
        let enabled = settings.get(REMOTE_SERVER);
        if enabled.is_some_and(|values| values.iter().any(|value| value == "true")) {
            // It listens already, with a certificate of its own.
            return;
        }
        let has_certificate = SERVER_IDENTITY.iter().any(|name| settings.contains_key(*name));
        if !has_certificate {
            builder.add(server_certificate(own));
        }
        let mut wanted = Wanted::default();
        let yes = || vec!["true".to_owned()];
        wanted.set(REMOTE_SERVER, yes());
        wanted.set("xpack.security.remote_cluster_server.ssl.enabled", yes());
        if !has_certificate {
            wanted.set(SERVER_STORE, vec![server_store(own)]);
        }
        if !ADDRESSES.iter().any(|name| settings.contains_key(*name)) {
            wanted.note(ADDRESS);
        }
        if let Some(draft) = wanted.draft(own, "Switch the remote cluster server on") {
            let (detail, check) = if has_certificate {
                (CERTIFICATE_THERE.to_owned(), "every node has the lines")
            } else {
                let store = server_store(own);
                let detail = format!("Put `{store}` into `config/` of every node.");
                (detail, "every node has the lines and the file")
            };
            builder.add(draft.detail(detail).check(check).undo(LINES_BACK));
        }
        if !has_certificate {
            let secret = format!("the password of `{}`", server_store(own));
            builder.add(keystore(own, SERVER_PASSWORD, &secret));
        }
        let port = settings.get(REMOTE_SERVER_PORT).and_then(|ports| ports.first());
        let port = port.map_or("9443", String::as_str);
        let check = format!(
            "every node listens on port {port}, at an address that the local side reaches (`ss -ltn` shows it)"
        );
        builder.add(restart(own, &check));
    }

    fn take_key(
        &self,
        own: &Party<'_>,
        peer: &Party<'_>,
        builder: &mut Builder,
    ) -> Result<(), Error> {
        client::steps(own, peer, builder)
    }

    /// Deployments share their CA with strangers, so restrictions are a must there. Among clusters of
    /// one's own they are written where it is known how the nodes on both sides are named.
    fn restricts(&self, own: &Party<'_>, peer: &Party<'_>) -> bool {
        restrictable(own, peer)
    }

    fn trust(&self, own: &Party<'_>, peer: &Party<'_>, builder: &mut Builder) -> Result<(), Error> {
        trust::steps(own, peer, builder)
    }
}

/// The key store of the remote cluster server. Its name has the alias: an operator has the files of
/// several clusters in one folder.
fn server_store(own: &Party<'_>) -> String {
    format!("{}-cross-cluster.p12", own.tag())
}

/// The names by which the remote cluster server is reached, as options of `cert`: those of all connections
/// that are planned together, since it has one certificate.
fn server_names(own: &Party<'_>) -> Vec<String> {
    let mut names = Vec::new();
    for server in own.in_all().iter().filter(|party| party.role == ClusterRole::Remote) {
        let addresses = server.side.endpoints.iter().map(|endpoint| {
            format!("{} {}", if endpoint.is_ip() { "--ip" } else { "--dns" }, endpoint.host)
        });
        names.extend(addresses.chain(server.server_name().map(|name| format!("--dns {name}"))));
    }
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    if own.others().next().is_some() {
        names.sort_unstable(); // the same in each kit
    }
    names
}

fn server_certificate(own: &Party<'_>) -> Draft {
    let names = server_names(own).join(" ");
    let store = word(&own.beside_connection(&server_store(own)));
    let draft = Draft::new(own.role, Kind::Command, "Issue the certificate of the remote cluster server")
        .who(own.who())
        .detail("Its names must have what the local side connects to or sends as server name. One certificate may serve all nodes. A CA of its own, other than that of the transport layer, is better.")
        .detail(STORE_PASSWORD)
        .check(format!("`crosstrust inspect {store} --pass-env KEYSTORE_PASSWORD` shows these names"))
        .undo("delete the file");
    let draft = own.in_each_kit(draft);
    let Some((signer, note)) = signer(own) else {
        return requested(own, draft, &names, &store);
    };
    let command = format!(
        "crosstrust cert {signer} --name cross-cluster {names} --pass-env KEYSTORE_PASSWORD --out {store}"
    );
    let draft = draft.command(command);
    if note.is_empty() { draft } else { draft.detail(note.trim_start()) }
}

/// A CA that is public, or kept elsewhere, signs a request.
fn requested(own: &Party<'_>, draft: Draft, names: &str, store: &str) -> Draft {
    let folder = own.beside_connection(&format!("{}-cross-cluster-request", own.tag()));
    let key = word(&format!("{folder}/cross-cluster/cross-cluster.key"));
    let request = word(&format!("{folder}/cross-cluster/cross-cluster.csr"));
    let out = word(&folder);
    draft.command(format!("crosstrust csr --name cross-cluster {names} --out {out}")).detail(
        format!(
            "Have the CA sign `{request}`. Then store what it sends, its chain too, with the key: \
         `crosstrust convert SIGNED.pem {key} --pass-env KEYSTORE_PASSWORD --out {store}`."
        ),
    )
}

fn keystore(own: &Party<'_>, setting: &str, secret: &str) -> Draft {
    Draft::new(own.role, Kind::Keystore, format!("Store {secret} on every node"))
        .who(own.who())
        .command(format!("./bin/elasticsearch-keystore add {setting}"))
        .detail("The command asks for it.")
        .check(format!("`./bin/elasticsearch-keystore list` shows `{setting}` on every node"))
        .undo(format!("`./bin/elasticsearch-keystore remove {setting}`"))
}

fn restart(own: &Party<'_>, check: &str) -> Draft {
    let title = format!("Restart the {} cluster's nodes, one after the other", own.word());
    Draft::new(own.role, Kind::Command, title)
        .who(own.who())
        .command("systemctl restart elasticsearch.service")
        .detail("Wait after each until the cluster is green.")
        .check(check)
        .undo("undo the steps before it, and restart again")
}

const LINES_BACK: &str = "give the file back the lines that it had";
const SERVER_PASSWORD: &str = "xpack.security.remote_cluster_server.ssl.keystore.secure_password";
/// What gives the remote cluster server a certificate; either of the two.
const SERVER_IDENTITY: [&str; 2] =
    [SERVER_STORE, "xpack.security.remote_cluster_server.ssl.certificate"];
const STORE_PASSWORD: &str = "`KEYSTORE_PASSWORD` has the password that the store gets (`export KEYSTORE_PASSWORD=…`); another step stores it on every node.";
const CERTIFICATE_THERE: &str = "The nodes have a certificate for the remote cluster server already, which stays: see that it has the names that the local side connects to or sends as server name, and that `remote.ca` is its CA (`crosstrust inspect` shows both).";
const SERVER_STORE: &str = "xpack.security.remote_cluster_server.ssl.keystore.path";
const ADDRESS: &str = "\
# It listens where the transport layer does: at `transport.host` or `network.host`. Where neither is set,
# that is the loopback address alone, and each node needs its own address here:
# remote_cluster.host: 192.0.2.10
";
