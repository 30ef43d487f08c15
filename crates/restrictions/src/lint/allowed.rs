//! Findings that a comment of the file allows: `# crosstrust: allow TR042 — why`.

use std::collections::BTreeSet;

use crate::loaded::Loaded;
use crate::place::Place;

/// The codes that are allowed, each with the line it is allowed on.
#[derive(Debug, Default)]
pub(super) struct Allowed(BTreeSet<(usize, String)>);

impl Allowed {
    /// Reads the comments of a file. One behind something speaks of its own line, one on a line of
    /// its own of the next line that is not a comment.
    pub(super) fn read(loaded: &Loaded) -> Self {
        let mut allowed = BTreeSet::new();
        let comment_lines: BTreeSet<usize> = loaded
            .comments()
            .iter()
            .filter(|place| stands_alone(&loaded.text, **place))
            .map(|place| place.line)
            .collect();
        for place in loaded.comments() {
            let comment = loaded.text.get(place.start..place.end).unwrap_or_default();
            let Some((_, codes)) = comment.split_once(KEYWORD) else { continue };
            let mut line = place.line;
            while comment_lines.contains(&line) {
                line = line.saturating_add(1);
            }
            let words = codes.split([' ', ',', '\t']).filter(|word| !word.is_empty());
            let codes = words.take_while(|word| is_code(word));
            allowed.extend(codes.map(|code| (line, code.to_owned())));
        }
        Self(allowed)
    }

    /// Whether a finding of a rule is allowed at a place.
    pub(super) fn covers(&self, code: &str, place: Option<Place>) -> bool {
        place.is_some_and(|place| self.0.contains(&(place.line, code.to_owned())))
    }
}

fn stands_alone(text: &str, comment: Place) -> bool {
    let before = text.get(..comment.start).unwrap_or_default().trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with(['\n', '\r', '\u{feff}'])
}

fn is_code(word: &str) -> bool {
    word.strip_prefix("TR").is_some_and(|digits| digits.chars().all(|digit| digit.is_ascii_digit()))
}

/// What makes a comment speak to the linter.
const KEYWORD: &str = "crosstrust: allow";
