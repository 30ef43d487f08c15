//! Kits for clusters that are alive: what would be fatal is refused, what is there stays, several
//! partners of one cluster are all still let in.

use std::fs;
use std::path::Path;

use crosstrust_testkit::{Ended, Folder, Run};
use serde_json::Value;

use crate::{crosstrust, fixture, run};

/// A scratch folder with the CAs and nodes of the fixtures.
fn folder() -> Folder {
    let folder = Folder::new();
    std::os::unix::fs::symlink(fixture("cluster"), folder.join("cluster")).unwrap();
    folder
}

fn plan(folder: &Folder, arguments: &[&str]) -> Ended {
    let at = ["--pass", "changeit", "--at", "2026-11-22T00:00:00Z"];
    run(folder, &[&["remote", "plan"], arguments, &at[..]].concat())
}

/// A cluster of one's own that connects to another one, with settings of its own.
fn own_to_own(settings: &str) -> String {
    format!(
        "alias: my-remote\nmodel: tls\nlocal:\n  platform: self-managed\n  version: 9.1.0\n  \
         ca: cluster/ca.p12\n  nodes: cluster/nodes/self-managed-*.crt\n{settings}remote:\n  \
         platform: self-managed\n  version: 9.1.0\n  endpoint: es.example.com\n  \
         ca: cluster/other-ca.crt\n  node_names: [b1.example.com]\naccess: {{search: [{{names: [a]}}]}}\n"
    )
}

/// Each fault of a connection file refuses the plan, and writes nothing.
#[test]
fn an_error_refuses_the_plan() {
    let folder = folder();
    let own = own_to_own("");
    let api = "alias: a\nmodel: api-key\nlocal: {platform: self-managed, version: 9.1.0}\n\
               remote: {platform: ech, version: 9.1.0, endpoint: \"es.example.com:9400\"}\n\
               access: {search: [{names: [a]}]}\n";
    folder.write("both.yml", "xpack.security.transport.ssl:\n  certificate_authorities: [ca.crt]\n  truststore.path: t.p12\n");
    for (text, code) in [
        (own.replace("ca: cluster/ca.p12", "ca: cluster/same-name-ca.crt"), "RC013"),
        (own_to_own("  elasticsearch_yml: both.yml\n  truststore: t.p12\n"), "RC015"),
        (api.to_owned(), "RC005"),
        (own.replace("nodes: cluster/nodes/self-managed-*.crt", "label: a"), "RC036"),
        (
            own.replace("nodes: ", "cluster_id: a\n  scope_id: b\n  node_names: [node1]\n  # "),
            "RC038",
        ),
    ] {
        folder.write("connection.yml", text);
        let ended = plan(&folder, &["connection.yml", "--out", "kit"]).exits_with(1);
        assert!(ended.text().contains(&format!("error[{code}]")), "{code}: {}", ended.text());
        assert!(ended.messages().contains("kit is not written"), "{}", ended.messages());
        assert!(!folder.join("kit").exists());
        plan(&folder, &["connection.yml", "--out", "kit", "--force-with-errors"]).succeeds();
        let readme = folder.read_text("kit/README.md");
        let top: String = readme.lines().take(6).collect();
        assert!(top.contains(code), "{code}: {readme}");
        fs::remove_dir_all(folder.join("kit")).unwrap();
    }
}

/// From version 8 on a node with settings of the transport layer's TLS does not start without the one
/// that switches it on, whether the file has such settings or the kit adds the first of them.
#[test]
fn a_node_that_would_not_start_refuses_the_plan() {
    let folder = folder();
    let on = "xpack.security.transport.ssl.enabled: true\n";
    folder.write("connection.yml", own_to_own("  elasticsearch_yml: node.yml\n"));
    for yml in [
        "xpack.security.enabled: true\n",
        "xpack.security.transport.ssl.certificate_authorities: cluster/ca.crt\n",
    ] {
        folder.write("node.yml", yml);
        let ended = plan(&folder, &["connection.yml", "--out", "kit"]).exits_with(1);
        assert!(ended.text().contains("error[RC066]"), "{}", ended.text());
        assert!(!ended.text().contains("RC058"), "{}", ended.text());
        assert!(!folder.join("kit").exists());
        folder.write("node.yml", format!("{yml}{on}"));
        plan(&folder, &["connection.yml", "--out", "kit"]).succeeds();
        fs::remove_dir_all(folder.join("kit")).unwrap();
    }
}

