//! Who will accept whose nodes once a kit is applied: the matrix of preflight over both sides.

use crosstrust_preflight::{
    Cluster, Node, Refusal, RestrictionsFile, Settings, TrustList, VerificationMode, matrix,
};
use crosstrust_restrictions::{Restrictions, X509Field};

use super::Subject;
use crate::connection::Model;
use crate::plan::{self, Party};

/// A node that is refused for its names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Refused {
    /// The side of the node: 0 for the local, 1 for the remote one.
    pub(super) side: usize,
    /// The side that refuses it.
    pub(super) judge: usize,
    /// The node's file.
    pub(super) node: String,
    /// Why.
    pub(super) reason: String,
}

/// All nodes that are refused for their names, although the kit is applied. What a CA does not
/// vouch for is told by another rule.
pub(super) fn refused(subject: &Subject<'_>) -> Vec<Refused> {
    if subject.connection.model != Model::Tls || subject.connection.same_operator {
        return Vec::new();
    }
    let [local, remote] = plan::parties(subject.connection, subject.material);
    let clusters = [cluster(&local, &remote), cluster(&remote, &local)];
    let mut refused = Vec::new();
    for verdict in matrix(&clusters, subject.now).verdicts {
        let Some(refusal @ (Refusal::NoName { .. } | Refusal::NotAdmitted { .. })) =
            verdict.refusal()
        else {
            continue;
        };
        let presented =
            clusters.get(verdict.from.cluster).and_then(|c| c.nodes.get(verdict.from.node));
        refused.push(Refused {
            side: verdict.from.cluster,
            judge: verdict.to,
            node: presented.map_or_else(String::new, |node| node.path().to_owned()),
            reason: refusal.to_string(),
        });
    }
    refused
}

/// A side as it will be. Nodes that get new certificates have no say yet: those that are named. One that is
/// not named keeps what it has.
fn cluster(own: &Party<'_>, peer: &Party<'_>) -> Cluster {
    let authorities = own.material.authorities.iter().chain(&peer.material.authorities);
    let mut settings = Settings::new(TrustList::new(authorities.cloned()));
    settings.mode = VerificationMode::Certificate;
    if let Some((restrictions, fields)) = restrictions(own, peer) {
        (settings.restrictions, settings.fields) = (Some(restrictions), fields);
    }
    let kept = own.nodes().iter().filter(|_| !plan::is_reissued(own));
    let kept = kept.chain(own.material.unlisted_node().filter(|_| !plan::is_renamed(own)));
    let nodes = kept.map(|node| Node::new(node.label.clone(), vec![node.certificate.clone()]));
    Cluster { name: own.word().to_owned(), nodes: nodes.collect(), settings }
}

/// Whom a side will let in by name. Where its names or the other's are not to be told, none of the
/// nodes that have names is let in either, so what is known of them is taken.
fn restrictions(own: &Party<'_>, peer: &Party<'_>) -> Option<(RestrictionsFile, Vec<X509Field>)> {
    if !own.platform().restricts(own, peer) {
        return None;
    }
    let (text, fields) = match plan::restrictions(own, peer) {
        Ok(restricted) => (restricted.admitted.text.clone(), restricted.admitted.compared()),
        Err(_) => (UNKNOWN.to_owned(), X509Field::DEFAULT.to_vec()),
    };
    let restrictions = Restrictions::parse("trust.yml", text.as_bytes()).ok()?;
    let path = format!("the trust of the {} side", own.word());
    Some((RestrictionsFile { path, restrictions }, fields))
}

/// Lets in every name, so that only those without one are refused.
const UNKNOWN: &str = "trust.subject_name: ['*']\n";
