//! `manifest`: a resource on Kubernetes that is there keeps what it has.

use crosstrust_testkit::Folder;

use crate::{fixture, run};

pub(super) const THERE: &str = "\
apiVersion: elasticsearch.k8s.elastic.co/v1
kind: Elasticsearch
metadata:
  name: search
  namespace: apps
spec:
  version: 9.1.3
  secureSettings:
  - secretName: mine
  remoteClusters:
  - name: other
    elasticsearchRef: {name: logs}
  transport:
    tls:
      certificateAuthorities: {configMapName: mine-ca}
  nodeSets:
  - name: hot
    count: 5
    config: {node.roles: [data, remote_cluster_client]}
    volumeClaimTemplates:
    - metadata: {name: elasticsearch-data}
  - name: masters
    count: 3
    podTemplate:
      spec:
        volumes:
        - name: mine
          configMap: {name: mine}
";

pub(super) fn folder() -> Folder {
    let folder = Folder::new();
    std::os::unix::fs::symlink(fixture("cluster"), folder.join("cluster")).unwrap();
    folder.write("there.yml", THERE);
    folder
}

pub(super) fn connection(model: &str, more: &str) -> String {
    format!(
        "alias: east\nmodel: {model}\nlocal: {{platform: eck, name: search, namespace: apps, version: 9.1.0, \
         ca: cluster/ca.crt, manifest: there.yml, partners: []}}\nremote: {{platform: self-managed, version: 9.1.0, \
         endpoint: es.example.com, ca: cluster/other-ca.crt, {more}}}\naccess: {{search: [{{names: [a]}}]}}\n"
    )
}

pub(super) fn planned(folder: &Folder, text: &str) -> String {
    folder.write("c.yml", text);
    let plan = ["remote", "plan", "c.yml", "--at", "2026-11-22T00:00:00Z", "--out", "kit"];
    run(folder, &[&plan[..], &["--force"]].concat()).succeeds();
    let entries = std::fs::read_dir(folder.join("kit/local")).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut found: Vec<_> =
        paths.filter(|path| path.to_string_lossy().ends_with("-elasticsearch.yml")).collect();
    found.sort();
    std::fs::read_to_string(found.last().unwrap()).unwrap()
}

#[test]
fn what_a_resource_has_stays() {
    let folder = folder();
    let key = planned(&folder, &connection("api-key", ""));
    let scope = "trust: {local_accepts: scope, remote_accepts: scope}\n";
    let scope = format!("{}{scope}", connection("tls", ""));
    let readme = folder.read_text("kit/README.md");
    let command = "kubectl patch elasticsearch search -n apps --type merge --patch-file local/";
    assert!(readme.contains(command), "{readme}");
    for expected in [
        "version: \"9.1.3\"",
        "- secretName: mine",
        "- secretName: search-east-api-key",
        "- name: hot\n      count: 5",
        "name: elasticsearch-data",
        "- name: masters\n      count: 3",
        "name: mine\n",
    ] {
        assert!(key.contains(expected), "{expected}: {key}");
    }
    // The config map of CAs that is named stays named; the new CA comes another way.
    let tls = planned(&folder, &scope);
    assert!(!tls.contains("configMapName"), "{tls}");
    assert!(tls.contains("- /usr/share/elasticsearch/config/east-ca/ca.crt"), "{tls}");
    // What was read is not asked for.
    let readme = folder.read_text("kit/README.md");
    assert!(!readme.contains("named in the resource already"), "{readme}");
    assert!(!readme.contains("already, keep"), "{readme}");
    let check = ["remote", "check", "c.yml", "--at", "2026-11-22T00:00:00Z"];
    assert!(!run(&folder, &check).succeeds().text().contains("resource `search`"));
}

#[test]
fn a_manifest_of_something_else_is_refused() {
    let folder = folder();
    for (text, expected) in [
        (
            THERE.replace("namespace: apps", "namespace: other"),
            "is not `search` in the namespace `apps`",
        ),
        (
            THERE.replace("kind: Elasticsearch", "kind: Kibana"),
            "no Elasticsearch resource of Kubernetes",
        ),
        ("a: [\n".to_owned(), "there.yml"),
        (String::new(), "no Elasticsearch resource of Kubernetes"),
    ] {
        folder.write("there.yml", text);
        folder.write("c.yml", connection("api-key", ""));
        let messages = run(&folder, &["remote", "check", "c.yml"]).exits_with(2).messages();
        assert!(messages.contains(expected), "{expected}: {messages}");
    }
}

