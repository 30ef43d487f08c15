//! Certificates for tests, made on the spot.

use std::net::IpAddr;

use crosstrust_x509::{Certificate, der};

/// A certificate of `CN=ca` with names such as `CN:a DNS:b IP:192.0.2.1 URI:c:d OTHER:e`, and nothing else
/// that matters: its signature is empty.
pub(crate) fn certificate(names: &str) -> Certificate {
    let mut subject = Vec::new();
    let mut alternatives = Vec::new();
    for name in names.split(' ') {
        let (form, value) = name.split_once(':').unwrap();
        match form {
            "CN" => subject = common_name_of(value),
            "DNS" => alternatives.extend(der::encode(0x82, value.as_bytes())),
            "IP" => alternatives.extend(der::encode(0x87, &octets(value.parse().unwrap()))),
            "NETWORK" => {
                let (address, mask) = value.split_once('/').unwrap();
                let both = [address, mask].map(|part| octets(part.parse().unwrap())).concat();
                alternatives.extend(der::encode(0x87, &both));
            }
            // As before RFC 5280, without the explicit tag of the value.
            "UNTAGGED" => {
                let value = [object("2.5.4.3"), der::encode(0x0c, value.as_bytes())].concat();
                alternatives.extend(der::encode(0xa0, &value));
            }
            "URI" => alternatives.extend(der::encode(0x86, value.as_bytes())),
            _ => alternatives.extend(der::encode(0xa0, &other_name(value))),
        }
    }
    let mut fields = vec![
        der::encode(0xa0, &der::encode(der::INTEGER, &[2])),
        der::encode(der::INTEGER, &[1]),
        algorithm("1.2.840.10045.4.3.2", &[]),
        sequence(&[common_name_of("ca")]),
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
