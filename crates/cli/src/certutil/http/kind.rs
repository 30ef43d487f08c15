//! What kind of file a CA is in: told by the name, else by the first bytes, else by the PEM
//! blocks in it.

use std::path::Path;

use crosstrust_keystore::pem;

/// What a file holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// Several PEM certificates.
    CertificateChain,
    /// A Java key store.
    Jks,
    /// One PEM certificate.
    PemCertificate,
    /// One PEM private key.
    PemKey,
    /// A PKCS#12 key store.
    Pkcs12,
    /// Anything else.
    Unrecognized,
}

/// Guesses what a file holds.
pub(super) fn guess(path: &Path, bytes: &[u8]) -> Kind {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("p12" | "pfx" | "pkcs12") => Kind::Pkcs12,
        Some("jks") => Kind::Jks,
        _ => sniff(bytes),
    }
}

fn sniff(bytes: &[u8]) -> Kind {
    match bytes {
        // A SEQUENCE whose length takes two octets, or one with a length that short key stores have.
        [0x30, 0x82 | 0x56 | 0x65, ..] => Kind::Pkcs12,
        [0xfe, 0xed, ..] => Kind::Jks,
        _ => blocks(bytes),
    }
}

fn blocks(bytes: &[u8]) -> Kind {
    let Ok(document) = pem::scan(bytes) else { return Kind::Unrecognized };
    let (mut certificates, mut keys, mut others) = (0, 0, 0);
    for block in &document.blocks {
        match block.label() {
            label if label.ends_with("CERTIFICATE") => certificates += 1,
            label if label.ends_with("PRIVATE KEY") => keys += 1,
            _ => others += 1,
        }
    }
    match (certificates, keys, others) {
        (1, 0, 0) => Kind::PemCertificate,
        (0, 1, 0) => Kind::PemKey,
        (2.., 0, 0) => Kind::CertificateChain,
        _ => Kind::Unrecognized,
    }
}

#[cfg(test)]
mod tests {
    use crosstrust_testkit::fixture;

    use super::*;

    /// C11 of elasticsearch-certutil's tests.
    #[test]
    fn files_are_told_by_name_then_by_content() {
        #[track_caller]
        fn check(path: &str, bytes: &[u8], expected: Kind) {
            assert_eq!(guess(Path::new(path), bytes), expected, "{path}");
        }

        for name in ["ca.p12", "ca.pfx", "ca.pkcs12", "CA.P12"] {
            check(name, b"", Kind::Pkcs12);
        }
        check("ca.jks", b"", Kind::Jks);
        check("ca", &fixture("ca/ec-p256.p12"), Kind::Pkcs12);
        check("ca", &[0xfe, 0xed, 0xfe, 0xed], Kind::Jks);
        check("ca", &fixture("pem/ca.crt"), Kind::PemCertificate);
        check("ca", &fixture("pem/ca.key"), Kind::PemKey);
        check("ca", &fixture("pem/chain.crt"), Kind::CertificateChain);
        check("ca", &fixture("pem/certificate-and-key.pem"), Kind::Unrecognized);
        check("ca", b"text", Kind::Unrecognized);
        check("ca", b"", Kind::Unrecognized);
    }
}
