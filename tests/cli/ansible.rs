//! The role in `examples/ansible`, played by Ansible against 30 folders that stand for nodes.

use std::os::unix::fs::PermissionsExt;

use crosstrust_testkit::{Ended, Folder, Tool, root, tool};

use crate::{openssl, run};

const NODES: usize = 30;

/// A controller and its nodes: an inventory, the command with a clock, and a word of each node that is told
/// of new certificates.
struct Controller {
    folder: Folder,
    ansible: Tool,
}

impl Controller {
    fn new(ansible: Tool) -> Self {
        let folder = Folder::new();
        let hosts =
            (1..=NODES).map(|number| format!("node-{number:02} ansible_connection=local\n"));
        folder.write("hosts.ini", format!("[elasticsearch]\n{}", hosts.collect::<String>()));
        let script = |name: &str, lines: &str| {
            let path = folder.write(name, format!("#!/bin/sh\n{lines}\n"));
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
        };
        let binary = env!("CARGO_BIN_EXE_crosstrust");
        let there = folder.path().display();
        script(
            "bin/crosstrust",
            &format!(
                "start=$(date +%s%N)\n{binary} \"$@\"\nstatus=$?\n\
                 echo $((($(date +%s%N) - start) / 1000000)) $1 >>{there}/calls\nexit $status"
            ),
        );
        script("bin/told", &format!("echo $1 >>{there}/told"));
        Self { folder, ansible }
    }

    /// Plays the book, and gives the names of the hosts that it changed.
    fn play(&self, more: &[&str]) -> (Vec<String>, Ended) {
        let there = self.folder.path().display().to_string();
        let variables = format!(
            "{{\"elasticsearch_certificates_command\": \"{there}/bin/crosstrust\",
              \"elasticsearch_certificates_store\": \"{there}/store\",
              \"elasticsearch_certificates_folder\": \"{there}/nodes/{{{{ inventory_hostname }}}}\",
              \"elasticsearch_certificates_owner\": \"{}\",
              \"elasticsearch_certificates_group_name\": \"{}\",
              \"elasticsearch_certificates_become\": false,
              \"elasticsearch_certificates_key_type\": \"ec-p256\",
              \"elasticsearch_certificates_reload\": [\"{there}/bin/told\", \"{{{{ inventory_hostname }}}}\"],
              \"ansible_python_interpreter\": \"{{{{ ansible_playbook_python }}}}\"}}",
            id("-un"),
            id("-gn"),
        );
        let book = root().join("examples/ansible/site.yml").to_string_lossy().into_owned();
        let fixed = ["-i", "hosts.ini", "-e", &variables, "--forks", "4", &book];
        let ended = self
            .ansible
            .with(fixed.iter().chain(more))
            .folder(self.folder.path())
            .env("HOME", self.folder.path())
            .env("ANSIBLE_NOCOLOR", "1")
            .env("ANSIBLE_PIPELINING", "1")
            .env("STORE_PASS", "changeit")
            .run()
            .succeeds();
        let changed = ended.text().lines().filter(|line| {
            line.contains("changed=") && !line.contains("changed=0") && line.starts_with("node-")
        });
        let names = changed.map(|line| line.split_whitespace().next().unwrap().to_owned());
        (names.collect(), ended)
    }

    /// The nodes that were told of new certificates since the last question.
    fn told(&self) -> usize {
        let told = std::fs::read_to_string(self.folder.join("told")).unwrap_or_default();
        let _ = std::fs::remove_file(self.folder.join("told"));
        told.lines().count()
    }

    /// The calls of the command since the last question: what was called, and milliseconds in all.
    fn calls(&self) -> (Vec<String>, u64) {
        let calls = self.folder.read_text("calls");
        std::fs::remove_file(self.folder.join("calls")).unwrap();
        let calls = calls.lines().map(|line| line.split_once(' ').unwrap());
        let (times, names): (Vec<_>, Vec<_>) = calls.unzip();
        let sum = times.iter().map(|time| time.parse::<u64>().unwrap()).sum();
        (names.into_iter().map(str::to_owned).collect(), sum)
    }
}

fn id(option: &str) -> String {
    tool("id").unwrap().with([option]).run().succeeds().text().trim().to_owned()
}

