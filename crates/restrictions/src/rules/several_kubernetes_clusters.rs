//! TR059: a pattern fits several clusters on Kubernetes.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::lint::Remark;
use crate::lint::Remarks;
use crate::lint::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR059",
    severity: Severity::Note,
    summary: "a pattern fits several clusters on Kubernetes",
    explanation: "Nodes of Elastic Cloud on Kubernetes are called \
        `<pod>.node.<name>.<namespace>.es.local`. A pattern that fixes less of the end fits \
        the nodes of several clusters, or of several namespaces.",
    help: "write `*.node.<name>.<namespace>.es.local`",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.wildcards() {
        let labels: Vec<&str> = item.text.split('.').collect();
        let [before @ .., "es", "local"] = labels.as_slice() else { continue };
        let fixed = matches!(before, [.., "node", name, namespace] if !format!("{name}{namespace}").contains(['*', '?']));
        if item.text.contains(['*', '?']) && !fixed {
            let message = format!("`{}` fits the nodes of several clusters", item.text);
            remarks.push(Remark::new(&RULE, message).at(item.place));
        }
    }
}
