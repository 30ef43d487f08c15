//! TR040: a pattern may be too complex for Elasticsearch.

use crosstrust_pattern::ErrorKind;
use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR040",
    severity: Severity::Warning,
    summary: "a pattern may be too complex for Elasticsearch",
    explanation: "Elasticsearch turns each pattern into an automaton. How large one may be depends on the \
        version and on `xpack.security.automata.max_determinized_states`, which may be as low \
        as 10,000; a node that finds a pattern too large does not start.",
    help: "write several simpler patterns",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for (item, pattern) in subject.items().iter().zip(&subject.patterns) {
        let states = match pattern {
            Ok(pattern) if pattern.states() > ALWAYS_ALLOWED => pattern.states().to_string(),
            Err(error) if is_excess(&error.kind) => "too many".to_owned(),
            _ => continue,
        };
        let message = format!("the automaton of `{}` has {states} states", item.text);
        remarks.push(Remark::new(&RULE, message).at(item.place));
    }
}

/// Whether an error is about cost, not about syntax.
pub(super) fn is_excess(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::AllowanceSpent | ErrorKind::TooComplex { .. } | ErrorKind::TooLarge { .. }
    )
}

/// The least that `xpack.security.automata.max_determinized_states` may be set to.
const ALWAYS_ALLOWED: usize = 10_000;
