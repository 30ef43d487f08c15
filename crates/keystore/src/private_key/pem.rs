//! Private keys out of PEM blocks.

use super::PrivateKey;
use super::dek_info;
use crate::der::Reader;
use crate::error::Error;
use crate::pbe::Budget;
use crate::pbe::EncryptionScheme;
use crate::pbe::Scheme;
use crate::pem;
use crate::pem::Block;
use crate::secret::Password;

impl PrivateKey {
    /// Reads the first private key of a PEM text, whichever of the usual labels it has.
    ///
    /// `passwords` are tried in order when the key is encrypted.
    pub fn from_pem(text: &[u8], passwords: &[Password]) -> Result<Self, Error> {
        let document = pem::scan(text)?;
        let position = document.blocks.iter().position(|block| is_key_label(block.label()));
        let missing = Error::UnknownFormat { hint: "no PEM block of a private key" };
        let position = position.ok_or(missing)?;
        from_block(&document.blocks, position, passwords, &mut Budget::new())
    }
}

/// Whether blocks of this label hold a private key.
pub(crate) fn is_key_label(label: &str) -> bool {
    KEY_LABELS.contains(&label)
}

/// How the private key in a block is encrypted, where that is known here.
pub(crate) fn encryption(block: &Block) -> Option<EncryptionScheme> {
    if block.label() == "ENCRYPTED PRIVATE KEY" {
        let mut info = Reader::new(block.contents(), WHAT).sequence().ok()?;
        return Scheme::read(&mut info).ok().map(|scheme| scheme.describe());
    }
    let (cipher, _) = dek_info::header(block)?.split_once(',')?;
    Some(EncryptionScheme {
        name: EncryptionScheme::DEK_INFO.to_owned(),
        derivation: "one round of MD5".to_owned(),
        cipher: cipher.trim().to_owned(),
        iterations: None,
    })
}

/// The private key in the block at `position`; the one before it may name the curve.
pub(crate) fn from_block(
    blocks: &[Block],
    position: usize,
    passwords: &[Password],
    budget: &mut Budget,
) -> Result<PrivateKey, Error> {
    let block = blocks.get(position).ok_or(Error::Empty)?;
    let parameters = position.checked_sub(1).and_then(|before| blocks.get(before));
    let parameters = parameters.filter(|before| before.label() == "EC PARAMETERS");
    let parameters = parameters.map(Block::contents);
    read(block, parameters, passwords, budget).map_err(|source| match source {
        // That a password is missing or wrong concerns the whole input, not only one block of it.
        Error::PasswordRequired { .. } | Error::WrongPassword => source,
        source => Error::Block {
            line: block.line(),
            label: block.label().to_owned(),
            source: Box::new(source),
        },
    })
}

/// Tries passwords in order, as long as the only fault is the password.
pub(crate) fn try_passwords<T>(
    what: &'static str,
    passwords: &[Password],
    mut open: impl FnMut(&Password) -> Result<T, Error>,
) -> Result<T, Error> {
    let mut result = Err(Error::PasswordRequired { what });
    for password in passwords {
        result = open(password);
        if !matches!(result, Err(Error::WrongPassword)) {
            break;
        }
    }
    result
}

fn read(
    block: &Block,
    parameters: Option<&[u8]>,
    passwords: &[Password],
    budget: &mut Budget,
) -> Result<PrivateKey, Error> {
    if block.label() == "ENCRYPTED PRIVATE KEY" {
        return try_passwords(WHAT, passwords, |password| {
            PrivateKey::from_encrypted_pkcs8(block.contents(), password, budget)
        });
    }
    if let Some(header) = dek_info::header(block) {
        return try_passwords(WHAT, passwords, |password| {
            let plain = dek_info::decrypt(block, header, password)?;
            // A wrong password now and then leaves a padding that looks right.
            from_plain(block.label(), &plain, parameters).map_err(|_| Error::WrongPassword)
        });
    }
    from_plain(block.label(), block.contents(), parameters)
}

fn from_plain(label: &str, der: &[u8], parameters: Option<&[u8]>) -> Result<PrivateKey, Error> {
    match label {
        "DSA PRIVATE KEY" => PrivateKey::from_dsa_der(der),
        "EC PRIVATE KEY" => PrivateKey::from_sec1(der, parameters),
        "RSA PRIVATE KEY" => PrivateKey::from_pkcs1_der(der),
        _ => PrivateKey::from_pkcs8_der(der),
    }
}

const KEY_LABELS: [&str; 5] = [
    "DSA PRIVATE KEY",
    "EC PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "PRIVATE KEY",
    "RSA PRIVATE KEY",
];
const WHAT: &str = "the private key";
