//! `--skip-existing`, and `changed` in JSON: runs that automation repeats.

use crosstrust_testkit::{Ended, Folder};
use serde_json::Value;

use crate::{INSTANCES, openssl, run};

const CA: &[&str] = &["ca", "--pem", "--out", "ca", "--dn", "CN=CA 1", "--key-type", "ec-p256"];
const CERT: &[&str] = &[
    "cert",
    "--ca-cert",
    "ca/ca.crt",
    "--ca-key",
    "ca/ca.key",
    "--in",
    "i.yml",
    "--out",
    "certs",
    "--key-type",
    "ec-p256",
];
const AGAIN: &[&str] = &["--skip-existing", "--format", "json"];

/// Runs a command once more; whether it says that something was changed.
fn changed(folder: &Folder, command: &[&str]) -> bool {
    let ended = run(folder, command).succeeds();
    let document: Value = serde_json::from_str(ended.text()).unwrap();
    document["changed"].as_bool().unwrap()
}

fn refused(folder: &Folder, command: &[&str], fault: &str) -> Ended {
    let ended = run(folder, command).exits_with(2);
    assert!(ended.messages().contains(fault), "{}", ended.messages());
    ended
}

#[test]
fn a_second_run_changes_nothing() {
    for form in [&["--pem"][..], &["--pass", "changeit"]] {
        let folder = Folder::new();
        folder.write("i.yml", INSTANCES);
        let ca = [CA, AGAIN].concat();
        assert!(changed(&folder, &ca));
        assert!(!changed(&folder, &ca));
        let cert = [CERT, AGAIN, form].concat();
        assert!(changed(&folder, &cert));
        let files = folder.entries();
        let before = files.iter().filter(|file| !file.ends_with('/')).map(|file| folder.read(file));
        let before = before.collect::<Vec<_>>();
        assert!(!changed(&folder, &cert));
        assert_eq!(folder.entries(), files);
        let after = files.iter().filter(|file| !file.ends_with('/')).map(|file| folder.read(file));
        assert!(before == after.collect::<Vec<_>>());
    }
}

#[test]
fn a_new_instance_is_added_beside_the_others() {
    let folder = Folder::new();
    folder.write("i.yml", INSTANCES);
    run(&folder, CA).succeeds();
    run(&folder, &[CERT, &["--pem"]].concat()).succeeds();
    let first = folder.read("certs/node1/node1.crt");
    folder.write("i.yml", format!("{INSTANCES}  - name: node3\n"));
    let again = run(&folder, &[CERT, &["--pem"], AGAIN].concat()).succeeds();
    let document: Value = serde_json::from_str(again.text()).unwrap();
    let files = document["files"].as_array().unwrap();
    let files = files.iter().map(|file| (file["path"].as_str().unwrap(), file["changed"] == true));
    let expected = [
        ("certs/node1/node1.crt", false),
        ("certs/node2/node2.crt", false),
        ("certs/node3/node3.crt", true),
    ];
    assert_eq!(files.collect::<Vec<_>>(), expected);
    assert_eq!(folder.read("certs/node1/node1.crt"), first);
}

#[test]
fn what_is_there_and_not_right_is_refused_or_replaced() {
    let folder = Folder::new();
    folder.write("i.yml", INSTANCES);
    run(&folder, CA).succeeds();
    let cert = [CERT, &["--pem"], AGAIN].concat();
    run(&folder, &cert).succeeds();
    folder.write("i.yml", INSTANCES.replace("node1.example.com", "node1.example.org"));
    refused(&folder, &cert, "certs/node1/node1.crt: is there and not as it should be: its names");
    folder.write("i.yml", INSTANCES);
    let key = folder.read("certs/node1/node1.key");
    folder.write("certs/node1/node1.key", folder.read("certs/node2/node2.key"));
    refused(&folder, &cert, "the key beside it is another one");
    folder.write("certs/node1/node1.key", key);
    let other = ["ca", "--pem", "--out", "ca", "--dn", "CN=CA 2", "--key-type", "ec-p256"];
    refused(&folder, &[&other[..], AGAIN].concat(), "its subject is `CN=CA 1`, not `CN=CA 2`");
    run(&folder, &[&other[..], AGAIN, &["--force"]].concat()).succeeds();
    refused(&folder, &cert, "is not signed by `CN=CA 2`");
    let first = folder.read("certs/node1/node1.crt");
    assert!(changed(&folder, &[&cert[..], &["--force"]].concat()));
    assert_ne!(folder.read("certs/node1/node1.crt"), first);
    assert!(!changed(&folder, &cert));
    if let Some(text) =
        openssl(&folder, &["verify", "-CAfile", "ca/ca.crt", "certs/node1/node1.crt"])
    {
        assert!(text.contains("OK"), "{text}");
    }
}

#[test]
fn reissued_nodes_and_extracted_cas_are_left_alone() {
    let folder = Folder::new();
    folder.write("i.yml", INSTANCES);
    run(&folder, CA).succeeds();
    run(&folder, &[CERT, &["--pem"]].concat()).succeeds();
    let reissue = [
        "reissue",
        "--ca-cert",
        "ca/ca.crt",
        "--ca-key",
        "ca/ca.key",
        "--cluster-id",
        "other",
        "--scope-id",
        "scope",
        "--pem",
        "--out",
        "new",
        "certs/node1/node1.crt",
        "certs/node2/node2.crt",
    ];
    let reissue = [&reissue[..], AGAIN].concat();
    assert!(changed(&folder, &reissue));
    let first = folder.read("new/node1/node1.crt");
    assert!(!changed(&folder, &reissue));
    assert_eq!(folder.read("new/node1/node1.crt"), first);
    let extract = [&["extract-ca", "ca/ca.crt", "--out", "ca.pem"][..], AGAIN].concat();
    assert!(changed(&folder, &extract));
    assert!(!changed(&folder, &extract));
    folder.write("ca.pem", "something else");
    refused(&folder, &extract, "ca.pem: already exists");
    assert!(changed(&folder, &[&extract[..], &["--force"]].concat()));
}
