//! Unified diffs of texts.

/// Lines that make way for others.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    /// The first line that makes way, from 0; without any, the new ones stand before it.
    pub(crate) start: usize,
    /// The line after the last one that makes way.
    pub(crate) end: usize,
    /// The new lines, with their line feeds.
    pub(crate) lines: Vec<String>,
}

/// The diff of two texts that differ in one place; nothing where nothing differs.
pub(crate) fn between(before: &str, after: &str, path: &str) -> Option<String> {
    if before == after {
        return None;
    }
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()).saturating_sub(start);
    let tail =
        old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let lines = new.get(start..new.len().saturating_sub(tail))?;
    let lines = lines.iter().map(|&line| line.to_owned()).collect();
    let edit = Edit { start, end: old.len().saturating_sub(tail), lines };
    unified(&old, &[edit], path, |_| false)
}

/// What edits make of lines, in their order; nothing where they are in each other's place.
pub(crate) fn applied(before: &[&str], edits: &[Edit]) -> Option<String> {
    let (mut after, mut next) = (String::new(), 0);
    for edit in edits {
        after.extend(before.get(next..edit.start)?.iter().copied());
        after.extend(edit.lines.iter().map(String::as_str));
        next = edit.end.max(edit.start);
    }
    after.extend(before.get(next..)?.iter().copied());
    Some(after)
}

/// The diff that edits make, in their order, with up to three lines around each. Lines that are hidden are
/// not among these. Nothing comes where `patch` or `git apply` would look for a hunk elsewhere or refuse it: both
/// take one with fewer lines on one side for the start or the end of the file, and `git apply` one without any.
pub(crate) fn unified(
    before: &[&str],
    edits: &[Edit],
    path: &str,
    is_hidden: impl Fn(usize) -> bool,
) -> Option<String> {
    let mut hunks: Vec<Hunk<'_>> = Vec::new();
    for edit in edits {
        let above = (0..edit.start).rev().take(CONTEXT).take_while(|line| !is_hidden(*line));
        let below = (edit.end..before.len()).take(CONTEXT).take_while(|line| !is_hidden(*line));
        let first = edit.start.saturating_sub(above.count());
        let end = edit.end.saturating_add(below.count());
        match hunks.last_mut() {
            Some(hunk) if first <= hunk.end => {
                hunk.end = end;
                hunk.edits.push(edit);
            }
            _ => hunks.push(Hunk { first, end, edits: vec![edit] }),
        }
    }
    if hunks.is_empty() {
        return None;
    }
    let mut out = format!("--- {path}\n+++ {path}\n");
    let mut shift = 0_isize;
    for mut hunk in hunks {
        hunk.level(before.len())?;
        shift = shift.saturating_add(hunk.write(before, shift, &mut out));
    }
    Some(out)
}

/// Edits whose surroundings touch each other.
struct Hunk<'a> {
    first: usize,
    end: usize,
    edits: Vec<&'a Edit>,
}

impl Hunk<'_> {
    /// Takes lines away on the side that has more, unless the other one is the start or the end of a file of so
    /// many lines. Nothing where none is left, so that the hunk would not be tied to its place.
    fn level(&mut self, count: usize) -> Option<()> {
        let start = self.edits.first()?.start;
        let last = self.edits.last()?.end;
        let (above, below) = (start.checked_sub(self.first)?, self.end.checked_sub(last)?);
        if above < below && self.first > 0 {
            self.end = last.checked_add(above)?;
        } else if below < above && self.end < count {
            self.first = start.checked_sub(below)?;
        }
        let is_tied = self.end > last || self.end == count;
        let fits_any_text = self.first == self.end && count > 0;
        (is_tied && !fits_any_text).then_some(())
    }

    /// Writes the hunk, of whose lines the new ones are moved by `shift`. Gives by how much it moves those
    /// that follow.
    fn write(&self, old: &[&str], shift: isize, out: &mut String) -> isize {
        let Self { first, end, edits } = self;
        let count = |range: &mut dyn Iterator<Item = usize>| range.sum::<usize>();
        let gone = count(&mut edits.iter().map(|edit| edit.end.saturating_sub(edit.start)));
        let new = count(&mut edits.iter().map(|edit| edit.lines.len()));
        let kept = end.saturating_sub(*first).saturating_sub(gone);
        let place = first.saturating_add_signed(shift);
        out.push_str(&format!(
            "@@ -{} +{} @@\n",
            range(*first, *end),
            range(place, place.saturating_add(kept).saturating_add(new))
        ));
        let mut next = *first;
        for edit in edits {
            push(out, ' ', old.get(next..edit.start).unwrap_or_default());
            push(out, '-', old.get(edit.start..edit.end).unwrap_or_default());
            push(out, '+', &edit.lines);
            next = edit.end;
        }
        push(out, ' ', old.get(next..*end).unwrap_or_default());
        new.cast_signed().saturating_sub(gone.cast_signed())
    }
}

