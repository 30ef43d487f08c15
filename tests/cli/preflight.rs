//! `crosstrust preflight`.

use crosstrust_testkit::{Folder, rows, tool};
use serde_json::Value;

use crate::{fixture, run};

#[test]
fn a_certificate_without_other_name_is_refused_with_the_remedy() {
    let folder = Folder::new();
    folder.write("trust.yml", "trust.subject_name:\n  - '*.cluster.myscope.account'\n");
    let (node, ca) = (fixture("pem/node.crt"), fixture("pem/ca.crt"));
    let intermediate = fixture("pem/intermediate.crt");
    let arguments = ["preflight", "node", &node, "--restrictions", "trust.yml", "--trust", &ca];
    let ended = run(&folder, &[&arguments[..], &[&intermediate]].concat()).exits_with(1);
    let text = ended.text();
    assert!(text.contains("PF032"), "{text}");
    assert!(text.contains("otherName"), "{text}");
    assert!(text.contains("`cn`"), "{text}");

    let named = fixture("pem/node-named.crt");
    let arguments = ["preflight", "node", &named, "--restrictions", "trust.yml", "--trust", &ca];
    let ended = run(&folder, &arguments).succeeds();
    assert!(
        ended.text().contains("node1.node.1234567abcd.cluster.myscope.account"),
        "{}",
        ended.text()
    );
}

#[test]
fn machines_get_findings_summary_and_nodes() {
    let folder = Folder::new();
    let (node, ca) = (fixture("pem/node.crt"), fixture("pem/ca-ec.crt"));
    let arguments = ["preflight", "node", &node, "--trust", &ca, "--format", "json"];
    let ended = run(&folder, &arguments).exits_with(1);
    let document: Value = serde_json::from_str(ended.text()).unwrap();
    assert_eq!(document["nodes"][0]["path"], node);
    assert_eq!(document["nodes"][0]["ok"], false);
    assert!(document["summary"]["errors"].as_u64().unwrap() >= 1);
    let finding = &document["findings"][0];
    for key in ["code", "severity", "message", "path", "line", "column", "help"] {
        assert!(finding.get(key).is_some(), "{key} is missing in {finding}");
    }
}

/// What the trust manager takes, and no node presents: no handshake is signed with a key on P-224, and a
/// key store takes no key with certificates of which one is not issued by the next.
const NOT_PRESENTED: [&str; 6] = [
    "ec-p224-leaf",
    "disordered-chain",
    "unrelated-in-chain",
    "leaf-not-first",
    "leaf-not-first-without-key-usage",
    "authority-key-id-mismatch-disordered",
];

/// Every chain that the JDK's own trust manager was asked about, and its verdict in each role.
#[test]
fn verdicts_are_those_of_the_jdk() {
    let folder = Folder::new();
    for row in rows("cluster/scenarios.tsv") {
        let [scenario, client, server] = row.as_slice() else { panic!("{row:?}") };
        let chain = fixture(&format!("cluster/scenarios/{scenario}.chain.pem"));
        let trust = fixture(&format!("cluster/scenarios/{scenario}.trust.pem"));
        let arguments = ["preflight", "node", &chain, "--trust", &trust, "--format", "json"];
        let ended = run(&folder, &arguments);
        assert!(matches!(ended.status, Some(0 | 1)), "{scenario}: {}", ended.messages());
        let document: Value = serde_json::from_str(ended.text()).unwrap();
        let node = &document["nodes"][0];
        let found = (node["as_client"].as_bool(), node["as_server"].as_bool());
        let presented = !NOT_PRESENTED.contains(&scenario.as_str());
        // The list has the certificate and not its issuer, and only an issuer is asked for.
        let asked_for = presented && scenario != "pinned-issued";
        let expected = (Some(client == "ok" && asked_for), Some(server == "ok" && presented));
        assert_eq!(found, expected, "{scenario}: {}", ended.text());
    }
}

#[test]
fn time_can_be_set_and_keys_are_compared() {
    let folder = Folder::new();
    let (node, ca) = (fixture("pem/node-named.crt"), fixture("pem/ca.crt"));
    let check = |rest: &[&str]| {
        run(&folder, &[&["preflight", "node", &node, "--trust", &ca], rest].concat())
    };
    check(&["--at", "2050-01-01T00:00:00Z"]).succeeds();
    let late = check(&["--at", "2150-01-01T00:00:00Z"]).exits_with(1);
    assert!(late.text().contains("PF011"), "{}", late.text());
    check(&["--at", "tomorrow"]).exits_with(2);
    check(&["--key", &fixture("pem/node-named.key")]).succeeds();
    let other = check(&["--key", &fixture("pem/node.key")]).exits_with(1);
    assert!(other.text().contains("PF004"), "{}", other.text());
    let locked = check(&["--key", &fixture("pem/keys/rsa-pbes2-aes-256-cbc.key")]).exits_with(2);
    assert!(locked.messages().contains("--pass"), "{}", locked.messages());
}

#[test]
fn each_code_is_explained() {
    let folder = Folder::new();
    let ended = run(&folder, &["explain", "pf032"]).succeeds();
    assert!(ended.text().starts_with("PF032 (error): "), "{}", ended.text());
    let unknown = run(&folder, &["explain", "PF999"]).exits_with(2);
    assert!(unknown.messages().contains("no such code"), "{}", unknown.messages());
}

