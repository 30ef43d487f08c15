//! A kit of `remote plan`, and its steps on nodes that run.

use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crosstrust_testkit::{Ended, Folder, crosstrust};

use crate::node::RunningNode;

/// A kit in the folder `kit`, of the connection file `connection.yml` beside it.
pub(crate) struct Kit {
    folder: PathBuf,
}

impl Kit {
    /// Plans a connection in which `remote check` finds no error.
    #[track_caller]
    pub(crate) fn plan(folder: &Folder, connection: &str) -> Self {
        folder.write("connection.yml", connection);
        run(folder, &["remote", "check", "connection.yml"]).succeeds();
        run(folder, &["remote", "plan", "connection.yml", "--out", "kit"]).succeeds();
        Self { folder: folder.path().to_owned() }
    }

    /// The file of a side (`local` or `remote`) that has this name after its number.
    #[track_caller]
    pub(crate) fn read(&self, side: &str, name: &str) -> String {
        let entries = std::fs::read_dir(self.folder.join("kit").join(side)).unwrap();
        let mut paths = entries.map(|entry| entry.unwrap().path());
        let is_it = |path: &PathBuf| {
            let file = path.file_name().unwrap().to_str().unwrap();
            file.split_once('-').is_some_and(|(_, rest)| rest == name)
        };
        let path = paths.find(is_it).unwrap_or_else(|| panic!("no {side}/{name} in the kit"));
        std::fs::read_to_string(path).unwrap()
    }

    /// Removes the remote cluster and registers it anew, by the bodies of the kit as they stand.
    /// Whether a connection is made, within some seconds.
    pub(crate) fn connects(&self, local: &RunningNode, expected: bool) -> bool {
        for body in ["remove-cluster-settings.json", "cluster-settings.json"] {
            let answer = local.request("PUT", "/_cluster/settings", &self.read("local", body));
            assert_eq!(answer["acknowledged"], true, "{answer}");
        }
        comes_true(expected, || {
            local.request("GET", "/_remote/info", "")["west"]["connected"] == true
        })
    }

    /// What `remote verify` makes of the answer that the local cluster gives now.
    pub(crate) fn verifies(&self, local: &RunningNode) -> bool {
        let info = local.request("GET", "/_remote/info", "").to_string();
        std::fs::write(self.folder.join("info.json"), info).unwrap();
        let line = ["remote", "verify", "connection.yml", "--info", "info.json"];
        let ended = crosstrust(env!("CARGO_BIN_EXE_crosstrust")).folder(&self.folder);
        says(&ended.args(line).run())
    }
}

/// Whether something comes true: time is given to what is expected, and some to what is not.
pub(crate) fn comes_true(expected: bool, holds: impl Fn() -> bool) -> bool {
    let patience = Duration::from_secs(if expected { 30 } else { 4 });
    let start = Instant::now();
    while start.elapsed() < patience {
        if holds() {
            return true;
        }
        sleep(Duration::from_millis(300));
    }
    false
}

/// The verdict of a command that ends with 0 or 1.
#[track_caller]
pub(crate) fn says(ended: &Ended) -> bool {
    assert!(matches!(ended.status, Some(0 | 1)), "{}", ended.messages());
    ended.status == Some(0)
}

pub(crate) fn run(folder: &Folder, arguments: &[&str]) -> Ended {
    crosstrust(env!("CARGO_BIN_EXE_crosstrust")).folder(folder.path()).args(arguments).run()
}

/// Makes a CA, `FOLDER/ca.p12` and `FOLDER/ca.crt`.
pub(crate) fn authority(folder: &Folder, ca: &str) {
    let (store, file, name) = (format!("{ca}/ca.p12"), format!("{ca}/ca.crt"), format!("CN={ca}"));
    run(folder, &["ca", "--pass", "secret", "--dn", &name, "--out", &store]).succeeds();
    run(folder, &["extract-ca", &store, "--pass", "secret", "--out", &file]).succeeds();
}

/// Issues a certificate, named as the folder that `file` begins with, with these options for its
/// other names, and puts it in place at once.
pub(crate) fn issue(folder: &Folder, ca: &str, file: &str, names: &[&str]) {
    let (ca, out) = (format!("{ca}/ca.p12"), "new/node.p12");
    let name = file.split('/').next().unwrap();
    let line = ["cert", "--ca", &ca, "--ca-pass", "secret", "--pass", "secret", "--name", name];
    run(folder, &[&line[..], &["--out", out, "--force"], names].concat()).succeeds();
    std::fs::rename(folder.join(out), folder.join(file)).unwrap();
}

/// Settings that every node here has; its cluster has the name `cluster`.
pub(crate) fn settings(cluster: &str, node: &str) -> String {
    format!(
        "cluster.name: {cluster}\nnode.name: {node}\nnode.portsfile: true\n\
         http.host: 127.0.0.1\nhttp.port: 0\ntransport.host: 127.0.0.1\ntransport.port: 0\n\
         resource.reload.interval.high: 1s\nresource.reload.interval.medium: 1s\n\
         xpack.security.enabled: true\nxpack.security.transport.ssl.enabled: true\n\
         xpack.security.transport.ssl.verification_mode: certificate\n\
         xpack.security.transport.ssl.keystore.path: node.p12\n\
         xpack.security.transport.ssl.keystore.password: secret\n\
         xpack.security.transport.ssl.certificate_authorities: ca.crt\n\
         xpack.security.authc.anonymous.username: admin\n\
         xpack.security.authc.anonymous.roles: superuser\n\
         cluster.routing.allocation.disk.threshold_enabled: false\n"
    )
}