/// The list of CAs and the restrictions keep what they have, byte for byte, and the patches say what
/// is new.
#[test]
fn what_is_there_stays() {
    let folder = folder();
    let yml = "# ours\ncluster.name: logs\nxpack.security.transport.ssl:\n  certificate_authorities: [ \"ca.crt\", \"partner.crt\" ]\n  \
               trust_restrictions.path: rules.yml\n  keystore.password: hidden\n  enabled: true\nnetwork.host: 192.0.2.1\n";
    folder.write("node/elasticsearch.yml", yml);
    folder.write("node/ca.crt", folder.read("cluster/ca.crt"));
    let rules = "# who may come\ntrust.subject_name:\n  - \"*.node.1234567abcd.cluster.myscope.account\"   # ours\n  - \"partner-*\"\n";
    folder.write("node/rules.yml", rules);
    folder.write("connection.yml", own_to_own("  elasticsearch_yml: node/elasticsearch.yml\n"));
    plan(&folder, &["connection.yml", "--out", "kit"]).succeeds();
    let kit: Value = serde_json::from_str(&folder.read_text("kit/kit.json")).unwrap();
    let steps = kit["steps"].as_array().unwrap();
    let step = |side: &str, kind: &str| {
        let found = |step: &&Value| step["side"] == side && step["kind"] == kind;
        let step = steps.iter().find(found).unwrap();
        let text = |key: &str| folder.read_text(&format!("kit/{}", step[key].as_str().unwrap()));
        (text("file"), text("patch"))
    };
    let (settings, patch) = step("local", "elasticsearch_yml");
    assert_eq!(
        settings,
        "# For elasticsearch.yml of every node of the local cluster. All of it takes effect with one restart.\n\
         # Replaces `certificate_authorities` in line 4 of the file that was read, below what makes `xpack.security.transport.ssl`:\n\
         # that key and its value, with 2 blanks before it.\n\
         xpack.security.transport.ssl:\n  certificate_authorities:\n    - ca.crt\n    - partner.crt\n    - my-remote-ca.crt\n"
    );
    folder.write("patched/elasticsearch.yml", yml);
    apply(&folder, "patched/elasticsearch.yml", &patch);
    assert_eq!(
        folder.read_text("patched/elasticsearch.yml"),
        yml.replace(
            "  certificate_authorities: [ \"ca.crt\", \"partner.crt\" ]\n",
            "  certificate_authorities:\n    - ca.crt\n    - partner.crt\n    - my-remote-ca.crt\n"
        )
    );
    assert!(!patch.contains("hidden"), "{patch}");

    let (merged, patch) = step("local", "trust_restrictions");
    assert_eq!(merged, format!("{rules}  - 'b1.example.com'\n"));
    folder.write("patched/rules.yml", rules);
    apply(&folder, "patched/rules.yml", &patch);
    assert_eq!(folder.read_text("patched/rules.yml"), merged);

    nothing_is_left_once_it_is_applied(&folder);
    a_new_authority_is_all_that_changes(&folder);
}

/// The patched files in the place of the old ones.
fn nothing_is_left_once_it_is_applied(folder: &Folder) {
    folder.write("node/elasticsearch.yml", folder.read("patched/elasticsearch.yml"));
    folder.write("node/rules.yml", folder.read("patched/rules.yml"));
    folder.write("node/my-remote-ca.crt", folder.read("cluster/other-ca.crt"));
    plan(folder, &["connection.yml", "--out", "kit", "--force"]).succeeds();
    let kit: Value = serde_json::from_str(&folder.read_text("kit/kit.json")).unwrap();
    for step in kit["steps"].as_array().unwrap().iter().filter(|step| step["side"] == "local") {
        let kind = step["kind"].as_str().unwrap();
        assert!(
            !["ca", "elasticsearch_yml", "trust_restrictions", "command"].contains(&kind),
            "{step}"
        );
    }
}

