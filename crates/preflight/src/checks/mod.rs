//! The checks: one file each, one row each in the tables below.

mod anchor_constraints;
mod anchor_key_usage;
mod anchor_not_ca;
pub(crate) mod broken_chain;
mod ca_without_key_usage;
mod chain_order;
mod chain_too_long;
mod clear_password;
mod clock_skew;
mod critical_extension;
mod different_clusters;
mod disabled_signature;
mod expired_anchor;
mod expires_soon;
mod file_access;
mod fragile_host_name;
mod host_name;
mod identity_any_character;
mod identity_refused;
mod identity_without_account;
mod idle_verification;
mod intermediate_not_ca;
mod key_identifier;
pub(crate) mod key_mismatch;
pub(crate) mod key_type;
mod leaf_is_ca;
pub(crate) mod leaf_not_first;
pub(crate) mod locked_key;
pub(crate) mod missing_file;
mod missing_issuer;
mod muddled_list;
mod name_constraints;
mod name_encoding;
mod network_name;
mod no_certificate;
mod no_client_auth;
mod no_digital_signature;
mod no_name;
mod no_name_yet;
mod no_server_auth;
mod not_a_host_name;
mod not_admitted;
mod not_admitted_at_home;
mod not_judged;
mod odd_alternative_names;
mod odd_name;
mod outlives_ca;
mod outside;
mod path_length;
mod pinned;
mod policies;
mod public_root;
pub(crate) mod releases_differ;
mod repeated_name;
mod revocation_pointers;
mod role_usage;
mod rsa_exponent;
mod rsa_key_exchange;
mod rules;
mod secure_setting;
mod serial_number;
mod setting_value;
mod settings_conflict;
mod several_key_blocks;
mod several_keys;
mod sha1;
mod shared_key;
mod signature;
mod signer_refused;
pub(crate) mod switched_off;
pub(crate) mod unjudged_setting;
mod unknown_cipher_suite;
mod unknown_setting;
pub(crate) mod unopened;
mod unreadable;
mod unreadable_names;
mod untrusted;
mod untrusted_at_home;
pub(crate) mod unusable_key;
mod unverifiable_signature;
mod unverified_signature;
mod validity;
mod weak_key;
mod wildcard_name;
pub(crate) mod wrong_list;

use crosstrust_report::{Finding, Report, Rule};
use crosstrust_x509::{Certificate, Timestamp};

use crate::certificate_identity::CertificateIdentity;
use crate::examination::Examination;
use crate::node::Node;
use crate::node_settings::{FileFacts, NamedFile, Subject};
use crate::settings::{Policy, SecurityModel};
use crate::trust_list::TrustList;

pub use rules::{explain, rules};

/// The rule about certificates that sign requests.
pub(crate) const SIGNER_REFUSED: &Rule = &signer_refused::RULE;

/// The rule about nodes that were not judged to the end.
pub(crate) const NOT_JUDGED: &Rule = &not_judged::RULE;

/// The rule for a node that presents nothing, to which no other check applies.
pub(crate) const NO_CERTIFICATE: &Rule = &no_certificate::RULE;

/// Checks one node.
pub(crate) fn check_node(node: &Examination<'_>, report: &mut Report) {
    for check in NODE_CHECKS {
        check(node, report);
    }
}

/// Checks what a node presents, whoever judges it.
pub(crate) fn check_presented(node: &Examination<'_>, report: &mut Report) {
    for check in PRESENTED_CHECKS {
        check(node, report);
    }
}

/// Checks what the nodes are judged by.
pub(crate) fn check_settings(policy: &Policy, report: &mut Report) {
    let own = policy.own.as_ref().map(|settings| &settings.trust);
    let mut found = Report::default();
    for trust in [Some(&policy.remote.trust), own].into_iter().flatten() {
        for check in LIST_CHECKS {
            check(trust, policy.now, &mut found);
        }
        // A server of remote clusters may well have a certificate of a public CA.
        if policy.model == SecurityModel::Tls {
            public_root::check(trust, &mut found);
        }
    }
    idle_verification::check(policy, &mut found);
    // Both lists may be of the same file, which needs no second telling.
    found.dedup();
    report.append(found);
}

/// Looks for public CAs in a list.
pub(crate) fn check_public_roots(trust: &TrustList, report: &mut Report) {
    public_root::check(trust, report);
}

