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
    unified(before, &[edit], path, |_| false)
}

/// The diff that edits make, in their order, with up to three lines around each. Lines that are hidden are
/// not among these; nothing comes where new lines would have no other line beside them, since they
/// would fit any text.
pub(crate) fn unified(
    before: &str,
    edits: &[Edit],
    path: &str,
    is_hidden: impl Fn(usize) -> bool,
) -> Option<String> {
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let mut hunks: Vec<Hunk<'_>> = Vec::new();
    for edit in edits {
        let before = (0..edit.start).rev().take(CONTEXT).take_while(|line| !is_hidden(*line));
        let after = (edit.end..old.len()).take(CONTEXT).take_while(|line| !is_hidden(*line));
        let first = edit.start.saturating_sub(before.count());
        let end = edit.end.saturating_add(after.count());
        if first == end && !old.is_empty() {
            return None;
        }
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
    for hunk in &hunks {
        shift = shift.saturating_add(hunk.write(&old, shift, &mut out));
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
mod tests {
    use super::{Edit, between, unified};

    #[test]
    fn what_differs_stands_between_what_does_not() {
        assert_eq!(between("a\n", "a\n", "f"), None);
        assert_eq!(
            between("1\n2\n3\n4\n5\n", "1\n2\n3\n4\nnew\n5\n", "f").unwrap(),
            "--- f\n+++ f\n@@ -2,4 +2,5 @@\n 2\n 3\n 4\n+new\n 5\n"
        );
        assert_eq!(
            between("a\nb", "a\nb\nc\n", "f").unwrap(),
            "--- f\n+++ f\n@@ -1,2 +1,3 @@\n a\n-b\n\\ No newline at end of file\n+b\n+c\n"
        );
        assert_eq!(between("", "a\n", "f").unwrap(), "--- f\n+++ f\n@@ -0,0 +1,1 @@\n+a\n");
    }

    /// The expected text is that of `diff -U3`; what is hidden is not shown.
    #[test]
    fn several_edits_are_hunks_of_one_diff() {
        let before = (1..=12).map(|line| format!("{line}\n")).collect::<String>();
        let edit = |start, end, lines: &[&str]| Edit {
            start,
            end,
            lines: lines.iter().map(|line| format!("{line}\n")).collect(),
        };
        let edits = [edit(1, 2, &["two", "more"]), edit(5, 6, &["six"]), edit(12, 12, &["13"])];
        let diff = |hidden: &[usize]| unified(&before, &edits, "f", |line| hidden.contains(&line));
        assert_eq!(
            diff(&[]).unwrap(),
            "--- f\n+++ f\n@@ -1,12 +1,14 @@\n 1\n-2\n+two\n+more\n 3\n 4\n 5\n-6\n+six\n 7\n 8\n 9\n 10\n 11\n 12\n+13\n"
        );
        assert_eq!(
            diff(&[2, 9]).unwrap(),
            "--- f\n+++ f\n@@ -1,2 +1,3 @@\n 1\n-2\n+two\n+more\n@@ -4,6 +5,6 @@\n 4\n 5\n-6\n+six\n 7\n 8\n 9\n\
             @@ -11,2 +12,3 @@\n 11\n 12\n+13\n"
        );
        assert_eq!(diff(&[11]), None);
    }
}
