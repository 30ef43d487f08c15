//! TR063: certificates are not verified.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Known;
use crate::examine::Remark;
use crate::examine::Remarks;
use crate::restricted_node::RestrictedNode;

pub(super) const RULE: Rule = Rule {
    code: "TR063",
    severity: Severity::Warning,
    summary: "certificates are not verified",
    explanation: "With `verification_mode: none` nobody checks who signed a certificate, so anybody can \
        write one for themselves with a name that the restrictions let in.",
    help: "set `verification_mode` to `certificate` or `full`",
};

pub(super) fn check(node: &RestrictedNode, _: &Known, remarks: &mut Remarks) {
    let mode = node.transport("verification_mode");
    let Some(mode) = mode.filter(|mode| mode.text.eq_ignore_ascii_case("none")) else { return };
    if node.transport(crate::restricted_node::PATH).is_some() {
        let message = "the restrictions can be forged: certificates are not verified";
        remarks.push(Remark::new(&RULE, message).at(mode.place));
    }
}
