//! Key derivation as PKCS#12 and PKCS#5 version 1.5 do it.

use zeroize::Zeroizing;

use super::digest::Digest;

/// What a derived key of PKCS#12 is for (RFC 7292, appendix B.3).
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
    EncryptionKey,
    InitialisationVector,
    MacKey,
}

/// The derivation of PKCS#12 (RFC 7292, appendix B.2), `length` octets.
///
/// `password` comes in the form that the appendix asks for, terminator included.
pub(crate) fn pkcs12(
    digest: &Digest,
    purpose: Purpose,
    (password, salt): (&[u8], &[u8]),
    iterations: u32,
    length: usize,
) -> Zeroizing<Vec<u8>> {
    let block_len = digest.block_len;
    let diversifier = vec![purpose.diversifier(); block_len];
    let mut input = Zeroizing::new(Vec::new());
    fill(&mut input, salt, block_len);
    fill(&mut input, password, block_len);

    let mut key = Zeroizing::new(Vec::with_capacity(length + digest.output_len));
    loop {
        let first = Zeroizing::new([&diversifier[..], &input[..]].concat());
        let chunk = digest.rounds(&first, iterations);
        key.extend_from_slice(&chunk);
        if key.len() >= length {
            key.truncate(length);
            return key;
        }
        for block in input.chunks_mut(block_len) {
            add_one_and(block, &chunk);
        }
    }
}

/// PBKDF1 (RFC 8018, section 5.1), as many octets as the digest has.
pub(crate) fn pbkdf1(
    digest: &Digest,
    password: &[u8],
    salt: &[u8],
    iterations: u32,
) -> Zeroizing<Vec<u8>> {
    digest.rounds(&Zeroizing::new([password, salt].concat()), iterations)
}

/// The derivation of OpenSSL's traditional private keys, `EVP_BytesToKey` with MD5, one round.
pub(crate) fn openssl(
    digest: &Digest,
    password: &[u8],
    salt: &[u8],
    length: usize,
) -> Zeroizing<Vec<u8>> {
    let mut key = Zeroizing::new(Vec::with_capacity(length + digest.output_len));
    let mut previous = Zeroizing::new(Vec::new());
    while key.len() < length {
        previous = digest.rounds(&Zeroizing::new([&previous, password, salt].concat()), 1);
        key.extend_from_slice(&previous);
    }
    key.truncate(length);
    key
}

impl Purpose {
    fn diversifier(self) -> u8 {
        match self {
            Self::EncryptionKey => 1,
            Self::InitialisationVector => 2,
            Self::MacKey => 3,
        }
    }
}

/// Repeats `text` up to the next whole number of blocks; an empty text stays empty.
fn fill(input: &mut Vec<u8>, text: &[u8], block_len: usize) {
    let length = text.len().div_ceil(block_len) * block_len;
    input.extend(text.iter().cycle().take(length));
}

/// Adds one and the repeated chunk to a block, as big-endian numbers modulo its size.
fn add_one_and(block: &mut [u8], chunk: &[u8]) {
    let repeated = chunk.iter().cycle().take(block.len()).copied().collect::<Vec<u8>>();
    let mut carry = 1_u16;
    for (octet, addend) in block.iter_mut().zip(repeated).rev() {
        let [high, low] = (u16::from(*octet) + u16::from(addend) + carry).to_be_bytes();
        *octet = low;
        carry = u16::from(high);
    }
}
