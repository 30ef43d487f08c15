//! What would go wrong: one file a rule, one row each in the table below.

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
pub fn rules() -> Vec<&'static Rule> {
    let mut rules: Vec<&'static Rule> = CHECKS.iter().map(|check| check.rule).collect();
    rules.sort_by_key(|rule| rule.code);
    rules
}

/// Says what would go wrong.
pub fn check(roll_over: &RollOver, simulation: &Simulation) -> Report {
    let mut report = Report::default();
    for node in &roll_over.nodes {
        report.look_at(node.path());
    }
    let subject = Subject { roll_over, simulation };
    for check in CHECKS {
        (check.run)(&subject, &mut report);
    }
    report
}

/// A rule, and what looks for breaches of it.
struct Check {
    rule: &'static Rule,
    run: fn(&Subject<'_>, &mut Report),
}

/// Every check, in the order of their findings.
const CHECKS: &[Check] = &[
    Check { rule: &nothing_to_do::RULE, run: nothing_to_do::check },
    Check { rule: &unfit::RULE, run: unfit::check },
    Check { rule: &already_refused::RULE, run: already_refused::check },
    Check { rule: &disagreement::RULE, run: disagreement::check },
    Check { rule: &not_admitted::RULE, run: not_admitted::check },
    Check { rule: &needs_bundle::RULE, run: needs_bundle::check },
    Check { rule: &other_authority::RULE, run: other_authority::check },
    Check { rule: &same_name::RULE, run: same_name::check },
    Check { rule: &same_key::RULE, run: same_key::check },
    Check { rule: &short_lived::RULE, run: short_lived::check },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_in_order() {
        let codes = rules().iter().map(|rule| rule.code).collect::<Vec<_>>();
        let expected = (1..=codes.len()).map(|number| format!("RO{number:03}"));
        assert_eq!(codes, expected.collect::<Vec<_>>());
    }
}
