//! `crosstrust sign`.

use crosstrust_testkit::{Folder, java_judge, tool};

use crate::{INSTANCES, fixture, openssl, run};

/// The options of a CA of the fixtures.
fn authority() -> [String; 4] {
    ["--ca-cert".to_owned(), fixture("pem/ca.crt"), "--ca-key".to_owned(), fixture("pem/ca.key")]
}

#[track_caller]
fn sign(folder: &Folder, status: i32, rest: &[&str]) -> String {
    let authority = authority();
    let authority: Vec<&str> = authority.iter().map(String::as_str).collect();
    let arguments = [&["sign"], &authority[..], rest].concat();
    run(folder, &arguments).exits_with(status).messages()
}

#[test]
fn our_requests_become_certificates_with_the_same_names() {
    let folder = Folder::new();
    folder.write("instances.yml", INSTANCES);
    run(&folder, &["csr", "--in", "instances.yml", "--key-type", "ec-p256"]).succeeds();
    sign(&folder, 0, &["--in", "instances.yml", "requests/*/*.csr"]);
    let written = ["certificates/ca.crt", "certificates/node1.crt", "certificates/node2.crt"];
    let entries = folder.entries();
    assert!(written.iter().all(|path| entries.contains(&(*path).to_owned())), "{entries:?}");

    let leaf = "certificates/node1.crt";
    let verify = ["verify", "-x509_strict", "-CAfile", "certificates/ca.crt", leaf];
    if openssl(&folder, &verify).is_none() {
        return;
    }
    let shown = ["x509", "-in", leaf, "-noout", "-ext", "subjectAltName,basicConstraints"];
    let text = openssl(&folder, &shown).unwrap();
    let names = "IP Address:192.0.2.1, DNS:node1.example.com, othername: commonName::node1.node.1234567abcd.cluster.myscope.account";
    assert!(text.contains(names) && text.contains("CA:FALSE"), "{text}");
    let own = openssl(&folder, &["req", "-in", "requests/node1/node1.csr", "-noout", "-pubkey"]);
    assert_eq!(openssl(&folder, &["x509", "-in", leaf, "-noout", "-pubkey"]), own);
}

/// OpenSSL's request asks for CA:TRUE and for every form of name; the names come back byte for
/// byte, the CA does not.
#[test]
fn openssl_s_requests_are_signed_and_make_no_authority() {
    let folder = Folder::new();
    folder.write("req.cnf", OPENSSL_REQUEST);
    let make = ["req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc"];
    let rest = ["-keyout", "o.key", "-out", "o.csr", "-config", "req.cnf"];
    if openssl(&folder, &[&make[..], &rest].concat()).is_none() {
        return;
    }
    openssl(&folder, &["req", "-in", "o.csr", "-outform", "DER", "-out", "der.csr"]);
    sign(&folder, 0, &["o.csr", "der.csr"]);
    for leaf in ["certificates/o.crt", "certificates/der.crt"] {
        let arguments = ["x509", "-in", leaf, "-noout", "-text"];
        let text = openssl(&folder, &arguments).unwrap();
        assert!(text.contains("CA:FALSE") && !text.contains("Key Usage"), "{text}");
        let verify = ["verify", "-x509_strict", "-CAfile", "certificates/ca.crt", leaf];
        openssl(&folder, &verify);
        let names = |command: &str, path: &str| {
            let dump = openssl(&folder, &[command, "-in", path]).unwrap();
            let mut lines = dump.lines().skip_while(|line| !line.contains("Alternative Name"));
            lines.nth(1).unwrap().rsplit(':').next().unwrap().to_owned()
        };
        let asked = names("asn1parse", "o.csr");
        assert!(asked.len() > 100, "{asked}");
        assert_eq!(names("asn1parse", leaf), asked);
    }
}

#[test]
fn keytool_s_requests_are_signed_and_the_jvm_trusts_the_result() {
    let folder = Folder::new();
    let Some(keytool) = tool("keytool") else { return };
    let store = ["-keystore", "k.p12", "-storepass", "changeit", "-alias", "node1"];
    let make = ["-genkeypair", "-keyalg", "RSA", "-dname", "CN=node1, OU=a, OU=b, O=Ünï"];
    keytool.with(make).args(store).folder(folder.path()).run().succeeds();
    let request = ["-certreq", "-file", "k.csr", "-ext", "san=dns:node1.example.com,ip:192.0.2.1"];
    keytool.with(request).args(store).folder(folder.path()).run().succeeds();
    sign(&folder, 0, &["k.csr", "--days", "30"]);

    let import = ["-importcert", "-noprompt", "-file"];
    let ca =
        ["certificates/ca.crt", "-keystore", "k.p12", "-storepass", "changeit", "-alias", "ca"];
    keytool.with(import).args(ca).folder(folder.path()).run().succeeds();
    let leaf = ["certificates/k.crt"];
    keytool.with(import).args(leaf).args(store).folder(folder.path()).run().succeeds();
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let arguments =
        ["--trust".to_owned(), path("certificates/ca.crt"), "--chain".to_owned(), path(leaf[0])];
    let Some(lines) = java_judge("Pkix", arguments) else { return };
    assert!(lines.len() == 2 && lines.iter().all(|line| line[2] == "ok"), "{lines:?}");
}

