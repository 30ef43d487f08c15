//! A remote cluster in the local nodes' `elasticsearch.yml`: what the file says of it makes way for the request
//! that registers it, to `patch` and to `PyYAML`.

use std::fs;

use crosstrust_testkit::{Folder, python_with, tool};
use serde_json::{Value, json};

use crate::{fixture, run};

fn folder(settings: &str, model: &str) -> Folder {
    planned(settings, model, &[])
}

fn planned(settings: &str, model: &str, options: &[&str]) -> Folder {
    let folder = Folder::new();
    std::os::unix::fs::symlink(fixture("cluster"), folder.join("cluster")).unwrap();
    fs::copy(fixture("cluster/ca.crt"), folder.join("ca.crt")).unwrap();
    folder.write("elasticsearch.yml", settings);
    folder.write(
        "c.yml",
        format!(
            "alias: east\nmodel: {model}\nlocal: {{platform: self-managed, version: 9.1.0, \
             elasticsearch_yml: elasticsearch.yml, ca: cluster/ca.crt, node_names: [a1.example.com]}}\n\
             remote: {{platform: self-managed, version: 9.1.0, endpoint: es.example.com, ca: cluster/other-ca.crt, \
             node_names: [b1.example.com]}}\naccess: {{search: [{{names: [a]}}]}}\n"
        ),
    );
    let plan = ["remote", "plan", "c.yml", "--at", "2026-11-22T00:00:00Z", "--out", "kit"];
    run(&folder, &[&plan, options].concat()).succeeds();
    folder
}

/// The step's file of the local side with this end.
fn file(folder: &Folder, end: &str) -> Option<String> {
    let entries = fs::read_dir(folder.join("kit/local")).unwrap();
    let mut names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names
        .find(|name| name.ends_with(end) && !name.contains("remove"))
        .map(|name| format!("kit/local/{name}"))
}

/// The file after the patch, as `PyYAML` reads it.
fn patched(folder: &Folder) -> Option<Value> {
    let (python, patch) = (python_with("yaml")?, tool("patch")?);
    let new = file(folder, "-elasticsearch.yml.patch").unwrap();
    let line = ["--fuzz=0", "--output=new.yml", "elasticsearch.yml", &new];
    patch.with(line).folder(folder.path()).run().succeeds();
    let script =
        "import json, yaml; print(json.dumps(yaml.safe_load(open('new.yml', newline=''))))";
    let ended = python.with(["-c", script]).folder(folder.path()).run().succeeds();
    Some(serde_json::from_str(ended.text()).unwrap())
}

const CA: &str = "xpack.security.transport.ssl.enabled: true\n\
                  xpack.security.transport.ssl.certificate_authorities: [ca.crt]\n";

