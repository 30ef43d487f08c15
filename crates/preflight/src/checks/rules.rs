//! All rules of this crate, by code.

use crosstrust_report::Rule;

use crate::endpoint::checks as live;

/// All rules, by code.
pub fn rules() -> &'static [&'static Rule] {
    RULES
}

/// The rule with a code, in whatever case it is written.
pub fn explain(code: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(code))
}

const RULES: &[&Rule] = &[
    &super::no_certificate::RULE,
    &super::key_type::RULE,
    &super::locked_key::RULE,
    &super::key_mismatch::RULE,
    &super::leaf_not_first::RULE,
    &super::chain_order::RULE,
    &super::signature::RULE,
    &super::untrusted::RULE,
    &super::untrusted_at_home::RULE,
    &super::missing_issuer::RULE,
    &super::validity::RULE,
    &super::expires_soon::RULE,
    &super::expired_anchor::RULE,
    &super::outlives_ca::RULE,
    &super::clock_skew::RULE,
    &super::no_client_auth::RULE,
    &super::no_server_auth::RULE,
    &super::no_digital_signature::RULE,
    &super::rsa_key_exchange::RULE,
    &super::leaf_is_ca::RULE,
    &super::anchor_not_ca::RULE,
    &super::anchor_key_usage::RULE,
    &super::intermediate_not_ca::RULE,
    &super::path_length::RULE,
    &super::name_constraints::RULE,
    &super::critical_extension::RULE,
    &super::key_identifier::RULE,
    &super::disabled_signature::RULE,
    &super::sha1::RULE,
    &super::unusable_key::RULE,
    &super::rsa_exponent::RULE,
    &super::no_name::RULE,
    &super::not_admitted::RULE,
    &super::not_admitted_at_home::RULE,
    &super::name_encoding::RULE,
    &super::odd_name::RULE,
    &super::repeated_name::RULE,
    &super::different_clusters::RULE,
    &super::host_name::RULE,
    &super::fragile_host_name::RULE,
    &super::wildcard_name::RULE,
    &super::not_a_host_name::RULE,
    &super::odd_alternative_names::RULE,
    &super::serial_number::RULE,
    &super::shared_key::RULE,
    &super::pinned::RULE,
    &super::muddled_list::RULE,
    &super::wrong_list::RULE,
    &super::file_access::RULE,
    &super::settings_conflict::RULE,
    &super::idle_verification::RULE,
    &super::revocation_pointers::RULE,
    &live::no_tls::RULE,
    &live::only_old_protocols::RULE,
    &live::old_protocol::RULE,
    &live::cipher_suite::RULE,
    &live::unreadable_chain::RULE,
    &live::unexpected_certificate::RULE,
    &live::names_refused::RULE,
    &live::certificate_request::RULE,
    &live::refuses_us::RULE,
    &live::several_certificates::RULE,
    &live::server_name::RULE,
    &live::host_name::RULE,
    &live::clock::RULE,
    &live::transport_version::RULE,
    &live::wrong_port::RULE,
    &live::terminated_tls::RULE,
    &live::slow::RULE,
    &crate::matrix_refusals::RULE,
    &super::weak_key::RULE,
    &super::chain_too_long::RULE,
    &super::anchor_constraints::RULE,
    &super::no_name_yet::RULE,
    &super::unverified_signature::RULE,
    &super::ca_without_key_usage::RULE,
    &super::unreadable::RULE,
    &super::unknown_setting::RULE,
    &super::setting_value::RULE,
    &super::clear_password::RULE,
    &super::missing_file::RULE,
    &super::secure_setting::RULE,
    &super::identity_refused::RULE,
    &super::identity_without_account::RULE,
    &super::identity_any_character::RULE,
    &super::not_judged::RULE,
    &super::unverifiable_signature::RULE,
    &super::unopened::RULE,
    &super::releases_differ::RULE,
    &super::several_keys::RULE,
    &super::outside::RULE,
    &super::unreadable_names::RULE,
    &super::network_name::RULE,
    &super::signer_refused::RULE,
    &super::public_root::RULE,
    &live::large_hello::RULE,
    &super::policies::RULE,
    &super::broken_chain::RULE,
    &super::switched_off::RULE,
    &super::unknown_cipher_suite::RULE,
    &super::unjudged_setting::RULE,
    &super::several_key_blocks::RULE,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_sorted() {
        let codes = RULES.iter().map(|rule| rule.code).collect::<Vec<_>>();
        assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{codes:?}");
    }

    #[test]
    fn every_rule_says_what_it_means_and_what_to_do() {
        for rule in RULES {
            assert!(rule.code.len() == 5 && rule.code.starts_with("PF"), "{}", rule.code);
            assert!(
                rule.explanation.ends_with('.') && rule.explanation.len() > 80,
                "{}",
                rule.code
            );
            for line in [rule.summary, rule.help] {
                assert!(!line.is_empty() && !line.ends_with('.'), "{}: {line}", rule.code);
            }
        }
    }

    #[test]
    fn a_rule_is_found_by_its_code_in_any_case() {
        assert_eq!(explain("pf008").map(|rule| rule.code), Some("PF008"));
        assert_eq!(explain("PF999"), None);
    }
}
