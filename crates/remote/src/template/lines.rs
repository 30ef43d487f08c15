//! The lines of a connection file for one pairing.

use super::Line;
use super::field::{Field, Need};
use crate::connection::{Model, Platform};

/// All lines, in their order.
pub(super) fn of(local: Platform, remote: Platform, model: Model) -> Vec<Line> {
    let mut lines = Lines { lines: Vec::new(), section: "" };
    lines.head(local, remote, model);
    lines.text("# The cluster that connects\nlocal:\n");
    lines.side("local", local, remote, model);
    lines.text("# The cluster that is connected to\nremote:\n");
    lines.side("remote", remote, local, model);
    lines.section = "";
    if model == Model::Tls {
        lines.trust(local, remote);
    }
    lines.access();
    if model == Model::ApiKey && local.has_documented_signing() && remote.has_documented_signing() {
        lines.text(
            "# From 9.3: the local cluster signs its requests with a certificate of its own\n",
        );
        lines.field(Field::new(Need::Usual, "strong_identity", "false", ""));
    } else if model == Model::ApiKey {
        lines.text(
            "# No strong_identity: no way is known to give Elastic Cloud Enterprise a certificate to sign\n\
             # requests with, or a CA to trust for it\n",
        );
    }
    lines.lines
}

/// The lines so far, and the table that the next field is in.
struct Lines {
    lines: Vec<Line>,
    section: &'static str,
}

impl Lines {
    fn text(&mut self, text: impl Into<String>) {
        self.lines.push(Line::Text(text.into()));
    }

    fn field(&mut self, field: Field) {
        self.lines.push(Line::Field(Field { section: self.section, ..field }));
    }

    fn required(&mut self, key: &'static str, comment: &'static str) {
        self.field(Field::new(Need::Required, key, "", comment));
    }

    fn shown(&mut self, key: &'static str, example: &str, comment: &'static str) {
        self.field(Field::new(Need::Shown, key, example, comment));
    }

    fn head(&mut self, local: Platform, remote: Platform, model: Model) {
        self.text(format!(
            "# A remote cluster: from {} to {}.\n\
             # Fill in what is empty, then: crosstrust remote check connection.yml, and once nothing is wrong:\n\
             # crosstrust remote plan connection.yml --out kit\n",
            local.title(),
            remote.title()
        ));
        let alias =
            "what the local cluster calls the remote one: lower-case letters, digits, - and _";
        self.field(Field::new(Need::Usual, "alias", "my-remote", alias));
        self.text(format!("model: {model}\n"));
        if (local, remote) == (Platform::SelfManaged, Platform::SelfManaged) {
            let comment = "proxy: one address; sniff: the addresses that the remote nodes publish";
            self.field(Field::new(Need::Usual, "mode", "proxy", comment));
        }
        if (local, remote) == (Platform::Eck, Platform::Eck) {
            let comment =
                "true if one operator runs both; then no mode, ca, endpoint and server_name";
            self.field(Field::new(Need::Usual, "same_operator", "false", comment));
        }
        let comment = "whether a search goes on without the remote cluster; true also hides why it is not there";
        self.field(Field::new(Need::Usual, "skip_unavailable", "true", comment));
    }

    fn side(&mut self, section: &'static str, own: Platform, peer: Platform, model: Model) {
        self.section = section;
        let is_remote = section == "remote";
        self.text(format!("  platform: {own}\n"));
        self.required("version", "of Elasticsearch, such as 9.1.0");
        if own == Platform::Eck {
            self.required("name", "of the Elasticsearch resource");
            self.field(Field::new(Need::Usual, "namespace", "default", ""));
            self.field(Field::new(Need::Usual, "eck_version", "3.5.0", "of the operator"));
            self.node_sets(peer, model);
            self.shown("manifest", "PATH", "the resource that is there: the kit adds to it");
        }
        if is_remote {
            self.endpoint(own, peer);
        }
        if own == Platform::SelfManaged {
            self.shown("elasticsearch_yml", "PATH", "a node's own: the kit adds to what is there");
        }
        match model {
            Model::Tls => self.certificate_model(own, peer),
            Model::ApiKey if is_remote => self.served(own, peer),
            Model::ApiKey => self.taken(own, peer),
        }
        if own.is_cloud() && (model == Model::Tls || !is_remote) {
            self.shown("deployment_id", "ID", "for the paths of the API");
            self.shown(
                "ref_id",
                "main-elasticsearch",
                "of the cluster in the deployment, for the API",
            );
        }
    }

