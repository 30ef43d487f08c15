//! Trust restrictions files, as YAML and as JSON: read, linted, mended, added to.

use crosstrust_report::{Severity, print};
use crosstrust_restrictions::{EditError, Linter, Restrictions, add};

pub(crate) fn run(input: &[u8]) {
    exercise("trust.yml", input);
    if input.trim_ascii_start().starts_with(b"{") {
        exercise("trust.json", input);
    }
}

fn exercise(file_name: &str, input: &[u8]) {
    let read = Restrictions::parse(file_name, input);
    lint(file_name, input, read.is_ok());
    mend(file_name, input);
    if let Ok(restrictions) = read {
        let names = ["es1.node.east.example", ""];
        let one_by_one =
            restrictions.patterns().iter().any(|one| names.iter().any(|name| one.matches(name)));
        assert_eq!(restrictions.judge(&names).is_some(), one_by_one);
        assert!(
            one_by_one
                || restrictions.patterns().is_empty()
                || restrictions.nearest(&names).is_some()
        );
        add_to(file_name, input, &restrictions);
    }
}

/// What Elasticsearch refuses is an error of the lint, and every printer copes with the findings.
fn lint(file_name: &str, input: &[u8], accepted: bool) {
    let report = Linter::new().lint(file_name, input);
    let errors = report.findings().iter().any(|one| one.rule().severity == Severity::Error);
    assert!(accepted || errors, "refused, and the lint has no error");
    for text in [print::json(&report), print::sarif(&report, "0")] {
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "the report is no JSON");
    }
    let _ = (print::human(&report, print::Layout::default()), print::github(&report, false));
}

/// What is mended is accepted, and there is nothing left to mend.
fn mend(file_name: &str, input: &[u8]) {
    let Ok(fixed) = Linter::new().fix(file_name, input) else { return };
    assert!(Restrictions::parse(file_name, fixed.text.as_bytes()).is_ok(), "{}", fixed.text);
    let again = Linter::new().fix(file_name, fixed.text.as_bytes());
    assert!(again.is_ok_and(|again| again.text == fixed.text), "mended twice: {}", fixed.text);
}

/// A pattern that is added is the last one, and all others stay.
fn add_to(file_name: &str, input: &[u8], before: &Restrictions) {
    match add(file_name, input, &[ADDED]) {
        Ok(edited) => {
            let after = Restrictions::parse(file_name, edited.text.as_bytes());
            let texts = |file: &Restrictions| -> Vec<String> {
                file.items().iter().map(|item| item.text.clone()).collect()
            };
            let mut expected = texts(before);
            expected.extend(edited.added);
            assert_eq!(after.as_ref().map(texts).ok(), Some(expected), "{}", edited.text);
        }
        Err(error) => assert_eq!(error, EditError::Unusual),
    }
}

/// A pattern that needs quotes in YAML and escapes in JSON.
const ADDED: &str = r"/a'\.[0-9]+: #?/";
