//! `remote`: connection files that are asked for, refused, and turned into kits.

mod alive;
mod commands;
mod in_file;
mod key_hidden;
mod keyed;
mod keyless;
mod kits;
mod living;
mod other_hands;
mod replanned;
mod resource;
mod resource_again;
mod resource_settings;
mod resource_together;
mod resource_trust;
mod server_certificate;
mod several;
mod trust;
mod verify_url;
mod written_forms;

use std::fs;
use std::path::{Path, PathBuf};

use crosstrust_testkit::Folder;

use crate::{crosstrust, fixture, run};

#[test]
fn a_wrong_connection_file_is_refused_whole_and_nothing_is_written() {
    let folder = Folder::new();
    folder.write(
        "connection.yml",
        "alias: My.Remote\nmodel: api-key\nmode: sniff\nlocal:\n  platform: ech\n  version: 8.9.0\n\
         remote:\n  platform: self-managed\n  version: 9.1.0\n  endpont: es.example.com\n\
         access:\n  search: [{names: [\"logs-*\"]}]\n",
    );
    let ended = run(&folder, &["remote", "plan", "connection.yml", "--out", "kit"]).exits_with(2);
    let messages = ended.messages();
    for expected in [
        "connection.yml:1:8: `alias` is `My.Remote`",
        "connection.yml:3:7: sniff mode does not work from ech to self-managed",
        "connection.yml:6:12: Elasticsearch 8.9.0 knows no API keys between clusters",
        "connection.yml:10:3: unknown key `endpont`",
        "hint: did you mean `endpoint`?",
        "the key `remote.ca` is missing",
    ] {
        assert!(messages.contains(expected), "{expected}: {messages}");
    }
    assert_eq!(folder.entries(), ["connection.yml"]);
}

/// Files that cannot be read are told at the lines that name them, all of them.
#[test]
fn files_that_are_not_there_are_told_where_they_are_named() {
    let folder = Folder::new();
    folder.write(
        "connection.yml",
        "alias: a\nmodel: tls\nlocal:\n  platform: self-managed\n  version: 9.1.0\n  ca: gone.pem\n  \
         elasticsearch_yml: gone.yml\nremote:\n  platform: self-managed\n  version: 9.1.0\n  \
         endpoint: es.example.com\n  ca: connection.yml\n  nodes: certs/*.p12\n\
         access: {search: [{names: [a]}]}\n",
    );
    for command in [&["plan", "connection.yml", "--out", "kit"][..], &["check", "connection.yml"]] {
        let messages = run(&folder, &[&["remote"], command].concat()).exits_with(2).messages();
        for expected in [
            "error: connection.yml:6:7: gone.pem: no such file or directory",
            "error: connection.yml:7:22: gone.yml: no such file or directory",
            "error: connection.yml:12:7: connection.yml: is a connection file of `crosstrust remote`",
            "error: connection.yml:13:10: certs/*.p12: no file matches this glob",
        ] {
            assert!(messages.contains(expected), "{expected}: {messages}");
        }
    }
    assert_eq!(folder.entries(), ["connection.yml"]);
}

#[test]
fn a_kit_that_is_there_is_not_overwritten() {
    let folder = Folder::new();
    let connection = PathBuf::from(fixture("remote/ech-to-ech-api-key/connection.yml"));
    plan(&folder, &connection, "kit").succeeds();
    let messages = plan(&folder, &connection, "kit").exits_with(2).messages();
    assert!(messages.contains("already exists"), "{messages}");
}

#[test]
fn init_asks_for_what_the_pairing_needs() {
    let folder = Folder::new();
    let platforms = ["self-managed", "ech", "ece", "eck"];
    for local in platforms {
        for remote in platforms {
            for model in ["tls", "api-key"] {
                let options = ["--local", local, "--remote", remote, "--model", model];
                let text = run(&folder, &[&["remote", "init"][..], &options].concat()).succeeds();
                let expected = format!("model: {model}\n");
                assert!(text.text().contains(&expected), "{}", text.text());
                assert_eq!(
                    text.text().contains("account_id:  "),
                    model == "tls"
                        && [local, remote].iter().any(|side| ["ech", "ece"].contains(side))
                );
            }
        }
    }
    run(&folder, &["remote", "init", "--local", "ess", "--remote", "eck", "--model", "tls"])
        .exits_with(2);
}

