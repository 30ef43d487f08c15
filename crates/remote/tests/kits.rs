//! The committed kits: every file is what it says it is.

#![allow(clippy::disallowed_methods, reason = "tests read files")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crosstrust_remote::{Accepts, Connection, Platform, Side};
use crosstrust_restrictions::{Linter, Restrictions};
use crosstrust_testkit::{fixture_path, fixture_text};
use granit_parser::{Event, Parser, ScalarStyle};

#[test]
fn every_json_file_is_json() {
    for (path, text) in kit_files("json") {
        let parsed = serde_json::from_str::<serde_json::Value>(&text);
        assert!(parsed.is_ok_and(|value| value.is_object()), "{}", path.display());
    }
}

#[test]
fn every_yaml_file_is_yaml() {
    for (path, text) in kit_files("yml") {
        assert!(!leaves(&text).is_empty(), "{}", path.display());
    }
}

/// The restrictions of each side, with notes and warnings at most.
#[test]
fn every_restrictions_file_passes_the_linter() {
    let mut count = 0;
    for (path, text) in kit_files("yml") {
        if !text.contains("\ntrust.subject_name:") {
            continue;
        }
        count += 1;
        let report = Linter::new().lint("trust.yml", text.as_bytes());
        assert!(!report.has_errors(), "{}: {:?}", path.display(), report.findings());
    }
    assert!(count > 15, "{count} files only");
}

/// Own nodes and the peer come through, by the names that Elastic documents for each platform; a
/// neighbour of the peer does not.
#[test]
fn every_restrictions_file_lets_in_whom_it_should() {
    let mut count = 0;
    for kit in kits() {
        let text = fs::read_to_string(kit.folder.join("connection.yml")).unwrap();
        let connection = Connection::parse(&text).unwrap();
        let Connection { local, remote, local_accepts, remote_accepts, .. } = &connection;
        let sides =
            [("local", local, remote, local_accepts), ("remote", remote, local, remote_accepts)];
        for (word, own, peer, accepts) in sides {
            let Some(patterns) = restrictions(&kit, word) else { continue };
            count += 1;
            let trusts = |name: &str| patterns.judge(&[name]).is_some();
            for name in names(own).iter().chain(&names(peer)) {
                assert!(trusts(name), "{}: {word}: {name}", kit.folder.display());
            }
            for name in names(peer) {
                let neighbour = neighbour(&name, peer, *accepts);
                assert!(!trusts(&neighbour), "{}: {word}: {neighbour}", kit.folder.display());
                assert!(
                    !trusts(&format!("{name}.example.org")),
                    "{}: {word}",
                    kit.folder.display()
                );
            }
        }
    }
    assert!(count > 30, "{count} files only");
}

/// The restrictions of a side, as they are loaded.
fn restrictions(kit: &Kit, side: &str) -> Option<Restrictions> {
    let json = kit.json();
    let step = json["steps"]
        .as_array()
        .unwrap()
        .iter()
        .find(|step| step["kind"] == "trust_restrictions" && step["side"] == side)?;
    let text = &kit.files[step["file"].as_str().unwrap()];
    Some(Restrictions::parse("trust.yml", text.as_bytes()).unwrap())
}

/// Names that the nodes of a cluster have: those that are listed, or such as its platform makes.
fn names(side: &Side) -> Vec<String> {
    let ids = side.cluster_id.as_ref().zip(side.scope_id.as_ref());
    match (side.platform, ids) {
        (_, Some((cluster, scope))) => {
            vec![format!("node-7.node.{cluster}.cluster.{scope}.account")]
        }
        (Platform::Eck, None) => {
            let Side { name, namespace, .. } = side;
            vec![format!("{name}-es-default-0.node.{name}.{namespace}.es.local")]
        }
        _ => side.node_names.iter().map(|node| node.name.clone()).collect(),
    }
}

