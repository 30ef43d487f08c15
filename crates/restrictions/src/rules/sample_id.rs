//! TR078: an id is an example's.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use super::described;
use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR078",
    severity: Severity::Warning,
    summary: "an id is that of the documentation's example",
    explanation: "The documentation's examples have ids of clusters and organisations in them. Copied into a \
        file, they let in whoever has these ids, and not the cluster that is meant. An id that a \
        certificate given with `--own` or `--peer` has is taken as meant.",
    help: "write the id of the cluster, or of the organisation, that is meant",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    let names = subject.known.names();
    for item in subject.items() {
        let words = || item.text.split(|character: char| !character.is_ascii_alphanumeric());
        let known = |id: &str| names.iter().any(|name| name.split('.').any(|label| label == id));
        let samples: Vec<&str> =
            words().filter(|word| SAMPLES.contains(word) && !known(word)).collect();
        let message = match samples.as_slice() {
            [] => continue,
            [_] => format!("{} is an id of the documentation's example", described(&samples)),
            _ => format!("{} are ids of the documentation's example", described(&samples)),
        };
        remarks.push(Remark::new(&RULE, message).at(item.place));
    }
}

/// The ids in Elastic's documentation of trust restrictions and remote clusters.
const SAMPLES: [&str; 6] = [
    "1053523734",
    "1075999151",
    "2dc556bb4bd040e00d0135683b66a2f6",
    "83988631",
    "aaaabbbbaaaabbbb",
    "xxxxyyyyxxxxyyyy",
];
