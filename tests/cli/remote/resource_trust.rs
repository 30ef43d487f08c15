//! `manifest`: whom a resource on Kubernetes lets in already, and who would be shut out.

use crosstrust_testkit::{Folder, Run, python_with, tool};

use super::resource::{THERE, both_sides, connection, folder, planned};
use crate::{fixture, run};

const PATH: &str = "xpack.security.transport.ssl.trust_restrictions.path";
const LIST: &str = "xpack.security.transport.ssl.certificate_authorities";
const OLD: &str =
    "trust.subject_name: [\"*.node.search.apps.es.local\", \"*.node.old.apps.es.local\"]\n";

fn tls() -> String {
    connection("tls", "node_names: [b1.example.com]")
}

/// The node set `hot` has restrictions, mounted from a config map; `masters` has none.
fn restricted() -> String {
    let config = format!("config: {{{PATH}: mine/trust.yml, node.roles:");
    let mounted = "    volumeClaimTemplates:\n    - metadata: {name: elasticsearch-data}\n    podTemplate:\n      spec:\n        \
        containers:\n        - {name: elasticsearch, volumeMounts: [{name: mine, mountPath: /usr/share/elasticsearch/config/mine}]}\n        \
        volumes: [{name: mine, configMap: {name: mine-trust}}]\n";
    let claims = "    volumeClaimTemplates:\n    - metadata: {name: elasticsearch-data}\n";
    THERE.replace("config: {node.roles:", &config).replacen(claims, mounted, 1)
}

fn config_map(name: &str, key: &str, text: &str) -> String {
    let text = text.lines().map(|line| format!("    {line}\n")).collect::<String>();
    format!(
        "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}, namespace: apps}}\ndata:\n  {key}: |\n{text}"
    )
}

fn findings(folder: &Folder, text: &str) -> String {
    folder.write("c.yml", text);
    let check = ["remote", "check", "c.yml", "--at", "2026-11-22T00:00:00Z"];
    let ended = run(folder, &check);
    assert!(ended.status.is_some_and(|status| status < 2), "{}", ended.messages());
    ended.text().to_owned()
}

/// The file of the kit whose name ends so.
fn of_kit(folder: &Folder, end: &str) -> String {
    let entries = std::fs::read_dir(folder.join("kit/local")).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let first = paths.iter().find(|path| path.to_string_lossy().ends_with(end)).unwrap();
    std::fs::read_to_string(first).unwrap()
}

/// What `PyYAML` reads of a text, by an expression on `d`.
fn asked(folder: &Folder, text: &str, expression: &str) -> Option<String> {
    let python = python_with("yaml")?;
    folder.write("asked.yml", text);
    let script = format!("import yaml\nd = yaml.safe_load(open('asked.yml'))\nprint({expression})");
    Some(
        python
            .with(["-c", &script])
            .folder(folder.path())
            .run()
            .succeeds()
            .text()
            .trim()
            .to_owned(),
    )
}

const NAMES: &str = "','.join(d['trust.subject_name'])";
const PATHS: &str = "','.join(s['config']['xpack.security.transport.ssl.trust_restrictions.path'] for s in d['spec']['nodeSets'])";
const MOUNTED: &str = "/usr/share/elasticsearch/config/east-trust/trust.yml";

