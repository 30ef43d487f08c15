//! Key stores: what is refused and why, and what the writer makes.

use crosstrust_x509::{Certificate, Timestamp};

use super::StoreProfile;
use super::Writer;
use super::read;
use crate::der;
use crate::der::Reader;
use crate::entry::Entry;
use crate::entry::StoredKey;
use crate::error::Error;
use crate::error::FormatProblem;
use crate::hexadecimal;
use crate::open;
use crate::pem;
use crate::private_key::PrivateKey;
use crate::secret::Password;

const CA_KEY: &[u8] = include_bytes!("../../../../fixtures/pem/ca-ec.key");
const CA: &[u8] = include_bytes!("../../../../fixtures/pem/ca-ec.crt");
const NODE_KEY: &[u8] = include_bytes!("../../../../fixtures/pem/node-ec.key");
const NODE: &[u8] = include_bytes!("../../../../fixtures/pem/node-ec.crt");
const OPENSSL: &[u8] = include_bytes!("../../../../fixtures/p12/openssl/node-ec-with-ca.p12");
const OPENSSL_PLAIN: &[u8] =
    include_bytes!("../../../../fixtures/p12/openssl/plain-bags-no-mac.p12");
const OPENSSL_NO_MAC: &[u8] = include_bytes!("../../../../fixtures/p12/openssl/no-mac.p12");
const RFC_9579: [&[u8]; 6] = [
    include_bytes!("../../tests/vectors/rfc9579-a1.pem"),
    include_bytes!("../../tests/vectors/rfc9579-a2.pem"),
    include_bytes!("../../tests/vectors/rfc9579-a3.pem"),
    include_bytes!("../../tests/vectors/rfc9579-a4.pem"),
    include_bytes!("../../tests/vectors/rfc9579-a5.pem"),
    include_bytes!("../../tests/vectors/rfc9579-a6.pem"),
];

fn certificate(text: &[u8]) -> Certificate {
    Certificate::from_der(pem::scan(text).unwrap().blocks[0].contents()).unwrap()
}

fn key(text: &[u8]) -> PrivateKey {
    PrivateKey::from_pem(text, &[]).unwrap_or_else(|error| panic!("{error}"))
}

fn password() -> Password {
    Password::new("changeit")
}

fn node_store(profile: StoreProfile) -> Writer {
    let chain = [certificate(NODE), certificate(CA)];
    Writer::new(profile).key("Node1", &key(NODE_KEY), &chain).trusted("Ca", &certificate(CA))
}

/// Kind, alias, alias in a JVM and length of the chain of each entry.
fn lines(bytes: &[u8], password: &Password) -> Vec<String> {
    let store = read(bytes, password).unwrap_or_else(|error| panic!("{error}"));
    let line = |entry: &Entry| {
        let kind = match entry {
            Entry::Certificate(_) => "certificate",
            Entry::Key(entry) if entry.key.open().is_some() => "key",
            Entry::Key(_) => "locked key",
            Entry::Other(_) => "other",
            Entry::TrustedCertificate(_) => "trusted",
        };
        let (alias, java) = (entry.alias().unwrap_or("-"), entry.java_alias().unwrap_or("-"));
        format!("{kind} {alias} {java} {}", entry.certificates().len())
    };
    store.entries.iter().map(line).collect()
}

#[test]
fn what_is_written_is_read_back() {
    for profile in [StoreProfile::Modern, StoreProfile::LegacyDes] {
        for text in ["changeit", "", "пароль", "\u{1f511}", &"x".repeat(200)] {
            let password = Password::new(text);
            let bytes =
                node_store(profile).write(&password, Timestamp::from_unix(1_700_000_000)).unwrap();
            assert_eq!(lines(&bytes, &password), ["key node1 node1 2", "trusted Ca ca 1"]);
            let wrong = read(&bytes, &Password::new("other")).err();
            assert_eq!(wrong, Some(Error::WrongPassword));
        }
    }
}

#[test]
fn a_trust_store_has_certificates_only() {
    let store = Writer::new(StoreProfile::Modern)
        .trusted("one", &certificate(CA))
        .trusted("two", &certificate(NODE));
    let bytes = store.write(&password(), Timestamp::from_unix(0)).unwrap();
    assert_eq!(lines(&bytes, &password()), ["trusted one one 1", "trusted two two 1"]);
    let empty =
        Writer::new(StoreProfile::Modern).write(&password(), Timestamp::from_unix(0)).unwrap();
    assert!(lines(&empty, &password()).is_empty());
}

#[test]
fn the_algorithms_are_written_as_java_writes_them() {
    let bytes =
        node_store(StoreProfile::Modern).write(&password(), Timestamp::from_unix(0)).unwrap();
    // The octets of JDK 17's key stores around salt and vector.
    for skeleton in [
        "306606092a864886f70d01050d3059303806092a864886f70d01050c302b0414",
        "02022710020120300c06082a864886f70d02090500301d060960864801650304012a0410",
        "304d3031300d060960864801650304020105000420",
    ] {
        let octets = hexadecimal::decode(skeleton).unwrap();
        assert!(bytes.windows(octets.len()).any(|window| window == octets), "{skeleton}");
    }
    assert!(bytes.ends_with(&[0x02, 0x02, 0x27, 0x10]));
}

