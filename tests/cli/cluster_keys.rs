//! Which key file of a folder is a node's, and what is said where none is known to be.

use crosstrust_testkit::{Folder, fixture as bytes};

use crate::run;

/// A folder with the certificate of a node and the CA that it needs, and files of keys: what the fixture of the key
/// is called, and the name of its file.
fn node(certificate: &str, keys: &[(&str, &str)]) -> Folder {
    let folder = Folder::new();
    folder.write("ca.crt", bytes("cluster/ca.crt"));
    folder.write(&format!("n/{certificate}"), bytes("cluster/nodes/self-managed-1.crt"));
    for (fixture, name) in keys {
        folder.write(&format!("n/{name}"), bytes(fixture));
    }
    folder
}

/// What is said of the folder by both commands that read one.
#[track_caller]
fn says(folder: &Folder, word: &str, code: &str) {
    let ended = run(folder, &["preflight", "node", "n", "--trust", "ca.crt"]).exits_with(1);
    assert!(ended.text().contains(word) && ended.text().contains(code), "{}", ended.text());
    let ended = run(folder, &["preflight", "matrix", "--cluster", "a=n,ca=ca.crt"]).exits_with(1);
    assert!(ended.text().contains(code), "{}", ended.text());
}

#[track_caller]
fn accepts(folder: &Folder) {
    let ended = run(folder, &["preflight", "node", "n", "--trust", "ca.crt"]).succeeds();
    assert!(ended.text().contains("accepted"), "{}", ended.text());
    run(folder, &["preflight", "matrix", "--cluster", "a=n,ca=ca.crt"]).succeeds();
}

const OWN: &str = "cluster/nodes/self-managed-1.key";
const FOREIGN: &str = "cluster/nodes/self-managed-2.key";

#[test]
fn the_one_key_of_a_node_s_folder_is_its_own_whatever_its_name() {
    for (certificate, key) in [
        ("cert.pem", "privkey.pem"),
        ("a1.crt", "a1-key.pem"),
        ("a1.crt", "a1.crt.key"),
        ("a1.crt", "a1.KEY"),
        ("a1.crt", "a1.key"),
    ] {
        says(&node(certificate, &[(FOREIGN, key)]), "refused", "PF004");
        accepts(&node(certificate, &[(OWN, key)]));
    }
}

#[test]
fn of_several_keys_none_is_taken_on_trust() {
    let others = [(FOREIGN, "one.pem"), ("cluster/nodes/self-managed-3.key", "two.pem")];
    says(&node("a1.crt", &others), "not judged", "no key that is there belongs to the certificate");
    accepts(&node("a1.crt", &[others[0], others[1], (OWN, "three.pem")]));
    // A key in another folder may be anybody's.
    let apart = [(FOREIGN, "private/a1.key")];
    says(&node("certs/a1.crt", &apart), "not judged", "no key that is there");
    accepts(&node("certs/a1.crt", &[(OWN, "private/a1.key")]));
    accepts(&node("a1.crt", &[]));
}

#[test]
fn a_key_that_is_not_decrypted_is_not_said_to_fit() {
    let locked = node("a1.crt", &[("pem/keys/ec-pbes2-aes-256-cbc.key", "a1.key")]);
    says(&locked, "not judged", "was not decrypted");
}

#[test]
fn the_key_of_a_ca_is_not_taken_for_that_of_a_node() {
    let folder = node("a1.crt", &[("cluster/ca.key", "ca.key"), ("cluster/ca.crt", "ca.crt")]);
    let mut chain = bytes("cluster/nodes/self-managed-1.crt");
    chain.extend(bytes("cluster/ca.crt"));
    folder.write("n/a1.crt", chain);
    accepts(&folder);
}

/// The folder of each node has a key of its own, though they present one certificate.
#[test]
fn nodes_with_one_certificate_have_each_the_key_of_their_folder() {
    let folder = node("n1/cert.crt", &[(OWN, "n1/node.key"), (FOREIGN, "n2/node.key")]);
    folder.write("n/n2/cert.crt", bytes("cluster/nodes/self-managed-1.crt"));
    let ended = run(&folder, &["preflight", "node", "n", "--trust", "ca.crt"]).exits_with(1);
    let text = ended.text();
    assert!(text.contains("accepted") && text.contains("not judged"), "{text}");
}

#[test]
fn a_file_named_twice_in_two_ways_has_one_verdict() {
    let folder = node("a1.crt", &[(FOREIGN, "a1.key")]);
    let files = ["preflight", "node", "./n/a1.crt", "n", "--trust", "ca.crt"];
    let ended = run(&folder, &files).exits_with(1);
    assert!(!ended.text().contains("accepted"), "{}", ended.text());
}

#[test]
fn a_ca_with_its_key_among_nodes_is_told() {
    let folder = node("a1.crt", &[(OWN, "a1.key")]);
    folder.write("n/ca.crt", bytes("cluster/ca.crt"));
    folder.write("n/n9.crt", bytes("cluster/other-ca.crt"));
    folder.write("n/n9.key", bytes("cluster/other-ca.key"));
    let ended = run(&folder, &["preflight", "matrix", "--cluster", "a=n"]).succeeds();
    assert!(ended.messages().contains("n/n9.crt: a CA with its key"), "{}", ended.messages());
    assert!(!ended.messages().contains("n/ca.crt"), "{}", ended.messages());
}
