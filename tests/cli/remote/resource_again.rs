//! Kits of a resource on Kubernetes that has some of what they would give it, or all.

use std::fs;

use crosstrust_testkit::{Folder, python_with};

use super::resource::{THERE, connection, folder};
use crate::run;

/// What the resource and its config maps become: merge patches as RFC 7386 says, config maps as they are.
const APPLY: &str = "import glob, yaml\n\
def merged(there, patch):\n\
\x20   if not isinstance(patch, dict): return patch\n\
\x20   all = dict(there) if isinstance(there, dict) else {}\n\
\x20   for key, value in patch.items():\n\
\x20       if value is None: all.pop(key, None)\n\
\x20       else: all[key] = merged(all.get(key), value)\n\
\x20   return all\n\
all = list(yaml.safe_load_all(open('there.yml')))\n\
for path in sorted(glob.glob('kit/local/*.yml')):\n\
\x20   one = yaml.safe_load(open(path))\n\
\x20   if one.get('kind') == 'Elasticsearch': all[0] = merged(all[0], one)\n\
\x20   if one.get('kind') == 'ConfigMap':\n\
\x20       all = [x for x in all if x['metadata']['name'] != one['metadata']['name']] + [one]\n\
yaml.safe_dump_all(all, open('there.yml', 'w'), sort_keys=True)\n";

