//! A cluster of one's own: lines of `elasticsearch.yml`, files in `config/`, the keystore.

use super::Behaviour;
use crate::error::Error;
use crate::kit::{Builder, Draft, Kind, word};
use crate::plan::{Party, authority_files, hand_over, restrictions, signer};

/// A cluster of one's own.
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
        builder.add(server_certificate(own));
        let settings = Draft::new(own.role, Kind::ElasticsearchYml, "Switch the remote cluster server on")
            .who(own.who())
            .file("elasticsearch.yml", SERVER)
            .detail("Add the lines to `elasticsearch.yml` of every node, and put `cross-cluster.p12` into its `config/`. They take effect with the restart below.")
            .check("every node has the lines and the file")
            .undo("take the lines out again");
        builder.add(settings);
        builder.add(keystore(own, SERVER_PASSWORD, "the password of `cross-cluster.p12`"));
        builder.add(restart(own, "every node listens on port 9443 (`ss -ltn` shows it)"));
    }

    fn take_key(
        &self,
        own: &Party<'_>,
        _peer: &Party<'_>,
        authority: Option<&str>,
        builder: &mut Builder,
    ) {
        let mut text = CLIENT.to_owned();
        let mut detail = "Add the lines to `elasticsearch.yml` of every node.".to_owned();
        if let Some(authority) = authority {
            text.push_str(CLIENT_AUTHORITIES);
            detail.push_str(&format!(
                " Put `{authority}` into its `config/` as `remote-cluster-ca.crt`. The list serves \
                 every remote cluster that is connected by API key, and takes the place of the JDK's \
                 public CAs: name the CAs of the others there too."
            ));
        } else {
            detail.push_str(" The remote side's CA is a public one, which the JDK trusts.");
        }
        let settings =
            Draft::new(own.role, Kind::ElasticsearchYml, "Trust the remote cluster server")
                .who(own.who())
                .file("elasticsearch.yml", text)
                .detail(detail)
                .check("every node has the lines")
                .undo("take the lines out again");
        builder.add(settings);
        let setting = format!("cluster.remote.{}.credentials", own.connection.alias);
        builder.add(keystore(own, &setting, "the `encoded` of the API key"));
        builder.add(
            restart(own, "the cluster is green again").detail(
                "Where only the key has changed, `POST /_nodes/reload_secure_settings` does.",
            ),
        );
    }

    /// Deployments share their CA with strangers, so restrictions are a must there. Among clusters of
    /// one's own they are written where it is known how the nodes on both sides are named.
    fn restricts(&self, own: &Party<'_>, peer: &Party<'_>) -> bool {
        let named = |party: &Party<'_>| party.naming().is_ok_and(|naming| !naming.is_unknown());
        peer.side.platform.is_cloud() || (named(own) && named(peer))
    }

    fn trust(&self, own: &Party<'_>, peer: &Party<'_>, builder: &mut Builder) -> Result<(), Error> {
        let mut lines = Vec::new();
        // Clusters with one CA have nothing to exchange.
        let stranger = own.material.authorities != peer.authorities()?;
        let truststore = own.side.truststore.as_ref().filter(|_| stranger);
        if stranger && truststore.is_none() {
            hand_over(peer, own, builder)?;
            hand_over(own, own, builder)?;
            lines.push(authorities_setting(own, peer));
        }
        if self.restricts(own, peer) {
            lines.push(RESTRICTIONS_SETTING.to_owned());
            restrict(own, peer, builder)?;
        }
        if !lines.is_empty() {
            builder.add(transport_settings(own, &lines));
            builder.add(restart(own, "the cluster is green again: its nodes accept each other"));
        }
        if let Some(truststore) = truststore {
            // After the restart with restrictions: a store is read again as soon as it changes, and
            // would let in everybody whom the CA knows.
            let files = authority_files(peer, own, builder)?;
            builder.add(import(own, truststore, &files));
        }
        Ok(())
    }
}

fn server_certificate(own: &Party<'_>) -> Draft {
    let mut names = Vec::new();
    for endpoint in &own.side.endpoints {
        let option = if endpoint.is_ip() { "--ip" } else { "--dns" };
        names.push(format!("{option} {}", endpoint.host));
    }
    if let Some(name) = own.server_name() {
        let option = format!("--dns {name}");
        if !names.contains(&option) {
            names.push(option);
        }
    }
    let names = names.join(" ");
    let store = word(&own.beside_connection("cross-cluster.p12"));
    let draft = Draft::new(own.role, Kind::Command, "Issue the certificate of the remote cluster server")
        .who(own.who())
        .detail("Its names must have what the local side connects to or sends as server name. One certificate may serve all nodes. A CA of its own, other than that of the transport layer, is better.")
        .check(format!("`crosstrust inspect {store}` shows these names"))
        .undo("delete the file");
    let Some((signer, note)) = signer(own) else {
        return requested(own, draft, &names, &store);
    };
    let command = format!("crosstrust cert {signer} --name cross-cluster {names} --out {store}");
    let draft = draft.command(command);
    if note.is_empty() { draft } else { draft.detail(note.trim_start()) }
}

