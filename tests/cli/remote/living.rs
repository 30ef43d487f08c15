//! Kits for clusters with partners of their own: nobody who connects now is shut out without a word,
//! and nothing of one kit takes the place of something of another.

use std::fs;

use crosstrust_testkit::{Ended, Folder, Run, tool};
use serde_json::Value;

use crate::{fixture, run};

/// A scratch folder with the CAs and nodes of the fixtures.
fn folder() -> Folder {
    let folder = Folder::new();
    std::os::unix::fs::symlink(fixture("cluster"), folder.join("cluster")).unwrap();
    folder
}

fn plan(folder: &Folder, words: &[&str]) -> Ended {
    run(folder, &[&["remote", "plan"], words, &["--pass", "changeit"]].concat())
}

fn check(folder: &Folder, words: &[&str]) -> Ended {
    run(folder, &[&["remote", "check"], words, &["--pass", "changeit"]].concat())
}

/// A cluster of one's own, with keys beside the usual ones, that connects to another side.
fn own_to(alias: &str, keys: &str, remote: &str) -> String {
    format!(
        "alias: {alias}\nmodel: tls\nlocal:\n  platform: self-managed\n  version: 9.1.0\n  \
         ca: cluster/ca.crt\n{keys}remote: {{{remote}, version: 9.1.0}}\naccess: {{search: [{{names: [a]}}]}}\n"
    )
}

const OTHER: &str = "platform: self-managed, endpoint: es.example.com, ca: cluster/other-ca.crt, \
                     node_names: [b1.example.com]";
const HOSTED: &str = "platform: ech, endpoint: d.es.example.com, cluster_id: c, scope_id: \"1\", \
                      account_id: x, ca: cluster/other-ca.crt";
const NODES: &str = "  nodes: cluster/nodes/self-managed-*.crt\n";

/// The steps of a kit on the local side.
fn local_steps(folder: &Folder, kit: &str) -> Vec<Value> {
    let kit: Value = serde_json::from_str(&folder.read_text(&format!("{kit}/kit.json"))).unwrap();
    let steps = kit["steps"].as_array().unwrap().iter().filter(|step| step["side"] == "local");
    steps.cloned().collect()
}

#[track_caller]
fn titled<'a>(steps: &'a [Value], title: &str) -> &'a Value {
    let is_titled = |step: &&Value| step["title"].as_str().unwrap().starts_with(title);
    steps.iter().find(is_titled).unwrap_or_else(|| panic!("no step {title:?}: {steps:#?}"))
}

/// Runs the command of a step where the kit is.
fn follow(folder: &Folder, kit: &str, step: &Value, variables: &[(&str, &str)]) -> Ended {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_crosstrust")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let command = step["command"].as_str().unwrap();
    let run = Run::new("sh").args(["-c", command]).folder(folder.join(kit)).env("PATH", path);
    variables.iter().fold(run, |run, (name, value)| run.env(name, value)).run()
}

/// The trusted certificates of a store, as keytool prints their fingerprints.
fn trusted(folder: &Folder, store: &str) -> Vec<String> {
    let list = ["-list", "-keystore", store, "-storepass", "changeit"];
    let ended = tool("keytool").unwrap().with(list).folder(folder.path()).run().succeeds();
    let text = ended.text().replace("trustedCertEntry, \n", "trustedCertEntry, ");
    let lines = text.lines().filter(|line| line.contains("trustedCertEntry"));
    lines.filter_map(|line| line.rsplit_once(": ").map(|(_, print)| print.to_owned())).collect()
}

fn print(folder: &Folder, certificate: &str) -> String {
    let ask = ["x509", "-in", certificate, "-noout", "-fingerprint", "-sha256"];
    let ended = Run::new("openssl").args(ask).folder(folder.path()).run().succeeds();
    ended.text().trim().rsplit_once('=').unwrap().1.to_owned()
}