/// The files of a plan on the local side.
fn files(folder: &Folder, text: &str) -> Vec<String> {
    folder.write("c.yml", text);
    let plan = ["remote", "plan", "c.yml", "--at", "2026-11-22T00:00:00Z", "--out", "kit"];
    run(folder, &[&plan[..], &["--force"]].concat()).succeeds();
    let entries = fs::read_dir(folder.join("kit/local")).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn manifests(files: &[String]) -> Vec<&str> {
    let names = files.iter().filter_map(|name| name.split_once('-'));
    names.map(|(_, name)| name).filter(|name| name.contains(".yml")).collect()
}

/// Applies the kit; nothing without Python.
fn apply(folder: &Folder) -> Option<()> {
    let python = python_with("yaml")?;
    python.with(["-c", APPLY]).folder(folder.path()).run().succeeds();
    Some(())
}

/// Planned over what it has made, a kit changes nothing of the resource; a new CA, that alone.
#[test]
fn a_kit_over_an_applied_one_writes_what_changes() {
    let nodes = "node_names: [b1.example.com]";
    let keyed = connection("api-key", "");
    let signed = format!("{keyed}strong_identity: true\n").replace("9.1.0", "9.3.0");
    let scope = "trust: {local_accepts: scope, remote_accepts: scope}\n";
    for (text, key) in [
        (connection("tls", nodes), None),
        (format!("{}{scope}", connection("tls", "")), None),
        (keyed, Some("search-east-api-key.yml")),
        (signed, Some("search-east-api-key.yml")),
    ] {
        let folder = folder();
        folder.write("there.yml", THERE.replace("9.1.3", "9.3.0"));
        assert!(manifests(&files(&folder, &text)).contains(&"elasticsearch.yml"), "{text}");
        if apply(&folder).is_none() {
            return;
        }
        let again = files(&folder, &text);
        assert_eq!(manifests(&again), key.into_iter().collect::<Vec<_>>(), "{text}: {again:?}");
        let is_handed_over = |name: &String| name.contains(".crt");
        assert!(!again.iter().any(is_handed_over), "{again:?}");
        // It is renewed: the config map takes it, and the resource stays.
        let renewed = files(&folder, &text.replace("other-ca", "same-name-ca"));
        let found = manifests(&renewed);
        assert!(found.iter().any(|name| name.ends_with("-ca.yml")), "{text}: {found:?}");
        assert!(!found.contains(&"elasticsearch.yml"), "{text}: {found:?}");
    }
}

/// A kit without the resource cannot tell, and says so.
#[test]
fn a_kit_without_the_resource_says_that_it_knows_nothing_of_it() {
    let folder = folder();
    files(&folder, &connection("api-key", "").replace(", manifest: there.yml", ""));
    let readme = folder.read_text("kit/README.md");
    assert!(
        readme.contains("planned again, it says the same, whatever has been applied"),
        "{readme}"
    );
    let check = ["remote", "check", "c.yml", "--at", "2026-11-22T00:00:00Z"];
    let found = run(&folder, &check).succeeds().text().to_owned();
    assert!(found.contains("a kit that is planned again writes all of it again"), "{found}");
}

/// A config map of the usual name which no node set has its restrictions from is somebody else's.
#[test]
fn restrictions_of_the_usual_name_that_nobody_uses_stay() {
    let folder = folder();
    let map = "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: search-east-trust, namespace: apps}\ndata:\n  \
               trust.yml: \"trust.subject_name: ['*.stranger']\"\n";
    folder.write("there.yml", format!("{THERE}{map}"));
    let text = connection("tls", "node_names: [b1.example.com]");
    let found = files(&folder, &text);
    let names = manifests(&found);
    assert!(names.contains(&"search-east-trust-2.yml"), "{names:?}");
    assert!(!names.contains(&"search-east-trust.yml"), "{names:?}");
    let readme = folder.read_text("kit/README.md");
    assert!(
        readme.contains("it stays as it is, and this one is called `search-east-trust-2`"),
        "{readme}"
    );
    assert!(!readme.contains("stranger"));
    if apply(&folder).is_none() {
        return;
    }
    assert!(folder.read_text("there.yml").contains("stranger"));
    // The one in use is known again.
    assert!(manifests(&files(&folder, &text)).is_empty());
}

/// A number of nodes is asked for where a patch has the node sets, and nowhere else.
#[test]
fn node_sets_that_stay_need_no_count() {
    let folder = folder();
    folder.write("there.yml", THERE.replace("    count: 5\n", ""));
    let hosted = connection("api-key", "").replace("platform: self-managed", "platform: ech");
    let hosted = hosted.replace(", ca: cluster/other-ca.crt, ", "");
    for (text, expected) in [(hosted, false), (connection("api-key", ""), true)] {
        folder.write("c.yml", text);
        let check = ["remote", "check", "c.yml", "--at", "2026-11-22T00:00:00Z"];
        let found = run(&folder, &check);
        assert_eq!(found.text().contains("RC075"), expected, "{}", found.text());
        assert_eq!(found.status, Some(i32::from(expected)));
    }
}

/// The operator's own list of CAs takes the place of the JDK's: the kit puts these into a config map, and planned
/// over that there is nothing left to do, nor to warn of.
#[test]
fn public_authorities_are_kept_beside_a_list() {
    let folder = folder();
    let refs = "elasticsearchRef: {name: logs}";
    folder.write("there.yml", THERE.replace(refs, &format!("{refs}\n    apiKey: {{}}")));
    let text = connection("api-key", "").replace("platform: self-managed", "platform: ech");
    let text = text.replace(", ca: cluster/other-ca.crt, ", "");
    files(&folder, &text);
    let readme = folder.read_text("kit/README.md");
    for expected in [
        "kubectl exec search-es-hot-0 -n apps -c elasticsearch -- \\\n",
        "kubectl create configmap search-public-roots -n apps --from-file=public-roots.crt=../search-public-roots.crt ",
    ] {
        assert!(readme.contains(expected), "{expected}: {readme}");
    }
    let step = readme.find("Keep the public CAs trusted").unwrap();
    assert!(step < readme.find("Give the key, and what it trusts").unwrap(), "{readme}");
    let check = ["remote", "check", "c.yml", "--at", "2026-11-22T00:00:00Z"];
    assert!(run(&folder, &check).text().contains("RC065"));
    if apply(&folder).is_none() {
        return;
    }
    let there = folder.read_text("there.yml");
    assert_eq!(there.matches("- public-roots/public-roots.crt").count(), 2, "{there}");
    assert_eq!(there.matches("mountPath: /usr/share/elasticsearch/config/public-roots").count(), 2);
    assert_eq!(manifests(&files(&folder, &text)), ["search-east-api-key.yml"]);
    assert!(!folder.read_text("kit/README.md").contains("Keep the public CAs trusted"));
    assert!(!run(&folder, &check).text().contains("RC065"));
}

/// A list that one kit begins holds for a public remote cluster of another.
#[test]
fn public_authorities_are_kept_in_a_list_that_another_kit_begins() {
    let folder = folder();
    let hosted = connection("api-key", "").replace("platform: self-managed", "platform: ech");
    folder.write(
        "a.yml",
        hosted.replace(", ca: cluster/other-ca.crt, ", "").replace("east", "hosted"),
    );
    folder.write("b.yml", connection("api-key", "").replace("es.example", "fs.example"));
    let plan =
        ["remote", "plan", "a.yml", "b.yml", "--at", "2026-11-22T00:00:00Z", "--out", "kits"];
    run(&folder, &plan).succeeds();
    for kit in ["hosted", "east"] {
        let readme = folder.read_text(&format!("kits/{kit}/README.md"));
        assert!(readme.contains("Keep the public CAs trusted"), "{kit}: {readme}");
    }
}

/// What node sets say of the alias makes way for the request that registers it, as in an `elasticsearch.yml`.
#[test]
fn settings_of_the_alias_in_node_sets_make_way() {
    let folder = folder();
    let config = "config: {node.roles: [data, remote_cluster_client], cluster: {remote: {east: {seeds: [old:9300], \
                  transport.compress: true}, west.seeds: [w:9300]}}}";
    folder.write(
        "there.yml",
        THERE.replace("config: {node.roles: [data, remote_cluster_client]}", config),
    );
    let hosted = connection("api-key", "").replace("platform: self-managed", "platform: ech");
    let hosted = hosted.replace(", ca: cluster/other-ca.crt, ", "");
    for text in
        [hosted, connection("api-key", ""), connection("tls", "node_names: [b1.example.com]")]
    {
        folder.write(
            "there.yml",
            THERE.replace("config: {node.roles: [data, remote_cluster_client]}", config),
        );
        folder.write("c.yml", &text);
        let check = ["remote", "check", "c.yml", "--at", "2026-11-22T00:00:00Z"];
        assert!(run(&folder, &check).succeeds().text().contains("RC063"));
        let names = files(&folder, &text);
        let of = |end: &str| {
            let name = names.iter().find(|name| name.contains(end) && !name.contains("remove"));
            folder.read_text(&format!("kit/local/{}", name.unwrap()))
        };
        assert!(!of("-elasticsearch.yml").contains("old:9300"), "{text}");
        assert!(of("-cluster-settings.json").contains("\"transport.compress\": \"true\""));
        let readme = folder.read_text("kit/README.md");
        assert!(readme.contains("It takes every setting of `cluster.remote.east` but"), "{readme}");
        if apply(&folder).is_none() {
            return;
        }
        let there = folder.read_text("there.yml");
        assert!(!there.contains("old:9300") && !there.contains("compress"), "{there}");
        assert!(there.contains("w:9300") && there.contains("remote_cluster_client"), "{there}");
        assert!(!run(&folder, &check).succeeds().text().contains("RC063"));
        let again = files(&folder, &text);
        assert!(!manifests(&again).contains(&"elasticsearch.yml"), "{again:?}");
    }
}