    /// A deployment lets in the nodes of each; else they only shape the manifests.
    fn node_sets(&mut self, peer: Platform, model: Model) {
        if model == Model::ApiKey || !peer.is_cloud() {
            return self.shown("node_sets", "[{name: default, count: 3}]", "");
        }
        let comment =
            "such as [{name: default, count: 3}]; each of their nodes is let in by its name";
        self.field(Field::new(Need::Required, "node_sets", "", comment).sets());
    }

    fn endpoint(&mut self, own: Platform, peer: Platform) {
        let comment = match own {
            Platform::Ech | Platform::Ece => "the host of its Elasticsearch endpoint",
            Platform::Eck => "the address of its load balancer",
            Platform::SelfManaged if peer == own => {
                "host or host:port; in sniff mode a list of them"
            }
            Platform::SelfManaged => "host or host:port",
        };
        let field = Field::new(Need::Required, "endpoint", "", comment).apart();
        self.field(if own == Platform::SelfManaged && peer == own { field.many() } else { field });
        let comment = "if its certificate does not have the endpoint's host";
        match own {
            Platform::SelfManaged => {
                self.field(Field::new(Need::Optional, "server_name", "NAME", comment));
            }
            Platform::Eck => {
                let comment = "if it is not that of the service";
                self.field(Field::new(Need::Shown, "server_name", "NAME", comment).apart());
            }
            Platform::Ech | Platform::Ece => {}
        }
    }

    /// The remote side of the API key model.
    fn served(&mut self, own: Platform, peer: Platform) {
        if own == Platform::Ech {
            if peer == Platform::Ech {
                self.shown("scope_id", "ID", "the organization id, if both sides give theirs");
            }
            return;
        }
        let comment = match own {
            Platform::Ece => "the root of its proxies' certificate; none if it is of a public CA",
            Platform::Eck => "ca.crt of the secret NAME-es-transport-certs-public",
            _ => "PEM or PKCS#12, such as elastic-stack-ca.p12; none if it is a public CA",
        };
        self.field(Field::new(Need::Required, "ca", "", comment).many().apart());
        let comment = "instead, if its certificate on port 9443 is of a public CA";
        let field = Field::new(Need::Optional, "ca_is_public", "true", comment);
        self.field(field.instead_of("ca").apart());
        if own == Platform::Ece && peer == own {
            self.shown("scope_id", "ID", "the environment id, if both sides give theirs");
        }
        if peer.is_cloud() {
            self.label();
        }
    }

    /// The local side of the API key model.
    fn taken(&mut self, own: Platform, peer: Platform) {
        let is_shared = own == Platform::Ech && peer == own;
        if own.has_documented_signing() && peer.has_documented_signing() && !is_shared {
            let comment = "with strong_identity: the CA of the certificates that sign";
            self.shown("ca", "PATH", comment);
        }
        if !own.is_cloud() {
            return;
        }
        let signs = own == Platform::Ech && peer.has_documented_signing();
        if own == peer || signs {
            let comment = "of the Elasticsearch cluster; with strong_identity, who may use the key";
            self.shown("cluster_id", "ID", comment);
            let comment = match own {
                Platform::Ech => "the organization id",
                _ => "the environment id: Platform, Trust Management",
            };
            self.shown("scope_id", "ID", comment);
        }
        if peer != Platform::Ech {
            let comment = "own account in the trust settings, if you use the API";
            self.shown("account_id", "ID", comment);
            self.shown("region", "REGION", "of the deployment, such as gcp-us-central1");
        }
    }

