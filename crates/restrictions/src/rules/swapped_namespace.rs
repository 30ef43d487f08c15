//! TR060: name and namespace are swapped.

use crosstrust_pattern::Pattern;
use crosstrust_report::Rule;
use crosstrust_report::Severity;
use crosstrust_x509::ClusterName;
use crosstrust_x509::NodeName;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR060",
    severity: Severity::Warning,
    summary: "name and namespace are swapped",
    explanation: "In the names of Elastic Cloud on Kubernetes the name of the Elasticsearch comes \
        before the namespace. The other way round this pattern would match a certificate \
        that was given; as it stands it matches none.",
    help: "write the name of the cluster first, then its namespace",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    let names = subject.known.names();
    for (item, pattern) in subject.valid() {
        let Some(swapped) = swapped(&item.text) else { continue };
        let fits = |pattern: &Pattern| names.iter().any(|name| pattern.matches(name));
        if !fits(pattern) && Pattern::parse(&swapped).is_ok_and(|pattern| fits(&pattern)) {
            let message = format!("`{}` has name and namespace swapped", item.text);
            let fix = subject.rewrite(item, &swapped);
            remarks.push(Remark::new(&RULE, message).at(item.place).with_fix(fix));
        }
    }
}

fn swapped(text: &str) -> Option<String> {
    let NodeName { node, cluster: ClusterName::Kubernetes { name, namespace } } =
        NodeName::parse(text)?
    else {
        return None;
    };
    let swapped = ClusterName::Kubernetes { name: namespace, namespace: name };
    (!name.contains('.')).then(|| swapped.node(node).to_string())
}