/// Questions are asked at a terminal alone; what they are answered with is a connection file.
#[cfg(target_os = "linux")]
#[test]
fn init_asks_a_person_at_a_terminal() {
    let folder = Folder::new();
    let messages = run(&folder, &["remote", "init", "--interactive"]).exits_with(2).messages();
    assert!(messages.contains("there is no terminal to ask at"), "{messages}");
    assert!(messages.contains("hint: give --local, --remote and --model"), "{messages}");
    let Some(script) = crosstrust_testkit::tool("script") else { return };
    let ask = |arguments: &str, answers: &[&str]| {
        let line =
            format!("{} remote init --interactive {arguments}", env!("CARGO_BIN_EXE_crosstrust"));
        let answers = answers.iter().map(|answer| format!("{answer}\n")).collect::<String>();
        script.with(["-qec", &line, "/dev/null"]).folder(folder.path()).stdin(answers).run()
    };
    // Wrong answers first, of which each is asked for again.
    let answers = [
        "ess",
        "self-managed",
        "ech",
        "api-key",
        "My remote",
        "",
        "",
        "nine",
        "9.1.0",
        "9.1.0",
        "192.0.2.1:99999",
        "es.example.com",
        "logs-*, metrics-*",
        "none",
        "",
        "connection.yml",
    ];
    let ended = ask("", &answers).succeeds();
    for expected in [
        "`ess` is not one of ece, ech, eck, self-managed",
        "`alias` is `My remote`: write lower-case letters",
        "`local.version` is `nine`: write three numbers, such as 9.1.0",
        "the port is no number from 1 to 65535",
        "next: crosstrust remote check connection.yml",
    ] {
        assert!(ended.text().contains(expected), "{expected}: {}", ended.text());
    }
    let text = folder.read_text("connection.yml");
    assert!(text.contains("  endpoint: es.example.com  "), "{text}");
    assert!(text.contains("  search: [{names: [\"logs-*\", \"metrics-*\"]}]"), "{text}");
    run(&folder, &["remote", "plan", "connection.yml", "--out", "kit"]).succeeds();

    // A file that is there is not asked for again, nor overwritten.
    let ended = ask("--out connection.yml", &[]).exits_with(2);
    assert!(ended.text().contains("already exists"), "{}", ended.text());
    // Answers that end too soon leave nothing.
    let ended = ask("--local ech --remote ech --model tls --out other.yml", &["a\u{4}"]);
    assert_ne!(ended.status, Some(0));
    assert!(!folder.join("other.yml").exists());
}

fn plan(folder: &Folder, connection: &Path, out: &str) -> crosstrust_testkit::Ended {
    let connection = connection.to_string_lossy();
    let arguments = ["remote", "plan", &connection, "--pass", "changeit", "--out", out];
    crosstrust(folder, &arguments).run()
}

#[test]
fn check_says_what_would_go_wrong() {
    let folder = Folder::new();
    let connection = fixture("remote/self-managed-to-self-managed-tls/connection.yml");
    plan(&folder, Path::new(&connection), "kit").succeeds();
    let arguments = ["remote", "check", &connection, "--pass", "changeit", "--kit", "kit"];
    let report = run(&folder, &[&arguments[..], &["--at", "2026-11-22T00:00:00Z"]].concat());
    let text = report.succeeds().text().to_owned();
    assert!(text.contains("note[RC004]"), "{text}");
    let late = [&arguments[..], &["--at", "2099-12-01T00:00:00Z", "--format", "json"]].concat();
    let text = run(&folder, &late).succeeds().text().to_owned();
    assert!(text.contains("RC011"), "{text}");
}

/// Each code is found where its rule is broken, and not where it is kept.
#[test]
fn every_rule_finds_what_breaks_it_alone() {
    let folder = Folder::new();
    let entries = fs::read_dir(fixture("remote-check")).unwrap().map(|entry| entry.unwrap().path());
    let rules: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    assert!(rules.len() >= 54, "{} rules only", rules.len());
    for rule in rules {
        let code = rule.file_name().unwrap().to_string_lossy().into_owned();
        for (kind, expected) in [("broken", true), ("kept", false)] {
            let ended = if rule.join(kind).join("settings.json").exists() {
                verify_url::asked(&rule.join(kind))
            } else {
                let words = question(&rule.join(kind));
                run(&folder, &words.iter().map(String::as_str).collect::<Vec<_>>())
            };
            assert!(matches!(ended.status, Some(0 | 1)), "{code} {kind}: {}", ended.messages());
            let found = ended.text().contains(&format!("\"{code}\""));
            assert_eq!(found, expected, "{code} {kind}: {}", ended.text());
        }
        run(&folder, &["explain", &code]).succeeds();
    }
}

/// The command that looks at a folder of `fixtures/remote-check`; where a cluster's other answers are in it, a server
/// gives them.
fn question(folder: &Path) -> Vec<String> {
    let file = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let given = |option: &str, name: &str| {
        let there = folder.join(name).exists();
        if there { vec![option.to_owned(), file(name)] } else { Vec::new() }
    };
    let mut words = vec!["remote".to_owned()];
    if folder.join("info.json").exists() {
        words.extend(["verify".to_owned(), file("connection.yml")]);
    } else {
        words.extend(["check".to_owned(), file("connection.yml")]);
        let other = file("other.yml");
        words.extend(Path::new(&other).exists().then_some(other));
        words.extend(["--pass".to_owned(), "changeit".to_owned()]);
        let arguments = fs::read_to_string(file("arguments"));
        let arguments = arguments.unwrap_or_else(|_| "--at 2026-11-22T00:00:00Z".to_owned());
        words.extend(arguments.split_whitespace().map(str::to_owned));
    }
    let options = [("--info", "info.json"), ("--roles", "roles.json"), ("--kit", "kit")];
    words.extend(options.into_iter().flat_map(|(option, name)| given(option, name)));
    words.extend(["--format".to_owned(), "json".to_owned()]);
    words
}