#[test]
fn the_ca_is_given_as_a_list_and_not_with_its_key() {
    let folder = Folder::new();
    let node = fixture("pem/node-named.crt");
    let check = |trust: &str| {
        run(&folder, &["preflight", "node", &node, "--trust", trust, "--pass", "changeit"])
    };
    // Elasticsearch: "the truststore does not contain any trusted certificate entries".
    let told = check(&fixture("p12/openssl/ca.p12")).exits_with(1);
    assert!(told.text().contains("PF090") && told.text().contains("extract-ca"), "{}", told.text());
    let both = folder.write(
        "both.pem",
        [crosstrust_testkit::fixture("pem/ca.crt"), crosstrust_testkit::fixture("pem/ca.key")]
            .concat(),
    );
    let told = check(&both.to_string_lossy()).exits_with(1);
    assert!(told.text().contains("PF048"), "{}", told.text());
}

/// On a terminal, paths lose their first folders and names stand below; into a pipe everything goes whole.
#[test]
fn a_table_is_no_wider_than_the_terminal() {
    let folder = Folder::new();
    let place = "a/folder/that/is/longer/than/there/is/room/for/node-named.crt";
    let node = folder.write(place, crosstrust_testkit::fixture("pem/node-named.crt"));
    let (node, ca) = (node.to_string_lossy().into_owned(), fixture("pem/ca.crt"));
    let words = ["preflight", "node", &node, "--trust", &ca];
    let whole = run(&folder, &words).succeeds();
    assert!(whole.text().contains(&node), "{}", whole.text());
    let mut command = std::process::Command::new("sh");
    command.args(["-c", "stty cols 70 && exec \"$@\"", "sh", env!("CARGO_BIN_EXE_crosstrust")]);
    command.args(words).env("NO_COLOR", "1");
    let mut session = rexpect::session::spawn_command(command, Some(60_000)).unwrap();
    // Each byte comes as a character.
    let bytes = session.exp_eof().unwrap().chars().map(|c| u8::try_from(c).unwrap()).collect();
    let shown = String::from_utf8(bytes).unwrap();
    let table: Vec<&str> = shown.lines().take(4).collect();
    assert!(table.iter().all(|line| line.chars().count() <= 70), "{shown}");
    let row = table[2];
    assert!(row.starts_with('…') && row.contains("node-named.crt  accepted"), "{shown}");
    assert_eq!(table[3], "    node1.node.1234567abcd.cluster.myscope.account", "{shown}");
}

/// The table and the finding round alike: half a day more than 396 days.
#[test]
fn days_are_rounded_in_one_way() {
    let (node, ca) = (fixture("cluster/nodes/expired.crt"), fixture("cluster/ca.crt"));
    let words = ["preflight", "node", &node, "--trust", &ca, "--at", "2026-01-31T12:00:00Z"];
    let ended = run(&Folder::new(), &words).exits_with(1);
    let row = ended.text().lines().nth(1).unwrap();
    assert!(row.contains(" -397 "), "{row}");
    let told = "expired at 2024-12-31T00:00:00Z, 397 days ago";
    assert!(ended.text().contains(told), "{}", ended.text());
}

/// The hint names the option that was used, what is odd about its file, and the option that is meant.
#[test]
fn a_wrong_password_is_told_by_its_option() {
    let folder = Folder::new();
    let (node, trust) =
        (fixture("cluster/nodes/self-managed-1.crt"), fixture("p12/keytool/truststore.p12"));
    let told = |rest: &[&str]| {
        let command = ["preflight", "node", &node, "--trust", &trust];
        run(&folder, &[&command[..], rest].concat()).exits_with(2).messages()
    };
    assert!(told(&[]).contains("--trust-pass, --trust-pass-file"), "{}", told(&[]));
    let wrong = told(&["--pass", "wrong"]);
    assert!(
        wrong.contains("check what --pass gives, or give another with --trust-pass"),
        "{wrong}"
    );
    for (text, odd) in [
        ("\u{feff}changeit", "byte order mark"),
        ("changeit \n", "blank at its end"),
        ("changeit\nx\n", "more than one line"),
    ] {
        folder.write("secret.txt", text);
        let wrong = told(&["--trust-pass-file", "secret.txt"]);
        assert!(wrong.contains("--trust-pass-file secret.txt") && wrong.contains(odd), "{wrong}");
    }
}

/// Java trusts an issuing CA as it is; OpenSSL, and whoever builds on it, wants the root as well.
#[test]
fn an_issuing_ca_alone_is_a_warning() {
    let (node, issuing) = (fixture("pem/node.crt"), fixture("pem/intermediate.crt"));
    let root = fixture("pem/ca.crt");
    let node_check = |trust: &[&str]| {
        let words = [&["preflight", "node", &node, "--format", "json", "--trust"], trust].concat();
        let ended = run(&Folder::new(), &words).succeeds();
        serde_json::from_str::<Value>(ended.text()).unwrap().to_string()
    };
    let alone = node_check(&[&issuing]);
    assert!(alone.contains("PF137") && alone.contains("`CN=Fixture Intermediate CA`"), "{alone}");
    assert!(!node_check(&[&issuing, &root]).contains("PF137"));
    assert!(!node_check(&[&root, &issuing]).contains("PF137"));
    let Some(openssl) = tool("openssl") else { return };
    let verify = |options: &[&str]| {
        let words = [&["verify", "-no-CApath"], options, &["-CAfile", &issuing, &node]].concat();
        openssl.with(words).run()
    };
    let told = verify(&[]).messages();
    assert!(told.contains("unable to get issuer certificate"), "{told}");
    verify(&["-partial_chain"]).succeeds();
}
