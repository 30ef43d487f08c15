//! Which known word a person may have meant.

/// The known word that is at most two edits (one for short words) away from what was written. An
/// edit inserts, drops or changes a character, or swaps two neighbours.
pub fn closest<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    let written = written.to_lowercase();
    let limit = if written.chars().count() < 4 { 1 } else { 2 };
    known
        .iter()
        .map(|word| (strsim::osa_distance(&written, &word.to_lowercase()), *word))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
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
