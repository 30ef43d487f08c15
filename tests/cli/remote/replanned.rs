//! `remote plan --force`: the kit that is there makes way, and nothing else does.

use std::fs;

use crosstrust_testkit::Folder;

use crate::{fixture, run};

const API: &str = "\
alias: a
model: api-key
local: {platform: self-managed, version: 9.1.0}
remote: {platform: ech, version: 9.1.0, endpoint: es.example.com}
access: {search: [{names: [a]}]}
";

#[test]
fn a_kit_of_the_other_model_leaves_nothing_behind() {
    let folder = Folder::new();
    let tls = fixture("remote/self-managed-to-ech-tls/connection.yml");
    run(&folder, &["remote", "plan", &tls, "--pass", "changeit", "--out", "kit"]).succeeds();
    let former = folder.read_text("kit/kit.json");
    assert!(former.contains("\"remote/03-trust.json\""), "{former}");
    folder.write("kit/remote/mine.txt", "mine\n");
    folder.write("api.yml", API);
    let plan = ["remote", "plan", "api.yml", "--out", "kit"];
    run(&folder, &plan).exits_with(2);
    assert_eq!(folder.read_text("kit/kit.json"), former);

    let ended = run(&folder, &[&plan[..], &["--force"]].concat()).succeeds();
    let told = "note: kit/remote/03-trust.json was of the kit before, and is removed";
    assert!(ended.messages().contains(told), "{}", ended.messages());
    assert!(!folder.join("kit/remote/03-trust.json").exists());

    // A file of somebody's own stays, and is all that is found.
    let check = ["remote", "check", "api.yml", "--kit", "kit"];
    let text = run(&folder, &check).exits_with(1).text().to_owned();
    assert!(text.contains("`remote/mine.txt` does not belong to the kit"), "{text}");
    assert!(text.ends_with("\n1 error, 1 note\n"), "{text}");
    fs::remove_file(folder.join("kit/remote/mine.txt")).unwrap();
    run(&folder, &check).succeeds();
}

/// What a list names that is no kit's file is not touched, nor what a link leads to.
#[test]
fn nothing_outside_of_a_kit_is_removed() {
    let folder = Folder::new();
    folder.write("api.yml", API);
    folder.write("outside/99-notes.json", "{}");
    folder.write("kit/local/99-notes/deep.json", "{}");
    fs::create_dir_all(folder.join("kit/remote")).unwrap();
    let link = |target: &str, name: &str| {
        std::os::unix::fs::symlink(folder.join(target), folder.join(name)).unwrap();
    };
    link("outside/99-notes.json", "kit/local/98-link.json");
    fs::remove_dir(folder.join("kit/remote")).unwrap();
    link("outside", "kit/remote");
    let listed = [
        "../outside/99-notes.json",
        "remote/99-notes.json",
        "local/98-link.json",
        "local/99-notes",
        "local/99-notes/deep.json",
    ];
    let steps = listed.map(|file| format!("{{\"file\": \"{file}\"}}")).join(",");
    folder.write("kit/kit.json", format!("{{\"steps\": [{steps}]}}"));
    run(&folder, &["remote", "plan", "api.yml", "--out", "kit", "--force"]).succeeds();
    assert!(folder.join("outside/99-notes.json").exists());
    assert!(folder.join("kit/local/98-link.json").exists());
    assert!(folder.join("kit/local/99-notes/deep.json").exists());

    // What is no list names nothing.
    folder.write("kit/kit.json", "no list");
    run(&folder, &["remote", "plan", "api.yml", "--out", "kit", "--force"]).succeeds();
    assert!(folder.read_text("kit/kit.json").starts_with("{\n  \"alias\""));
}

/// Quoted globs stand for the files that they match, of roles too.
#[test]
fn several_connection_files_are_checked_by_a_glob() {
    let folder = Folder::new();
    folder.write("c1.yml", API);
    folder.write("c2.yml", API.replace("alias: a", "alias: b").replace("9.1.0}\nac", "9.0.0}\nac"));
    folder.write("role-a.json", "{}");
    run(&folder, &["remote", "check", "c*.yml"]).succeeds();
    let text = run(&folder, &["remote", "check", "c*.yml", "--roles", "role-*.json"]).succeeds();
    for expected in ["--> c1.yml:5:18", "--> c2.yml:5:18", "2 warnings, 2 notes"] {
        assert!(text.text().contains(expected), "{expected}: {}", text.text());
    }
    let messages = run(&folder, &["remote", "check", "d*.yml"]).exits_with(2).messages();
    assert!(messages.contains("d*.yml: no file matches this glob"), "{messages}");
    let kit = ["remote", "check", "c*.yml", "--kit", "."];
    let messages = run(&folder, &kit).exits_with(2).messages();
    assert!(messages.contains("c2.yml: . is the kit of one connection file"), "{messages}");
}

/// Two local clusters may call a remote one by the same alias: their kits are told apart by their files.
#[test]
fn kits_of_one_alias_are_named_by_their_files() {
    let folder = Folder::new();
    let ids = |id: &str| {
        API.replace("platform: self-managed", &format!("platform: ech, cluster_id: {id}"))
    };
    folder.write("east.yml", ids("0123456789abcdef0123456789abcdef"));
    folder.write("west.yml", ids("9b2e5f0a4c1d4e7f8a6b3c2d1e0f9a8b"));
    run(&folder, &["remote", "plan", "east.yml", "west.yml", "--out", "kits"]).succeeds();
    assert!(
        folder.join("kits/east/kit.json").is_file() && folder.join("kits/west/kit.json").is_file()
    );
    run(&folder, &["remote", "plan", "east.yml", "west.yml", "--out", "kits"]).exits_with(2);
    folder.write("more/east.yml", ids("00000000000000000000000000000000"));
    let words = ["remote", "plan", "east.yml", "more/east.yml", "--out", "other"];
    let messages = run(&folder, &words).exits_with(2).messages();
    assert!(messages.contains("the same alias and the same name"), "{messages}");
    assert!(!folder.join("other").exists());
}