/// The name of a node that is not of the peer, nor of its scope where the whole of it is let in.
fn neighbour(name: &str, peer: &Side, accepts: Accepts) -> String {
    let ids = peer.cluster_id.as_ref().zip(peer.scope_id.as_ref());
    match (peer.platform, ids, accepts) {
        (_, Some((cluster, _)), Accepts::Cluster) => name.replace(cluster.as_str(), "0123456789ab"),
        (_, Some((_, scope)), Accepts::Scope) => name.replace(scope.as_str(), "0123456789"),
        (Platform::Eck, None, Accepts::Cluster) => name.replace(&peer.name, "other"),
        (Platform::Eck, None, Accepts::Scope) => name.replace(&peer.namespace, "other"),
        _ => format!("other-{name}"),
    }
}

/// `kit.json` names each file of the kit once, and numbers the steps without a gap.
#[test]
fn every_file_belongs_to_a_step() {
    for kit in kits() {
        let json = kit.json();
        let list = |key: &str| json[key].as_array().unwrap().clone();
        let steps = [list("steps"), list("removal")].concat();
        let mut named = Vec::new();
        for (order, step) in (1..).zip(&steps) {
            assert_eq!(step["order"], order);
            assert!(["local", "remote"].contains(&step["side"].as_str().unwrap()));
            assert!(!step["check"].as_str().unwrap().is_empty(), "{}", step["title"]);
            assert!(!step["undo"].as_str().unwrap().is_empty(), "{}", step["title"]);
            assert!(!step["who"].as_str().unwrap().is_empty(), "{}", step["title"]);
            let files = [&step["file"], &step["patch"]];
            named.extend(files.iter().filter_map(|file| file.as_str()).map(str::to_owned));
        }
        named.sort();
        let is_of_a_step = |path: &&String| path.contains('/');
        let found: Vec<String> = kit.files.keys().filter(is_of_a_step).cloned().collect();
        assert_eq!(named, found, "{}", kit.folder.display());
    }
}

/// Each step has what its kind is done with.
#[test]
fn every_step_has_what_its_kind_promises() {
    let mut kinds = BTreeMap::new();
    for kit in kits() {
        let json = kit.json();
        let steps = ["steps", "removal"].map(|key| json[key].as_array().unwrap().clone()).concat();
        for step in steps {
            let kind = step["kind"].as_str().unwrap().to_owned();
            let member = match kind.as_str() {
                "api" => "/request/path",
                "ca" | "elasticsearch_yml" | "instances" | "manifest" | "trust_restrictions" => {
                    "/file"
                }
                "command" | "keystore" => "/command",
                "ui" => "/ui/0",
                other => panic!("{}: no kind is called {other}", kit.folder.display()),
            };
            let found = step.pointer(member).and_then(serde_json::Value::as_str);
            let title = &step["title"];
            assert!(found.is_some_and(|it| !it.is_empty()), "{}: {title}", kit.folder.display());
            // A body goes with each request that changes something.
            let asks = step.pointer("/request/method") == Some(&"GET".into());
            assert!(
                kind != "api" || asks != step["file"].is_string() || is_bodiless(&step),
                "{}: {title}",
                kit.folder.display()
            );
            *kinds.entry(kind).or_insert(0) += 1;
        }
    }
    assert_eq!(kinds.len(), 9, "{kinds:?}");
}

/// Whether a request changes something without a body.
fn is_bodiless(step: &serde_json::Value) -> bool {
    step.pointer("/request/path") == Some(&"/_nodes/reload_secure_settings".into())
}

/// Commands that ask Kubernetes say where.
#[test]
fn every_kubernetes_command_names_its_namespace() {
    let mut count = 0;
    for (path, text) in kit_files("md") {
        for command in text.split("kubectl ").skip(1) {
            count += 1;
            let command = command.split(['`', '\n']).next().unwrap();
            assert!(command.contains(" -n "), "{}: kubectl {command}", path.display());
        }
    }
    assert!(count > 50, "{count} commands only");
}

