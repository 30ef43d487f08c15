//! Two nodes of Elasticsearch, one a remote cluster of the other: what `preflight node` says before
//! is what happens.

use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use crosstrust_testkit::Folder;

use crate::judge::judges;
use crate::kit::{Kit, authority, comes_true, issue, run, says, settings};
use crate::node::RunningNode;
use crate::tally::Tally;

const OURS: &str = "*.cluster.east.account";

/// The two clusters: `east` connects, and `west` is connected to and restricts whom it lets in.
struct Clusters {
    folder: Folder,
    kit: Kit,
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
        let program = judge.program("node");
        let version = judge.name.split('-').next().unwrap();
        let clusters = Clusters::start(&program, version);
        let mut tally = Tally::new(&judge.name, "states of two nodes");
        for state in STATES {
            clusters.compare(&mut tally, state);
        }
        for state in ROLL_OVER {
            let connected = clusters.compare(&mut tally, state);
            assert!(connected, "{}: {}: no step takes the connection away", judge.name, state.0);
        }
        clusters.compare_joining(&mut tally, &program);
        clusters.keep_logs(&judge.name);
        tally.close(STATES.len() + ROLL_OVER.len() + 2);
    }
}

/// A state of the clusters, and what is changed to get there from the one before.
type State = (&'static str, fn(&Folder));

const STATES: &[State] = &[
    ("a node before re-issue has no otherName", |_| {}),
    ("it has one since", |folder| {
        certificate(folder, "ca", "east", "es1.node.n1.cluster.east.account");
    }),
    ("the restrictions that are replaced while running refuse it", |folder| {
        restrict(folder, "*.cluster.north.account");
    }),
    ("and admit it again", |folder| restrict(folder, OURS)),
    ("a stranger of the same CA", |folder| {
        certificate(folder, "ca", "east", "es1.node.n1.cluster.stranger.account");
    }),
    ("a node of another CA", |folder| {
        certificate(folder, "other", "east", "es1.node.n1.cluster.east.account");
    }),
    ("both CAs are trusted while one follows the other", |folder| {
        let both = [folder.read("ca/ca.crt"), folder.read("other/ca.crt")].concat();
        folder.write("west/config/ca.crt", &both);
        folder.write("east/config/ca.crt", &both);
    }),
    ("a node of the new CA, of which the old one is no longer trusted", |folder| {
        certificate(folder, "other", "west", "es1.node.n1.cluster.west.account");
        for side in ["west", "east"] {
            folder.write(&format!("{side}/config/ca.crt"), folder.read("other/ca.crt"));
        }
    }),
];

/// Both clusters leave the CA `other` for `ca`, as `rotate plan` says, one file after the other.
const ROLL_OVER: &[State] = &[
    ("roll-over, step 1 in west", |folder| {
        plan_roll_over(folder);
        replace(folder, "1-trust-both/ca.crt", "west/config/ca.crt");
    }),
    ("step 1 in east", |folder| replace(folder, "1-trust-both/ca.crt", "east/config/ca.crt")),
    ("step 2 in west", |folder| {
        replace(folder, "2-new-certificates/west/west.p12", "west/config/node.p12");
    }),
    ("step 2 in east", |folder| {
        replace(folder, "2-new-certificates/east/east.p12", "east/config/node.p12");
    }),
    ("step 3 in west", |folder| replace(folder, "3-trust-new/ca.crt", "west/config/ca.crt")),
    ("step 3 in east", |folder| replace(folder, "3-trust-new/ca.crt", "east/config/ca.crt")),
];

impl Clusters {
    fn start(program: &Path, version: &str) -> Self {
        let folder = Folder::new();
        authority(&folder, "ca");
        authority(&folder, "other");
        for (side, rest) in [("east", "discovery.type: single-node\n"), ("west", WEST)] {
            folder.write(&format!("{side}/config/ca.crt"), folder.read("ca/ca.crt"));
            let text = settings(side, &format!("{side}-1")) + rest;
            folder.write(&format!("{side}/config/elasticsearch.yml"), text);
        }
        issue(&folder, "ca", "east/config/node.p12", &[]);
        certificate(&folder, "ca", "west", "es1.node.n1.cluster.west.account");
        restrict(&folder, OURS);
        let mut nodes =
            ["west", "east"].map(|side| RunningNode::start(program, &folder.join(side), &[]));
        nodes.iter_mut().for_each(RunningNode::wait);
        let [west, east] = nodes;
        west.request("PUT", "/books/_doc/1?refresh=true", "{\"title\": \"one\"}");
        let kit = Kit::plan(&folder, &connection(version, &west.transport()));
        Self { folder, kit, east, west }
    }

    /// Changes the state, and compares what we say then with what happens. Whether they connect.
    fn compare(&self, tally: &mut Tally, (state, change): &State) -> bool {
        change(&self.folder);
        sleep(Duration::from_secs(3)); // the nodes look at their files each second
        let (ours, live) = (self.preflight(), self.preflight_endpoint());
        let connects = self.kit.connects(&self.east, ours);
        tally.compare(|| (*state).to_owned(), &[ours, live], &[connects, connects]);
        assert_eq!(self.kit.verifies(&self.east), connects, "{state}: remote verify");
        assert_eq!(self.finds(), connects, "{state}: the document");
        connects
    }

    /// What we say of the files: each side accepts the other's node.
    fn preflight(&self) -> bool {
        let judge = |node: &str, side: &str, rest: &[&str]| {
            let (node, trust) =
                (format!("{node}/config/node.p12"), format!("{side}/config/ca.crt"));
            let line = ["preflight", "node", &node, "--pass", "secret", "--trust", &trust];
            says(&run(&self.folder, &[&line[..], &["--mode", "certificate"], rest].concat()))
        };
        let restrictions = ["--restrictions", "west/config/trust.yml"];
        judge("east", "west", &restrictions) && judge("west", "east", &[])
    }

    /// What we say of the live port, with the files of the side that connects.
    fn preflight_endpoint(&self) -> bool {
        let address = self.west.transport();
        let line = ["preflight", "endpoint", &address, "--mode", "certificate"];
        let ours = ["--cert", "east/config/node.p12", "--pass", "secret"];
        let trust = ["--trust", "east/config/ca.crt"];
        says(&run(&self.folder, &[&line[..], &ours, &trust].concat()))
    }

    /// Whether a search through the connection finds the document.
    fn finds(&self) -> bool {
        self.east.request("GET", "/west:books/_search", "")["hits"]["total"]["value"] == 1
    }

    /// A second node of `west` joins if the own restrictions admit it, and `preflight` says so.
    fn compare_joining(&self, tally: &mut Tally, program: &Path) {
        let shut_out = format!("trust.subject_name: ['{OURS}']\n");
        self.folder.write("west/config/trust.yml", shut_out);
        sleep(Duration::from_secs(3));
        let _second = self.start_second(program);
        for state in ["restrictions that forget the own cluster", "restrictions that name it"] {
            let ours = self.admits_own();
            let both = || self.west.request("GET", "/_cluster/health", "")["number_of_nodes"] == 2;
            tally.compare(|| state.to_owned(), &ours, &comes_true(ours, both));
            restrict(&self.folder, OURS);
            replace(&self.folder, "../west/config/trust.yml", "second/config/trust.yml");
            sleep(Duration::from_secs(3));
        }
    }

    /// Another node of `west`, with the same trust.
    fn start_second(&self, program: &Path) -> RunningNode {
        for file in ["ca.crt", "trust.yml"] {
            let bytes = self.folder.read(&format!("west/config/{file}"));
            self.folder.write(&format!("second/config/{file}"), bytes);
        }
        certificate(&self.folder, "ca", "second", "es2.node.n1.cluster.west.account");
        let text = format!(
            "{}{RESTRICTED}discovery.seed_hosts: [\"{}\"]\ndiscovery.initial_state_timeout: 0s\n",
            settings("west", "west-2"),
            self.west.transport()
        );
        self.folder.write("second/config/elasticsearch.yml", text);
        let mut node = RunningNode::start(program, &self.folder.join("second"), &[]);
        node.wait();
        node
    }

    /// Whether `preflight` finds nothing wrong with the own restrictions (PF034).
    fn admits_own(&self) -> bool {
        let config = ["--config", "west/config/elasticsearch.yml", "--format", "json"];
        let ended = run(&self.folder, &[&["preflight", "node"][..], &config].concat());
        let document: serde_json::Value = serde_json::from_str(ended.text()).unwrap();
        let mut findings = document["findings"].as_array().unwrap().iter();
        let admits = !findings.any(|finding| finding["code"] == "PF034");
        assert_eq!(says(&ended), admits, "{}", ended.text());
        admits
    }

    fn keep_logs(&self, judge: &str) {
        if let Some(folder) = std::env::var_os("CROSSTRUST_NODE_LOGS") {
            for (name, node) in [("east", &self.east), ("west", &self.west)] {
                let path = PathBuf::from(&folder).join(format!("{judge}-{name}.log"));
                std::fs::write(path, node.log()).unwrap();
            }
        }
    }
}

const WEST: &str = "cluster.initial_master_nodes: west-1\ndiscovery.seed_hosts: []\n\
                    xpack.security.transport.ssl.trust_restrictions.path: trust.yml\n";
const RESTRICTED: &str = "xpack.security.transport.ssl.trust_restrictions.path: trust.yml\n";

fn connection(version: &str, endpoint: &str) -> String {
    let side = |node: &str| {
        format!("platform: self-managed, version: {version}.0, ca: ca/ca.crt, node_names: [{node}]")
    };
    format!(
        "alias: west\nmodel: tls\nlocal: {{{}}}\nremote: {{{}, endpoint: \"{endpoint}\"}}\n\
         access: {{search: [{{names: [books]}}]}}\n",
        side("es1.node.n1.cluster.east.account"),
        side("es1.node.n1.cluster.west.account")
    )
}

/// Issues a side's certificate anew, and puts it in place.
fn certificate(folder: &Folder, ca: &str, side: &str, other_name: &str) {
    issue(folder, ca, &format!("{side}/config/node.p12"), &["--cn", other_name]);
}

/// Writes the plan from what the two nodes have.
fn plan_roll_over(folder: &Folder) {
    for side in ["west", "east"] {
        folder.write(&format!("old/{side}.p12"), folder.read(&format!("{side}/config/node.p12")));
    }
    let line = ["rotate", "plan", "--old", "other/ca.crt", "--new", "ca/ca.p12", "--sign"];
    let secrets = ["--ca-pass", "secret", "--in-pass", "secret", "--pass", "secret"];
    let trust = ["--mode", "certificate", "--restrictions", "west/config/trust.yml"];
    let files = ["--out", "roll-over", "old/west.p12", "old/east.p12"];
    run(folder, &[&line[..], &secrets, &trust, &files].concat()).succeeds();
}

/// Puts a file of the plan in the place of one that a node has.
fn replace(folder: &Folder, new: &str, old: &str) {
    folder.write("new/file", folder.read(&format!("roll-over/{new}")));
    std::fs::rename(folder.join("new/file"), folder.join(old)).unwrap();
}

fn restrict(folder: &Folder, pattern: &str) {
    let line = ["restrictions", "generate", "--own-pattern", "*.cluster.west.account"];
    let out = ["--pattern", pattern, "--out", "west/config/trust.yml", "--force"];
    run(folder, &[&line[..], &out].concat()).succeeds();
}
