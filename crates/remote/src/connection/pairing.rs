//! What two platforms need to know of each other, and what they cannot do together.

use crosstrust_settings::reader::Reader;
use crosstrust_settings::tree::LineColumn;

use super::choice::{Accepts, Mode, Model, Platform};
use super::side::Side;
use super::{Connection, Endpoint};
use crate::version::Version;

/// Tells what is missing for a pairing, and what it cannot do.
pub(super) fn check(reader: &mut Reader, top: LineColumn, connection: &Connection) {
    let mut pairing = Pairing { reader, top, connection };
    pairing.operator();
    pairing.mode();
    pairing.endpoint();
    match connection.model {
        Model::ApiKey => pairing.api_key(),
        Model::Tls => pairing.tls(),
    }
    pairing.strong_identity();
    pairing.alias();
    pairing.same_cluster();
}

struct Pairing<'a> {
    reader: &'a mut Reader,
    top: LineColumn,
    connection: &'a Connection,
}

impl<'a> Pairing<'a> {
    fn sides(&self) -> [(&'static str, &'a Side, &'a Side); 2] {
        let Connection { local, remote, .. } = self.connection;
        [("local", local, remote), ("remote", remote, local)]
    }

    /// Tells about a key, at its place or at that of what should hold it.
    fn tell(&mut self, path: &str, message: impl Into<String>, help: &str) {
        let parent = path.split_once('.').map_or(path, |(parent, _)| parent);
        let places = &self.reader.places;
        let place = places.get(path).or_else(|| places.get(parent)).copied().unwrap_or(self.top);
        self.reader.tell_with(place, message, help);
    }

    fn missing(&mut self, path: &str, why: &str, help: &str) {
        self.tell(path, format!("the key `{path}` is missing: {why}"), help);
    }

    fn operator(&mut self) {
        let connection = self.connection;
        let eck = |side: &Side| side.platform == Platform::Eck;
        if !connection.same_operator {
            return;
        }
        if !eck(&connection.local) || !eck(&connection.remote) {
            let message = "`same_operator` needs two clusters on eck";
            self.tell("same_operator", message, "leave it out");
        }
        if connection.mode == Mode::Proxy {
            let message = "the operator connects its own clusters in sniff mode, and only so";
            self.tell("mode", message, "leave `mode` out");
        }
        if !connection.remote.endpoints.is_empty() {
            let message = "the operator finds the address itself";
            self.tell("remote.endpoint", message, "leave `endpoint` out");
        }
    }

    fn mode(&mut self) {
        let connection = self.connection;
        let own = |side: &Side| side.platform == Platform::SelfManaged;
        let able = own(&connection.local) && own(&connection.remote) || connection.same_operator;
        let least = Version::new(7, 6, 0);
        let told = self.reader.places.contains_key("mode");
        let is_proxied = connection.mode == Mode::Proxy && !connection.is_legacy();
        if is_proxied && told && connection.local.version < least {
            let message = format!(
                "Elasticsearch {} knows no proxy mode: {least} and later do",
                connection.local.version
            );
            self.tell("mode", message, "leave `mode` out");
        }
        if connection.mode == Mode::Sniff && !able {
            let message = format!(
                "sniff mode does not work from {} to {}: every local node would have to reach \
                 the addresses that the remote nodes publish",
                connection.local.platform, connection.remote.platform
            );
            self.tell("mode", message, "write `mode: proxy`");
        }
        if connection.mode == Mode::Sniff && connection.remote.server_name.is_some() {
            let message = "`server_name` cannot be used in sniff mode";
            self.tell("remote.server_name", message, "leave it out, or write `mode: proxy`");
        }
        if connection.mode == Mode::Proxy && connection.remote.endpoints.len() > 1 {
            let message = "proxy mode connects to one address, and several are listed";
            self.tell("remote.endpoint", message, "write one, or `mode: sniff`");
        }
    }

    fn endpoint(&mut self) {
        let Connection { remote, same_operator, .. } = self.connection;
        let told = self.reader.places.get("remote.endpoint").is_some_and(|place| {
            self.reader.problems.iter().any(|problem| problem.place == *place)
        });
        if remote.endpoints.is_empty() && !same_operator && !told {
            let help = match remote.platform {
                Platform::Ech | Platform::Ece => "copy it from the deployment's overview",
                Platform::Eck => "the address of the load balancer in front of its service",
                Platform::SelfManaged => "the host that the local nodes reach it by",
            };
            self.missing("remote.endpoint", "the local cluster connects to it", help);
        }
        let ip = remote.endpoints.iter().any(Endpoint::is_ip);
        if ip && remote.platform.is_cloud() {
            let message = "a deployment is reached by its host name, by which its proxy routes";
            self.tell(
                "remote.endpoint",
                message,
                "copy the endpoint from the deployment's overview",
            );
        }
    }

    fn api_key(&mut self) {
        let Connection { remote, same_operator, .. } = self.connection;
        for (path, side, _) in self.sides() {
            // The operator wants more than 8.10.0, where Elasticsearch itself does with it.
            let patch = u32::from(side.platform == Platform::Eck);
            self.version(path, side, Version::new(8, 10, patch), "API keys between clusters");
            if side.platform == Platform::Eck && side.eck_version < Version::new(2, 16, 0) {
                let message =
                    format!("operator {} knows no remote cluster API keys", side.eck_version);
                self.tell(&format!("{path}.eck_version"), message, "2.16.0 and later do");
            }
        }
        if *same_operator {
            return;
        }
        match (remote.platform, remote.ca.is_empty(), remote.ca_is_public) {
            (Platform::Ech, ..) => {}
            (_, false, true) => {
                let message = "a CA that is public needs no file, and one is given";
                self.tell("remote.ca", message, "leave out `ca`, or `ca_is_public`");
            }
            (_, false, _) | (_, _, true) => {}
            (platform, true, false) => {
                let help = ca_help(platform);
                self.missing("remote.ca", "the local cluster must trust port 9443", help);
            }
        }
    }

    fn tls(&mut self) {
        let connection = self.connection;
        if connection.remote.ca_is_public {
            let message = "the CA of a transport layer is never a public one";
            self.tell("remote.ca_is_public", message, "leave it out, and give `ca`");
        }
        if connection.same_operator {
            return;
        }
        for (path, side, peer) in self.sides() {
            self.version(path, side, Version::new(6, 7, 0), "remote clusters");
            self.transport_ca(path, side);
            self.identity(path, side, peer);
        }
        self.unlisted_nodes();
    }

    fn version(&mut self, path: &str, side: &Side, least: Version, what: &str) {
        if side.version < least {
            let message = format!("Elasticsearch {} knows no {what}", side.version);
            self.tell(&format!("{path}.version"), message, &format!("{least} and later do"));
        }
    }

    /// Deployments of Elastic Cloud Hosted share the CA of their region, those of one environment
    /// that of the environment.
    fn transport_ca(&mut self, path: &str, side: &Side) {
        let connection = self.connection;
        let hosted =
            [&connection.local, &connection.remote].iter().all(|s| s.platform == Platform::Ech);
        let shared = hosted || connection.is_same_scope();
        let key = format!("{path}.ca");
        if shared || !side.ca.is_empty() {
            return;
        }
        let help = match side.platform {
            Platform::Ech => "download it: deployment, Security, CA certificates",
            Platform::Ece => "download it: Platform, Trust Management, Trust parameters",
            platform => ca_help(platform),
        };
        self.missing(&key, "each side must trust the other's transport layer", help);
    }

    /// What tells the nodes of a side apart, and what its trust settings need.
    fn identity(&mut self, path: &str, side: &Side, peer: &Side) {
        let ids = [("cluster_id", &side.cluster_id), ("scope_id", &side.scope_id)];
        if side.platform.is_cloud() {
            for (key, _) in ids.iter().filter(|(_, id)| id.is_none()) {
                let why = "the names of its nodes have it";
                self.missing(&format!("{path}.{key}"), why, id_help(side.platform, key));
            }
            if side.account_id.is_none() && self.writes_trust(path) {
                let help =
                    "the `account_id` that GET /api/v1/deployments/{id}?show_settings=true shows";
                let why = "the trust settings keep the own account as their first entry";
                self.missing(&format!("{path}.account_id"), why, help);
            }
            return;
        }
        if side.has_ids() != (side.cluster_id.is_some() || side.scope_id.is_some()) {
            let message =
                format!("`{path}` has one of `cluster_id` and `scope_id`, and needs both or none");
            self.tell(path, message, "for clusters of one's own they are labels one invents");
        }
        let nameless = side.nodes.is_empty() && side.node_names.is_empty() && !side.has_ids();
        if side.platform == Platform::SelfManaged && peer.platform.is_cloud() && nameless {
            let message = format!(
                "nothing says how the nodes of `{path}` are named, and {} lets them in by name",
                peer.platform
            );
            let help = "give `node_names` or `nodes`; or `cluster_id` and `scope_id` to have them re-issued";
            self.tell(path, message, help);
        }
        if side.has_ids()
            && side.nodes.is_empty()
            && side.node_names.is_empty()
            && side.platform == Platform::SelfManaged
        {
            let why = "the file for their new certificates lists the nodes";
            self.missing(
                &format!("{path}.node_names"),
                why,
                "or give their certificates as `nodes`",
            );
        }
    }

    /// Whether a deployment's trust settings change for this peer: not where the default is kept.
    fn writes_trust(&self, path: &str) -> bool {
        let connection = self.connection;
        let accepts = match path {
            "local" => connection.local_accepts,
            _ => connection.remote_accepts,
        };
        !connection.is_same_scope() || accepts == Accepts::Cluster
    }

    /// The names of nodes on eck have no cluster id, so a deployment lets them in one by one, or the
    /// whole of their namespace.
    fn unlisted_nodes(&mut self) {
        let Connection { local, remote, local_accepts, remote_accepts, .. } = self.connection;
        let sides = [
            ("local_accepts", *local_accepts, "remote", remote, local),
            ("remote_accepts", *remote_accepts, "local", local, remote),
        ];
        for (key, accepts, word, of, by) in sides {
            let listed = of.is_listed_by(by) && accepts == Accepts::Cluster;
            let count = of.node_count();
            if !listed || (1..=MOST_LISTED).contains(&count) {
                continue;
            }
            let sets = [format!("{word}.node_sets"), format!("trust.{key}")];
            let written = sets.into_iter().find(|path| self.reader.places.contains_key(path));
            let path = written.unwrap_or_else(|| format!("{word}.platform"));
            let ids = "`cluster_id` and `scope_id` for names that have them";
            let all = format!("let in the whole namespace: `trust: {{{key}: scope}}`");
            let (message, help) = if count == 0 {
                let by = by.platform;
                let message = format!(
                    "the names of nodes on eck have no cluster id, so {by} lets them in one by one, \
                     and nothing says which nodes `{word}` has"
                );
                (message, format!("give `{word}.node_sets`, or its {ids}; or {all}"))
            } else {
                let message = format!(
                    "`{word}.node_sets` has {count} nodes, and {} lists at most {MOST_LISTED}",
                    by.platform
                );
                (message, format!("give `{word}` {ids}, or {all}"))
            };
            self.tell(&path, message, &help);
        }
    }

    fn strong_identity(&mut self) {
        let connection = self.connection;
        if !connection.strong_identity {
            return;
        }
        if connection.model == Model::Tls || connection.same_operator {
            let message = "`strong_identity` is an addition to API keys that are made by hand";
            self.tell("strong_identity", message, "leave it out");
        }
        for (path, side, _) in self.sides() {
            if !side.platform.has_documented_signing() {
                let message = format!(
                    "no way is known to give {} a certificate to sign with or to trust",
                    side.platform
                );
                self.tell("strong_identity", message, "leave it out");
            }
            self.version(path, side, Version::new(9, 3, 0), "strong identity");
        }
        self.signer();
    }

    /// What the certificate that the local cluster signs with is told by.
    fn signer(&mut self) {
        let Connection { local, remote, .. } = self.connection;
        if local.platform.is_cloud() {
            let ids = [("cluster_id", &local.cluster_id), ("scope_id", &local.scope_id)];
            for (key, _) in ids.iter().filter(|(_, id)| id.is_none()) {
                let why = "the subject of the signing certificate has it";
                self.missing(&format!("local.{key}"), why, id_help(local.platform, key));
            }
        }
        if remote.platform == Platform::Eck && local.ca.is_empty() {
            let help = match local.platform {
                Platform::Ech => "download it: deployment, Security, CA certificates",
                platform => ca_help(platform),
            };
            let why = "the remote cluster trusts the CA of the signing certificate";
            self.missing("local.ca", why, help);
        }
    }

    /// Names of objects in Kubernetes are bounded, and the alias is a part of them.
    fn alias(&mut self) {
        let Connection { alias, local, remote, .. } = self.connection;
        let eck = [local, remote].iter().any(|side| side.platform == Platform::Eck);
        if eck && alias.len() > LONGEST_ALIAS {
            let message = format!(
                "on eck the alias is a part of objects' names, and has at most {LONGEST_ALIAS} characters"
            );
            self.tell("alias", message, "choose a shorter one");
        }
    }

    fn same_cluster(&mut self) {
        let Connection { local, remote, .. } = self.connection;
        let cloud = local.platform == remote.platform && local.platform.is_cloud();
        let id = local.cluster_id.is_some() && local.cluster_id == remote.cluster_id;
        let resource = local.platform == Platform::Eck
            && remote.platform == Platform::Eck
            && (&local.name, &local.namespace) == (&remote.name, &remote.namespace)
            && self.connection.same_operator;
        if (cloud && id) || resource {
            let message = "`local` and `remote` are the same cluster";
            let path = if resource { "remote.name" } else { "remote.cluster_id" };
            self.tell(path, message, "a cluster needs no connection to itself");
        }
    }
}

fn ca_help(platform: Platform) -> &'static str {
    match platform {
        Platform::Ech => "it is public; leave it out",
        Platform::Ece => {
            "copy the root: Platform, Settings, TLS certificates, Proxy; or write `ca_is_public: true`"
        }
        Platform::Eck => {
            "the `ca.crt` of the secret NAME-es-transport-certs-public, or `ca_is_public: true` \
             if something with a public certificate stands before it"
        }
        Platform::SelfManaged => "its CA as PEM or PKCS#12, such as elastic-stack-ca.p12",
    }
}

fn id_help(platform: Platform, key: &str) -> &'static str {
    match (platform, key) {
        (_, "cluster_id") => "the id of the Elasticsearch cluster, not of the deployment",
        (Platform::Ece, _) => "the environment id: Platform, Trust Management, Trust parameters",
        _ => "the organization id: Organization, Organization ID",
    }
}

/// Nodes that a deployment's trust settings name one by one; ten times what clusters have.
const MOST_LISTED: u64 = 1000;
/// Of an alias, with which a volume of a pod has a name of at most 63 characters.
const LONGEST_ALIAS: usize = 40;
