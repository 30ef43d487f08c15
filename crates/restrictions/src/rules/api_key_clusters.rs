//! TR070: remote clusters connect with API keys.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Known;
use crate::examine::Remark;
use crate::examine::Remarks;
use crate::restricted_node::PATH;
use crate::restricted_node::RestrictedNode;

pub(super) const RULE: Rule = Rule {
    code: "TR070",
    severity: Severity::Note,
    summary: "remote clusters connect with API keys",
    explanation: "With `remote_cluster_server.enabled` other clusters connect to a port of its own, 9443, \
        and show an API key. Trust restrictions do not apply there; if no cluster connects to \
        the transport port any more, they guard the own nodes alone.",
    help: "drop the other clusters' patterns if none of them uses the transport port",
};

pub(super) fn check(node: &RestrictedNode, _: &Known, remarks: &mut Remarks) {
    let enabled = node.value("remote_cluster_server.enabled");
    let Some(enabled) = enabled.filter(|enabled| enabled.text == "true") else { return };
    if node.transport(PATH).is_some() {
        let message = "trust restrictions do not apply to clusters that connect with API keys";
        remarks.push(Remark::new(&RULE, message).at(enabled.place));
    }
}