    fn certificate_model(&mut self, own: Platform, peer: Platform) {
        match own {
            Platform::Ech | Platform::Ece => self.deployment(own),
            Platform::Eck => {
                let comment = "both, to give the nodes names in the cloud's pattern";
                self.field(Field::new(Need::Shown, "cluster_id", "LABEL", comment).apart());
                self.field(Field::new(Need::Shown, "scope_id", "LABEL", "").apart());
            }
            Platform::SelfManaged => self.nodes(),
        }
        if peer.is_cloud() && own != peer {
            self.label();
        }
        match (own, peer) {
            (Platform::Ech, Platform::Ech) => {}
            (Platform::Ece, Platform::Ece) => {
                let comment = "of the environment: Platform, Trust Management; not used within one";
                self.field(Field::new(Need::Required, "ca", "", comment).many());
            }
            _ => {
                let comment = match own {
                    Platform::Ech => {
                        "its transport CAs, current and upcoming: Security, CA certificates"
                    }
                    Platform::Ece => "of the environment: Platform, Trust Management",
                    Platform::Eck => "ca.crt of the secret NAME-es-transport-certs-public",
                    Platform::SelfManaged => "PEM or PKCS#12, such as elastic-stack-ca.p12",
                };
                self.field(Field::new(Need::Required, "ca", "", comment).many().apart());
            }
        }
    }

    fn deployment(&mut self, own: Platform) {
        self.required("cluster_id", "of the Elasticsearch cluster, never of the deployment");
        self.required(
            "scope_id",
            match own {
                Platform::Ech => "the organization id",
                _ => "the environment id: Platform, Trust Management",
            },
        );
        self.required("account_id", "the first account_id in the deployment's trust settings");
        self.shown("region", "REGION", "of the deployment, such as gcp-us-central1");
    }

    /// How nodes of one's own are named, and what they trust now.
    fn nodes(&mut self) {
        let comment = "both, labels of your own, to have the nodes re-issued with names in the cloud's pattern";
        self.field(Field::new(Need::Optional, "cluster_id", "LABEL", comment));
        self.field(Field::new(Need::Optional, "scope_id", "LABEL", "the other label"));
        let comment = "the nodes' certificates, such as certs/*.p12: their names are let in";
        self.field(Field::new(Need::Required, "nodes", "", comment).many());
        let field =
            Field::new(Need::Optional, "node_names", "[]", "instead: the otherName of every node");
        self.field(field.many().instead_of("nodes"));
        let comment = "if elasticsearch.yml has transport.ssl.truststore.path";
        self.field(Field::new(Need::Optional, "truststore", "certs/transport.p12", comment));
        let comment =
            "names of other clusters' nodes that connect already, as restrictions have them";
        self.shown("partners", "[\"*.node.ID.cluster.ID.account\"]", comment);
    }

    fn access(&mut self) {
        self.text("# What may be read. Leave out the kind that is not needed.\naccess:\n");
        self.section = "access";
        let searched = "the indices that may be searched";
        self.field(Field::new(Need::Usual, "search", "logs-*", searched).names());
        let replicated = "the indices that may be replicated";
        self.field(Field::new(Need::Usual, "replication", "leader-*", replicated).names());
        self.section = "";
    }

    fn label(&mut self) {
        self.shown("label", "NAME", "what the other side's trust settings call it");
    }

    fn trust(&mut self, local: Platform, remote: Platform) {
        if local == remote && local.is_cloud() {
            self.text(
                "# What each side lets in of the other: cluster, or scope for all of its organization or\n\
                 # environment. Left out, it is the cluster; within one organization or environment the\n\
                 # platform's own default, which narrowing ends for all other deployments.\n\
                 # trust: {local_accepts: cluster, remote_accepts: cluster}\n",
            );
            return;
        }
        self.text(
            "# What each side lets in of the other: cluster, or scope for all of its organization,\n\
             # environment or namespace\ntrust:\n",
        );
        self.section = "trust";
        self.field(Field::new(Need::Usual, "local_accepts", "cluster", ""));
        self.field(Field::new(Need::Usual, "remote_accepts", "cluster", ""));
        self.section = "";
    }
}