/// One store has the node's key and the CAs of its partners, as `elasticsearch-certutil` makes them. The
/// new one has all of them, and a CA that is there is not imported again.
#[test]
fn a_new_key_store_trusts_whom_the_old_one_trusts() {
    let folder = folder();
    let Some(keytool) = tool("keytool") else { return };
    let store = "node/certs/elastic-certificates.p12";
    let ca = ["--ca-cert", "cluster/ca.crt", "--ca-key", "cluster/ca.key"];
    let cert = ["cert", "--name", "n1", "--dns", "n1.example.com", "--pass", "changeit"];
    run(&folder, &[&cert[..], &ca, &["--out", store]].concat()).succeeds();
    let import = |alias: &str, file: &str| {
        let words = ["-importcert", "-noprompt", "-alias", alias, "-file", file];
        let pass = ["-keystore", store, "-storepass", "changeit"];
        let ended = keytool.with([&words[..], &pass].concat()).folder(folder.path()).run();
        ended.succeeds();
    };
    import("partner", "cluster/same-name-ca.crt");
    folder.write(
        "node/elasticsearch.yml",
        "xpack.security.transport.ssl:\n  enabled: true\n  keystore.path: certs/elastic-certificates.p12\n  \
         truststore.path: certs/elastic-certificates.p12\n",
    );
    let keys = format!(
        "  elasticsearch_yml: node/elasticsearch.yml\n  nodes: {store}\n  \
         cluster_id: a\n  scope_id: b\n  partners: [\"*.node.p.cluster.p.account\"]\n"
    );
    folder.write("c.yml", own_to("my-remote", &keys, HOSTED));
    plan(&folder, &["c.yml", "--out", "kit"]).succeeds();
    let steps = local_steps(&folder, "kit");
    let reissue = titled(&steps, "Re-issue the node certificates");
    let details = reissue["details"].to_string();
    for setting in ["keystore.secure_password", "truststore.secure_password"] {
        assert!(details.contains(&format!("xpack.security.transport.ssl.{setting}")), "{details}");
    }
    let command = reissue["command"].as_str().unwrap();
    let command = command.replace("REPLACE_WITH_THE_PATH_OF_THE_CA_KEY", "../cluster/ca.key");
    let step = serde_json::json!({"command": command});
    follow(&folder, "kit", &step, &[("KEYSTORE_PASSWORD", "changeit")]).succeeds();
    let mut found = trusted(&folder, "my-remote-local-certificates/n1/n1.p12");
    let both = ["cluster/ca.crt", "cluster/same-name-ca.crt"].map(|ca| print(&folder, ca));
    found.sort();
    let mut expected = both.to_vec();
    expected.sort();
    assert_eq!(found, expected);

    an_authority_is_imported_once(&folder, &steps, store);
    stores_alone_say_whom_nodes_trust(&folder, &keys, store);
}

/// Without the settings of a node, and where a store is not named or does not open.
fn stores_alone_say_whom_nodes_trust(folder: &Folder, keys: &str, store: &str) {
    let unsaid = keys.replace("  elasticsearch_yml: node/elasticsearch.yml\n", "");
    folder.write("c.yml", own_to("my-remote", &unsaid, HOSTED));
    plan(folder, &["c.yml", "--out", "other"]).succeeds();
    let steps = local_steps(folder, "other");
    let keeps =
        |step: &&Value| step["title"].as_str().unwrap().ends_with("new stores must have it too");
    assert_eq!(steps.iter().filter(keeps).count(), 2, "{steps:#?}");
    let without = unsaid.replace("  partners: [\"*.node.p.cluster.p.account\"]\n", "");
    folder.write("c.yml", own_to("my-remote", &without, HOSTED));
    let ended = plan(folder, &["c.yml", "--out", "none"]).exits_with(1);
    assert!(ended.text().contains("error[RC046]"), "{}", ended.text());
    let named = "  node_names: [{name: n1, dns: [n1.example.com]}]\n";
    let keys = keys.replace(&format!("  nodes: {store}\n"), named);
    folder.write("c.yml", own_to("my-remote", &keys, HOSTED));
    let words = ["remote", "check", "c.yml", "--pass", "wrong"];
    let ended = run(folder, &words);
    assert!(ended.text().contains("warning[RC047]: nobody looked into"), "{}", ended.text());
}

