//! What is said of files that Elasticsearch refuses, and where.

use crosstrust_restrictions::Error;
use crosstrust_restrictions::Loaded;
use crosstrust_restrictions::Restrictions;
use crosstrust_settings::ErrorKind;

/// The documentation's example, whose stars nobody quoted.
const DOCUMENTED: &str = "\
trust.subject_name:
  - *.node.aaaabbbbaaaabbbb.cluster.1053523734.account
  - *.node.xxxxyyyyxxxxyyyy.cluster.1053523734.account
  - *.node.*.cluster.83988631.account
  - node*.example.com
";

#[test]
fn the_documented_example_is_refused_at_its_first_star_and_the_remedy_is_named() {
    let error = Restrictions::parse("trust.yml", DOCUMENTED.as_bytes()).unwrap_err();
    let place = error.place().unwrap();
    assert_eq!((place.line, place.column), (2, 5));
    let excerpt = error.excerpt().unwrap();
    assert_eq!(excerpt.text, "  - *.node.aaaabbbbaaaabbbb.cluster.1053523734.account");
    assert_eq!((excerpt.caret, excerpt.width), (4, 50));
    assert_eq!(
        error.help().unwrap(),
        "quote it: '*.node.aaaabbbbaaaabbbb.cluster.1053523734.account'"
    );
}

#[test]
fn quoted_the_documented_example_admits_and_refuses_the_right_names() {
    #[track_caller]
    fn check(name: &str, expected: Option<usize>) {
        let quoted: String = DOCUMENTED
            .lines()
            .map(|line| match line.strip_prefix("  - ") {
                Some(item) => format!("  - '{item}'\n"),
                None => format!("{line}\n"),
            })
            .collect();
        let restrictions = Restrictions::parse("trust.yml", quoted.as_bytes()).unwrap();
        let names = [name];
        assert_eq!(restrictions.judge(&names).map(|found| found.pattern), expected);
    }

    check("i1.node.aaaabbbbaaaabbbb.cluster.1053523734.account", Some(0));
    check("i1.node.xxxxyyyyxxxxyyyy.cluster.1053523734.account", Some(1));
    check("i1.node.anything.cluster.83988631.account", Some(2));
    check("node12.example.com", Some(3));
    check("i1.node.aaaabbbbaaaabbbb.cluster.83988632.account", None);
    check("i1.node.aaaabbbbaaaabbbb.cluster.1053523734.account.example", None);
    check("NODE12.example.com", None);
}

#[test]
fn the_first_pattern_in_file_order_is_named_whichever_name_it_matches() {
    let file = b"trust.subject_name: ['a*', '*b']";
    let restrictions = Restrictions::parse("trust.yml", file).unwrap();
    let names = ["xb", "ax"];
    let found = restrictions.judge(&names).unwrap();
    assert_eq!((found.name, found.pattern), ("ax", 0));
    assert_eq!(restrictions.judge::<&str>(&[]), None);
}

#[test]
fn faults_have_the_place_where_a_person_looks() {
    #[track_caller]
    fn check(text: &str, line: usize, column: usize, shown: &str) {
        let error = Restrictions::parse("trust.yml", text.as_bytes()).unwrap_err();
        let place = error.place().unwrap();
        assert_eq!((place.line, place.column), (line, column), "{error}");
        assert_eq!(&text[place.start..place.end], shown, "{error}");
    }

    check("trust.subject_name: [*.a, *.b]\n", 1, 22, "*.a");
    check("trust.subject_name:\n  - * # all\n", 2, 5, "*");
    check("trust.subject_name:\n\t- a\n", 2, 1, "");
    check("trust.subject_name:\n  - \"/a\\.b/\"\n", 2, 8, "\\.");
    check("trust.subject_name:\n  - 'a\n", 2, 5, "");
    check("a: 1\nb: 2\na: 3\n", 3, 1, "a");
    check("trust.subject_name:\n  - é: x\n", 2, 5, "");
    check("trust.subject_name:\n  - 'é'\n  - '/a[/'\n", 3, 8, "[");
    check("trust.subject_name:\n  - '/é|'\n", 2, 8, "|");
    check("trust.subject_name: 'a, /b'\n", 1, 26, "b");
    check("a:\u{7}", 1, 3, "");
}

fn kind(error: &Error) -> &ErrorKind {
    match error {
        Error::Settings(error) => error.kind(),
        _ => panic!("not refused by the settings loader: {error}"),
    }
}

#[test]
fn bytes_that_are_not_utf_8_are_found_where_they_stand() {
    let error = Loaded::parse("trust.yml", b"# \xc3\xa9\na: \xe9").unwrap_err();
    let place = error.place().unwrap();
    assert_eq!(*kind(&error), ErrorKind::NotUtf8 { byte: 0xe9 });
    assert_eq!((place.line, place.column), (2, 4));
    let utf_16 = b"\xff\xfea\0:\0 \0b\0";
    let error = Loaded::parse("trust.yml", utf_16).unwrap_err();
    assert_eq!(*kind(&error), ErrorKind::NotUtf8 { byte: 0xff });
}

#[test]
fn a_file_that_costs_too_much_is_refused_with_the_bound() {
    #[track_caller]
    fn check(name: &str, text: &str, expected: &ErrorKind) {
        let error = Loaded::parse(name, text.as_bytes()).unwrap_err();
        assert_eq!(kind(&error), expected);
    }

    let deep = ErrorKind::NestedTooDeep { limit: 1000 };
    check("t.yml", &"[".repeat(100_000), &ErrorKind::NestedTooDeep { limit: 1000 });
    check("t.yml", &"{a: ".repeat(100_000), &deep);
    check("t.json", &"{\"a\": ".repeat(100_000), &deep);
    let indented = |indent: usize| " ".repeat(indent) + "a:\n";
    let block: String = (0..1002).map(indented).collect();
    check("t.yml", &block, &deep);
    let (bytes, limit) = ((16 << 20) + 1, 16 << 20);
    check("t.yml", &"#".repeat(bytes), &ErrorKind::TooLarge { bytes, limit });
    let many = format!("a: [{}]", "1,".repeat(1_000_001));
    check("t.yml", &many, &ErrorKind::TooManyValues { limit: 1_000_000 });
    let name = "a".repeat(100_000);
    let entry = |number: usize| "\"".to_owned() + &number.to_string() + "\": 1,";
    let long: String = (0..1000).map(entry).collect();
    let long = format!("{{\"{name}\": {{{long} \"x\": 1}}}}");
    check("t.json", &long, &ErrorKind::KeysTooLong { limit: 64 << 20 });
}

#[test]
fn laughs_are_not_multiplied() {
    let text = "\
a: &a lol
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
trust.subject_name: [*b, *b, *b, *b, *b, *b, *b, *b]
";
    let loaded = Loaded::parse("t.yml", text.as_bytes()).unwrap();
    assert!(loaded.items().iter().all(|item| item.text == "b"));
}
