//! TR077: a dash that is no hyphen.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Edit;
use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;
use crosstrust_settings::Item;
use crosstrust_settings::Place;
use crosstrust_settings::Style;

pub(crate) const RULE: Rule = Rule {
    code: "TR077",
    severity: Severity::Error,
    summary: "a dash is no hyphen",
    explanation: "Word processors write a typographic dash or a minus sign in the place of `-`. In a \
        pattern it matches no name; where it begins a line, YAML sees no list but one text.",
    help: "type `-`",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    if let Some(scalar) = subject.scalar().filter(|scalar| scalar.style == Style::Plain)
        && let Some(remark) = in_place_of_list(subject, scalar.place)
    {
        remarks.push(remark);
        return;
    }
    for item in subject.items() {
        let plain = item.style == Style::Plain && subject.scalar().is_none();
        let listed = if plain { in_place_of_list(subject, item.place) } else { None };
        if let Some(remark) = listed.or_else(|| within(subject, item)) {
            remarks.push(remark);
        }
    }
}

/// Dashes at the starts of lines, which the text before them goes on in.
fn in_place_of_list(subject: &Subject<'_>, place: Place) -> Option<Remark> {
    let edits = at_line_starts(subject.text(place), place.start);
    let found = subject.loaded.text().get(edits.first()?.start..)?.chars().next()?;
    let mut remark = Remark::new(&RULE, message(found)).at(place);
    remark.fix = edits;
    Some(remark)
}

fn within(subject: &Subject<'_>, item: &Item) -> Option<Remark> {
    let (position, found) = item.text.chars().enumerate().find(|(_, c)| is_dash(*c))?;
    let meant: String = item.text.chars().map(|c| if is_dash(c) { '-' } else { c }).collect();
    let place = item.character(subject.loaded.text(), position);
    Some(Remark::new(&RULE, message(found)).at(place).with_fix(subject.rewrite(item, &meant)))
}

pub(crate) fn message(found: char) -> String {
    format!("`{found}` is U+{:04X}, and no `-`", u32::from(found))
}

/// What is wrong with a pattern that has such a dash.
pub(super) fn fault(pattern: &str) -> Option<String> {
    pattern.chars().find(|character| is_dash(*character)).map(message)
}

/// A hyphen for each dash that begins a line and that a blank follows. The text begins at an offset.
pub(crate) fn at_line_starts(text: &str, offset: usize) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut line_start = offset;
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start_matches([' ', '\t']);
        let start = line_start.saturating_add(line.len().saturating_sub(rest.len()));
        let mut characters = rest.chars();
        if let Some(dash) = characters.next().filter(|c| is_dash(*c))
            && characters.next() == Some(' ')
        {
            edits.push(Edit::new(start, start.saturating_add(dash.len_utf8()), "-"));
        }
        line_start = line_start.saturating_add(line.len());
    }
    edits
}

/// Whether a character is a dash, a hyphen or a minus sign, and not the one of ASCII.
fn is_dash(character: char) -> bool {
    matches!(
        character,
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}'
    )
}
