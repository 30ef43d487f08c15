//! TR069: a pattern trusts every cluster of a scope.

use std::collections::BTreeSet;

use crosstrust_report::Rule;
use crosstrust_report::Severity;
use crosstrust_x509::ClusterName;
use crosstrust_x509::NodeName;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR069",
    severity: Severity::Warning,
    summary: "a pattern trusts every cluster of a scope",
    explanation: "The pattern trusts every cluster of an organisation or environment, also those \
        that are created later, though all the certificates that were given are of one cluster.",
    help: "name the clusters, if not all are meant",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    let names = subject.known.names();
    for (item, pattern) in subject.valid() {
        let Some(NodeName { node: "*", cluster: ClusterName::Cloud { cluster: "*", .. } }) =
            NodeName::parse(&item.text)
        else {
            continue;
        };
        let matched = names.iter().filter(|name| pattern.matches(name));
        let clusters: BTreeSet<&str> = matched.filter_map(|name| cloud_cluster(name)).collect();
        if let (Some(cluster), 1) = (clusters.first(), clusters.len()) {
            let message = format!(
                "`{}` trusts every cluster of its scope; the certificates given are of `{cluster}` alone",
                item.text
            );
            remarks.push(Remark::new(&RULE, message).at(item.place));
        }
    }
}

fn cloud_cluster(name: &str) -> Option<&str> {
    match NodeName::parse(name)?.cluster {
        ClusterName::Cloud { cluster, .. } => Some(cluster),
        ClusterName::Kubernetes { .. } => None,
    }
}