/// Into the store at its path on the nodes; once it is there, not again.
fn an_authority_is_imported_once(folder: &Folder, steps: &[Value], store: &str) {
    let command = titled(steps, "Import the CA")["command"].as_str().unwrap();
    assert!(
        command.contains("-keystore \"${ES_PATH_CONF:?}\"/certs/elastic-certificates.p12"),
        "{command}"
    );
    let trust = titled(steps, "Restrict whom")["file"].as_str().unwrap();
    let trust = folder.read_text(&format!("kit/{trust}"));
    assert!(trust.contains("  - '*.node.p.cluster.p.account'\n"), "{trust}");
    let conf = folder.join("node").to_string_lossy().into_owned();
    let command = command.replace("keytool ", "keytool -storepass changeit ");
    let step = serde_json::json!({"command": command});
    follow(folder, "kit", &step, &[("ES_PATH_CONF", &conf)]).succeeds();
    assert_eq!(trusted(folder, store).len(), 3);
    plan(folder, &["c.yml", "--out", "kit", "--force"]).succeeds();
    let steps = local_steps(folder, "kit");
    let titles: Vec<&str> = steps.iter().map(|step| step["title"].as_str().unwrap()).collect();
    assert!(!titles.iter().any(|title| title.starts_with("Import the CA")), "{titles:?}");
}

/// A first list of CAs ends the trust in what the key store trusts, so that is in it too.
#[test]
fn a_first_list_keeps_what_the_key_store_trusts() {
    let folder = folder();
    let Some(keytool) = tool("keytool") else { return };
    let ca = ["--ca-cert", "cluster/ca.crt", "--ca-key", "cluster/ca.key"];
    let cert = ["cert", "--name", "n1", "--cn", "n1", "--pass", "changeit", "--out", "node/n1.p12"];
    run(&folder, &[&cert[..], &ca].concat()).succeeds();
    let import = ["-importcert", "-noprompt", "-alias", "partner", "-file"];
    let pass = ["cluster/same-name-ca.crt", "-keystore", "node/n1.p12", "-storepass", "changeit"];
    keytool.with([import, pass].concat()).folder(folder.path()).run().succeeds();
    let yml = "xpack.security.transport.ssl: {enabled: true, keystore.path: n1.p12}\n";
    folder.write("node/elasticsearch.yml", yml);
    let keys =
        "  elasticsearch_yml: node/elasticsearch.yml\n  nodes: node/n1.p12\n  partners: [p-*]\n";
    folder.write("c.yml", own_to("my-remote", keys, OTHER));
    plan(&folder, &["c.yml", "--out", "kit"]).succeeds();
    let steps = local_steps(&folder, "kit");
    let file = titled(&steps, "Trust the other side's")["file"].as_str().unwrap();
    let settings = folder.read_text(&format!("kit/{file}"));
    assert!(
        settings.contains("  - own-ca.crt\n  - my-remote-kept-ca.crt\n  - my-remote-ca.crt\n"),
        "{settings}"
    );
    let kept = titled(&steps, "Keep what the nodes trust")["file"].as_str().unwrap();
    assert_eq!(print(&folder, &format!("kit/{kept}")), print(&folder, "cluster/same-name-ca.crt"));
}

/// The node whose settings are read, and which is none of those that are named, is not let in.
#[test]
fn a_node_that_nobody_named_is_not_locked_out_in_silence() {
    let folder = folder();
    fs::create_dir_all(folder.join("node")).unwrap();
    folder.write("node/n3.crt", folder.read("cluster/nodes/self-managed-3.crt"));
    folder.write("node/n3.key", folder.read("cluster/nodes/self-managed-3.key"));
    folder.write(
        "node/elasticsearch.yml",
        "xpack.security.transport.ssl:\n  enabled: true\n  certificate: n3.crt\n  key: n3.key\n",
    );
    let keys = "  elasticsearch_yml: node/elasticsearch.yml\n  node_names: [n1.example.com]\n";
    folder.write("c.yml", own_to("my-remote", keys, OTHER));
    let ended = plan(&folder, &["c.yml", "--out", "kit"]).exits_with(1);
    let expected = "error[RC022]: the node of `elasticsearch.yml` is not among the nodes";
    assert!(ended.text().contains(expected), "{}", ended.text());
    let keys = keys.replace("n1.example.com", "node3.node.1234567abcd.cluster.myscope.account");
    folder.write("c.yml", own_to("my-remote", &keys, OTHER));
    plan(&folder, &["c.yml", "--out", "kit"]).succeeds();
}

