//! Two nodes of Elasticsearch, one a remote cluster of the other: what `preflight node` says before
//! is what happens.

use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crosstrust_testkit::{Ended, Folder, crosstrust};

use crate::judge::judges;
use crate::node::RunningNode;
use crate::tally::Tally;

const OURS: &str = "*.cluster.east.account";

/// The two clusters: `east` connects, and `west` is connected to and restricts whom it lets in.
struct Clusters {
    folder: Folder,
    east: RunningNode,
    west: RunningNode,
}

#[test]
fn a_remote_cluster_connects_where_preflight_says_so() {
    // One JVM a version: the others differ in nothing that nodes do.
    let judges = judges()
        .into_iter()
        .filter(|judge| ["8.19-java17", "9.5-java25"].contains(&judge.name.as_str()));
    for judge in judges {
        let clusters = Clusters::start(&judge.program("node"));
        let mut tally = Tally::new(&judge.name, "states of two nodes");
        for (state, change) in STATES {
            change(&clusters.folder);
            sleep(Duration::from_secs(3)); // the nodes look at their files each second
            let ours = clusters.preflight();
            tally.compare(|| (*state).to_owned(), &ours, &clusters.connects(ours));
            assert_eq!(clusters.finds(), ours, "{}: {state}: the document", judge.name);
        }
        if let Some(folder) = std::env::var_os("CROSSTRUST_NODE_LOGS") {
            for (name, node) in [("east", &clusters.east), ("west", &clusters.west)] {
                let path = PathBuf::from(&folder).join(format!("{}-{name}.log", judge.name));
                std::fs::write(path, node.log()).unwrap();
            }
        }
        tally.close(STATES.len());
    }
}

