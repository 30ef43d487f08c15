//! A connection file to fill in, with what one pairing needs and nothing else.

use crate::connection::{Model, Platform};

/// The text of a connection file for two platforms and a model.
///
/// Values that are to be filled in are empty, so that the file as it is names each of them as
/// missing.
pub fn template(local: Platform, remote: Platform, model: Model) -> String {
    let mut text = format!(
        "# A remote cluster: from {} to {}.\n\
         # Fill in what is empty, then: crosstrust remote plan connection.yml --out kit\n\
         # What the local cluster calls the remote one: lower-case letters, digits, - and _\n\
         alias: my-remote\n\
         model: {model}\n",
        local.title(),
        remote.title()
    );
    if (local, remote) == (Platform::SelfManaged, Platform::SelfManaged) {
        text.push_str("# proxy: one address; sniff: the addresses that the remote nodes publish\nmode: proxy\n");
    }
    if (local, remote) == (Platform::Eck, Platform::Eck) {
        text.push_str(
            "# true if one operator runs both clusters; then leave out mode, ca, endpoint and server_name\n\
             same_operator: false\n",
        );
    }
    text.push_str(
        "# Whether a search goes on without the remote cluster. true also hides why it is not there.\n\
         skip_unavailable: true\n",
    );
    text.push_str("# The cluster that connects\nlocal:\n");
    side(&mut text, local, remote, model, false);
    text.push_str("# The cluster that is connected to\nremote:\n");
    side(&mut text, remote, local, model, true);
    if model == Model::Tls {
        text.push_str(&trust(local, remote));
    }
    text.push_str(
        "# What may be read. Leave out the kind that is not needed.\n\
         access:\n  search: [{names: [\"logs-*\"]}]\n  replication: [{names: [\"leader-*\"]}]\n",
    );
    if model == Model::ApiKey && signs(local) && signs(remote) {
        text.push_str(
            "# From 9.3: the local cluster signs its requests with a certificate of its own\n\
             strong_identity: false\n",
        );
    }
    text
}

fn side(text: &mut String, platform: Platform, peer: Platform, model: Model, is_remote: bool) {
    let mut line = |line: &str| {
        text.push_str("  ");
        text.push_str(line);
        text.push('\n');
    };
    line(&format!("platform: {platform}"));
    line("version:                   # of Elasticsearch, such as 9.1.0");
    if platform == Platform::Eck {
        line("name:                      # of the Elasticsearch resource");
        line("namespace: default");
        line("eck_version: 3.3.0         # of the operator");
        line("node_sets: [{name: default, count: 3}]");
    }
    if is_remote {
        line(endpoint(platform));
        if matches!(platform, Platform::SelfManaged) {
            line(
                "# server_name: NAME        # if its certificate does not have the endpoint's host",
            );
        }
    }
    if platform == Platform::SelfManaged {
        line("# elasticsearch_yml: PATH  # a node's own, for crosstrust remote check");
    }
    if model == Model::Tls {
        certificate_model(&mut line, platform, peer);
    } else if is_remote && platform != Platform::Ech {
        line(authority(platform));
        line(
            "# ca_is_public: true       # instead, if its certificate on port 9443 is of a public CA",
        );
    } else if !is_remote && platform.is_cloud() && peer != Platform::Ech {
        line("# account_id: ID           # own account in the trust settings, if you use the API");
        line("# deployment_id: ID        # for the paths of the API");
    }
}

