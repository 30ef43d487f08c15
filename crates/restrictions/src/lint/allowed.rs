//! Findings that a comment of the file allows: `# crosstrust: allow TR042 — why`.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::loaded::Loaded;
use crate::rules;
use crate::rules::allowed_without_effect;
use crate::rules::allowed_without_reason;
use crosstrust_settings::Place;

/// What the comments of a file allow.
#[derive(Debug, Default)]
pub(super) struct Allowed {
    /// For each line and code that is allowed there, where that is said and whether it had effect.
    permits: BTreeMap<(usize, String), Permit>,
    /// Comments that allow something and do not say why.
    unreasoned: Vec<Place>,
}

#[derive(Debug)]
struct Permit {
    place: Place,
    used: bool,
}

impl Allowed {
    /// Reads the comments of a file. One behind something speaks of its own line, one on a line of
    /// its own of the next line that is not a comment.
    pub(super) fn read(loaded: &Loaded) -> Self {
        let mut allowed = Self::default();
        let comment_lines: BTreeSet<usize> = loaded
            .comments()
            .iter()
            .filter(|place| stands_alone(loaded.text(), **place))
            .map(|place| place.line)
            .collect();
        for place in loaded.comments() {
            let comment = loaded.text().get(place.start..place.end).unwrap_or_default();
            let Some(position) = comment.find(KEYWORD) else { continue };
            let mut line = place.line;
            // The reason may stand in the comment below.
            let next = line.saturating_add(1);
            let goes_on = comment_lines.contains(&line) && comment_lines.contains(&next);
            let unreasoned = allowed.unreasoned.len();
            while comment_lines.contains(&line) {
                line = line.saturating_add(1);
            }
            allowed.read_codes(comment, position.saturating_add(KEYWORD.len()), *place, line);
            if goes_on {
                allowed.unreasoned.truncate(unreasoned);
            }
        }
        allowed
    }

    /// Reads the codes that begin at a byte of a comment.
    fn read_codes(&mut self, comment: &str, position: usize, whole: Place, line: usize) {
        let mut position = position;
        loop {
            let rest = comment.get(position..).unwrap_or_default();
            let word = rest.trim_start_matches(BETWEEN);
            let start = comment.len().saturating_sub(word.len());
            let letters = |character: char| !character.is_ascii_alphanumeric();
            let code = word.split(letters).next().unwrap_or_default();
            if !is_code(code) {
                if word.trim_start_matches(BEFORE_REASON).trim_end_matches("*/").trim().is_empty() {
                    self.unreasoned.push(whole);
                }
                return;
            }
            position = start.saturating_add(code.len());
            let place = within(whole, comment, start, code.len());
            self.permits
                .entry((line, code.to_ascii_uppercase()))
                .or_insert(Permit { place, used: false });
        }
    }

    /// Whether a remark is allowed where it stands, and may be.
    pub(super) fn covers(&mut self, remark: &Remark) -> bool {
        let Some(place) = remark.place else { return false };
        let permit = self.permits.get_mut(&(place.line, remark.rule.code.to_owned()));
        // What Elasticsearch refuses cannot be allowed.
        let Some(permit) = permit.filter(|_| remark.rule.severity != Severity::Error) else {
            return false;
        };
        permit.used = true;
        true
    }

    /// What is to be said of the comments themselves.
    pub(super) fn remarks(self) -> Vec<Remark> {
        let unreasoned = self.unreasoned.into_iter().map(|place| {
            let message = "the comment does not say why the finding is allowed";
            Remark::new(&allowed_without_reason::RULE, message).at(place)
        });
        let unused = self.permits.into_iter().filter(|(_, permit)| !permit.used);
        let vain = unused.filter_map(|((_, code), permit)| {
            Some(Remark::new(&allowed_without_effect::RULE, reason(&code)?).at(permit.place))
        });
        unreasoned.chain(vain).collect()
    }
}

/// Why a comment has no effect; none if it might have, were more known.
fn reason(code: &str) -> Option<String> {
    match rules::explain(code) {
        None => Some(format!("there is no rule `{code}`")),
        Some(rule) if rule.severity == Severity::Error => {
            Some(format!("`{code}` is an error, which no comment can allow"))
        }
        Some(rule) if rules::depends_on_more(rule) => None,
        Some(_) => Some(format!("`{code}` is not found on the line that the comment speaks of")),
    }
}

/// A part of a comment.
fn within(whole: Place, comment: &str, start: usize, length: usize) -> Place {
    let before = comment.get(..start).unwrap_or_default();
    let (lines, last) = (before.matches('\n').count(), before.rsplit('\n').next());
    let characters = last.unwrap_or(before).chars().count();
    let column = if lines == 0 { whole.column } else { 1 };
    let start = whole.start.saturating_add(start);
    Place {
        line: whole.line.saturating_add(lines),
        column: column.saturating_add(characters),
        start,
        end: start.saturating_add(length),
    }
}

fn stands_alone(text: &str, comment: Place) -> bool {
    let before = text.get(..comment.start).unwrap_or_default().trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with(['\n', '\r', '\u{feff}'])
}

fn is_code(word: &str) -> bool {
    let digits = word.strip_prefix("TR").or_else(|| word.strip_prefix("tr"));
    digits.is_some_and(|digits| {
        !digits.is_empty() && digits.chars().all(|digit| digit.is_ascii_digit())
    })
}

/// What makes a comment speak to the linter.
const KEYWORD: &str = "crosstrust: allow";

/// What stands between codes.
const BETWEEN: [char; 4] = [' ', ',', '\t', '\n'];

/// What may stand between the codes and the reason.
const BEFORE_REASON: [char; 5] = ['-', '\u{2013}', '\u{2014}', ':', ' '];