/// With their config map in the file, the kit adds to what is there, and all node sets get the same.
#[test]
fn restrictions_of_a_resource_are_merged_where_they_are_there() {
    let folder = folder();
    for wrap in [false, true] {
        let mut text = format!("{}{}", restricted(), config_map("mine-trust", "trust.yml", OLD));
        if wrap {
            // As `kubectl get elasticsearch,configmap -o yaml` shows several.
            let item = |text: &str| {
                let lines = text.lines().map(|line| format!("  {line}\n")).collect::<String>();
                format!("-{}", lines.strip_prefix(' ').unwrap_or(&lines))
            };
            let (one, two) = text.split_once("---\n").unwrap();
            text = format!("apiVersion: v1\nkind: List\nitems:\n{}{}", item(one), item(two));
        }
        folder.write("there.yml", text);
        let manifest = planned(&folder, &tls());
        let map = of_kit(&folder, "search-east-trust.yml");
        let merged = "*.node.search.apps.es.local,*.node.old.apps.es.local,b1.example.com";
        if let Some(names) = asked(&folder, &map, NAMES) {
            for name in merged.split(',') {
                assert!(names.split(',').any(|found| found == name), "{name}: {names}");
            }
        }
        if let Some(paths) = asked(&folder, &manifest, PATHS) {
            assert_eq!(paths, format!("{MOUNTED},{MOUNTED}"), "{manifest}");
        }
        assert!(!findings(&folder, &tls()).contains("RC018"));
    }
}

/// Without it, the kit reads the file from a node, as the operator would, and makes the config map of both.
#[test]
fn restrictions_that_nobody_showed_are_read_from_the_nodes() {
    let folder = folder();
    folder.write("there.yml", restricted());
    let found = findings(&folder, &tls());
    assert!(found.contains("warning[RC018]") && found.contains("`mine/trust.yml`"), "{found}");
    let manifest = planned(&folder, &tls());
    if let Some(paths) = asked(&folder, &manifest, PATHS) {
        assert_eq!(paths, format!("{MOUNTED},{MOUNTED}"), "{manifest}");
    }
    let readme = folder.read_text("kit/README.md");
    let start = readme.find("kubectl exec search-es-hot-0").unwrap();
    let script = readme.get(start..).unwrap().split("```").next().unwrap();
    // A `kubectl` that has one file in one container, and keeps what is made of it.
    folder.write("old.yml", OLD);
    let fake = "#!/bin/sh\ncase \"$1\" in\nexec) [ \"$9\" = /usr/share/elasticsearch/config/mine/trust.yml ] && cat ../old.yml ;;\n\
        create) cp \"$(echo \"$*\" | sed 's/.*--from-file=trust.yml=\\([^ ]*\\).*/\\1/')\" ../made.yml ;;\napply) cat >/dev/null ;;\nesac\n";
    std::fs::create_dir(folder.join("bin")).unwrap();
    let kubectl = folder.write("bin/kubectl", fake);
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_crosstrust"));
    std::os::unix::fs::symlink(binary, folder.join("bin/crosstrust")).unwrap();
    tool("chmod").unwrap().with(["+x", kubectl.to_str().unwrap()]).run().succeeds();
    let path = format!("{}:{}", folder.join("bin").display(), std::env::var("PATH").unwrap());
    Run::new("sh")
        .args(["-euc", script])
        .env("PATH", path)
        .folder(folder.join("kit"))
        .run()
        .succeeds();
    if let Some(names) = asked(&folder, &folder.read_text("made.yml"), NAMES) {
        for name in ["*.node.search.apps.es.local", "*.node.old.apps.es.local", "b1.example.com"] {
            assert!(names.split(',').any(|found| found == name), "{name}: {names}");
        }
    }
}

/// Restrictions that are new shut out whoever is trusted now, unless he is known.
#[test]
fn partners_of_a_resource_are_not_shut_out_without_a_word() {
    let folder = folder();
    let text = tls().replace(", partners: []", "");
    let found = findings(&folder, &text);
    assert!(
        found.contains("error[RC046]") && found.contains("the config map `mine-ca`"),
        "{found}"
    );
    assert!(found.contains("nobody looked at"), "{found}");
    assert!(!findings(&folder, &tls()).contains("RC046"));

    for (name, told) in [("other-ca.crt", false), ("ca.crt", false), ("same-name-ca.crt", true)] {
        let authority = std::fs::read_to_string(fixture(&format!("cluster/{name}"))).unwrap();
        folder
            .write("there.yml", format!("{THERE}{}", config_map("mine-ca", "ca.crt", &authority)));
        let found = findings(&folder, &text);
        assert_eq!(found.contains("RC046"), told, "{name}: {found}");
        assert!(!found.contains("nobody looked at the remote"), "{found}");
    }
    // A list of the node sets is the same; the operator's own CA is nobody else's.
    let bare = THERE.replace(
        "  transport:\n    tls:\n      certificateAuthorities: {configMapName: mine-ca}\n",
        "",
    );
    for (path, told) in [
        ("/usr/share/elasticsearch/config/p/ca.crt", true),
        ("/usr/share/elasticsearch/config/transport-certs/ca.crt", false),
    ] {
        folder.write(
            "there.yml",
            bare.replace("config: {", &format!("config: {{{LIST}: [{path}], ")),
        );
        let found = findings(&folder, &text);
        assert_eq!(found.contains("RC046"), told, "{path}: {found}");
    }
}

