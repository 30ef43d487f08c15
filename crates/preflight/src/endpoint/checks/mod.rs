//! The checks of what was seen of an endpoint: one file each, one row each in the table below.

pub(crate) mod certificate_request;
pub(crate) mod cipher_suite;
pub(crate) mod clock;
pub(crate) mod host_name;
pub(crate) mod large_hello;
pub(crate) mod names_refused;
pub(crate) mod no_tls;
pub(crate) mod old_protocol;
pub(crate) mod only_old_protocols;
pub(crate) mod refuses_us;
pub(crate) mod server_name;
pub(crate) mod several_certificates;
pub(crate) mod slow;
pub(crate) mod terminated_tls;
pub(crate) mod transport_version;
pub(crate) mod unexpected_certificate;
pub(crate) mod unreadable_chain;
pub(crate) mod wrong_port;

use crosstrust_report::{Report, Rule};

use super::sighting::Sighting;

/// The rules of all these files.
pub(crate) fn rules() -> impl Iterator<Item = &'static Rule> {
    CHECKS.iter().map(|(rule, _)| *rule).chain([&names_refused::RULE, &host_name::RULE])
}

/// Runs all checks.
pub(super) fn check(sighting: &Sighting<'_>, report: &mut Report) {
    for (_, check) in CHECKS {
        check(sighting, report);
    }
}

/// Looks for breaches of a rule.
type Check = fn(&Sighting<'_>, &mut Report);

/// Each check with its rule, in the order of their findings.
const CHECKS: &[(&Rule, Check)] = &[
    (&no_tls::RULE, no_tls::check),
    (&only_old_protocols::RULE, only_old_protocols::check),
    (&old_protocol::RULE, old_protocol::check),
    (&cipher_suite::RULE, cipher_suite::check),
    (&large_hello::RULE, large_hello::check),
    (&unreadable_chain::RULE, unreadable_chain::check),
    (&unexpected_certificate::RULE, unexpected_certificate::check),
    (&certificate_request::RULE, certificate_request::check),
    (&refuses_us::RULE, refuses_us::check),
    (&several_certificates::RULE, several_certificates::check),
    (&server_name::RULE, server_name::check),
    (&clock::RULE, clock::check),
    (&transport_version::RULE, transport_version::check),
    (&wrong_port::RULE, wrong_port::check),
    (&terminated_tls::RULE, terminated_tls::check),
    (&slow::RULE, slow::check),
];
