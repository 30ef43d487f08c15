//! PF034: the own restrictions do not admit the node.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_restrictions::certificate_names;

use crate::examination::Examination;
use crate::settings::Policy;
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
    let Policy { remote, own, is_own_cluster, .. } = node.policy;
    let own = if *is_own_cluster { Some(remote) } else { own.as_ref() };
    let Some(own) = own else { return };
    let Some(file) = &own.restrictions else { return };
    let names = certificate_names(node.leaf, &own.fields);
    if file.restrictions.judge(&names).is_some() {
        return;
    }
    let names = names.into_iter().map(|name| name.value).collect::<Vec<_>>();
    let message = match names.as_slice() {
        [] if *is_own_cluster => return, // PF032 says so.
        [] => format!(
            "its own cluster refuses it: it has no {}, which `{}` is compared with",
            names_of(&own.fields),
            file.path
        ),
        names => format!(
            "its own cluster refuses it: no pattern of `{}` matches {}{}",
            file.path,
            quoted(names),
            file.nearest(names)
        ),
    };
    report.push(node.finding(&RULE, message));
}