/// The rule for a certificate that an API key's identity does not admit.
pub(crate) const IDENTITY_REFUSED: &Rule = &identity_refused::RULE;

/// Checks the pattern of an API key's identity.
pub(crate) fn check_identity_pattern(identity: &CertificateIdentity, report: &mut Report) {
    identity_without_account::check(identity, report);
    identity_any_character::check(identity, report);
}

/// Checks the TLS settings of a node's own settings file.
pub(crate) fn check_node_settings(subject: &Subject<'_>, report: &mut Report) {
    for check in SUBJECT_CHECKS {
        check(subject, report);
    }
}

/// Checks a file that such a setting names.
pub(crate) fn check_named_file(
    subject: &Subject<'_>,
    file: &NamedFile,
    facts: &FileFacts,
    report: &mut Report,
) {
    missing_file::check(subject, file, facts, report);
    outside::check(subject, file, facts, report);
    file_access::check(subject, file, facts, report);
    several_key_blocks::check(subject, file, facts, report);
}

/// Checks nodes beside each other.
pub(crate) fn check_set(nodes: &[Node], report: &mut Report) {
    for check in SET_CHECKS {
        check(nodes, report);
    }
}

/// Reports the refusals that a rule stands for, in their own words.
fn check_refusal(rule: &'static Rule, node: &Examination<'_>, report: &mut Report) {
    for error in node.path_errors().into_iter().filter(|error| error.code() == rule.code) {
        report.push(node.finding(rule, error.to_string()));
    }
}

/// A finding about a trusted certificate, in the file it came from.
fn in_list(
    rule: &'static Rule,
    message: String,
    trust: &TrustList,
    certificate: &Certificate,
) -> Finding {
    let finding = Finding::new(rule, message);
    match trust.file_of(certificate) {
        Some(path) => finding.in_file(path),
        None => finding,
    }
}

const NODE_CHECKS: &[fn(&Examination<'_>, &mut Report)] = &[
    unopened::check,
    several_keys::check,
    key_type::check,
    locked_key::check,
    key_mismatch::check,
    leaf_not_first::check,
    chain_order::check,
    signature::check,
    untrusted::check,
    untrusted_at_home::check,
    missing_issuer::check,
    validity::check,
    expires_soon::check,
    outlives_ca::check,
    clock_skew::check,
    no_client_auth::check,
    no_server_auth::check,
    no_digital_signature::check,
    rsa_key_exchange::check,
    leaf_is_ca::check,
    anchor_not_ca::check,
    anchor_key_usage::check,
    intermediate_not_ca::check,
    path_length::check,
    name_constraints::check,
    critical_extension::check,
    key_identifier::check,
    disabled_signature::check,
    sha1::check,
    unusable_key::check,
    rsa_exponent::check,
    no_name::check,
    not_admitted::check,
    not_admitted_at_home::check,
    name_encoding::check,
    odd_name::check,
    host_name::check,
    fragile_host_name::check,
    wildcard_name::check,
    not_a_host_name::check,
    odd_alternative_names::check,
    pinned::check,
    revocation_pointers::check,
    weak_key::check,
    chain_too_long::check,
    anchor_constraints::check,
    no_name_yet::check,
    unverified_signature::check,
    not_judged::check,
    unverifiable_signature::check,
    ca_without_key_usage::check,
    unreadable::check,
    unreadable_names::check,
    network_name::check,
    policies::check,
    broken_chain::check,
];

const PRESENTED_CHECKS: &[fn(&Examination<'_>, &mut Report)] = &[
    key_type::check,
    key_mismatch::check,
    leaf_not_first::check,
    unusable_key::check,
    broken_chain::check,
];

const LIST_CHECKS: &[fn(&TrustList, Timestamp, &mut Report)] = &[
    expired_anchor::check,
    muddled_list::check,
    wrong_list::check,
    unopened::check_list,
    weak_key::check_list,
    ca_without_key_usage::check_list,
];

const SUBJECT_CHECKS: &[fn(&Subject<'_>, &mut Report)] = &[
    settings_conflict::check,
    unknown_setting::check,
    setting_value::check,
    clear_password::check,
    secure_setting::check,
    switched_off::check,
    unknown_cipher_suite::check,
    unjudged_setting::check,
];

const SET_CHECKS: &[fn(&[Node], &mut Report)] =
    &[repeated_name::check, different_clusters::check, serial_number::check, shared_key::check];
