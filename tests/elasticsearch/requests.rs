//! Every request of every kit that a self-managed cluster takes, put to a node that runs: settings, keys,
//! roles, and what takes them away again.

use std::fs;
use std::path::{Path, PathBuf};

use crosstrust_settings::SettingsFile;
use crosstrust_testkit::{Folder, fixture_path};
use serde_json::Value;

use crate::judge::judges;
use crate::kit::{authority, issue, run, settings};
use crate::node::RunningNode;
use crate::tally::Tally;

#[test]
fn a_node_takes_every_request_of_the_kits() {
    // Signing is there from 9.3 on.
    let Some(judge) = judges().into_iter().find(|judge| judge.name == "9.5-java25") else { return };
    let folder = Folder::new();
    let kits = kits(&folder);
    let node = node(&folder, &judge.program("node"));
    let mut tally = Tally::new(&judge.name, "requests of kits to a self-managed cluster");
    for kit in &kits {
        let json: Value = read(&kit.join("kit.json"));
        for step in ["steps", "removal"].iter().flat_map(|key| json[key].as_array().unwrap()) {
            if !is_for_own(&json, step) {
                continue;
            }
            let part = |key: &str| step["request"][key].as_str().unwrap();
            let body = step["file"]
                .as_str()
                .map_or_else(String::new, |file| fs::read_to_string(kit.join(file)).unwrap());
            let answer = node.request(part("method"), part("path"), &body);
            let question = || format!("{}: {}: {answer}", kit.display(), step["title"]);
            tally.compare(question, &true, &(answer.get("error").is_none()));
        }
    }
    tally.close(150);
    registered(
        &kits,
        &node,
        Tally::new(&judge.name, "settings of kits for a self-managed cluster"),
    );
}

/// Every setting that a kit gives a node, in its file or its keystore, is one that the node knows: asked
/// to change it while it runs, it says that it is one that does not change then.
fn registered(kits: &[PathBuf], node: &RunningNode, mut tally: Tally) {
    let unknown = "cluster.remote.west.signing.key.secure_passphrase";
    let wrong = [("nobody has this one".to_owned(), unknown.to_owned())];
    for (place, name) in kits.iter().flat_map(|kit| given(kit)).chain(wrong) {
        let body = serde_json::json!({"persistent": {&name: "true"}}).to_string();
        let answer = node.request("PUT", "/_cluster/settings", &body);
        let reason = answer["error"]["reason"].as_str().unwrap_or_default();
        let is_known = reason.contains("not dynamically updateable");
        tally.compare(|| format!("{place}: {name}: {answer}"), &(name != unknown), &is_known);
    }
    tally.close(60);
}

/// The names of the settings that a kit gives nodes of one's own, and where they stand.
fn given(kit: &Path) -> Vec<(String, String)> {
    let json = read(&kit.join("kit.json"));
    let mut names = Vec::new();
    for step in json["steps"].as_array().unwrap() {
        let place = format!("{}: {}", kit.display(), step["title"]);
        let mut push = |name: &str| names.push((place.clone(), name.to_owned()));
        let command = step["command"].as_str().unwrap_or_default();
        if let Some(name) = command.strip_prefix("./bin/elasticsearch-keystore add ") {
            push(name);
        }
        if step["kind"] == "elasticsearch_yml" {
            let text = fs::read(kit.join(step["file"].as_str().unwrap())).unwrap();
            let file = SettingsFile::parse(&text).unwrap();
            file.settings().iter().for_each(|setting| push(&setting.key));
        }
    }
    names
}

/// Whether a step is a request to a cluster of one's own; the platforms' own APIs are others.
fn is_for_own(kit: &Value, step: &Value) -> bool {
    let side = step["side"].as_str().unwrap();
    let path = step["request"]["path"].as_str();
    kit[side]["platform"] == "self-managed" && path.is_some_and(|path| path.starts_with("/_"))
}

fn read(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The kits of the fixtures, planned anew.
fn kits(folder: &Folder) -> Vec<PathBuf> {
    let mut kits = Vec::new();
    for entry in fs::read_dir(fixture_path("remote")).unwrap() {
        let connection = entry.unwrap().path().join("connection.yml");
        let Ok(text) = fs::read_to_string(&connection) else { continue };
        if !text.contains("platform: self-managed") {
            continue;
        }
        let name = connection.parent().unwrap().file_name().unwrap().to_str().unwrap();
        let (connection, out) = (connection.to_str().unwrap(), format!("kits/{name}"));
        let line = ["remote", "plan", connection, "--pass", "changeit", "--out", &out];
        run(folder, &line).succeeds();
        kits.push(folder.join(&out));
    }
    assert!(kits.len() >= 32, "{} kits only", kits.len());
    kits.sort();
    kits
}

/// A node with what kits say is put into `config/` before their requests.
fn node(folder: &Folder, program: &Path) -> RunningNode {
    authority(folder, "ca");
    fs::create_dir_all(folder.join("own/config")).unwrap();
    issue(folder, "ca", "own/config/node.p12", &[]);
    let line = ["cert", "--ca", "ca/ca.p12", "--ca-pass", "secret", "--name", "my-remote", "--pem"];
    run(folder, &[&line[..], &["--out", "signing"]].concat()).succeeds();
    for end in ["crt", "key"] {
        let text = folder.read(&format!("signing/my-remote/my-remote.{end}"));
        folder.write(&format!("own/config/my-remote-signing.{end}"), text);
    }
    for file in ["ca.crt", "my-remote-signing-ca.crt"] {
        folder.write(&format!("own/config/{file}"), folder.read("ca/ca.crt"));
    }
    // Cross-cluster API keys are not for a basic licence.
    let license = "discovery.type: single-node\nxpack.license.self_generated.type: trial\n";
    folder.write("own/config/elasticsearch.yml", settings("own", "own-1") + license);
    let mut node = RunningNode::start(program, &folder.join("own"), &[]);
    node.wait();
    node
}
