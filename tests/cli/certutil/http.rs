//! `certutil http`: by dialogue, and from options.

use crosstrust_testkit::{Folder, java_judge};

use super::{answered, certutil, entries, leaf_of, make_authority, names, shown, unpack};
use crate::{fixture, openssl};

/// Answers of the dialogue for one certificate, up to the password.
const ONE: &str = "\nes.example.com\n*.example.com\n\n\n10.0.0.1\n\n\nn\n";

/// C01, C02 and C05, for a request with a password.
#[test]
fn a_request_comes_with_its_key_and_texts() {
    let folder = Folder::new();
    let answers = format!("y\n{ONE}secret\nsecret\nout.zip\n");
    let ended = answered(&folder, &["http", "-s"], &answers).succeeds();
    assert_eq!(ended.text(), "");
    let expected = [
        "elasticsearch/",
        "elasticsearch/README.txt",
        "elasticsearch/http-es.example.com.csr",
        "elasticsearch/http-es.example.com.key",
        "elasticsearch/sample-elasticsearch.yml",
        "kibana/",
        "kibana/README.txt",
        "kibana/sample-kibana.yml",
    ];
    assert_eq!(names(&folder, "out.zip"), expected);
    assert_eq!(folder.mode("out.zip"), 0o600);
    unpack(&folder, "out.zip");
    let read = |name: &str| folder.read_text(&format!("out/{name}"));
    for file in ["elasticsearch/README.txt", "elasticsearch/sample-elasticsearch.yml"] {
        let text = read(file);
        for word in ["http-es.example.com.crt", "http-es.example.com.key"] {
            assert!(text.contains(word), "{word} is missing in {file}: {text}");
        }
        assert!(!text.contains("secret\n") && text.contains("secure_key_passphrase"), "{text}");
    }
    assert!(read("kibana/sample-kibana.yml").contains("elasticsearch-ca.pem"));
    let key = "out/elasticsearch/http-es.example.com.key";
    openssl(&folder, &["rsa", "-in", key, "-passin", "pass:secret", "-noout"]);
    let csr = "out/elasticsearch/http-es.example.com.csr";
    let Some(text) = openssl(&folder, &["req", "-in", csr, "-noout", "-verify", "-text"]) else {
        return;
    };
    for expected in [
        "Subject: DC = com, DC = example, CN = es\n",
        "IP Address:10.0.0.1, DNS:es.example.com, DNS:*.example.com\n",
        "X509v3 Key Usage: critical\n                    Digital Signature, Key Encipherment\n",
        "TLS Web Server Authentication\n",
    ] {
        assert!(text.contains(expected), "{expected:?} is missing in {text}");
    }
}

/// C02: no password, a plain key; C12 for texts that differ then.
#[test]
fn the_key_of_a_request_may_be_plain() {
    let folder = Folder::new();
    answered(&folder, &["http", "-s"], &format!("y\n{ONE}\n\n")).succeeds();
    unpack(&folder, "elasticsearch-ssl-http.zip");
    let below = "elasticsearch-ssl-http/elasticsearch";
    let key = folder.read_text(&format!("{below}/http-es.example.com.key"));
    assert!(key.starts_with("-----BEGIN RSA PRIVATE KEY-----\nMII"), "{key}");
    let readme = folder.read_text(&format!("{below}/README.txt"));
    assert!(!readme.contains("secure_key_passphrase") && !readme.contains('$'), "{readme}");
}

/// C03: an authority as PEM, its certificate first or its key first, and as PKCS#12.
#[test]
fn an_authority_that_is_there_signs() {
    let folder = Folder::new();
    make_authority(&folder);
    let (certificate, key) = (fixture("pem/ca.crt"), fixture("pem/ca.key"));
    let store = fixture("ca/ec-p256.p12");
    for (name, ca, trusted) in [
        ("certificate", format!("nope\n{certificate}\n{key}\n"), &certificate),
        ("key", format!("{key}\n{certificate}\n"), &certificate),
        ("store", format!("{store}\nchangeit\n"), &fixture("ca/ec-p256.crt")),
    ] {
        let answers = format!("n\ny\n{ca}1y\n{ONE}\n{name}.zip\n");
        let ended = answered(&folder, &["http", "-s"], &answers).succeeds();
        assert!(ended.messages().contains("CA Path: "), "{}", ended.messages());
        let expected = [
            "elasticsearch/",
            "elasticsearch/README.txt",
            "elasticsearch/http.p12",
            "elasticsearch/sample-elasticsearch.yml",
            "kibana/",
            "kibana/README.txt",
            "kibana/elasticsearch-ca.pem",
            "kibana/sample-kibana.yml",
        ];
        assert_eq!(names(&folder, &format!("{name}.zip")), expected);
        unpack(&folder, &format!("{name}.zip"));
        let Some(leaf) = leaf_of(&folder, &format!("{name}/elasticsearch/http.p12"), "") else {
            return;
        };
        let pem = format!("{name}/kibana/elasticsearch-ca.pem");
        openssl(&folder, &["verify", "-partial_chain", "-CAfile", &pem, &leaf]);
        let print = |path: &str| shown(&folder, path, &["-fingerprint", "-sha256"]).unwrap();
        assert_eq!(print(&pem), print(trusted));
    }
}

