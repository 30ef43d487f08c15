//! The patterns of one file, parsed on all cores at a cost that is bounded for all together.

use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;

use rayon::prelude::*;

use crate::allowance::Allowance;
use crate::error::Error;
use crate::pattern::Attempt;
use crate::pattern::Pattern;

impl Pattern {
    /// Parses the patterns of one file: each as [`Pattern::parse_within`] would, one after the
    /// other within one new allowance.
    pub fn parse_all<T: AsRef<str> + Sync>(texts: &[T]) -> Vec<Result<Self, Error>> {
        parse_all_within(texts, Allowance::default())
    }
}

fn parse_all_within<T: AsRef<str> + Sync>(
    texts: &[T],
    mut allowance: Allowance,
) -> Vec<Result<Pattern, Error>> {
    let attempts = attempts(texts, &allowance);
    let parsed = texts.iter().zip(attempts).map(|(text, attempt)| {
        allowance.check()?;
        attempt.unwrap_or_else(|| Attempt::new(text.as_ref())).settle(&mut allowance)
    });
    parsed.collect()
}

/// What comes of each pattern; none for those that were not tried, since others had used up the
/// allowance. Which these are is chance, but not whether the allowance is enough for a pattern and
/// all before it.
fn attempts<T: AsRef<str> + Sync>(texts: &[T], allowance: &Allowance) -> Vec<Option<Attempt>> {
    let (work, kept) = (AtomicU64::new(0), AtomicU64::new(0));
    let attempt = |text: &T| {
        let spent = |sum: &AtomicU64| sum.load(Ordering::Relaxed);
        if !allowance.covers(spent(&work), spent(&kept)) {
            return None;
        }
        let attempt = Attempt::new(text.as_ref());
        work.fetch_add(attempt.work(), Ordering::Relaxed);
        kept.fetch_add(attempt.kept(), Ordering::Relaxed);
        Some(attempt)
    };
    texts.par_iter().with_min_len(FEWEST).map(attempt).collect()
}

/// Fewer patterns than this are not worth another core.
const FEWEST: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;

    /// What one pattern may do without keeping it still counts for the file.
    #[test]
    fn work_that_leaves_nothing_behind_counts_for_a_file() {
        let ranges: String = (0..40).filter_map(|n| char::from_u32(0x100 + 2 * n)).collect();
        let text = format!("/.*[{ranges}].{{9}}/");
        let attempt = Attempt::new(&text);
        let (work, kept) = (attempt.work(), attempt.kept());
        assert!(attempt.settle(&mut Allowance::default()).is_ok());
        assert!(work > 5 * kept, "{work} for {kept}");
        let parsed = parse_all_within(&[&text, &text], Allowance::of(work + 1, 2 * kept));
        assert!(parsed[0].is_ok() && parsed[1].is_err());
    }

    #[test]
    fn patterns_come_out_as_they_would_one_by_one() {
        #[track_caller]
        fn check(text: impl Fn(usize) -> String, count: usize) {
            let texts: Vec<String> = (0..count).map(text).collect();
            let mut allowance = Allowance::of(1_000_000, 100_000);
            let one_by_one = texts.iter().map(|text| Pattern::parse_within(text, &mut allowance));
            let outcome = |parsed: Result<Pattern, Error>| {
                parsed.map(|pattern| (pattern.as_str().to_owned(), pattern.states()))
            };
            let expected: Vec<_> = one_by_one.map(outcome).collect();
            let all: Vec<_> = parse_all_within(&texts, Allowance::of(1_000_000, 100_000))
                .into_iter()
                .map(outcome)
                .collect();
            assert_eq!(all, expected);
        }

        check(|number| format!("*.node.{number}"), 3);
        check(|number| format!("/node-[0-9]+{}x?/", "(".repeat(number % 2)), 1_000);
        // The allowance is spent before the last of these.
        check(|number| format!("/(a|b)*a(a|b){{6}}x{number}/"), 600);
    }
}
