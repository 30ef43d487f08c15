//! What a folder of a cluster brings along: authorities, restrictions files, and the CA that another
//! cluster lacks.

use crosstrust_testkit::{Folder, fixture as bytes};
use serde_json::Value;

use crate::{fixture, run};

const NAME: &str =
    "instance-0000000001.node.0123456789abcdef0123456789abcdef.cluster.1053523734.account";

/// Two clusters whose CAs have one name and different keys.
fn same_named() -> Folder {
    let folder = Folder::new();
    folder.write("east/node.crt", bytes("cluster/nodes/cloud-1.crt"));
    folder.write("east.pem", bytes("cluster/ca.crt"));
    folder.write("west/node.crt", bytes("cluster/nodes/same-name-ca.crt"));
    folder.write("west.pem", bytes("cluster/same-name-ca.crt"));
    folder
}

#[test]
fn the_ca_that_another_cluster_lacks_is_named_with_its_file() {
    let folder = same_named();
    let clusters = ["east=east,ca=east.pem", "west=west,ca=west.pem"];
    let [east, west] = clusters;
    let matrix = ["preflight", "matrix", "--cluster", east, "--cluster", west];
    let ended = run(&folder, &matrix).exits_with(1);
    run(&folder, &["report", east, west, "--out", "page"]).exits_with(1);
    let report = folder.read_text("page/report.json");
    for text in [ended.text(), &report] {
        assert!(text.contains("is another CA of the same name"), "{text}");
        let help = "add the CA that signed it, `east.pem`, to `certificate_authorities` of `west`";
        assert!(text.contains(help), "{text}");
        assert!(text.contains("`west.pem`, to `certificate_authorities` of `east`"), "{text}");
        assert!(!text.contains("old subjectKeyIdentifier, or"), "{text}");
    }
    let node = ["preflight", "node", "west/node.crt", "--trust", "east.pem"];
    let ended = run(&folder, &node).exits_with(1);
    assert!(ended.text().contains("is another CA of the same name"), "{}", ended.text());
    assert!(!ended.text().contains("renew the CA"), "{}", ended.text());
}

#[test]
fn a_ca_that_is_not_listed_at_all_is_told_as_for_a_node() {
    let folder = same_named();
    folder.write("west/node.crt", bytes("cluster/nodes/other-ca.crt"));
    folder.write("west.pem", bytes("cluster/other-ca.crt"));
    let (east, west) = ("east=east,ca=east.pem", "west=west,ca=west.pem");
    run(&folder, &["report", east, west, "--out", "page"]).exits_with(1);
    let report = folder.read_text("page/report.json");
    assert!(report.contains("`west.pem`, to `certificate_authorities` of `east`"), "{report}");
    assert!(report.contains("; the list has `"), "{report}");
}

#[test]
fn restrictions_beside_the_nodes_count_whatever_their_name() {
    let folder = Folder::new();
    for name in ["east", "tree/east"] {
        folder.write(&format!("{name}/node.crt"), bytes("cluster/nodes/cloud-1.crt"));
        folder.write(&format!("{name}/ca.crt"), bytes("cluster/ca.crt"));
        folder.write(&format!("{name}/elasticsearch.yml"), "cluster.name: east\n");
    }
    let matrix = ["preflight", "matrix", "--cluster", "east=east"];
    let report =
        |argument: &str| run(&folder, &["report", argument, "--out", "page", "--force"]).status;
    run(&folder, &matrix).succeeds();
    for (file, text, status) in [
        ("trust.yml", "trust.subject_name: ['*.other']\n".to_owned(), 1),
        ("trust_restrictions.yml", "trust:\n  subject_name: '*.other'\n".to_owned(), 1),
        ("config/any.json", "{\"trust.subject_name\": [\"*.other\"]}".to_owned(), 1),
        ("trust.yml", format!("trust.subject_name: '{NAME}'\n"), 0),
        ("trust.yml", "trust.subject_name: *.other\n".to_owned(), 1),
    ] {
        for name in ["east", "tree/east"] {
            folder.write(&format!("{name}/{file}"), &text);
        }
        assert_eq!(run(&folder, &matrix).status, Some(status), "{file}: {text}");
        assert_eq!(report("east=east"), Some(status), "{file}: {text}");
        assert_eq!(report("tree"), Some(status), "{file}: {text}");
        for name in ["east", "tree/east"] {
            std::fs::remove_file(folder.join(&format!("{name}/{file}"))).unwrap();
        }
    }
    folder.write("east/a.yml", "trust.subject_name: a\n");
    folder.write("east/b.yml", "trust.subject_name: a\n");
    let ended = run(&folder, &matrix).exits_with(1);
    assert!(ended.text().contains("east/a.yml, east/b.yml"), "{}", ended.text());
    run(&folder, &["preflight", "matrix", "--cluster", "east=east,restrictions=east/a.yml"])
        .exits_with(1);
}

#[test]
fn a_ca_among_nodes_is_passed_over_with_one_note() {
    let folder = Folder::new();
    folder.write("certs/node.crt", bytes("cluster/nodes/cloud-1.crt"));
    folder.write("certs/ca/ca.crt", bytes("cluster/ca.crt"));
    folder.write("certs/other.crt", bytes("cluster/other-ca.crt"));
    folder.write("only/ca.crt", bytes("cluster/ca.crt"));
    folder.write("trust.yml", format!("trust.subject_name: '{NAME}'\n"));
    let ca = fixture("cluster/ca.crt");
    let (glob, only) = ("certs/**/*.crt", "only/*.crt");
    let commands = |files: &'static str| {
        let ca = ca.clone();
        [
            format!("preflight node {files} --trust {ca}"),
            format!("preflight identity --pattern .* {files} --trust {ca}"),
            format!("restrictions check trust.yml {files}"),
            format!("restrictions generate --own {files}"),
            format!("restrictions lint trust.yml --own {files}"),
            format!("reissue --dry-run --cluster-id 1234567abcd --scope-id myscope {files}"),
        ]
    };
    for command in commands(glob) {
        let arguments: Vec<&str> = command.split(' ').collect();
        let ended = run(&folder, &arguments).succeeds();
        let notes = ended.messages().matches("CAs, not nodes: passed over").count();
        assert_eq!(notes, 1, "{command}: {}", ended.messages());
        assert!(!ended.text().contains("certs/ca/ca.crt"), "{command}: {}", ended.text());
    }
    for command in commands(only) {
        let arguments: Vec<&str> = command.split(' ').collect();
        let ended = run(&folder, &arguments).exits_with(2);
        assert!(ended.messages().contains("a CA, not a node"), "{command}: {}", ended.messages());
    }
    // A certificate that is named itself is judged, as Java takes it where it is listed.
    let named = ["preflight", "node", &ca, "--trust", &ca, "--format", "json"];
    let document: Value = serde_json::from_str(run(&folder, &named).text()).unwrap();
    assert_eq!(document["nodes"][0]["path"].as_str(), Some(ca.as_str()));
}
