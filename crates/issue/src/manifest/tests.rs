//! Tests against what elasticsearch-certutil accepts and refuses.

use super::*;

fn messages(text: &str) -> Vec<String> {
    match Manifest::parse(text) {
        Err(Error::Manifest { problems }) => problems
            .iter()
            .map(|told| (told, told.problem.place))
            .map(|(told, place)| format!("{}:{}: {told}", place.line, place.column))
            .collect(),
        other => panic!("{other:?}"),
    }
}

/// A04, A05 and A06.
#[test]
fn four_instances_of_all_shapes_are_read() {
    let text = r#"
instances:
  - name: "node1"
    ip: ["192.0.2.1", "::1"]
    dns: "node1.example"
  - name: node2
    filename: file2
    ip: "::1"
    cn:
      - "node2.elasticsearch"
  - name: node3
    filename: node3
  - name: "CN=different value"
    filename: "different file"
    dns: [ "a.example", 1234 ]
"#;
    let instances = Manifest::parse(text).unwrap().instances;
    let [first, second, third, fourth] = instances.as_slice() else { panic!("{instances:?}") };
    assert_eq!((first.ip.len(), first.dns.as_slice()), (2, &["node1.example".to_owned()][..]));
    assert_eq!(second.filename, "file2");
    assert_eq!(second.common_names, ["node2.elasticsearch"]);
    assert!(second.dns.is_empty());
    assert_eq!(third.subject.to_string(), "CN=node3");
    assert_eq!(fourth.subject.to_string(), "CN=different value");
    assert_eq!(fourth.filename, "different file");
    assert_eq!(fourth.dns, ["a.example", "1234"]);
}

#[test]
fn one_mapping_stands_for_a_list_of_one() {
    assert_eq!(Manifest::parse("instances: {name: a}").unwrap().instances.len(), 1);
    assert_eq!(Manifest::parse("instances: []").unwrap().instances.len(), 0);
}

/// Section 2.1, scalars: a single value must be text.
#[test]
fn scalars_are_taken_for_what_jackson_takes_them_for() {
    for text in ["::1", "10.0.0.1", "1:30", "0x1F", "1_000", "2001-12-14", "node1", "\"12\""] {
        let parsed = Manifest::parse(&format!("instances:\n  - name: n\n    cn: {text}\n"));
        assert!(parsed.is_ok(), "{text}");
    }
    for number in ["1234", "010", "1.2", "1e3"] {
        let found = messages(&format!("instances:\n  - name: n\n    cn: {number}\n"));
        assert_eq!(found, ["3:9: instance `n`: `cn` is a number, where text is expected"]);
    }
    for word in ["true", "False", "yes", "NO"] {
        let found = messages(&format!("instances:\n  - name: {word}\n"));
        assert!(found[0].contains("`name` is a boolean"), "{found:?}");
    }
    for nothing in ["~", "null", ""] {
        let found = messages(&format!("instances:\n  - name: n\n    ip: {nothing}\n"));
        assert!(found[0].contains("`ip` has no value"), "{found:?}");
    }
    for (key, value, expected) in [
        ("filename", "1234", "`filename` is a number"),
        ("ip", "12", "`ip` is a number"),
        ("dns", "true", "`dns` is a boolean"),
        ("cn", "1.5", "`cn` is a number"),
        ("cn", "~", "`cn` has no value"),
    ] {
        let found = messages(&format!("instances:\n  - name: n\n    {key}: {value}\n"));
        assert!(found[0].contains(expected), "{key}: {found:?}");
    }
}

/// Section 2.1, scalars: elements of a list are text, whatever they look like.
#[test]
fn elements_of_lists_are_text() {
    let text = "instances:\n  - name: n\n    dns: [1234, 1.2, true, a]\n    ip: [10.0.0.1, ::1]\n    cn: [no, 010]\n";
    let instances = Manifest::parse(text).unwrap().instances;
    assert_eq!(instances[0].dns, ["1234", "1.2", "true", "a"]);
    assert_eq!(instances[0].common_names, ["no", "010"]);
    assert_eq!(instances[0].ip.len(), 2);
}

/// Section 2.1: keys at both levels, what must be there, what comes twice, and a second document.
#[test]
fn the_shape_of_the_file_is_strict() {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = messages(text);
        assert!(found.iter().any(|message| message.contains(expected)), "{text}: {found:?}");
    }

    check("instances: [{name: a}]\nother: 1\n", "unknown key `other`");
    check("instances: [{name: a, host: b}]\n", "unknown key `host`");
    check("instances: [{dns: a}]\n", "the instance has no `name`");
    check("instances: [{name: a, dns: b, dns: c}]\n", "twice");
    check("instances: []\ninstances: []\n", "twice");
    check("instances:\n  - name: %x\n", "2:11");
    check("instances:\n  - name: @x\n", "2:11");
    let two = "instances: [{name: a}]\n---\nnonsense: true\n";
    assert_eq!(Manifest::parse(two).unwrap().instances.len(), 1);
}

