//! `crosstrust demo`.

use crosstrust_testkit::{Folder, java_judge};

use crate::{openssl, run};

#[test]
fn the_demo_tells_what_was_refused_before_and_accepted_after() {
    let folder = Folder::new();
    let ended = run(&folder, &["demo"]).succeeds();
    let text = ended.text();
    for (who, verdict) in [
        ("on-premises before → cloud", "refused"),
        ("on-premises now → cloud", "accepted"),
        ("cloud → on-premises", "accepted"),
        ("stranger → on-premises, by CA alone", "accepted"),
        ("stranger → on-premises", "refused"),
    ] {
        let line = text.lines().find(|line| line.ends_with(&format!("  {who}")));
        assert!(line.is_some_and(|line| line.contains(verdict)), "{who}: {text}");
    }
    assert!(!ended.messages().contains("error"), "{}", ended.messages());

    let again = run(&folder, &["demo"]).exits_with(2);
    assert!(again.messages().contains("crosstrust-demo: already exists"), "{}", again.messages());
}

#[test]
fn java_and_openssl_agree_with_the_demo() {
    let folder = Folder::new();
    run(&folder, &["demo", "--out", "d"]).succeeds();
    let path = |name: &str| folder.join(&format!("d/{name}")).to_string_lossy().into_owned();
    let server = path("on-premises/certificates/node1/node1.p12");
    let client = path("on-premises/certificates/node2/node2.p12");
    if let Some(lines) = java_judge("Handshake", ["--pass", "changeit", &server, &client]) {
        assert!(lines[0][2].starts_with("ok "), "{lines:?}");
    }
    let store = "d/on-premises/certificates/node1/node1.p12";
    let unpack = ["pkcs12", "-in", store, "-passin", "pass:changeit", "-nokeys", "-clcerts"];
    let Some(leaf) = openssl(&folder, &unpack) else { return };
    folder.write("leaf.pem", leaf);
    openssl(&folder, &["verify", "-x509_strict", "-CAfile", "d/on-premises/ca.pem", "leaf.pem"]);
}

#[test]
fn the_commands_that_the_demo_proposes_work() {
    let folder = Folder::new();
    let ended = run(&folder, &["demo"]).succeeds();
    let proposed = ended.text().replace("\\\n", " ");
    let mut ran = 0;
    for line in proposed.lines().filter_map(|line| line.trim().strip_prefix("crosstrust ")) {
        let arguments: Vec<String> =
            line.split_whitespace().map(|word| word.trim_matches('\'').to_owned()).collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let expected = i32::from(line.contains("/before/"));
        run(&folder, &arguments).exits_with(expected);
        ran += 1;
    }
    assert!(ran >= 3, "{proposed}");
}