/// Who is trusted now and is in no connection file is told; who is planned together is known.
#[test]
fn partners_that_are_planned_together_are_known() {
    let folder = folder();
    folder.write(
        "elasticsearch.yml",
        "xpack.security.transport.ssl.enabled: true\n\
         xpack.security.transport.ssl.certificate_authorities:\n  - cluster/ca.crt\n  \
         - cluster/other-ca.crt\n  - cluster/same-name-ca.crt\n",
    );
    let keys = format!("  elasticsearch_yml: elasticsearch.yml\n{NODES}");
    folder.write("a.yml", own_to("a", &keys, OTHER));
    let second = OTHER.replace("es.example.com", "two.example.com").replace("b1", "c1");
    folder.write("b.yml", own_to("b", &keys, &second.replace("other-ca", "same-name-ca")));
    let ended = plan(&folder, &["a.yml", "--out", "kit"]).exits_with(1);
    assert!(ended.text().contains("error[RC046]: the local nodes trust"), "{}", ended.text());
    plan(&folder, &["a.yml", "b.yml", "--out", "kits"]).succeeds();
    // With the own CA alone there is nobody to shut out.
    folder.write(
        "elasticsearch.yml",
        "xpack.security.transport.ssl: {enabled: true, certificate_authorities: cluster/ca.crt}\n",
    );
    plan(&folder, &["a.yml", "--out", "kit"]).succeeds();
}

/// A file of the list keeps what it holds, and one that nobody saw is not written over.
#[test]
fn a_file_of_the_list_is_not_written_over() {
    let folder = folder();
    folder.write("ca.crt", folder.read("cluster/ca.crt"));
    folder.write("my-remote-ca.crt", folder.read("cluster/same-name-ca.crt"));
    let yml = "xpack.security.transport.ssl.enabled: true\n\
               xpack.security.transport.ssl.certificate_authorities: [ca.crt, my-remote-ca.crt]\n";
    folder.write("elasticsearch.yml", yml);
    let keys = format!("  elasticsearch_yml: elasticsearch.yml\n{NODES}  partners: []\n");
    folder.write("c.yml", own_to("my-remote", &keys, OTHER));
    plan(&folder, &["c.yml", "--out", "kit"]).succeeds();
    let steps = local_steps(&folder, "kit");
    let file = titled(&steps, "Hand the remote cluster's CA")["file"].as_str().unwrap();
    assert!(file.ends_with("-my-remote-ca.crt"), "{file}");
    let text = folder.read_text(&format!("kit/{file}"));
    assert_eq!(text.matches("BEGIN CERTIFICATE").count(), 2, "{text}");
    assert!(!steps.iter().any(|step| step["kind"] == "elasticsearch_yml" && {
        let file = step["file"].as_str().unwrap();
        folder.read_text(&format!("kit/{file}")).contains("certificate_authorities")
    }));

    fs::remove_file(folder.join("my-remote-ca.crt")).unwrap();
    plan(&folder, &["c.yml", "--out", "kit", "--force"]).succeeds();
    let steps = local_steps(&folder, "kit");
    let file = titled(&steps, "Trust the other side's")["file"].as_str().unwrap();
    let settings = folder.read_text(&format!("kit/{file}"));
    let start = print(&folder, "cluster/other-ca.crt").replace(':', "").to_lowercase();
    let name = format!("my-remote-ca-{}.crt", &start[..8]);
    let expected = format!("  - ca.crt\n  - my-remote-ca.crt\n  - {name}\n");
    assert!(settings.contains(&expected), "{settings}");
}

