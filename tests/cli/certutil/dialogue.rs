//! `--multiple`: one instance after the other, typed.

use crosstrust_testkit::Folder;

use super::{answered, names, shown, unpack};

const LINE: [&str; 6] = ["cert", "-s", "--self-signed", "--pem", "--multiple", "--out=c.zip"];

/// A03.
#[test]
fn any_number_of_instances_is_asked_for() {
    for count in [1, 2, 12] {
        let folder = Folder::new();
        let one = |n: usize| format!("node{n}\n\n192.168.1.{n},::1\nnode{n}.example,x.example\n");
        let answers: Vec<String> = (1..=count).map(one).collect();
        let answers = answers.join("y\n") + "n\n";
        let ended = answered(&folder, &LINE, &answers).succeeds();
        assert_eq!(ended.text(), "");
        let expected: Vec<String> = (1..=count)
            .flat_map(|n| {
                ["/".to_owned(), format!("/node{n}.crt"), format!("/node{n}.key")]
                    .map(|end| format!("node{n}{end}"))
            })
            .collect();
        assert_eq!(names(&folder, "c.zip"), expected);
        unpack(&folder, "c.zip");
        let Some(text) = shown(&folder, "c/node1/node1.crt", &["-ext", "subjectAltName"]) else {
            return;
        };
        let expected =
            "IP Address:192.168.1.1, IP Address:0:0:0:0:0:0:0:1, DNS:node1.example, DNS:x.example";
        assert_eq!(text.lines().last().unwrap().trim(), expected);
    }
}

#[test]
fn the_questions_are_the_original_s() {
    let folder = Folder::new();
    let ended = answered(&folder, &LINE, "n1\n\n\n\n\n").succeeds();
    let expected = "Enter instance name: \
        Enter name for directories and files of n1 [n1]: \
        Enter IP Addresses for instance (comma-separated if more than one) []: \
        Enter DNS names for instance (comma-separated if more than one) []: \
        Would you like to specify another instance? Press 'y' to continue entering instance information: ";
    assert_eq!(ended.messages(), expected);
    unpack(&folder, "c.zip");
    let Some(text) = shown(&folder, "c/n1/n1.crt", &["-text"]) else { return };
    assert!(!text.contains("Alternative Name"), "{text}");
}

#[test]
fn wrong_answers_are_told_and_the_dialogue_goes_on() {
    let folder = Folder::new();
    let answers = "\ny\n*.x\na/b\nstar\n\n\ny\nbad\n\n1.2.3\nnöde\ny\nstar2\n\n10.0.0.1\n\ny\nstar2\nagain\n\n\nn\n";
    let ended = answered(&folder, &LINE, answers).succeeds();
    let expected = "\
A name must be provided
[1.2.3] is not a valid IP address
[nöde] is not a valid DNS name: write it in its ASCII form (xn--…)
Skipping entry as invalid values were found
The earlier details of instance [star2] are replaced
";
    assert_eq!(ended.text(), expected);
    let messages = ended.messages();
    assert!(messages.contains("Enter name for directories and files of *.x: "), "{messages}");
    assert!(messages.contains("'a/b' is not a valid filename\n"), "{messages}");
    let expected =
        ["star/", "star/star.crt", "star/star.key", "again/", "again/again.crt", "again/again.key"];
    assert_eq!(names(&folder, "c.zip"), expected);
}

#[test]
fn only_y_goes_on() {
    let folder = Folder::new();
    answered(&folder, &LINE, "n1\n\n\n\nyes\n").succeeds();
    assert_eq!(names(&folder, "c.zip"), ["n1/", "n1/n1.crt", "n1/n1.key"]);
}