/// Key stores, so that each node has one file: Ansible takes its time for each.
const STORES: &str = "{\"elasticsearch_certificates_format\": \"p12\", \"elasticsearch_certificates_pass_env\": \"STORE_PASS\"}";

#[test]
fn thirty_nodes_are_changed_then_none_then_the_one_that_expires() {
    let Some(ansible) = tool("ansible-playbook") else { return };
    let controller = Controller::new(ansible);
    let folder = &controller.folder;
    let (changed, _) = controller.play(&["-e", STORES]);
    assert_eq!((changed.len(), controller.told()), (NODES, NODES));
    let (calls, time) = controller.calls();
    assert_eq!(calls, ["ca", "cert", "preflight"]);
    assert!(time < 5000, "crosstrust took {time} ms");
    assert_eq!(folder.mode("nodes/node-07/node-07.p12"), 0o640);

    let (changed, _) = controller.play(&["-e", STORES]);
    assert_eq!((changed.len(), controller.told()), (0, 0), "{changed:?}");
    let (calls, time) = controller.calls();
    assert_eq!(calls, ["ca", "cert"]);
    assert!(time < 5000, "crosstrust took {time} ms");

    let (store, node) = ("store/nodes/node-07/node-07.p12", "nodes/node-07/node-07.p12");
    five_days(folder);
    let before = folder.read(store);
    let limit = ["-e", STORES, "--check", "--limit", "localhost,node-06"];
    let (changed, ended) = controller.play(&limit);
    assert_eq!((changed.len(), controller.told()), (0, 0));
    assert!(ended.text().contains(store), "{}", ended.text());
    assert!(folder.read(store) == before, "written in check mode");
    let (changed, _) = controller.play(&["-e", STORES]);
    assert_eq!((changed, controller.told()), (vec!["node-07".to_owned()], 1));
    assert!(folder.read(store) != before && folder.read(store) == folder.read(node));
    let inspect = ["inspect", "--pass", "changeit", "--expires-within", "1000", node];
    run(folder, &inspect).succeeds();
}

/// Lets the seventh node's certificate end in 5 days.
fn five_days(folder: &Folder) {
    let name = "node-07.node.1234567abcd.cluster.myscope.account";
    let (ca, key) = ("store/ca/ca.crt", "store/ca/ca.key");
    let names = ["--name", "node-07", "--dns", "node-07.example.com", "--cn", name];
    let rest = ["--ca-cert", ca, "--ca-key", key, "--days", "5", "--key-type", "ec-p256"];
    let out = ["cert", "--out", "store/nodes", "--pass", "changeit", "--force"];
    run(folder, &[&out[..], &names, &rest].concat()).succeeds();
}

/// PEM files, to one node after the other; nothing at all where nothing has changed.
#[test]
fn a_rolling_restart_takes_one_node_after_the_other() {
    let Some(ansible) = tool("ansible-playbook") else { return };
    let controller = Controller::new(ansible);
    let folder = &controller.folder;
    let there = folder.path().display();
    let hosts = ["node-01", "node-02"].map(|node| format!("{node} ansible_connection=local\n"));
    folder.write("hosts.ini", format!("[elasticsearch]\n{}", hosts.concat()));
    let restart = format!(
        "{{\"elasticsearch_certificates_on_change\": \"restart\", \"elasticsearch_certificates_port\": 0,
          \"elasticsearch_certificates_restart\": [\"{there}/bin/told\", \"{{{{ inventory_hostname }}}}\"]}}"
    );
    let (changed, ended) = controller.play(&["-e", &restart]);
    assert_eq!((changed.len(), controller.told()), (2, 2));
    let plays = ended.text().matches("PLAY [Deploy them]").count();
    assert_eq!(plays, 2, "each node in a batch of its own");
    assert_eq!(folder.mode("nodes/node-02/node-02.key"), 0o640);
    assert_eq!(folder.mode("nodes/node-02/node-02.crt"), 0o644);
    let node = "nodes/node-02/node-02.crt";
    openssl(folder, &["verify", "-CAfile", "nodes/node-02/ca.crt", node]);
    if let Some(text) = openssl(folder, &["x509", "-in", node, "-noout", "-ext", "subjectAltName"])
    {
        assert!(text.contains("DNS:node-02.example.com"), "{text}");
    }
    let (changed, _) = controller.play(&["-e", &restart]);
    assert_eq!((changed.len(), controller.told()), (0, 0));
}
