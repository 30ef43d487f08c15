//! PF104: the ClientHello of JDK 27 is not answered.

use crosstrust_report::{Report, Rule, Severity};

use crate::endpoint::observation::LargeHello;
use crate::endpoint::sighting::Sighting;

pub(crate) const RULE: Rule = Rule {
    code: "PF104",
    severity: Severity::Warning,
    summary: "the ClientHello of JDK 27 is not answered",
    explanation: "Since JDK 27 the first message of a TLS connection has a key share for X25519MLKEM768. It is \
        about 1600 bytes long and arrives in two TCP segments. Some proxies, load balancers and \
        firewalls expect it in one, and drop the connection. Nodes with JDK 27 or later cannot connect \
        to such an endpoint. The same message without this key share was answered.",
    help: "upgrade the proxy, load balancer or firewall in front of the endpoint; until then start the nodes \
        that connect with `-Djdk.tls.namedGroups=x25519,secp256r1,secp384r1,secp521r1`",
};

pub(super) fn check(sighting: &Sighting<'_>, report: &mut Report) {
    if let Some(LargeHello::Fails(end)) = &sighting.seen.large_hello {
        let message = format!("a hello as JDK 27 sends it, in two segments: {end}");
        report.push(sighting.finding(&RULE, message));
    }
}
