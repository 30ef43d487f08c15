//! Tests: what an authority signs for another machine, and what it does not.

use crosstrust_keystore::KeyType;

use super::*;
use crate::authority::AuthorityRequest;
use crate::extensions::Constraints;
use crate::instance::InstanceText;

fn now() -> Timestamp {
    Timestamp::from_unix(1_800_000_000)
}

fn profile() -> Profile {
    Profile { key_type: KeyType::EcP256, days: 30, now: now() }
}

fn authority(subject: &str) -> Authority {
    let subject = subject.to_owned();
    let request = AuthorityRequest { subject, days: 100, key_type: KeyType::EcP256 };
    Authority::generate(&request, now()).unwrap()
}

fn instance() -> Instance {
    let text = InstanceText {
        name: "node1".to_owned(),
        ip: vec!["192.0.2.1".to_owned()],
        dns: vec!["node1.example".to_owned()],
        cn: vec!["node1.node.c.cluster.s.account".to_owned()],
        ..InstanceText::default()
    };
    Instance::from_text(&text).unwrap()
}

fn exchange(authority: &Authority) -> Exchange {
    let key = PrivateKey::generate(KeyType::EcP256).unwrap();
    let (draft, _) = authority.draft_for(&instance(), &key, &profile()).unwrap();
    let member = Member { name: "node1".to_owned(), filename: "node1".to_owned(), draft };
    Exchange { authority: authority.path().cloned().collect(), members: vec![member] }
}

fn files(exchange: &Exchange) -> Vec<(String, Vec<u8>)> {
    let files = exchange.files().files.into_iter();
    files.map(|file| (file.path, file.contents.as_bytes().to_vec())).collect()
}

/// A draft of other contents than those of a node.
fn draft(authority: &Authority, kind: CertificateKind<'_>, validity: Validity) -> Draft {
    let key = PrivateKey::generate(KeyType::EcP256).unwrap();
    let subject = &instance().subject;
    let public_key = &public_key(&key).unwrap();
    let contents = Contents { subject, public_key, validity, kind };
    Draft { certificate: authority.draft(&contents).unwrap() }
}

#[test]
fn a_draft_is_signed_and_put_together() {
    let authority = authority("CN=CA");
    let key = PrivateKey::generate(KeyType::EcP256).unwrap();
    let (draft, clamped) = authority.draft_for(&instance(), &key, &profile()).unwrap();
    assert_eq!(clamped, None);
    let read = Draft::from_der(draft.der()).unwrap();
    let signed = authority.sign_draft(&read, now()).unwrap();
    assert!(signed.is_signed_by(authority.certificate()));
    let member = Member { name: "n".to_owned(), filename: "f".to_owned(), draft };
    let issued = authority.issued(&member, key, signed.clone()).unwrap();
    assert_eq!((issued.instance.name.as_str(), issued.instance.filename.as_str()), ("n", "f"));
    assert_eq!(issued.instance.dns, ["node1.example"]);
    let other = PrivateKey::generate(KeyType::EcP256).unwrap();
    assert!(authority.issued(&member, other, signed).is_err());
}

#[track_caller]
fn check(authority: &Authority, draft: &Draft, expected: &str) {
    let error = authority.sign_draft(draft, now()).unwrap_err().to_string();
    assert!(error.ends_with(expected), "{error}");
}