fn push(out: &mut String, mark: char, lines: &[impl AsRef<str>]) {
    for line in lines.iter().map(AsRef::as_ref) {
        out.push(mark);
        out.push_str(line);
        if !line.ends_with('\n') {
            out.push_str("\n\\ No newline at end of file\n");
        }
    }
}

/// The first line and how many there are; of none, the line before.
fn range(first: usize, end: usize) -> String {
    let count = end.saturating_sub(first);
    format!("{},{count}", if count == 0 { first } else { first.saturating_add(1) })
}

const CONTEXT: usize = 3;

#[cfg(test)]
pub(crate) mod judges;

#[cfg(test)]
mod tests {
    use super::{Edit, applied, between, judges, unified};

    #[test]
    fn what_differs_stands_between_what_does_not() {
        assert_eq!(between("a\n", "a\n", "f"), None);
        for (before, after) in [
            ("1\n2\n3\n4\n5\n", "1\n2\n3\n4\nnew\n5\n"),
            ("1\n2\n3\n4\n5\n", "1\n2\n3\n5\n"),
            ("a\nb", "a\nb\nc\n"),
            ("a\r\nb\r\n", "a\r\nc\r\nb\r\n"),
            ("", "a\n"),
        ] {
            let Some(found) = judges::applied(before, &between(before, after, "f").unwrap()) else {
                return;
            };
            assert_eq!(found, after);
        }
    }

    /// Edits of a text of six lines, with every choice of lines that are hidden.
    #[test]
    fn hunks_fit_whatever_is_hidden() {
        let before = (1..=6).map(|line| format!("{line}\n")).collect::<String>();
        let lines: Vec<&str> = before.split_inclusive('\n').collect();
        let new = || vec!["new\n".to_owned()];
        let mut patches = Vec::new();
        for (start, end) in [(0, 1), (2, 2), (2, 3), (5, 6), (6, 6)] {
            for hidden in 0..1_usize << lines.len() {
                let is_hidden = |line: usize| hidden >> line & 1 == 1;
                if (start..end).any(is_hidden) {
                    continue;
                }
                let edits = [Edit { start, end, lines: new() }];
                let Some(patch) = unified(&lines, &edits, "f", is_hidden) else {
                    // Lines on both sides would be shown.
                    let is_shown =
                        |line: Option<usize>| line.is_some_and(|line| line < 6 && !is_hidden(line));
                    assert!(!(is_shown(start.checked_sub(1)) && is_shown(Some(end))));
                    continue;
                };
                let shown =
                    |line: &usize| patch.contains(&format!(" {}\n", line.saturating_add(1)));
                assert!(
                    !(0..6).filter(|line| is_hidden(*line)).any(|line| shown(&line)),
                    "{patch}"
                );
                let after = applied(&lines, &edits).unwrap();
                if !patches.contains(&(patch.clone(), after.clone())) {
                    patches.push((patch, after));
                }
            }
        }
        for (patch, after) in patches {
            let Some(found) = judges::applied(&before, &patch) else { return };
            assert_eq!(found, after, "{patch}");
        }
    }

    #[test]
    fn several_edits_are_hunks_of_one_diff() {
        let before = (1..=12).map(|line| format!("{line}\n")).collect::<String>();
        let lines: Vec<&str> = before.split_inclusive('\n').collect();
        let edit = |start, end, lines: &[&str]| Edit {
            start,
            end,
            lines: lines.iter().map(|line| format!("{line}\n")).collect(),
        };
        let edits = [edit(1, 2, &["two", "more"]), edit(5, 6, &["six"]), edit(12, 12, &["13"])];
        let after = "1\ntwo\nmore\n3\n4\n5\nsix\n7\n8\n9\n10\n11\n12\n13\n";
        assert_eq!(applied(&lines, &edits).as_deref(), Some(after));
        for (hidden, hunks) in [(&[][..], 1), (&[3, 9], 3), (&[3, 7], 3)] {
            let diff = unified(&lines, &edits, "f", |line| hidden.contains(&line)).unwrap();
            assert_eq!(diff.matches("@@ -").count(), hunks, "{diff}");
            let Some(found) = judges::applied(&before, &diff) else { return };
            assert_eq!(found, after, "{diff}");
        }
        // Beside the second line, or the new one at the end, nothing would be shown.
        for hidden in [2, 11] {
            assert_eq!(unified(&lines, &edits, "f", |line| line == hidden), None);
        }
    }
}
