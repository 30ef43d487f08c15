//! Serial numbers (RFC 5280, section 4.1.2.2): positive, at most 20 octets, unpredictable.

use aws_lc_rs::rand::{SecureRandom, SystemRandom};

use crate::error::Error;

/// A serial number of 159 random bits, never zero, as 20 octets whose top bit is clear.
pub(crate) fn random() -> Result<[u8; 20], Error> {
    let mut serial = [0u8; 20];
    while serial.iter().all(|octet| *octet == 0) {
        let filled = SystemRandom::new().fill(&mut serial);
        filled.map_err(|_| crosstrust_keystore::Error::Random)?;
        let [first, ..] = &mut serial;
        *first &= 0x7f;
    }
    Ok(serial)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// B01 of elasticsearch-certutil's tests.
    #[test]
    fn serials_differ_and_are_positive() {
        let serials = (0..100).map(|_| random().unwrap()).collect::<BTreeSet<_>>();
        assert_eq!(serials.len(), 100);
        assert!(serials.iter().all(|serial| serial[0] < 0x80));
    }
}
