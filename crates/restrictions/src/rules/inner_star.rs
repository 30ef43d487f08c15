//! TR045: a star in the middle of a cloud pattern spans dots.

use crosstrust_report::Rule;
use crosstrust_report::Severity;
use crosstrust_x509::ClusterName;
use crosstrust_x509::NodeName;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR045",
    severity: Severity::Warning,
    summary: "a star in the middle of a cloud pattern spans dots",
    explanation: "A `*` matches dots too. In the middle of a cloud pattern it lets a crafted node id \
        stand in for more labels than one would think. The pattern of a whole scope, \
        `*.node.*.cluster.<scope id>.account`, is as documented; stars elsewhere are not.",
    help: "name the cluster id",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.wildcards() {
        let Some(NodeName { cluster: ClusterName::Cloud { cluster, scope }, .. }) =
            NodeName::parse(&item.text)
        else {
            continue;
        };
        let partly = cluster.contains(['*', '?']) && cluster != "*";
        if partly || scope.contains(['*', '?']) {
            let message = format!("the wildcard in the middle of `{}` spans dots", item.text);
            remarks.push(Remark::new(&RULE, message).at(item.place));
        }
    }
}
