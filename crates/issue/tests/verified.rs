//! Whatever the names, OpenSSL verifies what is issued, strictly.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crosstrust_issue::{
    Authority, AuthorityRequest, Instance, InstanceText, Issuer, Profile, issue,
};
use crosstrust_keystore::{KeyType, PrivateKey, pem};
use crosstrust_testkit::{Folder, tool};
use crosstrust_x509::Timestamp;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// Subjects in many spellings, with the text of some script in them.
fn subject() -> impl Strategy<Value = String> {
    let value = prop_oneof!["[a-zA-Z0-9 .-]{1,20}", "[äöüß€漢字🔑]{1,8}", "[a-z]{60}"];
    (value, 0_usize..6).prop_map(|(value, shape)| match shape {
        0 => format!("CN={value},OU=One,OU=Two,DC=example,DC=com"),
        1 => format!("CN={value}+SERIALNUMBER=12,C=DE"),
        2 => format!("O={value}"),
        3 => format!("CN=\"{value}, quoted\",EMAILADDRESS=a@b.example"),
        4 => format!("UID={value},CN=\\ {value}\\ ,T=title"),
        _ => value,
    })
}

fn instance() -> impl Strategy<Value = InstanceText> {
    let dns = prop_oneof!["[a-z]{1,20}[.]example", "[*][.][a-z]{1,9}[.]example", "_[a-z]{1,5}"];
    let ip = prop_oneof!["10[.]0[.]0[.][1-9]", "2001:db8::[1-9a-f]{1,4}"];
    let name = prop_oneof!["[a-z0-9.-]{1,60}", "[äöü漢字🔑]{1,9}", "[ -~]{1,30}"];
    let list = |one| prop::collection::vec(one, 0..4);
    (subject(), list(dns.boxed()), list(ip.boxed()), list(name.boxed())).prop_map(
        |(name, dns, ip, common_names)| InstanceText {
            name,
            filename: Some("node".to_owned()),
            ip,
            dns,
            cn: common_names,
        },
    )
}

#[test]
fn openssl_verifies_certificates_of_any_names() {
    let Some(openssl) = tool("openssl") else { return };
    let now = Timestamp::parse_rfc3339("2026-01-01T00:00:00Z").unwrap();
    let mut random = TestRunner::deterministic();
    for key_type in [KeyType::EcP256, KeyType::EcP384, KeyType::Rsa2048] {
        let folder = Folder::new();
        let request =
            AuthorityRequest { subject: "CN=CA,O=Größe".to_owned(), days: 1000, key_type };
        let authority = Authority::generate(&request, now).unwrap();
        folder.write("ca.crt", pem::write("CERTIFICATE", authority.certificate().der()));
        let profile = Profile { key_type: KeyType::EcP256, days: 900, now };
        let mut files = Vec::new();
        while files.len() < CASES {
            let text = instance().new_tree(&mut random).unwrap().current();
            // Some texts make no subject; what is refused is tested elsewhere.
            let Ok(instance) = Instance::from_text(&text) else { continue };
            let key = PrivateKey::generate(KeyType::EcP256).unwrap();
            let issued = issue(&instance, key, Issuer::Authority(&authority), &profile).unwrap();
            let name = format!("{}.crt", files.len());
            folder.write(&name, pem::write("CERTIFICATE", issued.certificate.der()));
            files.push(name);
            let names = issued.certificate.subject_alt_names();
            let found = names.map(|names| names.other_name_common_names().collect::<Vec<_>>());
            assert_eq!(found.unwrap_or_default(), instance.common_names);
        }
        let verify = ["verify", "-x509_strict", "-attime", "1775000000", "-CAfile", "ca.crt"];
        let ended = openssl.with(verify).args(&files).folder(folder.path()).run().succeeds();
        assert_eq!(ended.text().lines().filter(|line| line.ends_with(": OK")).count(), CASES);
    }
}

/// How many certificates each authority signs.
const CASES: usize = 60;
