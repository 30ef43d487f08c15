//! TR046: the parts of a cloud pattern are in the wrong place.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::lint::Remark;
use crate::lint::Remarks;
use crate::lint::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR046",
    severity: Severity::Warning,
    summary: "the parts of a cloud pattern are in the wrong place",
    explanation: "Names of cloud nodes are `<node id>.node.<cluster id>.cluster.<scope id>.account`. A \
        pattern with these words in another order, or with more or fewer labels between \
        them, matches none of them.",
    help: "write `*.node.<cluster id>.cluster.<scope id>.account`",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.wildcards() {
        let labels: Vec<&str> = item.text.split('.').collect();
        let words = ["node", "cluster", "account"]
            .map(|word| labels.iter().position(|label| *label == word));
        let [Some(node), Some(cluster), Some(account)] = words else { continue };
        let starred = labels.iter().skip(1).any(|label| label.contains('*'));
        let apart = cluster.checked_sub(node) == Some(2) && account.checked_sub(cluster) == Some(2);
        if (!apart && !starred) || cluster < node || account < cluster {
            let message =
                format!("`{}` has its parts in the wrong place, and matches no node", item.text);
            remarks.push(Remark::new(&RULE, message).at(item.place));
        }
    }
}
