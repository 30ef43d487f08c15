//! The units in `examples/`: systemd reads them without a complaint, and what they call does what they say.

use crosstrust_testkit::{Folder, root, tool};

use crate::{INSTANCES, run};

const BINARY: &str = env!("CARGO_BIN_EXE_crosstrust");

fn unit(name: &str) -> String {
    std::fs::read_to_string(root().join("examples").join(name)).unwrap()
}

#[test]
fn systemd_reads_the_units() {
    let Some(analyze) = tool("systemd-analyze") else { return };
    let folder = Folder::new();
    for name in ["prometheus/crosstrust-report", "systemd/crosstrust-renew"] {
        let stem = name.split_once('/').unwrap().1;
        // systemd looks whether the command is there.
        let service = unit(&format!("{name}.service")).replace("/usr/bin/crosstrust", BINARY);
        folder.write(&format!("{stem}.service"), service);
        folder.write(&format!("{stem}.timer"), unit(&format!("{name}.timer")));
        let units = [format!("{stem}.service"), format!("{stem}.timer")];
        let arguments = ["verify", &units[0], &units[1]];
        let ended = analyze.with(arguments).folder(folder.path()).run().succeeds();
        assert_eq!(ended.messages(), "");
    }
}

/// What the service starts, one command after the other.
fn commands(folder: &Folder) -> Vec<Vec<String>> {
    let text = unit("systemd/crosstrust-renew.service").replace("\\\n", " ");
    let there = folder.path().display();
    let text = text
        .replace("${STATE_DIRECTORY}", &format!("{there}/state"))
        .replace("${CREDENTIALS_DIRECTORY}", &format!("{there}/etc"))
        .replace("/etc/crosstrust", &format!("{there}/etc"));
    let lines = text.lines().filter_map(|line| line.strip_prefix("ExecStart=/usr/bin/crosstrust "));
    lines.map(|line| line.split_whitespace().map(str::to_owned).collect()).collect()
}

#[test]
fn the_service_issues_then_leaves_alone_what_is_there() {
    let folder = Folder::new();
    folder.write("etc/ca.pass", "changeit\n");
    folder.write("etc/instances.yml", INSTANCES);
    let ca = ["ca", "--pem", "--out", "new", "--pass", "changeit", "--key-type", "ec-p256"];
    run(&folder, &ca).succeeds();
    for file in ["ca.crt", "ca.key"] {
        folder.write(&format!("etc/{file}"), folder.read(&format!("new/{file}")));
    }
    let commands = commands(&folder);
    assert_eq!(commands.len(), 2, "{commands:?}");
    let start = || {
        for command in &commands {
            let words = command.iter().map(String::as_str).collect::<Vec<_>>();
            run(&folder, &words).succeeds();
        }
        ["node1", "node2"].map(|node| folder.read(&format!("state/certificates/{node}/{node}.key")))
    };
    let first = start();
    assert!(start() == first);
}
