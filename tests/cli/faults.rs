//! When the machine fails: full disks, folders that cannot be written or vanish, runs that are killed
//! or race each other, readers that go away. Nothing is half-written, nothing is overwritten, keys are
//! 0600 whatever the umask.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crosstrust_testkit::{Folder, Run, tool};

use crate::{INSTANCES, fixture};

/// A command that writes, by paths that do not depend on where it runs but for what it writes.
struct Writer {
    arguments: Vec<String>,
    /// What it writes, the folder or file that `--out` names.
    target: &'static str,
}

/// Every command that writes files, with what it needs in `inputs`.
fn writers(inputs: &Folder) -> Vec<Writer> {
    inputs.write("instances.yml", INSTANCES);
    inputs.write("more.yml", "trust.subject_name: '*.b'\n");
    let path = |name: &str| inputs.join(name).to_string_lossy().into_owned();
    let ca = format!("--ca {} --ca-pass changeit", fixture("ca/ec-p256.p12"));
    let instances = format!("--in {} --key-type ec-p256 --pass secret", path("instances.yml"));
    let (node, store) = (fixture("pem/node.crt"), fixture("p12/openssl/node-with-chain.p12"));
    let (more, request) = (path("more.yml"), fixture("pem/node.csr"));
    let connection = fixture("remote/ece-to-ece-same-environment-api-key/connection.yml");
    let cluster = format!("--cluster a={node},ca={}", fixture("pem/ca.crt"));
    let naming = "--cluster-id a --scope-id b --pass secret";
    let certutil = format!("-ca {} -ca-pass changeit -pass secret", fixture("ca/ec-p256.p12"));
    [
        ("ca.p12", "ca --pass secret --key-type ec-p256 --out ca.p12".to_owned()),
        ("ca", "ca --pem --key-type ec-p256 --out ca".to_owned()),
        ("sub.p12", format!("ca {ca} --pass secret --key-type ec-p256 --out sub.p12")),
        ("stores", format!("cert {ca} {instances} --out stores")),
        ("pem", format!("cert {ca} {instances} --pem --out pem")),
        ("nodes.zip", format!("cert {ca} {instances} --out nodes.zip")),
        ("n.p12", format!("cert {ca} --name n --key-type ec-p256 --pass secret --out n.p12")),
        ("requests", format!("csr {instances} --out requests")),
        ("signed", format!("sign {ca} --out signed {request}")),
        ("reissued", format!("reissue {ca} {naming} --out reissued {node}")),
        ("again.yml", format!("reissue {ca} {naming} --instances again.yml {node}")),
        ("apart", format!("convert {store} --in-pass changeit --to pem --out apart")),
        ("one.p12", format!("convert {store} --in-pass changeit --pass secret --out one.p12")),
        ("root.pem", format!("extract-ca {store} --pass changeit --out root.pem")),
        ("t.yml", "restrictions generate --own-pattern *.a --out t.yml".to_owned()),
        ("both.yml", format!("restrictions merge {more} {more} --out both.yml")),
        ("m.svg", format!("preflight matrix {cluster} --svg m.svg")),
        ("init.yml", "remote init --local ech --remote ech --model tls --out init.yml".to_owned()),
        ("kit", format!("remote plan {connection} --out kit")),
        ("demo", "demo --out demo".to_owned()),
        ("cu-ca.p12", "certutil ca -s -pass secret -out cu-ca.p12".to_owned()),
        ("cu.p12", format!("certutil cert -s {certutil} -out cu.p12")),
        (
            "cu.zip",
            format!("certutil cert -s {certutil} -in {} -out cu.zip", path("instances.yml")),
        ),
        ("cu-csr.zip", "certutil csr -s -name n -pass secret -out cu-csr.zip".to_owned()),
        (
            "http.zip",
            "certutil http -s --csr --name n --dns n.example --pass secret --out http.zip"
                .to_owned(),
        ),
    ]
    .map(|(target, line)| Writer {
        arguments: line.split(' ').map(str::to_owned).collect(),
        target,
    })
    .into()
}

/// The command under a shell that first does something else. `$0` and `$@` are the command.
fn shell(folder: &Folder, script: &str, arguments: &[String]) -> Run {
    Run::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_crosstrust")])
        .args(arguments)
        .without_env("NO_COLOR")
        .folder(folder.path())
}

