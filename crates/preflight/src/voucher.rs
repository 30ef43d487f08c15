//! The authority that vouches for a node, and where its certificate is: what somebody who lacks it has
//! to add.

use crosstrust_report::shell;

use crate::chain::Link;
use crate::error::PathError;
use crate::java_name::JavaName;
use crate::known::KnownAuthorities;
use crate::node::Node;
use crate::trust_list::TrustList;

/// The authority above what a node presents.
#[derive(Clone, Debug)]
pub(crate) struct Voucher {
    subject: String,
    /// Where its certificate is, as part of a sentence.
    source: String,
    /// Its own issuer, where it is an intermediate.
    above: Option<(JavaName, String)>,
}

impl Voucher {
    /// Of a node, whose own cluster trusts `home`. Nothing where the authority is not known.
    pub(crate) fn of(
        node: &Node,
        home: Option<&TrustList>,
        known: &KnownAuthorities<'_>,
    ) -> Option<Self> {
        let links = node.chain().links();
        let top = top(&links)?;
        if top.is_self_issued() && links.len() > 1 {
            let listed = home.and_then(|home| home.file_of(top.certificate));
            let source = listed.map_or_else(
                || format!("which `crosstrust extract-ca {}` writes", shell::word(node.path())),
                |file| format!("`{file}`"),
            );
            return Some(Self::new(top, source));
        }
        let signs = |link: &Link<'_>| top.certificate.is_signed_by(link.certificate);
        let listed = home.and_then(|home| {
            let link = home.with_subject(&top.identity.issuer).find(signs)?;
            let source = home.file_of(link.certificate).map(|file| format!("`{file}`"));
            Some(Self::new(link, source.unwrap_or_else(|| fingerprint(link))))
        });
        listed.or_else(|| {
            let found = known.issuer_of(top)?;
            let source = found.presented_by.map(|path| format!("`{path}`"));
            Some(Self::new(found.link, source.unwrap_or_else(|| fingerprint(found.link))))
        })
    }

    fn new(link: Link<'_>, source: String) -> Self {
        let above = (!link.is_self_issued()).then(|| (link.identity.issuer.clone(), link.issuer()));
        Self { subject: link.subject(), source, above }
    }

    /// What to do where `whose` list lacks it.
    fn advice(&self, trust: &TrustList, whose: &str) -> String {
        let Self { subject, source, above } = self;
        match above.as_ref().filter(|(name, _)| trust.knows(name)) {
            Some((_, root)) => format!(
                "`{subject}` is an intermediate below `{root}`, which is trusted: append its certificate, {source}, to the node's certificate file"
            ),
            None => format!("add the CA that signed it, {source}, to {whose}"),
        }
    }
}

/// What to do where a list lacks the authority of a node, and what the list has.
pub(crate) fn advice(
    error: &PathError,
    voucher: Option<&Voucher>,
    trust: &TrustList,
    whose: &str,
) -> String {
    let mut advice = match voucher {
        Some(voucher) => voucher.advice(trust, whose),
        None => format!("add the certificate of the CA that signed it to {whose}"),
    };
    if !matches!(error, PathError::UnknownIssuer { .. } | PathError::UntrustedRoot { .. }) {
        advice += "; or re-issue the certificate with the CA that is trusted";
    }
    advice
}

/// What the list has instead, where nothing of the authority's name is there.
pub(crate) fn instead(error: &PathError, trust: &TrustList) -> String {
    match error {
        PathError::UnknownIssuer { authority_key_id, .. } => {
            let key = authority_key_id.as_ref().map(|id| format!(" (key identifier {id})"));
            format!("{}{}", key.unwrap_or_default(), trust.listing())
        }
        _ => String::new(),
    }
}

/// The last certificate that can be reached from the node's own.
fn top<'a>(links: &[Link<'a>]) -> Option<Link<'a>> {
    let mut top = *links.first()?;
    for _ in links {
        let is_above =
            |link: &&Link<'_>| **link != top && top.certificate.is_signed_by(link.certificate);
        if top.is_self_issued() {
            break;
        }
        match links.iter().find(is_above) {
            Some(link) => top = *link,
            None => break,
        }
    }
    Some(top)
}

fn fingerprint(link: Link<'_>) -> String {
    format!("`{}` (SHA-256 {})", link.subject(), link.identity.fingerprint)
}
