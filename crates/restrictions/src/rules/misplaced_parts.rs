//! TR046: the parts of a cloud pattern are in the wrong place.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

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
        if fits_no_name(&item.text) {
            let message =
                format!("`{}` has its parts in the wrong place, and matches no node", item.text);
            remarks.push(Remark::new(&RULE, message).at(item.place));
        }
    }
}

/// Whether a pattern has the words of a cloud name as labels, and not where the names have them.
fn fits_no_name(text: &str) -> bool {
    let labels: Vec<&str> = text.split('.').collect();
    if !WORDS.iter().all(|word| labels.contains(word)) {
        return false;
    }
    // An id may be one of the words itself.
    let in_place =
        labels.windows(5).any(|labels| matches!(labels, ["node", _, "cluster", _, "account"]));
    // A star stands for any number of labels, so that only the order of the words is sure.
    let starred = labels.iter().skip(1).any(|label| label.contains('*'));
    let mut rest = labels.iter();
    let in_order = WORDS.iter().all(|word| rest.any(|label| label == word));
    !(in_place || (starred && in_order))
}

/// The words of a cloud name, in their order.
const WORDS: [&str; 3] = ["node", "cluster", "account"];