/// A patch has the lines around, so that it does not fit another node's file.
#[test]
fn a_patch_does_not_fit_another_file() {
    let folder = folder();
    let Some(tool) = tool("patch") else { panic!("no `patch` to apply patches with") };
    let yml = "cluster.name: logs\nnode.name: n1\nnetwork.host: 192.0.2.1\n\
               xpack.security.transport.ssl.certificate_authorities: [cluster/ca.crt]\n\
               xpack.security.transport.ssl.enabled: true\npath.data: /data";
    folder.write("elasticsearch.yml", yml);
    let keys = format!("  elasticsearch_yml: elasticsearch.yml\n{NODES}");
    folder.write("c.yml", own_to("my-remote", &keys, OTHER));
    plan(&folder, &["c.yml", "--out", "kit"]).succeeds();
    let steps = local_steps(&folder, "kit");
    let step = titled(&steps, "Trust the other side's");
    let settings = folder.read_text(&format!("kit/{}", step["file"].as_str().unwrap()));
    let expected = "# Replaces the setting in line 4 of the file that was read.\n\
                    xpack.security.transport.ssl.certificate_authorities:\n";
    assert!(settings.contains(expected), "{settings}");
    let expected = "# Added: the file that was read does not have it.\n\
                    xpack.security.transport.ssl.trust_restrictions.path:";
    assert!(settings.contains(expected), "{settings}");
    let patch = folder.read_text(&format!("kit/{}", step["patch"].as_str().unwrap()));
    let apply = |text: &str| {
        folder.write("node.yml", text);
        let run = tool.with(["--silent", "node.yml"]).folder(folder.path());
        run.stdin(patch.clone()).run().status
    };
    assert_eq!(apply(yml), Some(0));
    let merged = folder.read_text("node.yml");
    assert_eq!(
        merged,
        yml.replace(": [cluster/ca.crt]\n", ":\n  - cluster/ca.crt\n  - my-remote-ca.crt\n")
            + "\nxpack.security.transport.ssl.trust_restrictions.path: my-remote-trust.yml\n"
    );
    assert_ne!(apply("cluster.name: logs\nnode.name: n2\n"), Some(0));
    assert_ne!(apply(&yml.replace("[cluster/ca.crt]", "[other.crt]")), Some(0));
    let made = "my-remote-local-elasticsearch.yml";
    assert_eq!(follow_patch(&folder, step).status, Some(0));
    assert_eq!(folder.read_text(made), merged);
    fs::remove_file(folder.join(made)).unwrap();
    // Of two hunks one would fit, or both where lines around them are passed over.
    let many = (1..20).map(|n| format!("# {n}\n")).collect::<String>();
    let yml = yml.replace("path.data", &format!("{many}path.data"));
    folder.write("elasticsearch.yml", &yml);
    plan(&folder, &["c.yml", "--out", "kit", "--force"]).succeeds();
    let steps = local_steps(&folder, "kit");
    for (old, new) in [("[cluster/ca.crt]", "[other.crt]"), ("node.name: n1", "node.name: n2")] {
        folder.write("elasticsearch.yml", yml.replace(old, new));
        let before = folder.entries();
        let ended = follow_patch(&folder, titled(&steps, "Trust the other side's"));
        assert_eq!((ended.status, folder.entries()), (Some(1), before), "{}", ended.messages());
    }
}

/// Runs the command with which a step says to make the new file.
fn follow_patch(folder: &Folder, step: &Value) -> Ended {
    let details = step["details"].as_array().unwrap().iter();
    let mut commands = details.filter_map(|detail| {
        let from = detail.as_str()?.split_once("`patch ")?.1;
        Some(format!("patch {}", from.split_once('`')?.0))
    });
    let command = commands.next().unwrap_or_else(|| panic!("{step}"));
    tool("sh").unwrap().with(["-c", &command]).folder(folder.join("kit")).run()
}

/// Two kits of one cluster have roles, and files beside the connection file, of their own.
#[test]
fn kits_of_two_partners_share_no_role_and_no_file() {
    let folder = folder();
    let hosted = |id: &str| {
        format!(
            "platform: ech, version: 9.1.0, cluster_id: {id}, scope_id: \"{id}\", account_id: {id}, \
             deployment_id: d{id}"
        )
    };
    for (alias, id) in [("a", "1"), ("b", "2")] {
        let text = format!(
            "alias: {alias}\nmodel: tls\nlocal: {{{}}}\nremote: {{{}, endpoint: {alias}.example.com}}\n\
             access: {{search: [{{names: [a]}}], replication: [{{names: [b]}}]}}\n",
            hosted("9"),
            hosted(id)
        );
        folder.write(&format!("{alias}.yml"), text);
        plan(&folder, &[&format!("{alias}.yml"), "--out", alias]).succeeds();
    }
    let words = |kit: &str| -> Vec<String> {
        let json: Value =
            serde_json::from_str(&folder.read_text(&format!("{kit}/kit.json"))).unwrap();
        let steps = json["steps"].as_array().unwrap();
        let paths = steps.iter().filter_map(|step| step["request"]["path"].as_str());
        let roles = paths.filter(|path| path.starts_with("/_security/role/")).map(str::to_owned);
        let commands = steps.iter().filter_map(|step| step["command"].as_str());
        let written = commands.flat_map(str::split_whitespace);
        let written = written.filter(|word| word.contains(".json") && word.starts_with("../"));
        let mut all: Vec<String> = roles.chain(written.map(str::to_owned)).collect();
        all.sort();
        all.dedup();
        all
    };
    let (one, other) = (words("a"), words("b"));
    // Two roles; and what is read and what is written back of each deployment.
    assert_eq!((one.len(), other.len()), (6, 6), "{one:?}");
    assert!(one.iter().all(|word| !other.contains(word)), "{one:?}, {other:?}");
}

