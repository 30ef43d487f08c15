//! Tables for people: aligned columns, no wider than the terminal that shows them.

use crosstrust_report::print::{Style, fitted};

use crate::failure::printable_line;

/// A table that is being filled.
#[derive(Debug)]
pub(crate) struct Table {
    heads: Vec<Cell>,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

/// What a column holds, and so how it is aligned and what becomes of it where there is no room.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Column {
    /// A number, at the right; whole.
    Number,
    /// A path: of a long one the last folders are shown, and always the file.
    Path,
    /// Text, in the last column: a long one stands below its row.
    Text,
    /// A word; whole.
    Word,
}

/// One cell.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Cell {
    text: String,
    verdict: Option<bool>,
}

impl Cell {
    /// Text, without what would steer the terminal.
    pub(crate) fn new(text: &str) -> Self {
        Self { text: printable_line(text), verdict: None }
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

    /// The table with its heads, in lines of at most `room` characters where that can be. No word is
    /// broken: what is too long stands below, and columns that do not fit are a table of their own.
    pub(crate) fn render(&self, style: Style, room: Option<usize>) -> String {
        let room = room.unwrap_or(usize::MAX);
        let rows = self.with_short_paths(room);
        let fit = Fit { widths: self.widths(&rows, room), room };
        let blocks = self.blocks(&fit.widths, room);
        let block = |columns: &Vec<usize>| {
            let line = |row: &Vec<Cell>| self.line(row, columns, &fit, style);
            rows.iter().map(line).collect::<String>()
        };
        blocks.iter().map(block).collect::<Vec<_>>().join("\n")
    }

    fn lines(&self) -> impl Iterator<Item = &Vec<Cell>> {
        std::iter::once(&self.heads).chain(&self.rows)
    }

    /// The rows, heads first, with paths that are cut where the table is too wide.
    fn with_short_paths(&self, room: usize) -> Vec<Vec<Cell>> {
        let rows: Vec<Vec<Cell>> = self.lines().cloned().collect();
        let widths = self.widths(&rows, room);
        let excess = total(&widths).saturating_sub(room);
        let cut = |(cell, column): (Cell, usize)| {
            let width = widths.get(column).map_or(0, |width| width.saturating_sub(excess));
            match self.columns.get(column) {
                Some(Column::Path) => Cell { text: end_of_path(&cell.text, width), ..cell },
                _ => cell,
            }
        };
        rows.into_iter().map(|row| row.into_iter().zip(0..).map(cut).collect()).collect()
    }

    /// The width of each column: of text that stands below, nothing.
    fn widths(&self, rows: &[Vec<Cell>], room: usize) -> Vec<usize> {
        let mut widths = Vec::new();
        for (column, kind) in self.columns.iter().enumerate() {
            let lengths = rows.iter().filter_map(|row| row.get(column)).map(Cell::length);
            let left = room.saturating_sub(total(&widths).saturating_add(GAP.len()));
            let beside = |length: &usize| *kind != Column::Text || *length <= left;
            widths.push(lengths.filter(beside).max().unwrap_or(0));
        }
        widths
    }

    /// Which columns stand beside each other: all, or those that name the row and as many more as there is
    /// room for.
    fn blocks(&self, widths: &[usize], room: usize) -> Vec<Vec<usize>> {
        let names = self.columns.iter().position(|column| *column == Column::Path);
        let names: Vec<usize> = (0..names.map_or(1, |last| last.saturating_add(1))).collect();
        let wide = |columns: &[usize]| {
            let widths = columns.iter().filter_map(|column| widths.get(*column).copied());
            total(&widths.collect::<Vec<_>>())
        };
        let mut blocks = Vec::new();
        let mut block = names.clone();
        for column in names.len()..self.columns.len() {
            let longer = [block.as_slice(), &[column]].concat();
            if wide(&longer) > room && block.len() > names.len() {
                blocks.push(std::mem::replace(&mut block, [names.as_slice(), &[column]].concat()));
            } else {
                block = longer;
            }
        }
        blocks.push(block);
        blocks
    }

    fn line(&self, row: &[Cell], columns: &[usize], fit: &Fit, style: Style) -> String {
        let mut line = String::new();
        let mut below = String::new();
        let mut blanks = 0_usize;
        for &column in columns {
            let of_column = (row.get(column), self.columns.get(column), fit.widths.get(column));
            let (Some(cell), Some(kind), Some(&width)) = of_column else { continue };
            let Some(free) = width.checked_sub(cell.length()) else {
                below = fitted(&format!("{BELOW}{}\n", cell.text), Some(fit.room));
                continue;
            };
            let (before, after) = if *kind == Column::Number { (free, 0) } else { (0, free) };
            line.push_str(&" ".repeat(before.saturating_add(blanks)));
            match cell.verdict {
                Some(well) => line.push_str(&style.verdict(well, &cell.text, &cell.text)),
                None => line.push_str(&cell.text),
            }
            // Blanks at the end of a line are left out.
            blanks = after.saturating_add(GAP.len());
        }
        line + "\n" + &below
    }
}

/// How a table is fitted into the room there is.
struct Fit {
    widths: Vec<usize>,
    room: usize,
}

/// The width of columns with what is between them.
fn total(widths: &[usize]) -> usize {
    let gaps = GAP.len().saturating_mul(widths.len().saturating_sub(1));
    widths.iter().sum::<usize>().saturating_add(gaps)
}

/// As many of a path's last parts as there is room for, at least the last one.
fn end_of_path(path: &str, width: usize) -> String {
    if path.chars().count() <= width {
        return path.to_owned();
    }
    let ends = path.match_indices('/').filter_map(|(at, _)| path.get(at..));
    let mut ends = ends.map(|end| format!("…{end}"));
    let last = path.rsplit_once('/').map(|(_, last)| format!("…/{last}"));
    let fitting = ends.find(|end| end.chars().count() <= width);
    let cut = fitting.or(last).unwrap_or_else(|| path.to_owned());
    if cut.chars().count() < path.chars().count() { cut } else { path.to_owned() }
}

/// Between columns.
const GAP: &str = "  ";
/// Before what stands below its row.
const BELOW: &str = "    ";

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
    fn long_text_stands_below_its_row_and_no_word_is_broken() {
        let expected = "\
node                              client    days  names
a/long/folder/of/nodes/node1.crt  accepted     7
    node1.node.1234567abcd.cluster.myscope.account
b.crt                             -         1094  none
";
        assert_eq!(table().render(Style::Plain, Some(60)), expected);
        let narrow = table().render(Style::Plain, Some(40));
        let expected = "\
node                  client    days
    names
…/of/nodes/node1.crt  accepted     7
    node1.node.1234567abcd.cluster.myscope.account
b.crt                 -         1094
    none
";
        assert_eq!(narrow, expected);
    }

    #[test]
    fn columns_that_do_not_fit_are_a_table_of_their_own() {
        let judges = ["east", "west", "north"].map(|name| (name, Column::Word));
        let mut table = Table::new([("node", Column::Path)].into_iter().chain(judges));
        table.row(["n1.crt", "accepted", "refused 1", "accepted"].map(Cell::new));
        let expected = "\
node    east      west
n1.crt  accepted  refused 1

node    north
n1.crt  accepted
";
        assert_eq!(table.render(Style::Plain, Some(30)), expected);
        assert_eq!(table.render(Style::Plain, Some(37)).lines().count(), 2);
    }

    #[test]
    fn what_steers_a_terminal_is_not_shown() {
        let mut table = Table::new([("name", Column::Text)]);
        table.row([Cell::new("a\u{1b}[2J\nb")]);
        assert_eq!(table.render(Style::Plain, None), "name\na\u{241b}[2J\u{fffd}b\n");
    }
}
