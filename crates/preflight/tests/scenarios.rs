//! Each scenario of `fixtures/cluster/scenarios`: the verdict is the one that the JDK's own trust
//! manager gives (`tests/judges/Pkix.java`), down to the rule that its message names.

#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use crosstrust_preflight::{
    Chain, Node, PathError, Policy, PolicyProblem, Role, Settings, SignatureCache, TrustList,
    check_node,
};
use crosstrust_x509::Certificate;

use support::{certificates, now, read};

#[test]
fn every_scenario_is_judged_as_java_judges_it() {
    let mut failures = Vec::new();
    let rows = rows();
    for (name, client, server) in &rows {
        let (chain, trust) = (Chain::new(chain(name)), trust(name));
        let signatures = SignatureCache::new();
        let judgement = trust.judge(&chain, now(), &signatures);
        for (role, expected) in [(Role::Client, client), (Role::Server, server)] {
            // Over a name without host under constraints of hosts Java fails by accident.
            let by_accident = expected == "Cannot invoke";
            let expected = if by_accident { "name constraints check failed" } else { expected };
            let found = judgement.role(role).map_or_else(|error| java_words(error), |_| "ok");
            if found != expected {
                failures.push(format!("{name} as {role}: {found}, and Java says {expected}"));
            }
        }
    }
    assert!(rows.len() >= 110, "only {} scenarios", rows.len());
    assert!(failures.is_empty(), "{failures:#?}");
}

/// Whoever is refused has a finding that says why, with the refusal's own code, and nobody who is
/// accepted has an error, save for a CA that stands where the node should.
#[test]
fn findings_agree_with_verdicts() {
    for (name, ..) in rows() {
        let node = Node::new(&name, chain(&name));
        let verdict = check_node(&node, &Policy::new(Settings::new(trust(&name)), now()));
        for refusal in
            [&verdict.as_client, &verdict.as_server].into_iter().filter_map(|v| v.refusal())
        {
            let codes = verdict.report.findings().iter().map(|finding| finding.rule().code);
            assert!(codes.clone().any(|code| code == refusal.rule().code), "{name}: {refusal}");
        }
        let unseen = name == "leaf-not-first-without-key-usage";
        assert_eq!(verdict.is_accepted(), !verdict.report.has_errors() || unseen, "{name}");
    }
}

/// The part of Java's message that names the rule.
fn java_words(error: &PathError) -> &'static str {
    match error {
        PathError::AnchorNotCa { .. } => "is not a CA certificate",
        PathError::AnchorWithoutKeyCertSign { .. } => "does not have keyCertSign bit set",
        PathError::AuthorityKeyMismatch { .. } | PathError::AuthoritySerialMismatch { .. } => {
            "does not chain with any of the trust anchors"
        }
        PathError::DisabledKey { .. } | PathError::DisabledSignature { .. } => {
            "Algorithm constraints check failed"
        }
        PathError::Expired { .. } | PathError::NotYetValid { .. } => "validity check failed",
        PathError::ExtendedKeyUsage { role: Role::Client, .. } => {
            "Extended key usage does not permit use for TLS client authentication"
        }
        PathError::ExtendedKeyUsage { role: Role::Server, .. } => {
            "Extended key usage does not permit use for TLS server authentication"
        }
        PathError::IntermediateNotCa { .. } => "this is not a CA certificate",
        PathError::IntermediateWithoutKeyCertSign { .. } => "keyCertSign bit is not set",
        PathError::InvalidSignature { .. } => "signature check failed",
        PathError::KeyUsage { .. } => "KeyUsage does not allow digital signatures",
        PathError::NameConstraints { .. } => "name constraints check failed",
        PathError::PathLength { .. } => "pathLenConstraint violated",
        PathError::Policies { problem, .. } => match problem {
            PolicyProblem::CriticalQualifier => "critical policy qualifiers present in certificate",
            PolicyProblem::MapsAny => "encountered an issuerDomainPolicy of ANY_POLICY",
            PolicyProblem::NoneValid => "non-null policy tree required and policy tree is null",
            _ => "something else",
        },
        PathError::Unreadable { .. } => "Invalid encoding",
        PathError::UnknownCriticalExtension { .. } => "unrecognized critical extension",
        PathError::UnknownIssuer { .. } | PathError::UntrustedRoot { .. } => {
            "unable to find valid certification path"
        }
        _ => "something else",
    }
}

/// Scenario, and the verdict as client and as server.
fn rows() -> Vec<(String, String, String)> {
    let text = String::from_utf8(read("cluster/scenarios.tsv")).unwrap();
    let rows = text.lines().skip(1).map(|line| {
        let mut columns = line.split('\t').map(str::to_owned);
        (columns.next().unwrap(), columns.next().unwrap(), columns.next().unwrap())
    });
    rows.collect()
}

fn trust(name: &str) -> TrustList {
    TrustList::new(certificates(&format!("cluster/scenarios/{name}.trust.pem")))
}

fn chain(name: &str) -> Vec<Certificate> {
    certificates(&format!("cluster/scenarios/{name}.chain.pem"))
}
