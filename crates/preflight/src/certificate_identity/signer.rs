//! A certificate that signs requests, as the remote cluster's Elasticsearch judges it:
//! `checkClientTrusted` on what is presented, the dates of the certificate, then `Signature.initVerify`.

use crosstrust_x509::{Certificate, Curve, KeyKind, KeyUsageBit, Timestamp};

use crate::chain::Chain;
use crate::checks::broken_chain;
use crate::error::PathError;
use crate::node::{Node, NodeKey};
use crate::refusal::Refusal;
use crate::role::Role;
use crate::signature_cache::SignatureCache;
use crate::trust_list::TrustList;
use crate::unjudged::Unjudged;
use crate::verdict::Verdict;

/// Who judges certificates that sign requests, and when.
#[derive(Clone, Debug)]
pub struct SigningTrust {
    /// `cluster.remote.signing.certificate_authorities` of the remote cluster.
    pub trust: TrustList,
    /// The time for which the verdict holds.
    pub now: Timestamp,
}

impl SigningTrust {
    /// The verdict on the certificate, its name aside.
    pub(super) fn judge(&self, chain: &Chain) -> Verdict {
        let Some(leaf) = chain.leaf() else { return Refusal::Path(PathError::Empty).into() };
        let judgement = self.trust.judge(chain, self.now, &SignatureCache::new());
        let path = judgement.verdict(Role::Client);
        path.and(self.dates(leaf)).and(key(leaf)).and(usage(leaf))
    }

    /// A certificate that is listed itself has its dates checked all the same.
    fn dates(&self, leaf: &Certificate) -> Verdict {
        let subject = leaf.subject().to_string();
        let error = if self.now < leaf.not_before() {
            PathError::NotYetValid { subject, not_before: leaf.not_before() }
        } else if self.now > leaf.not_after() {
            PathError::Expired { subject, not_after: leaf.not_after() }
        } else {
            return Verdict::Accepted;
        };
        Refusal::Path(error).into()
    }
}

/// Why Elasticsearch finds no key for signing in what a node names for it, if it does not.
pub(crate) fn unusable(node: &Node) -> Option<String> {
    let signs = |kind: &KeyKind| matches!(kind, KeyKind::Rsa { .. } | KeyKind::Ec { .. });
    let certified = node.leaf().map(|leaf| leaf.public_key().kind());
    let own = match node.key() {
        NodeKey::Open { kind, .. } => Some(kind),
        _ => None,
    };
    let found = [certified, own].into_iter().flatten().find(|kind| !signs(kind))?;
    Some(format!("the key is {found}, and Elasticsearch signs requests with RSA and EC keys alone"))
}

/// Whether Elasticsearch loads what signs: Java opens the files, and takes the certificates for a chain.
pub(super) fn loads(signer: &Node) -> Verdict {
    let chain = match broken_chain::problem(signer) {
        Some(message) => {
            Refusal::DoesNotStart { rule: &broken_chain::RULE, message, help: None }.into()
        }
        None => Verdict::Accepted,
    };
    signer.start().and(chain)
}

/// Without a list nothing but the name can be judged.
pub(super) fn unjudged() -> Verdict {
    let what = "only the name was judged: no list of trusted certificates was given".to_owned();
    Unjudged::NotLookedAt { what }.into()
}

fn key(leaf: &Certificate) -> Verdict {
    match leaf.public_key().kind() {
        KeyKind::Rsa { .. } | KeyKind::Ec { curve: Curve::P256 | Curve::P384 | Curve::P521 } => {
            Verdict::Accepted
        }
        other => Refusal::SigningKey { key: other.clone() }.into(),
    }
}

/// `Signature.initVerify` asks a critical keyUsage for digitalSignature, whatever vouches for the
/// certificate.
fn usage(leaf: &Certificate) -> Verdict {
    match leaf.key_usage().filter(|usage| usage.is_critical()) {
        Some(usage) if !usage.allows(KeyUsageBit::DigitalSignature) => {
            let subject = leaf.subject().to_string();
            Refusal::Path(PathError::KeyUsage { subject, usage: usage.to_string() }).into()
        }
        _ => Verdict::Accepted,
    }
}
