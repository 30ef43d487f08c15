//! What stands between the two clusters, and how it lets the local one through.

use crate::connection::{Mode, Model, Platform};
use crate::kit::{Builder, Draft, Kind};
use crate::party::Party;

/// Lets the local cluster through to the remote one's port.
pub(super) fn step(local: &Party<'_>, remote: &Party<'_>, builder: &mut Builder) {
    let ports = ports(remote);
    let filtered = remote.side.platform.is_cloud() && local.connection.model == Model::ApiKey;
    let hosted = remote.side.platform == Platform::Ech;
    if !filtered && hosted && local.side.platform == Platform::Ech {
        // Nothing of anybody's own is in between.
        return;
    }
    // Before what Elastic hosts, the only firewall is that of the local side.
    let owner = if hosted && !filtered { local } else { remote };
    let title = if filtered {
        "If network security is on for the remote deployment, let the local cluster in".to_owned()
    } else {
        format!("Let the local cluster through to {ports}, where a firewall is in between")
    };
    let mut draft = Draft::new(owner.role, Kind::Ui, title).who(owner.who()).detail(if filtered {
        filter(local, remote)
    } else {
        firewall(local, remote, &ports)
    });
    if remote.side.platform == Platform::Ece {
        draft = draft.detail(format!(
            "The environment's proxies, and any load balancer before them, must pass TCP on {ports} \
             through as it is."
        ));
    }
    if local.side.platform == Platform::Ece {
        let addresses = remote.addresses().join("`, `");
        draft = draft.detail(format!(
            "The hosts of the local environment's allocators open the connections: let them out to `{addresses}`."
        ));
    }
    let draft = draft
        .check(match local.side.platform {
            // Nobody gets onto its hosts.
            Platform::Ech => "the step that asks whether the clusters are connected says so: from Elastic Cloud Hosted nobody can try before",
            Platform::Ece => "a TCP connection from an allocator's host (not from your own desk) opens",
            Platform::Eck => "a TCP connection from a pod of the local cluster (not from your own desk) opens",
            Platform::SelfManaged => {
                "a TCP connection from the local cluster's nodes (not from your own desk) opens"
            }
        })
        .undo("delete the filter's or the firewall's rule");
    let traffic = format!("TCP to {ports}");
    builder.add(if filtered {
        draft.ui(["Deployment", "Security", "Network security"])
    } else if owner.role == remote.role {
        draft.ui(["Firewall of the remote side", "Inbound", &traffic])
    } else {
        draft.ui(["Firewall of the local side", "Outbound", &traffic])
    });
}

/// `port 9443`, or several of them.
fn ports(remote: &Party<'_>) -> String {
    let mut ports: Vec<u16> =
        remote.side.endpoints.iter().map(|e| e.port.unwrap_or_else(|| remote.port())).collect();
    ports.sort_unstable();
    ports.dedup();
    let word = if ports.len() > 1 { "ports" } else { "port" };
    let ports: Vec<String> = ports.iter().map(u16::to_string).collect();
    format!("{word} {}", ports.join(" and "))
}

/// Filters of a deployment, which let nothing through that is not allowed.
fn filter(local: &Party<'_>, remote: &Party<'_>) -> String {
    let same = local.connection.is_same_scope();
    match (local.side.platform, remote.side.platform) {
        (Platform::Ech, Platform::Ech) => {
            let region = remote.side.region.as_ref();
            let region = region.map_or_else(String::new, |region| format!(", `{region}`"));
            return format!("Add a remote cluster filter: a private connection policy of the type *Remote cluster*, \
             by the organization id or the Elasticsearch cluster id of the local deployment, in the \
             region of the remote one{region}.");
        }
        (Platform::Ece, Platform::Ece) if same => {
            "Add a remote cluster filter, by the Elasticsearch cluster id of the local deployment."
        }
        (Platform::Ech, _) => "Add an IP filter with the egress addresses of Elastic Cloud Hosted.",
        (Platform::Ece, _) => {
            "Add an IP filter with the addresses of the local environment's allocators."
        }
        (Platform::Eck | Platform::SelfManaged, _) => {
            "Add an IP filter with the addresses that the local nodes are seen with from outside."
        }
    }
    .to_owned()
}

/// Firewalls, and what the cluster itself may filter.
fn firewall(local: &Party<'_>, remote: &Party<'_>, ports: &str) -> String {
    let from = match local.side.platform {
        Platform::Ech => {
            "The egress addresses of Elastic Cloud Hosted, which Elastic lists by region (static IP addresses),"
        }
        Platform::Ece => "The local environment's allocators",
        Platform::Eck | Platform::SelfManaged => {
            "All local nodes with the role `remote_cluster_client`"
        }
    };
    let to = match local.connection.mode {
        Mode::Proxy => format!("{ports} by TCP."),
        Mode::Sniff => format!(
            "{ports} by TCP, at the addresses that the remote nodes publish: `GET /_nodes/transport` \
             on the remote cluster shows them."
        ),
    };
    let filter = match (remote.side.platform, local.connection.model) {
        (Platform::Ech | Platform::Ece, _) => {
            "The filters of a deployment's network security do not hold for connections by certificate."
        }
        (Platform::Eck, _) => "A load balancer and a NetworkPolicy must let it through too.",
        (Platform::SelfManaged, Model::ApiKey) => {
            "`xpack.security.remote_cluster.filter.allow` and `.deny` filter this port alone."
        }
        (Platform::SelfManaged, Model::Tls) => {
            "`xpack.security.transport.filter.allow` and `.deny` filter this port, for the own nodes too."
        }
    };
    format!("{from} must reach {to} {filter}")
}