/// A public CA signs a request.
fn requested(own: &Party<'_>, draft: Draft, names: &str, store: &str) -> Draft {
    let folder = own.beside_connection("cross-cluster-request");
    let key = word(&format!("{folder}/cross-cluster/cross-cluster.key"));
    let request = word(&format!("{folder}/cross-cluster/cross-cluster.csr"));
    let out = word(&folder);
    draft.command(format!("crosstrust csr --name cross-cluster {names} --out {out}")).detail(format!(
        "Have the public CA sign `{request}`. Then store what it sends, its chain too, with the key: \
         `crosstrust convert SIGNED.pem {key} --out {store}`."
    ))
}

/// The list with the own CA in it: the first such list ends the trust in whatever was trusted
/// before.
fn authorities_setting(own: &Party<'_>, peer: &Party<'_>) -> String {
    format!(
        "xpack.security.transport.ssl.certificate_authorities:\n  - {}-ca.crt\n  - {}-ca.crt\n",
        own.word(),
        peer.word()
    )
}

fn import(own: &Party<'_>, truststore: &str, files: &[String]) -> Draft {
    let alias = &own.connection.alias;
    let store = in_config(truststore);
    let line = |(index, file): (usize, &String)| {
        format!(
            "keytool -importcert -noprompt -alias {alias}-ca-{index} -file {} -keystore {store} -storetype PKCS12",
            word(file),
        )
    };
    let command = (1..).zip(files).map(line).collect::<Vec<_>>().join("\n");
    let setting = "xpack.security.transport.ssl.truststore.secure_password";
    Draft::new(own.role, Kind::Keystore, "Import the CA into every node's trust store")
        .who(own.who())
        .command(command)
        .detail(format!(
            "keytool asks for the store's password, which `./bin/elasticsearch-keystore show {setting}` \
             shows. Nothing is added to `certificate_authorities`: a node with both does not start."
        ))
        .detail(if truststore.starts_with('/') { ON_NODES } else { IN_CONFIG })
        .detail("The nodes read the store again by themselves; a restart is not needed.")
        .check("`keytool -list` shows the alias on every node")
        .undo("`keytool -delete` with the same alias")
}

/// A path that is relative to `config/`, as a command names it that is run elsewhere.
fn in_config(path: &str) -> String {
    if path.starts_with('/') {
        return word(path);
    }
    format!("\"${{ES_PATH_CONF:?}}\"/{}", word(path))
}

fn restrict(own: &Party<'_>, peer: &Party<'_>, builder: &mut Builder) -> Result<(), Error> {
    let admitted = restrictions(own, peer)?;
    let draft = Draft::new(own.role, Kind::TrustRestrictions, "Restrict whom the transport layer lets in")
        .who(own.who())
        .file("trust_restrictions.yml", admitted.text.clone())
        .detail(
            "Put it into `config/` of every node. The own nodes are in it, and must be: it holds for \
             them too. Every node of the own cluster must have one of these names before the restart.",
        )
        .check("`crosstrust restrictions check` trusts every own node's certificate")
        .undo("take the file's setting out of `elasticsearch.yml`, restart, then delete the file");
    let file = builder.add(draft);
    builder.probe(admitted.probe(&file));
    Ok(())
}

fn transport_settings(own: &Party<'_>, lines: &[String]) -> Draft {
    let listed = lines.iter().any(|line| line.contains("certificate_authorities"));
    let together = if listed {
        "Add all lines at once: with the CA alone, everybody whom that CA knows would be let in. "
    } else {
        ""
    };
    let mut text =
        "# For elasticsearch.yml of every node. All of it takes effect with one restart.\n"
            .to_owned();
    text.push_str(&lines.concat());
    let title = if listed {
        "Trust the other side's transport layer"
    } else {
        "Switch the restrictions on"
    };
    let draft = Draft::new(own.role, Kind::ElasticsearchYml, title)
    .who(own.who())
    .file("elasticsearch.yml", text)
    .detail(format!(
        "{together}The files of the steps before go into `config/`, without the number before their names."
    ))
    .check("every node has the lines, and the files that they name in `config/`")
    .undo("take the lines out again and restart");
    if !listed {
        return draft;
    }
    draft.detail(
        "If `elasticsearch.yml` has `xpack.security.transport.ssl.truststore.path`, do not add the \
         list: a node with both does not start. Name the store as `truststore` in the connection \
         file, and plan again.",
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

const SERVER_PASSWORD: &str = "xpack.security.remote_cluster_server.ssl.keystore.secure_password";
const SERVER: &str = "\
# For elasticsearch.yml of every node of the remote cluster.
remote_cluster_server.enabled: true
# The node's own address in the local network; name another one if the local side comes from outside.
# Without this line it may listen on the loopback address only.
remote_cluster.host: _site_
# remote_cluster.port: 9443
xpack.security.remote_cluster_server.ssl.enabled: true
xpack.security.remote_cluster_server.ssl.keystore.path: cross-cluster.p12
";
const CLIENT: &str = "\
# For elasticsearch.yml of every node of the local cluster.
xpack.security.remote_cluster_client.ssl.enabled: true
";
const CLIENT_AUTHORITIES: &str = "\
xpack.security.remote_cluster_client.ssl.certificate_authorities: [\"remote-cluster-ca.crt\"]
";
const ON_NODES: &str = "The kit is copied to every node for it.";
const IN_CONFIG: &str = "`ES_PATH_CONF` is the folder of the node's `elasticsearch.yml`, to which the store's path is relative: `export ES_PATH_CONF=/etc/elasticsearch`, for example. The kit is copied to every node for it.";
const RESTRICTIONS_SETTING: &str =
    "xpack.security.transport.ssl.trust_restrictions.path: trust_restrictions.yml\n";
