//! A resource on Kubernetes that several kits change, and what it has already in the place of theirs.

use std::fs;

use crosstrust_testkit::{Folder, python_with};

use super::resource::{THERE, connection, folder};
use crate::{fixture, run};

/// Applies merge patches as RFC 7386 says, and prints the secrets and lists of CAs of the result, and for each
/// patch whether it has node sets.
const APPLY: &str = "import glob, sys, yaml\n\
def merged(there, patch):\n\
\x20   if not isinstance(patch, dict): return patch\n\
\x20   all = dict(there) if isinstance(there, dict) else {}\n\
\x20   for key, value in patch.items():\n\
\x20       if value is None: all.pop(key, None)\n\
\x20       else: all[key] = merged(all.get(key), value)\n\
\x20   return all\n\
d = next(yaml.safe_load_all(open('there.yml')))\n\
for kit in sys.argv[1:]:\n\
\x20   for path in sorted(glob.glob(kit + '/*-elasticsearch.yml')):\n\
\x20       patch = yaml.safe_load(open(path))\n\
\x20       print('sets' if 'nodeSets' in patch['spec'] else 'no sets')\n\
\x20       d = merged(d, patch)\n\
print('secrets', [one['secretName'] for one in d['spec']['secureSettings']])\n\
print('counts', [one['count'] for one in d['spec']['nodeSets']])\n\
for one in d['spec']['nodeSets']:\n\
\x20   for key, value in sorted(one['config'].items()):\n\
\x20       if key.endswith('authorities'): print(key.split('.')[2], value)\n\
\x20   print(sorted(v['name'] for v in one['podTemplate']['spec']['volumes']))\n";

fn plan(folder: &Folder, files: &[&str]) {
    let words = ["--at", "2026-11-22T00:00:00Z", "--out", "kits", "--force"];
    run(folder, &[&["remote", "plan"], files, &words[..]].concat()).succeeds();
}

fn check(folder: &Folder, files: &[&str]) -> String {
    let words = ["--at", "2026-11-22T00:00:00Z"];
    let ended = run(folder, &[&["remote", "check"], files, &words[..]].concat());
    assert!(ended.status.is_some_and(|status| status < 2), "{}", ended.messages());
    ended.text().to_owned()
}

/// What becomes of the resource once these kits are applied in their order.
fn applied(folder: &Folder, kits: &[&str]) -> Option<String> {
    let python = python_with("yaml")?;
    let words = [&["-c", APPLY], kits].concat();
    Some(python.with(&words).folder(folder.path()).run().succeeds().text().to_owned())
}

/// The connection of the resource with another one, under an alias.
fn write(folder: &Folder, alias: &str, model: &str, authority: &str) {
    let names = format!("node_names: [{alias}1.example.com]");
    let text = connection(model, &names).replace("east", alias);
    let text = text.replace("es.example.com", &format!("{alias}.example.com"));
    folder.write(&format!("{alias}.yml"), text.replace("other-ca", authority));
}

