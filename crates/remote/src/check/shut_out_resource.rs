//! RC046 for a resource on Kubernetes: the CAs that it names, of which restrictions that are new would let in
//! nobody.

use crosstrust_keystore::open::certificates;
use crosstrust_report::{Report, Rule};
use crosstrust_restrictions::RESTRICTIONS_SETTING;
use crosstrust_x509::Certificate;

use super::Subject;
use crate::connection::{AUTHORITIES, CONFIGURATION, Resource};
use crate::document::Document;
use crate::plan::Party;

pub(super) fn check(
    rule: &'static Rule,
    subject: &Subject<'_>,
    own: &Party<'_>,
    peer: &Party<'_>,
    report: &mut Report,
) {
    let Some(there) = &own.material.manifest else { return };
    let partners = format!("{}.partners", own.word());
    let is_new = there.lacks(RESTRICTIONS_SETTING) && own.platform().restricts(own, peer);
    if !is_new || own.connection.place(&partners).is_some() {
        return;
    }
    let known: Vec<&Certificate> =
        own.others().chain([own, peer]).flat_map(|one| &one.material.authorities).collect();
    for (place, text) in trusted(there) {
        let read = text.and_then(|text| certificates(text.as_bytes()).ok());
        let message = match read {
            Some(read) => {
                let Some(one) = read.iter().find(|one| !known.contains(one)) else { continue };
                format!(
                    "the {} nodes trust `{}` of {place}, and the new restrictions let in nobody of it",
                    own.word(),
                    one.subject()
                )
            }
            None => format!(
                "the {} nodes trust {place}, which nobody looked at, and the new restrictions let in nobody of it but \
                 those of the connection file",
                own.word()
            ),
        };
        report.push(subject.finding(rule, &format!("{}.manifest", own.word()), message));
    }
}

/// What the nodes are told to trust besides the operator's own CAs: where it stands, and what it has.
fn trusted(there: &Resource) -> Vec<(String, Option<&str>)> {
    let mut found = Vec::new();
    let map = there.spec(&["transport", "tls", "certificateAuthorities", "configMapName"]);
    if let Some(name) = map.and_then(Document::text) {
        let text = there.config_map(name).and_then(|data| match data.get("ca.crt")? {
            Document::Text(text) => Some(text.as_str()),
            _ => None,
        });
        found.push((format!("the config map `{name}`"), text));
    }
    for mounted in there.mounted(AUTHORITIES) {
        if !OPERATORS
            .iter()
            .any(|folder| mounted.whole().starts_with(&format!("{CONFIGURATION}/{folder}/")))
        {
            found.push((format!("`{}`", mounted.path), mounted.text));
        }
    }
    found
}

/// The folders of CAs that the operator mounts: the cluster's own, and those of `spec.remoteClusters`.
const OPERATORS: [&str; 2] = ["transport-certs", "transport-remote-certs"];