/// C04, C05 and C07: a new authority and a certificate for each node.
#[test]
fn a_new_authority_signs_for_every_node() {
    let folder = Folder::new();
    let authority = "n\nn\ny\nCN=My CA,O=x\n3y\n3072\nkeyCertSign\nn\ncapass\ncapass\n";
    let node = |name: &str, more: &str| format!("{name}\n{name}.example\n\n\n\n\nn\n{more}\n");
    let nodes = format!("y\n{}{}", node("n1", "y"), node("n2", "n"));
    let answers = format!("{authority}2y\n{nodes}pass\npass\nout.zip\n");
    answered(&folder, &["http", "-s"], &answers).succeeds();
    let node = |name: &str| {
        ["", "README.txt", "http.p12", "sample-elasticsearch.yml"]
            .map(|file| format!("elasticsearch/{name}/{file}"))
    };
    let rest = [
        "ca/",
        "ca/README.txt",
        "ca/ca.p12",
        "kibana/",
        "kibana/README.txt",
        "kibana/elasticsearch-ca.pem",
        "kibana/sample-kibana.yml",
    ];
    let mut expected = vec!["elasticsearch/".to_owned()];
    expected.extend(node("n1").into_iter().chain(node("n2")));
    expected.extend(rest.map(str::to_owned));
    assert_eq!(names(&folder, "out.zip"), expected);
    unpack(&folder, "out.zip");
    for file in expected.iter().filter(|name| name.contains(".txt") || name.contains(".yml")) {
        let text = folder.read_text(&format!("out/{file}"));
        assert!(!text.contains("capass") && !text.contains("${"), "{file}: {text}");
    }
    let yml = folder.read_text("out/elasticsearch/n1/sample-elasticsearch.yml");
    assert!(yml.contains("xpack.security.http.ssl.enabled: true\n"), "{yml}");
    assert!(yml.contains("xpack.security.http.ssl.keystore.path: \"http.p12\"\n"), "{yml}");

    if let Some(listed) = entries(&folder, "out/elasticsearch/n2/http.p12", "pass") {
        let (ca, key) = ("trusted ca CN=My CA,O=x", "key http CN=n2 | CN=My CA,O=x");
        assert_eq!(listed, [ca, key]);
        let listed = entries(&folder, "out/ca/ca.p12", "capass").unwrap();
        assert_eq!(listed, ["key ca CN=My CA,O=x"]);
    }
    others_read_the_certificates(&folder);
}

/// OpenSSL reads the CA and a node's certificate, and Java accepts the node.
fn others_read_the_certificates(folder: &Folder) {
    let ca = "out/kibana/elasticsearch-ca.pem";
    let Some(text) = shown(folder, ca, &["-text"]) else { return };
    for expected in ["CA:TRUE", "Certificate Sign\n", "(3072 bit)", "CN = My CA"] {
        assert!(text.contains(expected), "{expected} is missing in {text}");
    }
    assert!(!text.contains("CRL Sign"), "{text}");
    let leaf = leaf_of(folder, "out/elasticsearch/n2/http.p12", "pass").unwrap();
    let text = shown(folder, &leaf, &["-text"]).unwrap();
    for expected in [
        "X509v3 Key Usage: critical\n                Digital Signature, Key Encipherment\n",
        "X509v3 Extended Key Usage: \n                TLS Web Server Authentication\n",
        "CA:FALSE",
        "DNS:n2.example\n",
    ] {
        assert!(text.contains(expected), "{expected:?} is missing in {text}");
    }
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let arguments = ["--trust".to_owned(), path(ca), "--chain".to_owned(), path(&leaf)];
    let Some(lines) = java_judge("Pkix", arguments) else { return };
    let server = lines.iter().find(|line| line[1] == "server").unwrap();
    assert_eq!(server[2], "ok", "{lines:?}");
}

/// C06: whole years of the calendar, from a few minutes ago.
#[test]
fn validity_is_counted_in_the_calendar() {
    let folder = Folder::new();
    let line = ["http", "-s", "--dns", "a.b.c", "--validity", "3y", "--pass", "", "--ca-pass", ""];
    certutil(&folder, &[&line[..], &["--out", "out.zip"]].concat()).succeeds();
    unpack(&folder, "out.zip");
    let Some(leaf) = leaf_of(&folder, "out/elasticsearch/http.p12", "") else { return };
    let text = shown(&folder, &leaf, &["-dates", "-subject", "-dateopt", "iso_8601"]).unwrap();
    let date = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_once('=').unwrap().1.to_owned()
    };
    let (before, after) = (date("notBefore"), date("notAfter"));
    let year: u32 = before[..4].parse().unwrap();
    // C08 is in the subject.
    assert!(text.contains("DC = c, DC = b, CN = a\n"), "{text}");
    let same_day = format!("{}{}", year + 3, &before[4..]);
    // A 29 February may have no counterpart.
    assert!(after == same_day || before[4..].starts_with("-02-29"), "{before} {after}");
}