/// With the key in the keystore, the file's port would be dialled with it.
#[test]
fn lines_of_the_certificates_go_before_the_key_is_used() {
    let forms = [
        "cluster.remote.east.mode: proxy\ncluster.remote.east.proxy_address: es.example.com:9300\n\
         cluster.remote.east.transport.compress: true\n",
        "cluster:\n  remote:\n    east:\n      seeds:\n      - es.example.com:9300\n      \
         transport.compress: true\n",
        "cluster.remote: {east: {seeds: [\"es.example.com:9300\"], transport.compress: true}}\n",
        "{\"cluster.remote.east.mode\": \"proxy\", \"cluster.remote.east.proxy_address\": \"es.example.com:9300\",\n \
         \"cluster.remote.east.transport.compress\": true, LIST}\n",
    ];
    for form in forms {
        let list = "\"xpack.security.transport.ssl.enabled\": true, \
                    \"xpack.security.transport.ssl.certificate_authorities\": [\"ca.crt\"]";
        let text =
            if form.contains("LIST") { form.replace("LIST", list) } else { format!("{CA}{form}") };
        for text in [text.clone(), text.trim_end().to_owned(), text.replace('\n', "\r\n")] {
            let folder = folder(&text, "api-key");
            let Some(new) = patched(&folder) else { return };
            let expected = json!({
                "xpack.security.transport.ssl.enabled": true,
                "xpack.security.transport.ssl.certificate_authorities": ["ca.crt"],
                "xpack.security.remote_cluster_client.ssl.enabled": true,
                "xpack.security.remote_cluster_client.ssl.certificate_authorities": ["east-server-ca.crt"],
            });
            assert_eq!(new, expected, "{text}");
            let body = folder.read_text(&file(&folder, "-cluster-settings.json").unwrap());
            let body: Value = serde_json::from_str(&body).unwrap();
            let east = json!({
                "mode": "proxy", "proxy_address": "es.example.com:9443", "server_name": "es.example.com",
                "skip_unavailable": true, "transport.compress": "true",
            });
            assert_eq!(body["persistent"]["cluster"]["remote"]["east"], east);
            // The restart comes after it, and the registration after that.
            let readme = folder.read_text("kit/README.md");
            let at = |text: &str| readme.find(text).unwrap_or_else(|| panic!("{text}: {readme}"));
            let out = at("Take out every line of `cluster.remote.east`");
            let restart = at("Restart the local cluster's nodes");
            assert!(out < restart && restart < at("Register the remote cluster"));
            assert!(at("Step 8 takes them out") < out, "{readme}");
        }
    }
}

/// Nothing of a kit shows a secret, whatever it is written beside.
#[test]
fn secrets_of_the_file_are_in_no_kit() {
    let east = "cluster.remote.east.seeds: [es.example.com:9300]\n";
    for secret in [
        "cluster.remote.east.credentials: hunter2\n",
        "cluster.remote.east: {credentials: hunter2}\n",
        "node.attr.a: 'q\u{2028} \u{2028} r'\nxpack.security.transport.ssl.keystore.password: >\n  hunter2\n",
        "# the old password was hunter2\n",
        "xpack.monitoring.exporters.a.host: http://elastic:hunter2@m.example.com\n",
    ] {
        for text in [
            format!("{east}{secret}{CA}"),
            format!("{secret}{east}{CA}"),
            format!("{CA}{secret}{east}"),
            format!("{CA}{east}{secret}"),
        ] {
            for model in ["api-key", "tls"] {
                let folder = planned(&text, model, &["--force-with-errors"]);
                for path in folder.entries().iter().filter(|path| path.starts_with("kit/")) {
                    if !path.ends_with('/') {
                        assert!(!folder.read_text(path).contains("hunter2"), "{path}: {text}");
                    }
                }
            }
        }
    }
}

/// What says the same as the request stays, and what the node signs with, and other clusters.
#[test]
fn lines_that_say_the_same_stay() {
    let same = "cluster.remote.east.mode: proxy\ncluster.remote.east.proxy_address: es.example.com:9443\n\
                cluster.remote.east.transport.compress: true\n";
    let folder = folder(&format!("{CA}{same}"), "api-key");
    let patch = folder.read_text(&file(&folder, "-elasticsearch.yml.patch").unwrap());
    assert!(!patch.contains("\n-"), "{patch}");
    let body = folder.read_text(&file(&folder, "-cluster-settings.json").unwrap());
    assert!(!body.contains("compress"), "{body}");
}

#[test]
fn other_clusters_and_signing_keys_stay() {
    let text = format!(
        "{CA}cluster.remote:\n  east.seeds: es.example.com:9300\n  east.signing: {{certificate: a.crt, key: a.key}}\n  \
         west.seeds: w.example.com:9300\n"
    );
    let folder = folder(&text, "api-key");
    let Some(new) = patched(&folder) else { return };
    let expected = json!({
        "east.signing": {"certificate": "a.crt", "key": "a.key"}, "west.seeds": "w.example.com:9300",
    });
    assert_eq!(new["cluster.remote"], expected);
}

