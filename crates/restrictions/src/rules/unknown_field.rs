//! TR054: the setting of the fields that are compared stops the node.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::elasticsearch_version::ElasticsearchVersion;
use crate::examine::Known;
use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;
use crate::field::X509Field;
use crate::restricted_node::FIELDS;
use crate::restricted_node::RestrictedNode;

pub(super) const RULE: Rule = Rule {
    code: "TR054",
    severity: Severity::Warning,
    summary: "the setting of the fields that are compared stops the node",
    explanation: "`trust_restrictions.x509_fields` takes `subjectAltName.otherName.commonName` and \
        `subjectAltName.dnsName`, in any case, and exists since Elasticsearch 8.5.3 and 7.17.8. \
        With another value, or on an older Elasticsearch, the node does not start.",
    help: "write one of the two fields, and leave the setting out before 8.5.3 and 7.17.8",
};

/// Judges the fields that were asked for.
pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    let Some(fields) = &subject.known.asked_fields else { return };
    for message in faults(fields.iter().map(String::as_str), subject.known.elasticsearch) {
        remarks.push(Remark::new(&RULE, message));
    }
}

/// Judges the setting where it stands.
pub(super) fn check_settings(node: &RestrictedNode, known: &Known, remarks: &mut Remarks) {
    for item in node.transport_list(FIELDS) {
        for message in faults([item.text.as_str()].into_iter(), known.elasticsearch) {
            remarks.push(Remark::new(&RULE, message).at(item.place));
        }
    }
}

fn faults<'a>(fields: impl Iterator<Item = &'a str>, version: ElasticsearchVersion) -> Vec<String> {
    if !version.knows_x509_fields() {
        let message = "this Elasticsearch does not know `trust_restrictions.x509_fields`";
        return vec![message.to_owned()];
    }
    fields.filter_map(|field| field.parse::<X509Field>().err()).map(|e| e.to_string()).collect()
}
