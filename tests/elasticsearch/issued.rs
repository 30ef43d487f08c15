//! What `cert` and `reissue` write, and `restrictions generate`: a node presents it, and another of its
//! CA accepts it, where we say so.

use crosstrust_keystore::{Password, open::open, pem};
use crosstrust_testkit::Folder;

use crate::judge::{Answer, judges};
use crate::kit::{authority, run, says};
use crate::tally::Tally;

/// Files of a node: its certificate or its key store, and its settings without their prefix.
struct Issued {
    file: String,
    settings: Vec<String>,
}

const TEMPLATE: [&str; 6] = [
    "--cn",
    "{node}.node.{cluster}.cluster.{scope}.account",
    "--cluster-id",
    "n1",
    "--scope-id",
    "east",
];

#[test]
fn nodes_present_what_is_issued_and_are_accepted_where_we_say_so() {
    let judges = judges();
    if judges.is_empty() {
        return;
    }
    let folder = Folder::new();
    authority(&folder, "ca");
    let line = ["restrictions", "generate", "--own-pattern", "*.cluster.east.account"];
    run(&folder, &[&line[..], &["--out", "trust.yml"]].concat()).succeeds();
    let nodes = nodes(&folder);
    let fingerprints: Vec<String> = nodes.iter().map(|node| node.leaf(&folder)).collect();
    let accepted: Vec<bool> = nodes.iter().map(|node| node.is_accepted(&folder)).collect();
    assert!(accepted.contains(&true) && accepted.contains(&false), "{accepted:?}");
    let questions: Vec<Vec<String>> = nodes
        .iter()
        .flat_map(|node| {
            [node.keys(), node.trust(&folder), node.handshake(&folder, &nodes[0].settings)]
        })
        .collect();
    for judge in judges {
        let mut tally = Tally::new(&judge.name, "nodes of cert and reissue × questions");
        for ((number, node), answers) in
            nodes.iter().enumerate().zip(judge.ask(&questions).chunks(3))
        {
            let said = |answer: &Answer| match answer {
                Answer::Ok(said) => said.clone(),
                Answer::Error(error) => panic!("{}: {error}", node.file),
            };
            let presented = said(&answers[0]);
            let presented: Vec<&str> =
                presented.iter().filter_map(|one| one.split('=').nth(1)).collect();
            tally.compare(|| node.file.clone(), &vec![fingerprints[number].as_str()], &presented);
            let trusted = said(&answers[1]).iter().all(|role| role == "ok");
            tally.compare(
                || format!("{} {:?}", node.file, answers[1]),
                &accepted[number],
                &trusted,
            );
            let done = said(&answers[2])[0] == "done";
            tally.compare(|| format!("{} {:?}", node.file, answers[2]), &accepted[number], &done);
        }
        tally.close(3 * 14);
    }
}

impl Issued {
    fn stored(folder: &Folder, file: &str) -> Self {
        let path = path(folder, file);
        let settings = vec![format!("keystore.path={path}"), "keystore.password=secret".to_owned()];
        Self { file: file.to_owned(), settings }
    }

    fn pem(folder: &Folder, stem: &str) -> Self {
        let path = path(folder, stem);
        let settings = vec![
            format!("certificate={path}.crt"),
            format!("key={path}.key"),
            "key_passphrase=secret".to_owned(),
        ];
        Self { file: format!("{stem}.crt"), settings }
    }

    /// The fingerprint of its certificate; the chain is put beside the file.
    fn leaf(&self, folder: &Folder) -> String {
        let contents = open(&folder.read(&self.file), &[Password::new("secret")]).unwrap();
        let chain = match contents.keys().next() {
            Some(entry) => entry.chain.clone(),
            None => contents.certificates().into_iter().cloned().collect(),
        };
        let text: String = chain.iter().map(|one| pem::write("CERTIFICATE", one.der())).collect();
        folder.write(&format!("{}.chain", self.file), text);
        chain[0].fingerprint_sha256()
    }