/// Nodes without a name that is compared are the same finding to `check` and to `plan`.
#[test]
fn nodes_without_names_are_one_finding() {
    let folder = folder();
    let keys = "  nodes: cluster/nodes/certutil-1.crt\n";
    folder.write("c.yml", own_to("my-remote", keys, HOSTED));
    let checked = check(&folder, &["c.yml"]).exits_with(1);
    let planned = plan(&folder, &["c.yml", "--out", "kit"]).exits_with(1);
    for ended in [checked, planned] {
        let expected =
            "error[RC021]: cluster/nodes/certutil-1.crt: the certificate has no otherName";
        assert!(ended.text().contains(expected), "{}", ended.text());
    }
}

/// A deployment is known by its address where no id is asked for, and its list has the CAs of both that
/// sign.
#[test]
fn all_who_sign_are_in_the_list_of_one_deployment() {
    let folder = folder();
    for (alias, ca) in [("a", "ca"), ("b", "other-ca")] {
        let text = format!(
            "alias: {alias}\nmodel: api-key\nlocal: {{platform: self-managed, version: 9.3.0, ca: cluster/{ca}.crt}}\n\
             remote: {{platform: ech, version: 9.3.0, endpoint: d.es.example.com}}\n\
             access: {{search: [{{names: [a]}}]}}\nstrong_identity: true\n"
        );
        folder.write(&format!("{alias}.yml"), text);
    }
    plan(&folder, &["a.yml", "b.yml", "--out", "kits"]).succeeds();
    for kit in ["a", "b"] {
        let entries = fs::read_dir(folder.join(&format!("kits/{kit}/remote"))).unwrap();
        let mut paths = entries.map(|entry| entry.unwrap().path());
        let path = paths.find(|path| path.to_string_lossy().ends_with("signing-authority.json"));
        let text = fs::read_to_string(path.unwrap()).unwrap();
        for file in ["a-signing-ca.crt", "b-signing-ca.crt"] {
            assert!(text.contains(file), "{kit}: {text}");
        }
    }
}

/// A node is let in by one of its names, in the field that its settings have compared.
#[test]
fn one_of_a_nodes_names_is_enough() {
    let folder = folder();
    let ssl = "xpack.security.transport.ssl.trust_restrictions";
    let with = |yml: &str, trust: &str, nodes: &str| {
        folder.write("elasticsearch.yml", format!("{ssl}.path: trust.yml\n{yml}"));
        folder.write("trust.yml", format!("trust.subject_name: [\"{trust}\", \"b1.*\"]\n"));
        let keys =
            format!("  elasticsearch_yml: elasticsearch.yml\n  nodes: cluster/nodes/{nodes}.crt\n");
        folder.write("c.yml", own_to("my-remote", &keys, OTHER));
        let text = check(&folder, &["c.yml"]).text().to_owned();
        text.contains("RC022")
    };
    // Its other name is `first.example`.
    assert!(!with("", "second.example", "two-names"));
    assert!(with("", "nobody", "two-names"));
    let hosts = format!("{ssl}.x509_fields: subjectAltName.dnsName\n");
    assert!(!with(&hosts, "es1.example.com", "self-managed-1"));
    assert!(with(&hosts, "node1.node.*", "self-managed-1"));
}