fn certificate_model(line: &mut impl FnMut(&str), platform: Platform, peer: Platform) {
    match platform {
        Platform::Ech | Platform::Ece => {
            line(
                "cluster_id:                # of the Elasticsearch cluster, never of the deployment",
            );
            line(match platform {
                Platform::Ech => "scope_id: \"\"               # the organization id",
                _ => {
                    "scope_id: \"\"               # the environment id: Platform, Trust Management"
                }
            });
            line(
                "account_id:                # the first account_id in the deployment's trust settings",
            );
            line("# deployment_id: ID        # for the paths of the API");
            line("# region: REGION           # for the body of the API, such as gcp-us-central1");
        }
        Platform::Eck if peer.is_cloud() => {
            line(
                "# cluster_id: LABEL        # both, to give the nodes names in the cloud's pattern",
            );
            line("# scope_id: LABEL");
        }
        Platform::Eck => {}
        Platform::SelfManaged => {
            line(
                "# cluster_id: LABEL        # both, labels of your own, to have the nodes re-issued with",
            );
            line(
                "# scope_id: LABEL          # names in the cloud's pattern; needs nodes or node_names",
            );
            line(
                "# nodes: certs/*.p12       # the nodes' certificates: their names are let in; or",
            );
            line("# node_names: []           # the otherName of every node");
            line(
                "# truststore: certs/transport.p12   # if elasticsearch.yml has transport.ssl.truststore.path",
            );
        }
    }
    let hosted = platform == Platform::Ech && peer == Platform::Ech;
    let environments = platform == Platform::Ece && peer == Platform::Ece;
    if environments {
        line(
            "# ca: ece-ca.pem           # of the environment; leave it out if both are of one environment",
        );
    } else if !hosted {
        line(match platform {
            Platform::Ech => {
                "ca:                        # its transport CAs, current and upcoming: Security, CA certificates"
            }
            Platform::Ece => {
                "ca:                        # of the environment: Platform, Trust Management"
            }
            other => authority(other),
        });
    }
}

fn authority(platform: Platform) -> &'static str {
    match platform {
        Platform::Eck => {
            "ca:                        # ca.crt of the secret NAME-es-transport-certs-public"
        }
        Platform::Ece => "ca:                        # the root of its proxies' certificate",
        _ => "ca:                        # PEM or PKCS#12, such as elastic-stack-ca.p12",
    }
}

fn endpoint(platform: Platform) -> &'static str {
    match platform {
        Platform::Ech | Platform::Ece => {
            "endpoint:                  # the host of its Elasticsearch endpoint"
        }
        Platform::Eck => "endpoint:                  # the address of its load balancer",
        Platform::SelfManaged => "endpoint:                  # host or host:port",
    }
}

fn trust(local: Platform, remote: Platform) -> String {
    let accepts = |of: Platform, by: Platform| {
        if of == Platform::Eck && by.is_cloud() { "scope" } else { "cluster" }
    };
    if local == remote && local.is_cloud() {
        return "# What each side lets in of the other: cluster, or scope for all of its organization or\n\
             # environment. Left out, it is the cluster; within one organization or environment the\n\
             # platform's own default, which narrowing ends for all other deployments.\n\
             # trust: {local_accepts: cluster, remote_accepts: cluster}\n"
            .to_owned();
    }
    format!(
        "# What each side lets in of the other: cluster, or scope for all of its organization,\n\
         # environment or namespace\n\
         trust:\n  local_accepts: {}\n  remote_accepts: {}\n",
        accepts(remote, local),
        accepts(local, remote)
    )
}

/// Where signing is described.
pub(crate) fn signs(platform: Platform) -> bool {
    matches!(platform, Platform::Ech | Platform::SelfManaged)
}

#[cfg(test)]
mod tests {
    use super::template;
    use crate::connection::{Connection, Model, Platform};
    use crate::error::Error;

    #[test]
    fn a_template_asks_only_for_what_it_leaves_empty() {
        for local in Platform::ALL {
            for remote in Platform::ALL {
                for model in Model::ALL {
                    let text = template(*local, *remote, *model);
                    let Err(Error::Connection { problems }) = Connection::parse(&text) else {
                        panic!("{text}");
                    };
                    for problem in &problems {
                        let told = problem.message.contains("missing")
                            || problem.message.contains("is not a single value")
                            || problem.message.starts_with("nothing says how the nodes");
                        assert!(told, "{local} {remote} {model}: {problem}\n{text}");
                    }
                }
            }
        }
    }
}
