//! What needs a hand, in a few lines, where the whole report stands elsewhere.

use super::human::Style;
use super::visible::visible;
use crate::finding::Report;
use crate::grouped::{Group, groups};
use crate::rule::{Rule, Severity};

/// The first errors and warnings besides those that are told elsewhere, equal ones once, each with its remedy; an empty
/// line before them, and how many more there are.
pub fn in_brief(report: &Report, elsewhere: &[&Rule], style: Style) -> String {
    let mut groups = groups(report);
    groups.retain(|Group { first, .. }| {
        first.severity() != Severity::Note && !elsewhere.iter().any(|rule| *rule == first.rule())
    });
    let mut text: String = groups.iter().take(MOST_TOLD).map(|group| one(group, style)).collect();
    let more = groups.iter().skip(MOST_TOLD).map(|group| group.members.len()).sum::<usize>();
    if more > 0 {
        text += &format!("and {more} more\n");
    }
    if text.is_empty() { text } else { format!("\n{text}") }
}

fn one(Group { first, message, help, extent, .. }: &Group<'_>, style: Style) -> String {
    let severity = first.severity();
    let head = style.severity(severity, &format!("{severity}[{}]", first.rule().code));
    let path = first.path().filter(|_| extent.is_none());
    let path = path.map_or_else(String::new, |path| format!("{path}: "));
    let nodes =
        extent.as_ref().map(|extent| format!("   = in {}\n", on_one_line(&extent.text(false))));
    let (what, help) = (on_one_line(&format!("{path}{message}")), on_one_line(help));
    format!("{head}: {what}\n{}   = help: {help}\n", nodes.unwrap_or_default())
}

fn on_one_line(text: &str) -> String {
    text.chars().map(visible).collect()
}

/// So many are printed.
const MOST_TOLD: usize = 10;
