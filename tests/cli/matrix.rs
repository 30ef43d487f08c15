//! `crosstrust preflight matrix`.

use crosstrust_testkit::{Folder, tool};
use serde_json::Value;

use crate::{fixture, run};

/// Two clusters of one CA; the cloud admits only its own nodes.
fn clusters(folder: &Folder) -> [String; 2] {
    let pattern = "*.node.0123456789abcdef0123456789abcdef.cluster.1053523734.account";
    folder.write("trust.yml", format!("trust.subject_name:\n  - '{pattern}'\n"));
    for (cluster, nodes) in
        [("east", &["self-managed-1", "self-managed-2"][..]), ("cloud", &["cloud-1"])]
    {
        for node in nodes {
            let bytes = crosstrust_testkit::fixture(&format!("cluster/nodes/{node}.crt"));
            folder.write(&format!("{cluster}/{node}/{node}.crt"), bytes);
        }
        folder
            .write(&format!("{cluster}/ca/ca.crt"), crosstrust_testkit::fixture("cluster/ca.crt"));
        folder.write(&format!("{cluster}/readme.txt"), "not a certificate");
    }
    ["east=east".to_owned(), "cloud=cloud,restrictions=trust.yml".to_owned()]
}

#[test]
fn a_cluster_that_admits_itself_alone_refuses_one_direction() {
    let folder = Folder::new();
    let [east, cloud] = clusters(&folder);
    let arguments = ["preflight", "matrix", "--cluster", &east, "--cluster", &cloud];
    let ended = run(&folder, &arguments).exits_with(1);
    let text = ended.text();
    let row = |name: &str| text.lines().find(|line| line.contains(name)).unwrap().to_owned();
    assert!(row("east/self-managed-1").contains("accepted  refused 1"), "{text}");
    assert!(row("cloud/cloud-1").ends_with("accepted  accepted"), "{text}");
    assert!(text.contains("1  east → cloud: 2 nodes refused (PF033)"), "{text}");
    assert!(
        text.contains("*.node.0123456789abcdef0123456789abcdef.cluster.1053523734.account"),
        "{text}"
    );

    let ended = run(&folder, &[&arguments[..], &["--format", "json"]].concat()).exits_with(1);
    let document: Value = serde_json::from_str(ended.text()).unwrap();
    assert_eq!(document["clusters"][0]["name"], "east");
    assert_eq!(
        document["clusters"][0]["nodes"][0]["path"],
        "east/self-managed-1/self-managed-1.crt"
    );
    let rows = document["accepts"].as_array().unwrap();
    // Three nodes, each before the two others.
    assert_eq!(rows.len(), 6);
    for row in rows {
        let one_way = row["from"].as_str().unwrap().starts_with("east/")
            && row["to"].as_str().unwrap().starts_with("cloud/");
        assert_eq!(row["accepted"], !one_way, "{row}");
        assert_eq!(row["reason"].is_null(), !one_way, "{row}");
    }
    assert_eq!(document["summary"]["errors"], 2);
    assert_eq!(document["findings"][0]["code"], "PF070");
}

#[test]
fn clusters_of_different_authorities_are_strangers_until_they_are_told() {
    let folder = Folder::new();
    let file = |name: &str| fixture(&format!("cluster/{name}"));
    let east = format!("east={},ca={}", file("nodes/cloud-1.crt"), file("ca.crt"));
    let west = format!("west={},ca={}", file("nodes/other-ca.crt"), file("other-ca.crt"));
    let ended = run(&folder, &["preflight", "matrix", "--cluster", &east, "--cluster", &west])
        .exits_with(1);
    assert_eq!(
        ended.text().matches("refused 1").count() + ended.text().matches("refused 2").count(),
        2,
        "{}",
        ended.text()
    );
    let east = format!("{east},ca={}", file("other-ca.crt"));
    let west = format!("{west},ca={}", file("ca.crt"));
    run(&folder, &["preflight", "matrix", "--cluster", &east, "--cluster", &west]).succeeds();
}

#[test]
fn what_is_wrong_with_a_cluster_is_told() {
    #[track_caller]
    fn check(folder: &Folder, clusters: &[&str], expected: &str) {
        let mut arguments = vec!["preflight", "matrix"];
        arguments.extend(clusters.iter().flat_map(|cluster| ["--cluster", cluster]));
        let ended = run(folder, &arguments).exits_with(2);
        assert!(ended.messages().contains(expected), "{}", ended.messages());
    }
    /// The rest is judged.
    #[track_caller]
    fn is_finding(folder: &Folder, cluster: &str, expected: &str) {
        let ended = run(folder, &["preflight", "matrix", "--cluster", cluster]).exits_with(1);
        assert!(ended.text().contains(expected), "{}", ended.text());
        assert!(ended.text().contains("not judged"), "{}", ended.text());
    }

    let folder = Folder::new();
    let [east, _] = clusters(&folder);
    check(&folder, &[&east, &east], "two clusters have this name");
    check(&folder, &["east=nowhere"], "no such file");
    check(&folder, &["east=east/*/*.none"], "no file matches this glob");
    check(&folder, &["east"], "begins with NAME=");
    check(&folder, &["east=east/ca"], "holds certificates of CAs, and none of a node");
    let bare = "east=east/self-managed-1/self-managed-1.crt";
    is_finding(&folder, bare, "no CA is there beside the nodes");
    let key = format!("{east},key={}", fixture("cluster/nodes/cloud-1.key"));
    is_finding(&folder, &key, "key= belongs to one node, and there are 2");
}

#[test]
fn pictures_are_drawn_and_nothing_is_overwritten() {
    let folder = Folder::new();
    let [east, cloud] = clusters(&folder);
    let arguments = [
        "preflight",
        "matrix",
        "--cluster",
        &east,
        "--cluster",
        &cloud,
        "--svg",
        "m.svg",
        "--html",
        "m.html",
    ];
    run(&folder, &arguments).exits_with(1);
    let again = run(&folder, &arguments).exits_with(2);
    assert!(again.messages().contains("m.svg: already exists"), "{}", again.messages());
    let (svg, html) = (folder.read_text("m.svg"), folder.read_text("m.html"));
    assert!(svg.starts_with("<svg") && html.starts_with("<!doctype html>"));
    assert_eq!(html.matches("class=\"no\"").count(), 2);
    assert_eq!(html.matches("class=\"yes\"").count(), 4);
    // The nodes of `cloud` are accepted by `east`, and not the other way round.
    assert_eq!(svg.matches("class=\"arrow yes\"").count(), 1);
    assert_eq!(svg.matches("class=\"cluster yes\"").count(), 2);
    assert!(svg.contains("3 of 4 directions are accepted"), "{svg}");
    // Another parser finds the picture well-formed.
    let Some(python) = tool("python3") else { return };
    let script =
        "import sys, xml.dom.minidom as x; print(x.parse(sys.argv[1]).documentElement.tagName)";
    let path = folder.join("m.svg").to_string_lossy().into_owned();
    assert_eq!(python.with(["-c", script, &path]).run().succeeds().text(), "svg\n");
}
