//! TR050: the own cluster is locked out.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Holder;
use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR050",
    severity: Severity::Error,
    summary: "the own cluster is locked out",
    explanation: "None of the own certificates that were given is let in. As soon as a node reads this \
        file, it refuses the other nodes of its own cluster.",
    help: "add the own cluster's names or its pattern",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    let refused = refused(subject, &subject.known.own);
    if refused.is_empty() || refused.len() < subject.known.own.len() {
        return;
    }
    let holders = refused.iter().map(|holder| holder.names(&subject.known.fields));
    let names: Vec<String> =
        holders.filter(|names| !names.is_empty()).map(|names| super::described(&names)).collect();
    let message = match names.as_slice() {
        [] => "the own certificates have no name that is compared".to_owned(),
        names => format!("no pattern matches the own cluster's {}", names.join(" or ")),
    };
    remarks.push(super::at_key(subject, Remark::new(&RULE, message)));
}

/// The certificates that the file does not let in.
pub(super) fn refused<'a>(subject: &Subject<'a>, holders: &'a [Holder]) -> Vec<&'a Holder> {
    let matcher = subject.matcher();
    let admitted = |holder: &Holder| {
        holder.names(&subject.known.fields).iter().any(|name| matcher.first_match(name).is_some())
    };
    holders.iter().filter(|holder| !admitted(holder)).collect()
}