#[test]
fn names_that_differ_from_the_instances_file_are_told_and_nothing_is_signed() {
    let folder = Folder::new();
    folder.write("asked.yml", INSTANCES);
    run(&folder, &["csr", "--in", "asked.yml", "--key-type", "ec-p256"]).succeeds();
    let listed = INSTANCES
        .replace("node1.example.com", "node1.example.org")
        .replace("192.0.2.2", "192.0.2.3")
        .replace("node2.node.", "node3.node.");
    folder.write("listed.yml", listed);
    let messages = sign(&folder, 2, &["--in", "listed.yml", "requests/*/*.csr"]);
    let expected = "\
crosstrust: error: requests/node1/node1.csr: instance `node1`: the request asks for `DNS:node1.example.com`, the instance does not
crosstrust: error: requests/node1/node1.csr: instance `node1`: the instance has `DNS:node1.example.org`, the request does not
crosstrust: error: requests/node2/node2.csr: instance `node2`: the request asks for `IP:192.0.2.2`, the instance does not
crosstrust: error: requests/node2/node2.csr: instance `node2`: the request asks for the otherName common name `node2.node.1234567abcd.cluster.myscope.account`, the instance does not
crosstrust: error: requests/node2/node2.csr: instance `node2`: the instance has `IP:192.0.2.3`, the request does not
crosstrust: error: requests/node2/node2.csr: instance `node2`: the instance has the otherName common name `node3.node.1234567abcd.cluster.myscope.account`, the request does not
";
    assert_eq!(messages, expected);
    assert!(!folder.entries().contains(&"certificates/".to_owned()));

    folder.write("other.yml", "instances:\n  - name: other\n");
    let messages = sign(&folder, 2, &["--in", "other.yml", "requests/node1/node1.csr"]);
    assert!(messages.contains("no instance of other.yml has the subject `CN=node1`"), "{messages}");
}

#[test]
fn requests_that_are_not_what_they_say_are_refused() {
    let folder = Folder::new();
    run(&folder, &["csr", "--name", "n", "--key-type", "ec-p256"]).succeeds();
    let text = folder.read_text("requests/n/n.csr");
    let Some(_) =
        openssl(&folder, &["req", "-in", "requests/n/n.csr", "-outform", "DER", "-out", "n.der"])
    else {
        return;
    };
    let mut forged = folder.read("n.der");
    let at = forged.windows(2).position(|pair| pair == [0x13, 1]).unwrap() + 2;
    forged[at] = b'm';
    folder.write("forged.csr", forged);
    folder.write("cut.csr", &folder.read("n.der")[..50]);
    folder.write("two.csr", text.repeat(2));
    let messages = sign(&folder, 2, &["forged.csr"]);
    assert!(messages.contains("forged.csr: the request for `CN=m` is not signed with its own key"));
    sign(&folder, 2, &["cut.csr"]);
    let messages = sign(&folder, 2, &["two.csr"]);
    assert!(messages.contains("two.csr: holds 2 requests, where one is expected"), "{messages}");
    let messages = sign(&folder, 2, &[&fixture("pem/node.crt")]);
    assert!(messages.contains("holds 0 requests"), "{messages}");
    folder.write("a/n.csr", text);
    let messages = sign(&folder, 2, &["requests/n/n.csr", "a/n.csr"]);
    assert!(messages.contains("would be a second `n.crt`"), "{messages}");
    assert!(!folder.entries().contains(&"certificates/".to_owned()));
}

const OPENSSL_REQUEST: &str = "\
[req]
distinguished_name = dn
req_extensions = extensions
prompt = no
[dn]
DC = com
CN = odd
[extensions]
basicConstraints = critical,CA:TRUE
keyUsage = keyCertSign
subjectAltName = DNS:a.example,IP:::1,email:a@b.example,URI:https://a.example/,RID:1.2.3.4,otherName:2.5.4.3;PRINTABLE:odd.node,otherName:1.3.6.1.4.1.311.20.2.3;UTF8:upn@x
";

#[test]
fn keys_that_nodes_cannot_use_are_warned_of() {
    let folder = Folder::new();
    for (key, expected) in [(&["ed25519"][..], "ed25519, one that"), (&["rsa:1024"], "too short")] {
        let make = [&["req", "-new", "-noenc", "-subj", "/CN=n", "-newkey"], key].concat();
        let request = [&make[..], &["-keyout", "n.key", "-out", "n.csr"]].concat();
        if openssl(&folder, &request).is_none() {
            return;
        }
        let told = sign(&folder, 0, &["--force", "n.csr"]);
        assert!(told.contains("warning: n.csr: the key is ") && told.contains(expected), "{told}");
    }
}