/// The operator connects the clusters of `spec.remoteClusters` by certificates unless they have a key.
#[test]
fn clusters_that_the_operator_connects_are_let_in() {
    let folder = folder();
    let logs = "*.node.logs.apps.es.local";
    assert!(both_sides(&folder, &tls())[0].contains(logs));
    folder.write("there.yml", THERE.replace("{name: logs}", "{name: logs, namespace: x}"));
    assert!(both_sides(&folder, &tls())[0].contains("*.node.logs.x.es.local"));
    folder.write("there.yml", THERE.replace("{name: logs}", "{name: logs}\n    apiKey: {}"));
    assert!(!both_sides(&folder, &tls())[0].contains("node.logs."));
}

/// Names in certificates of somebody else are nobody's but the connection file's.
#[test]
fn nodes_with_certificates_of_somebody_else_are_named() {
    let folder = folder();
    let tls_key = "      certificateAuthorities:";
    let disabled = format!(
        "      selfSignedCertificates: {{disabled: true}}\n      otherNameSuffix: my.suffix\n{tls_key}"
    );
    folder.write("there.yml", THERE.replace(tls_key, &disabled));
    assert!(findings(&folder, &tls()).contains("error[RC067]"));
    run(&folder, &["remote", "plan", "c.yml", "--out", "kit"]).exits_with(1);
    let named = tls().replace(", partners: []", ", partners: [], node_names: [n1.corp, n2.corp]");
    assert!(!findings(&folder, &named).contains("RC067"));
    for all in both_sides(&folder, &named) {
        assert!(all.contains("n1.corp") && all.contains("n2.corp"), "{all}");
        assert!(!all.contains("*.my.suffix") && !all.contains("search.apps.es.local"), "{all}");
    }
    // A deployment lists them by name.
    let cloud =
        "platform: ech, cluster_id: c, scope_id: \"1\", account_id: x, deployment_id: d, version";
    let hosted = named
        .replace("platform: self-managed, version", cloud)
        .replace(", node_names: [b1.example.com]", "");
    let [_, peer] = both_sides(&folder, &hosted);
    assert!(
        peer.contains("n1.corp") && !peer.contains("es.local") && !peer.contains("my.suffix"),
        "{peer}"
    );
}

/// Ids change the names of the nodes, which partners may know.
#[test]
fn new_names_are_told_where_partners_know_the_old_ones() {
    let folder = folder();
    let ids = tls().replace("name: search,", "name: search, cluster_id: c, scope_id: s,");
    let found = findings(&folder, &ids);
    assert!(found.contains("warning[RC068]"), "{found}");
    assert!(
        found.contains("`*.node.search.apps.es.local` now, and `*.node.c.cluster.s.account`"),
        "{found}"
    );
    assert!(!findings(&folder, &tls()).contains("RC068"));
    let tls_key = "      certificateAuthorities:";
    for (suffix, told) in [("my.suffix", true), ("node.c.cluster.s.account", false)] {
        folder.write(
            "there.yml",
            THERE.replace(tls_key, &format!("      otherNameSuffix: {suffix}\n{tls_key}")),
        );
        assert_eq!(findings(&folder, &ids).contains("RC068"), told, "{suffix}");
    }
}
