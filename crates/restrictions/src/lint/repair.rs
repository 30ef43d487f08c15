//! What can be mended in a file that cannot be read, so that the rest of it can.

use super::fault::Fault;
use super::fault::Repair;
use super::fault::line_start;
use super::typography;
use crate::callout;
use crate::examine::Edit;
use crate::loaded::KEY;
use crate::rules::escape_in_double_quotes::meant;
use crosstrust_settings::Error;
use crosstrust_settings::ErrorKind;
use crosstrust_settings::Format;
use crosstrust_settings::Found;
use crosstrust_settings::Place;
use crosstrust_settings::quoted;

/// The remedies of a fault, and of its like on further lines; none if there is none.
pub(super) fn repairs(text: &str, error: &Error) -> Vec<Repair> {
    let Some(place) = error.place() else { return Vec::new() };
    let repairs = match error.kind() {
        ErrorKind::Escape { escape } if error.format() == Format::Json => {
            doubled_backslash(text, place, escape).into_iter().collect()
        }
        _ if error.format() == Format::Json => Vec::new(),
        ErrorKind::Alias { indicator: '*', text: item } => unquoted_stars(text, place, item),
        ErrorKind::Alias { indicator: '&', .. } => typography::repairs(text, place),
        ErrorKind::Escape { .. } => single_quotes(text, place, error.kind()).into_iter().collect(),
        ErrorKind::Misplaced { due, .. } => {
            let repairs = typography::repairs(text, place);
            if repairs.is_empty() { star_and_blank(text, place, due) } else { repairs }
        }
        ErrorKind::KeyWithoutColon | ErrorKind::UnclosedQuote { .. } => {
            typography::repairs(text, place)
        }
        ErrorKind::RootNotMapping { found: Found::List } => bare_list(text, place, error.kind()),
        ErrorKind::Tab => tabs(text, place),
        _ => Vec::new(),
    };
    repairs.into_iter().take(super::MOST_FINDINGS).collect()
}

/// Quotes for an item, without the call-out behind it.
fn quoting(place: Place, item: &str) -> Vec<Repair> {
    let (pattern, callout) = callout::at_end(item).unwrap_or((item, ""));
    let end = place.start.saturating_add(pattern.len());
    let mut repairs = vec![Repair {
        fault: Fault::Read(ErrorKind::Alias { indicator: '*', text: pattern.to_owned() }),
        place: Place { end: if callout.is_empty() { place.end } else { end }, ..place },
        edit: Edit::new(place.start, end, quoted(pattern)),
    }];
    if !callout.is_empty() {
        repairs.push(typography::without_callout(end, place.end, callout));
    }
    repairs
}

/// The item itself, and each item like it on a line of its own with the same indentation.
fn unquoted_stars(text: &str, place: Place, item: &str) -> Vec<Repair> {
    let mut repairs = quoting(place, item);
    let line_start = line_start(text, place.start);
    let lead = text.get(line_start..place.start).unwrap_or_default();
    if lead.trim() != "-" {
        repairs.extend(stars_after(text, place));
        return repairs;
    }
    let mut start = line_start;
    for line in text.get(line_start..).unwrap_or_default().split_inclusive('\n') {
        let item = line.strip_prefix(lead).filter(|_| start > line_start).map(without_comment);
        if let Some(item) = item.filter(|item| is_no_alias(item)) {
            let start = start.saturating_add(lead.len());
            let end = start.saturating_add(item.len());
            repairs.extend(quoting(Place { line: 0, column: 0, start, end }, item));
        }
        start = start.saturating_add(line.len());
    }
    repairs
}

/// An item that begins with a star, where YAML takes what follows a blank in it for something else.
fn star_and_blank(text: &str, place: Place, due: &str) -> Vec<Repair> {
    let line_start = line_start(text, place.start);
    let before = text.get(line_start..place.start).unwrap_or_default();
    let Some((lead, word)) = before.trim_end().rsplit_once('*') else { return Vec::new() };
    let in_brackets = due.contains([']', '}']);
    let begins =
        lead.trim_end().ends_with(['-', ':', '[', ',']) || (in_brackets && lead.trim().is_empty());
    if !begins || word.is_empty() || word.contains(NOT_IN_ALIASES) {
        return Vec::new();
    }
    let start = line_start.saturating_add(lead.len());
    let rest = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let rest = without_comment(rest);
    let item = if in_brackets {
        rest.split([',', ']', '}']).next().unwrap_or(rest).trim_end()
    } else {
        rest
    };
    let end = start.saturating_add(item.len());
    unquoted_stars(text, Place { line: 0, column: 0, start, end }, item)
}

