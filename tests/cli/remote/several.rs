//! Several connections of one cluster, planned together: what lands on it is one.

use std::collections::BTreeMap;
use std::fs;

use crosstrust_testkit::{Folder, tool};

use crate::{fixture, run};

const YML: &str = "# ours\ncluster.name: one\npath.data: /data\nxpack.security.enabled: true\nxpack.security.transport.ssl.enabled: true\n\
    xpack.security.transport.ssl.certificate_authorities: [ca.crt]\nnode.name: n\ndiscovery.seed_hosts: [x]\n";

fn folder() -> Folder {
    let folder = Folder::new();
    std::os::unix::fs::symlink(fixture("cluster"), folder.join("cluster")).unwrap();
    folder.write("elasticsearch.yml", YML);
    folder.write("ca.crt", fs::read(fixture("cluster/ca.crt")).unwrap());
    folder
}

fn connection(folder: &Folder, alias: &str, model: &str, authority: &str) {
    let names = if model == "tls" {
        format!(", node_names: [{alias}1.example.com]")
    } else {
        String::new()
    };
    let own =
        if model == "tls" { ", ca: cluster/ca.crt, node_names: [a1.example.com]" } else { "" };
    folder.write(
        &format!("{alias}.yml"),
        format!(
            "alias: {alias}\nmodel: {model}\nlocal: {{platform: self-managed, version: 9.1.0, \
             elasticsearch_yml: elasticsearch.yml{own}}}\nremote: {{platform: self-managed, version: 9.1.0, \
             endpoint: {alias}.example.com, ca: cluster/{authority}.crt{names}}}\naccess: {{search: [{{names: [a]}}]}}\n"
        ),
    );
}

/// The files of the local side by their names without the number.
fn local_files(folder: &Folder, kit: &str) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder.join(kit).join("local")).unwrap();
    let named = entries.map(|entry| {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().get(3..).unwrap().to_owned();
        (name, fs::read_to_string(path).unwrap())
    });
    named.collect()
}

fn plan(folder: &Folder, files: [&str; 2]) {
    let words = [
        "remote",
        "plan",
        files[0],
        files[1],
        "--at",
        "2026-11-22T00:00:00Z",
        "--out",
        "kits",
        "--force",
    ];
    run(folder, &words).succeeds();
}

/// Whatever the order in which they are named, both kits have the same files for the common cluster.
#[test]
fn what_partners_share_is_the_same_in_each_kit() {
    let folder = folder();
    connection(&folder, "metrics", "tls", "other-ca");
    connection(&folder, "logs", "tls", "same-name-ca");
    for files in [["metrics.yml", "logs.yml"], ["logs.yml", "metrics.yml"]] {
        plan(&folder, files);
        let (logs, metrics) =
            (local_files(&folder, "kits/logs"), local_files(&folder, "kits/metrics"));
        for shared in ["logs-metrics-trust.yml", "elasticsearch.yml", "elasticsearch.yml.patch"] {
            assert_eq!(logs[shared], metrics[shared], "{files:?}: {shared}");
        }
        let list = "certificate_authorities:\n  - ca.crt\n  - logs-ca.crt\n  - metrics-ca.crt\n";
        assert!(logs["elasticsearch.yml"].contains(list), "{}", logs["elasticsearch.yml"]);
        for kit in ["logs", "metrics"] {
            let readme = folder.read_text(&format!("kits/{kit}/README.md"));
            assert_eq!(readme.matches("has this step: do it once").count(), 2, "{readme}");
        }
    }
}

/// One cluster is reached by two names: its one certificate has both, whichever kit it is made from.
#[test]
fn the_certificate_of_a_server_has_the_names_of_all_connections() {
    let folder = folder();
    for (alias, platform, host) in [("one", "ech", "b"), ("two", "ece", "a")] {
        let text = format!(
            "alias: {alias}\nmodel: api-key\nlocal: {{platform: {platform}, version: 9.3.1}}\nremote: {{platform: self-managed, \
             version: 9.3.1, endpoint: {host}.example.com, ca: cluster/ca.crt, elasticsearch_yml: elasticsearch.yml}}\n\
             access: {{search: [{{names: [a]}}]}}\n"
        );
        folder.write(&format!("{alias}.yml"), text);
    }
    plan(&folder, ["one.yml", "two.yml"]);
    let command = |kit: &str| {
        let readme = folder.read_text(&format!("kits/{kit}/README.md"));
        readme.lines().find(|line| line.starts_with("crosstrust cert ")).unwrap().to_owned()
    };
    assert_eq!(command("one"), command("two"));
    let names = "--dns a.example.com --dns b.example.com";
    assert!(command("one").contains(names), "{}", command("one"));
}

/// Nodes get new certificates once, for all who are to let them in.
#[test]
fn nodes_are_reissued_once_for_all_connections() {
    let folder = folder();
    for alias in ["one", "two"] {
        let text = format!(
            "alias: {alias}\nmodel: tls\nlocal: {{platform: self-managed, version: 9.1.0, cluster_id: c1, scope_id: s1, \
             ca: cluster/ca.crt, nodes: [cluster/nodes/self-managed-1.crt], elasticsearch_yml: elasticsearch.yml}}\n\
             remote: {{platform: ech, version: 9.1.0, endpoint: {alias}.example.com, ca: cluster/other-ca.crt, \
             cluster_id: {alias}, scope_id: \"803289842\", account_id: 7f3a1b5c9d2e4f60812a3b4c5d6e7f80}}\naccess: {{search: [{{names: [a]}}]}}\n"
        );
        folder.write(&format!("{alias}.yml"), text);
    }
    plan(&folder, ["one.yml", "two.yml"]);
    for kit in ["one", "two"] {
        let readme = folder.read_text(&format!("kits/{kit}/README.md"));
        let step = readme.split("Re-issue the node certificates").last().unwrap();
        let step = step.split("\n## ").next().unwrap();
        assert!(step.contains("has this step: do it once"), "{step}");
    }
}