/// The form of deployments before 7.6 has one seed and a proxy; what the file says besides goes on by the request.
#[test]
fn the_old_form_keeps_what_the_file_says_besides() {
    let folder = Folder::new();
    std::os::unix::fs::symlink(fixture("cluster"), folder.join("cluster")).unwrap();
    folder.write(
        "c.yml",
        "alias: east\nmodel: tls\nlocal: {platform: self-managed, version: 7.5.2, elasticsearch_yml: elasticsearch.yml, \
         ca: cluster/ca.crt, node_names: [a1.example.com]}\nremote: {platform: ech, version: 7.5.2, \
         cluster_id: 9b2e5f0a4c1d4e7f8a6b3c2d1e0f9a8b, scope_id: \"803289842\", ca: cluster/other-ca.crt, \
         account_id: 7f3a1b5c9d2e4f60812a3b4c5d6e7f80, endpoint: es.example.com}\naccess: {search: [{names: [a]}]}\n",
    );
    fs::copy(fixture("cluster/ca.crt"), folder.join("ca.crt")).unwrap();
    let more = "cluster.remote.east.transport.compress: true\ncluster.remote.east.transport.ping_schedule: 30s\n";
    for (address, goes) in [
        ("cluster.remote.east.seeds: [old:9300]\n", true),
        (
            "cluster.remote.east.seeds: ['es.example.com:1']\ncluster.remote.east.proxy: old:9400\n",
            true,
        ),
        (
            "cluster.remote.east.seeds: ['es.example.com:1']\ncluster.remote.east.proxy: es.example.com:9400\n",
            false,
        ),
    ] {
        folder.write("elasticsearch.yml", format!("{CA}{address}{more}"));
        let plan =
            ["remote", "plan", "c.yml", "--at", "2026-11-22T00:00:00Z", "--out", "kit", "--force"];
        run(&folder, &plan).succeeds();
        let body = folder.read_text(&file(&folder, "-cluster-settings.json").unwrap());
        let body: Value = serde_json::from_str(&body).unwrap();
        let mut east = json!({"seeds": ["es.example.com:1"], "proxy": "es.example.com:9400"});
        if goes {
            east["transport.compress"] = "true".into();
            east["transport.ping_schedule"] = "30s".into();
        }
        assert_eq!(body["persistent"]["cluster"]["remote"]["east"], east, "{address}");
        let Some(new) = patched(&folder) else { return };
        assert_eq!(new.get("cluster.remote.east.transport.compress").is_none(), goes, "{new}");
    }
}

/// By certificates too, where the request would be refused or other values be in force.
#[test]
fn lines_of_another_address_go_by_certificates() {
    let folder = folder(&format!("{CA}cluster.remote.east.seeds: [old.example.com:9300]\n"), "tls");
    let Some(new) = patched(&folder) else { return };
    assert_eq!(new.as_object().unwrap().len(), 3, "{new}");
    assert!(new["cluster.remote.east.seeds"].is_null());
}

/// Where nobody saw the files, the way to look for such lines is told.
#[test]
fn without_the_file_the_kit_says_what_to_look_for() {
    let folder = Folder::new();
    for (local, place) in [
        ("self-managed", "`elasticsearch.yml`"),
        ("ech", "the deployment's user settings"),
        ("eck, name: a", "the `config` of a node set"),
    ] {
        folder.write(
            "c.yml",
            format!(
                "alias: east\nmodel: api-key\nlocal: {{platform: {local}, version: 9.1.0}}\nremote: {{platform: ech, \
                 version: 9.1.0, endpoint: es.example.com}}\naccess: {{search: [{{names: [a]}}]}}\n"
            ),
        );
        run(&folder, &["remote", "plan", "c.yml", "--out", "kit", "--force"]).succeeds();
        let readme = folder.read_text("kit/README.md");
        let expected = format!("Lines of `cluster.remote.east` in {place} no request takes away");
        assert!(readme.contains(&expected), "{readme}");
        assert!(readme.contains("Where it shows some, take all of them out"), "{readme}");
    }
}
