//! PF034: the own restrictions do not admit the node.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_restrictions::certificate_names;

use crate::admission::admission;
use crate::examination::Examination;
use crate::refusal::Refusal;
use crate::settings::Policy;
use crate::verdict::Verdict;
use crate::wording::{names_of, quoted};

pub(super) const RULE: Rule = Rule {
    code: "PF034",
    severity: Severity::Error,
    summary: "the own restrictions do not admit the node",
    explanation: "Trust restrictions apply to the nodes of the own cluster, too. A file that lists only \
        the other cluster locks every node out of its own cluster as soon as it is loaded.",
    help: "add a pattern for the own nodes to the own restrictions file",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    if let Some(message) = problem(node) {
        report.push(node.finding(&RULE, message));
    }
}

/// What becomes of the node before the restrictions of its own cluster, where another one judges it.
pub(super) fn verdict(node: &Examination<'_>) -> Verdict {
    let own = node.policy.own.as_ref();
    let restricted = own.and_then(|own| Some((own.restrictions.as_ref()?, &own.fields)));
    let Some((file, fields)) = restricted else { return Verdict::Accepted };
    let names = certificate_names(node.leaf, fields);
    match admission(node.leaf, &names, fields, file) {
        Verdict::Refused(refusal) => {
            let message = problem(node).unwrap_or_else(|| refusal.to_string());
            Refusal::OwnCluster { rule: &RULE, message }.into()
        }
        other => other,
    }
}

/// Why the own cluster's restrictions refuse the node, if they do.
fn problem(node: &Examination<'_>) -> Option<String> {
    let Policy { remote, own, is_own_cluster, .. } = node.policy;
    let own = if *is_own_cluster { Some(remote) } else { own.as_ref() };
    let own = own?;
    let file = own.restrictions.as_ref()?;
    let names = certificate_names(node.leaf, &own.fields);
    if file.restrictions.judge(&names).is_some() {
        return None;
    }
    let names = names.into_iter().map(|name| name.value).collect::<Vec<_>>();
    match names.as_slice() {
        [] if *is_own_cluster => None, // PF032 says so.
        [] => Some(format!(
            "its own cluster refuses it: it has no {}, which `{}` is compared with",
            names_of(&own.fields),
            file.path
        )),
        names => Some(format!(
            "its own cluster refuses it: no pattern of `{}` matches {}{}",
            file.path,
            quoted(names),
            file.nearest(names)
        )),
    }
}
