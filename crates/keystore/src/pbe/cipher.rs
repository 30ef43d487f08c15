//! The ciphers: one row each.

use cbc::cipher::BlockCipherDecrypt;
use cbc::cipher::BlockCipherEncrypt;
use cbc::cipher::BlockModeDecrypt;
use cbc::cipher::BlockModeEncrypt;
use cbc::cipher::InnerIvInit;
use cbc::cipher::KeyInit;
use cbc::cipher::StreamCipher;
use cbc::cipher::block_padding::Pkcs7;
use zeroize::Zeroizing;

use crate::error::Error;

/// A cipher, in the mode in which encrypted keys and key stores use it.
pub(crate) struct Cipher {
    /// Its name, as in `AES-256-CBC`.
    pub(crate) name: &'static str,
    /// Its object identifier in PBES2.
    pub(crate) oid: &'static str,
    /// Octets of its key, where the file does not say otherwise.
    pub(crate) key_len: usize,
    /// The fewest and the most octets that its key may have.
    pub(crate) key_range: (usize, usize),
    /// Octets of its initialisation vector; none for ECB and stream ciphers.
    pub(crate) iv_len: usize,
    decrypt: Transform,
    encrypt: Transform,
}

/// What a cipher works with.
pub(crate) struct CipherKey<'a> {
    /// The key.
    pub(crate) key: &'a [u8],
    /// The initialisation vector.
    pub(crate) iv: &'a [u8],
    /// How many bits of the key RC2 uses; the other ciphers do not ask.
    pub(crate) effective_bits: usize,
}

/// Gives nothing when the key, the vector, the length of the data or the padding is not right.
type Transform = fn(&CipherKey<'_>, &[u8]) -> Option<Vec<u8>>;

impl Cipher {
    /// The cipher of that object identifier.
    pub(crate) fn by_oid(oid: &str) -> Result<&'static Self, Error> {
        CIPHERS.iter().find(|cipher| cipher.oid == oid).ok_or_else(|| Error::UnsupportedAlgorithm {
            role: "cipher",
            name: super::name_of(oid),
            oid: oid.to_owned(),
        })
    }

    /// The cipher of that name, without regard to case.
    pub(crate) fn by_name(name: &str) -> Option<&'static Self> {
        CIPHERS.iter().find(|cipher| cipher.name.eq_ignore_ascii_case(name))
    }

    /// The plaintext without its padding, or nothing, which nearly always means a wrong key.
    pub(crate) fn decrypt(&self, key: &CipherKey<'_>, data: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        (self.decrypt)(key, data).map(Zeroizing::new)
    }

    /// The ciphertext of padded `data`.
    pub(crate) fn encrypt(&self, key: &CipherKey<'_>, data: &[u8]) -> Result<Vec<u8>, Error> {
        (self.encrypt)(key, data).ok_or_else(|| Error::UnsupportedAlgorithm {
            role: "cipher for writing",
            name: self.name.to_owned(),
            oid: self.oid.to_owned(),
        })
    }
}

const fn row<C>(name: &'static str, oid: &'static str, key_len: usize, iv_len: usize) -> Cipher
where
    C: BlockCipherDecrypt + BlockCipherEncrypt + KeyInit,
{
    Cipher {
        name,
        oid,
        key_len,
        key_range: (key_len, key_len),
        iv_len,
        decrypt: if iv_len == 0 { decrypt_ecb::<C> } else { decrypt_cbc::<C> },
        encrypt: if iv_len == 0 { encrypt_ecb } else { encrypt_cbc::<C> },
    }
}

/// A row whose key may have other lengths than the usual one.
const fn variable(row: &Cipher, least: usize, most: usize) -> Cipher {
    Cipher { key_range: (least, most), ..*row }
}

fn decrypt_cbc<C: BlockCipherDecrypt + KeyInit>(
    key: &CipherKey<'_>,
    data: &[u8],
) -> Option<Vec<u8>> {
    let cipher = C::new_from_slice(key.key).ok()?;
    let mode = cbc::Decryptor::inner_iv_slice_init(cipher, key.iv).ok()?;
    mode.decrypt_padded_vec::<Pkcs7>(data).ok()
}

fn encrypt_cbc<C: BlockCipherEncrypt + KeyInit>(
    key: &CipherKey<'_>,
    data: &[u8],
) -> Option<Vec<u8>> {
    let cipher = C::new_from_slice(key.key).ok()?;
    let mode = cbc::Encryptor::inner_iv_slice_init(cipher, key.iv).ok()?;
    Some(mode.encrypt_padded_vec::<Pkcs7>(data))
}

/// ECB is CBC in which each block starts anew from a vector of zeros.
fn decrypt_ecb<C: BlockCipherDecrypt + KeyInit>(
    key: &CipherKey<'_>,
    data: &[u8],
) -> Option<Vec<u8>> {
    let cipher = C::new_from_slice(key.key).ok()?;
    let mut plain = Vec::with_capacity(data.len());
    for chunk in data.chunks(C::block_size()) {
        let mut block = chunk.try_into().ok()?;
        cipher.decrypt_block(&mut block);
        plain.extend_from_slice(&block);
    }
    let padding = usize::from(*plain.last()?);
    let length = plain.len().checked_sub(padding).filter(|_| padding <= C::block_size())?;
    let padded_right = plain.get(length..)?.iter().all(|octet| usize::from(*octet) == padding);
    plain.truncate(length);
    (padding > 0 && padded_right).then_some(plain)
}

