//! How to connect the clusters in Kibana, instead of by a request.

use crate::party::Party;

use crate::connection::{Mode, Model};

/// How the remote cluster is registered in Kibana, with what is put into which field.
pub(super) fn register(local: &Party<'_>, remote: &Party<'_>) -> String {
    let connection = local.connection;
    let kind = match connection.model {
        Model::ApiKey => "*API keys*",
        Model::Tls => "*Certificates*",
    };
    let mut text = format!(
        "Or in Kibana of the local cluster: *Stack Management*, *Remote Clusters*, *Add a remote cluster*, {kind}. \
         *Remote cluster name* is `{}`; ",
        connection.alias
    );
    let addresses = remote.addresses();
    let address = addresses.first().map_or("", String::as_str);
    match connection.mode {
        Mode::Sniff => {
            text.push_str(&format!("*Seed nodes* are `{}`", addresses.join("`, `")));
        }
        Mode::Proxy if local.side.platform.is_cloud() => {
            text.push_str(&format!("*Remote address* is `{address}`"));
        }
        Mode::Proxy => text.push_str(&format!(
            "tick *Manually enter proxy address and server name*, *Proxy address* is `{address}`"
        )),
    }
    let field = if local.side.platform.is_cloud() { "TLS server name" } else { "Server name" };
    if let Some(name) = remote.server_name() {
        text.push_str(&format!(", *{field}* is `{name}`"));
    }
    let skip = if connection.skip_unavailable { "on" } else { "off" };
    text.push_str(&format!("; *Skip if unavailable* is {skip}."));
    if address.starts_with('[') {
        text.push_str(" Kibana takes such addresses from 9.2 on.");
    }
    text
}

/// How the key is made and later changed in Kibana.
pub(super) const KEY: &str = "Or in Kibana of the remote cluster: *Stack Management*, *API keys*, *Create API key*, *Cross-cluster API key*, with the `access` of this file; from Kibana 8.14 on. What the key may read is changed there too, or with `PUT /_security/cross_cluster/api_key/ID`, by whoever made it; nothing is to be done on the local side then. To have another key, make one, store it under the same alias in the place of the old one, and invalidate the old one.";