/// Of the operator's resource only fields that its CRD has, each of its type.
#[test]
fn every_elasticsearch_manifest_fits_the_crd() {
    let schema = fixture_text("remote/elasticsearch-crd.tsv");
    let schema: BTreeMap<&str, &str> =
        schema.lines().map(|line| line.split_once('\t').unwrap()).collect();
    let mut count = 0;
    for (path, text) in kit_files("yml") {
        let leaves = leaves(&text);
        if !leaves.contains(&("kind".to_owned(), "Elasticsearch".to_owned(), "string")) {
            continue;
        }
        count += 1;
        for (field, value, kind) in &leaves {
            let free = schema.iter().any(|(known, kind)| {
                *kind == "any"
                    && field.strip_prefix(known).is_some_and(|rest| rest.starts_with('.'))
            });
            let fits = schema.get(field.as_str()) == Some(kind);
            assert!(free || fits, "{}: {field}: {value} is a {kind}", path.display());
        }
        for required in ["spec.version", "spec.nodeSets[].name", "metadata.name"] {
            assert!(leaves.iter().any(|(field, ..)| field == required), "{}", path.display());
        }
    }
    assert!(count > 20, "{count} manifests only");
}

/// Every scalar of a YAML text: its path, its text, and its type by YAML's core schema.
fn leaves(text: &str) -> Vec<(String, String, &'static str)> {
    let mut leaves = Vec::new();
    // For each open collection: its path, whether it is a mapping, and the key that is waiting.
    let mut open: Vec<(String, bool, Option<String>)> = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, _) = event.unwrap();
        let path = match open.last() {
            Some((path, true, Some(key))) if path.is_empty() => key.clone(),
            Some((path, true, Some(key))) => format!("{path}.{key}"),
            Some((path, false, _)) => format!("{path}[]"),
            _ => String::new(),
        };
        let waits_for_key = matches!(open.last(), Some((_, true, None)));
        match event {
            Event::Scalar(key, ..) if waits_for_key => {
                open.last_mut().unwrap().2 = Some(key.into_owned());
            }
            Event::Scalar(value, style, ..) => {
                let kind = kind(&value, style == ScalarStyle::Plain);
                leaves.push((path, value.into_owned(), kind));
                ended(&mut open);
            }
            Event::MappingStart(..) => open.push((path, true, None)),
            Event::SequenceStart(..) => open.push((path, false, None)),
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
                ended(&mut open);
            }
            _ => {}
        }
    }
    leaves
}

fn ended(open: &mut [(String, bool, Option<String>)]) {
    if let Some(last) = open.last_mut() {
        last.2 = None;
    }
}

fn kind(value: &str, plain: bool) -> &'static str {
    match value {
        _ if !plain => "string",
        "true" | "false" => "boolean",
        _ if value.parse::<i64>().is_ok() => "integer",
        _ if value.parse::<f64>().is_ok() => "number",
        _ => "string",
    }
}

/// A kit of the fixtures: its folder, and its files by their paths.
struct Kit {
    folder: PathBuf,
    files: BTreeMap<String, String>,
}

impl Kit {
    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.files["kit.json"]).unwrap()
    }
}

/// All kits. `kit.txt` has each file under a line with its path.
fn kits() -> Vec<Kit> {
    let entries = fs::read_dir(fixture_path("remote")).unwrap();
    let folders = entries.map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> =
        folders.filter(|folder| folder.join("kit.txt").is_file()).collect();
    folders.sort();
    assert!(folders.len() >= 72, "{} kits only", folders.len());
    folders.into_iter().map(|folder| Kit { files: unpacked(&folder), folder }).collect()
}

fn unpacked(folder: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(folder.join("kit.txt")).unwrap();
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut path = String::new();
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --\n")) {
            Some(name) => {
                name.clone_into(&mut path);
                files.insert(path.clone(), String::new());
            }
            None => files.get_mut(&path).unwrap().push_str(line),
        }
    }
    files
}

fn kit_files(extension: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for Kit { folder, files } in kits() {
        let of_kind = |(path, _): &(String, String)| {
            Path::new(path).extension().is_some_and(|found| found == extension)
        };
        let files = files.into_iter().filter(of_kind);
        found.extend(files.map(|(path, text)| (folder.join(path), text)));
    }
    assert!(found.len() > 50, "{} files only", found.len());
    found
}
