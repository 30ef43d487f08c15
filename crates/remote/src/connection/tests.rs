//! Tests of the connection file: what is refused, where, and why.

use super::{Accepts, Connection, Mode};
use crate::error::Error;

/// A connection file in which everything is said.
const WHOLE: &str = "\
alias: my-remote
model: tls
local:
  platform: ech
  version: 9.1.0
  cluster_id: cf659f7fe6164d9691b284ae36811be1
  scope_id: \"1053523734\"
  account_id: ec38dd0aa45f4a69909ca5c81c27138a
  ca: ech-ca.pem
remote:
  platform: self-managed
  version: 9.1.0
  endpoint: es.example.com
  ca: elastic-stack-ca.p12
  node_names: [node1.example.com]
access:
  search: [{names: [\"logs-*\"]}]
";

fn problems(text: &str) -> Vec<String> {
    match Connection::parse(text) {
        Ok(_) => Vec::new(),
        Err(Error::Connection { problems }) => problems
            .iter()
            .map(|problem| format!("{}:{}: {problem}", problem.place.line, problem.place.column))
            .collect(),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn a_whole_file_is_read_with_its_defaults() {
    let connection = Connection::parse(WHOLE).unwrap();
    assert_eq!(connection.mode, Mode::Proxy);
    assert!(connection.skip_unavailable);
    assert_eq!(connection.local_accepts, Accepts::Cluster);
    assert_eq!(connection.remote.endpoints[0].with_port(9300), "es.example.com:9300");
    assert_eq!(connection.place("local.version").map(|place| place.line), Some(5));
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    #[track_caller]
    fn check(from: &str, to: &str, expected: &str) {
        assert!(WHOLE.contains(from), "{from}");
        let found = problems(&WHOLE.replacen(from, to, 1));
        assert!(found.iter().any(|problem| problem.contains(expected)), "{found:#?}");
    }

    check("alias: my-remote", "alias: signing", "1:8: `alias` is `signing`");
    check("alias: my-remote", "alias: My.remote", "1:8: `alias`");
    check("alias: my-remote", "alia: x", "1:1: unknown key `alia`");
    check("alias: my-remote", "alias: [a]", "1:8: `alias` is not a single value");
    check("alias: my-remote", "alias: *a", "1:8: ");
    check("model: tls", "model: mtls", "`mtls` is not one of api-key, tls");
    check("model: tls", "model: tls\nmode: sniff", "3:7: sniff mode does not work from ech");
    check("model: tls", "model: tls\nmodel: tls", "3:1: the key `model` is given twice");
    check("model: tls", "model: tls\nskip_unavailable: yes", "3:19: `skip_unavailable` is neither");
    check("model: tls", "model: tls\nsame_operator: true", "3:16: `same_operator` needs two");
    check("model: tls", "model: tls\nstrong_identity: true", "3:18: `strong_identity` is an add");
    check("version: 9.1.0", "version: 9.1", "5:12: `local.version` is `9.1`");
    check("version: 9.1.0", "version: 6.6.0", "5:12: Elasticsearch 6.6.0 knows no remote");
    check("platform: ech", "platform: ess", "4:13: `local.platform` is `ess`");
    check("  cluster_id: cf659f7fe6164d9691b284ae36811be1\n", "", "`local.cluster_id` is missing");
    check("  account_id: ec38dd0aa45f4a69909ca5c81c27138a\n", "", "`local.account_id` is missing");
    check("  ca: ech-ca.pem\n", "", "`local.ca` is missing");
    check("cf659f7fe6164d9691b284ae36811be1", "\"*\"", "an id has no `*`");
    check("  ca: ech-ca.pem", "  ca: ech-ca.pem\n  namespace: a", "means nothing on ech");
    check(
        "  ca: ech-ca.pem",
        "  ca: ech-ca.pem\n  endpoint: a",
        "what the local cluster connects to",
    );
    check("endpoint: es.example.com", "endpoint: https://es.example.com", "13:13: the endpoint is");
    check("endpoint: es.example.com", "endpoint: es.example.com:0", "the port is no number");
    check("endpoint: es.example.com", "endpoint: [a, b]", "proxy mode connects to one address");
    check("endpoint: es.example.com", "server_name: 192.0.2.1", "a server name is a host name");
    check("endpoint: es.example.com\n", "ca_is_public: true\n", "never a public one");
    check("[node1.example.com]", "[\"*.example.com\"]", "is no literal name");
    check("  node_names: [node1.example.com]\n", "", "nothing says how the nodes of `remote`");
    check("search: [{names: [\"logs-*\"]}]", "search: []", "names no index");
    check(
        "search: [{names",
        "replication: [{query: {}, names",
        "replication does not support `query`",
    );
    check("search: [{names", "search: [{nmaes", "unknown key `nmaes`");
    check("access:", "trust: {local_accepts: all}\naccess:", "`all` is not one of cluster, scope");
}

/// A value that cannot be read hides nothing else, and is told once.
#[test]
fn everything_is_told_at_once() {
    let text = WHOLE
        .replace("model: tls", "model: tls\nmode: sniff")
        .replace("version: 9.1.0", "version: nine")
        .replace("endpoint: es.example.com", "endpoint: es.example.com;9300")
        .replace("names:", "nmaes:");
    let found = problems(&text);
    for expected in [
        "3:7: sniff mode does not work from ech to self-managed",
        "6:12: `local.version` is `nine`: write three numbers, such as 9.1.0",
        "13:12: `remote.version` is `nine`",
        "14:13: the endpoint is `es.example.com;9300`: write host:port",
        "18:13: unknown key `nmaes`",
    ] {
        assert!(
            found.iter().any(|problem| problem.starts_with(expected)),
            "{expected}: {found:#?}"
        );
    }
    assert!(!found.iter().any(|problem| problem.contains("endpoint` is missing")), "{found:#?}");
}

/// Whom a deployment lets in of a namespace in Kubernetes is the user's choice.
#[test]
fn nodes_on_eck_are_told_or_their_namespace_is_let_in() {
    #[track_caller]
    fn check(remote: &str, trust: &str, expected: &str) {
        let eck = format!("  platform: eck\n  name: q\n{remote}");
        let text = WHOLE.replace("  platform: self-managed\n", &eck);
        let text = text.replace("  node_names: [node1.example.com]\n", trust);
        let found = problems(&text);
        assert_eq!(found.is_empty(), expected.is_empty(), "{found:#?}");
        assert!(found.iter().all(|problem| problem.contains(expected)), "{found:#?}");
    }

    let nothing = "nothing says which nodes `remote` has";
    check("", "", "");
    check("", "trust: {local_accepts: cluster}\n", nothing);
    check("", "trust: {local_accepts: scope}\n", "");
    check("  node_sets: [{name: a, count: 3}]\n", "", "");
    check("  node_sets:\n", "", nothing);
    check("  node_sets: [{name: a, count: 0}]\n", "", nothing);
    check("  cluster_id: a\n  scope_id: b\n", "", "");
    let many = "  node_sets: [{name: a, count: 4294967295}, {name: b, count: 4294967295}]\n";
    check(many, "", "`remote.node_sets` has 8589934590 nodes, and ech lists at most 1000");
    check(many, "trust: {local_accepts: scope}\n", "");
}

#[test]
fn a_star_without_quotes_is_told_as_such() {
    #[track_caller]
    fn check(from: &str, to: &str, expected: &str, help: &str) {
        let Err(Error::Connection { problems }) = Connection::parse(&WHOLE.replace(from, to))
        else {
            panic!("{to}");
        };
        let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
        let place = problem.place;
        assert_eq!(format!("{}:{}: {problem}", place.line, place.column), expected);
        assert_eq!(problem.help.as_deref(), Some(help));
    }

    let message = "a text that begins with `*` must be quoted";
    check("ech-ca.pem", "*.pem", &format!("9:7: {message}"), "quote it: \"*.pem\"");
    check("[\"logs-*\"]", "[*]", &format!("17:21: {message}"), "quote it: \"*\"");
    check("\"logs-*\"", "a, *-logs", &format!("17:24: {message}"), "quote it: \"*-logs\"");
}

/// The place of a key that is there without a value is its own, not that of its table.
#[test]
fn a_key_without_a_value_is_told_at_its_line() {
    let found = problems(&WHOLE.replacen("  version: 9.1.0", "  version:   # of it", 1));
    assert_eq!(found, ["5:10: the key `local.version` has no value"]);
    let found = problems(&WHOLE.replacen("  version: 9.1.0\n", "", 1));
    assert_eq!(found, ["4:3: the key `local.version` is missing"]);
}

#[test]
fn what_api_keys_do_not_need_is_refused() {
    #[track_caller]
    fn check(remote: &str, expected: &str) {
        let text = format!(
            "alias: a\nmodel: api-key\nlocal: {{platform: self-managed, version: 9.1.0}}\n\
             remote: {{{remote}, version: 9.1.0}}\naccess: {{search: [{{names: [a]}}]}}\n"
        );
        let found = problems(&text);
        if expected.is_empty() {
            assert!(found.is_empty(), "{found:#?}");
        } else {
            assert!(found.iter().any(|problem| problem.contains(expected)), "{found:#?}");
        }
    }

    check("platform: ech, endpoint: a", "");
    check("platform: ech, endpoint: a, ca: b", "");
    check("platform: ech, endpoint: 192.0.2.1", "reached by its host name");
    check("platform: ech", "`remote.endpoint` is missing");
    check("platform: ece, endpoint: a", "`remote.ca` is missing");
    check("platform: ece, endpoint: a, ca: b", "");
    check("platform: ece, endpoint: a, ca_is_public: true", "");
    check("platform: ece, endpoint: a, ca: b, ca_is_public: true", "needs no file, and one is");
    check("platform: eck, endpoint: a, ca: b", "`remote.name` is missing");
    check("platform: eck, name: A, endpoint: a, ca: b", "lower-case letters");
    check("platform: eck, name: q, eck_version: 2.15.0, endpoint: a, ca: b", "knows no remote");
    check("platform: eck, name: q, endpoint: a, ca: b", "");
}

#[test]
fn fields_or_documents_may_not_be_restricted_where_one_replicates() {
    let access = "search: [{names: [a], query: {term: {x: 1}}}]\n  replication: [{names: [b]}]";
    let found = problems(&WHOLE.replace("search: [{names: [\"logs-*\"]}]", access));
    assert!(found[0].contains("restricts documents or fields"), "{found:#?}");
}

#[test]
fn deep_and_large_files_are_refused() {
    let deep = |depth| format!("alias: {}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(problems(&deep(40))[0].contains("32 deep"));
    assert!(!problems(&deep(100_000)).is_empty());
    assert!(problems(&" ".repeat(17 << 20))[0].contains("16 MiB"));
    assert!(problems("")[0].contains("the file is empty"));
    assert!(problems("- a")[0].contains("not a mapping"));
}

/// The mode that a pair of versions can do; before 7.6 there is no proxy mode.
#[test]
fn old_clusters_are_connected_in_sniff_mode() {
    #[track_caller]
    fn check(local: &str, remote: &str, mode: &str, expected: Result<Mode, &str>) {
        let text = format!(
            "alias: a\nmodel: tls\n{mode}local: {{platform: self-managed, version: {local}, ca: a}}\n\
             remote: {{platform: self-managed, version: {remote}, endpoint: b, ca: c}}\n\
             access: {{search: [{{names: [a]}}]}}\n"
        );
        match (Connection::parse(&text), expected) {
            (Ok(connection), Ok(mode)) => assert_eq!(connection.mode, mode, "{text}"),
            (Err(_), Err(message)) => {
                let found = problems(&text);
                assert!(found.iter().any(|problem| problem.contains(message)), "{found:#?}");
            }
            (found, _) => panic!("{text}: {found:?}"),
        }
    }

    check("7.17.0", "7.17.0", "", Ok(Mode::Proxy));
    check("7.17.0", "6.8.23", "", Ok(Mode::Sniff));
    check("7.5.2", "7.5.2", "", Ok(Mode::Sniff));
    check("7.5.2", "7.5.2", "mode: proxy\n", Err("knows no proxy mode: 7.6.0 and later do"));
    check("7.17.0", "6.8.23", "mode: proxy\n", Ok(Mode::Proxy));
}

/// Nodes are named by a text, or with the names that a new certificate keeps.
#[test]
fn nodes_are_named_with_what_they_keep() {
    let names = "node_names: [node1.example.com]";
    let whole = "node_names: [a, {name: b, dns: [b.example.com], ip: 192.0.2.1}]";
    let connection = Connection::parse(&WHOLE.replace(names, whole)).unwrap();
    let [a, b] = connection.remote.node_names.as_slice() else { panic!("two names") };
    assert_eq!((a.name.as_str(), a.dns.len()), ("a", 0));
    assert_eq!(
        (b.dns.as_slice(), b.ip.as_slice()),
        (&["b.example.com".to_owned()][..], &["192.0.2.1".to_owned()][..])
    );
    for (wrong, expected) in [
        ("node_names: [{name: a, dms: [b]}]", "unknown key `dms`"),
        ("node_names: [{dns: [b]}]", "is missing"),
        ("node_names: [a, {name: a}]", "is given twice"),
        ("node_names: [[a]]", "neither a name nor"),
    ] {
        let found = problems(&WHOLE.replace(names, wrong));
        assert!(found.iter().any(|problem| problem.contains(expected)), "{wrong}: {found:#?}");
    }
}

/// What a certificate that signs needs to be told by.
#[test]
fn a_signer_is_told_by_its_ids() {
    let text = |local: &str, remote: &str| {
        format!(
            "alias: a\nmodel: api-key\nstrong_identity: true\nlocal: {{{local}, version: 9.3.0}}\n\
             remote: {{{remote}, version: 9.3.0, endpoint: b, ca: c}}\naccess: {{search: [{{names: [a]}}]}}\n"
        )
    };
    let own = "platform: self-managed";
    let found = problems(&text("platform: ech", own));
    assert!(
        found.iter().any(|problem| problem.contains("`local.cluster_id` is missing")),
        "{found:?}"
    );
    let found = problems(&text(own, "platform: eck, name: q"));
    assert!(found.iter().any(|problem| problem.contains("`local.ca` is missing")), "{found:?}");
    let found = problems(&text("platform: ece, cluster_id: a, scope_id: b", own));
    assert!(
        found.iter().any(|problem| problem.contains("no way is known to give ece")),
        "{found:?}"
    );
    assert!(problems(&text("platform: eck, name: q", own)).is_empty());
}