/// The file of a kit whose name ends so.
fn of_kit(folder: &Folder, side: &str, end: &str) -> String {
    let mut paths: Vec<_> =
        fs::read_dir(folder.join(side)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let first = paths.iter().find(|path| path.to_string_lossy().ends_with(end)).unwrap();
    fs::read_to_string(first).unwrap()
}

/// The patch of each kit has whole lists: those of the kits before it are in them.
#[test]
fn kits_of_one_resource_keep_what_the_kits_before_them_add() {
    let folder = folder();
    write(&folder, "keys", "api-key", "other-ca");
    write(&folder, "second", "api-key", "same-name-ca");
    write(&folder, "certs", "tls", "other-ca");
    plan(&folder, &["keys.yml", "second.yml", "certs.yml"]);
    let readme = folder.read_text("kits/certs/README.md");
    assert!(readme.contains("in this order: `keys`, `second`"), "{readme}");
    assert!(folder.read_text("kits/keys/README.md").contains("must be as it was read"));
    let Some(found) =
        applied(&folder, &["kits/keys/local", "kits/second/local", "kits/certs/local"])
    else {
        return;
    };
    for expected in [
        "secrets ['mine', 'search-keys-api-key', 'search-second-api-key']",
        "counts [5, 3]",
        "remote_cluster_client ['keys-server-ca/ca.crt', 'second-server-ca/ca.crt']",
        "transport ['/usr/share/elasticsearch/config/certs-ca/ca.crt']",
        "['certs-ca', 'certs-trust', 'keys-server-ca', 'mine', 'second-server-ca']",
    ] {
        assert!(found.contains(expected), "{expected}: {found}");
    }
}

/// One resource is read once, or twice as the same.
#[test]
fn two_resources_of_one_cluster_are_an_error() {
    let folder = folder();
    write(&folder, "keys", "api-key", "other-ca");
    write(&folder, "second", "api-key", "same-name-ca");
    let text = folder.read_text("second.yml").replace("there.yml", "again.yml");
    folder.write("second.yml", text);
    for (again, told) in [(THERE.to_owned(), false), (THERE.replace("count: 5", "count: 6"), true)]
    {
        folder.write("again.yml", again);
        let found = check(&folder, &["keys.yml", "second.yml"]);
        let message = "error[RC048]: `manifest` of the local cluster";
        assert_eq!(found.contains(message), told, "{found}");
    }
}

/// Where a step changes no node set, it has none.
#[test]
fn node_sets_are_left_out_where_nothing_of_them_changes() {
    let folder = folder();
    write(&folder, "keys", "api-key", "other-ca");
    let text = folder.read_text("keys.yml").replace("platform: self-managed", "platform: ech");
    folder.write(
        "keys.yml",
        text.replace(", ca: cluster/other-ca.crt, node_names: [keys1.example.com]", ""),
    );
    folder.write(
        "given.yml",
        "alias: given\nmodel: api-key\nlocal: {platform: self-managed, version: 9.1.0}\nremote: {platform: eck, \
         name: search, namespace: apps, version: 9.1.0, ca: cluster/ca.crt, manifest: there.yml, \
         endpoint: es.example.com}\naccess: {search: [{names: [a]}]}\n",
    );
    plan(&folder, &["keys.yml", "given.yml"]);
    for path in ["kits/keys/local", "kits/given/remote"] {
        let patch = of_kit(&folder, path, "-elasticsearch.yml");
        assert!(patch.contains("spec:") && !patch.contains("nodeSets"), "{patch}");
    }
}

/// What signs requests is trusted in one list, whichever connection it is of.
#[test]
fn the_list_of_signing_authorities_of_one_resource_is_one() {
    let folder = folder();
    for (alias, authority) in [("ra", "other-ca"), ("rb", "same-name-ca")] {
        let text = format!(
            "alias: {alias}\nmodel: api-key\nlocal: {{platform: self-managed, version: 9.3.0, ca: cluster/{authority}.crt}}\n\
             remote: {{platform: eck, name: search, namespace: apps, version: 9.3.0, ca: cluster/ca.crt, manifest: there.yml, \
             endpoint: es.example.com}}\naccess: {{search: [{{names: [a]}}]}}\nstrong_identity: true\n"
        );
        folder.write(&format!("{alias}.yml"), text);
    }
    plan(&folder, &["ra.yml", "rb.yml"]);
    let patch = of_kit(&folder, "kits/rb/remote", "06-elasticsearch.yml");
    let list = "- ra-signing-ca/ra-signing-ca.crt\n          - rb-signing-ca/rb-signing-ca.crt";
    assert!(patch.contains(list), "{patch}");
}

/// The list that is made for a private CA takes the public ones away from the other connection.
#[test]
fn a_list_for_another_remote_cluster_replaces_the_public_authorities() {
    let folder = folder();
    write(&folder, "keys", "api-key", "other-ca");
    let text = connection("api-key", "").replace("platform: self-managed", "platform: ech");
    folder.write(
        "cloud.yml",
        text.replace(", ca: cluster/other-ca.crt, ", "").replace("east", "cloud"),
    );
    assert!(!check(&folder, &["cloud.yml"]).contains("RC065"));
    for files in [["keys.yml", "cloud.yml"], ["cloud.yml", "keys.yml"]] {
        let found = check(&folder, &files);
        assert!(found.contains("warning[RC065]") && found.contains("with `keys`"), "{found}");
    }
}

/// A volume of the kit's name with something else in it, or something else at its place.
#[test]
fn a_volume_that_is_there_is_not_overwritten() {
    let folder = folder();
    write(&folder, "keys", "api-key", "other-ca");
    let at = "/usr/share/elasticsearch/config/keys-server-ca";
    let ours = "{name: keys-server-ca, configMap: {name: search-keys-server-ca}}";
    let mount = format!("{{name: keys-server-ca, mountPath: {at}}}");
    for (volume, mount, told) in [
        (ours.to_owned(), mount.clone(), false),
        (ours.to_owned(), format!("{{name: keys-server-ca, mountPath: {at}/}}"), false),
        ("{name: keys-server-ca, secret: {secretName: s}}".to_owned(), mount.clone(), true),
        ("{name: keys-server-ca, configMap: {name: s}}".to_owned(), mount, true),
        (
            "{name: x, configMap: {name: s}}".to_owned(),
            format!("{{name: x, mountPath: {at}}}"),
            true,
        ),
        (ours.to_owned(), "{name: keys-server-ca, mountPath: /elsewhere}".to_owned(), true),
        (
            "{name: x, configMap: {name: s}}".to_owned(),
            "{name: x, mountPath: /elsewhere}".to_owned(),
            false,
        ),
    ] {
        let containers =
            format!("        containers: [{{name: elasticsearch, volumeMounts: [{mount}]}}]\n");
        let volumes = format!("        volumes: [{volume}]\n");
        let from = "        volumes:\n        - name: mine\n          configMap: {name: mine}\n";
        assert!(THERE.contains(from));
        folder.write("there.yml", THERE.replace(from, &format!("{containers}{volumes}")));
        let found = check(&folder, &["keys.yml"]);
        assert_eq!(found.contains("error[RC074]"), told, "{volume} {mount}: {found}");
        assert_eq!(found.contains("the node set `masters` has"), told, "{volume} {mount}: {found}");
    }
}

/// A number of nodes is not made up.
#[test]
fn a_node_set_without_a_count_is_told() {
    let folder = folder();
    write(&folder, "keys", "api-key", "other-ca");
    assert!(!check(&folder, &["keys.yml"]).contains("RC075"));
    folder.write("there.yml", THERE.replace("    count: 5\n", ""));
    let found = check(&folder, &["keys.yml"]);
    assert!(found.contains("error[RC075]: the node set `hot`"), "{found}");
    assert!(!found.contains("`masters`"), "{found}");
    let force = ["remote", "plan", "keys.yml", "--at", "2026-11-22T00:00:00Z", "--out", "kits"];
    run(&folder, &[&force[..], &["--force-with-errors"]].concat());
    let patch = of_kit(&folder, "kits/local", "-elasticsearch.yml");
    assert!(!patch.contains("count: 1") && patch.contains("count: 3"), "{patch}");
}

/// A config map of CAs that has the kit's name keeps its other certificates and files.
#[test]
fn a_config_map_of_authorities_keeps_what_it_has() {
    let folder = folder();
    write(&folder, "keys", "api-key", "other-ca");
    let pem = fs::read_to_string(fixture("cluster/same-name-ca.crt")).unwrap();
    let pem: String = pem.lines().map(|line| format!("    {line}\n")).collect();
    let map = format!(
        "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: search-keys-server-ca, namespace: apps}}\ndata:\n  \
         more.crt: kept\n  ca.crt: |\n{pem}"
    );
    let of = |there: &str| {
        folder.write("there.yml", there);
        plan(&folder, &["keys.yml"]);
        let readme = folder.read_text("kits/README.md");
        (of_kit(&folder, "kits/local", "keys-server-ca.yml"), readme)
    };
    let (alone, _) = of(THERE);
    assert_eq!(alone.matches("BEGIN CERTIFICATE").count(), 1, "{alone}");
    let (kept, readme) = of(&format!("{THERE}{map}"));
    assert_eq!(kept.matches("BEGIN CERTIFICATE").count(), 2, "{kept}");
    assert!(kept.contains("more.crt: kept"), "{kept}");
    assert!(readme.contains("It keeps what the config map has"), "{readme}");
    // It is mounted already, and nobody showed it.
    let (unread, readme) =
        of(&THERE.replace("configMap: {name: mine}", "configMap: {name: search-keys-server-ca}"));
    assert_eq!(unread.matches("BEGIN CERTIFICATE").count(), 1, "{unread}");
    assert!(readme.contains("look at it first"), "{readme}");
}

const OPERATED: &str = "alias: sop\nmodel: tls\nlocal: {platform: eck, version: 9.1.0, name: search, namespace: apps, \
    manifest: there.yml}\nremote: {platform: eck, version: 9.1.0, name: other2, namespace: logs}\nsame_operator: true\n\
    access: {search: [{names: [a]}]}\n";

/// A cluster that the operator connects is let in by the restrictions of the other kits.
#[test]
fn restrictions_let_in_what_the_operator_connects() {
    let folder = folder();
    write(&folder, "certs", "tls", "other-ca");
    folder.write("sop.yml", OPERATED);
    for files in [["certs.yml", "sop.yml"], ["sop.yml", "certs.yml"]] {
        plan(&folder, &files);
        let trust = of_kit(&folder, "kits/certs/local", "-trust.yml");
        assert!(trust.contains("*.node.other2.logs.es.local"), "{trust}");
    }
    plan(&folder, &["certs.yml"]);
    assert!(!of_kit(&folder, "kits/local", "-trust.yml").contains("other2"));
}

/// Restrictions that are there are not the operator's: it adds no name to them.
#[test]
fn restrictions_that_shut_out_what_the_operator_connects_are_told() {
    let folder = folder();
    write(&folder, "certs", "tls", "other-ca");
    folder.write("sop.yml", OPERATED);
    let mounted = "        containers: [{name: elasticsearch, volumeMounts: [{name: mine, mountPath: \
        /usr/share/elasticsearch/config/mine}]}]\n        volumes:\n";
    let there = THERE.replace("        volumes:\n", mounted).replace(
        "  - name: masters\n",
        "  - name: masters\n    config: {xpack.security.transport.ssl.trust_restrictions.path: mine/trust.yml}\n",
    );
    for (pattern, told) in [("search.apps", true), ("other2.logs", false), ("*", false)] {
        folder.write(
            "there.yml",
            format!(
                "{there}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: mine, namespace: apps}}\ndata:\n  \
                 trust.yml: 'trust.subject_name: [\"*.node.search.apps.es.local\", \"*.node.{pattern}.es.local\"]'\n"
            ),
        );
        let found = check(&folder, &["sop.yml"]);
        assert_eq!(found.contains("error[RC076]"), told, "{pattern}: {found}");
        assert_eq!(found.contains("`*.node.other2.logs.es.local` is missing"), told, "{found}");
        // The other kit adds the name.
        assert!(!check(&folder, &["sop.yml", "certs.yml"]).contains("RC076"));
    }
}
