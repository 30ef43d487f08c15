//! Which files of a cluster are read, however its folder is written, and that each node of it is judged.

use std::io::Write as _;

use crosstrust_testkit::{Folder, fixture as bytes};

use crate::{crosstrust, run};

/// A cluster whose restrictions file refuses its own node.
fn locked_out() -> Folder {
    let folder = Folder::new();
    folder.write("east/node.crt", bytes("cluster/nodes/cloud-1.crt"));
    folder.write("east/ca.crt", bytes("cluster/ca.crt"));
    folder.write("east/trust.yml", "trust.subject_name: ['nobody.*']\n");
    folder
}

/// What a cluster makes of its own nodes.
#[track_caller]
fn refuses(folder: &Folder, nodes: &str) {
    let cluster = format!("e={nodes}");
    let ended = run(folder, &["preflight", "matrix", "--cluster", &cluster]).exits_with(1);
    assert!(ended.text().contains("refused 1"), "{nodes}: {}", ended.text());
}

#[test]
fn restrictions_are_found_however_the_folder_is_written() {
    let folder = locked_out();
    let whole = folder.join("east").to_string_lossy().into_owned();
    for nodes in ["east", "east/", "./east", "./east/", "././east", "east/../east", &whole] {
        refuses(&folder, nodes);
        run(&folder, &["report", &format!("e={nodes}"), "--out", "page", "--force"]).exits_with(1);
    }
    let within = crosstrust(&folder, &["preflight", "matrix", "--cluster", "e=."]);
    let within = within.folder(folder.join("east")).run().exits_with(1);
    assert!(within.text().contains("refused 1"), "{}", within.text());
    for tree in [".", "./"] {
        run(&folder, &["inventory", "init", tree, "--out", "i.yml", "--force"]).succeeds();
        let written = folder.read_text("i.yml");
        assert!(written.contains("restrictions: east/trust.yml"), "{tree}: {written}");
    }
}

#[test]
fn restrictions_in_an_archive_count_as_in_a_folder() {
    let folder = locked_out();
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["east/node.crt", "east/ca.crt", "east/trust.yml"] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(&folder.read(name)).unwrap();
    }
    folder.write("east.zip", archive.finish().unwrap().into_inner());
    refuses(&folder, "east.zip");
    let ended = run(&folder, &["restrictions", "lint", "east.zip"]).succeeds();
    assert!(ended.text().contains("east.zip/east/trust.yml"), "{}", ended.text());
}

#[test]
fn nodes_with_one_certificate_are_each_judged() {
    let folder = Folder::new();
    folder.write("east/ca.crt", bytes("cluster/ca.crt"));
    for node in ["n1", "n2"] {
        folder.write(&format!("east/{node}/node.crt"), bytes("cluster/nodes/self-managed-1.crt"));
    }
    folder.write("east/n1/node.key", bytes("cluster/nodes/self-managed-1.key"));
    let matrix = ["preflight", "matrix", "--cluster", "e=east", "--format", "json"];
    folder.write("east/n2/node.key", bytes("cluster/nodes/self-managed-1.key"));
    run(&folder, &matrix).succeeds();
    // The key of a node is the one beside it, whatever another folder has.
    folder.write("east/n2/node.key", bytes("cluster/nodes/self-managed-2.key"));
    let ended = run(&folder, &matrix).exits_with(1);
    assert!(ended.text().contains("`e` refuses `e/east/n2/node.crt`"), "{}", ended.text());
    assert!(ended.text().contains("PF004"), "{}", ended.text());
    let node = ["preflight", "node", "east", "--trust", "east/ca.crt"];
    run(&folder, &node).exits_with(1);
}

