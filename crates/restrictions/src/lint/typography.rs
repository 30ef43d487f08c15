//! Call-outs, quotes and dashes in text that was copied from a document, which YAML cannot read.

use super::fault::Fault;
use super::fault::Repair;
use crate::callout;
use crate::examine::Edit;
use crate::rules::dash_for_hyphen;
use crate::rules::documentation_callout;
use crate::rules::quote_in_pattern;
use crosstrust_settings::Place;
use crosstrust_settings::quoted;

/// The remedies of a fault that such text is the cause of, on all lines that have the like.
pub(super) fn repairs(text: &str, place: Place) -> Vec<Repair> {
    let mut repairs: Vec<Repair> = Vec::new();
    let mut start: usize = 0;
    for line in text.split_inclusive('\n') {
        let found = of_line(line.trim_end(), start);
        repairs.extend(found.or_else(|| at(line, start, place)));
        start = start.saturating_add(line.len());
    }
    let dashes = dash_for_hyphen::at_line_starts(text, 0);
    repairs.extend(dashes.into_iter().filter_map(|edit| hyphen(text, edit)));
    repairs
}

/// What is wrong with a line by itself.
fn of_line(line: &str, start: usize) -> Option<Repair> {
    if let Some((before, callout)) = callout::at_end(line)
        && before.ends_with(['"', '\'', ':'])
    {
        let at = |length: usize| start.saturating_add(length);
        return Some(without_callout(at(before.len()), at(line.len()), callout));
    }
    other_quote(line, start)
}

/// A call-out at the place of the fault, between brackets perhaps.
fn at(line: &str, start: usize, place: Place) -> Option<Repair> {
    let rest = line.get(place.start.checked_sub(start)?..)?;
    let callout = callout::at_start(rest)?;
    let blanks = line.get(..place.start.checked_sub(start)?)?;
    let blanks = blanks.len().saturating_sub(blanks.trim_end().len());
    let end = place.start.saturating_add(callout.len());
    Some(without_callout(place.start.saturating_sub(blanks), end, callout))
}

/// A call-out is taken out, with the blanks before it.
pub(super) fn without_callout(start: usize, end: usize, callout: &str) -> Repair {
    let message = documentation_callout::message(callout);
    Repair {
        fault: Fault::Rule(&documentation_callout::RULE, message),
        place: stretch(start, end),
        edit: Edit::new(start, end, ""),
    }
}

/// An item that begins with a quote of YAML and ends with another.
fn other_quote(line: &str, start: usize) -> Option<Repair> {
    let rest = line.trim_start().strip_prefix('-')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let last = rest.chars().next_back().filter(|c| quote_in_pattern::is_typographic(*c))?;
    let inner = rest.strip_prefix(quote)?.strip_suffix(last)?;
    if inner.contains(quote) {
        return None;
    }
    let start = start.saturating_add(line.len().saturating_sub(rest.len()));
    let end = start.saturating_add(rest.len());
    let message = format!("`{last}` does not close what `{quote}` opens");
    Some(Repair {
        fault: Fault::Rule(&quote_in_pattern::RULE, message),
        place: stretch(start, end),
        edit: Edit::new(start, end, quoted(inner)),
    })
}

fn hyphen(text: &str, edit: Edit) -> Option<Repair> {
    let found = text.get(edit.start..)?.chars().next()?;
    Some(Repair {
        fault: Fault::Rule(&dash_for_hyphen::RULE, dash_for_hyphen::message(found)),
        place: stretch(edit.start, edit.end),
        edit,
    })
}

/// A stretch of the text, whose line is found out later.
fn stretch(start: usize, end: usize) -> Place {
    Place { line: 0, column: 0, start, end }
}
