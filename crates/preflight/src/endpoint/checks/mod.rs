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

use crosstrust_report::Report;

use super::sighting::Sighting;

/// Runs all checks.
pub(super) fn check(sighting: &Sighting<'_>, report: &mut Report) {
    for check in CHECKS {
        check(sighting, report);
    }
}

const CHECKS: &[fn(&Sighting<'_>, &mut Report)] = &[
    no_tls::check,
    only_old_protocols::check,
    old_protocol::check,
    cipher_suite::check,
    large_hello::check,
    unreadable_chain::check,
    unexpected_certificate::check,
    certificate_request::check,
    refuses_us::check,
    several_certificates::check,
    server_name::check,
    clock::check,
    transport_version::check,
    wrong_port::check,
    terminated_tls::check,
    slow::check,
];
