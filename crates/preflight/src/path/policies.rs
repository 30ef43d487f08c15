//! What Java processes in a path and this program does not: certificate policies, and extensions that
//! only some releases read.

use crosstrust_x509::{Certificate, der};

use crate::unjudged::Unjudged;

/// Why a certificate below the trusted one keeps its path from being judged. Nothing asks for a policy
/// unless `policyConstraints` do (RFC 5280, section 6.1); Java refuses critical policies with qualifiers.
pub(super) fn unprocessed(certificate: &Certificate) -> Option<Unjudged> {
    let unread = |oid: &str| certificate.unreadable_extensions().iter().any(|one| one == oid);
    let found = certificate.extensions().iter().find_map(|extension| {
        match (extension.oid.as_str(), extension.critical) {
            (POLICY_CONSTRAINTS, _) => {
                Some("policyConstraints, and policies are not processed here")
            }
            (POLICIES, true) if has_qualifiers(&extension.value) => {
                Some("critical certificatePolicies with qualifiers, which Java refuses")
            }
            (POLICY_MAPPINGS, true) => {
                Some("critical policyMappings, and policies are not processed here")
            }
            (INHIBIT_ANY_POLICY, true) => {
                Some("critical inhibitAnyPolicy, and policies are not processed here")
            }
            (EXTENDED_KEY_USAGE, false) if unread(EXTENDED_KEY_USAGE) => {
                Some("a malformed extendedKeyUsage, which Java 17 passes over and Java 25 refuses")
            }
            _ => None,
        }
    });
    let what = |found| format!("`{}` has {found}", certificate.subject());
    found.map(|found| Unjudged::NotLookedAt { what: what(found) })
}

/// Whether a policy has more than its identifier, or cannot be read.
fn has_qualifiers(value: &[u8]) -> bool {
    let policies =
        der::read_one(value, der::SEQUENCE).and_then(|list| der::read_all(list.contents));
    policies.is_none_or(|policies| {
        policies.is_empty()
            || policies.iter().any(|policy| {
                policy.tag != der::SEQUENCE
                    || der::read_all(policy.contents).is_none_or(|parts| parts.len() != 1)
            })
    })
}

const POLICIES: &str = "2.5.29.32";
const POLICY_MAPPINGS: &str = "2.5.29.33";
const POLICY_CONSTRAINTS: &str = "2.5.29.36";
const EXTENDED_KEY_USAGE: &str = "2.5.29.37";
const INHIBIT_ANY_POLICY: &str = "2.5.29.54";
