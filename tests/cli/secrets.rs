//! A password that is given is found in no output, no message and no file, whether it is right or
//! wrong, and however it is given.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crosstrust_testkit::{Folder, Run, tool};

use crate::{crosstrust, fixture, run};

/// What must not be found. Its length keeps it from standing anywhere by chance.
const MARKER: &str = "Marker-Of-The-Secret-7391";

/// Lines of commands; `@pass` and the like stand for one of the three ways to give that password.
const LINES: &[&str] = &[
    "ca @pass --key-type ec-p256 --out new.p12",
    "ca @pass --key-type ec-p256 --pem --out new",
    "ca --ca ca.p12 @ca-pass @pass --key-type ec-p256 --out sub.p12",
    "cert --ca ca.p12 @ca-pass @pass --key-type ec-p256 --name n --out stores",
    "cert --ca ca.p12 @ca-pass @pass --key-type ec-p256 --name n --pem --out pem",
    "cert --ca ca.p12 @ca-pass @pass --key-type ec-p256 --name n --out n.zip",
    "cert --ca-cert ca.crt --ca-key ca.key @ca-pass @pass --name m --key-type ec-p256 --out m",
    "convert node.p12 @in-pass @pass --out again.p12",
    "convert node.p12 @in-pass @pass --to pem --out apart",
    "convert node.p12 @in-pass --to pem --out plain",
    "convert node.p12 @in-pass @in-key-pass @pass @key-pass --out two.p12",
    "csr @pass --name n --key-type ec-p256 --out request",
    "extract-ca node.p12 @pass",
    "inventory check @pass",
    "inspect node.p12 ca.p12 ca.key @pass",
    "inspect node.p12 @pass --format json",
    "preflight endpoint 127.0.0.1:1 --trust ca.p12 @trust-pass --cert node.p12 @pass",
    "preflight identity --pattern CN=.* --trust ca.p12 @trust-pass @pass node.p12",
    "preflight matrix --cluster a=node.p12,ca=ca.crt @pass --svg m.svg --html m.html",
    "preflight node node.p12 --trust ca.p12 @trust-pass @pass",
    "reissue --ca ca.p12 @ca-pass @in-pass @pass --cluster-id a --scope-id b --out new-names node.p12",
    "reissue --ca ca.p12 @ca-pass @in-pass --keep-key --pem --cluster-id a --scope-id b --out re node.p12",
    "remote check connection.yml @pass",
    "remote plan connection.yml @pass --out kit",
    "remote verify --url https://127.0.0.1:1 --api-key-env SECRET --ca ca.p12 @pass",
    "report a=node.p12,ca=ca.crt @pass --out page",
    "restrictions check trust.yml node.p12 @pass",
    "restrictions generate --own node.p12 @pass --own-pattern *.a",
    "restrictions lint trust.yml --own node.p12 @pass",
    "rotate plan --old ca.p12 --new new.p12 --sign @ca-pass @in-pass @pass --out plan node.p12",
    "sign --ca ca.p12 @ca-pass --out signed node.csr",
    "sign-offline bundle --ca ca.p12 @ca-pass",
    "sign --ca-cert ca.crt --ca-key ca.key @ca-pass --out signed-too node.csr",
];

/// How a password is given: `{}` is the option.
const WAYS: [&str; 3] = ["{} MARKER", "{}-file ../password", "{}-env SECRET"];

#[test]
fn every_command_that_takes_a_password_keeps_it() {
    // The password opens everything in one folder, and nothing in the other.
    let mut done = [0, 0];
    for (kind, password) in ["changeit", MARKER].into_iter().enumerate() {
        for way in WAYS {
            let folder = prepared(password);
            for line in LINES {
                let ended = attempt(&folder, line, way);
                let is_done = matches!(ended, Some(0 | 1));
                // The right password is the second.
                assert!(is_done || kind == 0, "{way}: {line}: {ended:?}");
                done[kind] += usize::from(is_done);
            }
            nothing_is_kept(folder.path());
        }
    }
    let right = done[1];
    assert_eq!(right, LINES.len() * WAYS.len(), "with the right password");
    // Those that only set one for what they write, and the one to which it is a finding.
    assert_eq!(done[0], 4 * WAYS.len(), "with a wrong password");
}

