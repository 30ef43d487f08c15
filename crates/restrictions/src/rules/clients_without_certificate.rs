//! TR064: clients need no certificate.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Known;
use crate::examine::Remark;
use crate::examine::Remarks;
use crate::restricted_node::RestrictedNode;

pub(super) const RULE: Rule = Rule {
    code: "TR064",
    severity: Severity::Warning,
    summary: "clients need no certificate",
    explanation: "Restrictions compare the names in a client's certificate. With \
        `client_authentication` at `optional` or `none` a client without a certificate has no \
        names that could be refused. The transport layer's default is `required`.",
    help: "remove `client_authentication`, or set it to `required`",
};

pub(super) fn check(node: &RestrictedNode, _: &Known, remarks: &mut Remarks) {
    let Some(mode) = node.transport("client_authentication") else { return };
    let optional = ["none", "optional"].iter().any(|value| mode.text.eq_ignore_ascii_case(value));
    if optional && node.transport(crate::restricted_node::PATH).is_some() {
        let message = format!(
            "clients without a certificate get past the restrictions: `client_authentication` is `{}`",
            mode.text
        );
        remarks.push(Remark::new(&RULE, message).at(mode.place));
    }
}
