//! Patterns that need no name to be judged; those with names are in `tests/certificate_identity.tsv`.

use super::*;

#[test]
fn what_is_not_judged_is_named_with_its_place() {
    #[track_caller]
    fn check(pattern: &str, expected: &str, expected_at: usize) {
        let Err(PatternError::Unsupported { construct, at }) = JavaRegex::parse(pattern) else {
            panic!("{pattern} is judged");
        };
        assert!(construct.contains(expected), "{pattern}: {construct}");
        assert_eq!(at, expected_at, "{pattern}");
    }

    check("CN=(?!evil).*", "look-ahead", 3);
    check("(?<=x)a", "look-behind", 0);
    check("a(?>b)", "atomic", 1);
    check("a.*+b", "possessive", 2);
    check(r"(a)\1", "back-reference", 3);
    check(r"\bCN", "word boundary", 0);
    check("[a-z&&[^b]]", "intersection", 4);
    check("[a[b]]", "class within a class", 2);
    check(r"\p{L}+", "property `L`", 0);
    check("(?x) a", "modifier", 0);
    check(r"\Q.\E\1", "back-reference", 5);
}

#[test]
fn nothing_is_unbounded() {
    assert_eq!(JavaRegex::parse(&"a".repeat(20_000)).unwrap_err(), PatternError::TooLarge);
    assert_eq!(JavaRegex::parse(&"(".repeat(1_000)).unwrap_err(), PatternError::TooLarge);
    assert_eq!(JavaRegex::parse("((a{1000}){1000}){1000}").unwrap_err(), PatternError::TooLarge);
    let slow_elsewhere = JavaRegex::parse("(a|a)*(a*)*b").unwrap();
    assert!(!slow_elsewhere.matches(&"a".repeat(100_000)));
}