/// An option that is not tried here would not be noticed.
#[test]
fn every_option_for_a_password_is_tried() {
    let mut options = BTreeSet::new();
    collect(&crosstrust_cli::command(), "", &mut options);
    let tried: BTreeSet<String> = LINES
        .iter()
        .flat_map(|line| {
            let words = line.split(' ').take_while(|word| !word.starts_with(['@', '-']));
            let known =
                |name: &String| options.iter().any(|one| one.starts_with(&format!("{name} ")));
            let words: Vec<&str> = words.collect();
            let name = (1..=words.len()).rev().map(|count| words[..count].join(" ")).find(known);
            let name = name.unwrap_or_default();
            let passwords = line.split(' ').filter_map(|word| word.strip_prefix('@'));
            passwords.map(move |option| format!("{name} --{option}")).collect::<Vec<_>>()
        })
        .collect();
    let untried: Vec<&String> = options.difference(&tried).collect();
    assert!(untried.is_empty(), "no line of LINES has {untried:?}");
    let unknown: Vec<&String> = tried.difference(&options).collect();
    assert!(unknown.is_empty(), "LINES has what no command takes: {unknown:?}");
}

#[test]
fn certutil_keeps_what_it_is_told() {
    let folder = prepared(MARKER);
    let answers = format!("{MARKER}\n{MARKER}\n{MARKER}\n{MARKER}\n");
    for line in [
        format!("certutil ca -s -pass {MARKER} -out a.p12"),
        format!("certutil cert -s -ca ca.p12 -ca-pass {MARKER} -pass {MARKER} -out b.p12"),
        format!("certutil csr -s -name n -pass {MARKER} -out c.zip"),
        "certutil ca -out d.p12 -pass".to_owned(),
        "certutil cert -ca ca.p12 -out e.p12 -pass".to_owned(),
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        let run = crosstrust(&folder, &words).folder(folder.join("run"));
        let ended = run.stdin(answers.clone()).run().succeeds();
        for said in [ended.text(), &ended.messages()] {
            assert!(!said.contains(MARKER), "{line}: {said}");
        }
    }
    nothing_is_kept(folder.path());
}

/// Every call of the operating system that writes, while passwords are right, is looked at.
#[test]
fn the_operating_system_is_given_no_password() {
    // Not among the programs that CI must have.
    if Run::new("sh").args(["-c", "command -v strace"]).run().status != Some(0) {
        return;
    }
    let Some(strace) = tool("strace") else { return };
    let folder = prepared(MARKER);
    let calls = "trace=write,pwrite64,writev,pwritev,sendto,sendmsg,rename,renameat2,link,linkat";
    let mut seen = 0;
    for line in LINES {
        let words = expanded(line, WAYS[1]);
        let traced = strace
            .with(["-f", "-qq", "-s", "1048576", "-e", calls, "-o", "../trace"])
            .arg(env!("CARGO_BIN_EXE_crosstrust"))
            .args(words)
            .folder(folder.join("run"))
            .env("SECRET", MARKER)
            .run();
        let Ok(trace) = fs::read_to_string(folder.join("trace")) else {
            return; // Tracing is forbidden here.
        };
        assert!(matches!(traced.status, Some(0 | 1)), "{line}: {}", traced.messages());
        seen += usize::from(trace.contains("write("));
        assert!(!trace.contains(MARKER), "{line}");
    }
    assert!(seen > LINES.len() / 2, "{seen} commands wrote anything");
}

/// Runs a line in the folder `run`, with a password given this way; looks at what it says.
#[track_caller]
fn attempt(folder: &Folder, line: &str, way: &str) -> Option<i32> {
    let words = expanded(line, way);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let ended = crosstrust(folder, &words)
        .folder(folder.join("run"))
        .env("SECRET", MARKER)
        .env("TMPDIR", folder.join("tmp"))
        .run();
    let (text, messages) = (String::from_utf8_lossy(&ended.stdout), ended.messages());
    for said in [&*text, &messages] {
        assert!(!said.contains(MARKER), "{line}: {said}");
    }
    assert!(!messages.contains("panicked"), "{line}: {messages}");
    ended.status
}

/// A password that is typed into an address is refused, and not told again.
#[test]
fn an_address_with_a_password_is_refused_without_it() {
    let folder = Folder::new();
    folder.write("from", format!("https://u:{MARKER}@localhost:1\n"));
    folder.write("ports", format!("localhost:{MARKER}\n"));
    for line in [
        "preflight endpoint https://u:MARKER@localhost:1",
        "preflight endpoint u:MARKER@localhost:19515",
        "preflight endpoint https://user:MARKER:19515",
        "preflight endpoint https://user:MARKER",
        "preflight endpoint --from from",
        "preflight endpoint --from ports",
        "extract-ca --connect u:MARKER@localhost:1",
        "extract-ca --connect=https://u:MARKER@localhost:1",
        "remote verify --api-key-env SECRET --url https://user:MARKER:19515",
        "remote verify --api-key-env SECRET --url https://u:MARKER@localhost:1",
        "remote verify --api-key-env SECRET --info a --url https://u:MARKER@localhost:1",
        "remote verify https://u:MARKER@localhost:1 https://u:MARKER@localhost:1",
        "https://u:MARKER@localhost:1",
    ] {
        let words = line.replace("MARKER", MARKER);
        let words: Vec<&str> = words.split(' ').collect();
        let ended = run(&folder, &words).exits_with(2);
        assert!(!ended.messages().contains(MARKER), "{line}: {}", ended.messages());
    }
    for odd in ["https://local\nhost:1", "local\nhost:1", "https://localhost:+1", "localhost:+1"] {
        run(&folder, &["preflight", "endpoint", odd]).exits_with(2);
    }
}

