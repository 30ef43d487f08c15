//! `preflight node --config` says of each file what the JVMs say: the rows of
//! `fixtures/node-files.tsv`, each as a node whose settings name that file.

use crosstrust_testkit::Folder;
use serde_json::Value;

use crate::run;

/// A row, and the settings of a node that is given its file.
struct Case<'a> {
    row: Vec<&'a str>,
}

impl Case<'_> {
    /// The answers of Java 17 and 25; what they read in two ways is read by one of them.
    fn opens(&self) -> [bool; 2] {
        let [old, new] = [self.row[4], self.row[5]];
        let is_least = |one: &str, other: &str| {
            one != "error" && (other == "error" || one.len() >= other.len())
        };
        [is_least(old, new), is_least(new, old)]
    }

    fn settings(&self) -> String {
        let [kind, file, password, key_password, ..] = self.row.as_slice() else { panic!() };
        let quoted = |text: &str| format!("'{text}'");
        let name = file.replace('/', "-");
        let lines = match *kind {
            "keystore" => format!(
                "keystore.path: {name}\nkeystore.password: {}\nkeystore.key_password: {}\n{AUTHORITIES}",
                quoted(password),
                quoted(key_password)
            ),
            "truststore" => {
                format!(
                    "{KEY}{CERTIFICATE}truststore.path: {name}\ntruststore.password: {}\n",
                    quoted(password)
                )
            }
            "key" => {
                format!(
                    "key: {name}\nkey_passphrase: {}\n{CERTIFICATE}{AUTHORITIES}",
                    quoted(password)
                )
            }
            _ => format!("{KEY}{CERTIFICATE}certificate_authorities: {name}\n"),
        };
        let indented: String = lines.lines().map(|line| format!("  {line}\n")).collect();
        format!(
            "xpack.security.transport.ssl:\n  enabled: true\n  verification_mode: certificate\n{indented}"
        )
    }
}

const KEY: &str = "key: node.key\n";
const CERTIFICATE: &str = "certificate: node.crt\n";
const AUTHORITIES: &str = "certificate_authorities: all.crt\n";

#[test]
fn files_are_judged_as_both_releases_of_java_open_them() {
    let folder = Folder::new();
    let fixture = crosstrust_testkit::fixture;
    folder.write("node.crt", fixture("pem/chain.crt"));
    folder.write("node.key", fixture("pem/node.key"));
    folder.write("all.crt", fixture("pem/ca.crt"));
    let table = String::from_utf8(fixture("node-files.tsv")).unwrap();
    let mut failures = Vec::new();
    let mut counts = [0_usize; 3];
    for line in table.lines().skip(1) {
        let case = Case { row: line.split('\t').collect() };
        folder.write(&case.row[1].replace('/', "-"), fixture(case.row[1]));
        folder.write("elasticsearch.yml", case.settings());
        let config = ["preflight", "node", "--config", "elasticsearch.yml", "--format", "json"];
        let ended = run(&folder, &[&config[..], &["--at", "2026-01-31T12:00:00Z"]].concat());
        let document: Value = serde_json::from_str(ended.text()).unwrap();
        let codes: Vec<&str> = document["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| OF_FILES.contains(&finding["code"].as_str().unwrap()))
            .filter(|finding| finding["path"] == "elasticsearch.yml")
            .map(|finding| finding["code"].as_str().unwrap())
            .collect();
        let differs = codes.contains(&"PF091");
        let refused = codes.iter().any(|code| *code != "PF091");
        let verdict = document["nodes"][0]["verdict"].as_str().unwrap_or_default();
        let opens = case.opens();
        counts[opens.iter().filter(|opens| **opens).count()] += 1;
        let holds = match opens {
            [true, true] => !refused && !differs,
            [false, false] => refused && verdict == "refused",
            // Another of its files, or its path, may refuse the node as well.
            _ => differs && !refused && verdict != "accepted",
        };
        if !holds || ended.status == Some(0) && verdict != "accepted" {
            failures.push(format!("{:?}: {codes:?}, {verdict}", case.row));
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    assert!(counts.iter().all(|count| *count >= 8), "{counts:?}");
}

/// The findings that say that a file is not opened.
const OF_FILES: [&str; 6] = ["PF002", "PF003", "PF048", "PF081", "PF090", "PF091"];

/// A file that no JVM opens makes no node that is accepted, in whatever command it is given.
#[test]
fn every_command_asks_what_java_opens() {
    let folder = Folder::new();
    folder.write("nodes/aria.p12", crosstrust_testkit::fixture("node/aria-256.p12"));
    folder.write("good/node.p12", crosstrust_testkit::fixture("p12/openssl/node-with-chain.p12"));
    folder.write("ca.crt", crosstrust_testkit::fixture("pem/ca.crt"));
    let at = ["--at", "2026-01-31T12:00:00Z", "--pass", "changeit", "--format", "json"];
    let node = ["preflight", "node", "nodes/aria.p12", "--trust", "ca.crt"];
    let ended = run(&folder, &[&node[..], &at].concat()).exits_with(1);
    let document: Value = serde_json::from_str(ended.text()).unwrap();
    assert_eq!(document["nodes"][0]["verdict"], "refused", "{document:#}");
    assert_eq!(document["findings"][0]["code"], "PF090", "{document:#}");
    let clusters = ["--cluster", "bad=nodes,ca=ca.crt", "--cluster", "good=good,ca=ca.crt"];
    let ended =
        run(&folder, &[&["preflight", "matrix"], &clusters[..], &at].concat()).exits_with(1);
    let document: Value = serde_json::from_str(ended.text()).unwrap();
    for row in document["accepts"].as_array().unwrap() {
        let from_good = row["from"].as_str().unwrap().starts_with("good/");
        assert_eq!(row["accepted"], from_good, "{document:#}");
    }
}