#[test]
fn a_kit_that_was_changed_is_found() {
    let folder = Folder::new();
    let connection = PathBuf::from(fixture("remote/ech-to-ech-api-key/connection.yml"));
    plan(&folder, &connection, "kit").succeeds();
    let connection = connection.to_string_lossy();
    let check = ["remote", "check", &connection, "--kit", "kit"];
    run(&folder, &check).succeeds();
    folder.write("kit/preflight.sh", "exit 0\n");
    folder.write("kit/local/deeper/notes.txt", "mine\n");
    fs::remove_file(folder.join("kit/kit.json")).unwrap();
    let ended = run(&folder, &check).exits_with(1);
    for expected in [
        "error[RC020]: `kit.json` is missing\n --> kit/kit.json",
        "error[RC020]: `preflight.sh` is not as it would be planned now\n --> kit/preflight.sh",
        "error[RC020]: `local/deeper/notes.txt` does not belong to the kit\n --> kit/local/deeper/",
        "help: plan the kit again with `remote plan --force`",
        "help: delete it: `remote plan --force` takes away only what the kit before it lists",
    ] {
        assert!(ended.text().contains(expected), "{expected}: {}", ended.text());
    }
    run(&folder, &["remote", "check", &connection, "--kit", "none"]).exits_with(2);
    run(&folder, &["explain", "RC020"]).succeeds();
}

/// Restrictions that were changed by hand are judged: they must let in the own nodes and the peer.
#[test]
fn changed_restrictions_of_a_kit_are_judged() {
    let folder = Folder::new();
    let connection = fixture("remote/ech-to-self-managed-tls/connection.yml");
    plan(&folder, Path::new(&connection), "kit").succeeds();
    let file = "kit/remote/03-my-remote-trust.yml";
    let check = ["remote", "check", &connection, "--pass", "changeit", "--kit", "kit"];
    run(&folder, &check).succeeds();
    let changed = [
        (
            "trust.subject_name: ['node1.example.com', 'node2.example.com']\n",
            &["RC022]: the own node `node3.example.com` is not let in", "RC021]: the node `"][..],
        ),
        ("trust.subject_name: *.example.com\n", &["RC022]: no node starts with this file"][..]),
    ];
    for (text, expected) in changed {
        folder.write(file, text);
        let ended = run(&folder, &check).exits_with(1);
        for expected in expected {
            assert!(ended.text().contains(expected), "{expected}: {}", ended.text());
        }
    }
}

#[test]
fn verify_reads_what_the_local_cluster_says() {
    let folder = Folder::new();
    let connection = fixture("remote/ech-to-self-managed-api-key/connection.yml");
    let info = |connected, credentials| {
        format!(
            "{{\"my-remote\":{{\"connected\":{connected},\"mode\":\"proxy\",\
             \"proxy_address\":\"es.example.com:9443\",\"skip_unavailable\":true{credentials}}}}}"
        )
    };
    let credentials = ",\"cluster_credentials\":\"::es_redacted::\"";
    let verify = |text: String| {
        let arguments = ["remote", "verify", &connection, "--info", "-"];
        crosstrust(&folder, &arguments).stdin(text).run()
    };
    let ended = verify(info(true, credentials)).succeeds();
    assert!(
        ended.text().starts_with("my-remote: connected to es.example.com:9443, by api-key\n"),
        "{}",
        ended.text()
    );
    assert!(verify(info(false, "")).exits_with(1).text().contains("error[RC032]"));
    let refused = [
        ("", "crosstrust: error: -: the answer is empty"),
        ("not JSON", "crosstrust: error: -: line 1, column 2: the answer is not JSON"),
        ("<html>", "hint: save what the local cluster answers to GET /_remote/info"),
        ("{\"persistent\":{\"cluster\":{}}}", "is no list of remote clusters by their aliases"),
        (
            "{\"error\":{\"reason\":\"unauthorized\"},\"status\":403}",
            "hint: ask as a user with the cluster privilege `monitor`",
        ),
    ];
    for (text, expected) in refused {
        let messages = verify(text.to_owned()).exits_with(2).messages();
        assert!(messages.contains(expected), "{expected}: {messages}");
    }
    let none = crosstrust(&folder, &["remote", "verify", "--info", "-"]).stdin("{}").run();
    assert_eq!(none.succeeds().text(), "no remote cluster is registered\n");
    let elsewhere = info(true, credentials).replace("9443", "9300");
    assert!(verify(elsewhere).exits_with(1).text().contains("error[RC033]"));
    let odd = "{\"a\\u001b[31m\":{\"connected\":true}}";
    let odd = crosstrust(&folder, &["remote", "verify", "--info", "-"]).stdin(odd).run().succeeds();
    assert_eq!(odd.text(), "a\u{241b}[31m: connected, by tls\n");
}
