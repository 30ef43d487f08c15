//! Where versions of Elasticsearch differ about a pattern.
//!
//! Elasticsearch 7 has Lucene 8, Elasticsearch 8 has Lucene 9, and Elasticsearch 9 has Lucene 10,
//! whose reading is the one of [`Pattern::parse`](crate::Pattern::parse).

pub use crate::difference::Difference;
pub use crate::difference::DifferenceKind;
use crate::error::Error;
use crate::error::ErrorKind;
use crate::regex;

/// The places where versions of Elasticsearch differ about a pattern, in order.
///
/// Takes the text, and the error of parsing it if there is one: building the automaton again would
/// take long. After a place that is an error in Elasticsearch 9 the rest is not looked at.
pub fn differences(text: &str, refusal: Option<&Error>) -> Vec<Difference> {
    let refusal = refusal.and_then(difference);
    let Some(expression) = text.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')) else {
        return refusal.into_iter().collect();
    };
    let (mut differences, parsed) = regex::parse_with_differences(expression, 1);
    if let Err(error) = parsed {
        differences.extend(difference(&error));
    } else {
        differences.extend(refusal);
    }
    differences
}

/// The difference that makes an error one only for some versions.
fn difference(error: &Error) -> Option<Difference> {
    let kind = match error.kind {
        ErrorKind::EmptyRepetition => DifferenceKind::EmptyRepetition,
        ErrorKind::ReversedCounts { min, max } => DifferenceKind::ReversedCounts { min, max },
        ErrorKind::TooComplex { .. } => DifferenceKind::LargeAutomaton,
        ErrorKind::UnknownEscape { letter } => DifferenceKind::UnknownEscape { letter },
        _ => return None,
    };
    Some(Difference { offset: error.offset, kind })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::Pattern;

    /// From running Lucene 8.7, 9.9 and 10.6 on these patterns.
    #[test]
    fn places_that_versions_read_differently_are_named() {
        #[track_caller]
        fn check(text: &str, expected: &[(usize, DifferenceKind)]) {
            let expected: Vec<_> = expected
                .iter()
                .map(|(offset, kind)| Difference { offset: *offset, kind: kind.clone() })
                .collect();
            let refusal = Pattern::parse(text).err();
            assert_eq!(differences(text, refusal.as_ref()), expected, "{text}");
        }

        let escape = |letter| DifferenceKind::ClassEscape { letter };
        let start = |character| DifferenceKind::EscapedRangeStart { character };
        check("/[0-9]+\\.x/", &[]);
        check(r"\d", &[]);
        check(r#"/"\d"/"#, &[]);
        check(r"/\d+\w/", &[(1, escape('d')), (4, escape('w'))]);
        check(r"/[\s\D]/", &[(2, escape('s')), (4, escape('D'))]);
        check(r"/[\*-a]/", &[(2, start('*'))]);
        check(r"/[\\-a]/", &[(2, start('\\'))]);
        check(r"/[\*a-c]/", &[]);
        check(r"/[+-\.]/", &[]);
        check("/a{2,1}/", &[(2, DifferenceKind::ReversedCounts { min: 2, max: 1 })]);
        check(r"/\w\q/", &[(1, escape('w')), (3, DifferenceKind::UnknownEscape { letter: 'q' })]);
        check("/(a|b)*a(a|b){14}/", &[(0, DifferenceKind::LargeAutomaton)]);
        check("/a", &[]);
    }
}