#[test]
fn several_keys_keep_their_own_chains() {
    let store = Writer::new(StoreProfile::Modern)
        .key("one", &key(NODE_KEY), &[certificate(NODE), certificate(CA)])
        .key("two", &key(CA_KEY), &[certificate(CA)]);
    let bytes = store.write(&password(), Timestamp::from_unix(5)).unwrap();
    assert_eq!(lines(&bytes, &password()), ["key one one 2", "key two two 1"]);
}

#[test]
fn contradictions_are_not_written() {
    let twice = Writer::new(StoreProfile::Modern)
        .trusted("ca", &certificate(CA))
        .trusted("CA", &certificate(NODE));
    let alias = "CA".to_owned();
    assert_eq!(
        twice.write(&password(), Timestamp::from_unix(0)).err(),
        Some(Error::DuplicateAlias { alias })
    );
    let foreign = Writer::new(StoreProfile::Modern).key("x", &key(CA_KEY), &[certificate(NODE)]);
    let subject = certificate(NODE).subject().to_string();
    assert_eq!(
        foreign.write(&password(), Timestamp::from_unix(0)).err(),
        Some(Error::KeyMismatch { subject })
    );
}

#[test]
fn a_wrong_password_is_no_damage_and_damage_no_wrong_password() {
    assert_eq!(read(OPENSSL, &Password::new("x")).err(), Some(Error::WrongPassword));
    assert_eq!(read(OPENSSL_NO_MAC, &Password::new("x")).err(), Some(Error::WrongPassword));
    assert_eq!(lines(OPENSSL_PLAIN, &Password::new("anything")).len(), 1);

    // One octet of the encrypted key, which stands behind the certificates.
    let mut changed = OPENSSL.to_vec();
    let place = OPENSSL.len() - 250;
    changed[place] ^= 1;
    let damaged = |problem| Some(Error::Damaged { part: "key store", problem });
    assert_eq!(read(&changed, &password()).err(), damaged(FormatProblem::MacMismatch));

    for cut in 0..OPENSSL.len() {
        let error = read(&OPENSSL[..cut], &password()).err();
        assert!(matches!(error, Some(Error::Damaged { .. })), "cut at {cut}: {error:?}");
    }
}