fn expanded(line: &str, way: &str) -> Vec<String> {
    let words = line.split(' ').flat_map(|word| match word.strip_prefix('@') {
        Some(option) => {
            let way = way.replace("{}", &format!("--{option}")).replace("MARKER", MARKER);
            way.split(' ').map(str::to_owned).collect()
        }
        None => vec![word.to_owned()],
    });
    words.collect()
}

/// A folder `run` in which everything has this password; beside it the marker in a file, and a folder
/// for temporary files.
fn prepared(password: &str) -> Folder {
    let folder = Folder::new();
    fs::create_dir(folder.join("tmp")).unwrap();
    folder.write("password", format!("{MARKER}\n"));
    folder.write("run/trust.yml", "trust.subject_name: '*'\n");
    folder.write("run/connection.yml", CONNECTION);
    folder.write("run/crosstrust.yml", "clusters: {east: {nodes: node.p12}}\n");
    for (name, source) in [("ca.crt", "ca/ec-p256.crt"), ("node.csr", "pem/node.csr")] {
        fs::copy(fixture(source), folder.join("run").join(name)).unwrap();
    }
    let (ca, key) = (fixture("ca/ec-p256.crt"), fixture("ca/ec-p256.key"));
    let convert = ["convert", &ca, &key, "--pass", password];
    run(&folder, &[&convert[..], &["--out", "run/ca.p12"]].concat()).succeeds();
    run(&folder, &[&convert[..], &["--to", "pem", "--out", "parts"]].concat()).succeeds();
    let authority = ["cert", "--ca-cert", &ca, "--ca-key", &key, "--key-type", "ec-p256"];
    let node = ["--name", "node1", "--cn", "node1.a", "--pass", password, "--out", "run/node.p12"];
    run(&folder, &[&authority[..], &node].concat()).succeeds();
    let bundle = ["--name", "n", "--to-be-signed", "run/bundle", "--keys", "run/keys"];
    let offline = ["cert", "--ca-cert", &ca, "--key-type", "ec-p256"];
    run(&folder, &[&offline[..], &bundle].concat()).succeeds();
    let parts = folder.entries();
    let key = parts
        .iter()
        .find(|path| path.starts_with("parts/") && path.rsplit('.').next() == Some("key"));
    fs::rename(folder.join(key.unwrap()), folder.join("run/ca.key")).unwrap();
    folder
}

/// Looks into every file that was left, but the one that the password is read from.
fn nothing_is_kept(folder: &Path) {
    let wide: Vec<u8> = MARKER.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let ended = Run::new("find").arg(folder).args(["-type", "f"]).run().succeeds();
    let mut count = 0;
    for path in ended.text().lines().filter(|path| !path.ends_with("/password")) {
        let bytes = fs::read(path).unwrap();
        for secret in [MARKER.as_bytes(), &wide] {
            let found = bytes.windows(secret.len()).any(|window| window == secret);
            assert!(!found, "{path} holds the password");
        }
        count += 1;
    }
    assert!(count > 5, "{count} files were looked at");
    let temporary = fs::read_dir(folder.join("tmp")).unwrap().count();
    assert_eq!(temporary, 0, "temporary files were left");
}

/// Commands with the options that take a password, those below it included.
fn collect(command: &clap::Command, name: &str, options: &mut BTreeSet<String>) {
    for argument in command.get_arguments().filter_map(clap::Arg::get_long) {
        if argument == "pass" || argument.ends_with("-pass") {
            options.insert(format!("{name} --{argument}"));
        }
    }
    for below in command.get_subcommands().filter(|below| below.get_name() != "certutil") {
        collect(below, format!("{name} {}", below.get_name()).trim_start(), options);
    }
}

/// A connection whose CA is a key store.
const CONNECTION: &str = "alias: my-remote
model: tls
local:
  platform: self-managed
  version: 9.1.0
  node_names: [local1.example.com]
  ca: node.p12
remote:
  platform: self-managed
  version: 9.1.0
  node_names: [node1.example.com]
  endpoint: es.example.com
  ca: ca.crt
access:
  search: [{names: [logs]}]
";