/// C09, and the other answers that are asked for again.
#[test]
fn answers_that_do_not_fit_are_asked_for_again() {
    let folder = Folder::new();
    let authority =
        "n\nn\ny\nnonsense\nCN=CA\n2m & 4d\n10d\nn\n1y, 6m\n1000\nabc\n4096\nsign\n\nn\n";
    let passwords = "a\nb\npässword\nc\nc\n";
    let nodes = "5d\ny\ny\n\na/b\nn1\nhost name\nhöst\nok.example\n\nn\nbetter.example\n\ny\n1.2.3\n\n\nn\ny\nN1\nn2\n\n\n\n\nn\nn\n";
    let answers = format!("{authority}{passwords}{nodes}\nout.zip\n");
    let ended = answered(&folder, &["http", "-s"], &answers).succeeds();
    let messages = ended.messages();
    for expected in [
        "Error: [nonsense] is not a valid DN",
        "Error: `2m & 4d` is not a period",
        "CA Validity [5y] ",
        "Are you sure? [y/N]",
        "Error: no RSA key of 1000 bits is made here",
        "Error: [abc] is not a key size",
        "Error: Unknown keyUsage: sign",
        "Passwords do not match",
        "Passwords must be plain ASCII",
        "Error: [] is not a valid filename",
        "Error: [a/b] is not a valid filename",
        "Error: `host name` is not a valid DNS name",
        "Error: `höst` is not a valid DNS name",
        "Error: `1.2.3` is not a valid IP address",
        "Error: there is a node [N1] already",
    ] {
        assert!(messages.contains(expected), "{expected:?} is missing in {messages}");
    }
    assert!(ended.text().contains("10d is shorter than 90 days."), "{}", ended.text());
    unpack(&folder, "out.zip");
    let Some(leaf) = leaf_of(&folder, "out/elasticsearch/n1/http.p12", "") else { return };
    let text = shown(&folder, &leaf, &["-text"]).unwrap();
    assert!(text.contains("DNS:better.example\n"), "{text}");
}

/// The same files from options alone, one certificate for each instance of a file.
#[test]
fn options_make_the_same_without_a_question() {
    let folder = Folder::new();
    folder.write("i.yml", "instances: [{name: n1, dns: a.example}, {name: n2, ip: 10.0.0.1}]");
    let line = ["http", "-s", "--in", "i.yml", "--pass", "", "--ca-pass", "", "--out", "out.zip"];
    let ended = certutil(&folder, &[&line[..], &["--ca-dn", "CN=CA"]].concat()).succeeds();
    assert_eq!((ended.text(), ended.messages().as_str()), ("", ""));
    let listed = names(&folder, "out.zip");
    assert!(listed.contains(&"elasticsearch/n2/http.p12".to_owned()), "{listed:?}");
    assert!(listed.contains(&"ca/ca.p12".to_owned()), "{listed:?}");

    let line = ["http", "-s", "--csr", "--name", "es", "--dns", "es.example", "--out", "csr.zip"];
    certutil(&folder, &line).succeeds();
    let listed = names(&folder, "csr.zip");
    assert!(listed.contains(&"elasticsearch/http-es.csr".to_owned()), "{listed:?}");
    let (certificate, key) = (fixture("pem/ca.crt"), fixture("pem/ca.key"));
    let ca = ["--ca", &certificate, "--ca-key", &key];
    let line = [&["http", "-s", "--pass", "", "--dns", "x.y", "--out", "ca.zip"], &ca[..]].concat();
    certutil(&folder, &line).succeeds();
    assert!(!names(&folder, "ca.zip").contains(&"ca/".to_owned()));
    certutil(&folder, &line).exits_with(74);
}

/// Section "http mode": the files of an authority that end the dialogue with 65.
#[test]
fn files_that_hold_no_authority_end_with_65() {
    #[track_caller]
    fn check(answers: &str, expected: &str) {
        let folder = Folder::new();
        let ended = answered(&folder, &["http", "-s"], &format!("n\ny\n{answers}")).exits_with(65);
        assert!(ended.messages().contains(expected), "{}", ended.messages());
        assert_eq!(folder.entries(), Vec::<String>::new());
    }

    check(&format!("{}\n", fixture("pem/chain.crt")), "Unsupported file type (certificate chain)");
    check(&format!("{}\n", fixture("pem/certificate-and-key.pem")), "Unrecognized file type");
    check(&format!("{}\n", fixture("pem/node.csr")), "Unrecognized file type");
    let store = fixture("p12/keytool/truststore.p12");
    check(&format!("{store}\nchangeit\n"), "expected a single key in file [");
    check(&format!("{}\n\n", fixture("pem/ca.der")), "expected a single key in file [");
}
