//! Tests of the files that are generated.

use super::GenerateError;
use super::Generator;
use super::Grant;
use super::literal_pattern;
use crate::restrictions::Restrictions;

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

#[test]
fn a_pattern_that_matches_nothing_is_refused() {
    for pattern in ["/#/", "\u{1f600}*"] {
        let refused = GenerateError::MatchesNothing { pattern: pattern.to_owned() };
        assert_eq!(Generator::new().own_pattern(pattern).write().unwrap_err(), refused);
        assert_eq!(Grant::pattern(pattern), Err(refused));
    }
}

/// A name that was typed has hyphens; one that is read from a certificate may have anything.
#[test]
fn a_typed_name_has_no_dashes_and_letters_that_look_like_others() {
    for name in
        ["node\u{2013}1", "node\u{2010}1", "node\u{2212}1", "n\u{43E}de1", "\u{FF4E}ode", "a <1>"]
    {
        let refused = Grant::typed_name(name);
        assert!(matches!(refused, Err(GenerateError::CopiedAlong { .. })), "{name}");
        assert!(Grant::name(name).is_ok());
    }
    for name in ["node-1.example", "\u{43D}\u{43E}\u{434}", "n\u{F6}de"] {
        assert!(Grant::typed_name(name).is_ok(), "{name}");
    }
}

#[test]
fn a_file_begins_with_the_own_cluster_and_every_item_is_quoted() {
    let generated = Generator::new()
        .own_certificate("es1.crt", names(&["es1.node.c1.cluster.s1.account"]))
        .own_certificate("es2.crt", names(&["es2.node.c1.cluster.s1.account"]))
        .trust(Grant::cluster("c2@s2").unwrap())
        .trust(Grant::scope("s3").unwrap())
        .trust(Grant::eck("logs@prod").unwrap())
        .trust(Grant::name("what?").unwrap())
        .trust(Grant::pattern("it's-*").unwrap())
        .write()
        .unwrap();
    let body: Vec<&str> = generated.text.lines().skip(2).collect();
    assert_eq!(
        body,
        [
            "trust.subject_name:",
            "  # own cluster",
            "  - '*.node.c1.cluster.s1.account'",
            "  # cluster c2 of scope s2",
            "  - '*.node.c2.cluster.s2.account'",
            "  # every cluster of scope s3",
            "  - '*.node.*.cluster.s3.account'",
            "  # Elasticsearch logs in namespace prod",
            "  - '*.node.logs.prod.es.local'",
            "  # by name",
            "  - 'what\\?'",
            "  # by pattern",
            "  - 'it''s-*'",
        ]
    );
    let admitted: Vec<bool> =
        generated.admissions.iter().map(|admission| admission.matched.is_some()).collect();
    assert_eq!(admitted, [true, true]);
}

#[test]
fn own_names_become_the_pattern_of_their_cluster_if_they_tell_it() {
    #[track_caller]
    fn check(name: &str, expected: &str) {
        let generated = Generator::new().own_certificate("own", names(&[name])).write().unwrap();
        assert_eq!(generated.restrictions.items()[0].text, expected);
    }

    check(
        "node1.node.1234567abcd.cluster.myscope.account",
        "*.node.1234567abcd.cluster.myscope.account",
    );
    check("logs-es-default-0.node.logs.prod.es.local", "*.node.logs.prod.es.local");
    check("node1.cluster1.elasticsearch", "node1.cluster1.elasticsearch");
    check("a.node.*.cluster.s.account", "*.node.\\*.cluster.s.account");
    check("a.node..cluster.s.account", "a.node..cluster.s.account");
    check("node.c.cluster.s.account", "node.c.cluster.s.account");
    check("/a\\b*", "\\/a\\\\b\\*");
    check("two\nlines", "two\nlines");
    check("it's \u{200b}", "it's \u{200b}");
}