/// Holds that the command fails for this reason and leaves the folder as it is.
#[track_caller]
fn fails(folder: &Folder, script: &str, arguments: &[String], reason: &str) {
    let before = folder.entries();
    let ended = shell(folder, script, arguments).run();
    let (status, messages) = (ended.status, ended.messages());
    // The drop-in for elasticsearch-certutil has words and statuses of its own.
    let least = if arguments.first().is_some_and(|word| word == "certutil") { 1 } else { 2 };
    assert!(status.is_some_and(|status| status >= least), "{}: {status:?} {messages}", ended.line);
    assert!(messages.to_lowercase().contains(reason), "{}: {messages}", ended.line);
    assert!(!messages.contains("panicked") && !messages.contains("secret\n"), "{messages}");
    assert_eq!(folder.entries(), before, "{}", ended.line);
}

#[test]
fn a_file_that_cannot_grow_is_not_written() {
    let (inputs, folder) = (Folder::new(), Folder::new());
    for Writer { arguments, .. } in writers(&inputs) {
        fails(
            &folder,
            "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"",
            &arguments,
            "file too large",
        );
    }
}

/// 200 nodes are more files than the process may have open at once.
#[test]
fn files_that_are_staged_are_closed() {
    let folder = Folder::new();
    let nodes = (1..=200).map(|n| format!("  - {{name: n{n}, dns: n{n}.example.com}}\n"));
    folder.write("instances.yml", format!("instances:\n{}", nodes.collect::<String>()));
    let few = "ulimit -n 64; exec \"$0\" \"$@\"";
    let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
    shell(&folder, few, &words("ca --pem --key-type ec-p256 --out ca")).run().succeeds();
    let cert =
        "cert --ca-cert ca/ca.crt --ca-key ca/ca.key --in instances.yml --pem --key-type ec-p256";
    shell(&folder, few, &words(&format!("{cert} --out nodes"))).run().succeeds();
    assert!(folder.entries().contains(&"nodes/n200/n200.crt".to_owned()), "all are written");
    // What is there is set aside, which takes a file each once more.
    shell(&folder, few, &words(&format!("{cert} --out nodes --force"))).run().succeeds();
}

/// A file system with room for one or two small files: some commands succeed, the others leave it
/// empty.
#[test]
fn a_full_disk_holds_all_or_nothing() {
    let Some(unshare) = tool("unshare") else { return };
    if unshare.with(["-rm", "true"]).run().status != Some(0) {
        return; // The machine forbids it.
    }
    let (inputs, folder) = (Folder::new(), Folder::new());
    let script = "mount -t tmpfs -o size=8k none . && cd \"$PWD\" || exit 99
        \"$0\" \"$@\" >/dev/null; echo $?; find . -mindepth 1";
    let mut refused = 0;
    for Writer { arguments, target } in writers(&inputs) {
        let words = ["-rm", "sh", "-c", script, env!("CARGO_BIN_EXE_crosstrust")];
        let ended = unshare.with(words).args(&arguments).folder(folder.path()).run();
        let found: Vec<&str> = ended.text().lines().collect();
        assert_ne!(ended.status, Some(99), "{}", ended.messages());
        if let ["0" | "1", rest @ ..] = found.as_slice() {
            assert!(rest.contains(&format!("./{target}").as_str()), "{}: {rest:?}", ended.line);
            continue;
        }
        refused += 1;
        assert_eq!(found.len(), 1, "{}: {found:?}", ended.line);
        assert!(ended.messages().contains("no space left"), "{}", ended.messages());
    }
    assert!(refused >= 5, "the disk was full for {refused} commands only");
}

#[test]
fn a_folder_that_cannot_be_written_stays_as_it_is() {
    let Some(script) = without_privileges() else { return };
    let (inputs, folder) = (Folder::new(), Folder::new());
    folder.write("mine", "mine");
    fs::set_permissions(folder.path(), Permissions::from_mode(0o555)).unwrap();
    for Writer { arguments, .. } in writers(&inputs) {
        fails(&folder, &script, &arguments, "permission denied");
    }
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let Some(script) = without_privileges() else { return };
    let folder = Folder::new();
    let locked = folder.write("locked", "x");
    fs::set_permissions(&locked, Permissions::from_mode(0o000)).unwrap();
    for line in [
        "inspect locked",
        "convert locked --to pem --out x",
        "extract-ca locked",
        "cert --ca locked --name n",
        "cert --self-signed --in locked",
        "cert --self-signed --name n --pass-file locked",
        "csr --in locked",
        "sign --ca locked locked",
        "restrictions show locked",
        "restrictions check locked locked",
        "restrictions lint locked",
        "restrictions add locked *.a",
        "restrictions match --file locked a",
        "preflight node locked --trust locked",
        "preflight matrix --cluster a=locked",
        "remote plan locked --out x",
        "remote check locked",
        "remote verify locked --info locked",
    ] {
        let arguments: Vec<String> = line.split(' ').map(str::to_owned).collect();
        fails(&folder, &script, &arguments, "locked: permission denied");
    }
}

