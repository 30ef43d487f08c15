//! What nodes log when something is wrong with port 9443: `docs/on-call.md` tells it to people.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use crosstrust_testkit::{fixture_path, root};

use crate::api_key::{Clusters, MISTYPED, SERVER, TRUST, dial};
use crate::kit::{comes_true, issue, run};
use crate::node::RunningNode;

/// Something that is wrong, and what is logged then.
struct Mishap {
    what: &'static str,
    happen: fn(&Clusters),
    logged: &'static [Line],
}

/// Who logs a line, and a part of it in 8.19 and in 9.5.
type Line = (Side, [&'static str; 2]);

#[derive(Clone, Copy)]
enum Side {
    Connecting,
    ConnectedTo,
}

const MISHAPS: &[Mishap] = &[
    Mishap {
        what: "plain HTTP is spoken to port 9443",
        happen: |clusters| {
            let mut stream = TcpStream::connect(&clusters.endpoint).unwrap();
            stream.write_all(b"GET / HTTP/1.0\r\n\r\n").unwrap();
            let _ = stream.read(&mut [0; 1]);
        },
        logged: &[(Side::ConnectedTo, ["received plaintext traffic on an encrypted channel"; 2])],
    },
    Mishap {
        what: "the certificate of port 9443 is of another CA than is trusted",
        happen: |clusters| {
            clusters.folder.write(TRUST, clusters.folder.read("other/ca.crt"));
            clusters.reconnect();
        },
        logged: &[
            (Side::Connecting, ["failed to establish trust with server at ["; 2]),
            (Side::Connecting, ["unable to find valid certification path to requested target"; 2]),
            (Side::ConnectedTo, [DISTRUSTED, "Received fatal alert: certificate_unknown"]),
        ],
    },
    Mishap {
        what: "the certificate of port 9443 has expired",
        happen: |clusters| {
            expire(clusters);
            clusters.reconnect();
        },
        logged: &[
            (Side::Connecting, ["** certificate has expired"; 2]),
            (Side::Connecting, ["CertificateExpiredException: NotAfter: "; 2]),
            (Side::ConnectedTo, [DISTRUSTED, "Received fatal alert: certificate_expired"]),
        ],
    },
    Mishap {
        what: "port 9443 is dialled without a key, as by the certificate model",
        happen: |clusters| {
            clusters.folder.write(TRUST, clusters.folder.read("ca/ca.crt"));
            issue(&clusters.folder, "ca", SERVER, &["--ip", "127.0.0.1"]);
            sleep(Duration::from_secs(3));
            dial(&clusters.east, "keyless", &clusters.endpoint);
        },
        logged: &[(
            Side::Connecting,
            ["require transport header [_cross_cluster_access_credentials] but none found"; 2],
        )],
    },
    Mishap {
        what: "the secret is not that of the key",
        happen: |clusters| dial(&clusters.east, MISTYPED, &clusters.endpoint),
        logged: &[
            (Side::Connecting, ["for action [cluster:internal/remote_cluster/handshake]"; 2]),
            (
                Side::ConnectedTo,
                ["Authentication using apikey failed - invalid credentials for API key ["; 2],
            ),
        ],
    },
    Mishap {
        what: "port 9300 is dialled with a key",
        happen: |clusters| dial(&clusters.east, "west", &clusters.west.transport()),
        logged: &[
            (
                Side::Connecting,
                [
                    "Received fatal alert: bad_certificate",
                    "Received fatal alert: certificate_required",
                ],
            ),
            (Side::ConnectedTo, ["Empty client certificate chain"; 2]),
        ],
    },
    Mishap {
        what: "the key has been invalidated",
        happen: |clusters| {
            let keys = clusters.west.request("GET", "/_security/api_key?active_only=true", "");
            let id = keys["api_keys"][0]["id"].as_str().unwrap();
            let body = format!("{{\"ids\": [\"{id}\"]}}");
            clusters.west.request("DELETE", "/_security/api_key", &body);
            dial(&clusters.east, "west", &clusters.endpoint);
        },
        logged: &[
            (Side::Connecting, ["for action [cluster:internal/remote_cluster/handshake]"; 2]),
            (Side::ConnectedTo, ["Authentication using apikey failed - api key ["; 2]),
            (Side::ConnectedTo, ["] has been invalidated"; 2]),
        ],
    },
];

const DISTRUSTED: &str = "client did not trust this server's certificate";

/// Lets each happen, and looks for the lines in the logs and in the page.
pub(crate) fn compare(judge: &str, clusters: &Clusters) {
    for mishap in MISHAPS {
        let before = [&clusters.east, &clusters.west].map(|node| node.log().len());
        (mishap.happen)(clusters);
        look(judge, mishap.what, [&clusters.east, &clusters.west], before, mishap.logged);
    }
}

/// Looks for the lines in what two nodes have logged since, and in the page.
fn look(judge: &str, what: &str, nodes: [&RunningNode; 2], before: [usize; 2], lines: &[Line]) {
    keep(judge, what, nodes, before);
    let page = std::fs::read_to_string(root().join("docs/on-call.md")).unwrap();
    for (side, texts) in lines {
        let (node, before, text) = match side {
            Side::Connecting => (nodes[0], before[0], texts),
            Side::ConnectedTo => (nodes[1], before[1], texts),
        };
        let text = text[usize::from(!judge.starts_with("8."))];
        let is_logged = || node.log()[before..].contains(text);
        assert!(comes_true(true, is_logged), "{judge}: {what}: {text}");
        assert!(page.contains(text), "docs/on-call.md: {text}");
    }
}

/// Keeps what is logged of it, where that is asked for.
fn keep(judge: &str, what: &str, nodes: [&RunningNode; 2], before: [usize; 2]) {
    let Some(folder) = std::env::var_os("CROSSTRUST_NODE_LOGS") else { return };
    sleep(Duration::from_secs(5));
    for (side, (node, before)) in
        ["connecting", "connected-to"].iter().zip(nodes.iter().zip(before))
    {
        let path = Path::new(&folder).join(format!("{judge}-9443-{side}.log"));
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path).unwrap();
        writeln!(file, "== {what}\n{}", &node.log()[before..]).unwrap();
    }
}

/// Puts a certificate in place that has expired, and has its CA trusted.
fn expire(clusters: &Clusters) {
    let path = |name: &str| fixture_path(name).to_str().unwrap().to_owned();
    let (certificate, key) = (path("cluster/nodes/expired.crt"), path("cluster/nodes/expired.key"));
    let line = ["convert", &certificate, &key, "--pass", "secret", "--out", "new/node.p12"];
    run(&clusters.folder, &[&line[..], &["--force"]].concat()).succeeds();
    let (new, old) = (clusters.folder.join("new/node.p12"), clusters.folder.join(SERVER));
    std::fs::rename(new, old).unwrap();
    clusters.folder.write(TRUST, std::fs::read(fixture_path("cluster/ca.crt")).unwrap());
    sleep(Duration::from_secs(3)); // the nodes look at their files each second
}
