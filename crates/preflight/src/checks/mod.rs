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
mod foreign_setting;
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
pub(crate) mod machine_setting;
pub(crate) mod missing_file;
mod missing_issuer;
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
mod not_admitted_by_own_cluster;
mod not_asked_for;
mod not_judged;
mod numbered_gap;
mod odd_alternative_names;
mod odd_list_entries;
mod odd_name;
mod outlives_ca;
mod outside;
mod partial_chain;
mod path_length;
mod pinned;
mod policies;
mod public_root;
pub(crate) mod refused_file;
mod release_setting;
mod release_value;
pub(crate) mod releases_differ;
mod repeated_name;
mod revocation_pointers;
mod role_usage;
mod rsa_exponent;
mod rsa_key_exchange;
mod secure_setting;
mod serial_number;
mod set_twice;
mod setting_value;
mod settings_conflict;
mod settings_together;
mod several_key_blocks;
mod several_keys;
mod sha1;
mod shared_key;
mod signature;
mod signer_refused;
pub(crate) mod switched_off;
mod unfit_suites;
pub(crate) mod unjudged_setting;
mod unknown_cipher_suite;
mod unknown_setting;
pub(crate) mod unopened;
mod unreadable;
mod unreadable_names;
pub(crate) mod unset_variable;
mod untrusted;
mod untrusted_by_own_cluster;
pub(crate) mod unusable_key;
mod unverifiable_signature;
mod unverified_context;
mod unverified_signature;
mod validity;
mod verdict;
mod weak_key;
mod wildcard_name;
pub(crate) mod wrong_list;
mod wrong_value;

use crosstrust_report::{Finding, Report, Rule};
use crosstrust_x509::{Certificate, Timestamp};

use crate::certificate_identity::CertificateIdentity;
use crate::examination::Examination;
use crate::node::Node;
use crate::node_settings::{FileFacts, NamedFile, Subject};
use crate::settings::{Policy, SecurityModel};
use crate::trust_list::TrustList;

pub(crate) use unopened::rule as rule_of_obstacle;
pub use verdict::start;
pub(crate) use verdict::{before_restrictions, by_own_cluster, presents, verdict};

/// The rule about certificates that sign requests.
pub(crate) const SIGNER_REFUSED: &Rule = &signer_refused::RULE;

/// The rule about nodes that were not judged to the end.
pub const NOT_JUDGED: &Rule = &not_judged::RULE;

/// The rules about what a node does as a client.
pub(crate) const OF_CLIENTS: [&Rule; 3] =
    [&no_client_auth::RULE, &no_name_yet::RULE, &not_asked_for::RULE];

/// The rules about names that restrictions compare.
pub(crate) const OF_RESTRICTIONS: [&Rule; 2] = [&no_name::RULE, &not_admitted::RULE];

/// The rule about the names under which others connect.
pub(crate) const HOST_NAME: &Rule = &host_name::RULE;

/// The rule about nodes whose authority is not trusted.
pub(crate) const UNTRUSTED: &Rule = &untrusted::RULE;

/// What lists of CAs are found to lack.
pub(crate) const OF_TRUST: [&Rule; 2] = [UNTRUSTED, &missing_issuer::RULE];

/// The rule for a node that presents nothing, to which no other check applies.
pub(crate) const NO_CERTIFICATE: &Rule = &no_certificate::RULE;

/// The rules of all these files, some of them more than once.
pub(crate) fn rules() -> Vec<&'static Rule> {
    let mut rules = OTHERS.to_vec();
    add(NODE_CHECKS, &mut rules);
    add(LIST_CHECKS, &mut rules);
    add(SUBJECT_CHECKS, &mut rules);
    add(FILE_CHECKS, &mut rules);
    add(IDENTITY_CHECKS, &mut rules);
    add(SET_CHECKS, &mut rules);
    rules
}

fn add<F>(checks: Checks<F>, rules: &mut Vec<&'static Rule>) {
    rules.extend(checks.iter().map(|(rule, _)| *rule));
}

/// Checks one node.
pub(crate) fn check_node(node: &Examination<'_>, report: &mut Report) {
    for (_, check) in NODE_CHECKS {
        check(node, report);
    }
}

/// Checks what a node presents, whoever judges it.
pub(crate) fn check_presented(node: &Examination<'_>, report: &mut Report) {
    for (_, check) in NODE_CHECKS.iter().filter(|(rule, _)| PRESENTED.contains(rule)) {
        check(node, report);
    }
}