#[test]
fn what_settings_say_counts_beside_the_files_of_the_same_node() {
    let folder = Folder::new();
    folder.write("east/node.crt", bytes("cluster/nodes/self-managed-1.crt"));
    folder.write("east/node.key", bytes("cluster/nodes/self-managed-1.key"));
    folder.write("east/ca.crt", bytes("cluster/ca.crt"));
    let settings = |port: &str| {
        format!(
            "http.port: {port}\nxpack.security.transport.ssl:\n  enabled: true\n  certificate: node.crt\n  \
             key: node.key\n  certificate_authorities: ca.crt\n"
        )
    };
    let inventory =
        "clusters:\n  east:\n    nodes: east\n    elasticsearch_yml: east/elasticsearch.yml\n";
    folder.write("crosstrust.yml", inventory);
    let matrix = ["preflight", "matrix"];
    folder.write("east/elasticsearch.yml", settings("9200"));
    let ended = run(&folder, &matrix).succeeds();
    assert_eq!(ended.text().matches("east/node.crt").count(), 1, "{}", ended.text());
    folder.write("east/elasticsearch.yml", settings("99999999"));
    let ended = run(&folder, &matrix).exits_with(1);
    assert!(ended.text().contains("PF121"), "{}", ended.text());
    assert!(!ended.text().contains("accepted"), "{}", ended.text());
    run(&folder, &["inventory", "check"]).exits_with(1);
}

