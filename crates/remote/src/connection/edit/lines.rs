//! The lines of a file as diffs count them, which are not always those of YAML.

use std::ops::Range;

/// The lines of a text, counted from 0: each ends with a line feed. To YAML other characters end a line too, so
/// that the lines of places do not count here.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    lines: Vec<&'a str>,
    /// Where each begins.
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let starts = lines.iter().scan(0_usize, |next, line| {
            let start = *next;
            *next = start.saturating_add(line.len());
            Some(start)
        });
        let starts = starts.collect();
        Self { lines, starts }
    }

    pub(super) fn count(&self) -> usize {
        self.lines.len()
    }

    pub(super) fn all(&self) -> &[&'a str] {
        &self.lines
    }

    /// A line with its end.
    pub(super) fn get(&self, line: usize) -> Option<&'a str> {
        self.lines.get(line).copied()
    }

    /// The line that a byte is in.
    pub(super) fn at(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte).saturating_sub(1)
    }

    /// The lines that bytes are in.
    pub(super) fn range(&self, bytes: &Range<usize>) -> Range<usize> {
        let last = bytes.end.saturating_sub(1).max(bytes.start);
        self.at(bytes.start)..self.at(last).saturating_add(1)
    }

    /// What stands before a byte on its line.
    pub(super) fn before(&self, byte: usize) -> Option<&'a str> {
        let line = self.at(byte);
        self.get(line)?.get(..byte.checked_sub(*self.starts.get(line)?)?)
    }

    /// How far to the right a byte stands, where nothing but blanks is before it on its line.
    pub(super) fn indentation(&self, byte: usize) -> Option<usize> {
        let before = self.before(byte)?.trim_start_matches('\u{feff}');
        before.bytes().all(|blank| blank == b' ').then_some(before.len())
    }

    /// What stands after all bytes before this one on the line of the last of them, without the line's end.
    pub(super) fn after(&self, byte: usize) -> Option<&'a str> {
        let line = self.at(byte.saturating_sub(1));
        let rest = self.get(line)?.get(byte.checked_sub(*self.starts.get(line)?)?..)?;
        Some(rest.trim_end_matches(['\n', '\r']))
    }

    /// Whether YAML sees several lines in one.
    pub(super) fn has_several(&self, line: usize) -> bool {
        let Some(line) = self.get(line) else { return false };
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        line.contains(['\r', '\u{85}', '\u{2028}', '\u{2029}'])
    }

    /// The end of the lines.
    pub(super) fn line_end(&self) -> &'static str {
        if self.lines.first().is_some_and(|line| line.ends_with("\r\n")) { "\r\n" } else { "\n" }
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn lines_end_with_a_line_feed_alone() {
        let text = "a\u{2028}b\r\nc\rd\ne";
        let lines = Lines::of(text);
        assert_eq!(lines.all(), ["a\u{2028}b\r\n", "c\rd\n", "e"]);
        let byte = |part: &str| text.find(part).unwrap();
        assert_eq!([byte("b"), byte("d"), byte("e")].map(|at| lines.at(at)), [0, 1, 2]);
        assert_eq!(lines.range(&(byte("b")..byte("e"))), 0..2);
        assert_eq!(lines.before(byte("b")), Some("a\u{2028}"));
        assert_eq!(lines.after(byte("c") + 1), Some("\rd"));
        assert_eq!(lines.after(byte("d") + 1), Some(""));
        assert_eq!([0, 1, 2].map(|line| lines.has_several(line)), [true, true, false]);
        assert_eq!(Lines::of("").before(0), None);
    }
}
