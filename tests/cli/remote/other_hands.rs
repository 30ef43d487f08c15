//! `remote plan --also`: the kit as Terraform and as an Ansible playbook, read by their own tools where
//! these are.

use std::fs;

use crosstrust_testkit::Folder;

use crate::{fixture, run};

/// Every kit in both forms, in folders of their own.
fn planned(folder: &Folder) -> Vec<String> {
    std::os::unix::fs::symlink(fixture("cluster"), folder.join("cluster")).unwrap();
    let mut names = Vec::new();
    for entry in fs::read_dir(fixture("remote")).unwrap() {
        let connection = entry.unwrap().path().join("connection.yml");
        let Ok(text) = fs::read_to_string(&connection) else { continue };
        let name = connection.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        let copy = format!("remote/{name}/connection.yml");
        folder.write(&copy, text);
        let kit = format!("remote/{name}/kit");
        let plan = ["remote", "plan", &copy, "--pass", "changeit", "--out", &kit];
        run(folder, &[&plan[..], &["--also", "terraform", "--also", "ansible"]].concat())
            .succeeds();
        names.push(name);
    }
    assert!(names.len() >= 72, "{} kits only", names.len());
    names
}

#[test]
fn a_kit_for_other_hands_holds_what_its_requests_do() {
    let folder = Folder::new();
    let names = planned(&folder);
    for name in &names {
        let text = |file: &str| folder.read_text(&format!("remote/{name}/kit/{file}"));
        let (kit, tf, play) =
            (text("kit.json"), text("terraform/main.tf"), text("ansible/playbook.yml"));
        let kit: serde_json::Value = serde_json::from_str(&kit).unwrap();
        let steps = kit["steps"].as_array().unwrap();
        for index in 0..steps.len() {
            has_its_place(name, &play, steps, index);
        }
        for line in tf.lines().chain(play.lines()) {
            assert!(!line.contains("REPLACE_WITH"), "{name}: {line}");
            // What is not set fails where it is needed, and is not sent as nothing.
            assert!(!line.contains("builtin.env") || line.contains("default=undef("), "{line}");
        }
        assert!(tf.contains("elasticstack_elasticsearch_security_role"), "{name}");
        let check = format!("remote/{name}/connection.yml");
        let kit = format!("remote/{name}/kit");
        let words = ["remote", "check", &check, "--pass", "changeit", "--kit", &kit];
        run(&folder, &words).succeeds();
    }
    are_read_by_their_tools(&folder, &names);
}

/// A step that is done has a task: its request, or an end of the play until a person has done it.
fn has_its_place(name: &str, play: &str, steps: &[serde_json::Value], index: usize) {
    let (step, is_done) = (&steps[index], is_done(steps, index));
    let (title, order) = (step["title"].as_str().unwrap(), &step["order"]);
    assert_eq!(play.contains(&format!("Step {order}:")), is_done, "{name}: {title}");
    if !is_done {
        return;
    }
    let request = &step["request"];
    let ends = play.contains(&format!("\"done | int >= {order}\""));
    if !request.is_object() || ends {
        assert!(ends, "{name}: {title}");
        assert!(!request.is_object() || title.contains("API key"), "{name}: {title}");
        return;
    }
    let file = step["file"].as_str().unwrap_or("/_remote/info");
    let sent = play.contains(file) || request["path"].as_str().unwrap().ends_with("/keystore");
    assert!(sent || file.starts_with("/_remote"), "{name}: {file}");
}

fn are_read_by_their_tools(folder: &Folder, names: &[String]) {
    if let Some(terraform) = crosstrust_testkit::unpackaged_tool("terraform") {
        for name in names {
            let file = format!("remote/{name}/kit/terraform/main.tf");
            let ended =
                terraform.with(["fmt", "-check", "-diff", &file]).folder(folder.path()).run();
            assert_eq!(ended.status, Some(0), "{name}: {}{}", ended.text(), ended.messages());
        }
    }
    if let Some(ansible) = crosstrust_testkit::tool("ansible-playbook") {
        // It takes seconds for each.
        for name in names.iter().step_by(25) {
            let file = format!("remote/{name}/kit/ansible/playbook.yml");
            ansible.with(["--syntax-check", &file]).folder(folder.path()).run().succeeds();
        }
        // It ends at the first step that is done by hand, and then at the next one.
        let file = "remote/self-managed-to-self-managed-tls/kit/ansible/playbook.yml";
        for done in [0, 1] {
            let extra = format!("done={done}");
            let ended = ansible.with(["-e", &extra, file]).folder(folder.path()).run();
            assert_ne!(ended.status, Some(0));
            let next = done + 1;
            let words = format!("Do step {next} as README.md says");
            assert!(ended.text().contains(&words), "{}", ended.text());
            assert!(ended.text().contains(&format!("-e done={next}")), "{}", ended.text());
        }
    }
}

/// Of a step and those that are done instead of it, only the ones with requests are done.
fn is_done(steps: &[serde_json::Value], index: usize) -> bool {
    let is_alternative =
        |step: &serde_json::Value| step["title"].as_str().unwrap().starts_with("Or by");
    let original = steps[..=index].iter().rev().find(|step| !is_alternative(step)).unwrap();
    let has_alternative = steps.get(index + 1).is_some_and(is_alternative);
    if is_alternative(&steps[index]) {
        !original["request"].is_object()
    } else {
        original["request"].is_object() || !has_alternative
    }
}

/// The alias is registered last: with it, searches use the roles and the key.
#[test]
fn terraform_makes_roles_and_keys_before_the_alias() {
    let folder = Folder::new();
    let connection = fixture("remote/ech-to-ece-public-api-key/connection.yml");
    let plan = ["remote", "plan", &connection, "--out", "kit", "--also", "terraform"];
    run(&folder, &plan).succeeds();
    let text = folder.read_text("kit/terraform/main.tf");
    let settings = text.split("_cluster_settings\" \"local\"").nth(1).unwrap();
    let depends = settings.lines().find(|line| line.contains("depends_on")).unwrap();
    for name in [
        "ec_deployment_elasticsearch_keystore.cross_cluster_api_key",
        "elasticstack_elasticsearch_security_api_key.cross_cluster",
        "elasticstack_elasticsearch_security_role.local_",
    ] {
        assert!(depends.contains(name), "{name}: {depends}");
        let (kind, label) = name.split_once('.').unwrap();
        assert!(text.contains(&format!("resource \"{kind}\" \"{label}")), "{text}");
    }
}

#[test]
fn an_unknown_form_is_refused() {
    let folder = Folder::new();
    let connection = fixture("remote/ech-to-ech-api-key/connection.yml");
    let words = ["remote", "plan", &connection, "--out", "kit", "--also", "puppet"];
    let messages = run(&folder, &words).exits_with(2).messages();
    assert!(messages.contains("`puppet` is not one of ansible, terraform"), "{messages}");
    assert!(!folder.join("kit").exists());
}
