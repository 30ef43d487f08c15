//! Each row of `tests/host_names.tsv`. The verdicts are those of JSSE's `HostnameChecker`, releases
//! 17 and 25.

use super::*;
use crate::sample::certificate;

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
            Err(error) if error.depends_on_release() => "17",
            Err(_) => "refused",
        };
        assert_eq!(found, expected, "{row}");
    }
}

/// `tests/judges/HostName.java` on such certificates: Java 17 accepts the first, Java 25 neither (the value is
/// not tagged [0]).
#[test]
fn a_name_without_its_tag_is_read_by_java_17() {
    #[track_caller]
    fn check_one(names: &str, expected: bool) {
        let error = check(&certificate(names), "n1.example.com", None).unwrap_err();
        assert_eq!(error.depends_on_release(), expected, "{names}");
    }

    check_one("CN:x DNS:n1.example.com UNTAGGED:x", true);
    check_one("CN:n1.example.com DNS:other.com UNTAGGED:x", false);
    check_one("CN:x DNS:n1.example.com UNTAGGED:x URI:node1", false);
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
