//! Each row of `tests/host_names.tsv`. The verdicts are those of JSSE's `HostnameChecker`, releases
//! 17 and 25.

use std::net::IpAddr;

use crosstrust_x509::der;

use super::*;

#[test]
fn every_row_is_judged_as_java_judges_it() {
    let rows = include_str!("../../tests/host_names.tsv").lines().skip(1);
    for row in rows {
        let [names, host, server_name, expected] = row.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{row}");
        };
        let server_name = Some(server_name).filter(|name| !name.is_empty());
        let found = match check(&certificate(names), host, server_name) {
            Ok(_) => "ok",
            Err(HostNameError::OlderJavaOnly { .. }) => "17",
            Err(_) => "refused",
        };
        assert_eq!(found, expected, "{row}");
    }
}

#[test]
fn a_match_says_by_what() {
    let leaf = certificate("CN:node1.example.com IP:192.0.2.1");
    let common_name = HostNameMatch::CommonName("node1.example.com".to_owned());
    assert_eq!(check(&leaf, "node1.example.com", None), Ok(common_name));
    assert_eq!(check(&leaf, "192.0.2.1", None), Ok(HostNameMatch::Ip([192, 0, 2, 1].into())));
    let server_name = HostNameMatch::ServerName("node1.example.com".to_owned());
    assert_eq!(check(&leaf, "192.0.2.9", Some("node1.example.com")), Ok(server_name));
}

#[test]
fn a_mismatch_says_why() {
    #[track_caller]
    fn refused(names: &str, host: &str, expected: &str) {
        assert_eq!(check(&certificate(names), host, None).unwrap_err().to_string(), expected);
    }

    refused(
        "DNS:192.0.2.1",
        "192.0.2.1",
        "the address `192.0.2.1` is not among the certificate's IP addresses (none)",
    );
    refused(
        "DNS:a.example DNS:b.example",
        "c.example",
        "`c.example` is not among the certificate's names (a.example, b.example)",
    );
    refused("DNS:a_b", "a_b", "`a_b` is not a host name to Java: an underscore");
}

/// A certificate with the names of a row and nothing else that matters.
fn certificate(names: &str) -> Certificate {
    let mut subject = Vec::new();
    let mut alternatives = Vec::new();
    for name in names.split(' ') {
        let (form, value) = name.split_once(':').unwrap();
        match form {
            "CN" => subject = common_name_of(value),
            "DNS" => alternatives.extend(der::encode(0x82, value.as_bytes())),
            "IP" => alternatives.extend(der::encode(0x87, &octets(value.parse().unwrap()))),
            _ => alternatives.extend(der::encode(0xa0, &other_name(value))),
        }
    }
    let mut fields = vec![
        der::encode(0xa0, &der::encode(der::INTEGER, &[2])),
        der::encode(der::INTEGER, &[1]),
        algorithm("1.2.840.10045.4.3.2", &[]),
        sequence(&[]),
        sequence(&[der::encode(0x17, b"200101000000Z"), der::encode(0x17, b"491231235959Z")]),
        sequence(&[subject]),
        sequence(&[
            algorithm("1.2.840.10045.2.1", &object("1.2.840.10045.3.1.7")),
            der::encode(0x03, &[0, 4]),
        ]),
    ];
    if !alternatives.is_empty() {
        let value = der::encode(der::OCTET_STRING, &sequence(&[alternatives]));
        let extension = sequence(&[object("2.5.29.17"), value]);
        fields.push(der::encode(0xa3, &sequence(&[extension])));
    }
    let signature = der::encode(0x03, &[0, 0]);
    let parts = [sequence(&fields), algorithm("1.2.840.10045.4.3.2", &[]), signature];
    Certificate::from_der(&sequence(&parts)).unwrap()
}

fn common_name_of(value: &str) -> Vec<u8> {
    let pair = sequence(&[object("2.5.4.3"), der::encode(0x0c, value.as_bytes())]);
    der::encode(der::SET, &pair)
}

fn other_name(value: &str) -> Vec<u8> {
    [object("2.5.4.3"), der::encode(0xa0, &der::encode(0x0c, value.as_bytes()))].concat()
}

fn octets(ip: IpAddr) -> Vec<u8> {
    match ip {
        IpAddr::V4(ip) => ip.octets().to_vec(),
        IpAddr::V6(ip) => ip.octets().to_vec(),
    }
}

fn algorithm(oid: &str, parameters: &[u8]) -> Vec<u8> {
    sequence(&[object(oid), parameters.to_vec()])
}

fn object(oid: &str) -> Vec<u8> {
    der::encode(der::OBJECT_IDENTIFIER, &der::encode_object_identifier(oid).unwrap())
}

fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    der::encode(der::SEQUENCE, &parts.concat())
}
