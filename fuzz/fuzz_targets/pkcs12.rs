//! Fuzzes the exercise `pkcs12`, and asks p12-keystore whether it finds other certificates.

#![no_main]

use crosstrust_keystore::{Password, open::open};
use crosstrust_x509::Certificate;
use p12_keystore::{KeyStore, KeyStoreEntry, Pkcs12ImportPolicy};

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    crosstrust_exercise::run("pkcs12", input);
    ask_another(input);
});

/// Only about what we open: there the cost is known to be bounded.
fn ask_another(input: &[u8]) {
    let Ok(ours) = open(input, &[Password::new(PASSWORD)]) else { return };
    let policy = Pkcs12ImportPolicy::Relaxed;
    let Ok(theirs) = KeyStore::from_pkcs12(input, PASSWORD, policy) else { return };
    let ours: Vec<&[u8]> = ours.certificates().iter().map(|one| one.der()).collect();
    for (_, entry) in theirs.entries() {
        let certificates = match entry {
            KeyStoreEntry::Certificate(certificate) => std::slice::from_ref(certificate),
            KeyStoreEntry::PrivateKeyChain(chain) => chain.certs(),
            KeyStoreEntry::Secret(_) => &[],
        };
        // It does not look into them: of what cannot be read we say so, and have no certificate.
        for certificate in
            certificates.iter().filter(|one| Certificate::from_der(one.as_der()).is_ok())
        {
            assert!(ours.contains(&certificate.as_der()), "a certificate was overlooked");
        }
    }
}

const PASSWORD: &str = "changeit";
