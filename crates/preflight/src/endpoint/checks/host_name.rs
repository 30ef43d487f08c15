//! PF064: an address that the presented certificate does not cover.

use crosstrust_report::{Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    code: "PF064",
    severity: Severity::Error,
    summary: "an address that the presented certificate does not cover",
    explanation: "With `verification_mode: full` the side that connects compares the address that it was \
        given, or the `server_name` that it sends, with the names of the certificate. A proxy or \
        load balancer has an address of its own, which node certificates often lack.",
    help: "connect by a name that the certificate has, set `server_name` to one, re-issue the \
        certificate with this address, or use `verification_mode: certificate`",
};