#[test]
fn a_folder_that_vanishes_is_told() {
    let (inputs, folder) = (Folder::new(), Folder::new());
    let script = "mkdir gone && cd gone && rmdir ../gone && exec \"$0\" \"$@\"";
    for Writer { arguments, .. } in writers(&inputs) {
        fails(&folder, script, &arguments, "no such file or directory");
    }
}

/// Of several runs at once one writes everything, and the others nothing.
#[test]
fn of_runs_that_race_one_wins() {
    let inputs = Folder::new();
    for Writer { arguments, target } in writers(&inputs) {
        let alone = Folder::new();
        let script = "exec \"$0\" \"$@\"";
        shell(&alone, script, &arguments).run();
        let racing = Folder::new();
        let statuses: Vec<Option<i32>> = thread::scope(|scope| {
            let run = || shell(&racing, script, &arguments).run().status;
            let runs: Vec<_> = (0..3).map(|_| scope.spawn(run)).collect();
            runs.into_iter().map(|run| run.join().unwrap()).collect()
        });
        let won = statuses.iter().filter(|status| matches!(status, Some(0 | 1))).count();
        assert_eq!(won, 1, "{target}: {statuses:?}");
        assert_eq!(racing.entries(), alone.entries(), "{target}");
    }
}

/// Killed at any time, a run has written whole files or none; what it left besides is named as its
/// own, and keys in it are nobody else's to read.
#[test]
fn a_killed_run_leaves_no_half_files() {
    let instances: String =
        (0..40).map(|n| format!("  - name: n{n}\n    dns: [n{n}.example.com]\n")).collect();
    let (inputs, mut seen) = (Folder::new(), [0, 0]);
    let instances = inputs.write("instances.yml", format!("instances:\n{instances}"));
    let ca = fixture("ca/ec-p256.p12");
    let start = |folder: &Folder| {
        Command::new(env!("CARGO_BIN_EXE_crosstrust"))
            .args(["cert", "--ca", &ca, "--ca-pass", "changeit", "--pem", "--key-type", "ec-p256"])
            .args(["--out", "out", "--in"])
            .arg(&instances)
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let whole = Folder::new();
    let before = Instant::now();
    assert!(start(&whole).wait().unwrap().success());
    let took = before.elapsed();
    for (step, is_there) in (0_u32..12).flat_map(|step| [(step, false), (step, true)]) {
        let folder = Folder::new();
        if is_there {
            folder.write("out/mine", "mine");
        }
        let mut run = start(&folder);
        // A new folder appears at once, at some time; in one that is there, file comes after file.
        let started = Instant::now();
        let is_certificate = |path: &&String| path.rsplit('.').next() == Some("crt");
        let appeared = || folder.entries().iter().filter(is_certificate).count();
        let is_time = || {
            if is_there {
                appeared() > usize::try_from(step * 3).unwrap()
            } else {
                started.elapsed() > took * (step + 4) / 12
            }
        };
        while run.try_wait().unwrap().is_none() && !is_time() {
            thread::sleep(Duration::from_micros(200));
        }
        let _ = run.kill(); // It may have ended.
        run.wait().unwrap();
        let [left, complete] = left_by_a_killed_run(&folder, &whole);
        seen = [seen[0] + left, seen[1] + complete];
        if !is_there && folder.join("out").exists() {
            assert_eq!(folder.entries().len(), whole.entries().len(), "a folder appears whole");
        }
    }
    assert!(seen[1] > 0, "no run got as far as writing: {seen:?}");
}

/// How many files a killed run left that it names as its own, and how many whole ones.
fn left_by_a_killed_run(folder: &Folder, whole: &Folder) -> [usize; 2] {
    let mut seen = [0, 0];
    for path in folder.entries().iter().filter(|path| !path.ends_with('/')) {
        let text = folder.read_text(path);
        if path.contains("/.crosstrust-") || path.starts_with(".crosstrust-") {
            seen[0] += 1;
        } else if path != "out/mine" {
            seen[1] += 1;
            assert!(whole.entries().contains(path), "{path}");
            assert!(text.starts_with("-----BEGIN ") && text.ends_with("-----\n"), "{path}");
        }
        let private = text.contains("PRIVATE KEY-----");
        assert!(!private || folder.mode(path) == 0o600, "{path}");
    }
    seen
}

#[test]
fn keys_are_for_their_owner_alone_whatever_the_umask() {
    let inputs = Folder::new();
    for umask in ["000", "077"] {
        let folder = Folder::new();
        let script = format!("umask {umask}; exec \"$0\" \"$@\"");
        for Writer { arguments, target } in writers(&inputs) {
            let ended = shell(&folder, &script, &arguments).run();
            assert!(matches!(ended.status, Some(0 | 1)), "{target}: {}", ended.messages());
        }
        let (mut keys, mut others) = (0, 0);
        for path in folder.entries().iter().filter(|path| !path.ends_with('/')) {
            let mode = folder.mode(path);
            let is_key = String::from_utf8_lossy(&folder.read(path)).contains("PRIVATE KEY-----")
                || [".p12", ".zip"].iter().any(|end| path.ends_with(end));
            if is_key {
                keys += 1;
                assert_eq!(mode, 0o600, "{path} under umask {umask}");
            } else {
                others += 1;
                assert_eq!(mode, if umask == "000" { 0o666 } else { 0o600 }, "{path}");
            }
        }
        assert!(keys >= 15 && others >= 10, "{keys} keys, {others} others");
    }
}

/// What `head` does to a long listing is no fault.
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = Folder::new();
    let names: String = (0..20_000).map(|n| format!("name{n}.node.east.example\n")).collect();
    folder.write("names", names);
    let patterns: String = (0..6_000).map(|n| format!("  - *.n{n}\n")).collect();
    folder.write("trust.yml", format!("trust.subject_name:\n{patterns}"));
    let nodes = fixture("cluster/scenarios/*.chain.pem");
    for line in [
        "restrictions match *.example -".to_owned(),
        "restrictions match *.example - --format json".to_owned(),
        "restrictions lint trust.yml".to_owned(),
        "restrictions lint trust.yml --format sarif".to_owned(),
        "restrictions lint trust.yml --diff".to_owned(),
        format!("inspect {nodes}"),
        format!("inspect {nodes} --format json"),
        format!("extract-ca {}", fixture("cluster/scenarios/*.trust.pem")),
        format!("preflight node {nodes} --format json --trust {}", fixture("cluster/ca.crt")),
        "completions bash".to_owned(),
    ] {
        let script = "{ \"$0\" \"$@\" <names; echo $? >status; } 2>messages | head -n 1 >/dev/null";
        let arguments: Vec<String> = line.split(' ').map(str::to_owned).collect();
        shell(&folder, script, &arguments).run().succeeds();
        assert_eq!(folder.read_text("status"), "0\n", "{line}: {}", folder.read_text("messages"));
        // What is odd about a file may be told; that nobody reads on is no error.
        let messages = folder.read_text("messages");
        let is_note = |line: &&str| {
            !line.starts_with("crosstrust: warning: ") && !line.starts_with("crosstrust: note: ")
        };
        let told = messages.lines().filter(is_note);
        assert_eq!(told.collect::<Vec<_>>(), [""; 0], "{line}");
    }
}