#[test]
fn everything_wrong_is_told_at_once() {
    let text = "\
instances:
  - name: n1
    ip: [10.0.0.1, 10.0.0.256]
    hosts: a
  - nmae: n2
  - name: ca
    dns: [ok.example, nöde.example]
";
    let found = messages(text);
    let expected = [
        "3:20: instance `n1`: `10.0.0.256` is not a valid IP address",
        "4:5: instance `n1`: unknown key `hosts`",
        "5:5: unknown key `nmae`",
        "5:5: the instance has no `name`",
        "6:11: instance `ca`: `ca` may not be used as an instance name: it is kept for the CA",
        "7:23: instance `ca`: `nöde.example` is not a valid DNS name: write it in its ASCII form (xn--…)",
    ];
    assert_eq!(found, expected);
    let Err(Error::Manifest { problems }) = Manifest::parse(text) else { panic!() };
    assert_eq!(problems[2].problem.help.as_deref(), Some("did you mean `name`?"));
}

#[test]
fn files_that_are_no_list_of_instances_are_refused() {
    for text in ["", "# nothing", "- name: a", "instance: []", "instances: x", "instances: [a]"] {
        assert!(!messages(text).is_empty(), "{text}");
    }
    assert!(messages("instances:\n  - name: *.foo\n")[0].starts_with("2:11"));
    assert!(messages("instances:\n  - name: a\n    name: b\n")[0].contains("twice"));
}

#[test]
fn nesting_and_aliases_are_bounded() {
    assert!(!messages(&"[".repeat(100_000)).is_empty());
    assert!(!messages("x: &a [1]\ninstances: [*a, *a]").is_empty());
    let text = "instances:\n  - name: &n node1\n    dns: *n\n";
    assert_eq!(Manifest::parse(text).unwrap().instances[0].dns, ["node1"]);
}

#[test]
fn no_instances_are_written_as_none() {
    let none = Manifest::parse("instances: []").unwrap();
    assert_eq!(Manifest::parse(&none.to_text().unwrap()), Ok(none));
}

/// Instances that share a file are told with all else, each at its line.
#[test]
fn a_file_of_two_instances_is_told_with_its_line() {
    let text = "\
instances:
  - name: node1
  - name: Node1
    ip: 10.0.0.256
  - name: other
    filename: node1
  - name: node2
    filename: 7
  - name: node2
";
    let expected = [
        "3:11: instance `Node1`: it would be written to the same file `Node1` as `node1` of line 2",
        "4:9: instance `Node1`: `10.0.0.256` is not a valid IP address",
        "6:15: instance `other`: it would be written to the same file `node1` as `Node1` of line 3",
        "8:15: instance `node2`: `filename` is a number, where text is expected",
    ];
    assert_eq!(messages(text), expected);
    let alone = "instances:\n  - name: a\n  - {name: b, filename: A}\n";
    let expected =
        ["3:25: instance `b`: it would be written to the same file `A` as `a` of line 2"];
    assert_eq!(messages(alone), expected);
}

/// A value that is not read has its own error, and no second one for what stands in its place.
#[test]
fn a_name_that_is_no_text_is_one_mistake() {
    let number = "instances:\n  - name: 1234\n";
    let expected = ["2:11: instance `1234`: `name` is a number, where text is expected"];
    assert_eq!(messages(number), expected);
    let filename = "instances:\n  - name: \"a*b\"\n    filename: ~\n";
    assert_eq!(messages(filename), ["3:15: instance `a*b`: `filename` has no value"]);
    let missing = "instances:\n  - ip: [10.0.0.256]\n";
    let expected =
        ["2:5: the instance has no `name`", "2:10: `10.0.0.256` is not a valid IP address"];
    assert_eq!(messages(missing), expected);
    let empty = messages("instances:\n  - name: \"\"\n");
    assert!(empty[0].contains("`` is not a valid filename"), "{empty:?}");
}

#[test]
fn what_yaml_takes_for_an_alias_is_to_be_quoted() {
    #[track_caller]
    fn check(text: &str, column: usize, message: &str, help: &str) {
        let text = format!("instances:\n  - name: n\n    dns: {text}\n");
        let Err(Error::Manifest { problems }) = Manifest::parse(&text) else { panic!("{text}") };
        let [problem] = problems.as_slice() else { panic!("{problems:?}") };
        let problem = &problem.problem;
        assert_eq!((problem.place.line, problem.place.column), (3, column), "{text}");
        assert_eq!(problem.message, message, "{text}");
        assert_eq!(problem.help.as_deref(), Some(help), "{text}");
    }

    let star = "a text that begins with `*` must be quoted";
    check("*.foo", 10, star, "quote it: \"*.foo\"");
    check("[a, *.foo]", 14, star, "quote it: \"*.foo\"");
    check("*", 10, star, "quote it: \"*\"");
    check("@a # mail", 10, "a text that begins with `@` must be quoted", "quote it: \"@a\"");
}

/// Elasticsearch drops the otherName of an empty `cn`; elasticsearch-certutil writes it all the same.
#[test]
fn an_empty_name_is_a_mistake_unless_certutil_reads() {
    let text = "instances:\n  - name: n\n    cn: [a, \"\"]\n  - name: m\n    cn: \"\"\n";
    let expected = [
        "3:13: instance `n`: a `cn` is empty, and Elasticsearch drops it",
        "5:9: instance `m`: a `cn` is empty, and Elasticsearch drops it",
    ];
    assert_eq!(messages(text), expected);
    let instances = Manifest::parse_as_certutil(text).unwrap().instances;
    assert_eq!(instances[0].common_names, ["a", ""]);
    assert_eq!(instances[1].common_names, [""]);
}
