//! Whatever the bytes, there is an answer, and places lie within the file.

use crosstrust_restrictions::Linter;
use crosstrust_restrictions::Loaded;
use crosstrust_restrictions::Restrictions;
use crosstrust_restrictions::add;
use crosstrust_settings::Place;
use proptest::prelude::Strategy;
use proptest::prelude::any;
use proptest::prop_assert;
use proptest::prop_assert_eq;
use proptest::proptest;

/// Text made of the pieces that YAML gives a meaning.
fn yaml() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(vec![
        "trust.subject_name:",
        "trust:",
        "subject_name:",
        "\n",
        "\n  ",
        "\n  - ",
        " ",
        "- ",
        "\t",
        "'",
        "\"",
        "*",
        "&",
        "!",
        "!!str ",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        ": ",
        "?",
        "? ",
        "|",
        "|-",
        ">",
        "#",
        " #",
        "---",
        "...",
        "%",
        "\\",
        "\\u00e9",
        "a",
        "b.c",
        "é",
        "😀",
        "\r\n",
        "\u{85}",
        "\u{feff}",
        "0",
        "1",
        "true",
        "~",
        "''",
    ]);
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn within(place: Place, text: &str) -> bool {
    place.line >= 1 && place.column >= 1 && text.get(place.start..place.end).is_some()
}

proptest! {
    #[test]
    fn bytes_are_answered(bytes in any::<Vec<u8>>(), json in any::<bool>()) {
        let _ = Loaded::parse(if json { "t.json" } else { "t.yml" }, &bytes);
    }

    #[test]
    fn places_lie_within_the_text(text in yaml()) {
        match Loaded::parse("t.yml", text.as_bytes()) {
            Ok(loaded) => {
                prop_assert!(loaded.items().iter().all(|item| within(item.place, &text)));
                let mut keys = loaded.ignored_keys().iter();
                prop_assert!(keys.all(|key| within(key.place, &text)));
            }
            Err(error) => {
                prop_assert!(error.place().is_none_or(|place| within(place, &text)));
            }
        }
    }

    #[test]
    fn adding_a_pattern_adds_it_and_nothing_else(text in yaml()) {
        let text = format!("trust.subject_name: a\n{text}");
        if let Ok(edited) = add("t.yml", text.as_bytes(), &["it's *"]) {
            let before = Loaded::parse("t.yml", text.as_bytes()).unwrap();
            let after = Loaded::parse("t.yml", edited.text.as_bytes()).unwrap();
            prop_assert_eq!(after.items().len(), before.items().len() + edited.added.len());
            prop_assert_eq!(after.items().last().map(|item| item.text.as_str()), Some("it's *"));
        }
    }

    #[test]
    fn a_file_has_a_finding_of_an_error_if_elasticsearch_refuses_it(text in yaml()) {
        let report = Linter::new().lint("t.yml", text.as_bytes());
        let refused = Restrictions::parse("t.yml", text.as_bytes()).is_err();
        prop_assert!(!refused || report.has_errors());
    }

    #[test]
    fn a_fixed_file_is_read_and_has_nothing_left_to_fix(text in yaml()) {
        let text = format!("trust.subject_name:\n  - 'a.example'{text}");
        if let Ok(fixed) = Linter::new().fix("t.yml", text.as_bytes()) {
            prop_assert!(Restrictions::parse("t.yml", fixed.text.as_bytes()).is_ok());
            let again = Linter::new().fix("t.yml", fixed.text.as_bytes()).unwrap();
            prop_assert_eq!((again.text, again.changes), (fixed.text, 0));
        }
    }
}
