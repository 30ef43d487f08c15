//! The bytes of a ClientHello that is written by hand (RFC 5246, section 7.4.1; RFC 8446, section 4.1.2).

/// The random value of a hello.
pub(super) const RANDOM: usize = 32;

/// A ClientHello.
pub(super) struct Hello {
    /// The version of the message itself.
    pub(super) version: u16,
    pub(super) random: [u8; RANDOM],
    /// The session to resume; TLS 1.3 sends a random one (RFC 8446, appendix D.4).
    pub(super) session: Vec<u8>,
    /// Cipher suites, best first.
    pub(super) suites: Vec<u16>,
    pub(super) extensions: Extensions,
}

/// Extensions in the order in which they are sent.
#[derive(Default)]
pub(super) struct Extensions(Vec<u8>);

impl Hello {
    /// The record that holds it. Nothing if something is too long.
    pub(super) fn record(&self) -> Option<Vec<u8>> {
        let suites = self.suites.iter().flat_map(|number| number.to_be_bytes());
        let mut body = self.version.to_be_bytes().to_vec();
        body.extend_from_slice(&self.random);
        body.extend(sized(1, &self.session)?);
        body.extend(sized(2, &suites.collect::<Vec<_>>())?);
        body.extend([1, 0]); // no compression
        body.extend(sized(2, &self.extensions.0)?);
        let message = [&[0x01][..], &sized(3, &body)?].concat();
        Some([&[0x16, 3, 1][..], &sized(2, &message)?].concat())
    }
}

impl Extensions {
    /// Adds one.
    pub(super) fn add(&mut self, kind: u16, contents: &[u8]) -> Option<()> {
        self.0.extend(kind.to_be_bytes());
        self.0.extend(sized(2, contents)?);
        Some(())
    }

    /// Adds the server name, if there is one (RFC 6066, section 3).
    pub(super) fn add_server_name(&mut self, name: Option<&str>) -> Option<()> {
        let Some(name) = name else { return Some(()) };
        let entry = [&[0][..], &sized(2, name.as_bytes())?].concat();
        self.add(0, &sized(2, &entry)?)
    }

    /// Adds a list of numbers.
    pub(super) fn add_numbers(&mut self, kind: u16, numbers: &[u16]) -> Option<()> {
        let numbers = numbers.iter().flat_map(|number| number.to_be_bytes());
        self.add(kind, &sized(2, &numbers.collect::<Vec<_>>())?)
    }
}

/// Bytes behind their length, which has `width` bytes itself. Nothing if they are too many.
pub(super) fn sized(width: usize, bytes: &[u8]) -> Option<Vec<u8>> {
    let length = u32::try_from(bytes.len()).ok()?.to_be_bytes();
    let (above, length) = length.split_at(length.len().checked_sub(width)?);
    above.iter().all(|byte| *byte == 0).then(|| [length, bytes].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hello_counts_its_own_bytes() {
        for name in [None, Some("a.example.com")] {
            let mut extensions = Extensions::default();
            extensions.add_server_name(name).unwrap();
            extensions.add_numbers(10, &[29, 23]).unwrap();
            let (random, session, suites) = ([0; RANDOM], vec![7; 32], vec![0xc02f]);
            let hello = Hello { version: 0x0303, random, session, suites, extensions };
            let bytes = hello.record().unwrap();
            let length = usize::from(u16::from_be_bytes([bytes[3], bytes[4]]));
            assert_eq!(bytes.len(), length + 5);
            assert_eq!(usize::from(u16::from_be_bytes([bytes[7], bytes[8]])), length - 4);
        }
        assert_eq!(sized(2, &vec![0; 0x1_0000]), None);
        assert_eq!(Extensions::default().add_server_name(Some(&"a".repeat(70_000))), None);
    }
}
