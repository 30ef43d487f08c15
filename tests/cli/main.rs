//! The command as its users meet it: run for real, its files opened by other people's tools.

#![allow(clippy::disallowed_methods, reason = "tests read and write files")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

mod ansible;
mod bad_input;
mod ca;
mod cert;
mod certutil;
mod cluster_files;
mod cluster_folders;
mod cluster_keys;
mod configured;
mod configured_contexts;
mod configured_names;
mod convert;
mod csr;
mod demo;
mod endpoint;
mod extract_ca;
mod faults;
mod help;
mod https;
mod idempotence;
mod identity;
mod inspect;
mod inventory;
mod kept;
mod large_hello;
mod lint;
mod lint_rules;
mod matrix;
mod node_files;
mod offline;
mod outputs;
mod passwords;
mod pipelines;
mod preflight;
mod presented;
mod reissue;
mod remote;
mod renewal;
mod report;
mod restrictions;
mod rotate;
mod secrets;
mod servers;
mod sign;
mod signer;
mod signer_examples;
mod sub_ca;
mod systemd;
mod token;
mod told;
mod unreadable_names;
mod version;

use crosstrust_testkit::{Ended, Folder, Run};

/// The command in a scratch folder.
fn crosstrust(folder: &Folder, arguments: &[&str]) -> Run {
    crosstrust_testkit::crosstrust(env!("CARGO_BIN_EXE_crosstrust"))
        .folder(folder.path())
        .args(arguments)
}

/// Runs the command in a scratch folder.
#[track_caller]
fn run(folder: &Folder, arguments: &[&str]) -> Ended {
    crosstrust(folder, arguments).run()
}

/// A fixture's path as text.
fn fixture(name: &str) -> String {
    crosstrust_testkit::fixture_path(name).to_string_lossy().into_owned()
}

/// An instances file of two nodes, as the Elastic documentation has it.
const INSTANCES: &str = r#"instances:
  - name: "node1"
    dns: ["node1.example.com"]
    ip: ["192.0.2.1"]
    cn: ["node1.node.1234567abcd.cluster.myscope.account"]
  - name: "node2"
    dns: ["node2.example.com"]
    ip: ["192.0.2.2"]
    cn: ["node2.node.1234567abcd.cluster.myscope.account"]
"#;

/// Standard output of an OpenSSL command that must succeed; nothing if OpenSSL is not installed.
#[track_caller]
fn openssl(folder: &Folder, arguments: &[&str]) -> Option<String> {
    let tool = crosstrust_testkit::tool("openssl")?;
    Some(tool.with(arguments).folder(folder.path()).run().succeeds().text().to_owned())
}
