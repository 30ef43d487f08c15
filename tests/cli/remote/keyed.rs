//! Kits by API key for clusters that have settings of their own: a certificate that is there stays, and a
//! list of CAs keeps whoever was trusted.

use std::fs;

use crosstrust_testkit::Folder;
use serde_json::Value;

use crate::{fixture, run};

fn folder() -> Folder {
    let folder = Folder::new();
    std::os::unix::fs::symlink(fixture("cluster"), folder.join("cluster")).unwrap();
    folder
}

/// A connection by API key; more keys of the sides end with a comma.
fn connection(alias: &str, local: &str, remote: &str) -> String {
    format!(
        "alias: {alias}\nmodel: api-key\nlocal: {{{local}platform: self-managed, version: 9.1.0}}\n\
         remote: {{{remote}version: 9.1.0, endpoint: {alias}.example.com}}\n\
         access: {{search: [{{names: [a]}}]}}\n"
    )
}

const OWN: &str = "platform: self-managed, ca: cluster/other-ca.crt, ";

fn plan(folder: &Folder, arguments: &[&str]) {
    let at = ["--at", "2026-11-22T00:00:00Z"];
    run(folder, &[&["remote", "plan"], arguments, &at[..]].concat()).succeeds();
}

/// The steps of a side: kind, title, and its file's text or its command.
fn steps(folder: &Folder, kit: &str, side: &str) -> Vec<(String, String, String)> {
    let json: Value = serde_json::from_str(&folder.read_text(&format!("{kit}/kit.json"))).unwrap();
    let steps = json["steps"].as_array().unwrap().iter().filter(|step| step["side"] == side);
    let text = |step: &Value, key: &str| step[key].as_str().unwrap_or_default().to_owned();
    let body = |step: &Value| match step["file"].as_str() {
        Some(file) => folder.read_text(&format!("{kit}/{file}")),
        None => text(step, "command"),
    };
    steps.map(|step| (text(step, "kind"), text(step, "title"), body(step))).collect()
}

/// The lines that the kit has for `elasticsearch.yml` of a side.
fn settings(folder: &Folder, kit: &str, side: &str) -> String {
    let all = steps(folder, kit, side);
    all.into_iter()
        .filter(|(kind, ..)| kind == "elasticsearch_yml")
        .map(|(.., text)| text)
        .collect()
}

#[test]
fn a_server_certificate_that_is_there_stays() {
    let folder = folder();
    let ssl = "xpack.security.remote_cluster_server.ssl";
    for identity in [
        format!("{ssl}.keystore.path: mine.p12\n"),
        format!("{ssl}:\n  certificate: mine.crt\n  key: mine.key\n"),
    ] {
        folder.write("node.yml", format!("network.host: 192.0.2.1\n{identity}"));
        let remote = format!("{OWN}elasticsearch_yml: node.yml, ");
        folder.write("c.yml", connection("a", "", &remote));
        plan(&folder, &["c.yml", "--out", "kit"]);
        let lines = settings(&folder, "kit", "remote");
        assert!(lines.contains("remote_cluster_server.enabled: true\n"), "{lines}");
        assert!(!lines.contains("keystore"), "{lines}");
        let readme = folder.read_text("kit/README.md");
        assert!(!readme.contains("cross-cluster.p12"), "{readme}");
        assert!(readme.contains("have a certificate for the remote cluster server already"));
        fs::remove_dir_all(folder.join("kit")).unwrap();
    }
}

