//! All rules of this crate, by code.

use crosstrust_report::Rule;

use crate::{checks, endpoint, fleet, material, matrix_refusals};

/// All rules, by code.
pub fn rules() -> Vec<&'static Rule> {
    let mut rules = checks::rules();
    rules.extend(endpoint::rules());
    rules.push(&matrix_refusals::RULE);
    rules.extend(fleet::RULES);
    rules.extend(material::RULES);
    rules.sort_by_key(|rule| rule.code);
    rules.dedup();
    rules
}

/// The rule with a code, in whatever case it is written.
pub fn explain(code: &str) -> Option<&'static Rule> {
    rules().into_iter().find(|rule| rule.code.eq_ignore_ascii_case(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_sorted() {
        let rules = rules();
        let codes = rules.iter().map(|rule| rule.code).collect::<Vec<_>>();
        assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{codes:?}");
    }

    #[test]
    fn every_rule_says_what_it_means_and_what_to_do() {
        for rule in rules() {
            assert!(rule.code.len() == 5 && rule.code.starts_with("PF"), "{}", rule.code);
            assert!(
                rule.explanation.ends_with('.') && rule.explanation.len() > 80,
                "{}",
                rule.code
            );
            for line in [rule.summary, rule.help] {
                assert!(!line.is_empty() && !line.ends_with('.'), "{}: {line}", rule.code);
            }
        }
    }

    #[test]
    fn a_rule_is_found_by_its_code_in_any_case() {
        assert_eq!(explain("pf008").map(|rule| rule.code), Some("PF008"));
        assert_eq!(explain("PF999"), None);
    }
}
