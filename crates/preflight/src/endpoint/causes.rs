//! Why a server may have refused our certificate, the most likely cause first.

use super::alert::Alert;
use super::observation::{CertificateRequest, End, Reply};
use super::plan::EndpointPlan;
use crate::path::has_purpose;
use crate::role::Role;
use crosstrust_restrictions::{X509Field, certificate_names};
use crosstrust_x509::{Certificate, KeyUsageBit, Name};

/// The causes, each a part of a sentence. What our own certificate shows comes before what can only
/// be guessed from the alert.
pub(super) fn causes(plan: &EndpointPlan, request: &CertificateRequest, end: &End) -> Vec<String> {
    let alert = match end {
        End::Alert(alert) => Some(*alert),
        _ => None,
    };
    let Some(leaf) = plan.identity.as_ref().and_then(|identity| identity.leaf()) else {
        return Vec::new();
    };
    if request.reply == Reply::Withheld {
        return vec![withheld(leaf, &request.authorities)];
    }
    let mut causes = own_faults(plan, leaf);
    causes.extend(by_alert(alert, leaf, request));
    causes
}

/// Faults that the certificate has by itself.
fn own_faults(plan: &EndpointPlan, leaf: &Certificate) -> Vec<String> {
    let mut faults = Vec::new();
    if plan.now > leaf.not_after() {
        faults.push(format!("our certificate expired at {}", leaf.not_after()));
    }
    if plan.now < leaf.not_before() {
        faults.push(format!("our certificate is not valid before {}", leaf.not_before()));
    }
    if !has_purpose(leaf, Role::Client) {
        faults.push("the extendedKeyUsage of our certificate lacks clientAuth".to_owned());
    }
    if leaf.key_usage().is_some_and(|usage| !usage.allows(KeyUsageBit::DigitalSignature)) {
        faults.push("the keyUsage of our certificate lacks digitalSignature".to_owned());
    }
    faults
}

fn by_alert(alert: Option<Alert>, leaf: &Certificate, request: &CertificateRequest) -> Vec<String> {
    let untrusted = || format!("its CA list lacks `{}`, which issued ours", leaf.issuer());
    match alert {
        Some(Alert::CERTIFICATE_EXPIRED) => {
            vec!["to its clock our certificate, or one above it, has expired".to_owned()]
        }
        Some(Alert::CERTIFICATE_REVOKED) => vec!["our certificate has been revoked".to_owned()],
        Some(Alert::CERTIFICATE_REQUIRED) => vec!["our certificate did not reach it".to_owned()],
        Some(Alert::DECRYPT_ERROR) => vec!["it cannot verify our signature".to_owned()],
        Some(Alert::UNKNOWN_CA) => vec![untrusted()],
        Some(Alert::UNSUPPORTED_CERTIFICATE) => {
            vec![
                "our chain has a signature algorithm, key or usage that it has disabled".to_owned(),
            ]
        }
        Some(Alert::ACCESS_DENIED) => vec![restricted(leaf)],
        // Java names its whole CA list, so an authority that is named is trusted.
        _ if names(&request.authorities, leaf.issuer()) => {
            vec![restricted(leaf), "its CA of this name has another key".to_owned()]
        }
        _ => vec![untrusted(), restricted(leaf)],
    }
}

fn names(authorities: &[Name], issuer: &Name) -> bool {
    authorities.iter().any(|authority| authority.matches(issuer))
}

fn restricted(leaf: &Certificate) -> String {
    let names = certificate_names(leaf, &[X509Field::OtherNameCommonName]);
    match names.first() {
        Some(name) => format!("its trust restrictions do not admit `{}`", name.value),
        None => {
            "it has trust restrictions, and our certificate has no otherName common name".to_owned()
        }
    }
}

fn withheld(leaf: &Certificate, authorities: &[Name]) -> String {
    format!(
        "it asks for a certificate of {}, and ours is of `{}`; so Java sends none",
        listed(authorities),
        leaf.issuer()
    )
}

/// The authorities, if they are few enough to read.
pub(super) fn listed(authorities: &[Name]) -> String {
    let shown = authorities.iter().take(MOST_SHOWN).map(|name| format!("`{name}`"));
    let shown = shown.collect::<Vec<_>>().join(", ");
    match authorities.len() {
        0 => "any CA".to_owned(),
        count if count > MOST_SHOWN => format!("one of {count} CAs ({shown}, …)"),
        _ => shown,
    }
}

const MOST_SHOWN: usize = 4;