/// A state of the clusters, and what is changed to get there from the one before.
type State = (&'static str, fn(&Folder));

const STATES: &[State] = &[
    ("a node before re-issue has no otherName", |_| {}),
    ("it has one since", |folder| {
        issue(folder, "ca", "east", Some("es1.node.n1.cluster.east.account"));
    }),
    ("the restrictions that are replaced while running refuse it", |folder| {
        restrict(folder, "*.cluster.north.account");
    }),
    ("and admit it again", |folder| restrict(folder, OURS)),
    ("a stranger of the same CA", |folder| {
        issue(folder, "ca", "east", Some("es1.node.n1.cluster.stranger.account"));
    }),
    ("a node of another CA", |folder| {
        issue(folder, "other", "east", Some("es1.node.n1.cluster.east.account"));
    }),
    ("both CAs are trusted while one follows the other", |folder| {
        let both = [folder.read("ca/ca.crt"), folder.read("other/ca.crt")].concat();
        folder.write("west/config/ca.crt", &both);
        folder.write("east/config/ca.crt", &both);
    }),
    ("a node of the new CA, of which the old one is no longer trusted", |folder| {
        issue(folder, "other", "west", Some("es1.node.n1.cluster.west.account"));
        for side in ["west", "east"] {
            folder.write(&format!("{side}/config/ca.crt"), folder.read("other/ca.crt"));
        }
    }),
];

impl Clusters {
    fn start(program: &std::path::Path) -> Self {
        let folder = Folder::new();
        for ca in ["ca", "other"] {
            let line = [
                "ca",
                "--pass",
                "secret",
                "--dn",
                &format!("CN={ca}"),
                "--out",
                &format!("{ca}/ca.p12"),
            ];
            run(&folder, &line).succeeds();
            let line = [
                "extract-ca",
                &format!("{ca}/ca.p12"),
                "--pass",
                "secret",
                "--out",
                &format!("{ca}/ca.crt"),
            ];
            run(&folder, &line).succeeds();
        }
        for side in ["east", "west"] {
            folder.write(&format!("{side}/config/ca.crt"), folder.read("ca/ca.crt"));
            folder.write(&format!("{side}/config/elasticsearch.yml"), settings(side));
        }
        issue(&folder, "ca", "east", None);
        issue(&folder, "ca", "west", Some("es1.node.n1.cluster.west.account"));
        restrict(&folder, OURS);
        let mut nodes =
            ["west", "east"].map(|side| RunningNode::start(program, &folder.join(side), &[]));
        nodes.iter_mut().for_each(RunningNode::wait);
        let [west, east] = nodes;
        west.request("PUT", "/books/_doc/1?refresh=true", "{\"title\": \"one\"}");
        Self { folder, east, west }
    }

    /// What we say: each side accepts the other's node.
    fn preflight(&self) -> bool {
        let judge = |node: &str, side: &str, rest: &[&str]| {
            let trust = format!("{side}/config/ca.crt");
            let node = format!("{node}/config/node.p12");
            let line = [
                "preflight",
                "node",
                &node,
                "--pass",
                "secret",
                "--mode",
                "certificate",
                "--trust",
                &trust,
            ];
            let ended = run(&self.folder, &[&line[..], rest].concat());
            assert!(matches!(ended.status, Some(0 | 1)), "{}", ended.messages());
            ended.status == Some(0)
        };
        let restrictions = ["--restrictions", "west/config/trust.yml"];
        judge("east", "west", &restrictions) && judge("west", "east", &[])
    }

    /// What happens: a new connection is made, or not within some seconds.
    fn connects(&self, expected: bool) -> bool {
        let put = |address: &str| {
            let body = format!(
                "{{\"persistent\": {{\"cluster.remote.west\": {{\"mode\": {}, \"proxy_address\": {address}}}}}}}",
                if address == "null" { "null" } else { "\"proxy\"" }
            );
            let answer = self.east.request("PUT", "/_cluster/settings", &body);
            assert_eq!(answer["acknowledged"], true, "{answer}");
        };
        put("null");
        put(&format!("\"{}\"", self.west.transport()));
        let patience = Duration::from_secs(if expected { 30 } else { 4 });
        let start = Instant::now();
        while start.elapsed() < patience {
            if self.east.request("GET", "/_remote/info", "")["west"]["connected"] == true {
                return true;
            }
            sleep(Duration::from_millis(300));
        }
        false
    }

    /// Whether a search through the connection finds the document.
    fn finds(&self) -> bool {
        self.east.request("GET", "/west:books/_search", "")["hits"]["total"]["value"] == 1
    }
}

fn settings(side: &str) -> String {
    let restrictions = match side {
        "west" => "xpack.security.transport.ssl.trust_restrictions.path: trust.yml\n",
        _ => "",
    };
    format!(
        "cluster.name: {side}\nnode.name: {side}-1\nnode.portsfile: true\ndiscovery.type: single-node\n\
         http.host: 127.0.0.1\nhttp.port: 0\ntransport.host: 127.0.0.1\ntransport.port: 0\n\
         resource.reload.interval.high: 1s\nresource.reload.interval.medium: 1s\n\
         xpack.security.enabled: true\nxpack.security.transport.ssl.enabled: true\n\
         xpack.security.transport.ssl.verification_mode: certificate\n\
         xpack.security.transport.ssl.keystore.path: node.p12\n\
         xpack.security.transport.ssl.keystore.password: secret\n\
         xpack.security.transport.ssl.certificate_authorities: ca.crt\n{restrictions}\
         xpack.security.authc.anonymous.username: admin\n\
         xpack.security.authc.anonymous.roles: superuser\n\
         cluster.routing.allocation.disk.threshold_enabled: false\n"
    )
}

/// Issues a side's certificate anew, and puts it in place.
fn issue(folder: &Folder, ca: &str, side: &str, other_name: Option<&str>) {
    let (ca, out) = (format!("{ca}/ca.p12"), format!("{side}/new.p12"));
    let line = [
        "cert",
        "--ca",
        &ca,
        "--ca-pass",
        "secret",
        "--pass",
        "secret",
        "--name",
        side,
        "--out",
        &out,
        "--force",
    ];
    let name: Vec<&str> = other_name.iter().flat_map(|name| ["--cn", name]).collect();
    run(folder, &[&line[..], &name].concat()).succeeds();
    std::fs::rename(folder.join(&out), folder.join(&format!("{side}/config/node.p12"))).unwrap();
}

fn restrict(folder: &Folder, pattern: &str) {
    let line = [
        "restrictions",
        "generate",
        "--own-pattern",
        "*.cluster.west.account",
        "--pattern",
        pattern,
    ];
    let out = ["--out", "west/config/trust.yml", "--force"];
    run(folder, &[&line[..], &out].concat()).succeeds();
}

fn run(folder: &Folder, arguments: &[&str]) -> Ended {
    crosstrust(env!("CARGO_BIN_EXE_crosstrust")).folder(folder.path()).args(arguments).run()
}