/// Once all is applied, with a new CA beside the old one.
fn a_new_authority_is_all_that_changes(folder: &Folder) {
    let both = [folder.read("cluster/other-ca.crt"), folder.read("cluster/ca.crt")].concat();
    folder.write("both.crt", both);
    let text = own_to_own("  elasticsearch_yml: node/elasticsearch.yml\n");
    let text = text.replace("cluster/other-ca.crt", "both.crt");
    let text = text.replace("cluster/ca.p12", "cluster/other-ca.crt").replace(
        "nodes: cluster/nodes/self-managed-*.crt",
        "node_names: [node1.node.1234567abcd.cluster.myscope.account]",
    );
    fs::remove_file(folder.join("node/ca.crt")).unwrap();
    folder.write("connection.yml", text);
    plan(folder, &["connection.yml", "--out", "kit", "--force"]).succeeds();
    let kit: Value = serde_json::from_str(&folder.read_text("kit/kit.json")).unwrap();
    let local = kit["steps"].as_array().unwrap().iter().filter(|step| step["side"] == "local");
    let kinds: Vec<&str> = local.map(|step| step["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "ca").count(), 1, "{kinds:?}");
    assert!(!kinds.contains(&"elasticsearch_yml"), "{kinds:?}");
}

/// Applies a patch with the tool that people have for it.
fn apply(folder: &Folder, file: &str, patch: &str) {
    let Some(tool) = crosstrust_testkit::tool("patch") else {
        panic!("no `patch` to apply patches with");
    };
    let ended = tool.with(["--silent", file]).folder(folder.path()).stdin(patch.to_owned()).run();
    ended.succeeds();
}

/// Two partners of one cluster of one's own, planned together: both are in its restrictions and its
/// list of CAs, and both are still accepted.
#[test]
fn two_partners_of_one_cluster_are_both_let_in() {
    let folder = folder();
    let partner = |alias: &str, ca: &str, name: &str| {
        own_to_own("")
            .replace("my-remote", alias)
            .replace("cluster/other-ca.crt", ca)
            .replace("es.example.com", &format!("{alias}.example.com"))
            .replace("b1.example.com", name)
    };
    folder.write("a.yml", partner("one", "cluster/other-ca.crt", "partner-a"));
    folder.write("b.yml", partner("two", "cluster/same-name-ca.crt", "partner-b"));
    plan(&folder, &["a.yml", "b.yml", "--out", "kits"]).succeeds();
    for kit in ["kits/one", "kits/two"] {
        let all = local_texts(&folder, kit);
        for expected in
            ["partner-a", "partner-b", "- one-ca.crt", "- two-ca.crt", "one-two-trust.yml"]
        {
            assert!(all.contains(expected), "{kit}: {expected}: {all}");
        }
        let script = Run::new("sh").arg(folder.join(&format!("{kit}/preflight.sh")));
        script.env("CROSSTRUST", env!("CARGO_BIN_EXE_crosstrust")).run().succeeds();
    }
    // Who presents the names of the partners under their CAs is accepted by every node.
    let trust = local_file(&folder, "kits/two", "one-two-trust.yml");
    for (ca, name) in [("other-ca", "partner-a"), ("same-name-ca", "partner-b")] {
        is_accepted(&folder, ca, name, "cluster/nodes/self-managed-1.crt", &trust);
    }
    // One alias on one cluster is a collision.
    folder.write("b.yml", partner("one", "cluster/same-name-ca.crt", "partner-b"));
    let ended = plan(&folder, &["a.yml", "b.yml", "--out", "more"]).exits_with(1);
    assert!(ended.text().contains("error[RC040]"), "{}", ended.text());
    let check = ["remote", "check", "a.yml", "b.yml", "--pass", "changeit"];
    assert!(run(&folder, &check).exits_with(1).text().contains("error[RC040]"));
}

/// A node with this name under a CA is accepted by the node of a cluster that has these restrictions,
/// and one with another name is not.
fn is_accepted(folder: &Folder, ca: &str, name: &str, node: &str, trust: &str) {
    let (crt, key) = (format!("cluster/{ca}.crt"), format!("cluster/{ca}.key"));
    for (name, status) in [(name.to_owned(), 0), (format!("{name}.neighbour"), 1)] {
        let out = format!("issued/{}-{name}", trust.replace('/', "-"));
        folder.write("i.yml", format!("instances: [{{name: n, cn: [\"{name}\"]}}]\n"));
        let issue = ["cert", "--ca-cert", &crt, "--ca-key", &key, "--in", "i.yml", "--pem"];
        run(folder, &[&issue[..], &["--key-type", "ec-p256", "--out", &out]].concat()).succeeds();
        let authorities =
            ["ca", "other-ca", "same-name-ca"].map(|ca| format!("ca=cluster/{ca}.crt"));
        let authorities = authorities.join(",");
        let own = format!("own={node},{authorities},restrictions={trust}");
        let partner = format!("partner={out}/n/n.crt,{authorities}");
        let matrix = ["preflight", "matrix", "--cluster", &own, "--cluster", &partner];
        let ended = run(folder, &matrix).exits_with(status);
        assert!(status == 0 || ended.text().contains(&name), "{}", ended.text());
    }
}

/// The text of all files of the local side.
fn local_texts(folder: &Folder, kit: &str) -> String {
    let entries = fs::read_dir(folder.join(&format!("{kit}/local"))).unwrap();
    entries.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap()).collect()
}

/// The path of a file of the local side, without the number before its name.
fn local_file(folder: &Folder, kit: &str, name: &str) -> String {
    let entries = fs::read_dir(folder.join(&format!("{kit}/local"))).unwrap();
    let paths = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let found = paths.into_iter().find(|path| path.split_once('-').unwrap().1 == name);
    format!("{kit}/local/{}", found.unwrap())
}

/// Two partners on Kubernetes and by API key: no object of one kit has the name of one of the other.
#[test]
fn kits_of_two_partners_name_nothing_alike() {
    let folder = folder();
    let api = |alias: &str, local: &str| {
        format!(
            "alias: {alias}\nmodel: api-key\nlocal: {{{local}, version: 9.1.0}}\nremote: {{platform: \
             self-managed, version: 9.1.0, endpoint: {alias}.example.com, ca: cluster/other-ca.crt}}\n\
             access: {{search: [{{names: [a]}}]}}\n"
        )
    };
    let tls = |alias: &str| {
        format!(
            "alias: {alias}\nmodel: tls\nlocal: {{platform: eck, name: prod, namespace: search, version: 9.1.0, ca: cluster/ca.crt}}\n\
             remote: {{platform: self-managed, version: 9.1.0, endpoint: {alias}.example.com, ca: cluster/other-ca.crt, \
             node_names: [{alias}-node]}}\naccess: {{search: [{{names: [a]}}]}}\n"
        )
    };
    for (alias, text) in [
        ("a", api("a", "platform: eck, name: search")),
        ("b", api("b", "platform: eck, name: search")),
        ("c", api("c", "platform: self-managed")),
        ("d", api("d", "platform: self-managed")),
        ("e", tls("e")),
        ("f", tls("f")),
    ] {
        folder.write(&format!("{alias}.yml"), text);
        plan(&folder, &[&format!("{alias}.yml"), "--out", &format!("kits/{alias}")]).succeeds();
    }
    for (one, other) in [("a", "b"), ("c", "d"), ("e", "f")] {
        let [one, other] = [one, other].map(|kit| made(&folder, &format!("kits/{kit}")));
        assert!(!one.is_empty() && !other.is_empty());
        let common: Vec<&String> = one.iter().filter(|name| other.contains(name)).collect();
        assert!(common.is_empty(), "{common:?}");
    }
    // Together, the cluster on Kubernetes has one config map of CAs and one of restrictions.
    // Nodes of both partners, and its own, come through these.
    plan(&folder, &["e.yml", "f.yml", "--out", "both"]).succeeds();
    for kit in ["both/e", "both/f"] {
        let all = local_texts(&folder, kit);
        for expected in ["e-node", "f-node", "name: prod-e-f-ca", "name: prod-e-f-trust"] {
            assert!(all.contains(expected), "{kit}: {expected}: {all}");
        }
        let trust = local_file(&folder, kit, "prod-e-f-trust.yml");
        let own = "prod-es-default-0.node.prod.search.es.local";
        for (ca, name) in [("ca", own), ("other-ca", "e-node"), ("other-ca", "f-node")] {
            is_accepted(&folder, ca, name, "cluster/nodes/eck-1.crt", &trust);
        }
    }
}

/// The names of what a kit has made on the local side: objects of Kubernetes and files in `config/`.
fn made(folder: &Folder, kit: &str) -> Vec<String> {
    let entries = fs::read_dir(folder.join(&format!("{kit}/local"))).unwrap();
    let mut names = Vec::new();
    for path in entries.map(|entry| entry.unwrap().path()) {
        let text = fs::read_to_string(&path).unwrap();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let name = file.split_once('-').unwrap().1.to_owned();
        let is_object = text.contains("kind: ConfigMap") || text.contains("kind: Secret");
        if is_object {
            let name = text.lines().find_map(|line| line.strip_prefix("  name: "));
            names.extend(name.map(str::to_owned));
        }
        let is_file = Path::new(&name).extension().is_some_and(|end| end == "crt");
        names.extend(is_file.then_some(name));
    }
    names
}

/// What is empty in a fresh file, filled in, is enough for every pairing.
#[test]
fn a_fresh_file_needs_nothing_but_what_is_empty() {
    let folder = folder();
    for local in ["self-managed", "ech", "ece", "eck"] {
        for remote in ["self-managed", "ech", "ece", "eck"] {
            for model in ["tls", "api-key"] {
                let options = ["--local", local, "--remote", remote, "--model", model];
                let init = run(&folder, &[&["remote", "init"][..], &options].concat()).succeeds();
                folder.write("connection.yml", filled(init.text()));
                let ended = plan(&folder, &["connection.yml", "--out", "kit"]);
                let pairing = format!("{local} to {remote}, {model}: {}", ended.text());
                assert_eq!(ended.status, Some(0), "{pairing}{}", ended.messages());
                let check =
                    ["remote", "check", "connection.yml", "--pass", "changeit", "--kit", "kit"];
                run(&folder, &check).succeeds();
                fs::remove_dir_all(folder.join("kit")).unwrap();
            }
        }
    }
}

/// What a person with everything at hand writes into the empty fields.
fn filled(text: &str) -> String {
    let mut section = "";
    let mut lines = String::new();
    for line in text.lines() {
        section = match line {
            "local:" => "local",
            "remote:" => "remote",
            _ => section,
        };
        let (key, rest) = line.split_once(':').unwrap_or((line, ""));
        let is_empty = line.starts_with("  ") && rest.trim().split('#').next() == Some("");
        if is_empty && !key.trim().starts_with('#') {
            lines.push_str(&format!("{key}: {}\n", answer(section, key.trim())));
        } else {
            lines.push_str(line);
            lines.push('\n');
        }
    }
    lines
}

fn answer(section: &str, key: &str) -> &'static str {
    match (section, key) {
        (_, "version") => "8.19.0",
        (_, "name") => "quickstart",
        (_, "node_sets") => "[{name: default, count: 3}]",
        (_, "endpoint") => "es1.example.com",
        ("local", "cluster_id") => "cf659f7fe6164d9691b284ae36811be1",
        (_, "cluster_id") => "9b2e5f0a4c1d4e7f8a6b3c2d1e0f9a8b",
        ("local", "scope_id") => "\"1053523734\"",
        (_, "scope_id") => "\"803289842\"",
        (_, "account_id") => "ec38dd0aa45f4a69909ca5c81c27138a",
        (_, "ca") => "cluster/ca.crt",
        (_, "nodes") => "cluster/nodes/self-managed-1.crt",
        other => panic!("nobody answers {other:?}"),
    }
}

/// Without a name that is compared, DNS names are, where the version can.
#[test]
fn nodes_without_an_other_name_are_let_in_by_their_dns_names() {
    let folder = folder();
    let text =
        own_to_own("").replace("cluster/nodes/self-managed-*.crt", "cluster/nodes/certutil-*.crt");
    folder.write("connection.yml", &text);
    plan(&folder, &["connection.yml", "--out", "kit"]).succeeds();
    let all = local_texts(&folder, "kit");
    assert!(all.contains("trust_restrictions.x509_fields:"), "{all}");
    assert!(all.contains("- subjectAltName.dnsName\n"), "{all}");
    let ended =
        crosstrust(&folder, &["remote", "check", "connection.yml", "--pass", "changeit"]).run();
    ended.succeeds();
    // An older version compares no DNS names, so nobody would be kept out.
    folder.write("connection.yml", text.replace("9.1.0", "7.17.7"));
    let ended = plan(&folder, &["connection.yml", "--out", "old"]).exits_with(1);
    assert!(ended.text().contains("error[RC036]"), "{}", ended.text());
}
