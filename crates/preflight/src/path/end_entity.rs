//! What is asked of the node's own certificate in each role, once its path is accepted.

use crosstrust_x509::{Certificate, KeyUsageBit, der};

use super::Path;
use crate::error::PathError;
use crate::role::Role;

/// Checks length of the chain, keyUsage, extendedKeyUsage and the Netscape type. Usages of a leaf
/// that is itself trusted are not looked at.
pub(super) fn check(path: &Path<'_>, presented: usize, role: Role) -> Result<(), PathError> {
    let Some(leaf) = path.certificates().next() else { return Err(PathError::Empty) };
    if role == Role::Client && presented > MOST_CLIENT_CERTIFICATES {
        let most = MOST_CLIENT_CERTIFICATES;
        return Err(PathError::ChainTooLong { count: presented, most, role });
    }
    if path.is_pinned() {
        return Ok(());
    }
    let subject = || leaf.subject().to_string();
    if let Some(usage) = leaf.key_usage()
        && !usage.allows(KeyUsageBit::DigitalSignature)
    {
        return Err(PathError::KeyUsage { subject: subject(), usage: usage.to_string() });
    }
    if !has_purpose(leaf, role) {
        let purposes = leaf.extended_key_usage().map(ToString::to_string).unwrap_or_default();
        return Err(PathError::ExtendedKeyUsage { subject: subject(), role, purposes });
    }
    if !has_netscape_type(leaf, role) {
        return Err(PathError::NetscapeType { subject: subject(), role });
    }
    Ok(())
}

/// Whether extendedKeyUsage, if there is one, allows the role.
pub(crate) fn has_purpose(leaf: &Certificate, role: Role) -> bool {
    leaf.extended_key_usage().is_none_or(|usage| match role {
        Role::Client => usage.allows_client_auth(),
        Role::Server => {
            let purposes = usage.purposes();
            usage.allows_server_auth() || purposes.iter().any(|p| STEP_UP.contains(&p.as_str()))
        }
    })
}

/// Whether the Netscape certificate type, if there is one, allows the role.
fn has_netscape_type(leaf: &Certificate, role: Role) -> bool {
    let Some(extension) = leaf.extensions().iter().find(|e| e.oid == NETSCAPE_TYPE) else {
        return true;
    };
    let bit = match role {
        Role::Client => 0x80,
        Role::Server => 0x40,
    };
    let bits = der::read_one(&extension.value, BIT_STRING).and_then(|e| e.contents.get(1).copied());
    bits.is_none_or(|bits| bits & bit != 0)
}

/// The most certificates that Java reads from a server (`jdk.tls.maxCertificateChainLength`).
pub(super) const MOST_CERTIFICATES: usize = 10;

/// The most that newer releases read from a client.
const MOST_CLIENT_CERTIFICATES: usize = 8;

/// Obsolete purposes that Java takes for serverAuth: server-gated cryptography of Microsoft and
/// Netscape.
const STEP_UP: [&str; 2] = ["1.3.6.1.4.1.311.10.3.3", "2.16.840.1.113730.4.1"];

const NETSCAPE_TYPE: &str = "2.16.840.1.113730.1.1";
const BIT_STRING: u8 = 0x03;