#[test]
fn what_an_authority_would_not_make_it_does_not_sign() {
    let authority = authority("CN=CA");
    let validity = Validity::starting(now(), 30).unwrap();
    let (names, purpose) = (Names::Of(&instance()), &Purpose::default());
    let node = CertificateKind::Node { names, purpose };
    assert!(authority.sign_draft(&draft(&authority, node, validity), now()).is_ok());
    let constraints = Constraints::default();
    let below = draft(&authority, CertificateKind::Authority(&constraints), validity);
    check(&authority, &below, "it is a CA, and only certificates of nodes are signed here");
    let other = self::authority("CN=Other");
    check(
        &authority,
        &draft(&other, node, validity),
        "its issuer is `CN=Other`, and the CA is `CN=CA`",
    );
    let namesake = self::authority("CN=CA");
    let of_namesake = draft(&namesake, node, validity);
    check(&authority, &of_namesake, "its authorityKeyIdentifier is not that of the CA");
    let long = draft(&authority, node, Validity::starting(now(), 101).unwrap());
    check(
        &authority,
        &long,
        &format!("after the CA does on {}", authority.certificate().not_after()),
    );
    let old = Timestamp::from_unix(now().unix() - 40 * 86_400);
    let over = Validity::starting(old, 30).unwrap();
    check(&authority, &draft(&authority, node, over), &format!("it ended on {}", over.not_after));
    let early = Timestamp::from_unix(now().unix() - 86_400);
    let early = draft(&authority, node, Validity::starting(early, 30).unwrap());
    check(&authority, &early, "before the CA or in the future");
    let soon = Timestamp::from_unix(now().unix() + 2 * 86_400);
    let soon = draft(&authority, node, Validity::starting(soon, 30).unwrap());
    check(&authority, &soon, "before the CA or in the future");
    let purpose = Purpose::http_server();
    let server = CertificateKind::Node { names, purpose: &purpose };
    check(&authority, &draft(&authority, server, validity), OTHERWISE);
    let late = Timestamp::from_unix(now().unix() + 101 * 86_400);
    let expired = authority.sign_draft(&draft(&authority, node, validity), late);
    assert!(matches!(expired, Err(Error::AuthorityExpired { .. })));
}

/// Whatever bit of a file is changed, reading the folder fails, or the draft is another one and says so.
#[test]
fn a_changed_bit_is_noticed_in_each_file() {
    let authority = authority("CN=CA");
    let right = files(&exchange(&authority));
    assert!(Exchange::read(&right).is_ok());
    for (index, (name, bytes)) in right.iter().enumerate() {
        for bit in (0..bytes.len() * 8).step_by(5) {
            let mut files = right.clone();
            files[index].1[bit / 8] ^= 1 << (bit % 8);
            if let Ok(read) = Exchange::read(&files) {
                panic!("bit {bit} of {name}: {read:?}");
            }
        }
    }
}

/// As one who also writes the manifest anew: what is signed then holds no more than names, times and a key.
#[test]
fn a_changed_draft_with_its_manifest_is_still_one_of_a_node() {
    let authority = authority("CN=CA");
    let right = exchange(&authority);
    let bytes = right.members[0].draft.der().to_vec();
    let mut signed = 0;
    for bit in (0..bytes.len() * 8).step_by(7) {
        let mut bytes = bytes.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let Some(draft) = Draft::from_der(&bytes) else { continue };
        let Ok(certificate) = authority.sign_draft(&draft, now()) else { continue };
        signed += 1;
        assert!(
            !certificate.is_ca() && certificate.not_after() <= authority.certificate().not_after()
        );
        assert_eq!(certificate.issuer().der(), authority.certificate().subject().der());
        assert_eq!(certificate.to_be_signed(), draft.der());
        let came = right.members[0].draft.check_signed(&certificate, authority.certificate());
        assert!(came.is_err(), "bit {bit}");
    }
    assert!(signed > 0, "a serial number is as good as another");
}

#[test]
fn whatever_has_no_draft_is_none() {
    for bytes in [&b""[..], &[0x30, 0], &[0x30, 3, 2, 1, 0], &[0x30, 0x80, 0, 0], b"-----BEGIN"] {
        assert!(Draft::from_der(bytes).is_none(), "{bytes:?}");
    }
    let authority = authority("CN=CA");
    assert!(Draft::from_der(authority.certificate().der()).is_none());
    let trailing = [exchange(&authority).members[0].draft.der(), &[0]].concat();
    assert!(Draft::from_der(&trailing).is_none());
}
