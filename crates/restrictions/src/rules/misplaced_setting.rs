//! TR065: restrictions are set for another interface than the transport layer.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Known;
use crate::examine::Remark;
use crate::examine::Remarks;
use crate::restricted_node::PATH;
use crate::restricted_node::RestrictedNode;
use crate::restricted_node::TRANSPORT;

pub(super) const RULE: Rule = Rule {
    code: "TR065",
    severity: Severity::Warning,
    summary: "restrictions are set for another interface than the transport layer",
    explanation: "Nodes and other clusters connect to the transport layer, whose settings begin with \
        `xpack.security.transport.ssl`. Restrictions under `xpack.security.http.ssl` or a realm \
        leave it open.",
    help: "set `xpack.security.transport.ssl.trust_restrictions.path`",
};

pub(super) fn check(node: &RestrictedNode, _: &Known, remarks: &mut Remarks) {
    for (prefix, value) in node.restricted() {
        if prefix != TRANSPORT && !prefix.starts_with("transport.profiles.") {
            let message = format!("`{prefix}{PATH}` does not guard the transport layer");
            remarks.push(Remark::new(&RULE, message).at(value.place));
        }
    }
}
