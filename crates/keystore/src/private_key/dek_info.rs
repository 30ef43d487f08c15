//! OpenSSL's traditional encryption of PEM blocks: `Proc-Type` and `DEK-Info` (RFC 1421, section
//! 4.6), the key derived from the password with one round of MD5.

use zeroize::Zeroizing;

use crate::error::Error;
use crate::error::PemProblem;
use crate::hexadecimal;
use crate::pbe::cipher::Cipher;
use crate::pbe::cipher::CipherKey;
use crate::pbe::derive;
use crate::pbe::digest::MD5;
use crate::pem::Block;
use crate::random;
use crate::secret::Password;

/// Names and values of the headers of an encrypted block.
pub(super) type Headers = [(&'static str, String); 2];

/// The value of a block's `DEK-Info` header, when it has one.
pub(super) fn header(block: &Block) -> Option<&str> {
    block.header("DEK-Info")
}

/// Decrypts the contents of a block that has the given `DEK-Info`.
pub(super) fn decrypt(
    block: &Block,
    dek_info: &str,
    password: &Password,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let invalid = Error::Pem { line: block.line(), kind: PemProblem::InvalidDekInfo };
    let (name, hexadecimal_iv) = dek_info.split_once(',').ok_or_else(|| invalid.clone())?;
    let cipher = CIPHERS.iter().find(|known| known.eq_ignore_ascii_case(name.trim()));
    let cipher = cipher.and_then(|known| Cipher::by_name(known));
    let cipher = cipher.ok_or_else(|| Error::UnsupportedAlgorithm {
        role: "cipher",
        name: name.trim().to_owned(),
        oid: "named in `DEK-Info`".to_owned(),
    })?;
    let iv = hexadecimal::decode(hexadecimal_iv.trim()).filter(|iv| iv.len() == cipher.iv_len);
    let iv = iv.ok_or(invalid)?;
    let key = key(cipher, password, &iv);
    let key = CipherKey { key: &key, iv: &iv, effective_bits: 0 };
    let plain = cipher.decrypt(&key, block.contents());
    plain.filter(|plain| crate::der::is_one_sequence(plain)).ok_or(Error::WrongPassword)
}

/// Encrypts as elasticsearch-certutil does: the headers of the block, and its contents.
pub(super) fn encrypt(plain: &[u8], password: &Password) -> Result<(Headers, Vec<u8>), Error> {
    let iv = random::bytes::<AES_BLOCK>()?;
    let cipher = Cipher::by_oid(AES_128_CBC)?;
    let key = key(cipher, password, &iv);
    let data = cipher.encrypt(&CipherKey { key: &key, iv: &iv, effective_bits: 0 }, plain)?;
    let iv_digits = u128::from_be_bytes(iv);
    let headers = [
        ("Proc-Type", "4,ENCRYPTED".to_owned()),
        ("DEK-Info", format!("{},{iv_digits:032X}", cipher.name)),
    ];
    Ok((headers, data))
}

/// The first eight octets of the vector are the salt.
fn key(cipher: &Cipher, password: &Password, iv: &[u8]) -> Zeroizing<Vec<u8>> {
    let salt = iv.get(..SALT_LEN).unwrap_or_default();
    derive::openssl(MD5, &password.utf8(), salt, cipher.key_len)
}

/// The ciphers that OpenSSL and `BouncyCastle` have written in this form.
const CIPHERS: [&str; 8] = [
    "AES-128-CBC",
    "AES-192-CBC",
    "AES-256-CBC",
    "Camellia-128-CBC",
    "Camellia-192-CBC",
    "Camellia-256-CBC",
    "DES-CBC",
    "DES-EDE3-CBC",
];
const AES_128_CBC: &str = "2.16.840.1.101.3.4.1.2";
const AES_BLOCK: usize = 16;
const SALT_LEN: usize = 8;
