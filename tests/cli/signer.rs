//! `--ca-signer`: a program of somebody else signs, and nothing that it does is taken on trust.

use std::path::Path;
use std::time::{Duration, Instant};

use crosstrust_testkit::{Ended, Folder, tool};

use crate::{INSTANCES, crosstrust, openssl, run};

/// Signs by OpenSSL with the key that it is given, after what its mode says.
const SIGNER: &str = r#"
import base64, json, os, subprocess, sys, time
mode, key = sys.argv[1:]
def line(value):
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()
def sign(request, key):
    words = ["openssl", "dgst", "-" + request["hash"], "-sign", key]
    return subprocess.run(words, input=base64.b64decode(request["message"]), stdout=subprocess.PIPE, check=True).stdout
def raw(der):
    text = subprocess.run(["openssl", "asn1parse", "-inform", "DER"], input=der, stdout=subprocess.PIPE).stdout.decode()
    return b"".join(bytes.fromhex(row.split(":")[-1].rjust(64, "0")) for row in text.split("\n") if "INTEGER" in row)
open("starts", "a").write("%d\n" % os.getpid())
if mode == "exits":
    sys.stderr.write("no session\nthe card \x1b[31mis gone\n")
    sys.exit(3)
if mode == "closes":
    os.close(0)
    time.sleep(60)
if mode == "noise":
    for _ in range(1 << 10):
        sys.stderr.write("x" * 1023 + "\n")
if mode == "orphan":
    subprocess.Popen(["sh", "-c", "echo $$ >> starts; exec sleep 300"])
    sys.exit(0)
for count, text in enumerate(iter(sys.stdin.readline, "")):
    request = json.loads(text)
    open("requests", "a").write(text)
    number, answer = request["id"], {}
    if mode == "endless" or mode == "gigabyte":
        piece = "x" * (1 << 20) if mode == "gigabyte" else "{\"id\": 1}\n" * 1000
        try:
            for _ in range(1 << 10):
                sys.stdout.write(piece)
        finally:
            os._exit(0)
    if mode == "slow":
        time.sleep(60)
    if mode == "later" and count == 1:
        sys.exit(0)
    signature = sign(request, "other.key" if mode == "other-key" else key)
    if mode == "wrong":
        signature = signature[:-1] + bytes([signature[-1] ^ 1])
    if mode == "truncated":
        signature = signature[:-1]
    if mode == "raw":
        signature = raw(signature)
    text = base64.b64encode(signature).decode()
    if mode == "lines":
        text = text[:20] + "\n" + text[20:]
    if mode == "junk":
        print("Enter your PIN:", flush=True)
    elif mode == "refuses":
        line({"id": number, "error": "key is disabled \x1b[31m\nall is well"})
    elif mode == "both":
        line({"id": number, "signature": text, "error": "or not"})
    elif mode == "neither":
        line({"id": number})
    elif mode == "other-id":
        line({"id": number + 1, "signature": text})
    elif mode == "replay" and count > 0:
        line({"id": number, "signature": first})
    else:
        first = text
        line({"id": number, "signature": text})
"#;

/// A folder with an authority, a signer and instances; nothing where Python or OpenSSL are not.
#[track_caller]
fn folder(key_type: &str) -> Option<Folder> {
    (tool("python3").is_some() && tool("openssl").is_some()).then(|| {
        let folder = Folder::new();
        for (name, out) in [("CN=Transport CA", "ca"), ("CN=Other", "other")] {
            let ca = ["ca", "--pem", "--dn", name, "--out", out, "--key-type", key_type];
            run(&folder, &ca).succeeds();
        }
        std::fs::rename(folder.join("other/ca.key"), folder.join("other.key")).unwrap();
        std::fs::rename(folder.join("ca/ca.key"), folder.join("ca.key")).unwrap();
        folder.write("signer.py", SIGNER);
        folder.write("instances.yml", INSTANCES);
        folder
    })
}

fn issue(folder: &Folder, signer: &str, more: &[&str]) -> Ended {
    let options = ["cert", "--ca-cert", "ca/ca.crt", "--ca-signer", signer, "--in"];
    let rest = ["instances.yml", "--pem", "--key-type", "ec-p256"];
    run(folder, &[&options[..], &rest, more].concat())
}