/// The further items like it between the same brackets, if no quotes make that hard to tell.
fn stars_after(text: &str, place: Place) -> Vec<Repair> {
    let line = text.get(place.end..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let line = without_comment(line);
    if line.contains(['"', '\'']) {
        return Vec::new();
    }
    let mut start = place.end;
    let mut repairs = Vec::new();
    for part in line.split_inclusive(',') {
        let item = part.trim_start();
        let leading = part.len().saturating_sub(item.len());
        let item = item.trim_end_matches([',', ' ', ']', '}']);
        if is_no_alias(item) {
            let start = start.saturating_add(leading);
            let end = start.saturating_add(item.len());
            repairs.extend(quoting(Place { line: 0, column: 0, start, end }, item));
        }
        start = start.saturating_add(part.len());
    }
    repairs
}

fn without_comment(line: &str) -> &str {
    line.split(" #").next().unwrap_or(line).trim_end()
}

/// Whether an item begins with a star, and YAML could not take it for an alias.
fn is_no_alias(item: &str) -> bool {
    item.strip_prefix('*').is_some_and(|name| name.is_empty() || name.contains(NOT_IN_ALIASES))
}

/// In JSON a backslash that begins no escape was meant as itself. One before a `u` may have been
/// meant for a character.
fn doubled_backslash(text: &str, place: Place, escape: &str) -> Option<Repair> {
    let end = place.start.checked_add(1)?;
    let sure = text.get(place.start..end) == Some("\\") && !escape.starts_with("\\u");
    let edit = Edit::new(place.start, end, "\\\\");
    let kind = ErrorKind::Escape { escape: escape.to_owned() };
    sure.then_some(Repair { fault: Fault::Read(kind), place, edit })
}

/// Where a double-quoted text has a bad escape, its backslashes were meant as they stand.
fn single_quotes(text: &str, place: Place, kind: &ErrorKind) -> Option<Repair> {
    let line_start = line_start(text, place.start);
    let before = text.get(line_start..place.start)?;
    let start = line_start.checked_add(before.rfind('"')?)?;
    let after = text.get(place.start..)?.lines().next()?;
    let end = place.start.checked_add(after.find('"')?)?;
    let inner = text.get(start.checked_add(1)?..end)?;
    let edit = Edit::new(start, end.checked_add(1)?, quoted(&meant(inner)?));
    Some(Repair { fault: Fault::Read(kind.clone()), place, edit })
}

/// The key that a list of lines lacks.
fn bare_list(text: &str, place: Place, kind: &ErrorKind) -> Vec<Repair> {
    let start = line_start(text, place.start);
    let lead = text.get(start..place.start).unwrap_or_default();
    let is_block = text.get(place.start..).is_some_and(|list| list.starts_with('-'));
    if !lead.trim().is_empty() || !is_block {
        return Vec::new();
    }
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let edit = Edit::new(start, start, format!("{KEY}:{line_end}"));
    vec![Repair { fault: Fault::Read(kind.clone()), place, edit }]
}

/// A run of tabs, or all tabs in indentations if it is one of those.
fn tabs(text: &str, place: Place) -> Vec<Repair> {
    let in_line = line_start(text, place.start);
    let before = text.get(in_line..place.start).unwrap_or_default();
    if !before.trim().is_empty() {
        let run: usize =
            text.get(place.start..).unwrap_or_default().chars().take_while(|c| *c == '\t').count();
        let end = place.start.saturating_add(run);
        let blanks = if at_line_end(text, end) { String::new() } else { " ".repeat(run) };
        return vec![blanks_for(place.start, end, blanks)];
    }
    let mut repairs = Vec::new();
    let mut start: usize = 0;
    for line in text.split_inclusive('\n') {
        let indentation = line.len().saturating_sub(line.trim_start_matches([' ', '\t']).len());
        let blank = line.get(..indentation).unwrap_or_default();
        if blank.contains('\t') {
            let end = start.saturating_add(indentation);
            let blanks =
                if at_line_end(text, end) { String::new() } else { blank.replace('\t', "  ") };
            repairs.push(blanks_for(start, end, blanks));
        }
        start = start.saturating_add(line.len());
    }
    repairs
}

fn blanks_for(start: usize, end: usize, blanks: String) -> Repair {
    let place = Place { line: 0, column: 0, start, end };
    Repair { fault: Fault::Read(ErrorKind::Tab), place, edit: Edit::new(start, end, blanks) }
}

fn at_line_end(text: &str, position: usize) -> bool {
    text.get(position..).is_none_or(|rest| rest.is_empty() || rest.starts_with(['\n', '\r']))
}

/// What no name of an alias holds.
const NOT_IN_ALIASES: [char; 12] = ['.', '/', '*', '&', ',', '[', ']', '{', '}', ':', ' ', '\t'];

#[cfg(test)]
mod tests {
    use crosstrust_report::Finding;

    use crate::lint::Linter;
    use crate::restrictions::Restrictions;

    #[test]
    fn json_is_mended_as_json() {
        let text = r#"{"trust.subject_name": ["a\qb\u00e9\d"]}"#;
        let report = Linter::new().lint("t.json", text.as_bytes());
        let of = |code: &str| {
            let findings = report.findings().iter().filter(|finding| finding.rule().code == code);
            findings.map(Finding::help).collect::<Vec<_>>()
        };
        assert_eq!(of("TR009"), ["write two backslashes for each that is meant"; 2]);
        assert_eq!(of("TR003"), [""; 0]);
        let fixed = Linter::new().fix("t.json", text.as_bytes()).unwrap();
        let restrictions = Restrictions::parse("t.json", fixed.text.as_bytes()).unwrap();
        assert_eq!(restrictions.items()[0].text, "a\\qb\u{e9}\\d");
        for broken in [
            r#"{"trust.subject_name": ["a",]}"#,
            r#"{"trust.subject_name": ['a']}"#,
            r#"{"trust.subject_name": ["a\u00"]}"#,
            r#"{"trust.subject_name": [["a"]]}"#,
            r#"{"trust.subject_name": ["a"]} {}"#,
            r#"{"trust.subject_name": [1]}"#,
            r#"{"trust.subject_name": "a,b"}"#,
            r#"["a"]"#,
        ] {
            let report = Linter::new().lint("t.json", broken.as_bytes());
            assert!(!report.is_empty(), "{broken}");
            for finding in report.findings() {
                let yaml = ["single quotes", "---", "line up"];
                assert!(
                    !yaml.iter().any(|word| finding.help().contains(word)),
                    "{}",
                    finding.help()
                );
            }
        }
    }
}