#[test]
fn results_that_cannot_be_written_are_an_error() {
    let folder = Folder::new();
    if !fs::exists("/dev/full").unwrap() {
        return;
    }
    let node = fixture("pem/node.crt");
    for line in [
        format!("inspect {node}"),
        format!("extract-ca {}", fixture("pem/ca.crt")),
        "explain PF032".to_owned(),
        "restrictions generate --own-pattern *.a".to_owned(),
        "remote init --local ech --remote ech --model tls".to_owned(),
    ] {
        let arguments: Vec<String> = line.split(' ').map(str::to_owned).collect();
        let reason = "standard output: no space left on the device";
        fails(&folder, "exec \"$0\" \"$@\" >/dev/full", &arguments, reason);
    }
}

/// A script that runs the command as somebody whom permissions bind, root included. Nothing where
/// that cannot be had.
fn without_privileges() -> Option<String> {
    if Run::new("id").arg("-u").run().succeeds().text().trim() != "0" {
        return Some("exec \"$0\" \"$@\"".to_owned());
    }
    tool("setpriv")?;
    let capabilities = "--bounding-set=-dac_override,-dac_read_search --inh-caps=-all";
    let bound = Run::new("setpriv").args(capabilities.split(' ')).arg("true").run();
    // A container may keep this from its root.
    (bound.status == Some(0)).then(|| format!("exec setpriv {capabilities} \"$0\" \"$@\""))
}