/// A list of CAs ends the trust in the public ones, which some partners need.
#[test]
fn a_list_of_authorities_keeps_the_public_ones() {
    let folder = folder();
    folder.write("one.yml", connection("one", "", OWN));
    folder.write("two.yml", connection("two", "", "platform: ech, "));
    plan(&folder, &["one.yml", "two.yml", "--out", "kits"]);
    let list = "  - one-server-ca.crt\n  - public-roots.crt\n";
    for kit in ["kits/one", "kits/two"] {
        let lines = settings(&folder, kit, "local");
        assert!(lines.ends_with(list), "{kit}: {lines}");
        let all = steps(&folder, kit, "local");
        let keeps =
            |(.., command): &(String, String, String)| command.contains("-list -rfc -cacerts");
        assert_eq!(all.iter().filter(|step| keeps(step)).count(), 1, "{kit}");
    }
    // With the list applied, nothing of it is left to do.
    let ssl = "xpack.security.remote_cluster_client.ssl";
    folder.write("node.yml", format!("{ssl}.certificate_authorities:\n{list}"));
    let local = "elasticsearch_yml: node.yml, ";
    folder.write("two.yml", connection("two", local, "platform: ech, "));
    plan(&folder, &["two.yml", "--out", "applied"]);
    assert_eq!(settings(&folder, "applied", "local"), "");
    // A list or a trust store of somebody else's is added to.
    folder.write("node.yml", format!("{ssl}.certificate_authorities: [mine.crt]\n"));
    plan(&folder, &["two.yml", "--out", "more"]);
    let lines = settings(&folder, "more", "local");
    assert!(lines.ends_with("  - mine.crt\n  - public-roots.crt\n"), "{lines}");
    folder.write("node.yml", format!("{ssl}.truststore.path: mine.p12\n"));
    plan(&folder, &["two.yml", "--out", "store"]);
    let all = steps(&folder, "store", "local");
    assert!(all.iter().any(|(.., command)| command.contains("-importkeystore -noprompt")));
    let check = ["remote", "check", "two.yml", "--at", "2026-11-22T00:00:00Z"];
    let text = run(&folder, &check).succeeds().text().to_owned();
    assert!(text.contains("warning[RC065]"), "{text}");
}

/// A CA that is renewed under the name that the list has says where it goes, and nothing of a public one.
#[test]
fn a_renewed_authority_says_where_it_goes() {
    let folder = folder();
    let ssl = "xpack.security.remote_cluster_client.ssl";
    folder.write(
        "node/elasticsearch.yml",
        format!("{ssl}.certificate_authorities: [a-server-ca.crt]\n"),
    );
    folder.write("node/a-server-ca.crt", folder.read("cluster/ca.crt"));
    folder.write("c.yml", connection("a", "elasticsearch_yml: node/elasticsearch.yml, ", OWN));
    plan(&folder, &["c.yml", "--out", "kit"]);
    let readme = folder.read_text("kit/README.md");
    assert!(readme.contains("put this one into the place of `a-server-ca.crt`"), "{readme}");
    assert_eq!(settings(&folder, "kit", "local"), "");
    assert!(!readme.contains("public one"), "{readme}");
}

/// Two partners by API key of one cluster: a certificate of either's server is accepted by what the kits have
/// the nodes trust, of one's own and on Kubernetes.
#[test]
fn two_partners_by_key_are_both_accepted() {
    let folder = folder();
    for (platform, local) in
        [("own", "platform: self-managed, "), ("eck", "platform: eck, name: search, ")]
    {
        let partner = |alias: &str, ca: &str| {
            let remote = format!("platform: self-managed, ca: cluster/{ca}.crt, ");
            let text = connection(alias, "", &remote);
            text.replace("local: {platform: self-managed, ", &format!("local: {{{local}"))
        };
        folder.write("one.yml", partner("one", "other-ca"));
        folder.write("two.yml", partner("two", "same-name-ca"));
        plan(&folder, &["one.yml", "two.yml", "--out", platform]);
        let mut trusted = String::new();
        for kit in ["one", "two"] {
            let all = steps(&folder, &format!("{platform}/{kit}"), "local");
            let files =
                all.into_iter().filter(|(kind, ..)| ["ca", "manifest"].contains(&kind.as_str()));
            trusted.extend(files.map(|(.., text)| pem(&text)));
        }
        let trust = format!("{platform}/trusted.pem");
        folder.write(&trust, &trusted);
        for ca in ["other-ca", "same-name-ca"] {
            let (crt, key) = (format!("cluster/{ca}.crt"), format!("cluster/{ca}.key"));
            let out = format!("{platform}/{ca}");
            let issue = ["cert", "--ca-cert", &crt, "--ca-key", &key, "--name", "server", "--pem"];
            run(&folder, &[&issue[..], &["--key-type", "ec-p256", "--out", &out]].concat())
                .succeeds();
            let server = format!("{out}/server/server.crt");
            let judge = ["preflight", "node", &server, "--model", "api-key", "--trust", &trust];
            run(&folder, &judge).succeeds();
        }
    }
}

/// The PEM blocks of a text, such as a config map, which indents them.
fn pem(text: &str) -> String {
    let mut is_inside = false;
    let mut blocks = String::new();
    for line in text.lines().map(str::trim) {
        is_inside |= line == "-----BEGIN CERTIFICATE-----";
        if is_inside {
            blocks.push_str(line);
            blocks.push('\n');
        }
        is_inside &= line != "-----END CERTIFICATE-----";
    }
    blocks
}
