//! The command line: modes, help, settings, exit statuses. The rules of single options have their
//! own tests beside their parser.

use crosstrust_testkit::{Folder, Run};

use super::{answered, certutil, make_authority, names, unpack};
use crate::openssl;

/// Section "exit codes and error output".
#[test]
fn usage_errors_end_with_64_after_the_help() {
    #[track_caller]
    fn check(line: &[&str], expected: &str) {
        let folder = Folder::new();
        let ended = certutil(&folder, line).exits_with(64);
        let messages = ended.messages();
        assert!(messages.ends_with(&format!("{expected}\n")), "{messages}");
        assert!(messages.contains("--help"), "{messages}");
        assert_eq!(folder.entries(), Vec::<String>::new());
    }

    check(&[], "\nERROR: Missing required command, with exit code 64");
    check(&["-s"], "\nERROR: Missing required command, with exit code 64");
    check(&["nope"], "\nERROR: Unknown command [nope], with exit code 64");
    check(&["ca", "--nope"], "ERROR: nope is not a recognized option");
    check(&["cert", "--ca"], "ERROR: Option ca requires an argument");
    check(&["ca", "--keysize", "abc"], "ERROR: Cannot parse argument 'abc' of option keysize");
    check(&["ca", "--key", "2048"], "ERROR: key is not a recognized option");
    check(&["cert", "--p"], "ERROR: p is not a recognized option");
    check(
        &["ca", "--pass", "a", "--pass", "b"],
        "ERROR: Found multiple arguments for option pass, but you asked for only one",
    );
    check(
        &["ca", "-E", "a=b", "-Ea=c"],
        "\nERROR: setting [a] set twice via command line -E, with exit code 64",
    );
    check(&["ca", "-E", "a="], "\nERROR: setting [a] must not be empty, with exit code 64");
    check(&["ca", "--in", "x"], "ERROR: in is not a recognized option");
    check(&["csr", "--pem"], "ERROR: pem is not a recognized option");
    check(&["csr", "--days", "1"], "ERROR: days is not a recognized option");
}

/// Section 1.4: the exclusion matrix, for the real tables.
#[test]
fn options_that_exclude_each_other_are_refused() {
    #[track_caller]
    fn check(line: &[&str], expected: &str) {
        let ended = certutil(&Folder::new(), line).exits_with(64);
        assert!(
            ended.messages().ends_with(&format!("ERROR: {expected}\n")),
            "{}",
            ended.messages()
        );
    }
    let unavailable = |name: &str| {
        format!("Option(s) [{name}] are unavailable given other options on the command line")
    };

    for mode in ["cert", "csr"] {
        for other in ["name", "dns", "ip", "cn"] {
            let option = format!("--{other}");
            check(&[mode, "--multiple", &option, "x"], &unavailable(other));
        }
    }
    let files = ["--ca-cert", "c", "--ca-key", "k"];
    check(&[&["cert", "--ca", "a"], &files[..]].concat(), &unavailable("ca-cert"));
    check(&["cert", "--ca", "a", "--ca-dn", "CN=x"], &unavailable("ca-dn"));
    check(&["cert", "--ca", "a", "--self-signed"], &unavailable("self-signed"));
    check(&[&["cert", "--self-signed"], &files[..]].concat(), &unavailable("self-signed"));
    check(&[&["cert", "--ca-dn", "CN=x"], &files[..]].concat(), &unavailable("ca-dn"));
    check(&["cert", "--ca-cert", "c"], "Missing required option(s) [ca-key]");
    check(&["cert", "--ca", "a", "--ca-cert", "b"], "Missing required option(s) [ca-key]");
    check(&["cert", "--ca-key", "k"], &unavailable("ca-key"));
    check(&["cert", "--ca", "a", "--ca-key", "k"], &unavailable("ca-key"));
    check(&["ca", "-sv"], &unavailable("v/verbose"));
}

