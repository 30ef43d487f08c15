//! TR059: a pattern fits several clusters on Kubernetes.

use crosstrust_report::Rule;
use crosstrust_report::Severity;
use crosstrust_x509::NodeName;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

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
        if !item.text.ends_with(".es.local") {
            continue;
        }
        let fixed = NodeName::parse(&item.text)
            .is_some_and(|name| !name.cluster.suffix().contains(['*', '?']));
        if item.text.contains(['*', '?']) && !fixed {
            let message = format!("`{}` fits the nodes of several clusters", item.text);
            remarks.push(Remark::new(&RULE, message).at(item.place));
        }
    }
}