#[test]
fn bytes_behind_the_end_are_noted() {
    let bytes = [OPENSSL, b"\r\n"].concat();
    let store = read(&bytes, &password()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(store.notes[0].to_string(), "2 bytes after the end are ignored");
}

/// A key store of these bags without encryption and authentication.
fn plain_store(bags: &[u8]) -> Vec<u8> {
    let data = |content: &[u8]| {
        let content = der::context(0, &[&der::octet_string(content)]);
        der::sequence(&[&der::object_identifier(super::oid::DATA), &content])
    };
    let safes = der::sequence(&[&data(bags)]);
    der::sequence(&[&der::integer(3), &data(&safes)])
}

fn bag(oid: &str, value: &[u8]) -> Vec<u8> {
    der::sequence(&[&der::object_identifier(oid), &der::context(0, &[value])])
}

#[test]
fn a_key_under_another_password_is_locked_and_the_rest_is_read() {
    let shrouded = key(NODE_KEY).to_encrypted_pkcs8_der(&Password::new("other")).unwrap();
    let unknown = der::sequence(&[&der::object_identifier("1.2.3")]);
    let unknown = der::sequence(&[&unknown, &der::octet_string(&[0; 16])]);
    let certificate_value = der::sequence(&[
        &der::object_identifier(super::oid::X509_CERTIFICATE),
        &der::context(0, &[&der::octet_string(certificate(CA).der())]),
    ]);
    let open = key(CA_KEY).to_encrypted_pkcs8_der(&password()).unwrap();
    let bags = der::sequence(&[
        &bag(super::oid::SHROUDED_KEY_BAG, shrouded.as_bytes()),
        &bag(super::oid::SHROUDED_KEY_BAG, &unknown),
        &bag(super::oid::SHROUDED_KEY_BAG, open.as_bytes()),
        &bag(super::oid::CERTIFICATE_BAG, &certificate_value),
        &bag(super::oid::SECRET_BAG, &der::sequence(&[])),
        &bag(super::oid::CRL_BAG, &der::sequence(&[])),
        &bag("1.2.3.4", &der::sequence(&[])),
    ]);
    let store = plain_store(&bags);
    assert_eq!(
        lines(&store, &password()),
        [
            "locked key - 1 0",
            "locked key - - 0",
            "key - - 1",
            "other - - 0",
            "other - - 0",
            "other - - 0"
        ]
    );
    let reasons = read(&store, &password()).map(|store| store.entries).unwrap_or_default();
    let reason = |entry: &Entry| match entry {
        Entry::Key(entry) => match &entry.key {
            StoredKey::Locked(error) => Some(error.to_string()),
            StoredKey::Open(_) => None,
        },
        _ => None,
    };
    assert_eq!(
        reasons.iter().filter_map(reason).collect::<Vec<_>>(),
        ["wrong password", "unsupported encryption scheme `unknown` (1.2.3)"]
    );
    // When not one key opens, it is the password that is wrong.
    let only =
        plain_store(&der::sequence(&[&bag(super::oid::SHROUDED_KEY_BAG, shrouded.as_bytes())]));
    assert_eq!(read(&only, &password()).err(), Some(Error::WrongPassword));
}

#[test]
fn bags_of_bags_are_opened_down_to_the_limit() {
    let mut bags = der::sequence(&[&bag(super::oid::SECRET_BAG, &der::sequence(&[]))]);
    for _ in 0..5 {
        bags = der::sequence(&[&bag(super::oid::SAFE_CONTENTS_BAG, &bags)]);
    }
    assert_eq!(lines(&plain_store(&bags), &password()), ["other - - 0"]);
    for _ in 0..1_000 {
        bags = der::sequence(&[&bag(super::oid::SAFE_CONTENTS_BAG, &bags)]);
    }
    let error = read(&plain_store(&bags), &password()).err();
    assert!(matches!(error, Some(Error::TooDeep { limit: 64, .. })), "{error:?}");
}

/// The examples of RFC 9579, appendix A: three that are valid, and three that must be refused.
#[test]
fn the_examples_of_rfc_9579_open_or_are_refused() {
    let password = Password::new("1234");
    for (example, mac) in [
        (0, "HMAC-SHA-256, PBMAC1, PBKDF2 with HMAC-SHA-256, 2048 iterations"),
        (1, "HMAC-SHA-256, PBMAC1, PBKDF2 with HMAC-SHA-512, 2048 iterations"),
        (2, "HMAC-SHA-512, PBMAC1, PBKDF2 with HMAC-SHA-512, 2048 iterations"),
    ] {
        let bytes = rfc_9579(example);
        assert_eq!(lines(&bytes, &password), ["key - 1 1"]);
        let store = read(&bytes, &password).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(store.encryption.mac.unwrap().to_string(), mac);
        assert_eq!(read(&bytes, &Password::new("12345")).err(), Some(Error::WrongPassword));
    }

    let refused = |example: usize| read(&rfc_9579(example), &password).err();
    let mismatch = Error::Damaged { part: "key store", problem: FormatProblem::MacMismatch };
    assert_eq!(refused(3), Some(mismatch.clone()), "incorrect iteration count");
    assert_eq!(refused(4), Some(mismatch), "incorrect salt");
    let problem = FormatProblem::Missing { what: "key length" };
    let missing = Error::Damaged { part: "PBMAC1 parameters", problem };
    assert_eq!(refused(5), Some(missing), "missing key length");
}

#[test]
fn a_short_key_of_pbmac1_is_refused() {
    let mut bytes = rfc_9579(0);
    // Salt, iterations and key length stand in a row in front of the pseudo-random function.
    let salt = bytes.windows(8).rposition(|window| window == b"oG<8\xb0.1s").unwrap();
    assert_eq!(bytes[salt + 12..salt + 15], [2, 1, 32]);
    bytes[salt + 14] = 19;
    let problem = FormatProblem::InvalidValue { what: "key length, less than 20" };
    let error = Error::Damaged { part: "PBMAC1 parameters", problem };
    assert_eq!(read(&bytes, &Password::new("1234")).err(), Some(error));
}

/// An example of RFC 9579, from 0.
fn rfc_9579(example: usize) -> Vec<u8> {
    pem::scan(RFC_9579[example]).unwrap().blocks[0].contents().to_vec()
}

#[test]
fn iterations_beyond_the_limit_are_refused_at_once() {
    let position = OPENSSL.len() - 2;
    assert_eq!(OPENSSL[position - 2..], [2, 2, 8, 0], "the iterations of the MAC come last");
    // 2^31-1 iterations take two octets more, in three lengths around them.
    let mut fields = Reader::new(OPENSSL, "test").sequence().unwrap();
    let [version, content, mac] = [(); 3].map(|()| fields.element().unwrap());
    let mut mac = mac.reader().unwrap();
    let [info, salt] = [(); 2].map(|()| mac.element().unwrap());
    let mac = der::sequence(&[info.raw(), salt.raw(), &der::integer(2_147_483_647)]);
    let bytes = der::sequence(&[version.raw(), content.raw(), &mac]);
    let expected = Error::TooManyIterations { iterations: 2_147_483_647, limit: 5_000_000 };
    assert_eq!(read(&bytes, &password()).err(), Some(expected));
}

#[test]
fn passwords_are_tried_in_order_and_asked_for() {
    let what = "the key store";
    assert_eq!(open::open(OPENSSL, &[]).err(), Some(Error::PasswordRequired { what }));
    let contents = open::open(OPENSSL, &[Password::empty(), password()]);
    let contents = contents.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(contents.format.to_string(), "PKCS#12");
    assert_eq!(contents.certificates().len(), 2);
}
