//! Roles: who may use the connection.

use crate::connection::Access;
use crate::document::{Document, map, texts};
use crate::kit::{Builder, Draft, Kind};
use crate::party::Party;

/// Roles of the API key model, on the local cluster alone.
pub(super) fn remote_roles(local: &Party<'_>, builder: &mut Builder) {
    let alias = &local.connection.alias;
    let remote_indices = |names: Vec<&str>, privileges: &[&str]| {
        let entry = map([
            ("clusters", texts([alias])),
            ("names", texts(names)),
            ("privileges", texts(privileges)),
        ]);
        Document::List(vec![entry])
    };
    let Access { search, replication } = &local.connection.access;
    let access = &local.connection.access;
    if !replication.is_empty() {
        let indices = remote_indices(access.replication_names(), &["cross_cluster_replication"]);
        let role = map([("cluster", texts(["manage_ccr"])), ("remote_indices", indices)]);
        add(local, REPLICATION, &role, FOLLOWERS, builder);
    }
    if !search.is_empty() {
        let privileges = ["read", "read_cross_cluster", "view_index_metadata"];
        let indices = remote_indices(access.search_names(), &privileges);
        add(local, SEARCH, &map([("remote_indices", indices)]), LIMITED, builder);
    }
}

/// Roles of the certificate model: the same names on both clusters.
pub(super) fn certificate_roles(local: &Party<'_>, remote: &Party<'_>, builder: &mut Builder) {
    let access = &local.connection.access;
    let indices = |names: Vec<&str>, privileges: &[&str]| {
        Document::List(vec![map([("names", texts(names)), ("privileges", texts(privileges))])])
    };
    if !access.replication.is_empty() {
        let names = access.replication_names();
        let leader = map([
            ("cluster", texts(["read_ccr"])),
            ("indices", indices(names.clone(), &["monitor", "read"])),
        ]);
        let follower = map([
            ("cluster", texts(["manage_ccr"])),
            ("indices", indices(names, &["monitor", "read", "write", "manage_follow_index"])),
        ]);
        add(remote, REPLICATION, &leader, SAME_NAME, builder);
        add(local, REPLICATION, &follower, FOLLOWER_NAMES, builder);
    }
    if !access.search.is_empty() {
        let names = indices(access.search_names(), &["read", "read_cross_cluster"]);
        add(remote, SEARCH, &map([("indices", names)]), SAME_NAME, builder);
        add(local, SEARCH, &Document::empty(), EMPTY, builder);
    }
}

/// Creates a role. Its name has the alias, so that kits of other connections have others.
fn add(party: &Party<'_>, what: &str, body: &Document, detail: &str, builder: &mut Builder) {
    let role = format!("{what}-{}", party.connection.alias);
    let draft = Draft::new(party.role, Kind::Api, format!("Create the role `{role}`"))
        .who(format!(
            "somebody with the cluster privilege `manage_security` on the {} cluster",
            party.word()
        ))
        .file(&format!("role-{what}.json"), body.to_json())
        .request("POST", format!("/_security/role/{role}"))
        .detail(detail)
        .check(format!("`GET /_security/role/{role}` shows it"))
        .undo(format!("`DELETE /_security/role/{role}`"));
    builder.add(draft);
}

const REPLICATION: &str = "remote-replication";
const SEARCH: &str = "remote-search";
const LIMITED: &str =
    "Give it to the users who search. What they see is what both the role and the API key allow.";
const FOLLOWERS: &str = "Give it to the users who replicate. They also need `monitor`, `read`, `write` and `manage_follow_index` on the follower indices.";
const SAME_NAME: &str = "The remote cluster looks up the names of the roles that the user has on the local one, so the name must be the same on both. The user is needed on the local cluster only.";
const FOLLOWER_NAMES: &str = "Give it to the users who replicate. Its indices are the followers: write their names where they differ from the leaders'.";
const EMPTY: &str = "Give it to the users who search. It is empty, because what it allows is said on the remote cluster.";
