//! Tests of adding to a file and merging two.

use super::EditError;
use super::add;
use super::merge;

#[track_caller]
fn check_named(name: &str, before: &str, after: &str) {
    let edited = add(name, before.as_bytes(), &["*.new"]).unwrap();
    assert_eq!(edited.text, after);
    assert_eq!(edited.added, ["*.new"]);
    let again = add(name, edited.text.as_bytes(), &["*.new"]).unwrap();
    assert_eq!((again.text, again.added), (edited.text, Vec::new()));
}

#[test]
fn a_pattern_goes_to_the_end_of_the_list_and_the_rest_stays() {
    #[track_caller]
    fn check(before: &str, after: &str) {
        check_named("t.yml", before, after);
    }

    check(
        "# head\ntrust.subject_name: # list\n  - \"a\" # first\n  # between\n  - b   # last\n\n# foot\nother: 1\n",
        "# head\ntrust.subject_name: # list\n  - \"a\" # first\n  # between\n  - b   # last\n  - '*.new'\n\n# foot\nother: 1\n",
    );
    check("trust.subject_name:\n- a", "trust.subject_name:\n- a\n- '*.new'\n");
    check(
        "trust:\r\n  subject_name:\r\n    - a\r\n",
        "trust:\r\n  subject_name:\r\n    - a\r\n    - '*.new'\r\n",
    );
    check(
        "trust.subject_name:\n  - |\n    a\nother: 1\n",
        "trust.subject_name:\n  - |\n    a\n  - '*.new'\nother: 1\n",
    );
    check(
        "trust.subject_name:\n  - a\n    b\nother: 1\n",
        "trust.subject_name:\n  - a\n    b\n  - '*.new'\nother: 1\n",
    );
}

#[test]
fn what_lets_nobody_in_is_not_added_and_a_refused_file_stays() {
    let file = b"trust.subject_name:\n  - /a\n";
    assert!(matches!(add("t.yml", file, &["*.new"]), Err(EditError::File(_))));
    for pattern in ["", "/#/", "/a&b/"] {
        let refused = EditError::MatchesNothing { pattern: pattern.to_owned() };
        assert_eq!(add("t.yml", b"trust.subject_name: [a]\n", &[pattern]), Err(refused));
    }
}

#[test]
fn a_list_in_brackets_stays_in_brackets() {
    #[track_caller]
    fn check(before: &str, after: &str) {
        check_named("t.yml", before, after);
    }

    check("trust.subject_name: [a, \"b\"] # c\n", "trust.subject_name: [a, \"b\", '*.new'] # c\n");
    check("trust.subject_name: [a, b, ]\n", "trust.subject_name: [a, b, '*.new', ]\n");
    check("trust.subject_name: []\n", "trust.subject_name: ['*.new']\n");
    check("{trust: {subject_name: [a]}}", "{trust: {subject_name: [a, '*.new']}}");
}

#[test]
fn a_scalar_becomes_a_list_of_what_it_was_read_as() {
    #[track_caller]
    fn check(before: &str, after: &str) {
        check_named("t.yml", before, after);
    }

    check("trust.subject_name: \"a, b\" # c\n", "trust.subject_name: ['a', 'b', '*.new'] # c\n");
    check("trust.subject_name: a\nother: 1\n", "trust.subject_name: ['a', '*.new']\nother: 1\n");
    check(
        "trust.subject_name: |\n  a\nother: 1\n",
        "trust.subject_name: ['a', '*.new']\nother: 1\n",
    );
    check("trust.subject_name: ''\n", "trust.subject_name: ['*.new']\n");
}

#[test]
fn numbered_keys_are_counted_on() {
    check_named(
        "t.yml",
        "trust.subject_name.0: a\ntrust.subject_name.1: b # c\nother: 1\n",
        "trust.subject_name.0: a\ntrust.subject_name.1: b # c\n'trust.subject_name.2': '*.new'\nother: 1\n",
    );
    check_named(
        "t.yml",
        "trust:\n  subject_name:\n    0: a\n",
        "trust:\n  subject_name:\n    0: a\n    '1': '*.new'\n",
    );
    check_named(
        "t.json",
        "{\"trust\": {\"subject_name\": {\"0\": \"a\"}}}",
        "{\"trust\": {\"subject_name\": {\"0\": \"a\", \"1\": \"*.new\"}}}",
    );
}

#[test]
fn a_missing_key_is_added() {
    check_named("t.yml", "", "trust.subject_name:\n  - '*.new'\n");
    check_named("t.yml", "# c", "# c\ntrust.subject_name:\n  - '*.new'\n");
    check_named("t.yml", "other: 1\n...\n", "other: 1\ntrust.subject_name:\n  - '*.new'\n...\n");
    check_named("t.yml", "{}", "{\"trust.subject_name\": ['*.new']}");
    check_named("t.yml", "{other: 1}", "{\"trust.subject_name\": ['*.new'], other: 1}");
    check_named("t.json", "", "{\"trust.subject_name\": [\"*.new\"]}\n");
    check_named("t.json", "{\"a\": [1]}", "{\"trust.subject_name\": [\"*.new\"], \"a\": [1]}");
}

#[test]
fn json_stays_json() {
    check_named(
        "t.json",
        "{\"trust.subject_name\": [\"a\"] /* c */}",
        "{\"trust.subject_name\": [\"a\", \"*.new\"] /* c */}",
    );
    check_named(
        "t.json",
        "{\"trust.subject_name\": \"a,b\"}",
        "{\"trust.subject_name\": [\"a\", \"b\", \"*.new\"]}",
    );
}

#[test]
fn of_two_lists_the_one_that_counts_is_added_to() {
    check_named(
        "t.yml",
        "trust.subject_name: [a]\ntrust:\n  subject_name: [b]\n",
        "trust.subject_name: [a]\ntrust:\n  subject_name: [b, '*.new']\n",
    );
}

#[test]
fn merging_adds_what_is_missing() {
    let (a, b) =
        ("trust.subject_name:\n  - a\n  - b\n", "{\"trust.subject_name\": [\"b\", \"c\", \"d\"]}");
    let edited = merge("a.yml", a.as_bytes(), "b.json", b.as_bytes()).unwrap();
    assert_eq!(edited.text, "trust.subject_name:\n  - a\n  - b\n  - 'c'\n  - 'd'\n");
    assert_eq!(edited.added, ["c", "d"]);
}

#[test]
fn what_elasticsearch_refuses_is_not_edited() {
    assert!(matches!(add("t.yml", b"a", &["x"]), Err(EditError::File(_))));
    assert!(matches!(add("t.yml", b"", &["/x"]), Err(EditError::Pattern { .. })));
    assert!(matches!(merge("a.yml", b"", "b.txt", b""), Err(EditError::Other(_))));
    assert!(matches!(add("t.yml", b"trust.subject_name.0: [a]", &["x"]), Err(EditError::Unusual)));
}
