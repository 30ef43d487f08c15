//! Findings: which rule speaks up where, and what it says.

#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use crosstrust_preflight::{
    Cluster, KeyContainer, Node, Policy, Settings, TrustFile, TrustList, VerificationMode,
    check_node, check_nodes, matrix,
};
use crosstrust_report::Report;
use crosstrust_restrictions::X509Field;

use support::{certificates, cluster_ca, key, node, now, policy, restrictions};

/// The codes of a report, without the note that names are not compared here.
fn codes(report: &Report) -> String {
    let codes = report.findings().iter().map(|finding| finding.rule().code);
    codes.filter(|code| *code != "PF074").collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn message(report: &Report, code: &str) -> String {
    let mut findings = report.findings().iter();
    findings.find(|finding| finding.rule().code == code).unwrap().message().to_owned()
}

#[track_caller]
fn help(report: &Report, code: &str) -> String {
    let mut findings = report.findings().iter();
    findings.find(|finding| finding.rule().code == code).unwrap().help().to_owned()
}

/// What the catalogue asks for beside each verdict of the scenarios.
#[test]
fn scenarios_have_the_findings_of_the_catalogue() {
    #[track_caller]
    fn check(scenario: &str, expected: &str) {
        let file = |part: &str| format!("cluster/scenarios/{scenario}.{part}.pem");
        let policy =
            Policy::new(Settings::new(TrustList::new(certificates(&file("trust")))), now());
        let verdicts = check_nodes(&[Node::new(scenario, certificates(&file("chain")))], &policy);
        assert_eq!(codes(&verdicts.report), expected, "{scenario}");
    }

    check("eku-both", "");
    check("eku-code-signing", "PF016 PF017");
    check("ku-key-agreement", "PF018");
    check("leaf-is-ca", "PF020");
    check("leaf-not-first", "PF005 PF006 PF018");
    check("disordered-chain", "PF006");
    check("anchor-expired", "PF013 PF014");
    check("anchor-not-yet-valid", "PF013");
    check("leaf-outlives-anchor", "PF014");
    check("anchor-path-length-exceeded", "PF073");
    check("anchor-name-constraints-violated", "PF073");
    check("intermediate-missing", "PF010");
    check("self-signed-not-pinned", "PF008");
    check("intermediate-without-key-usage", "PF076");
    check("same-name-other-key", "PF007");
    check("same-name-both-trusted", "PF047");
    check("authority-key-id-mismatch", "PF027");
    check("pinned-expired", "PF013 PF047 PF046");
    check("rsa-1024-leaf", "PF071");
    check("rsa-1024-anchor", "PF071");
    check("sha1-leaf", "PF029");
    check("sha1-anchor", "");
    check("md5-leaf", "PF028");
    check("ec-p192-leaf", "PF030");
    check("ec-p224-leaf", "PF030");
}

/// The handshakes of Elasticsearch say so: `tests/elasticsearch/handshakes.rs` asks them.
#[test]
fn a_certificate_is_presented_where_its_issuer_is_asked_for() {
    let own = node("self-managed-1");
    let alone = TrustList::new(certificates("cluster/nodes/self-managed-1.crt"));
    let judged = check_node(&own, &Policy::new(Settings::new(alone), now()));
    assert!(judged.as_server.is_accepted() && !judged.as_client.is_accepted());
    assert_eq!(judged.as_client.rule().unwrap().code, "PF120");
    let files = ["cluster/nodes/self-managed-1.crt", "cluster/ca.crt"];
    let both = TrustList::new(files.into_iter().flat_map(certificates).collect::<Vec<_>>());
    let judged = check_node(&own, &Policy::new(Settings::new(both), now()));
    assert!(judged.is_accepted(), "{}", codes(&judged.report));
}

#[test]
fn a_certificate_without_other_name_is_refused_where_names_are_compared() {
    let old = node("certutil-1");
    assert!(check_node(&old, &policy()).ok());

    let mut policy = policy();
    policy.remote.restrictions = Some(restrictions("*.node.1234567abcd.cluster.myscope.account"));
    let verdict = check_node(&old, &policy);
    assert!(!verdict.is_accepted() && verdict.names.is_empty());
    assert_eq!(codes(&verdict.report), "PF032");
    assert_eq!(
        message(&verdict.report, "PF032"),
        "the certificate has no otherName common name, and only that is compared with `trust.yml`"
    );
    let help = help(&verdict.report, "PF032");
    assert!(help.contains("`cn`") && help.contains("subjectAltName.dnsName"), "{help}");

    policy.remote.fields = vec![X509Field::DnsName];
    policy.remote.restrictions = Some(restrictions("es1.example.com"));
    assert!(check_node(&old, &policy).ok());
}

#[test]
fn a_name_that_is_not_admitted_is_told_with_the_nearest_pattern() {
    let mut policy = policy();
    policy.remote.restrictions = Some(restrictions("*.node.1234567abcd.cluster.myscope.account"));
    assert!(check_node(&node("self-managed-1"), &policy).ok());
    let verdict = check_node(&node("cloud-1"), &policy);
    assert_eq!(codes(&verdict.report), "PF033");
    let message = message(&verdict.report, "PF033");
    assert!(
        message.contains("`*.node.1234567abcd.cluster.myscope.account` comes nearest"),
        "{message}"
    );
    assert_eq!(verdict.as_client, verdict.as_server);
}

#[test]
fn the_own_cluster_has_a_say_too() {
    let mut policy = policy();
    policy.own = Some(Settings::new(TrustList::new(certificates("cluster/other-ca.crt"))));
    let verdict = check_node(&node("cloud-1"), &policy);
    assert!(verdict.as_client.is_accepted() && !verdict.is_accepted() && !verdict.ok());
    assert_eq!(verdict.verdict().rule().map(|rule| rule.code), Some("PF009"));
    assert_eq!(codes(&verdict.report), "PF009");

    let mut own = Settings::new(cluster_ca());
    own.restrictions = Some(restrictions("*.node.other.cluster.myscope.account"));
    policy.own = Some(own);
    let verdict = check_node(&node("cloud-1"), &policy);
    assert_eq!(codes(&verdict.report), "PF034");
    assert_eq!(verdict.verdict().rule().map(|rule| rule.code), Some("PF034"));
}

#[test]
fn keys_are_compared_with_certificates() {
    #[track_caller]
    fn check(node: &Node, expected: &str, reason: &str) {
        let verdict = check_node(node, &policy());
        assert_eq!(codes(&verdict.report), expected);
        let found = verdict.verdict().reason().unwrap_or_default();
        assert!(found.starts_with(reason) && found.is_empty() == reason.is_empty(), "{found}");
        // A cluster says the same of it.
        let settings = Settings::new(cluster_ca());
        let cluster = Cluster { name: "east".to_owned(), nodes: vec![node.clone()], settings };
        assert_eq!(matrix(&[cluster], now()).verdicts[0].verdict(), &verdict.verdict());
    }

    // Elasticsearch 8.19 and 9.5 start with either, and "Cannot verify CertificateVerify signature".
    let fails = "every handshake fails: the private key";
    let cloud = key("cluster/nodes/cloud-1.key");
    check(&node("cloud-1").with_key(&cloud, KeyContainer::Pem), "", "");
    check(&node("cloud-1").with_key(&cloud, KeyContainer::Pkcs12), "", "");
    check(&node("cloud-2").with_key(&cloud, KeyContainer::Pem), "PF004", fails);
    check(&node("cloud-2").with_key(&cloud, KeyContainer::Pkcs12), "PF004", fails);
    let ed25519 = key("pem/keys/ed25519-pkcs8.key");
    let not_read = "the node does not start: the private key is ed25519";
    check(&node("cloud-1").with_key(&ed25519, KeyContainer::Pem), "PF002 PF004", not_read);
    check(&node("cloud-1").with_key(&ed25519, KeyContainer::Pkcs12), "PF004", fails);
    assert_eq!(codes(&check_node(&node("cloud-1").with_locked_key(), &policy()).report), "PF003");
}

/// "Certificate chain is not valid", say Elasticsearch 8.19 and 9.5 of certificates in PEM, and nothing of a
/// key store.
#[test]
fn certificates_beside_a_pem_key_are_a_chain_or_the_node_does_not_start() {
    #[track_caller]
    fn check(files: &[&str], broken: bool) {
        let chain = files.iter().flat_map(|file| certificates(file)).collect::<Vec<_>>();
        let key = key("cluster/nodes/cloud-1.key");
        for container in [KeyContainer::Pem, KeyContainer::Pkcs12] {
            let node = Node::new("node", chain.clone()).with_key(&key, container);
            let verdict = check_node(&node, &policy());
            let is_found = broken && container == KeyContainer::Pem;
            let start = "the node does not start: `";
            let reason = verdict.verdict().reason().unwrap_or_default();
            assert_eq!(reason.starts_with(start), is_found, "{files:?}: {reason}");
            assert_eq!(codes(&verdict.report).contains("PF106"), is_found, "{files:?}");
        }
    }

    let (own, ca, other) = ("cluster/nodes/cloud-1.crt", "cluster/ca.crt", "cluster/other-ca.crt");
    check(&[own], false);
    check(&[own, ca], false);
    check(&[own, own], true);
    check(&[own, ca, ca], true);
    check(&[own, other], true);
    check(&[own, ca, other], true);
    check(&[ca, own], true);
}

#[test]
fn a_key_that_signs_no_handshake_refuses_a_node() {
    for word in ["", "-p224", "-brainpool", "-explicit", "-dsa"] {
        for (kind, is_refused) in [("broken", true), ("kept", false)] {
            let file =
                |part: &str| certificates(&format!("preflight/PF030{word}-{kind}{part}.pem"));
            let settings = Settings::new(TrustList::new(file(".trust")));
            let verdict = check_node(&Node::new("node", file("")), &Policy::new(settings, now()));
            assert_eq!(
                verdict.verdict().rule().map(|rule| rule.code),
                is_refused.then_some("PF030"),
                "{word} {kind}"
            );
            assert_eq!(codes(&verdict.report).contains("PF030"), is_refused, "{word} {kind}");
            let reason = verdict.verdict().reason().unwrap_or_default();
            assert!(reason.contains("every handshake fails") || !is_refused, "{reason}");
        }
    }
}

#[test]
fn purposes_that_only_some_releases_refuse_are_not_judged() {
    for (word, expected) in [("broken", "not_judged"), ("kept", "accepted")] {
        let file = |part: &str| certificates(&format!("preflight/PF086-purposes-{word}{part}.pem"));
        let settings = Settings::new(TrustList::new(file(".trust")));
        let verdict = check_node(&Node::new("node", file("")), &Policy::new(settings, now()));
        assert_eq!(verdict.verdict().key(), expected);
    }
}

#[test]
fn a_key_that_comes_later_is_told_first() {
    let cloud = key("cluster/nodes/cloud-1.key");
    let mut reversed = certificates("cluster/ca.crt");
    reversed.extend(certificates("cluster/nodes/cloud-1.crt"));
    let verdict =
        check_node(&Node::new("reversed", reversed).with_key(&cloud, KeyContainer::Pem), &policy());
    assert!(codes(&verdict.report).starts_with("PF005"), "{}", codes(&verdict.report));
}

#[test]
fn dates_are_told() {
    let verdict = check_node(&node("expired"), &policy());
    assert_eq!((codes(&verdict.report).as_str(), verdict.ok()), ("PF011", false));
    assert!(verdict.days_left.unwrap() < 0);
    assert_eq!(codes(&check_node(&node("not-yet-valid"), &policy()).report), "PF011");

    let mut policy = policy();
    policy.now = node("cloud-1").leaf().unwrap().not_after().plus_days(-10);
    let verdict = check_node(&node("cloud-1"), &policy);
    assert_eq!((codes(&verdict.report).as_str(), verdict.days_left), ("PF012", Some(10)));
    assert!(verdict.ok());
    policy.warn_days = 10;
    assert_eq!(codes(&check_node(&node("cloud-1"), &policy).report), "");
    policy.now = node("cloud-1").leaf().unwrap().not_before().plus_seconds(60);
    assert_eq!(codes(&check_node(&node("cloud-1"), &policy).report), "PF015");
}

#[test]
fn addresses_are_compared_in_full_mode() {
    let mut policy = policy();
    let covered = node("cloud-1").with_host("es1.example.com").with_host("192.0.2.1");
    assert!(check_node(&covered, &policy).ok());
    let stranger = covered.with_host("192.0.2.9");
    let verdict = check_node(&stranger, &policy);
    assert_eq!(codes(&verdict.report), "PF039");
    assert!(verdict.as_client.is_accepted() && !verdict.as_server.is_accepted());
    policy.server_name = Some("es1.example.com".to_owned());
    assert!(check_node(&stranger, &policy).ok());
    // Where no address is known, the server name is all there is to compare.
    assert!(check_node(&node("cloud-1"), &policy).ok());
    policy.server_name = Some("other.example.com".to_owned());
    let verdict = check_node(&node("cloud-1"), &policy);
    assert_eq!(codes(&verdict.report), "PF039");
    assert!(verdict.as_client.is_accepted() && !verdict.as_server.is_accepted());
    policy.server_name = None;
    policy.remote.mode = VerificationMode::Certificate;
    let verdict = check_node(&stranger, &policy);
    assert_eq!((codes(&verdict.report).as_str(), verdict.ok()), ("PF040", true));
}

#[test]
fn nothing_is_verified_in_mode_none_and_names_are_compared_all_the_same() {
    let mut policy = Policy::new(Settings::new(TrustList::default()), now());
    policy.remote.mode = VerificationMode::None;
    assert!(check_node(&node("expired"), &policy).ok());
    policy.remote.restrictions = Some(restrictions("*.node.other.cluster.myscope.account"));
    let verdicts = check_nodes(&[node("cloud-1")], &policy);
    assert_eq!(codes(&verdicts.report), "PF051 PF033");
}

#[test]
fn encodings_of_names_that_only_some_releases_read_are_told() {
    #[track_caller]
    fn check(file: &str, expected: &str) {
        let node = Node::new(file, certificates(&format!("san/{file}.crt")));
        let mut policy = policy();
        policy.remote.mode = VerificationMode::None;
        assert_eq!(codes(&check_node(&node, &policy).report), expected, "{file}");
    }

    check("utf8", "");
    check("explicit-twice", "PF035");
    check("t61", "PF035");
    check("upper-case", "PF036");
    check("trailing-blank", "PF036");
    check("utf8-non-ascii", "PF036");
    check("dns-underscore", "PF042");
    check("dns-trailing-dot", "PF042");
}

#[test]
fn nodes_are_compared_with_each_other() {
    #[track_caller]
    fn check(nodes: &[Node], expected: &str) {
        assert_eq!(codes(&check_nodes(nodes, &policy()).report), expected);
    }

    check(&[node("cloud-1"), node("cloud-2"), node("cloud-3")], "");
    check(&[node("cloud-1"), node("self-managed-1")], "PF038");
    check(&[node("cloud-1"), node("eck-1")], "PF038");
    let again = Node::new("copy", certificates("cluster/nodes/cloud-1.crt"));
    check(&[node("cloud-1"), again], "");
}

#[test]
fn a_missing_intermediate_is_looked_for_among_what_is_known() {
    let chain = certificates("cluster/scenarios/intermediate.chain.pem");
    let trust = TrustList::new(certificates("cluster/scenarios/intermediate.trust.pem"));
    let whole = Node::new("whole.pem", chain.clone());
    let bare = Node::new("bare.pem", chain.into_iter().take(1).collect());
    let verdicts = check_nodes(&[whole, bare], &Policy::new(Settings::new(trust), now()));
    assert!(verdicts.nodes[0].ok() && !verdicts.nodes[1].ok());
    assert_eq!(
        help(&verdicts.report, "PF010"),
        "`CN=Scenario Issuing CA` is an intermediate below `CN=Scenario CA`, which is trusted: append its certificate from `whole.pem` right after the node's certificate"
    );
}

#[test]
fn lists_are_looked_at_once() {
    let ca = || certificates("cluster/ca.crt");
    let file = |path: &str, certificates, private_keys| TrustFile {
        key_entries: Vec::new(),
        path: path.to_owned(),
        certificates,
        private_keys,
        obstacles: Vec::new(),
    };
    let mut policy = policy();
    let files = [file("ca.pem", ca(), 0), file("again.pem", ca(), 1), file("empty.pem", vec![], 0)];
    policy.remote.trust = TrustList::from_files(files);
    policy.own = Some(Settings::new(policy.remote.trust.clone()));
    let verdicts = check_nodes(&[], &policy);
    assert_eq!(codes(&verdicts.report), "PF047 PF048 PF048");
    assert_eq!(verdicts.report.findings()[1].path(), Some("again.pem"));
}

#[test]
fn a_node_without_certificate_is_refused() {
    let verdicts = check_nodes(&[Node::new("empty.p12", Vec::new())], &policy());
    assert_eq!((codes(&verdicts.report).as_str(), verdicts.nodes[0].ok()), ("PF001", false));
}

#[test]
fn a_public_ca_in_a_list_is_told() {
    let file = |path: &str, of: &str| TrustFile {
        path: path.to_owned(),
        certificates: certificates(of),
        ..TrustFile::default()
    };
    let files = [file("ca.pem", "cluster/ca.crt"), file("public.pem", "ca/public-root.crt")];
    let settings = Settings::new(TrustList::from_files(files));
    let report = check_nodes(&[], &Policy::new(settings.clone(), now())).report;
    assert_eq!(codes(&report), "PF103");
    assert_eq!(report.findings()[0].path(), Some("public.pem"));
    let cluster = Cluster { name: "east".to_owned(), nodes: Vec::new(), settings };
    assert_eq!(codes(&matrix(&[cluster], now()).report()), "PF103");
}
