//! A remote cluster by API key: the kit of `remote plan`, done step by step on two nodes, and what
//! `preflight endpoint` says of the live port before each connection.

use std::net::TcpListener;
use std::thread::sleep;
use std::time::Duration;

use crosstrust_testkit::Folder;

use crate::judge::judges;
use crate::kit::{Kit, authority, issue, run, says, settings};
use crate::log_lines;
use crate::node::RunningNode;
use crate::tally::Tally;

pub(crate) const SERVER: &str = "west/config/west-cross-cluster.p12";
pub(crate) const TRUST: &str = "east/config/west-server-ca.crt";

/// An alias whose credentials have the id of the key, and another secret.
pub(crate) const MISTYPED: &str = "mistyped";

/// The user `reader`, with the password of [`client`].
const AS_READER: &str = "Authorization: Basic cmVhZGVyOnJlYWRlci1wYXNzd29yZA==\r\n";

/// `east` reads from `west`, with a key that `west` gave it.
pub(crate) struct Clusters {
    pub(crate) folder: Folder,
    pub(crate) kit: Kit,
    pub(crate) endpoint: String,
    pub(crate) east: RunningNode,
    pub(crate) west: RunningNode,
}

#[test]
fn a_remote_cluster_server_is_connected_to_where_preflight_endpoint_says_so() {
    let judges = judges()
        .into_iter()
        .filter(|judge| ["8.19-java17", "9.5-java25"].contains(&judge.name.as_str()));
    for judge in judges {
        let version = judge.name.split('-').next().unwrap();
        let clusters = Clusters::start(&judge.program("node"), version);
        let mut tally = Tally::new(&judge.name, "states of a remote cluster server");
        for (state, change) in STATES {
            change(&clusters);
            sleep(Duration::from_secs(3)); // the nodes look at their files each second
            let ours = clusters.preflight();
            tally.compare(
                || (*state).to_owned(),
                &ours,
                &clusters.kit.connects(&clusters.east, ours),
            );
            assert_eq!(clusters.kit.verifies(&clusters.east), ours, "{state}: remote verify");
            assert_eq!(clusters.finds(), ours, "{}: {state}: the document", judge.name);
        }
        tally.close(STATES.len());
        log_lines::compare(&judge.name, &clusters);
    }
}

