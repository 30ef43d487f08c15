//! RC046: restrictions that shut out those who connect now.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_restrictions::RESTRICTIONS_SETTING;
use crosstrust_x509::Certificate;

use super::{Subject, shut_out_resource as resource};
use crate::connection::{Model, Platform};
use crate::plan::{self, Party};

pub(super) const RULE: Rule = Rule {
    code: "RC046",
    severity: Severity::Error,
    summary: "new restrictions shut out clusters that are trusted now",
    explanation: "Nodes without trust restrictions let in everybody whom their CAs vouch for. The kit switches \
        restrictions on, which let in the own cluster and those of the connection files alone; whoever \
        else has a certificate of a CA in the nodes' list or trust store is refused after the restart.",
    help: "plan the connection files of the partners together with this one; or name their nodes as \
        `partners: [\"*.node.ID.cluster.ID.account\"]`; or write `partners: []` if nobody of that CA is to \
        connect any more; a CA of the cluster itself belongs in `ca`; a config map of CAs is read where it stands in \
        the file that `manifest` names",
};

/// Looks at the clusters of all connections, so that partners that are planned together are known.
pub(super) fn check(subjects: &[Subject<'_>], report: &mut Report) {
    for (index, subject) in subjects.iter().enumerate() {
        if subject.connection.model != Model::Tls || subject.connection.same_operator {
            continue;
        }
        let sides = plan::parties(subject.connection, subject.material);
        let [local, remote] = &sides;
        for (own, peer) in [(local, remote), (remote, local)] {
            resource::check(&RULE, subject, own, peer, report);
            let mut further = further(own, peer);
            for (other, _) in subjects.iter().enumerate().filter(|(other, _)| *other != index) {
                let partners = partners(subjects, other, &sides, own);
                further.retain(|one| !partners.contains(one));
            }
            for authority in further {
                let print: String = authority.fingerprint_sha256().chars().take(8).collect();
                let message = format!(
                    "the {} nodes trust `{}` (SHA-256 {print}…), and the new restrictions let in nobody of it",
                    own.word(),
                    authority.subject()
                );
                let key = format!("{}.elasticsearch_yml", own.word());
                report.push(subject.finding(&RULE, &key, message));
            }
        }
    }
}

/// The CAs that a cluster trusts and that nobody has said anything of, where restrictions are new to it.
fn further<'a>(own: &Party<'a>, peer: &Party<'_>) -> Vec<&'a Certificate> {
    let is_new = own.side.platform == Platform::SelfManaged
        && own.platform().restricts(own, peer)
        && own.material.setting(RESTRICTIONS_SETTING).is_none();
    let place = format!("{}.partners", own.word());
    if !is_new || own.connection.place(&place).is_some() {
        return Vec::new();
    }
    let leaves: Vec<&Certificate> =
        own.material.all_nodes().map(|node| &node.certificate).collect();
    let mut further = own.further_authorities(peer);
    // Without other settings, nodes trust what their key store does.
    if own.material.settings_file().is_none() && own.side.truststore.is_none() {
        let said = own.others().chain([peer, own]).flat_map(|one| &one.material.authorities);
        let said: Vec<&Certificate> = said.collect();
        let entries = own.material.store_entries.iter();
        further.extend(entries.filter(|one| !said.contains(one)));
    }
    further.retain(|one| !leaves.contains(one));
    further
}

/// The CAs of those that another connection file connects with the same cluster.
fn partners<'a>(
    subjects: &[Subject<'a>],
    other: usize,
    sides: &[Party<'a>; 2],
    own: &Party<'a>,
) -> Vec<&'a Certificate> {
    let Some(other) = subjects.get(other) else { return Vec::new() };
    let theirs = plan::parties(other.connection, other.material);
    let shared = plan::shared(sides, &theirs).into_iter();
    let shared = shared.filter(|((one, _), _)| one.role == own.role);
    shared.flat_map(|(_, (_, partner))| partner.material.authorities.iter()).collect()
}