/// ECB shows which blocks are equal, so nothing is written in it.
fn encrypt_ecb(_: &CipherKey<'_>, _: &[u8]) -> Option<Vec<u8>> {
    None
}

fn decrypt_rc2(key: &CipherKey<'_>, data: &[u8]) -> Option<Vec<u8>> {
    let mode = cbc::Decryptor::inner_iv_slice_init(rc2(key)?, key.iv).ok()?;
    mode.decrypt_padded_vec::<Pkcs7>(data).ok()
}

fn encrypt_rc2(key: &CipherKey<'_>, data: &[u8]) -> Option<Vec<u8>> {
    let mode = cbc::Encryptor::inner_iv_slice_init(rc2(key)?, key.iv).ok()?;
    Some(mode.encrypt_padded_vec::<Pkcs7>(data))
}

fn rc2(key: &CipherKey<'_>) -> Option<rc2::Rc2> {
    let lengths_fit =
        (1..=128).contains(&key.key.len()) && (1..=1024).contains(&key.effective_bits);
    lengths_fit.then(|| rc2::Rc2::new_with_eff_key_len(key.key, key.effective_bits))
}

fn rc4(key: &CipherKey<'_>, data: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = data.to_vec();
    rc4::Rc4::new_from_slice(key.key).ok()?.apply_keystream(&mut bytes);
    Some(bytes)
}

/// Triple DES with two keys, the first of which is used again as the third.
fn decrypt_two_key(key: &CipherKey<'_>, data: &[u8]) -> Option<Vec<u8>> {
    let first = key.key.get(..8)?;
    let three = Zeroizing::new([key.key, first].concat());
    decrypt_cbc::<des::TdesEde3>(&CipherKey { key: &three, ..*key }, data)
}

/// The rows; a further cipher is one more line here.
static CIPHERS: [Cipher; 20] = [
    row::<aes::Aes128>("AES-128-CBC", "2.16.840.1.101.3.4.1.2", 16, 16),
    row::<aes::Aes192>("AES-192-CBC", "2.16.840.1.101.3.4.1.22", 24, 16),
    row::<aes::Aes256>("AES-256-CBC", "2.16.840.1.101.3.4.1.42", 32, 16),
    row::<aes::Aes128>("AES-128-ECB", "2.16.840.1.101.3.4.1.1", 16, 0),
    row::<aes::Aes192>("AES-192-ECB", "2.16.840.1.101.3.4.1.21", 24, 0),
    row::<aes::Aes256>("AES-256-ECB", "2.16.840.1.101.3.4.1.41", 32, 0),
    row::<des::Des>("DES-CBC", "1.3.14.3.2.7", 8, 8),
    row::<des::TdesEde3>("DES-EDE3-CBC", "1.2.840.113549.3.7", 24, 8),
    row::<camellia::Camellia128>("Camellia-128-CBC", "1.2.392.200011.61.1.1.1.2", 16, 16),
    row::<camellia::Camellia192>("Camellia-192-CBC", "1.2.392.200011.61.1.1.1.3", 24, 16),
    row::<camellia::Camellia256>("Camellia-256-CBC", "1.2.392.200011.61.1.1.1.4", 32, 16),
    row::<aria::Aria128>("ARIA-128-CBC", "1.2.410.200046.1.1.2", 16, 16),
    row::<aria::Aria192>("ARIA-192-CBC", "1.2.410.200046.1.1.7", 24, 16),
    row::<aria::Aria256>("ARIA-256-CBC", "1.2.410.200046.1.1.12", 32, 16),
    row::<idea::Idea>("IDEA-CBC", "1.3.6.1.4.1.188.7.1.1.2", 16, 8),
    variable(&row::<cast5::Cast5>("CAST5-CBC", "1.2.840.113533.7.66.10", 16, 8), 5, 16),
    variable(&row::<blowfish::Blowfish>("Blowfish-CBC", "1.3.6.1.4.1.3029.1.2", 16, 8), 4, 56),
    // Known from PKCS#12 version 1.0 only, where it has no identifier of its own.
    Cipher {
        name: "DES-EDE-CBC",
        oid: "",
        key_len: 16,
        key_range: (16, 16),
        iv_len: 8,
        decrypt: decrypt_two_key,
        encrypt: |_, _| None,
    },
    Cipher {
        name: "RC2-CBC",
        oid: "1.2.840.113549.3.2",
        key_len: 16,
        key_range: (1, 128),
        iv_len: 8,
        decrypt: decrypt_rc2,
        encrypt: encrypt_rc2,
    },
    Cipher {
        name: "RC4",
        oid: "1.2.840.113549.3.4",
        key_len: 16,
        key_range: (1, 256),
        iv_len: 0,
        decrypt: rc4,
        encrypt: rc4,
    },
];