    fn is_accepted(&self, folder: &Folder) -> bool {
        let line = ["preflight", "node", &self.file, "--pass", "secret", "--trust", "ca/ca.crt"];
        let rest = ["--restrictions", "trust.yml", "--mode", "certificate"];
        says(&run(folder, &[&line[..], &rest].concat()))
    }

    fn keys(&self) -> Vec<String> {
        [vec!["keys".to_owned()], self.settings.clone()].concat()
    }

    fn trust(&self, folder: &Folder) -> Vec<String> {
        let chain = path(folder, &format!("{}.chain", self.file));
        [vec!["trust".to_owned(), chain], judge_settings(folder)].concat()
    }

    /// It connects to a node that judges it by the restrictions.
    fn handshake(&self, folder: &Folder, server: &[String]) -> Vec<String> {
        let ca = format!("certificate_authorities={}", path(folder, "ca/ca.crt"));
        let mode = "verification_mode=certificate".to_owned();
        let server = [server.to_vec(), judge_settings(folder), vec![mode.clone()]].concat();
        let client = [self.settings.clone(), vec![ca, mode]].concat();
        let mut question =
            vec!["handshake".to_owned(), "es1.example.com".to_owned(), String::new()];
        question.extend(server.iter().map(|setting| format!("server:{setting}")));
        question.extend(client.iter().map(|setting| format!("client:{setting}")));
        question
    }
}

/// Trust and restrictions of the node that judges.
fn judge_settings(folder: &Folder) -> Vec<String> {
    vec![
        format!("certificate_authorities={}", path(folder, "ca/ca.crt")),
        format!("trust_restrictions.path={}", path(folder, "trust.yml")),
    ]
}

fn path(folder: &Folder, file: &str) -> String {
    folder.join(file).to_str().unwrap().to_owned()
}

/// Certificates of every kind of key, with the name that restrictions compare, with another, and
/// without; as key stores and as PEM files; and those without a name, re-issued.
fn nodes(folder: &Folder) -> Vec<Issued> {
    let mut nodes = Vec::new();
    for kind in ["rsa-2048", "ec-p256", "ec-p384"] {
        for (number, name) in
            ["es.node.n1.cluster.east.account", "es.node.n1.cluster.north.account", ""]
                .iter()
                .enumerate()
        {
            let names = if name.is_empty() { vec![] } else { vec!["--cn", name] };
            let node = format!("{kind}-{number}");
            let line = ["cert", "--name", &node, "--key-type", kind];
            let out = format!("nodes/{node}.p12");
            sign(folder, &[&line[..], &names, &["--out", &out]].concat());
            nodes.push(Issued::stored(folder, &out));
        }
        let node = format!("{kind}-pem");
        let line = ["cert", "--name", &node, "--key-type", kind, "--pem", "--out"];
        sign(
            folder,
            &[&line[..], &["pem", "--force", "--cn", "es.node.n1.cluster.east.account"]].concat(),
        );
        nodes.push(Issued::pem(folder, &format!("pem/{node}/{node}")));
    }
    for (out, options) in [
        ("again", vec![]),
        ("again-pem", vec!["--pem"]),
        ("again-with-its-key", vec!["--keep-key"]),
    ] {
        for kind in ["rsa-2048", "ec-p256"] {
            let (node, out) = (format!("nodes/{kind}-2.p12"), format!("{out}-{kind}"));
            let line = ["reissue", &node, "--in-pass", "secret", "--out", &out];
            sign(folder, &[&line[..], &TEMPLATE, &options].concat());
            let stem = format!("{out}/{kind}-2/{kind}-2");
            nodes.push(if options.contains(&"--pem") {
                Issued::pem(folder, &stem)
            } else {
                Issued::stored(folder, &format!("{stem}.p12"))
            });
        }
    }
    nodes
}

fn sign(folder: &Folder, line: &[&str]) {
    let ca = ["--ca", "ca/ca.p12", "--ca-pass", "secret", "--pass", "secret"];
    run(folder, &[line, &ca].concat()).succeeds();
}