/// Section 1.4, what is not refused: `--in` beside other options, which it beats, and options that
/// have no effect; A26: `--self-signed` reads no CA.
#[test]
fn options_without_effect_are_accepted() {
    let folder = Folder::new();
    folder.write("i.yml", "instances: {name: n}");
    let run = |line: &[&str]| {
        let common = ["-s", "--keysize", "512", "--pass", ""];
        let ended = certutil(&folder, &[line, &common].concat()).succeeds();
        assert_eq!(ended.text(), "");
    };
    run(&["cert", "--self-signed", "--ca-pass", "x", "--out", "1.p12"]);
    run(&["cert", "--self-signed", "--ca-dn", "CN=x", "--out", "2.p12"]);
    run(&["cert", "--self-signed", "--in", "i.yml", "--multiple", "--out", "3.zip"]);
    run(&[
        "csr", "--in", "i.yml", "--name", "m", "--dns", "x", "--ip", "nonsense", "--out", "4.zip",
    ]);
    for archive in ["3.zip", "4.zip"] {
        assert_eq!(names(&folder, archive)[0], "n/");
    }
}

/// Section 1.4: lists are split at commas; blanks around an item, which the original keeps, are not
/// part of it.
#[test]
fn lists_of_names_are_split_at_commas() {
    let folder = Folder::new();
    let lists = ["--dns", "a.example, b.example,", "--ip", "10.0.0.1, ::1"];
    let line = ["csr", "-s", "--keysize", "1024", "--out", "c.zip"];
    certutil(&folder, &[&line[..], &lists].concat()).succeeds();
    unpack(&folder, "c.zip");
    let show = ["req", "-in", "c/instance/instance.csr", "-noout", "-text"];
    let Some(text) = openssl(&folder, &show) else { return };
    let names = "IP Address:10.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:a.example, DNS:b.example\n";
    assert!(text.contains(names), "{text}");
}

/// A20 and A25.
#[test]
fn no_authority_is_made_on_the_fly() {
    let folder = Folder::new();
    let ended = certutil(&folder, &["cert", "--keep-ca-key"]).exits_with(64);
    let expected = "Generating certificates without providing a CA is no longer supported";
    assert!(ended.messages().contains(expected), "{}", ended.messages());
    for line in [&["cert"][..], &["cert", "-ca-dn", "CN=x", "-ca-pass", "y"]] {
        let ended = certutil(&folder, line).exits_with(64);
        let expected = "Must specify either --ca or --ca-cert/--ca-key or --self-signed";
        assert!(ended.messages().contains(expected), "{}", ended.messages());
    }
}

#[test]
fn help_is_no_error_whatever_else_is_on_the_line() {
    let folder = Folder::new();
    for line in
        [&["cert", "-h", "--ca", "a", "--ca-cert", "b"][..], &["ca", "--help"], &["csr", "-h"]]
    {
        let ended = certutil(&folder, line).succeeds();
        assert!(ended.text().contains("--keysize <Integer>"), "{}", ended.text());
    }
    certutil(&folder, &["cert", "-h", "--nope"]).exits_with(64);
}

#[test]
fn under_the_name_of_the_original_the_whole_line_is_its_own() {
    let folder = Folder::new();
    let link = folder.join("elasticsearch-certutil");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_crosstrust"), &link).unwrap();
    let run = |line: &[&str]| Run::new(&link).folder(folder.path()).args(line).run();
    run(&["ca", "-s", "-pass", "", "-out", "ca.p12"]).succeeds();
    assert_eq!(folder.mode("ca.p12"), 0o600);
    let help = run(&["--help"]).succeeds();
    assert!(help.text().contains("Commands\n--------\n  csr "), "{}", help.text());
    run(&["ca", "-s", "-pass", "", "-out", "ca.p12"]).exits_with(74);
}