/// No process that wrote its number into `starts` is there, at the latest when init has seen its end.
#[track_caller]
fn all_have_ended(folder: &Folder) {
    let until = Instant::now() + Duration::from_secs(5);
    for id in folder.read_text("starts").lines() {
        while Path::new("/proc").join(id).exists() {
            assert!(Instant::now() < until, "{id} still runs");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn a_program_signs_all_certificates_of_a_run() {
    for key_type in ["rsa-2048", "ec-p256", "ec-p384"] {
        let Some(folder) = folder(key_type) else { return };
        issue(&folder, "python3 signer.py right ca.key", &[]).succeeds();
        for node in ["node1", "node2"] {
            let file = format!("certificates/{node}/{node}.crt");
            let verified = openssl(&folder, &["verify", "-CAfile", "ca/ca.crt", &file]).unwrap();
            assert_eq!(verified, format!("{file}: OK\n"));
        }
        assert_eq!(folder.read_text("starts").lines().count(), 1, "one process serves all");
        all_have_ended(&folder);
        let asked: Vec<serde_json::Value> =
            folder.read_text("requests").lines().map(parse).collect();
        assert_eq!(asked.iter().map(|one| &one["id"]).collect::<Vec<_>>(), [1, 2]);
        let public = ["x509", "-in", "ca/ca.crt", "-noout", "-pubkey", "-out", "ca.pub"];
        openssl(&folder, &public).unwrap();
        let der = ["pkey", "-pubin", "-in", "ca.pub", "-outform", "DER", "-out", "ca.spki"];
        openssl(&folder, &der).unwrap();
        let digest = openssl(&folder, &["dgst", "-sha256", "-r", "ca.spki"]).unwrap();
        assert!(digest.starts_with(asked[0]["key"].as_str().unwrap()), "{digest}");
        let (hash, algorithm) = match key_type {
            "rsa-2048" => ("sha256", "sha256WithRSAEncryption"),
            "ec-p256" => ("sha256", "ecdsa-with-SHA256"),
            _ => ("sha384", "ecdsa-with-SHA384"),
        };
        assert_eq!((&asked[0]["hash"], &asked[0]["algorithm"]), (&hash.into(), &algorithm.into()));
        assert_eq!(asked[0]["version"], 1);
    }
}

#[track_caller]
fn parse(line: &str) -> serde_json::Value {
    serde_json::from_str(line).unwrap()
}

/// The digest that is asked for is that of the message, as OpenSSL makes it.
#[test]
fn the_digest_is_enough_to_sign() {
    let Some(folder) = folder("ec-p384") else { return };
    let script = crosstrust_testkit::root().join("examples/signers/command.py");
    let script = script.to_string_lossy();
    let sign = "openssl pkeyutl -sign -inkey ca.key -pkeyopt digest:{hash}";
    issue(&folder, &format!("python3 '{script}' --digest {sign}"), &[]).succeeds();
    let file = "certificates/node2/node2.crt";
    assert!(openssl(&folder, &["verify", "-CAfile", "ca/ca.crt", file]).is_some());
}

#[test]
fn every_command_that_signs_takes_a_signer() {
    let Some(folder) = folder("ec-p256") else { return };
    let signer = ["--ca-cert", "ca/ca.crt", "--ca-signer", "python3 signer.py right ca.key"];
    let ec = ["--key-type", "ec-p256"];
    let with = |first: &[&str], rest: &[&str]| run(&folder, &[first, &signer, rest].concat());
    with(&["ca", "--pem", "--out", "sub", "--dn", "CN=Sub"], &ec).succeeds();
    run(&folder, &[&["csr", "--name", "asked", "--out", "requests.d"], &ec[..]].concat())
        .succeeds();
    with(&["sign", "requests.d/asked/asked.csr", "--out", "signed"], &[]).succeeds();
    issue(&folder, "python3 signer.py right ca.key", &[]).succeeds();
    let ids = ["--cluster-id", "c", "--scope-id", "s", "--pem", "--out", "again"];
    with(&["reissue", "certificates/node1/node1.crt"], &ids).succeeds();
    for file in ["sub/ca.crt", "signed/asked.crt", "again/node1/node1.crt"] {
        let verified = openssl(&folder, &["verify", "-CAfile", "ca/ca.crt", file]).unwrap();
        assert_eq!(verified, format!("{file}: OK\n"));
    }
    all_have_ended(&folder);
}

#[test]
fn the_new_ca_of_a_roll_over_may_sign_by_a_program() {
    let Some(folder) = folder("ec-p256") else { return };
    let own =
        ["cert", "--ca-cert", "other/ca.crt", "--ca-key", "other.key", "--pem", "--name", "n"];
    run(&folder, &[&own[..], &["--dns", "n.example", "--key-type", "ec-p256"]].concat()).succeeds();
    let plan = ["rotate", "plan", "--old", "other/ca.crt", "--new", "ca/ca.crt", "--pem", "--sign"];
    let signer = ["--new-signer", "python3 signer.py right ca.key", "certificates/n/n.crt"];
    run(&folder, &[&plan[..], &signer, &["--out", "rotation"]].concat()).succeeds();
    let is_new = |path: &String| path.starts_with("rotation/") && path.ends_with("/n.crt");
    let file = folder.entries().into_iter().find(is_new).unwrap();
    assert!(openssl(&folder, &["verify", "-CAfile", "ca/ca.crt", &file]).is_some());
}

#[test]
fn a_dry_run_does_not_start_the_program() {
    let Some(folder) = folder("ec-p256") else { return };
    issue(&folder, "python3 signer.py right ca.key", &["--dry-run"]).succeeds();
    run(&folder, &["csr", "--name", "asked", "--key-type", "ec-p256", "--out", "r"]).succeeds();
    let signer = ["--ca-cert", "ca/ca.crt", "--ca-signer", "python3 signer.py right ca.key"];
    run(&folder, &[&["sign", "r/asked/asked.csr", "--dry-run"], &signer[..]].concat()).succeeds();
    assert!(!folder.join("starts").exists());
}

#[test]
fn a_hostile_program_is_an_error_and_nothing_is_written() {
    let Some(folder) = folder("ec-p256") else { return };
    let before = folder.entries();
    let check = |mode: &str, expected: &str| {
        let began = Instant::now();
        let signer = format!("python3 signer.py {mode} ca.key");
        // Elsewhere a slow machine is no fault of the program.
        let limit = if ["slow", "closes"].contains(&mode) { "3" } else { "30" };
        let ended = issue(&folder, &signer, &["--ca-signer-timeout", limit]).exits_with(2);
        let took = began.elapsed();
        let messages = ended.messages();
        let start = "crosstrust: error: the signer `python3`: ";
        assert!(messages.starts_with(start), "{messages}");
        assert!(messages.contains(expected), "{mode}: {messages}");
        assert!(!messages.contains('\u{1b}'), "{messages}");
        assert!(took < Duration::from_secs(50), "{mode} took {took:?}");
        all_have_ended(&folder);
        for noted in ["starts", "requests"] {
            let _ = std::fs::remove_file(folder.join(noted));
        }
        assert_eq!(folder.entries(), before, "{mode}");
    };
    check("wrong", "its signature is not one of the key of `CN=Transport CA`");
    check("other-key", "its signature is not one of the key of `CN=Transport CA`");
    check("replay", "its signature is not one of the key of `CN=Transport CA`");
    check("truncated", "is not Ecdsa-Sig-Value in DER");
    check("raw", "of 64 bytes is not Ecdsa-Sig-Value in DER, but perhaps r and s side by side");
    check("endless", "its answer has not one of `signature` and `error`");
    check("gigabyte", "its answer is longer than 64 KiB");
    check("slow", "no answer within 3 s");
    check("closes", "no answer within 3 s");
    check(
        "exits",
        "it ended with status 3 before its answer; it says: no session; the card ␛[31mis gone",
    );
    check("later", "it ended with status 0 before its answer");
    check("orphan", "it ended with status 0 before its answer");
    check("junk", "its answer `Enter your PIN:` is not one of the protocol: expected value");
    check("refuses", "it refuses: key is disabled ␛[31m\u{fffd}all is well");
    check("both", "its answer has not one of `signature` and `error`");
    check("neither", "its answer has not one of `signature` and `error`");
    check("other-id", "it answers request 2, where 1 was asked");
    check("lines", "its signature is not Base64 in one line");
}

#[test]
fn an_rsa_signature_that_is_cut_off_is_told_by_its_length() {
    let Some(folder) = folder("rsa-2048") else { return };
    let messages =
        issue(&folder, "python3 signer.py truncated ca.key", &[]).exits_with(2).messages();
    assert!(
        messages.contains("its signature has 255 bytes, where one of rsa-2048 has 256"),
        "{messages}"
    );
    assert!(!folder.join("certificates").exists());
}

#[test]
fn what_a_program_says_beside_its_answers_does_not_stop_it() {
    let Some(folder) = folder("ec-p256") else { return };
    let ended = issue(&folder, "python3 signer.py noise ca.key", &[]).succeeds();
    assert_eq!(ended.messages(), "");
}

#[test]
fn the_command_is_split_without_a_shell() {
    let Some(folder) = folder("ec-p256") else { return };
    let check = |signer: &str, expected: &str| {
        let messages = issue(&folder, signer, &[]).exits_with(2).messages();
        assert!(messages.contains(expected), "{messages}");
        assert!(!folder.join("certificates").exists());
    };
    check("", "the signer: no command is given");
    check("python3 'signer.py", "a quote in the command has no end");
    check(
        "python3 signer.py | tee log",
        "`|` has no meaning here: the command runs without a shell",
    );
    check("no-such-program", "there is no program `no-such-program` on PATH");
    check("./no-such-program", "`./no-such-program` does not start: no such file or directory");
    check("ca/ca.crt", "`ca/ca.crt` does not start: permission denied");
    issue(&folder, "python3 \"signer.py\" r'ight' ca.key", &[]).succeeds();
}

#[test]
fn a_signer_goes_with_a_certificate_and_without_a_key() {
    let folder = Folder::new();
    let check = |options: &[&str], expected: &str| {
        let all = [&["cert", "--name", "n"], options].concat();
        let messages = run(&folder, &all).exits_with(2).messages();
        assert!(messages.contains(expected), "{messages}");
    };
    check(&["--ca-signer", "x"], "--ca-cert <PEM>");
    check(&["--ca-cert", "c"], "--ca-signer <COMMAND>");
    check(&["--ca-cert", "c", "--ca-key", "k", "--ca-signer", "x"], "cannot be used with");
    check(&["--ca", "c", "--ca-signer", "x"], "cannot be used with");
    check(&["--self-signed", "--ca-signer", "x"], "cannot be used with");
    let zero = ["--ca-cert", "c", "--ca-signer", "x", "--ca-signer-timeout", "0"];
    check(&zero, "`0` is not a number of seconds from 1 up");
}

/// Standard input is the signer's alone: what crosstrust is given there stays its own.
#[test]
fn instances_may_come_from_standard_input() {
    let Some(folder) = folder("ec-p256") else { return };
    let options =
        ["cert", "--ca-cert", "ca/ca.crt", "--ca-signer", "python3 signer.py right ca.key"];
    let rest = ["--in", "-", "--pem", "--key-type", "ec-p256"];
    crosstrust(&folder, &[&options[..], &rest].concat()).stdin(INSTANCES).run().succeeds();
    assert!(folder.join("certificates/node2/node2.key").exists());
}

/// A signal that ends the run ends the program first, which is in a group of its own.
#[test]
fn a_run_that_is_ended_ends_its_program() {
    let Some(folder) = folder("ec-p256") else { return };
    for signal in ["INT", "TERM"] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_crosstrust"));
        command.args([
            "cert",
            "--ca-cert",
            "ca/ca.crt",
            "--ca-signer",
            "python3 signer.py slow ca.key",
        ]);
        command.args(["--in", "instances.yml", "--pem"]).current_dir(folder.path());
        let mut child = command.stderr(std::process::Stdio::null()).spawn().unwrap();
        let until = Instant::now() + Duration::from_secs(20);
        while !folder.join("requests").exists() {
            assert!(Instant::now() < until, "the program was not asked");
            std::thread::sleep(Duration::from_millis(20));
        }
        let ended = std::process::Command::new("kill")
            .args([&format!("-{signal}"), &child.id().to_string()])
            .status();
        assert!(ended.unwrap().success());
        assert!(!child.wait().unwrap().success());
        all_have_ended(&folder);
        assert!(!folder.join("certificates").exists());
        std::fs::remove_file(folder.join("requests")).unwrap();
    }
}
