//! Every setting that a kit gives a node: whether a node of that version has registered it, as one of
//! its file, of its keystore, or one that is changed while it runs.

use std::path::Path;

use crosstrust_settings::SettingsFile;
use crosstrust_testkit::{Folder, fixture_path};
use serde_json::Value;

use crate::judge::{Answer, Judge, judges};
use crate::kit::run;
use crate::tally::Tally;

/// A setting, and where a kit puts it: `static` in a file, `secure` in a keystore, `dynamic` in a request.
type Given = (String, &'static str);

#[test]
fn settings_of_kits_are_registered_in_the_version_that_they_are_for() {
    // One JVM a version: which settings there are does not depend on it.
    for judge in judges().into_iter().filter(|judge| judge.name != "8.19-java25") {
        let folder = Folder::new();
        let version = judge.name.split('-').next().unwrap();
        let given = given(&folder, version);
        let names = given.iter().map(|(name, _)| name.clone());
        let question = [vec!["registered".to_owned()], names.collect()].concat();
        let Some(Answer::Ok(theirs)) = judge.ask(&[question]).pop() else { panic!("{version}") };
        let mut tally = Tally::new(&judge.name, "settings of kits");
        for ((name, place), theirs) in given.iter().zip(&theirs) {
            if is_of_security(&judge, name) {
                tally.listed();
                continue;
            }
            // Some that a kit writes into a file could be changed while a node runs, too.
            let theirs = if *place == "static" && theirs == "dynamic" { "static" } else { theirs };
            tally.compare(|| format!("{name} in {version}"), place, &theirs);
        }
        tally.close(if judge.major() < 8 { 8 } else { 12 });
    }
}

/// 7.17 has not published the plugin that registers these.
fn is_of_security(judge: &Judge, name: &str) -> bool {
    judge.major() < 8 && name.starts_with("xpack.security.transport.filter.")
}

/// What the kits of the fixtures give nodes, each planned for this version; without those that it
/// cannot have.
fn given(folder: &Folder, version: &str) -> Vec<Given> {
    let mut given = vec![("cluster.remote.west.no_such_setting".to_owned(), "")];
    let mut planned = 0;
    for entry in std::fs::read_dir(fixture_path("remote")).unwrap() {
        let path = entry.unwrap().path();
        let Ok(text) = std::fs::read_to_string(path.join("connection.yml")) else { continue };
        let name = path.file_name().unwrap().to_str().unwrap();
        if version.starts_with("7.") && name.ends_with("api-key") || !text.contains("self-managed")
        {
            continue;
        }
        let connection = format!("connections/{name}.yml");
        folder.write(&connection, for_version(&text, version));
        let out = format!("kits/{name}");
        let line = ["remote", "plan", &connection, "--pass", "changeit", "--out", &out];
        if run(folder, &line).status == Some(0) {
            planned += 1;
            collect(&folder.join(&out), &mut given);
        }
    }
    assert!(planned >= 10, "{planned} kits for {version}");
    given.sort();
    given.dedup();
    given
}

/// The connection file, its versions others and its paths absolute.
fn for_version(text: &str, version: &str) -> String {
    let fixtures = fixture_path("").to_str().unwrap().trim_end_matches('/').to_owned();
    let line = |line: &str| match line.split_once("version: ") {
        Some((before, _)) if before.trim().is_empty() => format!("{before}version: {version}.0\n"),
        _ => line.replace("../..", &fixtures) + "\n",
    };
    text.lines().map(line).collect()
}

/// Those of a kit's files, requests and commands.
fn collect(kit: &Path, given: &mut Vec<Given>) {
    let json: Value =
        serde_json::from_slice(&std::fs::read(kit.join("kit.json")).unwrap()).unwrap();
    for step in json["steps"].as_array().unwrap() {
        let command = step["command"].as_str().unwrap_or_default();
        if let Some(name) = command.strip_prefix("./bin/elasticsearch-keystore add ") {
            given.push((name.to_owned(), "secure"));
        }
        let Some(file) = step["file"].as_str() else { continue };
        let bytes = std::fs::read(kit.join(file)).unwrap();
        if step["kind"] == "elasticsearch_yml" {
            let file = SettingsFile::parse(&bytes).unwrap();
            given.extend(file.settings().iter().map(|setting| (setting.key.clone(), "static")));
        } else if step["request"]["path"] == "/_cluster/settings" {
            let body: Value = serde_json::from_slice(&bytes).unwrap();
            flatten("", &body["persistent"], given);
        }
    }
}

fn flatten(prefix: &str, value: &Value, given: &mut Vec<Given>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let key = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
                flatten(&key, value, given);
            }
        }
        _ => given.push((prefix.to_owned(), "dynamic")),
    }
}

/// What stands of an alias in a file goes as a whole: with a part of it, or with a key that has nothing left, no
/// node starts.
#[test]
fn a_file_without_the_lines_of_an_alias_starts() {
    let Some(patch) = crosstrust_testkit::tool("patch") else { return };
    for judge in judges().into_iter().filter(|judge| judge.major() > 7) {
        let folder = Folder::new();
        let start = |text: &str| {
            folder.write("node/elasticsearch.yml", text);
            let file = folder.join("node/elasticsearch.yml");
            let answer = judge.ask(&[vec!["start".to_owned(), file.to_str().unwrap().to_owned()]]);
            matches!(answer.as_slice(), [Answer::Ok(_)])
        };
        let alias = "cluster.remote:\n  west:\n    mode: proxy\n    proxy_address: es.example.com:9300\n    \
                     skip_unavailable: true\n";
        folder.write("elasticsearch.yml", format!("node.name: n\n{alias}"));
        folder.write(
            "c.yml",
            "alias: west\nmodel: api-key\nlocal: {platform: self-managed, version: 9.1.0, elasticsearch_yml: \
             elasticsearch.yml}\nremote: {platform: ech, version: 9.1.0, endpoint: es.example.com}\n\
             access: {search: [{names: [a]}]}\n",
        );
        run(&folder, &["remote", "plan", "c.yml", "--out", "kit"]).succeeds();
        let entries = std::fs::read_dir(folder.join("kit/local")).unwrap();
        let mut names = entries.map(|entry| entry.unwrap().path());
        let new = names.find(|path| path.to_str().unwrap().ends_with(".yml.patch")).unwrap();
        let line = ["--output=new.yml", "elasticsearch.yml", new.to_str().unwrap()];
        patch.with(line).folder(folder.path()).run().succeeds();
        assert!(start(&folder.read_text("new.yml")), "{}", judge.name);
        assert!(!start("cluster.remote.west.skip_unavailable: true\n"), "{}", judge.name);
        assert!(!start("cluster.remote:\n  west:\n"), "{}", judge.name);
    }
}
