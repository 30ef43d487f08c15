//! Dialogues with a person at a terminal: the prompts and their order, and what is not shown.
//!
//! Each step waits for its prompt and answers then, so a question in another place fails the test.

use std::process::Command;

use crosstrust_testkit::{Folder, Run};
use rexpect::session::spawn_command;

use super::{certutil, entries, leaf_of, make_authority, names, shown, unpack};
use crate::{fixture, openssl};

/// A question, and what a person types: a line, or several where the lines behind it are a list that
/// is not asked for one by one.
enum Step<'a> {
    /// A line that the terminal shows while it is typed.
    Open(&'a str, &'a str),
    /// A line that it does not show.
    Secret(&'a str, &'a str),
}
use Step::{Open, Secret};

/// Runs a mode at a terminal that shows what is typed, and holds the dialogue with it. Between the
/// questions there is nothing but what was typed, and `told` in its place.
#[track_caller]
fn dialogue(folder: &Folder, line: &[&str], steps: &[Step<'_>], status: i32) -> String {
    let certutil = [&[env!("CARGO_BIN_EXE_crosstrust"), "certutil"], line].concat();
    dialogue_with(folder, &certutil, steps, status)
}

/// The same with any command.
#[track_caller]
fn dialogue_with(folder: &Folder, words: &[&str], steps: &[Step<'_>], status: i32) -> String {
    let mut command = Command::new("sh");
    command.current_dir(folder.path());
    command.args(["-c", "stty echo && exec \"$@\"", "sh"]).args(words);
    let mut session = spawn_command(command, Some(60_000)).unwrap();
    let mut told = String::new();
    let mut typed = String::new();
    for step in steps {
        let (prompt, answer) = match step {
            Open(prompt, answer) | Secret(prompt, answer) => (*prompt, *answer),
        };
        let before = session.exp_string(prompt).unwrap_or_else(|error| panic!("{prompt}: {error}"));
        told.push_str(&without_echo(&before, &typed, prompt));
        session.send_line(answer).unwrap();
        typed = match step {
            Open(..) => format!("{answer}\n").replace('\n', "\r\n"),
            Secret(..) => "\r\n".to_owned(),
        };
    }
    let rest = session.exp_eof().unwrap();
    told.push_str(&without_echo(&rest, &typed, "the end"));
    let ended = format!("{:?}", session.process().wait());
    assert!(ended.ends_with(&format!(", {status}))")), "{ended}: {told}");
    told.replace('\r', "")
}

/// What was shown beside the echo of the last answer. Of an answer of several lines, the first may
/// have been read and answered before the last is echoed.
#[track_caller]
fn without_echo(shown: &str, typed: &str, next: &str) -> String {
    let mut told = shown.to_owned();
    let mut from = 0;
    for line in typed.split_inclusive("\r\n") {
        let Some(place) = told[from..].find(line) else {
            panic!("{shown:?} instead of {typed:?} before {next}");
        };
        from += place;
        told.replace_range(from..from + line.len(), "");
    }
    told
}

/// A dialogue of which nothing is told but the questions.
#[track_caller]
fn asks(folder: &Folder, line: &[&str], steps: &[Step<'_>]) {
    assert_eq!(dialogue(folder, line, steps, 0), "");
}

/// Section 1.6, `ca`: a bare `--pass` before the output, no `--pass` after it, and the folder.
#[test]
fn an_authority_is_asked_for_in_order() {
    let folder = Folder::new();
    let output = "Please enter the desired output file [elastic-stack-ca.p12]: ";
    let key = "Enter password for CA Private key : ";
    asks(&folder, &["ca", "-s", "--pass"], &[Secret(key, "secret"), Open(output, "")]);
    let store = "Enter password for other.p12 : ";
    asks(&folder, &["ca", "-s"], &[Open(output, "other.p12"), Secret(store, "secret")]);
    for store in ["elastic-stack-ca.p12", "other.p12"] {
        let Some(listed) = entries(&folder, store, "secret") else { return };
        assert!(listed[0].starts_with("key ca "), "{listed:?}");
    }

    let create = format!(
        "Directory {} does not exist. Do you want to create it? [Y/n]",
        folder.path().join("new").display()
    );
    let line = ["ca", "-s", "--pass", "", "--out", "new/ca.p12"];
    let told = dialogue(&folder, &line, &[Open(&create, "n")], 73);
    assert!(told.contains("does not exist, with exit code 73"), "{told}");
    let told = dialogue(&folder, &line, &[Open(&create, "what"), Open(&create, "")], 0);
    assert_eq!(told, "Did not understand answer 'what'\n");
    assert!(folder.join("new/ca.p12").exists());
}

/// The echo is off before the prompt is there: who answers at once, as a paste or a program does, is
/// not shown either. Each change of the terminal takes its time here.
#[test]
fn a_password_that_is_typed_at_once_is_not_shown() {
    if Run::new("sh").args(["-c", "strace -o /dev/null true"]).run().status != Some(0) {
        return; // Missing, or not allowed to trace.
    }
    let folder = Folder::new();
    let slow = ["strace", "-f", "-o", "/dev/null", "-e", "inject=ioctl:delay_enter=30000"];
    let line = [env!("CARGO_BIN_EXE_crosstrust"), "certutil", "ca", "-s", "--out", "ca.p12"];
    let prompt = Secret("Enter password for ca.p12 : ", "secret");
    assert_eq!(dialogue_with(&folder, &[&slow[..], &line].concat(), &[prompt], 0), "");
}

/// Some shells leave the terminal as a program does that is interrupted.
#[test]
fn an_interrupted_question_leaves_the_echo_on() {
    let folder = Folder::new();
    let mut command = Command::new("sh");
    command.current_dir(folder.path());
    let script = "trap : INT; stty echo; \"$@\"; echo \"status $?\"; stty -a";
    let line = [env!("CARGO_BIN_EXE_crosstrust"), "certutil", "ca", "-s", "--out", "ca.p12"];
    command.args(["-c", script, "sh"]).args(line);
    let mut session = spawn_command(command, Some(60_000)).unwrap();
    session.exp_string("Enter password for ca.p12 : ").unwrap();
    session.send_control('c').unwrap();
    let rest = session.exp_eof().unwrap();
    assert!(rest.contains("status 130"), "{rest}");
    assert!(rest.contains(" echo ") && !rest.contains("-echo "), "{rest}");
    assert!(!folder.join("ca.p12").exists());
}

/// Section 1.6, `cert`: the authority, the instance, the output, then a password for each file; and
/// section 1.7: a long one is to be confirmed.
#[test]
fn certificates_are_asked_for_in_order() {
    let folder = Folder::new();
    certutil(&folder, &["ca", "-s", "--pass", "capass", "--out", "ca.p12"]).succeeds();
    let ca = Secret("Enter password for CA (ca.p12) : ", "capass");
    let name = Open("Enter name for directories and files of *.x: ", "star");
    let output = "Please enter the desired output file [*.x.p12]: ";
    let password = "Enter password for n.p12 : ";
    let long = "x".repeat(51);
    let steps = [
        ca,
        name,
        Open(output, "n.p12"),
        Secret(password, &long),
        Open("Do you want to continue? [Y/n]", "n"),
        Secret(password, "nodepass"),
    ];
    let line = ["cert", "-s", "--ca", "ca.p12", "--name", "*.x"];
    let told = dialogue(&folder, &line, &steps, 0);
    assert!(told.contains("50 characters") && !told.contains("xxx"), "{told}");
    if let Some(listed) = entries(&folder, "n.p12", "nodepass") {
        assert!(listed.iter().any(|entry| entry.starts_with("key *.x ")), "{listed:?}");
    }

    certutil(&folder, &["ca", "-s", "--pem", "--pass", "p", "--out", "pem.zip"]).succeeds();
    unpack(&folder, "pem.zip");
    folder.write("i.yml", "instances: [{name: n1}, {name: n2}]");
    let files = ["--ca-cert", "pem/ca/ca.crt", "--ca-key", "pem/ca/ca.key", "--in", "i.yml"];
    let steps = [
        Secret("Enter password for CA private key (ca.key) : ", "p"),
        Open("Please enter the desired output file [certificate-bundle.zip]: ", ""),
        Secret("Enter password for n1/n1.key : ", "p1"),
        Secret("Enter password for n2/n2.key : ", "p2"),
    ];
    asks(&folder, &[&["cert", "-s", "--pem", "--pass"], &files[..]].concat(), &steps);
    unpack(&folder, "certificate-bundle.zip");
    for (key, password) in [("n1", "pass:p1"), ("n2", "pass:p2")] {
        let path = format!("certificate-bundle/{key}/{key}.key");
        openssl(&folder, &["rsa", "-in", &path, "-passin", password, "-noout"]);
    }
}

/// Section 1.6, `csr` and `--multiple`: the output before the instances, then a password for each
/// key.
#[test]
fn requests_are_asked_for_in_order() {
    let folder = Folder::new();
    let another = "Would you like to specify another instance? Press 'y' to continue entering instance information: ";
    let ip = "Enter IP Addresses for instance (comma-separated if more than one) []: ";
    let dns = "Enter DNS names for instance (comma-separated if more than one) []: ";
    let steps = [
        Open("Please enter the desired output file [csr-bundle.zip]: ", ""),
        Open("Enter instance name: ", "a"),
        Open("Enter name for directories and files of a [a]: ", ""),
        Open(ip, "10.0.0.1,::1"),
        Open(dns, "a.example"),
        Open(another, "y"),
        Open("Enter instance name: ", "b"),
        Open("Enter name for directories and files of b [b]: ", "c"),
        Open(ip, ""),
        Open(dns, ""),
        Open(another, "n"),
        Secret("Enter password for a/a.key : ", "pa"),
        Secret("Enter password for c/c.key : ", "pc"),
    ];
    asks(&folder, &["csr", "-s", "--multiple", "--pass", "--keysize", "2048"], &steps);
    let expected = ["a/", "a/a.csr", "a/a.key", "c/", "c/c.csr", "c/c.key"];
    assert_eq!(names(&folder, "csr-bundle.zip"), expected);
}

/// A host behind the answer to the question before, up to the password.
const HOST: &str = "\nes.example.com\n";
/// What follows: an address, and one that is none.
const ADDRESSES: [Step<'static>; 3] = [
    Open("Is this correct [Y/n]", "\n10.0.0.1\nnonsense\n"),
    Open("Is this correct [Y/n]", ""),
    Open("Do you wish to change any of these options? [y/N]", ""),
];
const FILE: &str =
    "What filename should be used for the output zip file? [elasticsearch-ssl-http.zip] ";

/// C01, C02 and C05: a request, typed.
#[test]
fn a_request_for_http_is_a_dialogue() {
    let folder = Folder::new();
    let password = "Provide a password for the private key:  [<ENTER> for none]";
    let repeat = "Repeat password to confirm: ";
    let mut steps = vec![
        Open("Generate a CSR? [y/N]", "y"),
        Open("Generate a certificate per node? [y/N]", HOST),
    ];
    steps.extend(ADDRESSES);
    steps.extend([
        Secret(password, "one"),
        Secret(repeat, "two"),
        Secret(password, "one"),
        Secret(repeat, "one"),
        Open(FILE, ""),
    ]);
    let told = dialogue(&folder, &["http", "-s"], &steps, 0);
    let errors = "Error: `nonsense` is not a valid IP address\nPasswords do not match\n";
    assert_eq!(told, errors);
    unpack(&folder, "elasticsearch-ssl-http.zip");
    let base = "elasticsearch-ssl-http/elasticsearch/http-es.example.com";
    let key = format!("{base}.key");
    openssl(&folder, &["rsa", "-in", &key, "-passin", "pass:one", "-noout"]);
    let request = ["req", "-in", &format!("{base}.csr"), "-noout", "-verify", "-text"];
    let Some(text) = openssl(&folder, &request) else { return };
    assert!(text.contains("IP Address:10.0.0.1, DNS:es.example.com\n"), "{text}");
}

/// C03: an authority that is there, its path typed wrong first.
#[test]
fn an_authority_for_http_is_asked_for() {
    let folder = Folder::new();
    make_authority(&folder);
    let mut steps = vec![
        Open("Generate a CSR? [y/N]", ""),
        Open("Use an existing CA? [y/N]", "y"),
        Open("CA Path: ", "nowhere.p12"),
        Open("CA Path: ", "ca.p12"),
        Secret("Password for ca.p12:", ""),
        Open("For how long should your certificate be valid? [5y] ", "10d"),
        Open("Are you sure? [y/N]", "n"),
        Open("For how long should your certificate be valid? [5y] ", "2m & 4d"),
        Open("For how long should your certificate be valid? [5y] ", "2m 4d"),
        Open("Generate a certificate per node? [y/N]", HOST),
    ];
    steps.extend(ADDRESSES);
    steps.extend([
        Secret("Provide a password for the \"http.p12\" file:  [<ENTER> for none]", ""),
        Open(FILE, "o.zip"),
    ]);
    let told = dialogue(&folder, &["http", "-s"], &steps, 0);
    // C09: short periods are asked about, and what is none is told.
    assert!(told.contains("10d is shorter than 60 days."), "{told}");
    assert!(told.contains("Error: `2m & 4d` is not a period"), "{told}");
    unpack(&folder, "o.zip");
    let Some(leaf) = leaf_of(&folder, "o/elasticsearch/http.p12", "") else { return };
    openssl(&folder, &["verify", "-CAfile", "o/kibana/elasticsearch-ca.pem", &leaf]);
}

/// C04, C06, C07, C08 and C10: a new authority with other options, and two nodes.
#[test]
fn a_new_authority_and_nodes_for_http_are_asked_for() {
    let folder = Folder::new();
    let [first, second] = ["n1", "n2"].map(|name| format!("{name}{HOST}"));
    let change = "Do you wish to change any of these options? [y/N]";
    let mut steps = vec![
        Open("Generate a CSR? [y/N]", "n"),
        Open("Use an existing CA? [y/N]", "n"),
        Open(change, "y"),
        Open("CA Name [CN=Elasticsearch HTTP CA] ", "CN=My CA"),
        Open("CA Validity [5y] ", "2y 3m 4d"),
        Open("Key Size [2048] ", "1024"),
        Open("Key Usage [keyCertSign,cRLSign] ", "keyCertSign"),
        Open(change, ""),
        Secret("CA password:  [<ENTER> for none]", "capass"),
        Secret("Repeat password to confirm: ", "capass"),
        Open("For how long should your certificate be valid? [5y] ", ""),
        Open("Generate a certificate per node? [y/N]", "y"),
        Open("node #1 name: ", &first),
    ];
    steps.extend(ADDRESSES);
    steps.extend([
        Open("Generate additional certificates? [Y/n]", ""),
        Open("node #2 name: ", &second),
    ]);
    steps.extend(ADDRESSES);
    steps.extend([
        Open("Generate additional certificates? [Y/n]", "n"),
        Secret("Provide a password for the \"http.p12\" file:  [<ENTER> for none]", ""),
        Open(FILE, "o.zip"),
    ]);
    let told = dialogue(&folder, &["http"], &steps, 0);
    // C10: the period as text.
    assert!(told.contains("\nValidity: 2y,3m,4d\n"), "{told}");
    assert!(!told.contains("capass"), "{told}");
    unpack(&folder, "o.zip");
    let listed = names(&folder, "o.zip");
    for node in ["n1", "n2"] {
        assert!(listed.contains(&format!("elasticsearch/{node}/http.p12")), "{listed:?}");
    }
    let Some(text) = shown(&folder, "o/kibana/elasticsearch-ca.pem", &["-text"]) else { return };
    for expected in ["CN = My CA", "(1024 bit)", "Certificate Sign\n"] {
        assert!(text.contains(expected), "{expected} is missing in {text}");
    }
}

/// C11: what the dialogue asks for next depends on what is in the file of the authority.
#[test]
fn the_kind_of_the_file_decides_what_is_asked_next() {
    let folder = Folder::new();
    for (first, question, second) in [
        ("pem/ca.crt", "CA Key: ", "pem/ca-ec.key"),
        ("pem/ca.key", "CA Certificate: ", "pem/ca-ec.crt"),
    ] {
        let steps = [
            Open("Generate a CSR? [y/N]", ""),
            Open("Use an existing CA? [y/N]", "y"),
            Open("CA Path: ", &fixture(first)),
            Open(question, &fixture(second)),
        ];
        let told = dialogue(&folder, &["http", "-s"], &steps, 78);
        assert!(told.contains("Certificate verification failed"), "{told}");
    }
}
