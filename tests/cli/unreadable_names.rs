//! Certificates whose alternative names Java cannot read, in every command that compares names.

use crosstrust_testkit::Folder;
use serde_json::Value;

use crate::{fixture, openssl, run};

const NAME: &str = "node1.node.1234567abcd.cluster.myscope.account";
const UNREADABLE: [&str; 6] = [
    "uri-without-scheme",
    "uri-host-ends-in-dot",
    "mail-ends-in-at",
    "edi-party-name",
    "ip-of-five-octets",
    "implicit-beside-utf8",
];

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("trust.yml", format!("trust.subject_name: ['{NAME}']\n"));
    folder
}

#[test]
fn restrictions_find_no_name() {
    let folder = folder();
    for name in UNREADABLE {
        let certificate = fixture(&format!("san/{name}.crt"));
        let ended =
            run(&folder, &["restrictions", "check", "trust.yml", &certificate]).exits_with(1);
        // Java 17 reads the last one.
        let told = ["Java cannot read its alternative names", "Java 25 cannot read them"];
        assert!(told.iter().any(|told| ended.text().contains(told)), "{name}: {}", ended.text());
        let own = ["restrictions", "generate", "--own", &certificate];
        let ended = run(&folder, &own).exits_with(2);
        assert!(ended.messages().contains("Java cannot read its alternative names"), "{name}");
        let lint = ["restrictions", "lint", "trust.yml", "--own", &certificate];
        let ended = run(&folder, &lint).exits_with(1);
        assert!(ended.text().contains("Java cannot read its alternative names"), "{name}");
    }
    let readable = fixture("san/ip-network.crt");
    run(&folder, &["restrictions", "check", "trust.yml", &readable]).succeeds();
}

#[test]
fn the_path_is_accepted_and_restrictions_and_host_name_refuse() {
    let folder = folder();
    let ca = fixture("cluster/ca.crt");
    let judge = |certificate: &str, rest: &[&str]| {
        let node = ["preflight", "node", certificate, "--trust", &ca, "--format", "json"];
        let ended = run(&folder, &[&node[..], rest].concat());
        let document: Value = serde_json::from_str(ended.text()).unwrap();
        let findings = document["findings"].as_array().unwrap().clone();
        let codes = findings.iter().map(|finding| finding["code"].as_str().unwrap().to_owned());
        (document["nodes"][0]["ok"].as_bool().unwrap(), codes.collect::<Vec<_>>().join(" "))
    };
    let verdict = |ok: bool, codes: &str| (ok, codes.to_owned());
    let restricted = ["--restrictions", "trust.yml"];
    let addressed = ["--hostname", "es1.example.com"];
    // The last has a finding about its otherName as well.
    for name in UNREADABLE.into_iter().take(5) {
        let certificate = fixture(&format!("san/{name}.crt"));
        assert_eq!(judge(&certificate, &[]), verdict(true, "PF100"), "{name}");
        assert_eq!(judge(&certificate, &restricted), verdict(false, "PF032 PF100"), "{name}");
        assert_eq!(judge(&certificate, &addressed), verdict(false, "PF039 PF100"), "{name}");
    }
    let network = fixture("san/ip-network.crt");
    let all = [&restricted[..], &addressed].concat();
    assert_eq!(judge(&network, &all), verdict(true, "PF101"));
    assert_eq!(judge(&network, &["--hostname", "10.0.0.1"]), verdict(false, "PF039 PF101"));
}

#[test]
fn clusters_refuse_such_a_node() {
    let folder = folder();
    let (ca, bad) = (fixture("cluster/ca.crt"), fixture("san/uri-without-scheme.crt"));
    let good = fixture("san/utf8.crt");
    let of = |name: &str, nodes: &str| format!("{name}={nodes},ca={ca},restrictions=trust.yml");
    let (east, west) = (of("east", &bad), of("west", &good));
    let matrix = ["preflight", "matrix", "--cluster", &east, "--cluster", &west];
    let ended = run(&folder, &matrix).exits_with(1);
    assert!(ended.text().contains("has no scheme"), "{}", ended.text());
    run(&folder, &["report", &east, &west, "--out", "page"]).exits_with(1);
    let report = folder.read_text("page/report.json");
    assert!(report.contains("has no scheme"), "{report}");
}

#[test]
fn a_new_certificate_is_without_the_name() {
    let folder = folder();
    let (ca, key) = (fixture("cluster/ca.crt"), fixture("cluster/ca.key"));
    let naming = ["--cluster-id", "1234567abcd", "--scope-id", "myscope", "--pem"];
    let authority = ["reissue", "--ca-cert", &ca, "--ca-key", &key];
    for name in UNREADABLE {
        let out = format!("{name}.out");
        let old = fixture(&format!("san/{name}.crt"));
        let to = ["--out", &out, &old];
        let ended = run(&folder, &[&authority[..], &naming, &to].concat()).succeeds();
        let is_other_name = name == "implicit-beside-utf8";
        assert_eq!(ended.text().contains("left out"), !is_other_name, "{}", ended.text());
        let new = format!("{out}/node1/node1.crt");
        run(&folder, &["restrictions", "check", "trust.yml", &new]).succeeds();
        let shown = ["x509", "-in", &new, "-noout", "-ext", "subjectAltName"];
        let Some(text) = openssl(&folder, &shown) else { continue };
        assert!(is_other_name || text.contains("DNS:es1.example.com"), "{name}: {text}");
    }
}

#[test]
fn whoever_inspects_or_signs_is_warned() {
    let folder = folder();
    for name in UNREADABLE {
        let ended = run(&folder, &["inspect", &fixture(&format!("san/{name}.crt"))]).succeeds();
        let told = "Java reads none of the alternative names of `CN=";
        assert!(ended.messages().contains(told), "{name}: {}", ended.messages());
    }
    let inspected = run(&folder, &["inspect", &fixture("san/ip-network.crt")]).succeeds();
    assert!(!inspected.messages().contains("Java reads none"), "{}", inspected.messages());

    let make =
        ["req", "-new", "-noenc", "-newkey", "rsa:2048", "-subj", "/CN=n", "-keyout", "n.key"];
    let (ca, key) = (fixture("cluster/ca.crt"), fixture("cluster/ca.key"));
    for (names, warned) in [("DNS:n.example,URI:n", true), ("DNS:n.example,URI:urn:n", false)] {
        let names = format!("subjectAltName={names}");
        let asked = [&make[..], &["-addext", &names, "-out", "n.csr"]].concat();
        if openssl(&folder, &asked).is_none() {
            return;
        }
        let sign = ["sign", "n.csr", "--ca-cert", &ca, "--ca-key", &key, "--force"];
        let told = run(&folder, &sign).succeeds().messages();
        let warning = "warning: n.csr: Java reads none of the alternative names that it asks for";
        assert_eq!(told.contains(warning), warned, "{told}");
        let told = run(&folder, &["inspect", "n.csr"]).succeeds().messages();
        let warning = "n.csr: Java reads none of the alternative names of `CN=n`";
        assert_eq!(told.contains(warning), warned, "{told}");
    }
}