#[test]
fn files_are_known_by_what_is_in_them() {
    let folder = Folder::new();
    folder.write("east/node.crt", bytes("cluster/nodes/self-managed-1.crt"));
    for (name, from) in [("a.dat", "expired.crt"), ("b", "cloud-1.p12"), ("c.txt", "eck-1.crt")] {
        folder.write(&format!("east/{name}"), bytes(&format!("cluster/nodes/{from}")));
    }
    folder.write("east/readme.md", "0\n\nnothing\n");
    folder.write("east/junk", [0x30, 0x82, 1, 2, 3]);
    let inspect = ["inspect", "east", "--pass", "changeit", "--format", "json"];
    let ended = run(&folder, &inspect).succeeds();
    for name in ["east/a.dat", "east/b", "east/c.txt", "east/node.crt"] {
        assert!(ended.text().contains(&format!("\"{name}\"")), "{name}: {}", ended.text());
    }
    assert!(!ended.text().contains("readme") && !ended.text().contains("junk"), "{}", ended.text());
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_do_not_go_round() {
    let folder = Folder::new();
    folder.write("elsewhere/node.crt", bytes("cluster/nodes/expired.crt"));
    folder.write("east/ca.crt", bytes("cluster/ca.crt"));
    let link = |target: &str, name: &str| {
        std::os::unix::fs::symlink(target, folder.join(name)).unwrap();
    };
    link("../elsewhere", "east/current");
    link("..", "east/up");
    link("nowhere", "east/dangling");
    let ended = run(&folder, &["inspect", "east", "--expires-within", "10"]).exits_with(1);
    assert_eq!(ended.text().matches("expired: ").count(), 1, "{}", ended.text());
    assert!(ended.text().contains("/node.crt"), "{}", ended.text());
}

#[test]
fn settings_of_a_cluster_name_what_expires() {
    let folder = Folder::new();
    folder.write("config/old.crt", bytes("cluster/nodes/expired.crt"));
    folder.write("config/old.key", bytes("cluster/nodes/expired.key"));
    folder.write("ca.crt", bytes("cluster/ca.crt"));
    folder.write(
        "config/elasticsearch.yml",
        "xpack.security.transport.ssl:\n  enabled: true\n  certificate: old.crt\n  key: old.key\n  \
         certificate_authorities: ../ca.crt\n",
    );
    let inventory =
        "clusters:\n  q:\n    ca: ca.crt\n    elasticsearch_yml: config/elasticsearch.yml\n";
    folder.write("crosstrust.yml", inventory);
    let ended = run(&folder, &["inspect", "q", "--expires-within", "10"]).exits_with(1);
    assert!(ended.text().contains("config/old.crt"), "{}", ended.text());
    std::fs::remove_file(folder.join("config/elasticsearch.yml")).unwrap();
    let ended = run(&folder, &["inspect", "q", "--expires-within", "10"]).exits_with(2);
    assert!(ended.messages().contains("config/elasticsearch.yml"), "{}", ended.messages());
}

#[test]
fn two_results_never_have_one_file() {
    let folder = locked_out();
    for arguments in [
        vec!["report", "e=east", "--out", "page", "--prometheus", "page/index.html"],
        vec!["preflight", "matrix", "--cluster", "e=east", "--svg", "m", "--html", "m"],
    ] {
        let before = folder.entries();
        let ended = run(&folder, &arguments).exits_with(2);
        assert!(ended.messages().contains("both write this file"), "{}", ended.messages());
        assert_eq!(folder.entries(), before);
    }
}

/// What settings in an archive name for HTTPS alone is no node there, as in a folder.
#[test]
fn an_archive_is_read_as_its_folder_is() {
    let folder = Folder::new();
    folder.write("c/node.crt", bytes("cluster/nodes/self-managed-1.crt"));
    folder.write("c/node.key", bytes("cluster/nodes/self-managed-1.key"));
    folder.write("c/ca.crt", bytes("cluster/ca.crt"));
    folder.write("c/web.crt", bytes("cluster/nodes/expired.crt"));
    folder.write("c/web.key", bytes("cluster/nodes/expired.key"));
    folder.write(
        "c/elasticsearch.yml",
        "xpack.security.transport.ssl:\n  enabled: true\n  certificate: node.crt\n  key: node.key\n  \
         certificate_authorities: ca.crt\nxpack.security.http.ssl:\n  enabled: true\n  certificate: ../c/web.crt\n  \
         key: web.key\n",
    );
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in folder.entries().into_iter().filter(|name| !name.ends_with('/')) {
        archive.start_file(&name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(&folder.read(&name)).unwrap();
    }
    folder.write("c.zip", archive.finish().unwrap().into_inner());
    for nodes in ["c", "c.zip"] {
        let ended = run(&folder, &["preflight", "node", nodes, "--trust", "c/ca.crt"]).succeeds();
        assert!(ended.messages().contains("not of the transport layer"), "{}", ended.messages());
    }
}

/// As timers want it.
#[test]
fn findings_fail_nothing_where_that_is_asked_for() {
    let folder = locked_out();
    let node = ["preflight", "node", "east/node.crt", "--trust", "east/ca.crt"];
    let refused = [&node[..], &["--restrictions", "east/trust.yml"]].concat();
    run(&folder, &refused).exits_with(1);
    run(&folder, &[&refused[..], &["--fail-on", "never"]].concat()).succeeds();
}

/// A restrictions file that Elasticsearch does not load keeps everybody out, or the node down.
#[test]
fn restrictions_that_do_not_load_are_no_open_door() {
    let broken: [(&str, &[u8]); 8] = [
        ("trust.yml", b"trust: {subject_name: [x}\n"),
        ("trust.yml", b"trust: { 'subject_name': ['nobody*' }\n"),
        ("trust.yml", b"- trust.subject_name: x\n"),
        ("trust.yml", b"%YAML 1.3\n---\n- trust.subject_name: x\n"),
        ("trust.json", br#"{"trust": {"subject_name": ["x"]}} trailing"#),
        ("trust.json", br#"{"trust": {"subject_name": ["x"],}}"#),
        ("trust.yml", b"t\0r\0u\0s\0t\0.\0s\0u\0b\0j\0e\0c\0t\0_\0n\0a\0m\0e\0:\0 \0x\0\n\0"),
        ("trust.YML", b"trust.subject_name: ['*']\n"),
    ];
    for (name, text) in broken {
        let folder = Folder::new();
        folder.write("e/node.crt", bytes("cluster/nodes/cloud-1.crt"));
        folder.write("e/ca.crt", bytes("cluster/ca.crt"));
        folder.write(&format!("e/{name}"), text);
        let ended = run(&folder, &["preflight", "matrix", "--cluster", "e=e"]).exits_with(1);
        assert!(ended.text().contains("not judged"), "{name}: {}", ended.text());
    }
}

#[test]
fn restrictions_that_the_settings_beside_name_count() {
    let folder = Folder::new();
    folder.write("e/node.crt", bytes("cluster/nodes/cloud-1.crt"));
    folder.write("e/ca.crt", bytes("cluster/ca.crt"));
    let settings = "xpack.security.transport.ssl:\n  enabled: true\n  certificate: node.crt\n  key: node.key\n  \
        certificate_authorities: ca.crt\n  trust_restrictions.path: tr.yml\n";
    folder.write("e/elasticsearch.yml", settings);
    let matrix = ["preflight", "matrix", "--cluster", "e=e"];
    let ended = run(&folder, &matrix).exits_with(1);
    assert!(
        ended.text().contains("the restrictions that it names are not there"),
        "{}",
        ended.text()
    );
    folder.write("e/tr.yml", "trust: [\n");
    let ended = run(&folder, &matrix).exits_with(1);
    assert!(ended.text().contains("not judged"), "{}", ended.text());
    // Of two files, the one that is named counts.
    folder.write("e/tr.yml", "trust.subject_name: ['nobody.*']\n");
    folder.write("e/old.yml", "trust.subject_name: ['*']\n");
    refuses(&folder, "e");
    folder.write(
        "e/elasticsearch.yml",
        "xpack.security.transport.ssl.trust_restrictions.path: tr.yml\na: [\n",
    );
    std::fs::remove_file(folder.join("e/old.yml")).unwrap();
    std::fs::remove_file(folder.join("e/tr.yml")).unwrap();
    run(&folder, &matrix).exits_with(1);
}

#[test]
fn what_is_not_read_of_a_folder_is_told() {
    let folder = Folder::new();
    folder.write("e/a/node.crt", bytes("cluster/nodes/self-managed-1.crt"));
    folder.write("e/b.crt", bytes("cluster/nodes/self-managed-2.crt"));
    folder.write(
        "e/commented.cert",
        [b"# node 3\n", &bytes("cluster/nodes/self-managed-3.crt")[..]].concat(),
    );
    folder.write("e/more.zip", b"PK\x03\x04");
    folder.write("e/.crosstrust-a1b2c3", bytes("cluster/nodes/expired.crt"));
    folder.write(
        "e/dh.pem",
        "-----BEGIN DH PARAMETERS-----\nMAYCAQUCAQI=\n-----END DH PARAMETERS-----\n",
    );
    folder.write("ca.crt", bytes("cluster/ca.crt"));
    let node = |nodes| run(&folder, &["preflight", "node", nodes, "--trust", "ca.crt"]);
    let ended = node("e").succeeds();
    let messages = ended.messages();
    assert!(messages.contains("e/more.zip: an archive in a folder: passed over"), "{messages}");
    assert!(messages.contains("e/.crosstrust-a1b2c3: left behind by a run"), "{messages}");
    assert!(messages.contains("e/dh.pem: holds no certificate: passed over"), "{messages}");
    assert!(ended.text().contains("e/commented.cert"), "{}", ended.text());
    std::fs::remove_file(folder.join("e/dh.pem")).unwrap();
    std::fs::remove_file(folder.join("e/more.zip")).unwrap();
    let ended = node("e/*").succeeds();
    assert!(ended.messages().contains("e/a: a folder: passed over"), "{}", ended.messages());
    std::os::unix::fs::symlink("nowhere", folder.join("e/c.crt")).unwrap();
    let ended = node("e").exits_with(2);
    assert!(
        ended.messages().contains("e/c.crt: is a link that leads nowhere"),
        "{}",
        ended.messages()
    );
}

/// A store without trusted entries is an empty list for Java, in a folder as by its name.
#[test]
fn a_list_that_java_does_not_open_is_none_in_a_folder_either() {
    let folder = Folder::new();
    folder.write("node.crt", bytes("cluster/nodes/self-managed-1.crt"));
    let at = ["x509", "-in", "ca.crt", "-addtrust", "serverAuth", "-trustout", "-out", "t/ca.crt"];
    folder.write("ca.crt", bytes("cluster/ca.crt"));
    std::fs::create_dir(folder.join("t")).unwrap();
    if crosstrust_testkit::tool("openssl").is_none() {
        return;
    }
    assert!(
        std::process::Command::new("openssl")
            .args(at)
            .current_dir(folder.path())
            .status()
            .unwrap()
            .success()
    );
    for trust in ["t", "t/ca.crt"] {
        let ended =
            run(&folder, &["preflight", "node", "node.crt", "--trust", trust]).exits_with(1);
        assert!(ended.text().contains("refused"), "{trust}: {}", ended.text());
    }
}
