//! The rules of all findings, and what is printed of one.

use crosstrust_report::Rule;

use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::outcome::Outcome;

/// The rules of all findings, a crate after the other.
pub fn rules() -> Vec<&'static Rule> {
    let mut rules = crosstrust_restrictions::rules();
    rules.extend(crosstrust_preflight::rules());
    rules.extend(crosstrust_remote::rules());
    rules.extend(crosstrust_rotate::rules());
    rules
}

/// Prints the rule of a code.
pub(crate) fn explain(
    code: &str,
    rules: impl Iterator<Item = &'static Rule> + Clone,
    context: &mut Context,
) -> Result<Outcome, Failure> {
    let Some(rule) = rules.clone().find(|rule| rule.code.eq_ignore_ascii_case(code)) else {
        let hint = format!("known are {}", families(rules));
        return Err(Message::new("no such code").at(code).hint(hint).into());
    };
    let Rule { code, severity, summary, explanation, help } = rule;
    context.print_prose(&format!(
        "{code} ({severity}): {summary}\n\n{explanation}\n\nhelp: {help}\n"
    ))?;
    Ok(Outcome::Clean)
}

/// The first and the last code of each run without a gap.
fn families(rules: impl Iterator<Item = &'static Rule>) -> String {
    let mut runs: Vec<(&str, &str)> = Vec::new();
    for rule in rules {
        match runs.last_mut() {
            Some((_, last)) if follows(last, rule.code) => *last = rule.code,
            _ => runs.push((rule.code, rule.code)),
        }
    }
    let told = runs.iter().map(|(first, last)| {
        if first == last { (*first).to_owned() } else { format!("{first} to {last}") }
    });
    told.collect::<Vec<_>>().join(", ")
}

/// Whether a code is the next one of the same family.
fn follows(before: &str, code: &str) -> bool {
    let split = |code: &str| {
        let (family, number) = code.split_at_checked(FAMILY_LENGTH)?;
        Some((family.to_owned(), number.parse::<u16>().ok()?))
    };
    let next = split(before).and_then(|(family, number)| Some((family, number.checked_add(1)?)));
    next.is_some() && next == split(code)
}

/// How many letters a code begins with.
const FAMILY_LENGTH: usize = 2;
