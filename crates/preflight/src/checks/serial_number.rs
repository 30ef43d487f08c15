//! PF044: a serial number that is out of the ordinary.

use std::collections::BTreeMap;

use crosstrust_report::{Finding, Report, Rule, Severity};

use crate::node::Node;

pub(super) const RULE: Rule = Rule {
    code: "PF044",
    severity: Severity::Warning,
    summary: "a serial number that is out of the ordinary",
    explanation: "A serial number should be positive, at most 20 octets long, and unlike any other of \
        the same CA (RFC 5280, section 4.1.2.2). Some software refuses the others, and two \
        certificates of one CA with the same number cannot be told apart.",
    help: "re-issue the certificate: crosstrust draws serial numbers at random",
};

pub(super) fn check(nodes: &[Node], report: &mut Report) {
    let mut owners: BTreeMap<(&[u8], &[u8]), &Node> = BTreeMap::new();
    for (node, leaf) in nodes.iter().filter_map(|node| Some((node, node.leaf()?))) {
        if let Some(problem) = problem(leaf.serial()) {
            let message = format!("the serial number {} {problem}", leaf.serial_hex());
            report.push(Finding::new(&RULE, message).in_file(node.path()));
        }
        let first = owners.entry((leaf.issuer().der(), leaf.serial())).or_insert(node);
        if first.leaf() != Some(leaf) {
            let message = format!(
                "the serial number {} of the same CA is also in {}",
                leaf.serial_hex(),
                first.path()
            );
            report.push(Finding::new(&RULE, message).in_file(node.path()));
        }
    }
}

/// Of the contents octets, big endian and in two's complement.
fn problem(serial: &[u8]) -> Option<&'static str> {
    match serial {
        [first, ..] if first & 0x80 != 0 => Some("is negative"),
        all if all.iter().all(|octet| *octet == 0) => Some("is zero"),
        all if all.len() > MOST_OCTETS => Some("is longer than 20 octets"),
        _ => None,
    }
}

const MOST_OCTETS: usize = 20;