/// The same on Kubernetes: objects of one name have one content.
#[test]
fn objects_that_partners_share_are_the_same_in_each_kit() {
    let folder = folder();
    let local =
        "{platform: eck, name: search, namespace: apps, version: 9.1.0, ca: cluster/ca.crt}";
    for (alias, authority) in [("metrics", "other-ca"), ("logs", "same-name-ca")] {
        connection(&folder, alias, "tls", authority);
        let text = folder.read_text(&format!("{alias}.yml"));
        let own = text.find("local: ").unwrap();
        let end = text.find("\nremote").unwrap();
        folder.write(
            &format!("{alias}.yml"),
            format!("{}local: {local}{}", &text[..own], &text[end..]),
        );
    }
    plan(&folder, ["metrics.yml", "logs.yml"]);
    let (logs, metrics) = (local_files(&folder, "kits/logs"), local_files(&folder, "kits/metrics"));
    let shared =
        ["search-logs-metrics-ca.yml", "search-logs-metrics-trust.yml", "elasticsearch.yml"];
    for name in shared {
        assert_eq!(logs[name], metrics[name], "{name}");
    }
    let readme = folder.read_text("kits/logs/README.md");
    assert_eq!(readme.matches("has this step: do it once").count(), 3, "{readme}");
}

/// Kits of two models change different settings of one file: both patches fit, whichever is first.
#[test]
fn patches_of_two_models_fit_after_each_other() {
    let folder = folder();
    connection(&folder, "logs", "tls", "other-ca");
    connection(&folder, "keyed", "api-key", "same-name-ca");
    plan(&folder, ["logs.yml", "keyed.yml"]);
    let patch = |kit: &str| local_files(&folder, kit)["elasticsearch.yml.patch"].clone();
    let Some(program) = tool("patch") else { return };
    let (logs, keyed) = (patch("kits/logs"), patch("kits/keyed"));
    let mut made = Vec::new();
    for patches in [[&logs, &keyed], [&keyed, &logs]] {
        folder.write("new.yml", YML);
        for text in patches {
            folder.write("one.patch", text);
            program.with(["new.yml", "one.patch"]).folder(folder.path()).run().succeeds();
        }
        made.push(folder.read_text("new.yml"));
    }
    assert_eq!(made[0], made[1]);
    for line in [
        "remote_cluster_client.ssl.certificate_authorities:",
        "trust_restrictions.path:",
        "  - logs-ca.crt",
    ] {
        assert!(made[0].contains(line), "{line}: {}", made[0]);
    }
}

/// One cluster has one version.
#[test]
fn two_versions_of_one_cluster_are_an_error() {
    let folder = folder();
    connection(&folder, "metrics", "tls", "other-ca");
    connection(&folder, "logs", "tls", "same-name-ca");
    let text = folder.read_text("logs.yml").replacen("9.1.0", "9.0.0", 1);
    folder.write("logs.yml", text);
    let found = run(&folder, &["remote", "check", "metrics.yml", "logs.yml"]).exits_with(1);
    assert!(
        found.text().contains("error[RC048]: `version` of the local cluster"),
        "{}",
        found.text()
    );
}

/// Of two clusters that read from each other by API key, each trusts what answers it, and not who asks.
#[test]
fn who_connects_by_key_is_not_trusted_as_a_server() {
    let folder = Folder::new();
    std::os::unix::fs::symlink(fixture("cluster"), folder.join("cluster")).unwrap();
    let connection = |alias: &str, local: &str, own: &str, remote: &str, ca: &str| {
        format!(
            "alias: {alias}\nmodel: api-key\nlocal: {{platform: self-managed, version: 9.1.0, node_names: [{local}], ca: cluster/{own}.crt}}\n\
             remote: {{platform: self-managed, version: 9.1.0, node_names: [{remote}], endpoint: {remote}, \
             ca: cluster/{ca}.crt}}\naccess: {{search: [{{names: [a]}}]}}\n"
        )
    };
    folder.write("to-b.yml", connection("b", "a.example.com", "ca", "b.example.com", "other-ca"));
    folder.write("to-a.yml", connection("a", "b.example.com", "other-ca", "a.example.com", "ca"));
    let plan =
        ["remote", "plan", "to-b.yml", "to-a.yml", "--at", "2026-11-22T00:00:00Z", "--out", "kits"];
    run(&folder, &plan).succeeds();
    for alias in ["a", "b"] {
        let entries = fs::read_dir(folder.join(&format!("kits/{alias}/local"))).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let handed: Vec<String> = names.filter(|name| name.contains(".crt")).collect();
        assert_eq!(handed.len(), 1, "{handed:?}");
        assert!(handed[0].contains(&format!("-{alias}-server-ca.crt")), "{handed:?}");
    }
}
