//! Which known word a person may have meant.

/// The known word that is at most two edits (one for short words) away from what was written.
pub fn closest<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    let written = written.to_lowercase();
    let limit = if written.chars().count() < 4 { 1 } else { 2 };
    known
        .iter()
        .map(|word| (distance(&written, &word.to_lowercase()), *word))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// Levenshtein's distance: insertions, deletions and replacements.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (index, left) in from.chars().enumerate() {
        let mut next = vec![index + 1];
        for ((right, replaced), removed) in to.iter().zip(&row).zip(row.iter().skip(1)) {
            let inserted = next.last().copied().unwrap_or(usize::MAX).saturating_add(1);
            let replaced = replaced + usize::from(left != *right);
            next.push(replaced.min(removed + 1).min(inserted));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_suggested_and_far_ones_are_not() {
        #[track_caller]
        fn check(written: &str, expected: Option<&str>) {
            assert_eq!(closest(written, &["name", "filename", "ip", "dns", "cn"]), expected);
        }

        check("Name", Some("name"));
        check("nmae", Some("name"));
        check("file_name", Some("filename"));
        check("ips", Some("ip"));
        check("hostname", None);
        check("", None);
    }
}
