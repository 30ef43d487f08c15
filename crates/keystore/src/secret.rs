//! Passwords and other bytes that are wiped from memory when they are dropped.

use zeroize::Zeroizing;

/// A password, as the Unicode text that its owner typed.
///
/// Wiped from memory on drop; there is deliberately no `Debug`, no `Display` and no comparison.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// The password with this text. The empty text is a password too.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The empty password.
    pub fn empty() -> Self {
        Self::new("")
    }

    /// Whether it is the empty password.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it is ASCII text, which is all that Java 17 takes for PBES2.
    pub fn is_ascii(&self) -> bool {
        self.0.is_ascii()
    }

    /// Whether two passwords typed by one person are the same text.
    pub fn is_same_as(&self, other: &Self) -> bool {
        *self.0 == *other.0
    }

    /// The text, for what opens something with it elsewhere.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The UTF-8 bytes, as PBES2 takes them (RFC 8018, section 3).
    pub(crate) fn utf8(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.0.as_bytes().to_vec())
    }

    /// Big-endian UTF-16 with two zero bytes at the end (RFC 7292, appendix B.1), which makes a
    /// surrogate pair of a character outside the Basic Multilingual Plane.
    pub(crate) fn bmp(&self) -> Zeroizing<Vec<u8>> {
        widen(self.0.encode_utf16())
    }

    /// The forms in which PKCS#12 key derivation may have been given this password, most likely
    /// first.
    pub(crate) fn pkcs12_forms(&self) -> Vec<Zeroizing<Vec<u8>>> {
        let mut forms = vec![self.bmp()];
        if self.0.is_empty() {
            // The null password of other implementations: not even the terminator.
            forms.push(Zeroizing::new(Vec::new()));
        }
        if !self.0.is_ascii() {
            // OpenSSL before 1.1.0 widened each byte of the terminal's encoding, today UTF-8.
            forms.push(widen(self.0.bytes().map(u16::from)));
        }
        forms
    }

    /// The forms in which PBES2 may have been given this password, most likely first.
    pub(crate) fn pbes2_forms(&self) -> Vec<Zeroizing<Vec<u8>>> {
        let mut forms = vec![self.utf8()];
        // NSS before 3.50 gave the PKCS#12 form to PBES2 as well.
        forms.push(self.bmp());
        forms
    }
}

/// Bytes or ASCII text that hold a private key; wiped from memory on drop.
#[derive(Clone)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes, for writing them where they belong.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Secret {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

/// UTF-16 units as big-endian bytes, and a terminator.
fn widen(units: impl Iterator<Item = u16>) -> Zeroizing<Vec<u8>> {
    let units = Zeroizing::new(units.chain([0]).collect::<Vec<u16>>());
    Zeroizing::new(units.iter().flat_map(|unit| unit.to_be_bytes()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_big_endian_utf16_with_a_terminator() {
        // The first row is the example of RFC 7292, appendix B.1.
        assert_eq!(
            *Password::new("Beavis").bmp(),
            [0, 0x42, 0, 0x65, 0, 0x61, 0, 0x76, 0, 0x69, 0, 0x73, 0, 0]
        );
        assert_eq!(*Password::empty().bmp(), [0, 0]);
        assert_eq!(*Password::new("\u{1f511}").bmp(), [0xd8, 0x3d, 0xdd, 0x11, 0, 0]);
    }

    #[test]
    fn the_empty_password_is_also_tried_as_the_null_password() {
        let forms = Password::empty().pkcs12_forms();
        assert_eq!(forms.iter().map(|form| form.len()).collect::<Vec<_>>(), [2, 0]);
        assert_eq!(Password::new("x").pkcs12_forms().len(), 1);
    }
}
