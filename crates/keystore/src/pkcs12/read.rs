//! The reader: PFX, its authentication, its safes.

use zeroize::Zeroizing;

use super::EncryptedPart;
use super::Encryption;
use super::PartContent;
use super::Store;
use super::assemble::assemble;
use super::bag::Bag;
use super::bag::ClosedBag;
use super::oid;
use crate::der::Reader;
use crate::der::tag;
use crate::entry::StoredKey;
use crate::error::Error;
use crate::error::FormatProblem;
use crate::pbe::Authentication;
use crate::pbe::Budget;
use crate::pbe::Scheme;
use crate::pem::Note;
use crate::pem::NoteKind;
use crate::secret::Password;

/// Reads a key store.
///
/// The password must be that of the authentication code and of the encrypted parts. A private key
/// under another password is listed as locked. Without authentication code and encrypted parts,
/// a password that opens none of the keys is wrong.
pub fn read(bytes: &[u8], password: &Password) -> Result<Store, Error> {
    read_within(bytes, password, password, &mut Budget::new())
}

/// The same with a password for the keys, as one attempt or part of several whose cost is bounded
/// together.
pub(crate) fn read_within(
    bytes: &[u8],
    password: &Password,
    keys: &Password,
    budget: &mut Budget,
) -> Result<Store, Error> {
    let pfx = Pfx::read(bytes)?;
    let mut opener = Opener {
        password,
        keys,
        budget,
        parts: Vec::new(),
        bags: Vec::new(),
        password_proven: false,
    };
    if let Some(mac) = &pfx.authentication {
        opener.authenticate(mac, &pfx.content)?;
    }
    opener.safes(&pfx.content)?;
    if !opener.password_proven && opener.every_key_is_locked() {
        return Err(Error::WrongPassword);
    }
    Ok(Store {
        entries: assemble(opener.bags),
        encryption: Encryption {
            parts: opener.parts,
            mac: pfx.authentication.as_ref().map(Authentication::describe),
        },
        notes: pfx.notes,
    })
}

/// Whether the bytes begin like a PFX: a sequence of version 3 and a `ContentInfo`.
pub(crate) fn is_pkcs12(bytes: &[u8]) -> bool {
    let begin = || {
        let mut pfx = Reader::new(bytes, PFX).sequence()?;
        let version = pfx.integer()?;
        let mut content_info = pfx.sequence()?;
        Ok::<_, Error>((version, content_info.object_identifier()?))
    };
    begin().is_ok_and(|(version, _)| version == VERSION)
}

/// The outermost structure.
struct Pfx {
    /// The octets that the authentication code covers, as they were written.
    content: Zeroizing<Vec<u8>>,
    authentication: Option<Authentication>,
    notes: Vec<Note>,
}

impl Pfx {
    fn read(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() > SIZE_LIMIT {
            return Err(Error::TooLarge {
                what: "key store",
                size: bytes.len(),
                limit: SIZE_LIMIT,
            });
        }
        let mut file = Reader::new(bytes, PFX);
        let mut pfx = file.sequence()?;
        if pfx.integer()? != VERSION {
            return Err(pfx.damaged(FormatProblem::InvalidValue { what: "version" }));
        }
        let (content_type, mut content) = content_info(&mut pfx)?;
        let content = match content_type.as_str() {
            oid::DATA => Zeroizing::new(content.octet_string()?.into_owned()),
            oid::SIGNED_DATA => {
                return Err(Error::UnsupportedFeature { feature: "a key store that is signed" });
            }
            _ => return Err(pfx.damaged(FormatProblem::InvalidValue { what: "content type" })),
        };
        let authentication =
            if pfx.is_empty() { None } else { Some(Authentication::read(&mut pfx)?) };
        let trailing = Some(file.rest().len()).filter(|count| *count > 0);
        let note = |count| Note { line: None, kind: NoteKind::TrailingBytes { count } };
        Ok(Self { content, authentication, notes: trailing.map(note).into_iter().collect() })
    }
}

/// What is being collected while the safes are opened one by one.
struct Opener<'a> {
    password: &'a Password,
    /// The password of the keys.
    keys: &'a Password,
    budget: &'a mut Budget,
    parts: Vec<EncryptedPart>,
    bags: Vec<Bag>,
    /// Whether the password has been right for anything but a single key.
    password_proven: bool,
}

