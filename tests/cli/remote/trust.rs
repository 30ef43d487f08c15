//! `remote merge-trust`, and the steps of a kit that use it, followed with a `curl` that stands in for
//! the platform.

use crosstrust_testkit::{Folder, Run};
use serde_json::{Value, json};

use crate::{crosstrust, fixture, run};

/// What the API answers of a deployment with trust of its own.
fn deployment() -> Value {
    json!({"id": "d", "name": "logs", "resources": {
        "kibana": [{"ref_id": "main-kibana"}],
        "elasticsearch": [{
            "ref_id": "main-elasticsearch",
            "region": "gcp-us-central1",
            "id": "cf659f7fe6164d9691b284ae36811be1",
            "info": {
                "cluster_name": "logs",
                "plan_info": {"current": {"plan": {
                    "cluster_topology": [{"id": "hot_content", "size": {"value": 8192, "resource": "memory"}}],
                    "elasticsearch": {"version": "9.1.0"},
                    "deployment_template": {"id": "gcp-storage-optimized"},
                }}},
                "settings": {
                    "dedicated_masters_threshold": 6,
                    "trust": {
                        "accounts": [{"account_id": "ec38dd0aa45f4a69909ca5c81c27138a", "trust_all": false,
                            "trust_allowlist": ["0123456789abcdef0123456789abcdef"]}],
                        "direct": [{"name": "Partner", "type": "generic", "uid": "u", "scope_id": "partner",
                            "certificates": [{"pem": "p"}], "trust_all": true}],
                    },
                },
            },
        }],
    }})
}

/// A `curl` that answers GET with the deployment and keeps the body of PUT.
const CURL: &str = "#!/bin/sh
for word; do case $word in GET) cat \"$STAND_IN/answer.json\"; exit;; @*) cp \"${word#@}\" \"$STAND_IN/body.json\";; esac; done
";

#[test]
fn a_deployment_keeps_what_it_has() {
    let folder = Folder::new();
    std::os::unix::fs::symlink(fixture("cluster"), folder.join("cluster")).unwrap();
    let text = std::fs::read_to_string(fixture("remote/ech-to-self-managed-tls/connection.yml"));
    folder.write("remote/a/connection.yml", text.unwrap());
    let plan = ["remote", "plan", "remote/a/connection.yml", "--pass", "changeit", "--out", "kit"];
    run(&folder, &plan).succeeds();
    folder.write("bin/curl", CURL);
    set_executable(&folder, "bin/curl");
    folder.write("answer.json", deployment().to_string());
    let kit: Value = serde_json::from_str(&folder.read_text("kit/kit.json")).unwrap();
    let steps = kit["steps"].as_array().unwrap();
    let step =
        steps.iter().find(|step| step["title"].as_str().unwrap().starts_with("Or by API: trust"));
    let command = step.unwrap()["command"].as_str().unwrap();
    let body = follow(&folder, command);
    assert_eq!(body["prune_orphans"], false);
    let resource = &body["resources"]["elasticsearch"][0];
    let before = &deployment()["resources"]["elasticsearch"][0];
    assert_eq!(resource["ref_id"], "main-elasticsearch");
    assert_eq!(resource["region"], "gcp-us-central1");
    assert_eq!(resource["plan"], before["info"]["plan_info"]["current"]["plan"]);
    let trust = &resource["settings"]["trust"];
    let old = &before["info"]["settings"]["trust"];
    assert_eq!(trust["accounts"], old["accounts"]);
    assert_eq!(trust["direct"][0], old["direct"][0]);
    assert_eq!(trust["direct"][1]["name"], "My Self-managed environment (my-remote)");
    assert_eq!(trust["direct"].as_array().unwrap().len(), 2);
    assert!(body["resources"].get("kibana").is_none());

    // And out again, from what the platform then says.
    let mut answer = deployment();
    answer["resources"]["elasticsearch"][0]["info"]["settings"] = resource["settings"].clone();
    folder.write("answer.json", answer.to_string());
    let command = command.replace("merge-trust ", "merge-trust --remove ");
    let body = follow(&folder, &command);
    assert_eq!(body["resources"]["elasticsearch"][0]["settings"]["trust"], *old);
}

/// Runs a command of the kit, and gives the body that was sent.
fn follow(folder: &Folder, command: &str) -> Value {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_crosstrust")).parent().unwrap();
    let stand_in = folder.join("bin");
    let path =
        format!("{}:{}:{}", stand_in.display(), program.display(), std::env::var("PATH").unwrap());
    let run = |deployment: &str| {
        let run = Run::new("sh").args(["-euc", command]).folder(folder.join("kit"));
        let run = run.env("PATH", path.as_str()).env("STAND_IN", folder.path());
        run.env("EC_API_KEY", "k").env("LOCAL_DEPLOYMENT_ID", deployment).run()
    };
    // A variable that is not set stops a command before anything is sent.
    assert!(run("").messages().contains("LOCAL_DEPLOYMENT_ID: parameter"));
    run("d").succeeds();
    serde_json::from_str(&folder.read_text("body.json")).unwrap()
}

fn set_executable(folder: &Folder, file: &str) {
    use std::os::unix::fs::PermissionsExt;

    let path = folder.join(file);
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn what_cannot_be_merged_is_told() {
    let folder = Folder::new();
    folder.write("d.json", deployment().to_string());
    folder.write("t.json", "{\"trust\": {\"direct\": [{\"name\": \"a\"}]}}");
    let text = run(&folder, &["remote", "merge-trust", "d.json", "t.json"]).succeeds();
    assert!(text.text().contains("\"prune_orphans\": false"), "{}", text.text());
    run(&folder, &["remote", "merge-trust", "d.json", "t.json", "--out", "b.json"]).succeeds();
    run(&folder, &["remote", "merge-trust", "d.json", "t.json", "--out", "b.json"]).exits_with(2);
    let whole = deployment().to_string();
    let two = whole.replace("\"elasticsearch\":[", "\"elasticsearch\":[{\"ref_id\": \"b\"},");
    for (deployment, trust, expected) in [
        ("{}", "{\"trust\": {}}", "error: -: it is no answer to GET /api/v1/deployments/{id}"),
        ("no", "{\"trust\": {}}", "error: -: it is not JSON"),
        (two.as_str(), "{\"trust\": {}}", "hint: name one of them with --ref-id"),
        (whole.as_str(), "{\"trust\": []}", "no.json: it has no `trust` with entries"),
    ] {
        folder.write("no.json", trust);
        let words = ["remote", "merge-trust", "-", "no.json"];
        let ended = crosstrust(&folder, &words).stdin(deployment.to_owned()).run().exits_with(2);
        let messages = ended.messages();
        assert!(messages.contains(expected), "{expected}: {messages}");
    }
}
