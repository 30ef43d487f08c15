//! Handshakes between two nodes in memory: trust, host names and verification modes, both ways.

use crosstrust_preflight::{Node, Policy, Settings, TrustList, VerificationMode, check_node};
use crosstrust_testkit::fixture_path;

use crate::certificates::certificates;
use crate::clock::now;
use crate::judge::{Answer, judges};
use crate::tally::Tally;

/// Two nodes, and how the one that dials verifies the other.
struct Case {
    server: &'static str,
    client: &'static str,
    /// What each of them trusts.
    trust: [&'static str; 2],
    mode: &'static str,
    host: &'static str,
    /// What the client sends as server name, or nothing.
    server_name: &'static str,
}

const SERVERS: [&str; 8] = [
    "self-managed-1",
    "certutil-1",
    "rsa",
    "with-intermediate",
    "no-names",
    "other-ca",
    "expired",
    "same-name-ca",
];
const HOSTS: [&str; 4] = ["es1.example.com", "192.0.2.1", "127.0.0.1", "es2.example.com"];

#[test]
fn handshakes_end_as_between_two_nodes_of_elasticsearch() {
    let judges = judges();
    if judges.is_empty() {
        return;
    }
    let cases = cases();
    let questions: Vec<Vec<String>> = cases.iter().map(question).collect();
    for judge in judges {
        let mut tally = Tally::new(&judge.name, "handshakes");
        for (question, (case, answer)) in
            questions.iter().zip(cases.iter().zip(judge.ask(&questions)))
        {
            let Answer::Ok(theirs) = answer else { panic!("{question:?}: {answer:?}") };
            let place = || format!("{question:?}: {theirs:?}");
            tally.compare(place, &ours(case), &(theirs[0] == "done"));
        }
        tally.close(200);
    }
}

/// Whether the handshake is completed: the client accepts the server, and the server the client.
fn ours(case: &Case) -> bool {
    let mode: VerificationMode = case.mode.parse().unwrap();
    let judge = |node: Node, trust: &str, mode: VerificationMode| {
        let mut settings = Settings::new(TrustList::new(certificates(trust)));
        settings.mode = mode;
        let mut policy = Policy::new(settings, now());
        policy.server_name = Some(case.server_name.to_owned()).filter(|name| !name.is_empty());
        check_node(&node, &policy)
    };
    let server =
        Node::new("server", certificates(&node_file(case.server, "crt"))).with_host(case.host);
    let client = Node::new("client", certificates(&node_file(case.client, "crt")));
    judge(server, case.trust[1], mode).as_server.is_accepted()
        && judge(client, case.trust[0], VerificationMode::Certificate).as_client.is_accepted()
}

fn question(case: &Case) -> Vec<String> {
    let side = |side: &str, node: &str, trust: &str, mode: &str| {
        let path = |name: &str| fixture_path(name).to_str().unwrap().to_owned();
        [
            format!("{side}:certificate={}", path(&node_file(node, "crt"))),
            format!("{side}:key={}", path(&node_file(node, "key"))),
            format!("{side}:certificate_authorities={}", path(trust)),
            format!("{side}:verification_mode={mode}"),
        ]
    };
    let mut question =
        vec!["handshake".to_owned(), case.host.to_owned(), case.server_name.to_owned()];
    question.extend(side("server", case.server, case.trust[0], "certificate"));
    question.extend(side("client", case.client, case.trust[1], case.mode));
    question
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let case = |server, mode, host, server_name| Case {
        server,
        client: "self-managed-2",
        trust: ["cluster/ca.crt"; 2],
        mode,
        host,
        server_name,
    };
    let (ca, other) = ("cluster/ca.crt", "cluster/other-ca.crt");
    for server in SERVERS {
        for host in HOSTS {
            for mode in ["full", "certificate", "none"] {
                cases.push(case(server, mode, host, ""));
            }
            for server_name in ["es1.example.com", "es2.example.com", "node1.example.com"] {
                cases.push(case(server, "full", host, server_name));
            }
        }
        for trust in [[ca, other], [other, ca], [other, other]] {
            cases.push(Case { client: server, trust, ..case(server, "certificate", HOSTS[0], "") });
        }
        // Trusted itself, and not asked for, unless it is its own issuer.
        for listed in ["cluster/nodes/self-managed-2.crt", "cluster/nodes/other-ca.crt"] {
            let client = listed.trim_start_matches("cluster/nodes/").trim_end_matches(".crt");
            let trust = [listed, ca];
            cases.push(Case { client, trust, ..case(server, "certificate", HOSTS[0], "") });
        }
    }
    cases
}

fn node_file(node: &str, suffix: &str) -> String {
    format!("cluster/nodes/{node}.{suffix}")
}