impl Opener<'_> {
    fn authenticate(&mut self, mac: &Authentication, content: &[u8]) -> Result<(), Error> {
        if mac.verify(content, self.password, self.budget)? {
            self.password_proven = true;
            return Ok(());
        }
        // A password that opens an encrypted part is right, so the content must have changed.
        if self.opens_a_safe(content)? {
            return Err(Error::Damaged { part: PFX, problem: FormatProblem::MacMismatch });
        }
        Err(Error::WrongPassword)
    }

    fn opens_a_safe(&mut self, content: &[u8]) -> Result<bool, Error> {
        let mut safes = Reader::new(content, SAFE).sequence()?;
        while !safes.is_empty() {
            let (content_type, mut safe) = content_info(&mut safes)?;
            if content_type == oid::ENCRYPTED_DATA {
                let (scheme, data) = encrypted_data(&mut safe)?;
                return match scheme.open(&data, self.password, self.budget) {
                    Ok(_) => Ok(true),
                    Err(Error::WrongPassword) => Ok(false),
                    Err(error) => Err(error),
                };
            }
        }
        Ok(false)
    }

    fn safes(&mut self, content: &[u8]) -> Result<(), Error> {
        let mut outer = Reader::new(content, SAFE);
        let mut safes = outer.sequence()?;
        outer.end()?;
        while !safes.is_empty() {
            let (content_type, mut safe) = content_info(&mut safes)?;
            match content_type.as_str() {
                oid::DATA => {
                    let plain = Zeroizing::new(safe.octet_string()?.into_owned());
                    let before = self.bags.len();
                    self.bags(Reader::new(&plain, SAFE).sequence()?)?;
                    // Keys in here have been listed on their own.
                    if self.bags.iter().skip(before).any(|bag| bag.key().is_none()) {
                        self.part(PartContent::Safe, None);
                    }
                }
                oid::ENCRYPTED_DATA => {
                    let (scheme, data) = encrypted_data(&mut safe)?;
                    let plain = scheme.open(&data, self.password, self.budget)?;
                    self.password_proven = true;
                    self.part(PartContent::Safe, Some(&scheme));
                    self.bags(Reader::new(&plain, SAFE).sequence()?)?;
                }
                oid::ENVELOPED_DATA => {
                    let feature = "a key store encrypted to a public key";
                    return Err(Error::UnsupportedFeature { feature });
                }
                _ => {
                    return Err(safes.damaged(FormatProblem::InvalidValue { what: "content type" }));
                }
            }
        }
        Ok(())
    }

    /// Opens the bags of a safe, and those within bags of bags, whose nesting the reader bounds.
    fn bags(&mut self, mut bags: Reader<'_>) -> Result<(), Error> {
        while !bags.is_empty() {
            let closed = ClosedBag::read(&mut bags)?;
            if closed.oid == oid::SAFE_CONTENTS_BAG {
                self.bags(closed.nested()?)?;
                continue;
            }
            if self.bags.len() >= BAG_LIMIT {
                return Err(Error::TooMany { what: "entries", limit: BAG_LIMIT });
            }
            let bag = closed.open(self.keys, self.budget)?;
            if bag.key().is_some() {
                self.part(PartContent::Key, bag.scheme.as_ref());
            }
            self.bags.push(bag);
        }
        Ok(())
    }

    fn part(&mut self, content: PartContent, scheme: Option<&Scheme>) {
        self.parts.push(EncryptedPart { content, scheme: scheme.map(Scheme::describe) });
    }

    fn every_key_is_locked(&self) -> bool {
        let mut keys = self.bags.iter().filter_map(Bag::key).peekable();
        keys.peek().is_some()
            && keys.all(|key| matches!(key, StoredKey::Locked(Error::WrongPassword)))
    }
}

/// Type and content of a `ContentInfo` (RFC 5652, section 3).
fn content_info<'a>(reader: &mut Reader<'a>) -> Result<(String, Reader<'a>), Error> {
    let mut info = reader.sequence()?;
    let content_type = info.object_identifier()?;
    Ok((content_type, info.context(0)?))
}

/// Scheme and ciphertext of an `EncryptedData` (RFC 5652, section 8).
fn encrypted_data(safe: &mut Reader<'_>) -> Result<(Scheme, Vec<u8>), Error> {
    let mut data = safe.sequence()?;
    data.integer()?;
    let mut info = data.sequence()?;
    info.object_identifier()?;
    let scheme = Scheme::read(&mut info)?;
    let ciphertext = info.string(tag::context_primitive(0))?.into_owned();
    Ok((scheme, ciphertext))
}

const VERSION: u64 = 3;
const PFX: &str = "key store";
const SAFE: &str = "key store contents";
/// A trust store with ten thousand authorities takes a sixth of it.
const SIZE_LIMIT: usize = 64 << 20;
const BAG_LIMIT: usize = 20_000;
