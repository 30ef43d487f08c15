//! A unified diff of two texts that differ in one place.

/// The diff, with up to three lines around what differs; nothing where nothing does.
pub(crate) fn between(before: &str, after: &str, path: &str) -> Option<String> {
    if before == after {
        return None;
    }
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()).saturating_sub(same);
    let tail =
        old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let first = same.saturating_sub(CONTEXT);
    let last = tail.saturating_sub(CONTEXT);
    let (old_end, new_end) = (old.len().saturating_sub(last), new.len().saturating_sub(last));
    let mut out = format!(
        "--- {path}\n+++ {path}\n@@ -{} +{} @@\n",
        range(first, old_end),
        range(first, new_end)
    );
    let mut push = |mark: char, lines: Option<&[&str]>| {
        for line in lines.unwrap_or_default() {
            out.push(mark);
            out.push_str(line);
            if !line.ends_with('\n') {
                out.push_str("\n\\ No newline at end of file\n");
            }
        }
    };
    push(' ', old.get(first..same));
    push('-', old.get(same..old.len().saturating_sub(tail)));
    push('+', new.get(same..new.len().saturating_sub(tail)));
    push(' ', old.get(old.len().saturating_sub(tail)..old_end));
    Some(out)
}

/// The first line and how many there are; of none, the line before.
fn range(first: usize, end: usize) -> String {
    let count = end.saturating_sub(first);
    format!("{},{count}", if count == 0 { first } else { first.saturating_add(1) })
}

const CONTEXT: usize = 3;

#[cfg(test)]
mod tests {
    use super::between;

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
}