/// A service stays of the type that the resource has, and the kit says so; without one it is a load
/// balancer.
#[test]
fn the_type_of_a_service_stays() {
    let folder = folder();
    for (model, field) in [("tls", "transport"), ("api-key", "remoteClusterServer")] {
        for kept in [Some("NodePort"), Some("ClusterIP"), None] {
            let service = kept.map(|kept| {
                format!("  {field}:\n    service: {{spec: {{type: {kept}}}}}\n  nodeSets:\n")
            });
            let text = THERE.replace(
                "  transport:\n    tls:\n      certificateAuthorities: {configMapName: mine-ca}\n",
                "",
            );
            let service = service.unwrap_or("  nodeSets:\n".to_owned());
            folder.write("there.yml", text.replace("  nodeSets:\n", &service));
            folder.write(
                "c.yml",
                format!(
                    "alias: east\nmodel: {model}\nlocal: {{platform: self-managed, version: 9.1.0, \
                     ca: cluster/other-ca.crt, node_names: [b1.example.com]}}\nremote: {{platform: eck, name: search, \
                     namespace: apps, version: 9.1.0, ca: cluster/ca.crt, manifest: there.yml, \
                     endpoint: es.example.com}}\naccess: {{search: [{{names: [a]}}]}}\n"
                ),
            );
            let plan = ["remote", "plan", "c.yml", "--at", "2026-11-22T00:00:00Z", "--out", "kit"];
            run(&folder, &[&plan[..], &["--force"]].concat()).succeeds();
            let readme = folder.read_text("kit/README.md");
            let entries = std::fs::read_dir(folder.join("kit/remote")).unwrap();
            let texts =
                entries.map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap());
            let all: String = texts.collect();
            let expected = kept.unwrap_or("LoadBalancer");
            assert_eq!(all.matches("type: ").count(), 1, "{model} {kept:?}: {all}");
            assert!(all.contains(&format!("type: {expected}\n")), "{model} {kept:?}: {all}");
            let told = format!("keeps the type `{expected}`");
            assert_eq!(readme.contains(&told), kept.is_some(), "{model} {kept:?}: {readme}");
        }
    }
}

/// The files that the kit has on both sides, one after the other.
pub(super) fn both_sides(folder: &Folder, text: &str) -> [String; 2] {
    planned(folder, text);
    ["local", "remote"].map(|side| {
        let entries = std::fs::read_dir(folder.join(&format!("kit/{side}"))).unwrap();
        entries.map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap()).collect()
    })
}

/// With `transport.tls.otherNameSuffix`, the operator names a node `POD.SUFFIX`. Ids of the connection
/// file give it another suffix, and both are let in while the nodes are restarted.
#[test]
fn nodes_are_let_in_by_the_suffix_that_the_resource_has() {
    let folder = folder();
    let tls = "      certificateAuthorities:";
    let with =
        |suffix: &str| THERE.replace(tls, &format!("      otherNameSuffix: {suffix}\n{tls}"));
    folder.write("there.yml", with("my.suffix"));
    let text = connection("tls", "node_names: [b1.example.com]");
    for all in both_sides(&folder, &text) {
        assert!(all.contains("*.my.suffix"), "{all}");
        assert!(!all.contains("search.apps.es.local"), "{all}");
    }

    let ids = text.replace("name: search,", "name: search, cluster_id: c, scope_id: s,");
    let [own, peer] = both_sides(&folder, &ids);
    assert!(own.contains("*.my.suffix") && own.contains("*.node.c.cluster.s.account"), "{own}");
    assert!(!own.contains("search.apps.es.local"), "{own}");
    assert!(peer.contains("*.node.c.cluster.s.account") && !peer.contains("my.suffix"), "{peer}");
    let readme = folder.read_text("kit/README.md");
    assert!(readme.contains("takes the place of the suffix `my.suffix`"), "{readme}");
    // The suffix of the ids is there already.
    folder.write("there.yml", with("node.c.cluster.s.account"));
    let [own, _] = both_sides(&folder, &ids);
    assert!(!own.contains("search.apps.es.local"), "{own}");
    let readme = folder.read_text("kit/README.md");
    assert!(!readme.contains("takes the place of the suffix"), "{readme}");
}

/// A deployment lists such nodes by name, whatever share of them it lets in: no scope has them all.
#[test]
fn a_deployment_lists_nodes_by_the_suffix_that_the_resource_has() {
    let folder = folder();
    let tls = "      certificateAuthorities:";
    let there = THERE.replace(tls, &format!("      otherNameSuffix: my.suffix\n{tls}"));
    folder.write("there.yml", there);
    let cloud =
        "platform: ech, cluster_id: c, scope_id: \"1\", account_id: x, deployment_id: d, version";
    let hosted = connection("tls", "").replace("platform: self-managed, version", cloud);
    let sets = "name: search, node_sets: [{name: hot, count: 2}],";
    let [own, peer] = both_sides(&folder, &hosted.replace("name: search,", sets));
    assert!(own.contains("*.my.suffix") && !own.contains("search.apps.es.local"), "{own}");
    for name in ["search-es-hot-0.my.suffix", "search-es-hot-1.my.suffix"] {
        assert!(peer.contains(name), "{name}: {peer}");
    }
    assert!(!peer.contains("es.local") && !peer.contains("search-es-hot-2"), "{peer}");
    let [_, peer] = both_sides(&folder, &format!("{hosted}trust: {{remote_accepts: scope}}\n"));
    assert!(peer.contains("search-es-masters-2.my.suffix") && !peer.contains("es.local"), "{peer}");
}

/// The operator's own list of CAs, or one of the node sets, takes the place of the public ones.
#[test]
fn public_authorities_that_a_resource_replaces_are_told() {
    let folder = folder();
    let list = "xpack.security.remote_cluster_client.ssl.certificate_authorities";
    for (from, to, expected) in [
        ("", "", 0),
        ("elasticsearchRef: {name: logs}", "elasticsearchRef: {name: logs}\n    apiKey: {}", 1),
        ("config: {", &format!("config: {{{list}: [a.crt], "), 1),
    ] {
        folder.write("there.yml", THERE.replacen(from, to, 1));
        let text = connection("api-key", "").replace("platform: self-managed", "platform: ech");
        folder.write("c.yml", text.replace(", ca: cluster/other-ca.crt, ", ""));
        let found = run(&folder, &["remote", "check", "c.yml"]).succeeds();
        assert_eq!(found.text().matches("RC065").count(), expected, "{to}: {}", found.text());
    }
}
