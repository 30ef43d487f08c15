//! PF068: somebody else ends the TLS connection.

use crosstrust_report::{Report, Rule, Severity};

use crate::endpoint::observation::Demand;
use crate::endpoint::sighting::Sighting;
use crate::settings::SecurityModel;

pub(crate) const RULE: Rule = Rule {
    code: "PF068",
    severity: Severity::Warning,
    summary: "somebody else ends the TLS connection",
    explanation: "The certificate comes from another CA than the expected ones, and no client certificate \
        is asked for. That is what a proxy or load balancer looks like which ends TLS itself. \
        Mutual TLS cannot pass it: the node behind would see the certificate of the proxy.",
    help: "have the proxy pass TCP through (by SNI, where it must route), or connect past it",
};

pub(super) fn check(sighting: &Sighting<'_>, report: &mut Report) {
    let mutual = sighting.plan.model == SecurityModel::Tls;
    if !mutual || sighting.seen.demand() != Some(Demand::None) || !sighting.is_untrusted() {
        return;
    }
    if let Some(leaf) = sighting.seen.first.leaf() {
        let message = format!(
            "a certificate of `{}` and no demand for ours: a proxy may end TLS here",
            leaf.issuer()
        );
        report.push(sighting.finding(&RULE, message));
    }
}