/// A state of the clusters, and what is changed to get there from the one before.
type State = (&'static str, fn(&Clusters));

const STATES: &[State] = &[
    ("all steps of the kit are done", |_| {}),
    ("another CA is trusted", |clusters| {
        clusters.folder.write(TRUST, clusters.folder.read("other/ca.crt"));
    }),
    ("that of the kit again", |clusters| {
        clusters.folder.write(TRUST, clusters.kit.read("local", "west-server-ca.crt"));
    }),
    ("a certificate without the address that is dialled", |clusters| {
        issue(&clusters.folder, "ca", SERVER, &["--dns", "west.example.com"]);
    }),
    ("with it, of another CA", |clusters| {
        issue(&clusters.folder, "other", SERVER, &["--ip", "127.0.0.1"]);
    }),
    ("with it, of the CA of the kit", |clusters| {
        issue(&clusters.folder, "ca", SERVER, &["--ip", "127.0.0.1"]);
    }),
];

impl Clusters {
    fn start(program: &std::path::Path, version: &str) -> Self {
        let folder = Folder::new();
        authority(&folder, "ca");
        authority(&folder, "other");
        let endpoint = format!("127.0.0.1:{}", free_port());
        let kit = Kit::plan(&folder, &connection(version, &endpoint));
        let west = server(&folder, &kit, program, &endpoint);
        let body = kit.read("remote", "cross-cluster-api-key.json");
        let key = west.request("POST", "/_security/cross_cluster/api_key", &body);
        let key = key["encoded"].as_str().unwrap_or_else(|| panic!("{key}"));
        let east = client(&folder, &kit, program, key);
        Self { folder, kit, endpoint, east, west }
    }

    /// Has the local cluster connect anew, without waiting for it.
    pub(crate) fn reconnect(&self) {
        sleep(Duration::from_secs(3)); // the nodes look at their files each second
        dial(&self.east, "west", &self.endpoint);
    }

    /// What we say of the live port.
    fn preflight(&self) -> bool {
        let line = ["preflight", "endpoint", &self.endpoint, "--model", "api-key"];
        says(&run(&self.folder, &[&line[..], &["--trust", TRUST, "--transport-probe"]].concat()))
    }

    /// Whether a search through the connection finds the document, by the role of the kit.
    fn finds(&self) -> bool {
        let answer = self.east.request_with(AS_READER, "GET", "/west:books/_search", "");
        answer["hits"]["total"]["value"] == 1
    }
}

/// Has a cluster connect to an address anew, by this alias, without waiting for it.
pub(crate) fn dial(node: &RunningNode, alias: &str, address: &str) {
    let remote = format!("cluster.remote.{alias}");
    for [mode, address] in [["null", "null"], ["\"proxy\"", &format!("\"{address}\"")]] {
        let body = format!(
            "{{\"persistent\": {{\"{remote}.mode\": {mode}, \"{remote}.proxy_address\": {address}, \
             \"{remote}.server_name\": null, \"{remote}.skip_unavailable\": null}}}}"
        );
        let answer = node.request("PUT", "/_cluster/settings", &body);
        assert_eq!(answer["acknowledged"], true, "{answer}");
    }
}

/// The steps of the remote side, up to its restart.
fn server(folder: &Folder, kit: &Kit, program: &std::path::Path, endpoint: &str) -> RunningNode {
    issue(folder, "ca", &place(folder, "west", "node.p12"), &["--ip", "127.0.0.1"]);
    issue(folder, "ca", SERVER, &["--ip", "127.0.0.1"]);
    let port = endpoint.rsplit(':').next().unwrap();
    let ours = kit.read("remote", "elasticsearch.yml");
    let rest = format!("{ours}remote_cluster.host: 127.0.0.1\nremote_cluster.port: {port}\n");
    let secure = "xpack.security.remote_cluster_server.ssl.keystore.secure_password=secret";
    let west = node(folder, program, "west", &rest, &[secure]);
    west.request("PUT", "/books/_doc/1?refresh=true", "{\"title\": \"one\"}");
    west
}

/// The steps of the local side, up to its restart, and a user with the role that the kit makes.
fn client(folder: &Folder, kit: &Kit, program: &std::path::Path, key: &str) -> RunningNode {
    issue(folder, "ca", &place(folder, "east", "node.p12"), &[]);
    folder.write(TRUST, kit.read("local", "west-server-ca.crt"));
    let ours = kit.read("local", "elasticsearch.yml");
    let credentials = |alias: &str, key: &str| format!("cluster.remote.{alias}.credentials={key}");
    let secure = [credentials("west", key), credentials(MISTYPED, &mistyped(key))];
    let east = node(folder, program, "east", &ours, &secure.each_ref().map(String::as_str));
    let role = kit.read("local", "role-remote-search.json");
    let answer = east.request("POST", "/_security/role/remote-search-west", &role);
    assert_eq!(answer["role"]["created"], true, "{answer}");
    let user = "{\"password\": \"reader-password\", \"roles\": [\"remote-search-west\"]}";
    let answer = east.request("POST", "/_security/user/reader", user);
    assert_eq!(answer["created"], true, "{answer}");
    east
}

/// The key with the last letters of its secret in another order: Base64 of `ID:SECRET`.
fn mistyped(key: &str) -> String {
    let (rest, last) = key.split_at(key.len() - 12);
    let (first, second) = last.split_at(4);
    format!("{rest}{}{first}{}", &second[..4], &second[4..])
}

fn node(
    folder: &Folder,
    program: &std::path::Path,
    side: &str,
    rest: &str,
    secure: &[&str],
) -> RunningNode {
    folder.write(&format!("{side}/config/ca.crt"), folder.read("ca/ca.crt"));
    // Cross-cluster API keys are not for a basic licence.
    let license = "discovery.type: single-node\nxpack.license.self_generated.type: trial\n";
    let text = settings(side, &format!("{side}-1")) + license + rest;
    folder.write(&format!("{side}/config/elasticsearch.yml"), text);
    let mut node = RunningNode::start(program, &folder.join(side), secure);
    node.wait();
    node
}

/// The name of a file of a node, in whose folder it can be put.
fn place(folder: &Folder, side: &str, name: &str) -> String {
    std::fs::create_dir_all(folder.join(&format!("{side}/config"))).unwrap();
    format!("{side}/config/{name}")
}

fn connection(version: &str, endpoint: &str) -> String {
    format!(
        "alias: west\nmodel: api-key\nlocal: {{platform: self-managed, version: {version}.0}}\n\
         remote: {{platform: self-managed, version: {version}.0, endpoint: \"{endpoint}\", \
         ca: ca/ca.crt}}\naccess: {{search: [{{names: [books]}}]}}\n"
    )
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
