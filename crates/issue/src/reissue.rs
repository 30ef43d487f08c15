//! Re-issue: a new certificate for a node with the same subject and names, and with the otherName
//! that trust restrictions compare.

use crosstrust_keystore::{KeyType, PrivateKey};
use crosstrust_x509::{Certificate, GeneralName, SubjectAltNames, der};

use crate::authority::Authority;
use crate::error::Error;
use crate::extensions::{CertificateKind, Names, Purpose};
use crate::instance::Instance;
use crate::issued::{Issued, Issuer, Profile, certify_node};
use crate::naming::{Naming, NodeId};
use crate::renewal::instance;

/// What a re-issue will change.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReissuePlan {
    /// The id of the node, and where it was found.
    pub node: NodeId,
    /// The otherName common names that the old certificate has.
    pub old_names: Vec<String>,
    /// The one that the new certificate will have.
    pub new_name: String,
    /// The names that the new certificate will not have, since Java cannot read them and over them none.
    pub left_out: Vec<String>,
    /// Whether the certificate is already as it should be: this name alone, signed by this
    /// authority where one is given.
    pub unchanged: bool,
}

impl ReissuePlan {
    /// Looks at an old certificate. `file_stem` is the name of its file without extension; without
    /// an authority only its names are looked at.
    pub fn new(
        old: &Certificate,
        file_stem: &str,
        naming: &Naming,
        authority: Option<&Authority>,
    ) -> Self {
        let node = naming.node_id(old, file_stem);
        let new_name = naming.name_of(&node.id);
        let old_names: Vec<String> = old
            .subject_alt_names()
            .map_or_else(Vec::new, |names| names.other_name_common_names().collect());
        let signed = authority.is_none_or(|authority| old.is_signed_by(authority.certificate()));
        let left_out = left_out(old);
        let readable = old.unreadable_names().is_none();
        let unchanged = old_names == [new_name.as_str()] && signed && readable;
        Self { node, old_names, new_name, left_out, unchanged }
    }

    /// The key of the new certificate: a new one of the old one's kind, as far as it is one of
    /// ours, else RSA-2048.
    pub fn key_type(old: &Certificate) -> KeyType {
        let kind = old.public_key().kind().to_string();
        kind.parse().unwrap_or_default()
    }

    /// Issues the certificate: the subject and every subject alternative name that Java can read byte
    /// for byte, the otherName common names replaced by the new one. Its files are named for the node.
    pub fn issue(
        &self,
        old: &Certificate,
        key: PrivateKey,
        authority: &Authority,
        profile: &Profile,
    ) -> Result<Issued, Error> {
        let names = SubjectAltNames::from_der(&self.names(old));
        let names = Names::Copied(names.as_ref());
        let kind = CertificateKind::Node { names, purpose: &Purpose::default() };
        certify_node(&self.instance(old), kind, key, Issuer::Authority(authority), profile)
    }

    /// The node as an instance: what an instances file would say of it. Names of other forms than
    /// DNS, address and otherName common name have no place there.
    pub fn instance(&self, old: &Certificate) -> Instance {
        // An id such as `..` is a name, and would lead out of the folder as a file's.
        let id = &self.node.id;
        let filename = if Instance::is_filename(id) { id } else { "node" };
        Instance {
            name: id.clone(),
            common_names: vec![self.new_name.clone()],
            ..instance(old, filename)
        }
    }

    /// The value of the new subjectAltName extension.
    fn names(&self, old: &Certificate) -> Vec<u8> {
        let new_name = other_name(&self.new_name);
        let mut kept = Vec::new();
        let mut placed = false;
        if let Some(names) = old.subject_alt_names() {
            let elements =
                der::read(names.der()).and_then(|(names, _)| der::read_all(names.contents));
            let elements = elements.unwrap_or_default().into_iter().zip(names.problems());
            for (name, (element, problem)) in names.names().iter().zip(elements) {
                if !is_common_name(name) {
                    if problem.is_some() {
                        continue;
                    }
                    kept.extend_from_slice(element.bytes);
                } else if !std::mem::replace(&mut placed, true) {
                    kept.extend_from_slice(&new_name);
                }
            }
        }
        if !placed {
            kept.extend_from_slice(&new_name);
        }
        der::encode(der::SEQUENCE, &kept)
    }
}

fn left_out(old: &Certificate) -> Vec<String> {
    let Some(names) = old.subject_alt_names() else { return Vec::new() };
    let pairs = names.names().iter().zip(names.problems());
    let unread = pairs.filter(|(name, _)| !is_common_name(name));
    unread.filter_map(|(name, problem)| Some(format!("`{name}`, which {}", problem?))).collect()
}

fn is_common_name(name: &GeneralName) -> bool {
    matches!(name, GeneralName::Other(other) if other.type_id() == crosstrust_x509::COMMON_NAME_OID)
}

/// `[0] { 2.5.4.3, [0] { UTF8String } }` (RFC 5280, section 4.2.1.6).
fn other_name(name: &str) -> Vec<u8> {
    let value = der::encode(EXPLICIT_0, &der::encode(UTF8_STRING, name.as_bytes()));
    der::encode(EXPLICIT_0, &[&COMMON_NAME_TYPE_ID[..], &value].concat())
}

const EXPLICIT_0: u8 = 0xa0;
const UTF8_STRING: u8 = 0x0c;
/// OBJECT IDENTIFIER 2.5.4.3.
const COMMON_NAME_TYPE_ID: [u8; 5] = [0x06, 0x03, 0x55, 0x04, 0x03];
