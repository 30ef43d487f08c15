//! What hostile patterns cost: an answer or a refusal, soon.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test may panic")]

use std::time::Duration;
use std::time::Instant;

use crosstrust_pattern::ErrorKind;
use crosstrust_pattern::Pattern;

/// Far above what any of these takes, and far below a hang.
const PATIENCE: Duration = Duration::from_secs(20);

#[track_caller]
fn refused(text: &str) -> ErrorKind {
    let start = Instant::now();
    let kind = Pattern::parse(text).expect_err("refused").kind;
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
    kind
}

#[track_caller]
fn built(text: &str) -> Pattern {
    let start = Instant::now();
    let pattern = Pattern::parse(text).expect("built");
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
    pattern
}

/// Lucene takes it: its effort is that of `/.*a.{12}/`, however many ranges the class has.
#[test]
fn a_class_of_many_ranges_costs_no_more_than_one() {
    let pattern = built("/.*[acegikmoqsuwyACEGIKMOQSUWY02468].{12}/");
    assert!(pattern.matches("a123456789012"));
    assert!(!pattern.matches("b123456789012"));
}

#[test]
fn what_lucene_would_not_determinise_is_refused() {
    #[track_caller]
    fn check(text: &str) {
        assert_eq!(refused(text), ErrorKind::TooComplex { limit: 100_000 }, "{text}");
    }

    check("/(a|b)*a(a|b){18}/");
    check("/(a|b)*a(a|b){60}/");
    check("/.*a.{20}/");
    check("/~(.*a.{20})/");
    check(&format!("*a{}", "?".repeat(30)));
    check(&format!("*{}", "a".repeat(1_000)));
    check(&format!("*a{}*b{}", "?".repeat(12), "?".repeat(12)));
}

#[test]
fn what_would_not_fit_in_memory_is_refused() {
    #[track_caller]
    fn check(text: &str) {
        assert_eq!(refused(text), ErrorKind::TooLarge { limit: 3_000_000 }, "{}", text.len());
    }

    check("/((a{1000}){1000}){1000}/");
    check("/a{2147483647}/");
    check("/(){2147483647}/");
    check("/(((a?){500}){500}){500}/");
    check(&format!("/a{}/", "{2}".repeat(60)));
}

#[test]
fn deep_nesting_is_refused() {
    let limit = ErrorKind::NestedTooDeeply { limit: 1_000 };
    assert_eq!(refused(&format!("/{}a{}/", "(".repeat(100_000), ")".repeat(100_000))), limit);
    assert_eq!(refused(&format!("/{}a/", "~".repeat(100_000))), limit);
    assert!(built(&format!("/{}a{}/", "(".repeat(900), ")".repeat(900))).matches("a"));
}

#[test]
fn long_patterns_are_built_when_they_are_simple() {
    assert!(built(&"*".repeat(50_000)).matches("anything"));
    assert!(built(&"a".repeat(1_000_000)).matches(&"a".repeat(1_000_000)));
    assert!(built(&format!("/a{}/", "*".repeat(50_000))).matches("aaa"));
    assert!(built(&format!("/a{}/", "+".repeat(50_000))).matches("aaa"));
    assert!(built(&format!("/a{}/", "*?".repeat(20_000))).matches("aaa"));
    assert!(built(&format!("/{}/", "a|".repeat(20_000) + "b")).matches("b"));
    assert!(built("/a{20000}/").matches(&"a".repeat(20_000)));
    assert!(!built("/#{0,2147483647}/").matches("a"));
}

#[test]
fn long_patterns_of_many_parts_come_to_an_end() {
    #[track_caller]
    fn check(text: &str) {
        let start = Instant::now();
        let name = "a".repeat(100);
        let matches = Pattern::parse(text).map(|pattern| pattern.matches(&name));
        assert!(start.elapsed() < PATIENCE, "{:?}: {matches:?}", start.elapsed());
    }

    let letters = ('\u{100}'..'\u{D000}').step_by(2).collect::<String>();
    check(&"*a".repeat(300_000));
    check(&"*a?".repeat(300_000));
    check(&format!("/[{letters}]&[{letters}]/"));
    check(&format!("/([{letters}]|a)&([{letters}]|b)/"));
    check(&format!("/[{letters}]{{100}}/"));
    check(&format!("/{}/", "a?".repeat(100_000)));
    check(&format!("/{}/", "[ab]*".repeat(100_000)));
    check(&format!("/{}a/", "a|".repeat(300_000)));
    check(&format!("/{}/", "\\d".repeat(100_000)));
    check(&format!("/{}a/", "~".repeat(999)));
    check(&format!("/({}a/", ".*(a|b)&".repeat(20)));
}

#[test]
fn matching_is_linear_in_the_name() {
    let name = "ab".repeat(1_000_000);
    let start = Instant::now();
    for text in ["*a*b*a*b*a*b*c", "*a?b*c", "/(a|b)*c/", "*abababababababac*"] {
        assert!(!Pattern::parse(text).unwrap().matches(&name), "{text}");
    }
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
}