/// Sections "exit codes" and "writing rules".
#[test]
fn each_trouble_has_its_exit_status_and_leaves_nothing_behind() {
    let folder = Folder::new();
    make_authority(&folder);
    folder.write("file", "");
    folder.write("bad.yml", "instances:\n  - nme: x\n");
    folder.write("two.yml", "instances:\n  - name: a\n  - name: A\n");
    let before = folder.entries();
    let check = |line: &[&str], status: i32, expected: &str| {
        let ended = answered(&folder, line, "n\n").exits_with(status);
        let messages = ended.messages();
        assert!(messages.contains(expected), "{line:?}: {messages}");
        assert!(messages.ends_with(&format!(", with exit code {status}\n")), "{messages}");
        assert_eq!(folder.entries(), before, "{line:?}");
    };
    let pass = ["--pass", ""];
    let ca = |rest: &[&'static str]| [&["ca"], &pass[..], rest].concat();
    let cert = |rest: &[&'static str]| {
        [&["cert", "--ca", "ca.p12", "--ca-pass", ""], &pass[..], rest].concat()
    };

    check(&ca(&["--out", "ca.p12"]), 74, "already exists");
    check(&ca(&["--out", ""]), 74, "already exists");
    check(&ca(&["--out", "no/such/ca.p12"]), 73, "/no/such does not exist");
    check(&ca(&["--out", "file/ca.p12"]), 73, "is not a directory");
    check(&["csr", "--out", "no/csr.zip"], 73, "/no does not exist");
    check(&ca(&["--out", "x", "--keysize", "100"]), 1, "no RSA key of 100 bits");
    check(&ca(&["--out", "x", "--keysize", "-2048"]), 1, "no RSA key of -2048 bits");
    check(&ca(&["--out", "x", "--keysize", "16384"]), 1, "a multiple of 512, from 512 to 8192");
    check(&ca(&["--out", "x", "--days", "0"]), 1, "must be valid for at least one day");
    check(&ca(&["--out", "x", "--days", "-1"]), 1, "must be valid for at least one day");
    check(&ca(&["--out", "x", "--keyusage", "sign"]), 1, "Unknown keyUsage: sign");
    check(&ca(&["--out", "x", "--ca-dn", "nonsense"]), 1, "is not a distinguished name");
    check(&["ca", "--pass", "pässword", "--out", "x"], 78, "PKCS#12 passwords must be plain ASCII");
    check(&cert(&["--in", "missing.yml", "--out", "x"]), 1, "missing.yml");
    check(&cert(&["--in", "bad.yml", "--out", "x"]), 78, "bad.yml contains invalid configuration");
    check(&cert(&["--in", "two.yml", "--out", "x"]), 78, "the same file");
    check(
        &cert(&["--ip", "10.0.0.1/8", "--out", "x"]),
        78,
        "[10.0.0.1/8] is not a valid IP address",
    );
    check(&["cert", "--ca", "nope.p12", "--ca-pass", ""], 1, "nope.p12");
    check(&["cert", "--ca", "ca.p12", "--ca-pass", "wrong"], 1, "ca.p12: wrong password");
    check(&["cert", "--ca", "file", "--ca-pass", ""], 1, "file: ");
}

/// Section 1.3: prompts and answers without a terminal.
#[test]
fn questions_go_to_standard_error_and_the_end_of_input_is_told() {
    let folder = Folder::new();
    let ended = certutil(&folder, &["ca", "--silent", "--pass", ""]).exits_with(1);
    let prompt = "Please enter the desired output file [elastic-stack-ca.p12]: ";
    assert!(ended.messages().starts_with(prompt), "{}", ended.messages());
    assert!(
        ended.messages().contains("unable to read from standard input"),
        "{}",
        ended.messages()
    );
    assert_eq!(ended.text(), "");
    assert_eq!(folder.entries(), Vec::<String>::new());

    let out = "a/b/ca.p12";
    let line = ["ca", "--silent", "--pass", "", "--out", out];
    let ended = answered(&folder, &line, "what\nY\n").succeeds();
    assert_eq!(ended.text(), "Did not understand answer 'what'\n");
    assert!(ended.messages().contains("Do you want to create it? [Y/n]"), "{}", ended.messages());
    assert_eq!(folder.mode(out), 0o600);
}
