//! `instances.yml`: what was read can be written, and is then read as the same.

use crosstrust_issue::{Error, Manifest};

pub(crate) fn run(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else { return };
    match Manifest::parse(text) {
        Ok(manifest) => {
            if let Ok(written) = manifest.to_text() {
                let again = Manifest::parse(&written).map(unnamed);
                assert_eq!(again, Ok(unnamed(manifest)), "{written}");
            }
        }
        Err(Error::Manifest { problems }) => {
            assert!(!problems.is_empty(), "refused for no reason");
            let lines = text.matches(LINE_BREAKS).count() + 1;
            for problem in problems {
                let place = problem.problem.place;
                assert!((1..=lines).contains(&place.line), "{problem} in line {}", place.line);
                assert!(place.column >= 1, "{problem}");
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Without the names, which say the subjects as somebody spelled them.
fn unnamed(mut manifest: Manifest) -> Manifest {
    manifest.instances.iter_mut().for_each(|instance| instance.name.clear());
    manifest
}

/// What ends a line of YAML 1.1, section 4.2; carriage return and line feed together count twice.
const LINE_BREAKS: [char; 5] = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];
