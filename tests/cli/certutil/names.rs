//! Names of instances: subjects, file names, and what is neither.

use crosstrust_testkit::Folder;

use super::{answered, certutil, names, shown, unpack};
use crate::run;

/// A27, A29, A30, A31 and A32 for names on the command line; the rules themselves are tested beside
/// them.
#[test]
fn names_are_subjects_and_file_names() {
    #[track_caller]
    fn check(name: &str, answers: &str, subject: &str, filename: &str) {
        let folder = Folder::new();
        let line = ["cert", "-s", "--self-signed", "--pem", "--out", "c.zip", "--name", name];
        answered(&folder, &line, answers).succeeds();
        assert_eq!(names(&folder, "c.zip")[0], format!("{filename}/"));
        unpack(&folder, "c.zip");
        let leaf = format!("c/{filename}/{filename}.crt");
        let Some(found) = shown(&folder, &leaf, &["-subject", "-nameopt", "RFC2253"]) else {
            return;
        };
        assert_eq!(found, format!("subject={subject}\n"));
    }

    check("my instance", "", "CN=my instance", "my instance");
    check("CN=a,OU=b", "", "CN=a,OU=b", "CN=a,OU=b");
    check(
        "CN=node1,OU=IT,DC=mydomain,DC=com",
        "",
        "CN=node1,OU=IT,DC=mydomain,DC=com",
        "CN=node1,OU=IT,DC=mydomain,DC=com",
    );
    check("*.mydomain.com", "star\n", "CN=*.mydomain.com", "star");
    check(".mydomain.com", "a/b\n.x\ndot\n", "CN=.mydomain.com", "dot");
    check("", "empty\n", "CN=", "empty");
    check(&"x".repeat(252), "long\n", &format!("CN={}", "x".repeat(252)), "long");
    check("--pem", "", "CN=--pem", "--pem");
    check(
        "AbCdEfGhIjKlMnOpQrStUvWxYzabcdef",
        "",
        "CN=AbCdEfGhIjKlMnOpQrStUvWxYzabcdef",
        "AbCdEfGhIjKlMnOpQrStUvWxYzabcdef",
    );
    let folder = Folder::new();
    for name in ["<>|<>*|?\"\\", "ca", "CA", "a+b"] {
        let line = ["cert", "-s", "--self-signed", "--pem", "--out", "c.zip", "--name", name];
        let ended = answered(&folder, &line, "file\n").exits_with(78);
        assert!(ended.messages().contains("has invalid details"), "{}", ended.messages());
    }
    assert_eq!(folder.entries(), Vec::<String>::new());
}

/// A45: random names of 1 to 32 ASCII letters, each a subject and a file name.
#[test]
fn any_name_of_letters_will_do() {
    let mut state = 45_u64;
    let mut below = |limit: usize| {
        // A linear congruential generator, so that every run has the same names.
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % limit
    };
    let letters: Vec<char> = ('a'..='z').chain('A'..='Z').collect();
    let mut drawn = Vec::new();
    for _ in 0..60 {
        let length = 1 + below(32);
        let name: String = (0..length).map(|_| letters[below(letters.len())]).collect();
        let taken = drawn.iter().any(|other: &String| other.eq_ignore_ascii_case(&name));
        if !taken && !name.eq_ignore_ascii_case("ca") {
            drawn.push(name);
        }
    }
    assert!(drawn.len() > 50);
    let folder = Folder::new();
    let list: String = drawn.iter().map(|name| format!("  - name: \"{name}\"\n")).collect();
    folder.write("i.yml", format!("instances:\n{list}"));
    let line = ["csr", "-s", "--in", "i.yml", "--keysize", "512", "--out", "c.zip"];
    certutil(&folder, &line).succeeds();
    let expected: Vec<String> = drawn
        .iter()
        .flat_map(|name| {
            ["/", ".csr", ".key"].map(|end| match end {
                "/" => format!("{name}/"),
                end => format!("{name}/{name}{end}"),
            })
        })
        .collect();
    assert_eq!(names(&folder, "c.zip"), expected);
}

/// The original writes an empty `cn`, which Elasticsearch drops: written here too, and told.
#[test]
fn an_empty_common_name_is_written_and_told() {
    let folder = Folder::new();
    folder.write("i.yml", "instances:\n  - name: n\n    cn: [\"a\", \"\"]\n");
    let line = ["cert", "-s", "--self-signed", "--pem", "--out", "c.zip", "--in", "i.yml"];
    let ended = certutil(&folder, &line).succeeds();
    let told = "i.yml: instance `n`: an empty `cn`, which Elasticsearch drops";
    assert!(ended.messages().contains(told), "{}", ended.messages());
    unpack(&folder, "c.zip");
    let (leaf, options) = ("c/n/n.crt", ["--mode", "certificate"]);
    let judged = ["preflight", "node", leaf, "--trust", leaf];
    let judged = run(&folder, &[&judged[..], &options].concat()).succeeds();
    let found = judged.text();
    assert!(
        found.contains("the otherName common name is empty: Elasticsearch drops it"),
        "{found}"
    );
    assert!(!found.contains("no Java reads it"), "{found}");
    let Some(names) = shown(&folder, leaf, &["-ext", "subjectAltName"]) else { return };
    assert_eq!(names.matches("othername: commonName::").count(), 2, "{names}");
}
