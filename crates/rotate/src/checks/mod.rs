//! What would go wrong: one file a rule, one row each in the tables below.

mod already_refused;
mod disagreement;
mod needs_bundle;
mod not_admitted;
mod nothing_to_do;
mod other_authority;
mod same_key;
mod same_name;
mod short_lived;
mod unfit;

use crosstrust_report::{Report, Rule};

use crate::roll_over::RollOver;
use crate::simulation::Simulation;

/// What a check looks at.
struct Subject<'a> {
    roll_over: &'a RollOver,
    simulation: &'a Simulation,
}

/// All rules, by code.
pub fn rules() -> &'static [&'static Rule] {
    RULES
}

/// Says what would go wrong.
pub fn check(roll_over: &RollOver, simulation: &Simulation) -> Report {
    let mut report = Report::default();
    for node in &roll_over.nodes {
        report.look_at(node.path());
    }
    let subject = Subject { roll_over, simulation };
    for check in CHECKS {
        check(&subject, &mut report);
    }
    report
}

const RULES: &[&Rule] = &[
    &disagreement::RULE,
    &same_name::RULE,
    &short_lived::RULE,
    &not_admitted::RULE,
    &needs_bundle::RULE,
    &already_refused::RULE,
    &same_key::RULE,
    &unfit::RULE,
    &other_authority::RULE,
    &nothing_to_do::RULE,
];

type Check = fn(&Subject<'_>, &mut Report);

const CHECKS: &[Check] = &[
    nothing_to_do::check,
    unfit::check,
    already_refused::check,
    disagreement::check,
    not_admitted::check,
    needs_bundle::check,
    other_authority::check,
    same_name::check,
    same_key::check,
    short_lived::check,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_in_order() {
        let codes = RULES.iter().map(|rule| rule.code).collect::<Vec<_>>();
        let expected = (1..=codes.len()).map(|number| format!("RO{number:03}"));
        assert_eq!(codes, expected.collect::<Vec<_>>());
        assert_eq!(RULES.len(), CHECKS.len());
    }
}
