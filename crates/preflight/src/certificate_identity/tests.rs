//! What is said of names that a pattern does not admit.

use crosstrust_report::Report;
use crosstrust_x509::Timestamp;

use super::*;
use crate::node::Node;
use crate::sample::certificate;
use crate::trust_list::TrustList;

const CLOUD: &str = "CN:node1.node.abc.cluster.1053523734.account";

/// Trusts the certificate itself.
fn judge(subject: &str) -> SigningTrust {
    let now = Timestamp::from_unix(1_800_000_000);
    SigningTrust { trust: TrustList::new([certificate(subject)]), now }
}

fn report(pattern: &str, subject: &str) -> Report {
    let identity = CertificateIdentity::parse(pattern).unwrap();
    identity
        .check(&[Node::new("node.crt", vec![certificate(subject)])], Some(&judge(subject)))
        .unwrap()
        .1
}

fn help(pattern: &str, subject: &str) -> String {
    let report = report(pattern, subject);
    let refused = report.findings().iter().find(|finding| finding.rule().code == "PF083");
    refused.map_or_else(String::new, |finding| finding.help().to_owned())
}

fn codes(pattern: &str) -> Vec<&'static str> {
    report(pattern, CLOUD).findings().iter().map(|finding| finding.rule().code).collect()
}

/// The examples of the documentation, and the patterns that its reader wants.
#[test]
fn documented_examples_are_judged() {
    assert_eq!(codes(r"CN=.*\.node\.abc\.cluster\.1053523734\.account"), [""; 0]);
    assert_eq!(codes("CN=.*.node.abc.cluster.*"), ["PF085"]);
    assert_eq!(codes(r"CN=.*\.node\.abc\.cluster\.1053523734"), ["PF084", "PF083"]);
    assert_eq!(codes("CN=.*.node.*.cluster.1053523734"), ["PF084", "PF085", "PF083"]);
    assert_eq!(codes("CN=.*.node.<cluster-id>.cluster.*"), ["PF084", "PF085", "PF083"]);
    assert_eq!(codes(r"(.*,\s*)?CN=.*\.node\.abc\.cluster\.1053523734\.account(,.*)?"), [""; 0]);
    assert_eq!(codes(r"(.*,\s*)?CN=.*\.node\.abc\.cluster\.1053523734(,.*)?"), ["PF084", "PF083"]);
}

#[test]
fn a_refusal_says_what_would_fit() {
    let missing = help(r"CN=.*\.cluster\.1053523734", CLOUD);
    assert!(missing.contains(r"`CN=.*\.cluster\.1053523734\.account` matches it"), "{missing}");
    assert!(help("CN=NODE1.*", CLOUD).contains("upper and lower case"));
    assert!(help(r"node1\.node", CLOUD).contains("a part of the name"));
    assert_eq!(help("CN=other", CLOUD), crate::explain("PF083").unwrap().help);
}