#[test]
fn a_file_that_would_lock_the_own_cluster_out_is_not_written() {
    #[track_caller]
    fn check(generator: &Generator, expected: &GenerateError) {
        assert_eq!(generator.write().map(|generated| generated.text), Err(expected.clone()));
    }

    let other = Generator::new().trust(Grant::scope("s").unwrap());
    check(&other, &GenerateError::NoOwnCluster);
    let nameless = other.clone().own_certificate("es1.crt", Vec::new());
    check(&nameless, &GenerateError::Nameless { certificate: "es1.crt".to_owned() });
    let locked = other.own_pattern("*.east").own_certificate("es1.crt", names(&["es1.west"]));
    let (certificate, names) = ("es1.crt".to_owned(), names(&["es1.west"]));
    check(&locked, &GenerateError::LockedOut { certificate, names });
}

#[test]
fn a_certificate_that_is_only_known_is_judged_and_not_let_in_for_it() {
    let generated = Generator::new()
        .own_pattern("*.east")
        .known_certificate("theirs", names(&["es1.west"]))
        .write()
        .unwrap();
    assert_eq!(generated.admissions[0].matched, None);
}

#[test]
fn ids_with_a_wildcard_or_a_dot_are_refused() {
    #[track_caller]
    fn check(
        grant: &Result<Grant, GenerateError>,
        what: &'static str,
        value: &str,
        character: char,
    ) {
        let value = value.to_owned();
        assert_eq!(*grant, Err(GenerateError::IdCharacter { what, value, character }));
    }

    check(&Grant::cluster("*@s"), "cluster id", "*", '*');
    check(&Grant::cluster("a.b@s"), "cluster id", "a.b", '.');
    check(&Grant::cluster("a@s?"), "scope id", "s?", '?');
    check(&Grant::scope("a.b.account"), "scope id", "a.b", '.');
    check(&Grant::eck("Logs@prod"), "Elasticsearch name", "Logs", 'L');
    check(&Grant::eck("logs@a.b"), "namespace", "a.b", '.');
    assert_eq!(Grant::cluster("@s"), Err(GenerateError::IdEmpty { what: "cluster id" }));
    assert_eq!(Grant::scope("s.account"), Grant::scope("s"));
    let form = "CLUSTER_ID@SCOPE_ID";
    assert_eq!(Grant::cluster("c"), Err(GenerateError::Malformed { value: "c".to_owned(), form }));
}

#[test]
fn a_name_that_cannot_be_matched_literally_is_refused() {
    let character = '😀';
    let name = "a😀".to_owned();
    assert_eq!(literal_pattern("a😀"), Err(GenerateError::BeyondReach { name, character }));
    assert_eq!(literal_pattern(""), Err(GenerateError::EmptyName));
}

#[test]
fn a_pattern_that_stands_twice_is_written_once() {
    let generated =
        Generator::new().own_pattern("a").trust(Grant::name("a").unwrap()).write().unwrap();
    assert_eq!(generated.restrictions.items().len(), 1);
}

#[test]
fn whatever_the_name_the_file_is_read_back_as_that_name_alone() {
    let tricky = [
        " a ",
        "- a",
        "# a",
        "a # b",
        "a: b",
        "[a]",
        "{a}",
        "&a",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a`",
        "'",
        "''",
        "\"",
        "\\",
        "~",
        "null",
        "true",
        "1",
        "a,b",
        "\u{85}",
        "\u{2028}",
        "\u{feff}a",
        "\t",
        "\r\n",
        "\u{7}",
        "---",
        "...",
        "?",
        "? a",
        "é",
        "日本",
    ];
    for name in tricky {
        let generated = Generator::new().trust(Grant::name(name).unwrap()).own_pattern("own");
        let text = generated.write().unwrap().text;
        let restrictions = Restrictions::parse("t.yml", text.as_bytes()).unwrap();
        assert_eq!(restrictions.items()[1].text, literal_pattern(name).unwrap());
        assert_eq!(restrictions.judge(&[name]).map(|found| found.pattern), Some(1), "{name:?}");
    }
}
