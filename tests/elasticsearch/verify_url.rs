//! `remote verify --url` asks a node over HTTPS, with keys that the node made.

use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;

use crosstrust_testkit::{Ended, Folder, crosstrust};
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use serde_json::Value;

use crate::judge::judges;
use crate::kit::{authority, issue, settings};
use crate::node::{RunningNode, exchange};

/// A cluster whose HTTP layer has TLS.
struct Cluster {
    folder: Folder,
    node: RunningNode,
}

#[test]
fn a_node_answers_what_is_asked_and_no_more() {
    let names = ["8.19-java17", "9.5-java25"];
    for judge in judges().into_iter().filter(|judge| names.contains(&judge.name.as_str())) {
        let cluster = Cluster::start(&judge.program("node"));
        let key = cluster.key("{\"monitor\": {\"cluster\": [\"monitor\"]}}");
        cluster.remote("persistent", "\"127.0.0.1:1\"");
        let ended = cluster.verify(&key, &[]).exits_with(1);
        let text = ended.text();
        let command = "`crosstrust preflight endpoint 127.0.0.1:1`";
        for expected in ["west: not connected to 127.0.0.1:1, by tls", "error[RC031]", command] {
            assert!(text.contains(expected), "{}: {expected}: {text}", judge.name);
        }
        assert!(
            text.contains("compared with the files of east/config/elasticsearch.yml"),
            "{text}"
        );
        for unexpected in ["RC077", "RC078", "RC079", "RC080"] {
            assert!(!text.contains(unexpected), "{}: {text}", judge.name);
        }
        cluster.remote("persistent", "null");
        cluster.remote("transient", "\"127.0.0.1:1\"");
        let text = cluster.verify(&key, &[]).exits_with(1).text().to_owned();
        assert!(
            text.contains("[RC077]: `west` is registered by transient settings alone"),
            "{text}"
        );
        cluster.remote("transient", "null");
        let text = cluster.verify(&key, &[]).exits_with(0).text().to_owned();
        assert!(text.starts_with("no remote cluster is registered\n"), "{text}");
        cluster.refuses(&key);
        cluster.goes_on_with_what_it_has(&key);
    }
}

impl Cluster {
    fn start(program: &Path) -> Self {
        let folder = Folder::new();
        authority(&folder, "ca");
        authority(&folder, "other");
        std::fs::create_dir_all(folder.join("east/config")).unwrap();
        issue(&folder, "ca", "east/config/node.p12", &[]);
        issue(&folder, "ca", "east/config/http.p12", &["--ip", "127.0.0.1"]);
        folder.write("east/config/ca.crt", folder.read("ca/ca.crt"));
        let http = "discovery.type: single-node\nxpack.security.http.ssl.enabled: true\n\
            xpack.security.http.ssl.keystore.path: http.p12\n\
            xpack.security.http.ssl.keystore.password: secret\n";
        folder.write("east/config/elasticsearch.yml", settings("east", "east-1") + http);
        let mut node = RunningNode::start(program, &folder.join("east"), &[]);
        node.wait();
        Self { folder, node }
    }

    /// Puts a request over TLS, judged by another library than ours.
    fn request(&self, method: &str, path: &str, body: &str) -> Value {
        let mut roots = RootCertStore::empty();
        let ca = CertificateDer::from_pem_file(self.folder.join("ca/ca.crt")).unwrap();
        roots.add(ca).unwrap();
        let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from("127.0.0.1").unwrap();
        let connection = ClientConnection::new(Arc::new(config), name).unwrap();
        let stream = TcpStream::connect(self.node.address("http")).unwrap();
        exchange(&mut StreamOwned::new(connection, stream), "", [method, path, body])
    }

    /// A key with these roles, as the node says it: `encoded`.
    fn key(&self, roles: &str) -> String {
        let body = format!("{{\"name\": \"crosstrust\", \"role_descriptors\": {roles}}}");
        let answer = self.request("POST", "/_security/api_key", &body);
        answer["encoded"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    /// Registers a remote cluster at an address, or takes it away.
    fn remote(&self, kind: &str, address: &str) {
        let mode = if address == "null" { "null" } else { "\"proxy\"" };
        let remote = "cluster.remote.west";
        let body = format!(
            "{{\"{kind}\": {{\"{remote}.mode\": {mode}, \"{remote}.proxy_address\": {address}}}}}"
        );
        let answer = self.request("PUT", "/_cluster/settings", &body);
        assert_eq!(answer["acknowledged"], true, "{answer}");
    }

    fn verify(&self, key: &str, more: &[&str]) -> Ended {
        let url = format!("https://{}", self.node.address("http"));
        let line = ["remote", "verify", "--url", &url, "--api-key-env", "ES_KEY"];
        let ca = if more.contains(&"--ca") { vec![] } else { vec!["--ca", "ca/ca.crt"] };
        let config = ["--config", "east/config/elasticsearch.yml"];
        let ended = crosstrust(env!("CARGO_BIN_EXE_crosstrust")).folder(self.folder.path());
        ended.args([&line[..], &config, more, &ca].concat()).env("ES_KEY", key).run()
    }

    /// What a key does not allow, a key that is none, and a CA that is another.
    fn refuses(&self, key: &str) {
        let weak = self.key("{\"none\": {\"cluster\": [\"manage_own_api_key\"]}}");
        let messages = self.verify(&weak, &[]).exits_with(2).messages();
        assert!(messages.contains("does not allow the question (403): action ["), "{messages}");
        let (head, tail) = key.split_at(key.len() - 12);
        let wrong = format!("{head}{}{}", &tail[4..8], &tail[..4]) + &tail[8..];
        let messages = self.verify(&wrong, &[]).exits_with(2).messages();
        assert!(messages.contains("the API key is not accepted (401): "), "{messages}");
        let text = self.verify(key, &["--ca", "other/ca.crt"]).exits_with(1).text().to_owned();
        assert!(text.contains("not asked, and the API key not sent"), "{text}");
    }

    /// Settings are read once: the node goes on with the file that they named.
    fn goes_on_with_what_it_has(&self, key: &str) {
        let settings = self.folder.read_text("east/config/elasticsearch.yml");
        self.folder.write("east/config/new.crt", self.folder.read("ca/ca.crt"));
        let changed = settings.replace("authorities: ca.crt", "authorities: new.crt");
        assert_ne!(settings, changed);
        self.folder.write("east/config/elasticsearch.yml", changed);
        let text = self.verify(key, &[]).exits_with(0).text().to_owned();
        assert!(
            text.contains("warning[RC078]") && text.contains("`ca.crt`, a file that is not named"),
            "{text}"
        );
    }
}