/// Checks what the nodes are judged by.
pub(crate) fn check_settings(policy: &Policy, report: &mut Report) {
    let own = policy.own.as_ref().map(|settings| &settings.trust);
    let mut found = Report::default();
    for trust in [Some(&policy.remote.trust), own].into_iter().flatten() {
        for (_, check) in LIST_CHECKS {
            check(trust, policy.now, &mut found);
        }
        // A server of remote clusters may well have a certificate of a public CA.
        if policy.model == SecurityModel::Tls {
            check_public_roots(trust, &mut found);
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
    for (_, check) in IDENTITY_CHECKS {
        check(identity, report);
    }
}

/// Checks the TLS settings of a node's own settings file.
pub(crate) fn check_node_settings(subject: &Subject<'_>, report: &mut Report) {
    for (_, check) in SUBJECT_CHECKS {
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
    for (_, check) in FILE_CHECKS {
        check(subject, file, facts, report);
    }
}

/// Checks nodes beside each other.
pub(crate) fn check_set(nodes: &[Node], report: &mut Report) {
    for (_, check) in SET_CHECKS {
        check(nodes, report);
    }
}

/// Reports the refusals that a rule stands for, in their own words.
fn check_refusal(rule: &'static Rule, node: &Examination<'_>, report: &mut Report) {
    for error in node.path_errors().into_iter().filter(|error| error.rule() == rule) {
        report.push(node.finding(rule, error.to_string()));
    }
}

/// A finding about a trusted certificate, in the file it came from.
pub(crate) fn in_list(
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

/// Rules, each with what looks for breaches of it.
type Checks<F> = &'static [(&'static Rule, F)];

/// Checks of one node, in the order of their findings.
const NODE_CHECKS: Checks<fn(&Examination<'_>, &mut Report)> = &[
    (&unopened::RULE, unopened::check),
    (&several_keys::RULE, several_keys::check),
    (&key_type::RULE, key_type::check),
    (&locked_key::RULE, locked_key::check),
    (&key_mismatch::RULE, key_mismatch::check),
    (&leaf_not_first::RULE, leaf_not_first::check),
    (&chain_order::RULE, chain_order::check),
    (&signature::RULE, signature::check),
    (&untrusted::RULE, untrusted::check),
    (&untrusted_by_own_cluster::RULE, untrusted_by_own_cluster::check),
    (&missing_issuer::RULE, missing_issuer::check),
    (&validity::RULE, validity::check),
    (&expires_soon::RULE, expires_soon::check),
    (&outlives_ca::RULE, outlives_ca::check),
    (&clock_skew::RULE, clock_skew::check),
    (&no_client_auth::RULE, no_client_auth::check),
    (&no_server_auth::RULE, no_server_auth::check),
    (&no_digital_signature::RULE, no_digital_signature::check),
    (&rsa_key_exchange::RULE, rsa_key_exchange::check),
    (&leaf_is_ca::RULE, leaf_is_ca::check),
    (&anchor_not_ca::RULE, anchor_not_ca::check),
    (&anchor_key_usage::RULE, anchor_key_usage::check),
    (&intermediate_not_ca::RULE, intermediate_not_ca::check),
    (&path_length::RULE, path_length::check),
    (&name_constraints::RULE, name_constraints::check),
    (&critical_extension::RULE, critical_extension::check),
    (&key_identifier::RULE, key_identifier::check),
    (&disabled_signature::RULE, disabled_signature::check),
    (&sha1::RULE, sha1::check),
    (&unusable_key::RULE, unusable_key::check),
    (&rsa_exponent::RULE, rsa_exponent::check),
    (&no_name::RULE, no_name::check),
    (&not_admitted::RULE, not_admitted::check),
    (&not_admitted_by_own_cluster::RULE, not_admitted_by_own_cluster::check),
    (&name_encoding::RULE, name_encoding::check),
    (&odd_name::RULE, odd_name::check),
    (&host_name::RULE, host_name::check),
    (&fragile_host_name::RULE, fragile_host_name::check),
    (&wildcard_name::RULE, wildcard_name::check),
    (&not_a_host_name::RULE, not_a_host_name::check),
    (&odd_alternative_names::RULE, odd_alternative_names::check),
    (&pinned::RULE, pinned::check),
    (&revocation_pointers::RULE, revocation_pointers::check),
    (&weak_key::RULE, weak_key::check),
    (&chain_too_long::RULE, chain_too_long::check),
    (&anchor_constraints::RULE, anchor_constraints::check),
    (&no_name_yet::RULE, no_name_yet::check),
    (&unverified_signature::RULE, unverified_signature::check),
    (&not_judged::RULE, not_judged::check),
    (&unverifiable_signature::RULE, unverifiable_signature::check),
    (&ca_without_key_usage::RULE, ca_without_key_usage::check),
    (&unreadable::RULE, unreadable::check),
    (&unreadable_names::RULE, unreadable_names::check),
    (&network_name::RULE, network_name::check),
    (&policies::RULE, policies::check),
    (&broken_chain::RULE, broken_chain::check),
    (&unfit_suites::RULE, unfit_suites::check),
    (&not_asked_for::RULE, not_asked_for::check),
];

/// The rules about what a node presents, which count whoever judges it.
const PRESENTED: &[&Rule] = &[
    &key_type::RULE,
    &key_mismatch::RULE,
    &leaf_not_first::RULE,
    &unusable_key::RULE,
    &broken_chain::RULE,
    &unfit_suites::RULE,
];

/// Checks of a list of trusted certificates.
const LIST_CHECKS: Checks<fn(&TrustList, Timestamp, &mut Report)> = &[
    (&expired_anchor::RULE, expired_anchor::check),
    (&odd_list_entries::RULE, odd_list_entries::check),
    (&wrong_list::RULE, wrong_list::check),
    (&unopened::RULE, unopened::check_list),
    (&weak_key::RULE, weak_key::check_list),
    (&partial_chain::RULE, partial_chain::check),
    (&ca_without_key_usage::RULE, ca_without_key_usage::check_list),
];

/// Checks of a node's settings file.
const SUBJECT_CHECKS: Checks<fn(&Subject<'_>, &mut Report)> = &[
    (&settings_conflict::RULE, settings_conflict::check),
    (&unknown_setting::RULE, unknown_setting::check),
    (&setting_value::RULE, setting_value::check),
    (&clear_password::RULE, clear_password::check),
    (&secure_setting::RULE, secure_setting::check),
    (&switched_off::RULE, switched_off::check),
    (&unknown_cipher_suite::RULE, unknown_cipher_suite::check),
    (&unjudged_setting::RULE, unjudged_setting::check),
    (&foreign_setting::RULE, foreign_setting::check),
    (&unset_variable::RULE, unset_variable::check),
    (&release_setting::RULE, release_setting::check),
    (&wrong_value::RULE, wrong_value::check),
    (&release_value::RULE, release_value::check),
    (&machine_setting::RULE, machine_setting::check),
    (&settings_together::RULE, settings_together::check),
    (&numbered_gap::RULE, numbered_gap::check),
    (&unverified_context::RULE, unverified_context::check),
    (&set_twice::RULE, set_twice::check),
];

/// Checks of a file that such a setting names.
const FILE_CHECKS: Checks<fn(&Subject<'_>, &NamedFile, &FileFacts, &mut Report)> = &[
    (&missing_file::RULE, missing_file::check),
    (&outside::RULE, outside::check),
    (&file_access::RULE, file_access::check),
    (&several_key_blocks::RULE, several_key_blocks::check),
];

/// Checks of the pattern of an API key's identity.
const IDENTITY_CHECKS: Checks<fn(&CertificateIdentity, &mut Report)> = &[
    (&identity_without_account::RULE, identity_without_account::check),
    (&identity_any_character::RULE, identity_any_character::check),
];

/// Checks of nodes beside each other.
const SET_CHECKS: Checks<fn(&[Node], &mut Report)> = &[
    (&repeated_name::RULE, repeated_name::check),
    (&different_clusters::RULE, different_clusters::check),
    (&serial_number::RULE, serial_number::check),
    (&shared_key::RULE, shared_key::check),
];

/// Rules that no check of these tables looks for.
const OTHERS: &[&Rule] = &[
    &no_certificate::RULE,
    &idle_verification::RULE,
    &identity_refused::RULE,
    &releases_differ::RULE,
    &signer_refused::RULE,
    &public_root::RULE,
    &refused_file::RULE,
];
