//! Tables for people: aligned columns, no wider than the terminal that shows them.

use crosstrust_report::print::Style;

use crate::failure::printable;

/// A table that is being filled.
#[derive(Debug)]
pub(crate) struct Table {
    heads: Vec<Cell>,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

/// What a column holds, and so how it is aligned and what may be left out of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Column {
    /// A number, at the right; whole.
    Number,
    /// A path: of a long one the end is shown.
    Path,
    /// Text: of a long one the beginning is shown.
    Text,
    /// A word; whole.
    Word,
}

/// One cell.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    text: String,
    verdict: Option<bool>,
}

impl Cell {
    /// Text, without what would steer the terminal.
    pub(crate) fn new(text: &str) -> Self {
        Self { text: printable(text).replace('\n', "\u{fffd}"), verdict: None }
    }

    /// A word that is coloured by whether all is well.
    pub(crate) fn verdict(well: bool, text: &str) -> Self {
        Self { verdict: Some(well), ..Self::new(text) }
    }

    fn length(&self) -> usize {
        self.text.chars().count()
    }
}

impl Table {
    /// A table with these columns, by their heads.
    pub(crate) fn new<'a>(columns: impl IntoIterator<Item = (&'a str, Column)>) -> Self {
        let columns = columns.into_iter().map(|(head, column)| (Cell::new(head), column));
        let (heads, columns) = columns.unzip();
        Self { heads, columns, rows: Vec::new() }
    }

    /// Adds a row: a cell for each column.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The table with its heads, in lines of at most `room` characters where that can be.
    pub(crate) fn render(&self, style: Style, room: Option<usize>) -> String {
        let widths = self.widths(room);
        self.lines().map(|row| self.line(row, &widths, style)).collect()
    }

    fn lines(&self) -> impl Iterator<Item = &Vec<Cell>> {
        std::iter::once(&self.heads).chain(&self.rows)
    }

    /// The width of each column. Text gives way first, then paths.
    fn widths(&self, room: Option<usize>) -> Vec<usize> {
        let widest =
            |column: usize| self.lines().filter_map(|row| row.get(column)).map(Cell::length).max();
        let mut widths: Vec<usize> =
            (0..self.columns.len()).map(|column| widest(column).unwrap_or(0)).collect();
        let gaps = GAP.len().saturating_mul(widths.len().saturating_sub(1));
        let total = widths.iter().sum::<usize>().saturating_add(gaps);
        let mut excess = room.map_or(0, |room| total.saturating_sub(room));
        for kind in [Column::Text, Column::Path] {
            let columns = self.columns.iter().zip(&mut widths);
            for (_, width) in columns.filter(|(column, _)| **column == kind) {
                let cut = excess.min(width.saturating_sub(LEAST));
                *width = width.saturating_sub(cut);
                excess = excess.saturating_sub(cut);
            }
        }
        widths
    }

    fn line(&self, row: &[Cell], widths: &[usize], style: Style) -> String {
        let mut line = String::new();
        let mut blanks = 0;
        for ((cell, column), &width) in row.iter().zip(&self.columns).zip(widths) {
            let text = cut(&cell.text, width, *column);
            let free = width.saturating_sub(text.chars().count());
            let (before, after) = if *column == Column::Number { (free, 0) } else { (0, free) };
            line.push_str(&" ".repeat(before.saturating_add(blanks)));
            match cell.verdict {
                Some(well) => line.push_str(&style.verdict(well, &text, &text)),
                None => line.push_str(&text),
            }
            // Blanks at the end of a line are left out.
            blanks = after.saturating_add(GAP.len());
        }
        line.push('\n');
        line
    }
}

/// As much of a text as a column has room for.
fn cut(text: &str, width: usize, column: Column) -> String {
    let length = text.chars().count();
    if length <= width {
        return text.to_owned();
    }
    let kept = width.saturating_sub(1);
    if column == Column::Path {
        let end: String = text.chars().skip(length.saturating_sub(kept)).collect();
        return format!("…{end}");
    }
    let beginning: String = text.chars().take(kept).collect();
    format!("{beginning}…")
}

/// Between columns.
const GAP: &str = "  ";
/// Characters that a cut column keeps.
const LEAST: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let columns = [
            ("node", Column::Path),
            ("client", Column::Word),
            ("days", Column::Number),
            ("names", Column::Text),
        ];
        let mut table = Table::new(columns);
        let path = Cell::new("a/long/folder/of/nodes/node1.crt");
        let names = Cell::new("node1.node.1234567abcd.cluster.myscope.account");
        table.row([path, Cell::verdict(true, "accepted"), Cell::new("7"), names]);
        table.row([Cell::new("b.crt"), Cell::new("-"), Cell::new("1094"), Cell::new("none")]);
        table
    }

    #[test]
    fn columns_are_aligned_and_lines_end_with_their_text() {
        let expected = "\
node                              client    days  names
a/long/folder/of/nodes/node1.crt  accepted     7  node1.node.1234567abcd.cluster.myscope.account
b.crt                             -         1094  none
";
        assert_eq!(table().render(Style::Plain, None), expected);
        assert_eq!(table().render(Style::Plain, Some(200)), expected);
    }

    #[test]
    fn long_text_is_shortened_before_paths_and_words_never_are() {
        let narrow = table().render(Style::Plain, Some(60));
        let expected = "\
node                        client    days  names
…folder/of/nodes/node1.crt  accepted     7  node1.node.1234…
b.crt                       -         1094  none
";
        assert_eq!(narrow, expected);
        let widest = |text: &str| text.lines().map(|line| line.chars().count()).max();
        assert_eq!(widest(&narrow), Some(60));
        assert_eq!(widest(&table().render(Style::Plain, Some(80))), Some(80));
    }

    #[test]
    fn what_steers_a_terminal_is_not_shown() {
        let mut table = Table::new([("name", Column::Text)]);
        table.row([Cell::new("a\u{1b}[2J\nb")]);
        assert_eq!(table.render(Style::Plain, None), "name\na\u{fffd}[2J\u{fffd}b\n");
    }
}
