//! TR067: the restrictions file is not where the settings say.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Known;
use crate::examine::Remark;
use crate::examine::Remarks;
use crate::restricted_node::NamedRestrictions;
use crate::restricted_node::PATH;
use crate::restricted_node::RestrictedNode;

pub(super) const RULE: Rule = Rule {
    code: "TR067",
    severity: Severity::Error,
    summary: "the restrictions file is not where the settings say",
    explanation: "`trust_restrictions.path` is looked for from the configuration directory on, and must \
        not lead out of it. If there is no such file, or Elasticsearch may not read it, the \
        node does not start.",
    help: "put the file into the configuration directory, and name it as it is called there",
};

pub(super) fn check(node: &RestrictedNode, _: &Known, remarks: &mut Remarks) {
    let Some(path) = node.transport(PATH) else { return };
    let fault = match node.restrictions() {
        Some(NamedRestrictions::Missing) => "is not there, or cannot be read",
        Some(NamedRestrictions::Outside) => "lies outside the configuration directory",
        Some(NamedRestrictions::Found(_)) | None => return,
    };
    remarks.push(Remark::new(&RULE, format!("`{}` {fault}", path.text)).at(path.place));
}
