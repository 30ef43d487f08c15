//! TR057: two patterns overlap.

use crosstrust_pattern::Containment;
use crosstrust_pattern::Overlap;
use crosstrust_pattern::Pattern;
use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;
use crosstrust_settings::Item;

pub(super) const RULE: Rule = Rule {
    code: "TR057",
    severity: Severity::Note,
    summary: "two patterns overlap",
    explanation: "Some names match both patterns, and others only one of them. That is often an \
        accident.",
    help: "see whether both are meant",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    let valid: Vec<(&Item, &Pattern)> = subject.valid().collect();
    if valid.len() > MOST_COMPARED {
        return;
    }
    for (position, (item, pattern)) in valid.iter().enumerate() {
        let earlier = valid.iter().take(position);
        let overlap =
            earlier.filter_map(|(other, earlier)| Some((other, shared(pattern, earlier)?)));
        if let Some((other, witness)) = overlap.into_iter().next() {
            let message = format!(
                "`{}` and `{}` on line {} both match, for one, `{witness}`",
                item.text, other.text, other.place.line
            );
            remarks.push(Remark::new(&RULE, message).at(item.place));
        }
    }
}

/// A name that both match, if neither covers the other.
fn shared(one: &Pattern, other: &Pattern) -> Option<String> {
    let Overlap::Yes { witness } = one.overlaps(other) else { return None };
    let apart =
        |one: &Pattern, other: &Pattern| matches!(one.contains(other), Containment::No { .. });
    (apart(one, other) && apart(other, one)).then_some(witness)
}

/// Each pair is compared, so this is for files that a person reads.
const MOST_COMPARED: usize = 100;
