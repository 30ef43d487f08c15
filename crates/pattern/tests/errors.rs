//! Where each kind of mistake is found. That they are mistakes is settled by Lucene.

use crosstrust_pattern::Error;
use crosstrust_pattern::ErrorKind;
use crosstrust_pattern::Pattern;

#[track_caller]
fn check(text: &str, offset: usize, kind: ErrorKind) {
    assert_eq!(Pattern::parse(text).err(), Some(Error { offset, kind }), "{text}");
}

#[test]
fn a_slash_at_the_start_wants_one_at_the_end() {
    check("/", 0, ErrorKind::UnterminatedRegex);
    check("/abc", 3, ErrorKind::UnterminatedRegex);
    check("/é/ ", 3, ErrorKind::UnterminatedRegex);
}

#[test]
fn an_operator_wants_something_after_it() {
    let dangling = |operator| ErrorKind::DanglingOperator { operator };
    check("/a|/", 2, dangling('|'));
    check("/ab&/", 3, dangling('&'));
    check("/~/", 1, dangling('~'));
    check("/a~~/", 3, dangling('~'));
    check("/(a|/", 3, dangling('|'));
    check("/a\\/", 2, ErrorKind::TrailingBackslash);
}

#[test]
fn brackets_come_in_pairs() {
    check("/x(a/", 2, ErrorKind::UnclosedGroup);
    check("/(/", 1, ErrorKind::UnclosedGroup);
    check("/(a|)/", 1, ErrorKind::UnclosedGroup);
    check("/a)b/", 2, ErrorKind::UnmatchedGroupEnd);
    check("/é[ab/", 2, ErrorKind::UnclosedClass);
    check("/[]/", 1, ErrorKind::UnclosedClass);
    check("/[/", 1, ErrorKind::EmptyClass);
    check("/[^/", 1, ErrorKind::EmptyClass);
    check("/a\"b/", 2, ErrorKind::UnclosedQuote);
    check("/a<1-9/", 2, ErrorKind::UnclosedInterval);
    check("/a{2,/", 2, ErrorKind::UnclosedCount);
    check("/a{2 }/", 2, ErrorKind::UnclosedCount);
}

#[test]
fn counts_and_ranges_are_in_order() {
    check("/a{,3}/", 2, ErrorKind::MissingCount);
    check("/a{/", 2, ErrorKind::MissingCount);
    check("/a{3,2}/", 2, ErrorKind::ReversedCounts { min: 3, max: 2 });
    check("/a{2147483648}/", 3, ErrorKind::CountTooLarge { digits: "2147483648".to_owned() });
    check("/x[c-a]/", 3, ErrorKind::ReversedRange { first: 'c', last: 'a' });
    check("/[a-]/", 2, ErrorKind::ReversedRange { first: 'a', last: ']' });
    check("/#{2}/", 0, ErrorKind::EmptyRepetition);
}

#[test]
fn words_without_a_meaning_are_named() {
    check(r"/a\q/", 2, ErrorKind::UnknownEscape { letter: 'q' });
    check(r"/[\b]/", 2, ErrorKind::UnknownEscape { letter: 'b' });
    check("/<foo>/", 1, ErrorKind::NamedAutomaton { name: "foo".to_owned() });
    check("/<-9>/", 1, ErrorKind::InvalidInterval { text: "-9".to_owned() });
    check("/<1-99999999999>/", 1, ErrorKind::InvalidInterval { text: "1-99999999999".to_owned() });
}

#[test]
fn messages_say_the_place_and_what_to_write() {
    #[track_caller]
    fn check(text: &str, message: &str) {
        assert_eq!(Pattern::parse(text).unwrap_err().to_string(), message);
    }

    check("/a|/", r"character 3: `|` has nothing after it; write `\|` to mean the character");
    check("/a{3,2}/", "character 3: the repetition `{3,2}` has its counts in the wrong order");
    check(
        "/a",
        "character 2: a pattern that starts with `/` is a regular expression and must end with \
         `/`; write `\\/` to mean the character",
    );
}
